"""What a shopper caught during a covert visit: stamps and timings that agree with the answers, and three-word notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from auditor.audit import Answer, Jot, Proof
from auditor.checklist import Checklist
from auditor.checklist.model import STAMPS
from auditor.jotting import Mark, marks
from ui.demo.answers import Mood

NOTES = (
    "保安先开口",
    "等候区坐满",
    "只开两个窗",
    "大堂在巡场",
    "填单台有废单",
    "叫号屏清楚",
    "无人指路",
    "有人插队未管",
    "饮水机没水",
    "柜员有微笑",
    "引导员扶老人",
    "机器旁没人",
)
PROOFS: tuple[Proof, ...] = ("tapped",) * 8 + ("estimated",)
ON_THE_TICKET = ("ticket", "called")
"""What a ticket proves."""
UNTIL = {"arrived": (10, 30), "left": (240, 900)}
"""Seconds from the stamp before, where it is not `USUALLY`."""
USUALLY = (30, 360)


def jots(checklist: Checklist, answers: Mapping[str, Answer], mood: Mood, start: datetime) -> list[Jot]:
    """Jots of a visit that began at `start`, in the order in which they were caught: every time answer has its stamp,
    every measured duration its timing; usual stamps that no item takes lie between their neighbours."""
    every = marks(checklist)
    stamps = dict(_stamps(every, answers, mood, start))
    first, last = min(stamps.values()), max(stamps.values())
    found = [Jot("stamp", _iso(at), name, proof=_proof(name, mood)) for name, at in stamps.items()]
    timed = [(one.name, answers[one.path].value) for one in every if one.timed and one.path in answers]
    for place, (name, value) in enumerate(timed, 1):
        if isinstance(value, Decimal):
            at = first + (last - first) * place / (len(timed) + 2)
            found.append(Jot("timing", _iso(at), name, str(value)))
    for text in mood.dice.sample(NOTES, k=mood.dice.choice((1, 2, 2, 3))):
        found.append(Jot("note", _iso(_between(first, last, mood)), text=text))
    return sorted(found, key=lambda jot: jot.at)


def _stamps(
    every: tuple[Mark, ...], answers: Mapping[str, Answer], mood: Mood, start: datetime
) -> Iterator[tuple[str, datetime]]:
    """(name, when): as answered; else, of the usual ones, a little after the one before and not after the next."""
    told = {one.name: _on(start, answers[one.path].value) for one in every if not one.timed and one.path in answers}
    known = {name: at for name, at in told.items() if at is not None}
    yield from ((name, at) for name, at in known.items() if name not in STAMPS)
    before = start
    for place, name in enumerate(STAMPS):
        later = [known[other] for other in STAMPS[place:] if other in known]
        at = known.get(name) or before + timedelta(seconds=mood.dice.randrange(*UNTIL.get(name, USUALLY)))
        at = max(at, mood.now) if name == "left" else at
        before = min(at, *later) if later else at
        yield name, before


def _proof(name: str, mood: Mood) -> Proof:
    return "ticket" if name in ON_THE_TICKET and mood.dice.random() < 0.25 else mood.dice.choice(PROOFS)


def _on(start: datetime, value: object) -> datetime | None:
    if not isinstance(value, str):
        return None
    hour, minute, second = (*map(int, value.split(":")), 0)[:3]
    return start.replace(hour=hour, minute=minute, second=second)


def _between(first: datetime, last: datetime, mood: Mood) -> datetime:
    return first + (last - first) * mood.dice.uniform(0.1, 0.9)


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
