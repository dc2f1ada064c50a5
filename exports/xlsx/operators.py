"""The operators of the checklist language as Excel formulas, one entry each, and what formulas yield.

A number that is empty is the empty text, and arithmetic with it is an error, as division by zero is; whoever reads a
number therefore guards it with IFERROR, and the error means empty. Truths are never empty. Numbers are compared on
9 places, so that no last bit of a double decides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal as Kind

from auditor.expressions.functions import clock
from exports.xlsx import formula as f
from exports.xlsx.formula import Node

Type = Kind["number", "text", "option", "time", "date", "multi", "truth"]
"""`option`: the id of a choice's option; `multi`: `,first,second,` in the checklist's order."""


class Unsaid(Exception):  # noqa: N818 - no failure: the cell is written as a value
    """Excel has no formula that means the same; the text says why."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A formula and what it yields."""

    node: Node
    type: Type


def truth(value: Typed) -> Node:
    """As a condition: empty is false, a number true unless 0, other things true."""
    if value.type == "truth":
        return value.node
    if value.type == "number":
        return f.call("IFERROR", f.compare("<>", f.call("ROUND", value.node, 9), 0), False)
    return f.gt(f.call("LEN", value.node), 0)


def is_given(value: Typed) -> Node:
    """Whether there is a value."""
    if value.type == "truth":
        return f.Literal(True)
    return f.call("ISNUMBER", value.node) if value.type == "number" else f.gt(f.call("LEN", value.node), 0)


def arithmetic(sign: str, left: Typed, right: Typed) -> Typed:
    if left.type != "number" or right.type != "number":
        return Typed(f.Literal(""), "number")
    return Typed(f.Infix(sign, left.node, right.node), "number")


def _numeric(sign: str, left: Node, right: Node) -> Typed:
    return Typed(f.call("IFERROR", f.compare(sign, f.call("ROUND", left - right, 9), 0), False), "truth")


def _ordered(sign: str, left: Typed, right: Typed) -> Typed:
    """`< <= > >=`: numbers, times of day and dates have an order; false with empty and between types."""
    types = {left.type, right.type}
    if types == {"number"}:
        return _numeric(sign, left.node, right.node)
    if types == {"time"}:
        return _numeric(sign, seconds(left.node), seconds(right.node))
    if types == {"date"}:
        return _numeric(sign, days(left.node), days(right.node))
    if types & {"number", "truth", "multi"}:
        return Typed(f.Literal(False), "truth")
    raise Unsaid("order")


WORDS = ("text", "option", "time", "date")


def equal(left: Typed, right: Typed) -> Node:
    """False with empty and between types."""
    types = {left.type, right.type}
    if types == {"number"}:
        return _numeric("=", left.node, right.node).node
    if types == {"truth"}:
        return f.eq(left.node, right.node)
    if types == {"time"}:
        return _numeric("=", seconds(left.node), seconds(right.node)).node
    if "multi" in types:
        return _same_faults(left, right)
    if not types <= set(WORDS):
        return f.Literal(False)
    if types == {"text", "time"}:
        if any(one.type == "text" and isinstance(one.node, f.Literal) for one in (left, right)):
            return f.Literal(False)
        raise Unsaid("order")
    return _same_words(left.node, right.node)


def _same_words(left: Node, right: Node) -> Node:
    known = next((one.value for one in (left, right) if isinstance(one, f.Literal)), "")
    same = f.call("EXACT", left, right)
    return same if known else f.all_of([same, f.gt(f.call("LEN", left), 0)])


def _same_faults(left: Typed, right: Typed) -> Node:
    """A multi equals the one fault that alone was chosen."""
    if left.type == right.type:
        raise Unsaid("multi")
    faults, other = (left, right) if left.type == "multi" else (right, left)
    return f.call("EXACT", faults.node, marked(other.node)) if other.type in WORDS else f.Literal(False)


def marked(word: Node) -> Node:
    return f.Literal(f",{word.value},") if isinstance(word, f.Literal) else f.Literal(",") & word & ","


OPERATORS: dict[str, Callable[[Typed, Typed], Typed]] = {
    "=": lambda a, b: Typed(equal(a, b), "truth"),
    "!=": lambda a, b: Typed(f.call("NOT", equal(a, b)), "truth"),
    "<": lambda a, b: _ordered("<", a, b),
    ">": lambda a, b: _ordered(">", a, b),
    "<=": lambda a, b: _ordered("<=", a, b),
    ">=": lambda a, b: _ordered(">=", a, b),
    "+": lambda a, b: arithmetic("+", a, b),
    "-": lambda a, b: arithmetic("-", a, b),
    "*": lambda a, b: arithmetic("*", a, b),
    "/": lambda a, b: arithmetic("/", a, b),
}


def seconds(time: Node) -> Node:
    """Seconds since midnight; an error where there is no time."""
    if isinstance(time, f.Literal):
        return f.wrap(clock(str(time.value)) or 0)
    return f.call("ROUND", f.call("TIMEVALUE", time) * 86400, 0)


def days(date: Node) -> Node:
    """The day's number; an error where there is no date."""
    return f.call("DATE", f.call("MID", date, 1, 4), f.call("MID", date, 6, 2), f.call("MID", date, 9, 2))
