"""What an expression comes to (scoring.md, "Conditions and computed values"): exact, total, within a budget of steps.

Empty is None. `=` with empty is false and `!=` its opposite; order comparisons with empty are false; arithmetic with
empty, division by zero, values of the wrong type and numbers beyond `MOST_BITS` come to empty; nothing here raises
but the budget.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from auditor.expressions.functions import SIGNATURES, Worth, clock
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
)
from auditor.expressions.parsing import refused

MOST_STEPS = 100_000
"""Nodes visited in one evaluation; 99 instances of the longest expression need half of it."""
MOST_BITS = 512
"""Numbers whose numerator or denominator needs more are empty: computed values may feed on each other."""

Raw = Fraction | Decimal | int | str | bool | tuple[str, ...] | None


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


def evaluate(expr: Expr, lookup: Lookup) -> Worth:
    """The value of an expression; None is empty. Raises `expressions.steps` when it takes too long."""
    return _Run().value(expr, lookup)


def holds(expr: Expr, lookup: Lookup) -> bool:
    """Whether a condition is true; an empty one is false."""
    return truth(evaluate(expr, lookup))


def reads_empty(expr: Expr, lookup: Lookup) -> bool:
    """Whether a value the expression reads is empty, so that a `valid_if` is not tested. Values within aggregates,
    which ignore the empty, and what `answered` and `is_na` ask about do not count."""
    todo = [expr]
    while todo:
        node = todo.pop()
        if isinstance(node, Call) and (node.function in ABOUT_ITEMS or node.function in AGGREGATES):
            continue
        if isinstance(node, Call) and node.function == "score":
            if lookup.score(_id(node)) is None:
                return True
        elif isinstance(node, Name):
            if plain(lookup.value(node.id)) is None:
                return True
        else:
            todo.extend(children(node))
    return False


def plain(raw: Raw) -> Worth:
    """A stored value as expressions see it: numbers exact, nothing given empty."""
    if isinstance(raw, bool) or raw is None:
        return raw
    if isinstance(raw, (int, Decimal)):
        return Fraction(raw)
    return raw if isinstance(raw, Fraction) else raw or None


def truth(x: Worth) -> bool:
    """As a condition: empty is false, a number true unless 0, anything else true."""
    return bool(x)


def equal(a: Worth, b: Worth) -> bool:
    """`=`: false with empty and between types; two times of day are compared as such; a multi equals the one fault
    that alone was chosen."""
    if a is None or b is None:
        return False
    if isinstance(a, tuple) or isinstance(b, tuple):
        return set(a if isinstance(a, tuple) else (a,)) == set(b if isinstance(b, tuple) else (b,))
    if isinstance(a, bool) is not isinstance(b, bool):
        return False
    if isinstance(a, str) and isinstance(b, str) and a != b:
        moment = clock(a)
        return moment is not None and moment == clock(b)
    return a == b


def before(a: Worth, b: Worth) -> bool | None:
    """`a < b` for two numbers, or two texts (times of day as such); None: they have no order."""
    if isinstance(a, str) and isinstance(b, str):
        first, second = clock(a), clock(b)
        return a < b if first is None or second is None else first < second
    numbers = isinstance(a, Fraction) and isinstance(b, Fraction)
    return a < b if numbers else None  # type: ignore[operator]


def contains(a: Worth, group: Worth | list[Worth]) -> bool:
    """`a in group`: one of the listed values, or one of the chosen faults of a multi."""
    if isinstance(group, tuple):
        return a in group
    return any(equal(a, one) for one in (group if isinstance(group, list) else [group]))


def _within(x: Fraction) -> Worth:
    big = x.numerator.bit_length() > MOST_BITS or x.denominator.bit_length() > MOST_BITS
    return None if big else x


def _arithmetic(do: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Worth, Worth], Worth]:
    def applied(a: Worth, b: Worth) -> Worth:
        if isinstance(a, bool) or isinstance(b, bool) or not isinstance(a, Fraction) or not isinstance(b, Fraction):
            return None
        return _within(do(a, b))

    return applied


_divide = _arithmetic(lambda a, b: a / b)
OPERATORS: dict[str, Callable[[Worth, Worth], Worth]] = {
    "=": equal,
    "!=": lambda a, b: not equal(a, b),
    "<": lambda a, b: before(a, b) is True,
    ">": lambda a, b: before(b, a) is True,
    "<=": lambda a, b: before(b, a) is False,
    ">=": lambda a, b: before(a, b) is False,
    "+": _arithmetic(lambda a, b: a + b),
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "/": lambda a, b: None if b == 0 else _divide(a, b),
}


class _Run:
    """One evaluation, counting its steps."""

    def __init__(self) -> None:
        self.left = MOST_STEPS

    def value(self, node: Expr, lookup: Lookup) -> Worth:
        self.left -= 1
        if self.left < 0:
            raise refused("steps", node.at, most=MOST_STEPS)
        if isinstance(node, Name):
            return plain(lookup.value(node.id))
        if isinstance(node, Literal):
            return node.value
        if isinstance(node, Binary):
            return self.chain(node, lookup)
        if isinstance(node, Call):
            return self.call(node, lookup)
        if isinstance(node, Unary):
            inner = self.value(node.operand, lookup)
            return not truth(inner) if node.op == "not" else OPERATORS["-"](Fraction(0), inner)
        return None

    def chain(self, node: Binary, lookup: Lookup) -> Worth:
        """Left-leaning chains are unrolled: five hundred summands need no depth."""
        spine: list[Binary] = [node]
        while isinstance(spine[-1].left, Binary):
            spine.append(spine[-1].left)
        value = self.value(spine[-1].left, lookup)
        for link in reversed(spine):
            value = self.link(link, value, lookup)
        return value

    def link(self, node: Binary, left: Worth, lookup: Lookup) -> Worth:
        if node.op == "and":
            return truth(left) and truth(self.value(node.right, lookup))
        if node.op == "or":
            return truth(left) or truth(self.value(node.right, lookup))
        if node.op == "in":
            if isinstance(node.right, Listed):
                return contains(left, [self.value(entry, lookup) for entry in node.right.entries])
            return contains(left, self.value(node.right, lookup))
        return OPERATORS[node.op](left, self.value(node.right, lookup))

    def call(self, node: Call, lookup: Lookup) -> Worth:
        if node.function in ABOUT_ITEMS:
            return lookup.answered(_id(node)) if node.function == "answered" else lookup.is_na(_id(node))
        if node.function == "score":
            return lookup.score(_id(node))
        if node.function in AGGREGATES:
            return self.aggregate(node, lookup)
        if node.function == "today":
            return lookup.today()
        if node.function == "if":
            condition, then, other = node.args
            return self.value(then if truth(self.value(condition, lookup)) else other, lookup)
        do = SIGNATURES[node.function].do
        assert do is not None
        return do(*(self.value(arg, lookup) for arg in node.args))

    def aggregate(self, node: Call, lookup: Lookup) -> Worth:
        """Over every instance where an argument reads a repeated item from outside; empties are left out."""
        values: list[Worth] = []
        for arg in node.args:
            seen = lookup.instances(names(arg))
            values += [self.value(arg, one) for one in ([lookup] if seen is None else seen)]
        given = [value for value in values if value is not None]
        if node.function in ("any", "all"):
            return bool(given) and (any if node.function == "any" else all)(map(truth, given))
        if node.function == "count":
            return Fraction(sum(value is not False for value in given))
        numbers = [value for value in given if isinstance(value, Fraction)]
        if not numbers:
            return None
        if node.function == "mean":
            return _within(sum(numbers, Fraction(0)) / len(numbers))
        return min(numbers) if node.function == "min" else max(numbers)


def _id(node: Call) -> str:
    name = node.args[0]
    assert isinstance(name, Name)
    return name.id
