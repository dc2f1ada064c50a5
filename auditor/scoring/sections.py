"""S5: what a section comes to. One function per way of putting its parts together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from auditor.scoring.layout import Place
from auditor.scoring.outcome import Outcome

ZERO, ONE = Fraction(0), Fraction(1)


class Tally(NamedTuple):
    """Earned and possible in points, and their ratio; None: nothing possible, so it does not count."""

    earned: Fraction
    possible: Fraction
    ratio: Fraction | None


NOTHING = Tally(ZERO, ZERO, None)


@lru_cache(maxsize=16384)
def quotient(top: int, bottom: int) -> Fraction:
    """The reduced fraction of two integers; the same few come up at every tap."""
    return Fraction(top, bottom)


def tally(
    place: Place,
    outcomes: Sequence[Outcome],
    unit: int,
    zeroed: frozenset[str] = frozenset(),
    kept: dict[str, Tally] | None = None,
) -> Tally:
    """What a section comes to; `zeroed` sections and instances earn 0 (S6); `kept` receives all tallies by path."""
    if place.repeats:
        result = _repeated(place, outcomes, unit, zeroed, kept)
    elif place.children:
        parts = [tally(one, outcomes, unit, zeroed, kept) for one in place.children]
        result = combined(place.children, parts, place.plan.section.over)
    else:
        result = _items(place, outcomes, unit)
    if place.path in zeroed and result.ratio is not None:
        result = Tally(ZERO, result.possible, ZERO)
    if kept is not None:
        kept[place.path] = result
    return result


def _items(place: Place, outcomes: Sequence[Outcome], unit: int) -> Tally:
    """Σ earned / Σ possible of its items, its cap of deductions, its bonuses and penalties, clamped."""
    own = outcomes[place.first : place.last]
    possible = sum([one.possible for one in own])
    if not possible:
        return NOTHING
    earned = sum([one.earned for one in own])
    if place.plan.cap is not None:
        earned += max(0, together_lost(own) - place.plan.cap)
    if place.plan.extras:
        earned += sum([outcomes[place.first + offset].extra for offset in place.plan.extras])
    if earned < 0:
        earned = 0
    elif earned > possible and not place.plan.section.over:
        earned = possible
    return Tally(quotient(earned, unit), quotient(possible, unit), quotient(earned, possible))


def together_lost(own: Sequence[Outcome]) -> int:
    """What the answered items lose together, scaled: what `max_deduction` caps; lost items stand outside it."""
    return sum(one.possible - one.earned for one in own if one.score.status == "answered")


def combined(places: Sequence[Place], parts: Sequence[Tally], over: bool = False, clamped: bool = True) -> Tally:
    """Sections within a section, or the whole checklist: by their weights, else by their points."""
    if places and places[0].plan.share is not None:
        result = _weighted(places, parts)
    else:
        possible = added([part.possible for part in parts])
        earned = added([part.earned for part in parts])
        result = Tally(earned, possible, _divided(earned, possible)) if possible else NOTHING
    ratio = result.ratio
    if ratio is None or not clamped or (ratio.numerator >= 0 and (over or ratio.numerator <= ratio.denominator)):
        return result
    ratio = ZERO if ratio < 0 else ONE
    return Tally(ratio * result.possible, result.possible, ratio)


def overall(places: Sequence[Place], parts: Sequence[Tally]) -> Fraction | None:
    """The ratio of the whole checklist, neither floored nor capped: that is for the total; None: no score."""
    if places and places[0].plan.share is not None:
        return _mean_by_weight(places, parts)
    return combined(places, parts, clamped=False).ratio


def _weighted(places: Sequence[Place], parts: Sequence[Tally]) -> Tally:
    """By weight; possible is what those that count add up to."""
    ratio = _mean_by_weight(places, parts)
    if ratio is None:
        return NOTHING
    counting = zip(places, parts, strict=True)
    whole = added([part.possible for one, part in counting if part.ratio is not None and one.plan.weight])
    return Tally(product(ratio, whole), whole, ratio)


def _mean_by_weight(places: Sequence[Place], parts: Sequence[Tally]) -> Fraction | None:
    """Σ weight × ratio / Σ weights of those that count; weight 0 leaves the total; no weight at all is no score."""
    top, bottom, weights = 0, 1, 0
    for one, part in zip(places, parts, strict=True):
        ratio, weight = part.ratio, one.plan.weight
        if ratio is not None and weight:
            above, below = ratio.as_integer_ratio()
            top, bottom = top * below + weight * above * bottom, bottom * below
            weights += weight
    return quotient(top, bottom * weights) if weights else None


def added(parts: Iterable[Fraction]) -> Fraction:
    """Their exact sum, reduced once: several times as fast as adding one by one."""
    top, bottom = 0, 1
    for part in parts:
        above, below = part.as_integer_ratio()
        if below == bottom:
            top += above
        else:
            top, bottom = top * below + above * bottom, bottom * below
    return quotient(top, bottom)


def product(a: Fraction, b: Fraction) -> Fraction:
    """Their product: faster than `*`."""
    return quotient(a.numerator * b.numerator, a.denominator * b.denominator)


def lesser(a: Fraction, b: Fraction) -> Fraction:
    """The lesser of two: faster than `min`."""
    return a if a.numerator * b.denominator <= b.numerator * a.denominator else b


def _divided(a: Fraction, b: Fraction) -> Fraction:
    return quotient(a.numerator * b.denominator, a.denominator * b.numerator)


def _repeated(
    place: Place,
    outcomes: Sequence[Outcome],
    unit: int,
    zeroed: frozenset[str],
    kept: dict[str, Tally] | None,
) -> Tally:
    """A repeating section: each instance by itself, then all together; those with nothing possible do not count."""
    parts = [tally(one, outcomes, unit, zeroed, kept) for one in place.children]
    repeat = place.plan.section.repeat
    if repeat is not None and repeat.combine == "any_fault":
        return _any_fault(place, outcomes, unit, zeroed)
    counting = [part for part in parts if part.ratio is not None]
    if not counting:
        return NOTHING
    return _worst(counting) if repeat is not None and repeat.combine == "worst" else _mean(counting)


def _mean(counting: Sequence[Tally]) -> Tally:
    """Mean of the instances' ratios; possible is the mean of their possibles."""
    ratio = added([part.ratio or ZERO for part in counting]) / len(counting)
    possible = added([part.possible for part in counting]) / len(counting)
    return Tally(ratio * possible, possible, ratio)


def _worst(counting: Sequence[Tally]) -> Tally:
    """The instance of lowest ratio, the first on a tie."""
    return min(counting, key=lambda part: part.ratio or ZERO)


def _any_fault(place: Place, outcomes: Sequence[Outcome], unit: int, zeroed: frozenset[str]) -> Tally:
    """An item counts where it counts in one instance, and earns full when every counting instance earned full.

    An item that counts in a zeroed instance (or in a zeroed section of it) is 0 there (S6).
    """
    if not place.children:
        return NOTHING
    model = place.children[0]
    merged = list(outcomes)
    dead = {at for one in within(place) if one.path in zeroed for at in range(one.first, one.last)}
    for offset in range(model.last - model.first):
        spots = [(one.first + offset, outcomes[one.first + offset]) for one in place.children]
        counting = [(at, one) for at, one in spots if one.possible]
        possible = counting[0][1].possible if counting else 0
        is_full = all(one.earned == one.possible and at not in dead for at, one in counting)
        score = spots[0][1].score
        merged[model.first + offset] = Outcome(score, possible if is_full else 0, possible)
    return tally(model, merged, unit)


def within(place: Place) -> list[Place]:
    """A section and all below it."""
    return [place, *(deeper for one in place.children for deeper in within(one))]
