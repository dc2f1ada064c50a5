"""An expression made ready once, as nested functions, and evaluated often, within a budget of steps.

What the operators come to stands in `values`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Protocol

from auditor.expressions.functions import SIGNATURES, Worth
from auditor.expressions.nodes import (
    ABOUT_ITEMS,
    AGGREGATES,
    Binary,
    Call,
    Expr,
    Listed,
    Literal,
    Name,
    Unary,
    children,
    names,
    walk,
)
from auditor.expressions.parsing import refused
from auditor.expressions.values import OPERATORS, Raw, bounded, contains, plain, truth

MOST_STEPS = 100_000
"""Nodes that the instances of one evaluation may take; 99 instances of the longest expression need half of it."""


class Lookup(Protocol):
    """What an expression can see of a visit, from where it stands (an instance of a repeating section, or outside)."""

    def value(self, item: str, /) -> Raw:
        """The item's value in force; None: none, not in force, or no such item."""

    def answered(self, item: str, /) -> bool:
        """Whether it has an answer in force that is not `na`."""

    def is_na(self, item: str, /) -> bool:
        """Whether its answer in force is one of the not-applicable codes."""

    def score(self, section: str, /) -> Fraction | None:
        """The section's exact ratio × 100 (running figure, before critical effects); None: nothing possible."""

    def today(self) -> str:
        """The visit's date, `YYYY-MM-DD`."""

    def instances(self, items: frozenset[str], /) -> Sequence[Lookup] | None:
        """One lookup per instance of the repeating section that the items stand in; None when none of them
        repeats as seen from here (inside an instance its items are its own)."""


class _Budget:
    """The steps that one evaluation has left; only instances can take many."""

    __slots__ = ("left",)

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def spend(self, steps: int, at: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise refused("steps", at, most=MOST_STEPS)


_Part = Callable[[Lookup, _Budget], Worth]


def compiled(expr: Expr) -> Callable[[Lookup], Worth]:
    """The function that gives an expression's value; None is empty. It raises `expressions.steps` when it takes too
    long."""
    part = _part(expr)
    return lambda lookup: part(lookup, _Budget())


def condition(expr: Expr) -> Callable[[Lookup], bool]:
    """The function that says whether a condition is true; an empty one is false."""
    part = _part(expr)
    return lambda lookup: truth(part(lookup, _Budget()))


def reading_empty(expr: Expr) -> Callable[[Lookup], bool]:
    """The function that says whether a value the expression reads is empty, so that a `valid_if` is not tested. Values
    within aggregates, which ignore the empty, and what `answered` and `is_na` ask about do not count."""
    items: list[str] = []
    scored: list[str] = []
    todo = [expr]
    while todo:
        node = todo.pop()
        if isinstance(node, Name):
            items.append(node.id)
        elif isinstance(node, Call) and node.function == "score":
            scored.append(_id(node))
        elif not isinstance(node, Call) or node.function not in ABOUT_ITEMS | AGGREGATES:
            todo.extend(children(node))

    def found(lookup: Lookup) -> bool:
        for item in items:
            if plain(lookup.value(item)) is None:
                return True
        return bool(scored) and any(lookup.score(section) is None for section in scored)

    return found


def evaluate(expr: Expr, lookup: Lookup) -> Worth:
    """The value of an expression evaluated once. Raises `expressions.steps`."""
    return compiled(expr)(lookup)


def holds(expr: Expr, lookup: Lookup) -> bool:
    """Whether a condition evaluated once is true."""
    return condition(expr)(lookup)


def reads_empty(expr: Expr, lookup: Lookup) -> bool:
    """Whether a value that the expression reads is empty."""
    return reading_empty(expr)(lookup)


def _part(node: Expr) -> _Part:
    if isinstance(node, Name):
        name = node.id
        return lambda lookup, _: plain(lookup.value(name))
    if isinstance(node, Literal):
        value = node.value
        return lambda _lookup, _budget: value
    if isinstance(node, Binary):
        return _chain(node)
    if isinstance(node, Call):
        return _call(node)
    return _unary(node) if isinstance(node, Unary) else lambda _lookup, _budget: None


def _unary(node: Unary) -> _Part:
    operand = _part(node.operand)
    if node.op == "not":
        return lambda lookup, budget: not truth(operand(lookup, budget))
    minus, zero = OPERATORS["-"], Fraction(0)
    return lambda lookup, budget: minus(zero, operand(lookup, budget))


def _chain(node: Binary) -> _Part:
    """Left-leaning chains are unrolled: five hundred summands need no depth."""
    spine: list[Binary] = [node]
    while isinstance(spine[-1].left, Binary):
        spine.append(spine[-1].left)
    first = _part(spine[-1].left)
    links = [_link(one) for one in reversed(spine)]
    if len(links) == 1:
        only = links[0]
        return lambda lookup, budget: only(first(lookup, budget), lookup, budget)

    def run(lookup: Lookup, budget: _Budget) -> Worth:
        value = first(lookup, budget)
        for link in links:
            value = link(value, lookup, budget)
        return value

    return run


def _link(node: Binary) -> Callable[[Worth, Lookup, _Budget], Worth]:
    """What an operator makes of the value on its left; `and` and `or` read on only where it matters."""
    if node.op == "in" and isinstance(node.right, Listed):
        entries = [_part(entry) for entry in node.right.entries]
        return lambda left, lookup, budget: contains(left, [entry(lookup, budget) for entry in entries])
    right = _part(node.right)
    if node.op == "and":
        return lambda left, lookup, budget: truth(left) and truth(right(lookup, budget))
    if node.op == "or":
        return lambda left, lookup, budget: truth(left) or truth(right(lookup, budget))
    do = OPERATORS[node.op]
    return lambda left, lookup, budget: do(left, right(lookup, budget))


def _call(node: Call) -> _Part:
    if node.function in _ABOUT:
        return _ABOUT[node.function](_id(node))
    if node.function in AGGREGATES:
        return _aggregate(node)
    if node.function == "today":
        return lambda lookup, _: lookup.today()
    args = [_part(arg) for arg in node.args]
    if node.function == "if":
        test, then, other = args
        return lambda lookup, budget: (then if truth(test(lookup, budget)) else other)(lookup, budget)
    do = SIGNATURES[node.function].do
    assert do is not None
    return lambda lookup, budget: do(*[arg(lookup, budget) for arg in args])


_ABOUT: dict[str, Callable[[str], _Part]] = {
    "answered": lambda name: lambda lookup, _: lookup.answered(name),
    "is_na": lambda name: lambda lookup, _: lookup.is_na(name),
    "score": lambda name: lambda lookup, _: lookup.score(name),
}


def _aggregate(node: Call) -> _Part:
    """Over every instance where an argument reads a repeated item from outside; empties are left out."""
    args = [(_part(arg), names(arg), sum(1 for _ in walk(arg)), arg.at) for arg in node.args]
    combine = _COMBINE[node.function]

    def run(lookup: Lookup, budget: _Budget) -> Worth:
        values: list[Worth] = []
        for part, read, size, at in args:
            seen = lookup.instances(read)
            if seen is None:
                values.append(part(lookup, budget))
                continue
            budget.spend(size * len(seen), at)
            values += [part(one, budget) for one in seen]
        return combine([value for value in values if value is not None])

    return run


def _numbers(combine: Callable[[list[Fraction]], Worth]) -> Callable[[list[Worth]], Worth]:
    """Over the numbers among the values; empty over none."""

    def over(given: list[Worth]) -> Worth:
        numbers = [value for value in given if isinstance(value, Fraction)]
        return combine(numbers) if numbers else None

    return over


_COMBINE: dict[str, Callable[[list[Worth]], Worth]] = {
    "any": lambda given: any(map(truth, given)),
    "all": lambda given: bool(given) and all(map(truth, given)),
    "count": lambda given: Fraction(sum(value is not False for value in given)),
    "mean": _numbers(lambda numbers: bounded(sum(numbers, Fraction(0)) / len(numbers))),
    "min": _numbers(min),
    "max": _numbers(max),
}
"""What the aggregates make of the values given."""


def _id(node: Call) -> str:
    name = node.args[0]
    assert isinstance(name, Name)
    return name.id
