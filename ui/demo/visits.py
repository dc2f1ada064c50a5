"""One sample visit, carried out through the same doors as a real one: create, answer, finish."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from auditor.audit import Answer, Header
from auditor.checklist import Checklist, Item, Section
from auditor.review import missing
from auditor.store import OpenAudit, Store
from ui.demo.answers import Mood, answer_for, answers_for, faults_in, reason_for
from ui.demo.pictures import picture

ROUNDS = 16
"""How often what is still missing is asked for: conditions open further items, a drawn date may be out of range."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What is to happen: which checklist, when and where, and how well it goes."""

    checklist: Checklist
    header: Header
    dice: random.Random
    fault_rate: float
    weak_spots: frozenset[str] = frozenset()
    critical: bool = False
    finish: bool = True
    covered: float = 1.0
    """Share of sections answered; below 1 for a draft."""

    def mood(self) -> Mood:
        return Mood(self.dice, self.fault_rate, self.critical, datetime.fromisoformat(self.header.visited))


def carry_out(store: Store, visit: Visit) -> OpenAudit:
    """The audit after the visit; finished if the visit is to be finished. The caller closes it."""
    opened = store.create(visit.checklist, visit.header)
    mood = visit.mood()
    opened.fill(dict(_answers(visit, mood)))
    if visit.finish:
        _complete(opened, visit, mood)
        opened.finish()
    return opened


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
        photo = opened.add_photo(path, picture(path), name="样例照片.jpg")
        return replace(answer, photos=(*answer.photos, photo))
    if what == "note":
        return replace(answer, note="现场观察所见，已向大堂经理核实。")
    if what == "reason":
        wanted = faults_in(item, answer.value) - len(answer.reasons)
        return replace(answer, reasons=(*answer.reasons, *(reason_for(item, mood) for _ in range(max(1, wanted)))))
    if what == "na_reason":
        return replace(answer, note="本次到访未涉及该业务。")
    return answer_for(item, mood, wrong=False)
