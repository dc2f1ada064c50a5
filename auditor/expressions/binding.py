"""Bare option ids: `greeted = yes` means the option `yes` of `greeted`, not an item called `yes`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from auditor.expressions.nodes import Binary, Call, Expr, Listed, Literal, Name, Unary

Words = Mapping[str, Collection[str]]
"""By item: the bare words its value is compared with (the ids of its options)."""


def bind(expr: Expr, words: Words) -> Expr:
    """The same tree with every bare option id next to its item, in `=`, `!=` and `in`, made a text."""
    if isinstance(expr, Binary):
        left, right = bind(expr.left, words), bind(expr.right, words)
        if expr.op in ("=", "!=", "in"):
            right, left = _as_option(right, words, left), _as_option(left, words, right)
        return Binary(expr.op, left, right, expr.at)
    if isinstance(expr, Unary):
        return Unary(expr.op, bind(expr.operand, words), expr.at)
    if isinstance(expr, Call):
        return Call(expr.function, tuple(bind(arg, words) for arg in expr.args), expr.at)
    return expr


def _as_option(expr: Expr, words: Words, beside: Expr) -> Expr:
    """`expr` as an option of the item it is compared with, where it is one; each entry of a list by itself."""
    if not isinstance(beside, Name) or beside.id not in words:
        return expr
    if isinstance(expr, Listed):
        return Listed(tuple(_as_option(entry, words, beside) for entry in expr.entries), expr.at)
    if isinstance(expr, Name) and expr.id in words[beside.id]:
        return Literal(expr.id, expr.at)
    number = isinstance(expr, Literal) and not isinstance(expr.value, (str, bool)) and str(expr.value)
    return Literal(number, expr.at) if number and number in words[beside.id] else expr
