"""Conditions and computed values made ready, once per checklist, to be asked of a `View`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.expressions import Expr, Lookup, Worth

Test = Callable[["Lookup"], bool]
Sum = Callable[["Lookup"], "Worth"]


def test(expr: Expr | None) -> Test | None:
    """Whether a condition is true; the language is loaded only where a checklist uses it."""
    if expr is None:
        return None
    from auditor.expressions import condition

    return condition(expr)


def refuted(expr: Expr | None) -> Test | None:
    """Whether a `valid_if` is false; one that reads an empty value is not tested."""
    if expr is None:
        return None
    from auditor.expressions import condition, reading_empty

    holds, reads_empty = condition(expr), reading_empty(expr)
    return lambda view: not reads_empty(view) and not holds(view)


def computed(expr: Expr | None) -> Sum | None:
    """What a computed value comes to."""
    if expr is None:
        return None
    from auditor.expressions import compiled

    return compiled(expr)
