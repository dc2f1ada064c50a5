"""The first page: title, head table, the figure that matters, what decided it, sections, journey, heaviest losses."""

from __future__ import annotations

from typing import NamedTuple

from auditor.words import tr
from exports.blocks import Decision, Report, SectionRow
from exports.pdf.body import bullets
from exports.pdf.charts import heading, journey_pieces, section_pieces
from exports.pdf.first_losses import heaviest, needed
from exports.pdf.flow import Flow, Piece
from exports.pdf.formal import balanced
from exports.pdf.ink import Anchor, Box, Ink, Link, Picture, Rule, Text
from exports.pdf.letterhead import emblem, red_head
from exports.pdf.lines import Typesetter
from exports.pdf.look import (
    BODY,
    BRAND,
    FAILED,
    FAILED_GROUND,
    FAINT,
    FIGURE,
    GOOD,
    GOOD_GROUND,
    LOST,
    LOST_GROUND,
    PORTRAIT,
    SMALL,
    SMALL_BOLD,
    SMALL_QUIET,
    STRONG,
    TITLE,
    WHITE,
    Colour,
)
from exports.pdf.words import figures
from exports.speech import Speech

PANEL = 176.0
_LABEL, _BOTH_LABEL = 78.0, 124.0


class _Detail(NamedTuple):
    """How much of each part the first page shows."""

    banners: int
    sections: int
    stages: int
    timings: int
    good: int
    losses: int
    """Rows kept for the heaviest losses; more stand there where room is left."""


_DETAILS = (
    _Detail(6, 40, 12, 4, 4, 4),
    _Detail(4, 40, 12, 2, 3, 3),
    _Detail(4, 14, 12, 1, 3, 2),
    _Detail(3, 12, 8, 1, 2, 2),
    _Detail(2, 9, 8, 1, 2, 1),
    _Detail(2, 12, 4, 0, 1, 1),
    _Detail(2, 8, 4, 0, 1, 1),
    _Detail(2, 8, 4, 0, 0, 1),
    _Detail(1, 6, 4, 0, 0, 1),
    _Detail(1, 6, 0, 0, 0, 1),
    _Detail(1, 6, 0, 0, 0, 0),
)


def cover(flow: Flow, report: Report, setter: Typesetter) -> None:
    """Lay out the first page: of each part as much as fits on it, the rest is counted and stands behind it.

    A sheet without points has the head table alone, and its chapters begin below it.
    """
    speech = Speech(report.lang)
    head(flow, report, setter)
    if not report.scored:
        return
    for detail in _DETAILS:
        good = good_practice(report, setter, speech, detail.good) if report.layout == "summary" else []
        below = sum(one.gap + one.height for one in good)
        parts = _parts(report, detail, setter, speech)
        least = needed(report, detail.losses, setter, speech)
        if sum(one.gap + one.height for one in parts) + below + least <= flow.left:
            break
    flow.add(parts)
    heaviest(flow, report, setter, speech, below)
    flow.add(good)


def head(flow: Flow, report: Report, setter: Typesetter) -> None:
    """A page begins: title, head table, the figure that matters."""
    speech = Speech(report.lang)
    flow.page(bare=True)
    flow.add([*red_head(report.letterhead, setter), _strip(report, setter), _title(report, setter)])
    flow.space(10)
    flow.add([_facts_and_panel(report, setter, speech) if report.scored else _facts(report, setter, PORTRAIT)])
    flow.space(10)


def _parts(report: Report, detail: _Detail, setter: Typesetter, speech: Speech) -> list[Piece]:
    """What decided the result, the sections, the journey."""
    return [
        *banners(report, setter, speech, detail.banners),
        *section_pieces(_charted(report.sections), setter, speech, detail.sections),
        *journey_pieces(report, setter, speech, detail.stages, detail.timings),
    ]


def good_practice(report: Report, setter: Typesetter, speech: Speech, most: int) -> list[Piece]:
    """亮点 in a few lines."""
    if not report.highlights or not most:
        return []
    shown = ["\n".join(setter.clipped(one, BODY, PORTRAIT - 16, 2)) for one in report.highlights[:most]]
    return [heading(speech.tr("layouts.highlights"), setter), *bullets(shown, setter, PORTRAIT)]


def _what(report: Report) -> str:
    """What kind of report of what kind of check, in each language of the report."""
    return Speech(report.lang).say(lambda: tr("report.strip", kind=tr(f"common.kind.{report.kind}")))


def _strip(report: Report, setter: Typesetter) -> Piece:
    """The bank's logo and header line, or the program's mark and the kind of check; what copy it is."""
    logo, high = emblem(report.letterhead, 28)
    owner = setter.clean(report.letterhead.header) or _what(report)
    left = max((ink.x + ink.width for ink in logo if isinstance(ink, Picture)), default=16.0) + 8
    room = PORTRAIT - left - setter.width(report.copy_name, SMALL_QUIET) - 12
    middle = high / 2 - 6.5
    return Piece(
        high + 18,
        [
            Anchor("cover", 0, report.title.replace("\n", " ")),
            *logo,
            setter.line(left, middle, setter.fitted(owner, SMALL_BOLD, room), SMALL_BOLD),
            setter.ending(PORTRAIT, middle, report.copy_name, SMALL_QUIET),
            Rule(0, high + 8, PORTRAIT, high + 8, BRAND, 1.2),
        ],
    )


def _title(report: Report, setter: Typesetter) -> Piece:
    lines, style = balanced(report.title, setter, PORTRAIT, TITLE)
    inks = [Text(0, style.over(at * style.leading), line, style) for at, line in enumerate(lines)]
    return Piece(len(lines) * style.leading, inks)


def _facts_and_panel(report: Report, setter: Typesetter, speech: Speech) -> Piece:
    """The head table on the left, the result on the right."""
    table = _facts(report, setter, PORTRAIT - PANEL - 20)
    panel, height = _panel(report, setter, speech, PORTRAIT - PANEL)
    return Piece(max(table.height, height), [*table.inks, *panel])


def _facts(report: Report, setter: Typesetter, room: float) -> Piece:
    """The head table, `room` points wide."""
    inks: list[Ink] = []
    top = 0.0
    left = _LABEL if report.lang != "both" else _BOTH_LABEL
    for fact in report.facts:
        labels = setter.wrap(fact.label, SMALL_QUIET, left - 6)
        values = setter.clipped(fact.value, SMALL, room - left, 3 if report.layout == "summary" else 6)
        for x, lines, style in ((0.0, labels, SMALL_QUIET), (left, values, SMALL)):
            inks += [Text(x, style.over(top + 2 + at * style.leading), line, style) for at, line in enumerate(lines)]
        top += max(len(labels), len(values)) * SMALL.leading + 4
        inks.append(Rule(0, top, room, top, FAINT))
    return Piece(top, inks)


def _panel(report: Report, setter: Typesetter, speech: Speech, left: float) -> tuple[list[Ink], float]:
    result, x = report.result, left + 16
    failed = result.passed is False
    colour = FAILED if failed else BRAND
    label = speech.tr("report.panel.so_far" if result.so_far else "report.panel.score", scale=result.scale)
    figure = speech.tr("common.no_score") if result.total is None else str(result.total)
    style = FIGURE._replace(colour=colour)
    inks: list[Ink] = [setter.line(x, 10, setter.fitted(label, SMALL_QUIET, PANEL - 24), SMALL_QUIET)]
    inks.append(setter.line(x, 24, figure, style))
    top = 70.0
    marks = []
    if result.before_critical is not None:
        marks.append(speech.tr("report.before", figure=result.before_critical))
    if result.pass_mark:
        marks.append(result.pass_mark)
    if result.so_far:
        marks.append(speech.tr("report.answered", k=result.answered, n=result.applicable))
    for mark in marks:
        for line in setter.wrap(mark, SMALL, PANEL - 28):
            inks.append(Text(x, SMALL.over(top), line, SMALL))
            top += SMALL.leading
    top += 6
    for words, ink, ground in _verdicts(report, speech):
        lines = setter.wrap(words, SMALL_BOLD, PANEL - 42)
        height = len(lines) * SMALL_BOLD.leading + 6
        width = max(setter.width(line, SMALL_BOLD) for line in lines) + 16
        inks.append(Box(x - 2, top, width, height, ground, ink, 4))
        own = SMALL_BOLD._replace(colour=ink)
        inks += [Text(x + 6, own.over(top + 3 + at * own.leading), line, own) for at, line in enumerate(lines)]
        top += height + 5
    height = top + 6
    return [Box(left, 0, PANEL, height, WHITE, FAINT, 10), *inks], height


def _verdicts(report: Report, speech: Speech) -> list[tuple[str, Colour, Colour]]:
    """Verdict and grade, then each effect: words first, colour second."""
    result = report.result
    said = " · ".join(filter(None, (result.verdict, result.grade)))
    made = []
    if said:
        ink, ground = (FAILED, FAILED_GROUND) if result.passed is False else (GOOD, GOOD_GROUND)
        made.append((said, ink, ground))
    made += [(words, FAILED, FAILED_GROUND) for words in dict.fromkeys(one.words for one in result.decisions)]
    if report.draft:
        made.append((speech.tr("report.draft"), LOST, LOST_GROUND))
    return made


def banners(report: Report, setter: Typesetter, speech: Speech, most: int = 6) -> list[Piece]:
    """One banner for each answer that triggered something, whatever the number of its effects."""
    by_answer: dict[str, list[Decision]] = {}
    for one in report.result.decisions:
        by_answer.setdefault(one.path, []).append(one)
    return [_banner(several, report, setter, speech) for several in list(by_answer.values())[:most]]


def _banner(several: list[Decision], report: Report, setter: Typesetter, speech: Speech) -> Piece:
    """Which answer triggered which effects, before and after, and where it is proven."""
    one, effects = several[0], list(dict.fromkeys(each.words for each in several))
    head = f"{one.number} {one.item}".replace("\n", " ").strip() or " · ".join(effects)
    words = [one.answer.replace("\n", " ")] if one.answer else []
    words += effects if one.path else []
    if report.result.before_critical is not None:
        words.append(speech.tr("report.before", figure=report.result.before_critical))
    if one.clause:
        words.append(speech.tr("report.basis", clause=one.clause.replace("\n", " ")))
    if one.figures and report.photos:
        words.append(speech.tr("report.see_figures", figures=figures(one.figures, speech)))
    told = speech.one("common.semicolon").join(words)
    room = PORTRAIT - 32
    lines = [(line, STRONG) for line in setter.clipped(head, STRONG, room, 3)]
    lines += [(line, BODY) for line in setter.clipped(told, BODY, room, 6)]
    height = len(lines) * BODY.leading + 12
    inks: list[Ink] = [Box(0, 0, PORTRAIT, height, FAILED_GROUND, radius=4), Box(0, 0, 4, height, FAILED)]
    inks += [Text(16, style.over(6 + at * style.leading), line, style) for at, (line, style) in enumerate(lines)]
    if one.path:
        inks.append(Link(0, 0, PORTRAIT, height, f"item:{one.path}"))
    return Piece(height + 6, inks)


def _charted(sections: tuple[SectionRow, ...]) -> list[SectionRow]:
    """The sections of the chart: the top ones, or those below a single top one."""
    tops = [one for one in sections if one.depth == 0 and not (one.status == "empty" and not one.weight)]
    if len(tops) == 1:
        below = [one for one in sections if one.depth == 1 and not one.instance]
        return below or tops
    return tops
