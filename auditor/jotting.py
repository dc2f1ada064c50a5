"""What was jotted during a visit: which stamps there are, and how they become answers and a narrative afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType

from auditor.audit import Answer, Audit, Header, Jot, Proof, item_path
from auditor.checklist.model import STAMPS, CheckKind, Checklist, Item
from auditor.errors import AuditorError
from auditor.formats import duration
from auditor.words import tr

ELSEWHERE: tuple[CheckKind, ...] = ("telephone", "offsite")
"""Kinds of check for which nobody goes to a branch."""
COMPLETE_WITHIN = 2 * 60 * 60
"""Seconds after leaving within which a visit should be completed: what the mystery-shopping codes ask for."""
DAY = 24 * 60 * 60
JUMP = 2.0
"""Seconds by which the clock of the machine may differ from one that cannot be set before it is said."""
_CLOCK = re.compile(r"(\d{1,2})[:：.](\d{2})(?:[:：.](\d{2}))?|(\d{1,2})(\d{2})(\d{2})?")


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
    found = {jot.name: (number, jot) for number, jot in jots.items() if jot.kind in ("stamp", "timing") and jot.name}
    return MappingProxyType(found)


def in_order(jots: Mapping[str, Jot]) -> list[Jot]:
    """What counts, by when it was; of a name that was stamped twice, only the last."""
    counts = {number for number, _ in latest(jots).values()}
    kept = [
        jot for number, jot in jots.items() if jot.kind not in ("stamp", "timing") or number in counts or not jot.name
    ]
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


def differing(audit: Audit) -> list[str]:
    """Paths whose answer says otherwise than what was jotted: an answer that is there is never overwritten."""
    paths = {mark.name: mark.path for mark in marks(audit.checklist, audit.header.kind)}
    said = {paths.get(name, ""): _value(jot) for name, (_, jot) in latest(audit.jots).items()}
    return [
        path
        for path, value in said.items()
        if path and value is not None and not _same(audit.answers.get(path, Answer()).value, value)
    ]


def _same(answer: object, jotted: str | Decimal) -> bool:
    """A time to the minute agrees with every second of it; without an answer there is nothing to differ."""
    if isinstance(answer, str) and isinstance(jotted, str):
        return jotted.startswith(answer)
    return answer is None or answer == jotted


def photos_for(audit: Audit, path: str) -> tuple[Jot, ...]:
    """The photos that were jotted, oldest first, but for those the answer at `path` has."""
    if not audit.jots:
        return ()
    there = {one.sha256 for one in audit.answers.get(path, Answer()).photos}
    return tuple(jot for jot in in_order(audit.jots) if jot.photo is not None and jot.photo.sha256 not in there)


def _value(jot: Jot) -> str | Decimal | None:
    if jot.kind == "timing":
        return Decimal(jot.seconds) if jot.seconds else None
    return jot.at[11:19] or None


def narrative(audit: Audit) -> str:
    """The course of the visit (访问经过) as the jots tell it, one sentence each, in the language in force."""
    return tr("jot.between").join(_sentences(audit))


def is_drafted(audit: Audit) -> bool:
    """Whether the narrative says nothing but what the jots say: then a new draft takes nobody's words away."""
    rest = audit.header.narrative
    for sentence in sorted(_sentences(audit), key=len, reverse=True):
        rest = rest.replace(sentence, "")
    return not rest.strip()


def _sentences(audit: Audit) -> list[str]:
    titles = {mark.name: mark.title for mark in marks(audit.checklist, audit.header.kind)}
    return [told for jot in in_order(audit.jots) if (told := _told(jot, titles))]


def _told(jot: Jot, titles: Mapping[str, str]) -> str:
    time = jot.at[11:16]
    if jot.kind == "note":
        return tr("jot.told.note", time=time, text=jot.text.rstrip("。. "))
    if jot.kind == "photo":
        return tr("jot.told.photo", time=time)
    title = titles.get(jot.name, "") or jot.text
    if jot.kind == "timing":
        told = duration(Decimal(jot.seconds)) if jot.seconds and title else ""
        return tr("jot.told.timing", time=time, title=title, duration=told) if told else ""
    about = tr("jot.about_then") if jot.proof == "estimated" else ""
    return tr("jot.told.stamp", time=f"{about}{time}", title=title) if title else ""


def unfolded(audit: Audit) -> tuple[dict[str, Answer], Header]:
    """What the jots come to: answers of items without one, and the header with the time of leaving and the narrative.
    A narrative that somebody wrote in stays as it is."""
    header, stamp, draft = audit.header, latest(audit.jots).get("left"), narrative(audit)
    if stamp is not None:
        header = replace(header, left=stamp[1].at)
    if draft and is_drafted(audit):
        header = replace(header, narrative=draft)
    return answers(audit), header


def left_at(audit: Audit) -> datetime | None:
    """When the visit ended, by its stamp or its header."""
    stamp = latest(audit.jots).get("left")
    text = stamp[1].at if stamp else audit.header.left
    return datetime.fromisoformat(text) if text else None


def since_leaving(audit: Audit, now: datetime) -> float | None:
    """Seconds since the shopper left; None while he is there. `now` with its offset."""
    left = left_at(audit)
    return None if left is None else max(0.0, (now - left.astimezone(now.tzinfo)).total_seconds())


def span(seconds: float) -> str:
    """`38 分钟`, `1 小时 12 分`, `3 天`: whole minutes, from two days on whole days, for the time since leaving."""
    if seconds >= 2 * DAY:
        return tr("jot.days", d=int(seconds) // DAY)
    hours, minutes = divmod(int(seconds) // 60, 60)
    return tr("jot.hours", h=hours, m=minutes) if hours else tr("jot.minutes", m=minutes)


def typed(audit: Audit, name: str, text: str, now: datetime, proof: Proof = "estimated") -> Jot:
    """A stamp typed later, `10:05`, `10:05:20` or `1005`, on the day of the visit; how it is known is its proof.

    Typed to the minute it fits into a minute that another stamp shares. Raises `jot.not_a_time`, `jot.in_future`,
    and `jot.too_early`, `jot.too_late` where it contradicts another of the usual stamps.
    """
    found = _CLOCK.fullmatch(text.strip())
    parts = [int(one) for one in found.groups() if one] if found else []
    if not parts or parts[0] > 23 or max(parts[1:]) > 59:
        raise AuditorError("jot.not_a_time", text=text.strip())
    hour, minute, second = (*parts, 0)[:3]
    at = _day(audit, name, now).replace(hour=hour, minute=minute, second=second, microsecond=0)
    for other, then in _around(audit, name):
        early = STAMPS.index(other) < STAMPS.index(name)
        same_minute = len(parts) == 2 and f"{at:%H:%M}" == f"{then:%H:%M}"
        if at < then if early else at > then:
            if not same_minute:
                key = "jot.too_early" if early else "jot.too_late"
                raise AuditorError(key, title=tr(f"store.stamp.{other}"), time=f"{then:%H:%M:%S}", typed=f"{at:%H:%M}")
            at = then
    if at > now:
        raise AuditorError("jot.in_future", typed=f"{at:%H:%M:%S}")
    return Jot("stamp", at.isoformat(timespec="seconds"), name, proof=proof)


def _day(audit: Audit, name: str, now: datetime) -> datetime:
    """A moment of the day on which a stamp was: its own, that of the last jot, that of the visit."""
    own, order = latest(audit.jots).get(name), in_order(audit.jots)
    text = own[1].at if own else order[-1].at if order else audit.header.visited
    day = datetime.fromisoformat(text) if text else now
    return day if day.tzinfo else day.astimezone()


def _around(audit: Audit, name: str) -> list[tuple[str, datetime]]:
    """The other usual stamps there are and when they were, to the second; none for a moment of the checklist's own."""
    if name not in STAMPS:
        return []
    there = latest(audit.jots)
    return [
        (other, datetime.fromisoformat(there[other][1].at).replace(microsecond=0))
        for other in STAMPS
        if other != name and other in there
    ]


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long something has taken, and by how much the machine's clock was set meanwhile; both in seconds."""

    seconds: float
    jumped: float = 0.0


def elapsed(start: Jot, now: datetime, steady: float | None = None) -> Elapsed | None:
    """How long a timing has run by the machine's clock; by `steady`, seconds on a clock nobody can set, where that is
    known and they differ. None where only the machine's clock is known and it was set back."""
    passed = (now - datetime.fromisoformat(start.at)) / timedelta(seconds=1)
    if steady is not None:
        jumped = passed - steady
        return Elapsed(passed) if abs(jumped) < JUMP and passed >= 0 else Elapsed(max(0.0, steady), jumped)
    return Elapsed(passed) if passed >= 0 else None
