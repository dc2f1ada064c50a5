"""What a value earns and entails, by kind (S5). Exact: fractions of points."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.audit import Value
from auditor.checklist.model import Item
from auditor.checklist.parts import Band, Consequences

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Worth:
    """What one value comes to."""

    earned: Fraction | None
    """Within [floor, points]; of a bonus what it adds, of a penalty what it takes (at most 0); None: unscored."""
    entails: tuple[Consequences, ...] = ()
    """The options or the band that the value stands for: their critical effects, lose, skip, evidence."""


def full(item: Item) -> Fraction:
    """Full points; 0 of an unscored item."""
    return Fraction(item.points or 0) if item.scored else ZERO


def within(item: Item, earned: Fraction) -> Fraction | None:
    """What an answer earns: within [floor, points], then by the item's role."""
    if not item.scored:
        return None
    points = full(item)
    kept = min(points, max(Fraction(item.floor), earned))
    return kept - points if item.role == "penalty" else kept


def deduction(item: Item, said: Consequences) -> Fraction:
    """Points that an option or band takes from full: its `deduct`, or what its `share` leaves out."""
    if said.deduct is not None:
        return Fraction(said.deduct)
    return full(item) * (1 - Fraction(said.share)) if said.share is not None else ZERO


def choice(item: Item, value: Value) -> Worth | None:
    option = next((one for one in item.options if one.id == value), None)
    if option is None:
        return None
    return Worth(within(item, full(item) - deduction(item, option)), (option,))


def multi(item: Item, value: Value) -> Worth | None:
    """Deductions of the chosen faults add up; those that a chosen one `replaces` are cancelled; then the floor."""
    chosen = tuple(one for one in item.options if isinstance(value, tuple) and one.id in value)
    if not chosen:
        return None
    replaced = {name for one in chosen for name in one.replaces}
    taken = sum((deduction(item, one) for one in chosen if one.id not in replaced), ZERO)
    return Worth(within(item, full(item) - taken), chosen)


def occurrences(item: Item, value: Value) -> Worth | None:
    """Count × unit, at most `max`: taken from full points, or added as a bonus."""
    if not isinstance(value, int):
        return None
    amount = value * Fraction(item.unit or 0)
    if item.max is not None:
        amount = min(amount, Fraction(item.max))
    return Worth(within(item, amount if item.role == "bonus" else full(item) - amount))


def measured(item: Item, value: Value) -> Worth | None:
    """A number or duration earns by the first band that fits; without bands, full points."""
    if value is None or isinstance(value, (str, tuple)):
        return None
    return _banded(item, band_of(item, Decimal(value)), full(item))


def rating(item: Item, value: Value) -> Worth | None:
    """By its table (bands), or in proportion to its place on the scale, reversed where high is bad."""
    if not isinstance(value, int) or not item.low <= value <= item.high:
        return None
    return _banded(item, band_of(item, Decimal(value)), full(item) * rating_share(item, value))


def rating_share(item: Item, value: int) -> Fraction:
    """(v − lo) / (hi − lo), reversed (hi − v) / (hi − lo)."""
    if item.high == item.low:
        return Fraction(1)
    return Fraction(item.high - value if item.reversed else value - item.low, item.high - item.low)


def band_of(item: Item, value: Decimal) -> Band | None:
    """The first band that fits: up to and including its limit."""
    return next((one for one in item.bands if one.up_to is None or value <= one.up_to), None)


def _banded(item: Item, band: Band | None, without: Fraction) -> Worth:
    if band is None:
        return Worth(within(item, without))
    return Worth(within(item, full(item) - deduction(item, band)), (band,))


def given(item: Item, value: Value) -> Worth | None:
    """Time, text, date, signature: giving it earns full points."""
    return Worth(within(item, full(item))) if value else None


def photo(item: Item, _: Value) -> Worth:
    """The photos are the answer; whether there are any, the caller knows."""
    return Worth(within(item, full(item)))


def nothing(_item: Item, _value: Value) -> None:
    """Information takes no answer."""
