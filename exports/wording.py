"""How a bank words it: numbers of items, reasons for deductions, effects, pass marks (report conventions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial

from auditor.audit import Answer, Reason, Value, split_path
from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Effect, Grade, Text
from auditor.figures import plain
from auditor.kinds import KINDS
from auditor.numbering import number_at
from auditor.review import reason_text
from auditor.scoring.tree import Fired, ItemScore
from auditor.words import speaking
from exports.copies import View
from exports.moments import clock, measured
from exports.speech import Speech


class Names:
    """What the nodes of a checklist are called: by path, in the report's language."""

    def __init__(self, checklist: Checklist, numbers: Mapping[str, str], speech: Speech) -> None:
        self.checklist = checklist
        self.numbers = dict(numbers)
        self.speech = speech
        self.items = {item.id: item for item in checklist.items()}
        self.sections = {section.id: section for section, _ in checklist.walk()}

    def number(self, path: str) -> str:
        """`2.1.3`, in the second instance `2.1.3（2）`."""
        with speaking(self.speech.first):
            return number_at(self.numbers, path)

    def section(self, path: str) -> str:
        """A section's title, or an instance's own."""
        name, _, digits = path.rpartition("/")[2].partition("#")
        section = self.sections.get(name)
        if section is None:
            return ""
        title = self.speech.text(section.title)
        if not digits:
            return title
        own = section.repeat.title if section.repeat else None
        return self.speech.text(own).replace("{n}", digits) if own else f"{title} {digits}"

    def item(self, path: str) -> str:
        found = self.items.get(split_path(path)[2])
        return self.speech.text(found.text) if found else ""


def answer_text(view: View, item: Item, value: Value) -> str:
    """A value as a person reads it, times at the copy's precision."""
    if value is None:
        return ""
    if item.kind == "time" and isinstance(value, str):
        return clock(value, view.speech)
    if item.kind == "duration" and isinstance(value, Decimal):
        return view.speech.say(partial(measured, value, view.precision if view.covert else "exact"))
    return view.speech.say(partial(KINDS[item.kind].show, item, value))


def grade_title(grades: tuple[Grade, ...], grade: str | None, speech: Speech) -> str:
    return next((speech.text(one.title) for one in grades if one.id == grade), "") if grade else ""


def pass_mark(of: Checklist | Section, speech: Speech) -> str:
    """达标线 70 分, or the grade that is wanted; nothing where there is no rule (S7)."""
    if of.pass_ is None:
        return ""
    if isinstance(of.pass_, Decimal):
        return speech.tr("report.pass_figure", figure=plain(of.pass_))
    return speech.tr("report.pass_grade", grade=grade_title(of.grades, of.pass_, speech))


def effect_text(effect: Effect | Fired, speech: Speech) -> str:
    """总分封顶 59.9 分, 一票否决 …"""
    name = effect.name if isinstance(effect, Effect) else effect.effect
    if effect.at is None:
        return speech.tr(f"common.effect.{name}")
    return speech.tr("report.capped_at", figure=plain(effect.at))


def reason(view: View, names: Names, answer: Answer, scored: ItemScore, said: str) -> str:
    """扣分原因 as `auditor.review` composes it, times at the copy's precision; or why the item does not apply.

    `said` is the answer as this copy reads it: the fact where nobody wrote one.
    """
    speech = view.speech
    facts = [one for one in answer.reasons if one.text or one.place or one.post or one.time]
    if scored.status == "na":
        told = speech.tr(f"common.na.{answer.na}") if answer.na else ""
        return speech.tr("common.colon").join(filter(None, (told, *(one.text.strip() for one in facts))))
    if not facts and not scored.deducted and scored.status != "lost":
        return ""
    item = names.items[split_path(scored.path)[2]]
    if not facts and item.kind == "duration" and said:
        answer = replace(answer, reasons=(Reason(f"{names.item(scored.path)} {said}"),))
    with speaking(speech.first):
        told = reason_text(item, answer, scored, names.numbers, time=partial(clock, speech=speech))
    return told + (speech.tr("photos.fixed_said") if told and answer.fixed else "")


def clause_text(item: Item, speech: Speech) -> str:
    """The rule an item comes from, and since when it holds."""
    clause = item.clause
    if clause is None:
        return ""
    title = speech.text(clause.title) if isinstance(clause.title, Text) else ""
    words = f"{title} {clause.ref}".strip()
    return speech.tr("report.since", clause=words, day=f"{clause.since:%Y-%m-%d}") if clause.since else words
