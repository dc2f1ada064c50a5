"""Between which figures a number must lie, where its `valid_if` says just that."""

from __future__ import annotations

from fractions import Fraction

from auditor.checklist.model import Item
from auditor.errors import AuditorError
from auditor.expressions import Binary, Expr, Literal, Name, Unary, parse

MOST_STEPS = 200
"""Beyond, a finger cannot hit the step it means."""


def limits(item: Item) -> tuple[Fraction, Fraction] | None:
    """`x >= 0 and x <= 140` → (0, 140); None for anything else, and for more steps than a slider can have."""
    if item.valid_if is None or item.computed:
        return None
    try:
        expr = parse(item.valid_if)
    except AuditorError:
        return None
    if not (isinstance(expr, Binary) and expr.op == "and"):
        return None
    found = dict(one for one in (_limit(expr.left, item.id), _limit(expr.right, item.id)) if one is not None)
    low, high = found.get(">="), found.get("<=")
    if low is None or high is None or not low < high or (high - low) * 10**item.decimals > MOST_STEPS:
        return None
    return low, high


def _limit(expr: Expr, item: str) -> tuple[str, Fraction] | None:
    if not (isinstance(expr, Binary) and isinstance(expr.left, Name) and expr.left.id == item):
        return None
    figure = expr.right
    sign = -1 if isinstance(figure, Unary) and figure.op == "-" else 1
    figure = figure.operand if isinstance(figure, Unary) else figure
    if not isinstance(figure, Literal) or not isinstance(figure.value, Fraction):
        return None
    return expr.op, sign * figure.value
