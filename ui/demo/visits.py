"""One sample visit, carried out through the same doors as a real one: create, answer, finish."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from auditor import jotting
from auditor.audit import Answer, Duty, Header, Jot, Photo
from auditor.check_kinds import MYSTERY
from auditor.checklist import Checklist, Item, Section
from auditor.review import missing
from auditor.store import OpenAudit, Store
from auditor.words import speaking
from ui.demo.answers import Mood, answer_for, answers_for, faults_in, reason_for
from ui.demo.bank import NOBODY, Staff
from ui.demo.corrective import findings
from ui.demo.jots import jots
from ui.demo.pictures import ready

ROUNDS = 16
"""How often what is still missing is asked for: conditions open further items, a drawn date may be out of range."""


Depth = Literal["finished", "answered", "jotted"]
"""How far a visit has come: finished, partly answered, or nothing but jots yet."""
PHOTOGRAPHED = 0.3
"""Share of visits with a corrective action that is shown before and after."""
PUT_RIGHT = 0.35
"""Share of visits that everybody sees in which one fault is put right on the spot (立查立改)."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is to happen: which checklist, when and where, and how well it goes."""

    checklist: Checklist
    header: Header
    dice: random.Random
    fault_rate: float
    weak_spots: frozenset[str] = frozenset()
    critical: bool = False
    depth: Depth = "finished"
    covered: float = 1.0
    """Share of sections answered; below 1 for a draft."""
    staff: Staff = NOBODY
    today: date | None = None
    """The day up to which corrective actions have come along; None: there are none."""

    @property
    def covert(self) -> bool:
        return self.header.kind in MYSTERY

    def mood(self) -> Mood:
        start = datetime.fromisoformat(self.header.visited)
        return Mood(self.dice, self.fault_rate, self.critical, start, to_the_second=self.covert)


def carry_out(store: Store, visit: Visit) -> OpenAudit:
    """The audit after the visit; finished if the visit is to be finished. The caller closes it."""
    opened = store.create(visit.checklist, visit.header)
    mood = visit.mood()
    answers = dict(_answers(visit, mood))
    if visit.covert:
        _jot(opened, visit, answers, mood)
    if visit.depth != "jotted":
        _answer(opened, visit, answers, mood)
    if visit.depth == "finished":
        _complete(opened, visit, mood)
    if visit.header.kind == "self":
        opened.set_duties(dict(_duties(visit)))
    if visit.depth == "finished":
        opened.finish()
        if visit.today is not None:
            _put_right_later(opened, visit, visit.today)
    return opened


def _jot(opened: OpenAudit, visit: Visit, answers: dict[str, Answer], mood: Mood) -> None:
    start = datetime.fromisoformat(visit.header.visited)
    caught = jots(visit.checklist, answers, mood, start)
    if visit.depth == "jotted":
        photo = replace(opened.keep_photo(ready("随记"), "样例照片.jpg"), taken=caught[-1].at[:19])
        caught.append(Jot("photo", caught[-1].at, photo=photo))
    opened.set_jots({str(number): jot for number, jot in enumerate(caught, 1)})


def _answer(opened: OpenAudit, visit: Visit, answers: dict[str, Answer], mood: Mood) -> None:
    """What was jotted flows into answers, narrative and the time of leaving, as it does in the window."""
    with speaking("zh"):
        unfolded, header = jotting.unfolded(opened.audit)
    latest = mood.now.isoformat(timespec="seconds")
    if not visit.covert and header.left:
        header = replace(header, left=max(header.left, latest))
    if not visit.covert and visit.depth == "finished" and mood.dice.random() < PUT_RIGHT:
        answers |= _put_right_at_once(opened, visit, answers)
    drafts = {path: answer for path, answer in unfolded.items() if path in answers}
    opened.fill({**answers, **drafts}, header=header)


def _put_right_at_once(opened: OpenAudit, visit: Visit, answers: dict[str, Answer]) -> dict[str, Answer]:
    """One fault with its photos of before and after (立查立改)."""
    for path, answer in answers.items():
        if answer.reasons and not answer.photos:
            start = datetime.fromisoformat(visit.header.visited).replace(tzinfo=None)
            seen, again = (start + timedelta(minutes=minutes) for minutes in (6, 31))
            pair = _pair(opened, path, seen.isoformat(timespec="seconds"), again.isoformat(timespec="seconds"))
            return {path: replace(answer, photos=pair, note=f"{visit.staff.lobby}当场整改，{again:%H:%M} 复看到位。")}
    return {}


def _pair(opened: OpenAudit, scene: str, before: str, after: str) -> tuple[Photo, Photo]:
    """The same scene before and after, with the local time at which each was taken."""
    first = opened.keep_photo(ready(scene), "整改前.jpg")
    then = opened.keep_photo(ready(scene, tidy=True), "整改后.jpg")
    return replace(first, stage="before", taken=before), replace(then, stage="after", taken=after)


def _put_right_later(opened: OpenAudit, visit: Visit, today: date) -> None:
    """Corrective actions; the first one that is done shows what it was like before and is now."""
    made = dict(findings(opened.audit, opened.score, visit.staff, today, visit.dice))
    shown = next((path for path, one in made.items() if one.done_on), "")
    if shown and visit.dice.random() < PHOTOGRAPHED:
        finding = made[shown]
        before, after = _pair(opened, shown, visit.header.visited[:19], f"{finding.done_on}T16:30:00")
        made[shown] = replace(finding, photos_before=(before,), photos_after=(after,))
    if made:
        opened.set_findings(made)


def _duties(visit: Visit) -> Iterator[tuple[str, Duty]]:
    """The sections shared out among two or three; of a draft only the first has signed."""
    people = (visit.staff.supervisor, visit.staff.lobby, visit.staff.head)[: visit.dice.choice((2, 3, 3))]
    start = datetime.fromisoformat(visit.header.visited)
    for number, section in enumerate(visit.checklist.sections):
        person = people[number % len(people)]
        if visit.depth == "finished" or number == 0:
            signed = start + timedelta(minutes=15 + 12 * number)
            yield section.id, Duty(person, person, signed.isoformat(timespec="seconds"))
        else:
            yield section.id, Duty(person)


def _answers(visit: Visit, mood: Mood) -> Iterator[tuple[str, Answer]]:
    sections = [section for section, _ in visit.checklist.walk() if section.items or section.repeat]
    wanted = sections[: max(1, round(len(sections) * visit.covered))]
    for section in wanted:
        weak = section.id in visit.weak_spots
        for prefix in _instances(section, visit.dice):
            yield from answers_for(section, mood, weak=weak, prefix=prefix)


def _instances(section: Section, dice: random.Random) -> list[str]:
    if section.repeat is None:
        return [""]
    most = min(section.repeat.max, max(section.repeat.min, 3))
    return [f"{section.id}#{number}/" for number in range(1, dice.randint(max(1, section.repeat.min), most) + 1)]


def _complete(opened: OpenAudit, visit: Visit, mood: Mood) -> None:
    """Bring what an answer demands: a reason, a note, a photo; answer what conditions have opened."""
    items = {item.id: item for item in visit.checklist.items()}
    for _ in range(ROUNDS):
        lacking = missing(opened.audit, opened.score)
        if not lacking:
            return
        mended: dict[str, Answer] = {}
        for one in lacking:
            item = items.get(one.path.rpartition("/")[2])
            if item is None:
                continue
            answer = mended.get(one.path) or opened.audit.answers.get(one.path) or Answer()
            mended[one.path] = _mend(opened, one.path, answer, one.what, item, mood)
        opened.fill(mended)


def _mend(opened: OpenAudit, path: str, answer: Answer, what: str, item: Item, mood: Mood) -> Answer:
    if what == "photo":
        photo = opened.keep_photo(ready(path), "样例照片.jpg")
        return replace(answer, photos=(*answer.photos, photo))
    if what == "note":
        return replace(answer, note=mood.told(not answer.reasons))
    if what == "reason":
        wanted = faults_in(item, answer.value) - len(answer.reasons)
        return replace(answer, reasons=(*answer.reasons, *(reason_for(item, mood) for _ in range(max(1, wanted)))))
    if what == "na_reason":
        return replace(answer, note="本次到访未涉及该业务。")
    return answer_for(item, mood, wrong=False)
