"""What was jotted during a visit: which stamps there are, and how they become answers and a narrative afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from auditor.audit import Answer, Audit, Jot, item_path
from auditor.checklist.model import STAMPS, CheckKind, Checklist, Item
from auditor.formats import duration
from auditor.words import tr

ELSEWHERE: tuple[CheckKind, ...] = ("telephone", "offsite")
"""Kinds of check for which nobody goes to a branch."""
COMPLETE_WITHIN = 2 * 60 * 60
"""Seconds after leaving within which a visit should be completed: what the mystery-shopping codes ask for."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that can be caught with one tap: a moment, or how long something takes."""

    name: str
    """One of `STAMPS`, or the path of the item it belongs to."""
    title: str
    path: str = ""
    """The item that takes it, "" where the checklist has none."""
    timed: bool = False
    """Started and stopped, rather than stamped."""


def marks(checklist: Checklist, kind: CheckKind = "mystery") -> tuple[Mark, ...]:
    """Every visit's stamps, then the checklist's own moments, then what it times; titles in the language in force.

    Where nobody goes to a branch, only what the checklist asks for. An item of a repeating section is that of its
    first instance.
    """
    taken = {item.stamp: path for path, item in _timed_items(checklist) if item.stamp}
    usual = [
        Mark(name, tr(f"store.stamp.{name}"), taken.get(name, ""))
        for name in STAMPS
        if name in taken or kind not in ELSEWHERE
    ]
    own = [
        Mark(path, str(item.text), path, item.kind == "duration")
        for path, item in _timed_items(checklist)
        if not item.stamp
    ]
    return (*usual, *sorted(own, key=lambda mark: mark.timed))


def _timed_items(checklist: Checklist) -> Iterator[tuple[str, Item]]:
    for section, above in checklist.walk():
        around = next((one.id for one in (*above, section) if one.repeat is not None), "")
        for item in section.items:
            if item.kind in ("time", "duration") and not item.computed and not item.trap:
                yield item_path(item.id, around, 1 if around else 0), item


def latest(jots: Mapping[str, Jot]) -> Mapping[str, tuple[str, Jot]]:
    """The last stamp or timing of each name with its number: a second tap corrects the first."""
    found = {jot.name: (number, jot) for number, jot in jots.items() if jot.kind in ("stamp", "timing")}
    return MappingProxyType(found)


def in_order(jots: Mapping[str, Jot]) -> list[Jot]:
    """What counts, by when it was; of a name that was stamped twice, only the last."""
    counts = {number for number, _ in latest(jots).values()}
    kept = [jot for number, jot in jots.items() if jot.kind not in ("stamp", "timing") or number in counts]
    return sorted(kept, key=lambda jot: jot.at)


def answers(audit: Audit) -> dict[str, Answer]:
    """What the jots say of items without an answer; how a time that was not tapped is known stands in the note."""
    paths = {mark.name: mark.path for mark in marks(audit.checklist, audit.header.kind)}
    found: dict[str, Answer] = {}
    for name, (_, jot) in latest(audit.jots).items():
        path, value = paths.get(name, ""), _value(jot)
        before = audit.answers.get(path, Answer())
        if path and value is not None and before.value is None and before.na is None:
            note = before.note or ("" if jot.proof == "tapped" else tr(f"jot.proof.{jot.proof}"))
            found[path] = Answer(value, None, note, before.reasons, before.photos, before.flagged, before.clips)
    return found


def _value(jot: Jot) -> str | Decimal | None:
    if jot.kind == "timing":
        return Decimal(jot.seconds) if jot.seconds else None
    return jot.at[11:19] or None


def narrative(audit: Audit) -> str:
    """The course of the visit (访问经过) as the jots tell it, one sentence each, in the language in force."""
    titles = {mark.name: mark.title for mark in marks(audit.checklist, audit.header.kind)}
    return tr("jot.between").join(filter(None, (_told(jot, titles) for jot in in_order(audit.jots))))


def _told(jot: Jot, titles: Mapping[str, str]) -> str:
    time = jot.at[11:16]
    if jot.kind == "note":
        return tr("jot.told.note", time=time, text=jot.text.rstrip("。. "))
    if jot.kind == "photo":
        return tr("jot.told.photo", time=time)
    title = titles.get(jot.name, "")
    if jot.kind == "timing":
        told = duration(Decimal(jot.seconds)) if jot.seconds and title else ""
        return tr("jot.told.timing", time=time, title=title, duration=told) if told else ""
    about = tr("jot.about_then") if jot.proof == "estimated" else ""
    return tr("jot.told.stamp", time=f"{about}{time}", title=title) if title else ""


def left_at(audit: Audit) -> datetime | None:
    """When the visit ended, by its stamp or its header."""
    stamp = latest(audit.jots).get("left")
    text = stamp[1].at if stamp else audit.header.left
    return datetime.fromisoformat(text) if text else None


def since_leaving(audit: Audit, now: datetime) -> float | None:
    """Seconds since the shopper left; None while he is there. `now` with its offset."""
    left = left_at(audit)
    return None if left is None else max(0.0, (now - left.astimezone(now.tzinfo)).total_seconds())
