"""What each kind of item may say, and must (S4, S5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.checklist.model import Item
from auditor.checklist.outline import Flaw, Outline, PlacedItem
from auditor.checklist.parts import Option

BANDED = ("number", "duration", "rating")
_ONLY: dict[str, tuple[str, ...]] = {
    "options": ("choice", "multi"),
    "bands": BANDED,
    "unit": ("occurrences",),
    "max": ("occurrences",),
    "low": ("rating",),
    "high": ("rating",),
    "reversed": ("rating",),
    "labels": ("rating",),
    "decimals": ("number",),
    "measure": ("number",),
    "stamp": ("time",),
    "value": ("number", "duration"),
}
_NOT_OF_INFO = frozenset(
    "points floor role on faults action evidence required na na_codes na_reason require_if valid_if trap".split()
)
_NOT_COMPUTED = frozenset("required na na_codes na_reason require_if".split())
MOST_STEPS = 100
"""Of a rating."""


def fitting_keys(outline: Outline) -> Iterator[Flaw]:
    """A key stands only on the kinds of item it means something for."""
    for one in outline.items:
        item, said = one.item, one.item.model_fields_set
        for key in sorted(said & _ONLY.keys()):
            if item.kind not in _ONLY[key] and getattr(item, key) != type(item).model_fields[key].default:
                values = {"key": key, "kind": item.kind, "kinds": ", ".join(_ONLY[key])}
                yield Flaw((*one.path, key), "key_of_other_kind", values)
        for key in sorted(said & _NOT_OF_INFO) if item.kind == "info" else ():
            yield Flaw((*one.path, key), "key_of_info", {"key": key})
        for key in sorted(said & _NOT_COMPUTED) if item.computed else ():
            yield Flaw((*one.path, key), "key_of_computed", {"key": key})
        if "valid_text" in said and item.valid_if is None:
            yield Flaw((*one.path, "valid_text"), "key_needs", {"key": "valid_text", "other": "valid_if"})
        if "on" in said and item.role == "normal":
            yield Flaw((*one.path, "on"), "key_needs", {"key": "on", "other": "role"})
        for n, option in enumerate(item.options if item.kind == "choice" else ()):
            for key in ("replaces", "exclusive"):
                if getattr(option, key):
                    values = {"key": key, "kind": "choice", "kinds": "multi"}
                    yield Flaw((*one.path, "options", n, key), "key_of_other_kind", values)


def stamps_once(outline: Outline) -> Iterator[Flaw]:
    """Each stamp of a visit is taken by one item at most."""
    taken: dict[str, str] = {}
    for one in outline.items:
        stamp = one.item.stamp
        if stamp in taken:
            yield Flaw((*one.path, "stamp"), "stamp_twice", {"stamp": stamp, "first": taken[stamp]})
        elif stamp is not None:
            taken[stamp] = one.item.id


def options_wanted(outline: Outline) -> Iterator[Flaw]:
    """A choice has two options at least, a multi one; a scored multi has an exclusive "no fault" (S5)."""
    for one in outline.items:
        item = one.item
        if item.kind in ("choice", "multi") and len(item.options) < (2 if item.kind == "choice" else 1):
            yield Flaw(one.path, "options_wanted", {"id": item.id, "kind": item.kind})
        elif item.kind == "multi" and item.scored and not any(option.exclusive for option in item.options):
            yield Flaw((*one.path, "options"), "no_fault_wanted", {"id": item.id}, warning=True)


def ordered_bands(outline: Outline) -> Iterator[Flaw]:
    """Bands rise without overlap and end with `else`, which stands only there (S5)."""
    for one in outline.items:
        bands, highest = one.item.bands, None
        for n, band in enumerate(bands):
            path = (*one.path, "bands", n)
            if band.otherwise and n < len(bands) - 1:
                yield Flaw((*path, "else"), "else_not_last")
            if band.up_to is None:
                continue
            if highest is not None and band.up_to <= highest:
                yield Flaw((*path, "up_to"), "bands_overlap", {"up_to": band.up_to, "before": highest})
            elif _never(one.item, band.up_to):
                yield Flaw((*path, "up_to"), "band_never", {"up_to": band.up_to, "id": one.item.id}, warning=True)
            highest = band.up_to if highest is None else max(highest, band.up_to)
        if bands and not bands[-1].otherwise:
            yield Flaw((*one.path, "bands", len(bands) - 1), "else_missing", {"id": one.item.id})


def _never(item: Item, up_to: Decimal) -> bool:
    """Whether no value of an item is as low as a band wants it."""
    return (item.kind == "duration" and up_to < 0) or (item.kind == "rating" and up_to < item.low)


def whole_ratings(outline: Outline) -> Iterator[Flaw]:
    """A rating runs from low up to high, and has a word for each step or none."""
    for one in outline.items:
        item = one.item
        if item.kind != "rating":
            continue
        steps = item.high - item.low + 1
        if not 2 <= steps <= MOST_STEPS or abs(item.low) > 1000:
            key = "high" if "high" in item.model_fields_set else "low"
            path = (*one.path, key) if key in item.model_fields_set else one.path
            yield Flaw(path, "rating_ends", {"low": item.low, "high": item.high, "most": MOST_STEPS})
        elif item.labels and len(item.labels) != steps:
            yield Flaw((*one.path, "labels"), "rating_labels", {"given": len(item.labels), "steps": steps})


def points_there(outline: Outline) -> Iterator[Flaw]:
    """What speaks of points stands on an item that has some."""
    for one in outline.items:
        item = one.item
        if item.points is None:
            yield from _without_points(one)
            continue
        if item.kind == "occurrences" and item.unit is None:
            yield Flaw(one.path, "unit_wanted", {"id": item.id})
        if item.floor > item.points:
            yield Flaw((*one.path, "floor"), "floor_above", {"floor": item.floor, "points": item.points})
        if item.kind in ("number", "duration") and not item.bands:
            yield Flaw((*one.path, "points"), "bands_wanted", {"id": item.id, "kind": item.kind}, warning=True)
        if item.trap:
            yield Flaw((*one.path, "trap"), "trap_points", {"id": item.id}, warning=True)
        yield from _deductions(one)


def _without_points(one: PlacedItem) -> Iterator[Flaw]:
    item = one.item
    for key in sorted(item.model_fields_set & {"floor", "unit", "max", "reversed"}):
        if getattr(item, key) and item.kind != "info":
            yield Flaw((*one.path, key), "points_missing", {"key": key, "id": item.id})
    if item.role != "normal":
        yield Flaw((*one.path, "role"), "points_missing", {"key": f"role: {item.role}", "id": item.id})
    for path, outcome in one.outcomes():
        for key in ("share", "deduct"):
            if getattr(outcome, key) is not None:
                yield Flaw((*path, key), "points_missing", {"key": key, "id": item.id})


def _deductions(one: PlacedItem) -> Iterator[Flaw]:
    item = one.item
    most = (item.points or 0) - item.floor
    for path, outcome in one.outcomes():
        if outcome.deduct is not None and outcome.deduct > most:
            values = {"deduct": outcome.deduct, "most": most, "id": item.id}
            yield Flaw((*path, "deduct"), "deducts_more", values, warning=True)
    plain = not any(option.critical or option.lose for option in item.options)
    if (
        item.kind == "choice"
        and len(item.options) > 1
        and item.points
        and plain
        and len({_worth(one, item) for one in item.options}) == 1
    ):
        yield Flaw((*one.path, "options"), "same_points", {"id": item.id}, warning=True)


def _worth(option: Option, item: Item) -> Decimal:
    points = item.points or Decimal(0)
    if option.deduct is not None:
        return points - option.deduct
    return points * (1 if option.share is None else option.share)


def required_or_not(outline: Outline) -> Iterator[Flaw]:
    """Scored items are required (S4); saying when a required item is required says nothing."""
    for one in outline.items:
        item = one.item
        if item.scored and item.role == "normal" and not item.required:
            yield Flaw((*one.path, "required"), "scored_not_required", {"id": item.id})
        if item.require_if is not None and item.scored and item.role == "normal":
            yield Flaw((*one.path, "require_if"), "required_anyway", {"id": item.id}, warning=True)
