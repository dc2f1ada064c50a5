"""The best and the worst visit a checklist allows, made from the checklist alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from auditor.audit import Answer, Audit, Header, Photo, Reason, Value, item_path
from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Band, Option

VISITED = "2026-03-05T10:00:00+08:00"
CLOCK = {"arrived_at": "10:00", "ticket_at": "10:01", "called_at": "10:06", "done_at": "10:12", "left_at": "10:14"}
CLOCK |= {"talk_began": "09:00", "talk_ended": "09:45", "dialled_at": "10:00"}
SLOW_CLOCK = {**CLOCK, "called_at": "10:51", "done_at": "11:40", "left_at": "11:50", "talk_ended": "09:20"}
DAYS = {"last_training": "2026-02-02", "next_inspection": "2026-03-12"}
DAYS |= {"complaint_received": "2026-02-02", "complaint_answered": "2026-02-03"}
DAYS |= {"training_ended": "2026-02-02", "last_part_on": "2026-02-09"}
DAYS |= {"last_drill": "2026-02-02"}
LONG_AGO = {**DAYS, "last_training": "2024-01-08", "last_drill": "2025-01-06", "complaint_answered": "2026-02-20"}
TOO_LATE = {"last_part_on": "2026-02-16"}
"""With a critical effect."""
SLIM = {
    "steps_before": 12,
    "steps_after": 5,
    "levels_before": 4,
    "levels_after": 2,
    "time_before": 45,
    "time_after": 15,
}
SLIM |= {"happy_before": 60, "happy_after": 81}
FAT = {name: SLIM[f"{name.partition('_')[0]}_before"] for name in SLIM}
SLIM |= {"tasks_set": 20, "tasks_done": 20}
FAT |= {"tasks_set": 20, "tasks_done": 5}
EVIDENCE = {"note": "当场记下", "reasons": (Reason("当场看到"),) * 30, "photos": (Photo("0" * 64),)}


def visit(sheet: Checklist, answers: Mapping[str, Answer]) -> Audit:
    """A finished visit with the fewest instances each repeating section allows, one at least."""
    return Audit(
        id="20260305T020000Z-abcdef",
        header=Header(kind=sheet.checks[0], visited=VISITED),
        checklist=sheet,
        checklist_hash="",
        created=VISITED,
        state="finished",
        answers=answers,
        instances={section.id: instances(section) for section, _ in sheet.walk() if section.repeat},
    )


def instances(section: Section) -> tuple[int, ...]:
    return tuple(range(1, max(1, section.repeat.min if section.repeat else 1) + 1))


def paths(sheet: Checklist) -> Iterator[tuple[str, Item]]:
    """Every item's path, in each instance where its section repeats."""
    for section, above in sheet.walk():
        around = next((one for one in (*above, section) if one.repeat), None)
        for item in section.items:
            if around:
                yield from ((item_path(item.id, around.id, n), item) for n in instances(around))
            else:
                yield item.id, item


def best(sheet: Checklist, *, bonuses: bool = False) -> dict[str, Answer]:
    """Full points everywhere; penalties and, unless asked for, bonuses are left unanswered."""
    return {
        path: Answer(value=_best(item), photos=EVIDENCE["photos"] if item.kind == "photo" else ())
        for path, item in paths(sheet)
        if _taken(item) and (item.role == "normal" or (bonuses and item.role == "bonus"))
    }


def worst(sheet: Checklist, *, critical: bool = False) -> dict[str, Answer]:
    """The fewest points everywhere, with all evidence; by a critical option only where asked for. Penalties in full."""
    return {
        path: Answer(value=_worst(item, critical), **EVIDENCE)
        for path, item in paths(sheet)
        if _taken(item) and item.role != "bonus"
    }


def critical_options(sheet: Checklist) -> Iterator[tuple[str, Option | Band]]:
    """Every option and band with an effect, with the path of its item."""
    for path, item in paths(sheet):
        yield from ((path, said) for said in (*item.options, *item.bands) if said.critical)


def _taken(item: Item) -> bool:
    return item.kind != "info" and not item.computed


def _loss(item: Item, said: Option | Band) -> Fraction:
    if said.deduct is not None:
        return Fraction(said.deduct)
    return Fraction(item.points or 0) * (1 - Fraction(said.share if said.share is not None else 1))


def _fixed(item: Item, moments: Mapping[str, str], figures: Mapping[str, int]) -> Value:
    return Decimal(figures[item.id]) if item.id in figures else moments.get(item.id)


def _best(item: Item) -> Value:
    fixed = _fixed(item, {**CLOCK, **DAYS}, SLIM)
    if item.kind == "choice":
        return min(item.options, key=lambda option: _loss(item, option)).id
    if item.kind == "multi":
        return tuple(one.id for one in item.options if one.exclusive) or (item.options[0].id,)
    if item.kind == "occurrences":
        return int((item.max or 0) / (item.unit or 1)) if item.role == "bonus" else 0
    return fixed or _measure(item, min)


def _worst(item: Item, critical: bool) -> Value:
    fixed = _fixed(item, {**SLOW_CLOCK, **LONG_AGO, **(TOO_LATE if critical else {})}, FAT)
    if item.kind == "choice":
        allowed = [one for one in item.options if critical or not one.critical]
        return max(allowed, key=lambda one: (_loss(item, one), len(one.critical), not one.skip)).id
    if item.kind == "multi":
        return tuple(one.id for one in item.options if not one.exclusive)
    if item.kind == "occurrences":
        return 20
    return fixed or _measure(item, max)


def _measure(item: Item, pick: Any) -> Value:
    """A value in the band that loses least or most; without bands an end of the scale, or something plausible."""
    if item.kind in ("text", "signature"):
        return "记一笔"
    if item.kind == "photo":
        return None
    if item.kind == "rating" and not item.bands:
        return item.high if (pick is min) is not item.reversed else item.low
    if not item.bands:
        return Decimal(3)
    number = pick(range(len(item.bands)), key=lambda n: _loss(item, item.bands[n]))
    limit = item.bands[number].up_to
    value = limit if limit is not None else (item.bands[number - 1].up_to or 0) + 1
    return int(value) if item.kind == "rating" else Decimal(value)
