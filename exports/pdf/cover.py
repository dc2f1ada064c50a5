"""The first page: title, head table, the figure that matters, what decided it, sections, journey, heaviest losses."""

from __future__ import annotations

from exports.blocks import Decision, Report, SectionRow
from exports.pdf.charts import journey_pieces, section_pieces
from exports.pdf.first_losses import heaviest
from exports.pdf.flow import Flow, Piece
from exports.pdf.ink import Anchor, Box, Ink, Link, Rule, Text
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
_LABEL = 78.0
_TITLES = tuple(TITLE._replace(size=size, leading=size * 1.42) for size in (19, 18, 17, 16))


def cover(flow: Flow, report: Report, setter: Typesetter) -> None:
    """Lay out the first page; what does not fit goes on behind it, losses are cut to what fits.

    A sheet without points has the head table alone, and its chapters begin below it.
    """
    speech = Speech(report.lang)
    flow.page(bare=True)
    flow.add([_strip(report, setter), _title(report, setter)])
    flow.space(10)
    flow.add([_facts_and_panel(report, setter, speech) if report.scored else _facts(report, setter, PORTRAIT)])
    flow.space(10)
    if not report.scored:
        return
    flow.add(_banners(report, setter, speech))
    flow.add(section_pieces(_charted(report.sections), setter, speech))
    flow.add(journey_pieces(report, setter, speech))
    heaviest(flow, report, setter, speech)


def _strip(report: Report, setter: Typesetter) -> Piece:
    speech = Speech(report.lang)
    owner = speech.tr("report.strip", kind=report.kind_name)
    return Piece(
        34,
        [
            Anchor("cover", 0, report.title.replace("\n", " ")),
            Box(0, 0, 16, 16, BRAND, radius=4),
            setter.line(24, 1.5, owner, SMALL_BOLD),
            setter.ending(PORTRAIT, 1.5, report.copy_name, SMALL_QUIET),
            Rule(0, 24, PORTRAIT, 24, BRAND, 1.2),
        ],
    )


def _title(report: Report, setter: Typesetter) -> Piece:
    style = next((one for one in _TITLES if len(setter.wrap(report.title, one, PORTRAIT)) <= 1), _TITLES[-1])
    if "\n" in report.title or len(setter.wrap(report.title, style, PORTRAIT)) > 3:
        style = TITLE._replace(size=13, leading=19)
    lines = setter.clipped(report.title, style, PORTRAIT, 8)
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
    for fact in report.facts:
        labels = setter.wrap(fact.label, SMALL_QUIET, _LABEL - 6)
        values = setter.clipped(fact.value, SMALL, room - _LABEL, 6)
        for x, lines, style in ((0.0, labels, SMALL_QUIET), (_LABEL, values, SMALL)):
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


def _banners(report: Report, setter: Typesetter, speech: Speech) -> list[Piece]:
    """One banner for each answer that triggered something, whatever the number of its effects."""
    by_answer: dict[str, list[Decision]] = {}
    for one in report.result.decisions:
        by_answer.setdefault(one.path, []).append(one)
    return [_banner(several, report, setter, speech) for several in list(by_answer.values())[:6]]


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
    if one.figures:
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
