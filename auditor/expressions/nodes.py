"""The tree of an expression: frozen nodes, each knowing its offset (from 0) in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

AGGREGATES = frozenset({"any", "all", "count", "min", "max", "mean"})
"""The functions that range over the instances of a repeating section."""

ABOUT_ITEMS = frozenset({"answered", "is_na"})
"""The functions that ask about an answer instead of reading its value; never empty."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, true or false."""

    value: Fraction | str | bool
    at: int = 0


@dataclass(frozen=True, slots=True)
class Name:
    """An item (or, as the argument of `score`, a section)."""

    id: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Listed:
    """What stands in brackets after `in`."""

    entries: tuple[Expr, ...]
    at: int = 0


@dataclass(frozen=True, slots=True)
class Unary:
    """`not x` or `-x`."""

    op: str
    operand: Expr
    at: int = 0


@dataclass(frozen=True, slots=True)
class Binary:
    """`left op right`; op: `or and = != < <= > >= in + - * /`. Chains lean to the left."""

    op: str
    left: Expr
    right: Expr
    at: int = 0


@dataclass(frozen=True, slots=True)
class Call:
    """A function of the fixed list."""

    function: str
    args: tuple[Expr, ...]
    at: int = 0


Expr = Literal | Name | Listed | Unary | Binary | Call


def children(expr: Expr) -> tuple[Expr, ...]:
    """The nodes right below one."""
    if isinstance(expr, Binary):
        return expr.left, expr.right
    if isinstance(expr, Unary):
        return (expr.operand,)
    if isinstance(expr, Call):
        return expr.args
    return expr.entries if isinstance(expr, Listed) else ()


def walk(expr: Expr) -> Iterator[Expr]:
    """Every node, parents first, left to right; without recursion."""
    todo = [expr]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(reversed(children(node)))


def names(expr: Expr) -> frozenset[str]:
    """The items an expression reads or asks about."""
    sections = {id(node.args[0]) for node in walk(expr) if isinstance(node, Call) and node.function == "score"}
    return frozenset(node.id for node in walk(expr) if isinstance(node, Name) and id(node) not in sections)


def sections(expr: Expr) -> frozenset[str]:
    """The sections whose score an expression reads."""
    calls = (node for node in walk(expr) if isinstance(node, Call) and node.function == "score")
    return frozenset(call.args[0].id for call in calls if isinstance(call.args[0], Name))
