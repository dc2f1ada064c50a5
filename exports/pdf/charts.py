"""Bars of the sections and the customer's journey, drawn so that grey tells as much as colour."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures import plain
from exports.blocks import Report, SectionRow, Stage, Timing
from exports.pdf.flow import Piece
from exports.pdf.ink import Box, Disc, Hatch, Ink, Link, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import (
    BRAND,
    FAILED,
    FAINT,
    GROUND,
    INK,
    LINE,
    LOST,
    PORTRAIT,
    SMALL,
    SMALL_BOLD,
    SMALL_QUIET,
    TINY,
    TINY_BOLD,
    TINY_INK,
    WHITE,
    Style,
)
from exports.speech import Speech

_TITLE, _BAR, _FIGURE = 138.0, 190.0, 66.0
_AT_LEAST = 0.8
"""Below this ratio a bar is drawn as weak: amber and hatched."""
_ACROSS = 4
"""Stages side by side."""


def heading(words: str, setter: Typesetter, gap: float = 12) -> Piece:
    """A small heading of the first page."""
    style = Style(10.5, 16, INK, True)
    return Piece(20, [setter.line(0, 0, words, style)], keep=True, gap=gap)


def section_pieces(sections: Sequence[SectionRow], setter: Typesetter, speech: Speech, most: int = 40) -> list[Piece]:
    """各模块得分: a bar each; where there is room for `most` only, those that lost most, in their order."""
    if not sections:
        return []
    chosen = sections
    if len(sections) > most:
        heavy = sorted(range(len(sections)), key=lambda at: sections[at].lost, reverse=True)[:most]
        chosen = [sections[at] for at in sorted(heavy)]
    pieces = [heading(speech.tr("report.sections"), setter, 6), *(_bar(one, setter, speech) for one in chosen)]
    return [*pieces, *_more("layouts.more_sections", len(sections) - len(chosen), setter, speech)]


def _more(key: str, count: int, setter: Typesetter, speech: Speech) -> list[Piece]:
    """A line that counts what is not shown here."""
    if not count:
        return []
    return [Piece(TINY.leading + 2, [setter.line(0, 1, speech.tr(key, n=count), TINY)])]


def _bar(one: SectionRow, setter: Typesetter, speech: Speech) -> Piece:
    lines = _on_one_line(one.title, SMALL, _TITLE - 8, setter)
    height = max(18.0, len(lines) * SMALL.leading + 3)
    top = height / 2 - 5
    inks: list[Ink] = [
        Text(0, SMALL.over((height - len(lines) * SMALL.leading) / 2 + at * SMALL.leading), line, SMALL)
        for at, line in enumerate(lines)
    ]
    inks.append(Box(_TITLE, top, _BAR, 10, GROUND, LINE, 5))
    ratio = min(1.0, max(0.0, float(one.earned / one.possible))) if one.possible else 0.0
    failed, weak = one.passed is False or one.status == "zeroed", ratio < _AT_LEAST
    if ratio > 0:
        colour = FAILED if failed else LOST if weak else BRAND
        inks.append(Box(_TITLE, top, max(10.0, _BAR * ratio), 10, colour, radius=5))
        if failed or weak:
            inks.append(Hatch(_TITLE + 3, top + 0.5, max(4.0, _BAR * ratio - 6), 9, WHITE))
    words = _section_figure(one, speech)
    right = _TITLE + _BAR + _FIGURE
    middle = (height - SMALL.leading) / 2
    inks.append(setter.ending(right, middle, words, SMALL_BOLD))
    style = SMALL_QUIET if not failed else SMALL_QUIET._replace(colour=FAILED)
    inks.append(setter.ending(PORTRAIT, middle, _notes(one, style, PORTRAIT - right - 6, setter, speech), style))
    inks.append(Link(0, 0, PORTRAIT, height, f"section:{one.path}"))
    return Piece(height, inks)


def _notes(one: SectionRow, style: Style, room: float, setter: Typesetter, speech: Speech) -> str:
    """权重 12 · 扣 6 分 · 不达标; what there is no room for is the weight, which the table of scores has too."""
    notes = [one.status_text] if one.status_text else []
    if one.lost:
        notes.append(speech.one("report.lost", points=plain(one.lost)))
    if one.passed is False:
        notes.append(speech.tr("common.failed"))
    weighed = [] if one.weight is None or one.status_text else [speech.one("report.weight", weight=plain(one.weight))]
    whole = " · ".join([*weighed, *notes])
    return whole if setter.width(whole, style) <= room else setter.fitted(" · ".join(notes), style, room)


def _on_one_line(words: str, style: Style, room: float, setter: Typesetter) -> list[str]:
    """Both languages side by side where they fit, else on two lines."""
    flat = setter.clean(words).replace("\n", " ")
    return [flat] if setter.width(flat, style) <= room else setter.clipped(words, style, room, 2)


def _section_figure(one: SectionRow, speech: Speech) -> str:
    """Points of points where points add up; out of 100 where sections have weights."""
    if one.figure is None:
        return speech.tr("common.no_score")
    if one.weight is not None:
        return str(one.figure)
    return f"{plain(one.earned)} / {plain(one.possible)}"


def journey_pieces(report: Report, setter: Typesetter, speech: Speech, most: int = 12, timings: int = 4) -> list[Piece]:
    """客户旅程与时间: the stages along a line, each with its times against their limits; at most `most` stages.

    Where there are no stages but times, nothing is shown without them.
    """
    if not report.journey or not most:
        return _stamps(report, setter, speech)
    stages = report.journey[:most]
    staged = {one.path for one in report.sections if one.stage}
    is_journey = stages[0].path in staged
    if not is_journey and not timings:
        return _stamps(report, setter, speech)
    title = speech.tr("report.journey" if is_journey else "report.timings")
    rows = [stages[at : at + _ACROSS] for at in range(0, len(stages), _ACROSS)]
    pieces = [heading(title, setter)]
    number = 0
    for row in rows:
        pieces.append(_stage_row(row, number, timings, setter, speech))
        number += len(row)
    pieces += _more("layouts.more_stages", len(report.journey) - len(stages), setter, speech)
    return [*pieces, *_stamps(report, setter, speech)]


def _stamps(report: Report, setter: Typesetter, speech: Speech) -> list[Piece]:
    """时间记录: the moments of the visit in one line."""
    if not report.stamps:
        return []
    told = " → ".join(f"{one.label} {one.value}" for one in report.stamps)
    words = f"{speech.tr('layouts.stamps')}{speech.one('common.colon')}{told}"
    lines = setter.clipped(words, SMALL_QUIET, PORTRAIT, 2)
    inks = [Text(0, SMALL_QUIET.over(2 + at * SMALL_QUIET.leading), one, SMALL_QUIET) for at, one in enumerate(lines)]
    return [Piece(len(lines) * SMALL_QUIET.leading + 4, inks)]


def _stage_row(stages: Sequence[Stage], before: int, timings: int, setter: Typesetter, speech: Speech) -> Piece:
    width = PORTRAIT / (_ACROSS if before or len(stages) > 2 else 2)
    end = width * (len(stages) - 1) + 9 if len(stages) > 1 else 9
    inks: list[Ink] = [Rule(9, 9, end, 9, LINE, 2.5)]
    height = 0.0
    for at, stage in enumerate(stages):
        own, low = _stage(stage, before + at + 1, timings, width * at, width - 12, setter, speech)
        inks += own
        height = max(height, low)
    return Piece(height + 4, inks)


def _stage(
    stage: Stage, number: int, most: int, left: float, room: float, setter: Typesetter, speech: Speech
) -> tuple[list[Ink], float]:
    """One stage, at most `most` of its times, the late ones first; returns its ink and how far down it reaches."""
    late = any(one.over for one in stage.timings)
    colour = LOST if late else BRAND
    mark = TINY_BOLD._replace(colour=WHITE)
    inks: list[Ink] = [Disc(left + 9, 9, 8, colour, WHITE), setter.middle(left + 9, 3.5, str(number), mark)]
    top = 20.0
    for line in _on_one_line(stage.title, SMALL_BOLD, room, setter):
        inks.append(Text(left, SMALL_BOLD.over(top), line, SMALL_BOLD))
        top += SMALL_BOLD.leading
    if stage.figure is not None:
        words = speech.one("report.stage_figure", figure=stage.figure)
        if stage.lost:
            words += " · " + speech.one("report.lost", points=plain(stage.lost))
        inks.append(setter.line(left, top, setter.fitted(words, TINY, room), TINY))
        top += TINY.leading
    for timing in sorted(stage.timings, key=lambda one: not one.over)[:most]:
        own, top = _timing(timing, left, top + 4, room, setter, speech)
        inks += own
    if len(stage.timings) > most > 0:
        inks.append(setter.line(left, top + 2, speech.tr("report.more_timings", n=len(stage.timings) - most), TINY))
        top += TINY.leading + 2
    return inks, top


def _timing(
    timing: Timing, left: float, top: float, room: float, setter: Typesetter, speech: Speech
) -> tuple[list[Ink], float]:
    """A measured time, a bar with a tick at its limit, and a word when it is over."""
    inks: list[Ink] = [setter.line(left, top, setter.fitted(timing.name, TINY_INK, room), TINY_INK)]
    top += TINY.leading
    style = TINY_BOLD._replace(colour=LOST) if timing.over else TINY_BOLD
    over = " ▲" + speech.one("report.over") if timing.over else ""
    inks.append(setter.line(left, top, setter.fitted(timing.shown + over, style, room), style))
    top += TINY.leading
    if timing.limit and timing.ratio is not None:
        scale = max(timing.ratio, 1.0) * 1.1
        inks.append(Box(left, top + 1, room, 4, FAINT))
        inks.append(Box(left, top + 1, max(1.0, room * timing.ratio / scale), 4, LOST if timing.over else BRAND))
        tick = left + room / scale
        inks.append(Rule(tick, top - 0.5, tick, top + 6.5, INK, 1))
        top += 7
        inks.append(setter.line(left, top, setter.fitted(timing.limit, TINY, room), TINY))
        top += TINY.leading
    return inks, top
