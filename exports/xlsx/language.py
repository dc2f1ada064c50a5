"""The checklist language as Excel formulas: one entry per function here, per operator in `operators` (design §7).

What Excel cannot say in the same way raises `Unsaid`; the cell is then written as a value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Protocol

from auditor.expressions import Binary, Call, Expr, Listed, Literal, Name, Unary, names, walk
from auditor.expressions.functions import clock, day
from exports.xlsx import formula as f
from exports.xlsx.formula import Node
from exports.xlsx.operators import (
    OPERATORS,
    WORDS,
    Typed,
    Unsaid,
    arithmetic,
    days,
    equal,
    is_given,
    marked,
    seconds,
    truth,
)


class Scope(Protocol):
    """What an expression sees from where it stands; raises Unsaid for what the copy withholds."""

    def value(self, item: str, /) -> Typed:
        """The cell of an item's value in force."""

    def seen(self, item: str, /) -> Node:
        """0 no answer in force, 1 not applicable, 2 answered."""

    def score(self, section: str, /) -> Node:
        """The cell of a section's ratio, empty when nothing is possible."""

    def today(self) -> str: ...

    def instances(self, items: frozenset[str], /) -> Sequence[Scope] | None:
        """One scope per instance, as `auditor.expressions.Lookup` says."""


def condition(expr: Expr, scope: Scope) -> Node:
    """A condition: TRUE or FALSE, never an error."""
    return truth(compiled(expr, scope))


def computed(expr: Expr, scope: Scope) -> Node:
    """A computed value, or the empty text where it is empty or no number."""
    value = compiled(expr, scope)
    return f.call("IFERROR", value.node + 0, "") if value.type == "number" else f.Literal("")


def reads_all(expr: Expr, scope: Scope) -> Node:
    """Whether no value the expression reads is empty: only then is a `valid_if` tested."""
    given: list[Node] = []
    todo = [expr]
    while todo:
        node = todo.pop()
        if isinstance(node, Call) and node.function in ("answered", "is_na", *AGGREGATES):
            continue
        if isinstance(node, Call) and node.function == "score":
            given.append(f.compare("<>", scope.score(_named(node)), ""))
        elif isinstance(node, Name):
            given.append(f.compare("<>", scope.value(node.id).node, ""))
        elif isinstance(node, Binary):
            todo += [node.left, node.right]
        else:
            todo += node.args if isinstance(node, Call) else node.entries if isinstance(node, Listed) else ()
            todo += [node.operand] if isinstance(node, Unary) else []
    return f.all_of(given)


def compiled(expr: Expr, scope: Scope) -> Typed:
    if isinstance(expr, Name):
        return scope.value(expr.id)
    if isinstance(expr, Literal):
        return _literal(expr.value)
    if isinstance(expr, Binary):
        return _binary(expr, scope)
    if isinstance(expr, Unary):
        inner = compiled(expr.operand, scope)
        if expr.op == "not":
            return Typed(f.call("NOT", truth(inner)), "truth")
        return arithmetic("-", Typed(f.Literal(0), "number"), inner)
    if isinstance(expr, Call):
        return FUNCTIONS[expr.function](expr, scope)
    raise Unsaid("list")


def _literal(value: Fraction | str | bool) -> Typed:
    if isinstance(value, bool):
        return Typed(f.Literal(value), "truth")
    if isinstance(value, str):
        return Typed(f.Literal(value), "time" if clock(value) is not None else "date" if day(value) else "text")
    return Typed(f.wrap(value), "number")


def _binary(expr: Binary, scope: Scope) -> Typed:
    if expr.op in ("and", "or"):
        parts = [truth(compiled(one, scope)) for one in _chain(expr)]
        return Typed(f.all_of(parts) if expr.op == "and" else f.any_of(parts), "truth")
    left = compiled(expr.left, scope)
    if expr.op == "in":
        return Typed(_contained(left, expr.right, scope), "truth")
    return OPERATORS[expr.op](left, compiled(expr.right, scope))


def _chain(expr: Binary) -> list[Expr]:
    """The conditions joined by one `and` or `or` after another: one function for all of them."""
    parts: list[Expr] = []
    node: Expr = expr
    while isinstance(node, Binary) and node.op == expr.op:
        parts.append(node.right)
        node = node.left
    return [node, *reversed(parts)]


def _contained(left: Typed, right: Expr, scope: Scope) -> Node:
    if isinstance(right, Listed):
        return f.any_of([equal(left, compiled(one, scope)) for one in right.entries])
    group = compiled(right, scope)
    if group.type != "multi":
        return equal(left, group)
    if left.type not in WORDS:
        return f.Literal(False)
    return f.all_of(
        [f.call("ISNUMBER", f.call("FIND", marked(left.node), group.node)), f.gt(f.call("LEN", left.node), 0)]
    )


def _named(node: Call) -> str:
    name = node.args[0]
    assert isinstance(name, Name)
    return name.id


def _over(node: Call, scope: Scope) -> list[Typed]:
    """The arguments of an aggregate, in every instance where one reads a repeated item from outside."""
    found: list[Typed] = []
    for argument in node.args:
        seen = scope.instances(names(argument))
        found += [compiled(argument, one) for one in ([scope] if seen is None else seen)]
    return found


def _any(node: Call, scope: Scope) -> Typed:
    return Typed(f.any_of([truth(one) for one in _over(node, scope)]), "truth")


def _all(node: Call, scope: Scope) -> Typed:
    values = _over(node, scope)
    some = f.any_of([is_given(one) for one in values])
    every = [
        truth(one) if one.type == "truth" else f.any_of([f.call("NOT", is_given(one)), truth(one)]) for one in values
    ]
    return Typed(f.all_of([some, *every]) if values else f.Literal(False), "truth")


def _count(node: Call, scope: Scope) -> Typed:
    values = _over(node, scope)
    return Typed(f.total_of([f.flag(one.node if one.type == "truth" else is_given(one)) for one in values]), "number")


_FAR = 999_999_999_999_999


def _extreme(name: str, far: int) -> Callable[[Call, Scope], Typed]:
    def applied(node: Call, scope: Scope) -> Typed:
        values = [one for one in _over(node, scope) if one.type == "number"]
        if not values:
            return Typed(f.Literal(""), "number")
        none = f.eq(f.total_of([f.flag(is_given(one)) for one in values]), 0)
        found = f.Call(name, tuple(f.call("IFERROR", one.node + 0, far) for one in values))
        return Typed(f.choose(none, "", found), "number")

    return applied


def _mean(node: Call, scope: Scope) -> Typed:
    values = [one for one in _over(node, scope) if one.type == "number"]
    if not values:
        return Typed(f.Literal(""), "number")
    total = f.total_of([f.call("IFERROR", one.node + 0, 0) for one in values])
    return Typed(total / f.total_of([f.flag(is_given(one)) for one in values]), "number")


def _if(node: Call, scope: Scope) -> Typed:
    test, then, other = (compiled(one, scope) for one in node.args)
    if then.type != other.type:
        raise Unsaid("types")
    return Typed(f.choose(truth(test), then.node, other.node), then.type)


def _round(node: Call, scope: Scope) -> Typed:
    value = compiled(node.args[0], scope)
    places = node.args[1] if len(node.args) > 1 else Literal(Fraction(0))
    if not isinstance(places, Literal):
        raise Unsaid("places")
    known = isinstance(places.value, Fraction) and places.value.denominator == 1 and 0 <= places.value <= 9
    if value.type != "number" or not known or isinstance(places.value, str | bool):
        return Typed(f.Literal(""), "number")
    return Typed(f.rounded(value.node, int(places.value)), "number")


def _abs(node: Call, scope: Scope) -> Typed:
    value = compiled(node.args[0], scope)
    return Typed(f.call("ABS", value.node) if value.type == "number" else f.Literal(""), "number")


def _length(node: Call, scope: Scope) -> Typed:
    """Characters, or faults chosen; empty of nothing."""
    value = compiled(node.args[0], scope)
    if value.type in ("number", "truth"):
        return Typed(f.Literal(""), "number")
    count = f.call("LEN", value.node)
    if value.type == "multi":
        count_node: Node = count - f.call("LEN", f.call("SUBSTITUTE", value.node, ",", "")) - 1
    else:
        count_node = count
    return Typed(f.choose(f.eq(count, 0), "", count_node), "number")


def _between(unit: int) -> Callable[[Call, Scope], Typed]:
    def applied(node: Call, scope: Scope) -> Typed:
        start, end = (compiled(one, scope) for one in node.args)
        if {start.type, end.type} != {"time"}:
            raise Unsaid("order") if {start.type, end.type} <= {"time", "text"} else Unsaid("types")
        apart = seconds(end.node) - seconds(start.node)
        return Typed(apart if unit == 1 else apart / unit, "number")

    return applied


def _days_between(node: Call, scope: Scope) -> Typed:
    start, end = (compiled(one, scope) for one in node.args)
    if {start.type, end.type} != {"date"}:
        raise Unsaid("types")
    return Typed(days(end.node) - days(start.node), "number")


AGGREGATES = ("any", "all", "count", "min", "max", "mean")
FUNCTIONS: dict[str, Callable[[Call, Scope], Typed]] = {
    "answered": lambda node, scope: Typed(f.eq(scope.seen(_named(node)), 2), "truth"),
    "is_na": lambda node, scope: Typed(f.eq(scope.seen(_named(node)), 1), "truth"),
    "score": lambda node, scope: Typed(scope.score(_named(node)) * 100, "number"),
    "today": lambda _, scope: Typed(f.Literal(scope.today()), "date"),
    "any": _any,
    "all": _all,
    "count": _count,
    "min": _extreme("MIN", _FAR),
    "max": _extreme("MAX", -_FAR),
    "mean": _mean,
    "if": _if,
    "round": _round,
    "abs": _abs,
    "length": _length,
    "seconds_between": _between(1),
    "minutes_between": _between(60),
    "days_between": _days_between,
}


def reads(expr: Expr) -> frozenset[str]:
    """The items whose values an expression reads or asks about."""
    return names(expr) if any(isinstance(node, Name) for node in walk(expr)) else frozenset()
