"""What a register is asked to be, and how several visits and kinds of check become one figure of an outlet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from auditor.check_kinds import CHECK_KINDS
from auditor.errors import AuditorError

Several = Literal["mean", "weighted", "worst"]
"""What several visits of a period come to: their mean, their mean weighted by the points that each looked at (the
full points of its items that counted), or the lowest."""
Order = Literal["rank", "code"]
SEVERAL: tuple[Several, ...] = get_args(Several)
ORDERS: tuple[Order, ...] = get_args(Order)
MOST_PLACES = 4
MOST_WEIGHT = 1000
ALL = ""
"""The one group of visits where kinds of check are not blended."""


class Marked(NamedTuple):
    """One visit's total on a common scale, and the points it looked at."""

    kind: str
    figure: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Options:
    """Empty texts stand for what the program finds itself; without a blend all visits weigh alike."""

    places: int = 2
    """Decimals of figures, 0 … 4 (rankings: 2)."""
    several: Several = "mean"
    blend: tuple[tuple[str, Decimal], ...] = ()
    """(kind of check, weight): each kind is taken together first; a kind not named does not count."""
    order: Order = "rank"
    unit: str = ""
    """制表单位."""
    period: str = ""
    """统计期间, instead of the quarter or days of the visits."""

    def counts(self, kind: str) -> bool:
        return not self.blend or any(kind == name for name, _ in self.blend)

    def by_kind(self, visits: Iterable[Marked]) -> dict[str, Fraction]:
        """The figure of each kind of check; without a blend one of all, under `ALL`."""
        groups: dict[str, list[Marked]] = {}
        for one in visits:
            if self.counts(one.kind):
                groups.setdefault(one.kind if self.blend else ALL, []).append(one)
        return {kind: self._together(ones) for kind, ones in groups.items()}

    def figure(self, visits: Iterable[Marked]) -> Fraction | None:
        """What an outlet's visits come to; kinds it was not visited for leave their weight to the others."""
        return self.blended(self.by_kind(visits))

    def blended(self, kinds: dict[str, Fraction]) -> Fraction | None:
        weights = dict(self.blend) or {ALL: Decimal(1)}
        whole = sum((Fraction(weights[kind]) for kind in kinds), Fraction(0))
        return (
            sum((Fraction(weights[kind]) * one for kind, one in kinds.items()), Fraction(0)) / whole if kinds else None
        )

    def _together(self, visits: Sequence[Marked]) -> Fraction:
        if self.several == "worst":
            return min(one.figure for one in visits)
        points = sum((one.points for one in visits), Fraction(0))
        if self.several == "weighted" and points:
            return sum((one.figure * one.points for one in visits), Fraction(0)) / points
        return sum((one.figure for one in visits), Fraction(0)) / len(visits)


STANDARD = Options()


def read_blend(text: str) -> tuple[tuple[str, Decimal], ...]:
    """`mystery=60,self=20` → weights by kind of check, in the order given; they need not come to 100.

    Raises `register.blend_form`, `register.blend_kind`, `register.blend_weight`, `register.blend_twice`.
    """
    found: dict[str, Decimal] = {}
    for part in text.replace("，", ",").replace("＝", "=").split(","):
        kind, equals, number = (one.strip() for one in part.partition("="))
        if not kind or not equals or not number:
            raise AuditorError("register.blend_form", text=part.strip() or text)
        if kind not in CHECK_KINDS:
            raise AuditorError("register.blend_kind", kind=kind, allowed=", ".join(CHECK_KINDS))
        if kind in found:
            raise AuditorError("register.blend_twice", kind=kind)
        found[kind] = _weight(kind, number.removesuffix("%").strip())
    return tuple(found.items())


def _weight(kind: str, number: str) -> Decimal:
    try:
        weight = Decimal(number)
    except InvalidOperation:
        weight = Decimal(0)
    if not weight.is_finite() or not 0 < weight <= MOST_WEIGHT:
        raise AuditorError("register.blend_weight", kind=kind, text=number, most=MOST_WEIGHT)
    return weight
