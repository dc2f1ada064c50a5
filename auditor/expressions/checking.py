"""What can be known wrong about an expression before any answer: unknown names, types that clash, conditions that
never change."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any, Literal

from auditor.expressions import nodes
from auditor.expressions.evaluation import condition
from auditor.expressions.functions import SIGNATURES, clock, day
from auditor.expressions.nodes import AGGREGATES, Binary, Call, Expr, Listed, Name, Unary
from auditor.expressions.values import Raw
from auditor.guess import nearest
from auditor.words import tr

Type = Literal["number", "option", "options", "words", "time", "date", "nothing", "condition", "any"]
MOST_STATES = 200
"""Combinations of answers tried to see whether a condition ever changes."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an expression may speak of, seen from where it stands."""

    types: Mapping[str, Type]
    """By item."""
    options: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By item of options."""
    sections: Collection[str] = ()
    repeated: Mapping[str, str] = field(default_factory=dict)
    """By item: the repeating section it stands in."""
    inside: str = ""
    """The repeating section the expression itself stands in."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing wrong with an expression: a sentence of the area `expressions`, at an offset."""

    name: str
    at: int
    values: dict[str, Any] = field(default_factory=dict)


def doubts(expr: Expr, known: Known, wanted: Type) -> list[Doubt]:
    """Everything wrong with a bound expression that should come to `wanted` (`condition` or `number`)."""
    checker = _Checker(known)
    found = checker.type(expr, in_aggregate=False)
    if not checker.found and found not in (wanted, "any"):
        checker.clash(expr, found, wanted)
    return checker.found


@dataclass(frozen=True, slots=True)
class Kind:
    """A type as a person reads it, in the language in force when the sentence is shown."""

    type: Type

    def __str__(self) -> str:
        return tr(f"expressions.type.{self.type}")


class _Checker:
    """Types from the leaves up; what is wrong is collected, and such a part is of type `any` from then on."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.found: list[Doubt] = []

    def doubt(self, name: str, at: int, /, **values: Any) -> Type:
        self.found.append(Doubt(name, at, values))
        return "any"

    def clash(self, node: Expr, found: Type, wanted: Type) -> Type:
        name = "no_value" if found == "nothing" else f"wants_{wanted}"
        return self.doubt(name, node.at, found=Kind(found), what=_written(node))

    def type(self, node: Expr, *, in_aggregate: bool) -> Type:
        if isinstance(node, nodes.Literal):
            value = node.value
            return "condition" if isinstance(value, bool) else "number" if isinstance(value, Fraction) else "words"
        if isinstance(node, Name):
            return self.name(node, in_aggregate)
        if isinstance(node, Unary):
            wanted: Type = "condition" if node.op == "not" else "number"
            return self.wants(node.operand, wanted, in_aggregate)
        if isinstance(node, Binary):
            return self.binary(node, in_aggregate)
        return self.call(node, in_aggregate) if isinstance(node, Call) else "any"

    def wants(self, node: Expr, wanted: Type, in_aggregate: bool) -> Type:
        found = self.type(node, in_aggregate=in_aggregate)
        if found not in (wanted, "any") and wanted != "any" and not _reads_as(node, found, wanted):
            self.clash(node, found, wanted)
        return wanted

    def name(self, node: Name, in_aggregate: bool) -> Type:
        known = self.known
        if node.id not in known.types:
            return self.unknown(node, known.types)
        section = known.repeated.get(node.id, "")
        if section and section != known.inside and not in_aggregate:
            return self.doubt("repeated", node.at, name=node.id, section=section)
        return known.types[node.id]

    def unknown(self, node: Name, among: Collection[str]) -> Type:
        parts = node.id.split("-")
        if len(parts) > 1 and all(part in among or part.isdigit() for part in parts):
            return self.doubt("hyphen", node.at, name=node.id, spaced=" - ".join(parts))
        guess = nearest(node.id, among)
        return self.doubt("unknown_guess" if guess else "unknown", node.at, name=node.id, guess=guess)

    def binary(self, node: Binary, in_aggregate: bool) -> Type:
        if node.op in ("and", "or"):
            for side in (node.left, node.right):
                self.wants(side, "condition", in_aggregate)
            return "condition"
        if node.op in ("+", "-", "*", "/"):
            for side in (node.left, node.right):
                self.wants(side, "number", in_aggregate)
            return "number"
        self.compared(node, in_aggregate)
        return "condition"

    def compared(self, node: Binary, in_aggregate: bool) -> None:
        entries = node.right.entries if isinstance(node.right, Listed) else (node.right,)
        if any(self.stray_option(side, node) for side in (node.left, *entries)):
            return
        left = self.type(node.left, in_aggregate=in_aggregate)
        for entry in entries:
            right = self.type(entry, in_aggregate=in_aggregate)
            if "any" in (left, right):
                continue
            if "nothing" in (left, right):
                self.clash(node.left if left == "nothing" else entry, "nothing", "any")
            elif not _comparable(node, node.left, left, entry, right):
                self.not_comparable(node, left, right)

    def not_comparable(self, node: Binary, left: Type, right: Type) -> None:
        many = "options" in (left, right) and node.op in ("=", "!=")
        item = node.left if left == "options" else node.right
        values = {
            "sign": node.op,
            "left": Kind(left),
            "right": Kind(right),
            "item": item.id if isinstance(item, Name) else "",
        }
        self.doubt("use_in" if many else "not_comparable", node.at, **values)

    def stray_option(self, side: Expr, node: Binary) -> bool:
        """A word or name beside an item of options that is none of its options."""
        others = [one for one in (node.left, node.right) if isinstance(one, Name) and one.id in self.known.options]
        beside = next((one for one in others if one is not side), None)
        if beside is None:
            return False
        if isinstance(side, Name) and side.id not in self.known.types:
            word = side.id
        elif isinstance(side, nodes.Literal) and isinstance(side.value, str):
            word = side.value
        else:
            return False
        options = list(self.known.options[beside.id])
        if word in options:
            return False
        guess = nearest(word, options, 0.5)
        values = {"word": word, "item": beside.id, "options": ", ".join(options), "guess": guess}
        self.doubt("option_guess" if guess else "option", side.at, **values)
        return True

    def call(self, node: Call, in_aggregate: bool) -> Type:
        signature = SIGNATURES[node.function]
        first = node.args[0] if node.args else None
        if node.function == "score" and isinstance(first, Name):
            if first.id not in self.known.sections:
                self.unknown(first, self.known.sections)
            return "number"
        if signature.takes[:1] == ("item",) and isinstance(first, Name):
            self.name(first, in_aggregate)
            return "condition"
        if node.function in AGGREGATES:
            self.one_section_each(node)
        if node.function == "if":
            self.wants(node.args[0], "condition", in_aggregate)
            found = {self.type(arg, in_aggregate=in_aggregate) for arg in node.args[1:]}
            return found.pop() if len(found) == 1 else "any"
        takes = signature.takes * len(node.args) if signature.many else signature.takes
        for arg, wanted in zip(node.args, takes, strict=False):
            self.wants(arg, wanted, in_aggregate or node.function in AGGREGATES)  # type: ignore[arg-type]
        return signature.gives  # type: ignore[return-value]

    def one_section_each(self, node: Call) -> None:
        for arg in node.args:
            read = {self.known.repeated.get(name, "") for name in nodes.names(arg)} - {"", self.known.inside}
            if len(read) > 1:
                self.doubt("two_sections", arg.at, sections=", ".join(sorted(read)))


def _written(node: Expr) -> str:
    """A node as a message quotes it."""
    if isinstance(node, Name):
        return node.id
    if isinstance(node, nodes.Literal):
        return str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
    if isinstance(node, Call):
        return f"{node.function}(…)"
    return f"… {node.op} …" if isinstance(node, Binary) else "…"


def _comparable(node: Binary, a: Expr, left: Type, b: Expr, right: Type) -> bool:
    if node.op == "in":
        return (right == "options" and left in ("option", "words")) or (left != "options" and _same(a, left, b, right))
    if "options" in (left, right):
        return False
    if node.op in ("=", "!="):
        return _same(a, left, b, right)
    return _same(a, left, b, right) and ({left, right} & {"number", "time", "date"} != set())


def _same(a: Expr, left: Type, b: Expr, right: Type) -> bool:
    if left == right or {left, right} == {"option", "words"}:
        return True
    return _reads_as(b, right, left) or _reads_as(a, left, right)


def _reads_as(node: Expr, found: Type, wanted: Type) -> bool:
    """A text written out serves as a time of day or a day when it is one; several faults as words for `length`."""
    if found == "options" and wanted == "words":
        return True
    text = node.value if isinstance(node, nodes.Literal) and isinstance(node.value, str) else ""
    return (wanted == "time" and clock(text) is not None) or (wanted == "date" and day(text) is not None)


def constant(expr: Expr, known: Known) -> bool | None:
    """Whether a bound condition is true (or false) whatever is answered; None: it changes, or that is not certain.

    Tried by enumeration, so only where it reads nothing but items of options and few of them.
    """
    items = sorted(nodes.names(expr))
    if any(_unsure(name, known) for name in items) or any(
        isinstance(one, Call) and one.function in ("score", "today") for one in nodes.walk(expr)
    ):
        return None
    states: list[list[str | None]] = [[None, "", *known.options[name]] for name in items]
    size = 1
    for one in states:
        size *= len(one)
    if size > MOST_STATES:
        return None
    test = condition(expr)
    seen: Iterator[bool] = (test(_Supposed(dict(zip(items, said, strict=True)))) for said in product(*states))
    first = next(seen)
    return first if all(one == first for one in seen) else None


def _unsure(item: str, known: Known) -> bool:
    """Whether an item has more values than can be tried: a number, a text, the same item of many instances."""
    outside = known.repeated.get(item, "") not in ("", known.inside)
    return outside or item not in known.options or known.types.get(item) != "option"


@dataclass(frozen=True, slots=True)
class _Supposed:
    """A visit with these answers: None is open, an empty text not applicable."""

    said: Mapping[str, str | None]

    def value(self, item: str, /) -> Raw:
        return self.said[item] or None

    def answered(self, item: str, /) -> bool:
        return bool(self.said[item])

    def is_na(self, item: str, /) -> bool:
        return self.said[item] == ""

    def score(self, _: str, /) -> Fraction | None:
        return None

    def today(self) -> str:
        return ""

    def instances(self, _: frozenset[str], /) -> None:
        return None
