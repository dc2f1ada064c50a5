"""One item of a form: its words, and where the answer goes, by its kind."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from auditor.checklist.model import Checklist, Item
from auditor.checklist.parts import Band, Option, Text
from auditor.figures import plain
from auditor.kinds import na_codes
from auditor.words import tr
from exports.moments import limit_text
from exports.pdf.flow import Piece
from exports.pdf.form_lines import Line, boxed, ruled_line, ticks, words
from exports.pdf.lines import Typesetter
from exports.pdf.look import INK, PORTRAIT, SMALL, SMALL_BOLD, TINY_INK, Style
from exports.speech import Speech

_LEFT = 44.0
_ROOM = PORTRAIT - _LEFT - 8
_FINE = Style(7.5, 11, INK)
_BLANK = Style(8.5, 20, INK)


class _Form(NamedTuple):
    """What the lines of an item are made with."""

    checklist: Checklist
    numbers: dict[str, str]
    setter: Typesetter
    speech: Speech

    def pointed(self, item: Item) -> bool:
        """Whether points may be named: not on a blind form."""
        return item.scored and not self.checklist.blind

    def flat(self, text: str) -> str:
        return text.replace("\n", " ")


def item_pieces(
    checklist: Checklist, item: Item, numbers: dict[str, str], setter: Typesetter, speech: Speech, guidance: bool
) -> list[Piece]:
    """A frame with the number at its left; never cut by a page."""
    form = _Form(checklist, numbers, setter, speech)
    lines = _asked(form, item, guidance)
    if item.kind != "info":
        lines += (
            words(speech.tr("layouts.form.computed"), setter, _ROOM, TINY_INK) if item.computed else _answer(form, item)
        )
    number = numbers.get(item.id, "")
    if number and lines:
        lines[0].inks.append(setter.line(6 - _LEFT, 0, setter.fitted(number, SMALL_BOLD, _LEFT - 8), SMALL_BOLD))
    return boxed(lines, PORTRAIT, _LEFT)


def _asked(form: _Form, item: Item, guidance: bool) -> list[Line]:
    """The item's words, what it is worth, its standard and how to judge."""
    speech, setter = form.speech, form.setter
    marks = []
    if form.pointed(item) and item.points is not None:
        marks.append(speech.tr("layouts.form.points", figure=plain(item.points)))
        if item.role != "normal":
            marks.append(speech.tr(f"report.role.{item.role}"))
    if item.show_if:
        marks.append(speech.tr("layouts.form.when"))
    elif not item.required:
        marks.append(speech.tr("layouts.form.optional"))
    told = speech.text(item.text)
    if marks:
        told += speech.one("common.brackets", text=" · ".join(marks))
    lines = words(told, setter, _ROOM, SMALL if item.kind == "info" else SMALL_BOLD)
    for name, text in (("standard", item.standard), ("guidance", item.guidance if guidance else None)):
        if text is not None:
            lines += words(_named(speech, name, text), setter, _ROOM, _FINE)
    return lines


def _named(speech: Speech, name: str, text: Text) -> str:
    """标准：…, in each language of the form."""
    return speech.say(lambda: tr(f"layouts.form.{name}", words=str(text)))


def _answer(form: _Form, item: Item) -> list[Line]:
    """Where the answer goes, the codes for not applicable, a line for the reason or note."""
    speech, setter = form.speech, form.setter
    lines = _KINDS[item.kind](form, item)
    codes = [speech.tr(f"common.na.{code}") for code in na_codes(form.checklist, item)]
    if codes:
        lines += ticks(codes, setter, _ROOM)
    if item.faults and item.kind not in ("choice", "multi"):
        faults = speech.one("common.comma").join(form.flat(speech.text(one.text)) for one in item.faults)
        lines += words(speech.one("layouts.form.faults", faults=faults), setter, _ROOM, _FINE)
    if item.kind not in ("text", "signature", "date"):
        lines.append(ruled_line(speech.tr("common.reason" if item.scored else "layouts.form.note"), setter, _ROOM))
    return lines


def _options(form: _Form, item: Item) -> list[Line]:
    return ticks([_option(form, item, one) for one in item.options], form.setter, _ROOM)


def _option(form: _Form, item: Item, one: Option) -> str:
    """未起立迎接（扣 1 分，转至 2.3）."""
    speech = form.speech
    marks = [_cost(form, item, one)]
    if one.skip and form.numbers.get(one.skip):
        marks.append(speech.tr("layouts.form.goto", number=form.numbers[one.skip]))
    if not form.checklist.blind:
        marks += [speech.tr(f"common.effect.{effect.name}") for effect in one.critical]
    told = speech.one("common.comma").join(filter(None, marks))
    return form.flat(speech.text(one.text)) + (speech.one("common.brackets", text=told) if told else "")


def _cost(form: _Form, item: Item, one: Option | Band) -> str:
    """What choosing it costs or adds; nothing on a blind form."""
    if not form.pointed(item) or item.points is None or item.role == "penalty":
        return ""
    if item.role == "bonus":
        gain = item.points * (Decimal(1) if one.share is None else one.share)
        return form.speech.tr("layouts.form.bonus", figure=plain(gain)) if gain > 0 else ""
    lost = one.deduct
    if lost is None:
        lost = item.points * (Decimal(1) - one.share) if one.share is not None else Decimal(0)
    return form.speech.tr("layouts.form.deduct", figure=plain(lost)) if lost > 0 else ""


def _occurrences(form: _Form, item: Item) -> list[Line]:
    label = form.speech.tr("layouts.form.times_counted")
    if form.pointed(item) and item.unit:
        each = form.speech.tr("layouts.form.each", figure=plain(item.unit))
        label += form.speech.one("common.brackets", text=each)
    return [ruled_line(label, form.setter, _ROOM * 0.8)]


def _number(form: _Form, item: Item) -> list[Line]:
    unit = form.flat(form.speech.text(item.measure)) if item.measure else ""
    line = ruled_line("", form.setter, 130)
    if unit:
        line.inks.append(form.setter.line(136, 20 - SMALL_BOLD.leading - 2, unit, SMALL_BOLD))
    return [line, *_bands(form, item, lambda limit: f"{plain(limit)} {unit}".strip())]


def _duration(form: _Form, item: Item) -> list[Line]:
    blank = words(form.speech.one("layouts.form.minutes_seconds"), form.setter, _ROOM, _BLANK)
    return [*blank, *_bands(form, item, lambda limit: form.speech.say(lambda: limit_text(limit)))]


def _bands(form: _Form, item: Item, shown: Callable[[Decimal], str]) -> list[Line]:
    """The limits and what lies beyond them, where points may be named."""
    if not form.pointed(item):
        return []
    told = []
    for band in item.bands:
        limit = form.speech.one("layouts.form.beyond") if band.up_to is None else shown(band.up_to)
        head = limit if band.up_to is None else form.speech.one("layouts.form.up_to", limit=limit)
        told.append(" ".join(filter(None, (head, _cost(form, item, band)))))
    return words(form.speech.one("common.semicolon").join(told), form.setter, _ROOM, _FINE)


def _rating(form: _Form, item: Item) -> list[Line]:
    steps = range(item.low, item.high + 1)
    named = {item.low + at: form.flat(form.speech.text(one)) for at, one in enumerate(item.labels)}
    return ticks([f"{step} {named.get(step, '')}".strip() for step in steps], form.setter, _ROOM)


def _time(form: _Form, _: Item) -> list[Line]:
    return words("\u3000\u3000：\u3000\u3000", form.setter, _ROOM, _BLANK)


def _date(form: _Form, _: Item) -> list[Line]:
    return words(form.speech.one("layouts.form.blank_date"), form.setter, _ROOM, _BLANK)


def _text(form: _Form, _: Item) -> list[Line]:
    return [ruled_line("", form.setter, _ROOM) for _ in range(2)]


def _photo(form: _Form, _: Item) -> list[Line]:
    return ticks([form.speech.tr("layouts.form.photos") + " ________________"], form.setter, _ROOM)


def _signature(form: _Form, _: Item) -> list[Line]:
    return [ruled_line(form.speech.tr("layouts.form.signed"), form.setter, 240, 28)]


def _info(_form: _Form, _: Item) -> list[Line]:
    return []


_KINDS: dict[str, Callable[[_Form, Item], list[Line]]] = {
    "choice": _options,
    "multi": _options,
    "occurrences": _occurrences,
    "number": _number,
    "rating": _rating,
    "duration": _duration,
    "time": _time,
    "text": _text,
    "date": _date,
    "photo": _photo,
    "signature": _signature,
    "info": _info,
}
