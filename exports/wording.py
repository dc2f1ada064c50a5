"""How a bank words it: numbers of items, reasons for deductions, effects, pass marks (report conventions)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial

from auditor.audit import Answer, Reason, Value, split_path
from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Effect, Grade, Text
from auditor.figures import plain
from auditor.kinds import KINDS
from auditor.scoring.tree import Fired, ItemScore
from auditor.words import tr
from exports.copies import View
from exports.moments import clock, measured
from exports.speech import Speech


class Names:
    """What the nodes of a checklist are called: by path, in the report's language."""

    def __init__(self, checklist: Checklist, numbers: Mapping[str, str], speech: Speech) -> None:
        self.checklist = checklist
        self.numbers = numbers
        self.speech = speech
        self.items = {item.id: item for item in checklist.items()}
        self.sections = {section.id: section for section, _ in checklist.walk()}

    def number(self, path: str) -> str:
        """`2.1.3`, in the second instance `2.1.3-2`; of an instance itself `2.1-2`."""
        section, instance, name = split_path(path)
        if not section and "#" in path:
            name, _, digits = path.partition("#")
            instance = int(digits)
        return self.numbers.get(name, "") + (f"-{instance}" if instance else "")

    def section(self, path: str) -> str:
        """A section's title, or an instance's own."""
        name, _, digits = path.partition("#")
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


def reason_text(view: View, names: Names, answer: Answer, scored: ItemScore, said: str) -> str:
    """扣分原因: 10:12，3号窗口柜员未起立迎接（标准2.1.3），扣1分; or 由2.1.1连带扣分; or why it does not apply.

    `said` is the answer as a person reads it: the fact where nobody wrote one.
    """
    speech = view.speech
    if scored.status == "lost":
        by = tr("common.comma", lang=speech.first).join(map(names.number, scored.lost_by))
        return speech.tr("report.cascaded", by=by) if by else speech.tr("common.status.lost")
    facts = [one for one in answer.reasons if one.text or one.place or one.post or one.time]
    if scored.status == "na":
        told = speech.tr(f"common.na.{answer.na}") if answer.na else ""
        why = [told, *(_fact(one, speech, "") for one in facts)]
        return tr("common.colon", lang=speech.first).join(filter(None, why))
    lost = scored.deducted
    if not facts and not lost:
        return ""
    number = names.number(scored.path)
    standard = speech.tr("report.standard", number=number) if number and lost else ""
    found = [_fact(one, speech, standard) for one in facts] or [said + standard]
    words = tr("common.semicolon", lang=speech.first).join(found)
    return speech.tr("report.deducted", reason=words, points=plain(lost)) if lost and words else words


def _fact(reason: Reason, speech: Speech, standard: str) -> str:
    """time + place or window + post + fact + clause."""
    where = (
        f"{reason.place}{reason.post}" if speech.first == "zh" else " ".join(filter(None, (reason.place, reason.post)))
    )
    between = "" if speech.first == "zh" else ": "
    fact = between.join(filter(None, (where, reason.text.strip().rstrip("。."))))
    return tr("report.comma", lang=speech.first).join(filter(None, (clock(reason.time, speech), fact))) + standard


def clause_text(item: Item, speech: Speech) -> str:
    """The rule an item comes from, and since when it holds."""
    clause = item.clause
    if clause is None:
        return ""
    title = speech.text(clause.title) if isinstance(clause.title, Text) else ""
    words = f"{title} {clause.ref}".strip()
    return speech.tr("report.since", clause=words, day=f"{clause.since:%Y-%m-%d}") if clause.since else words
