"""The comparison's chapters: what it comes to, ranking, heat maps, most frequent losses, month trend."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures import plain, shown
from exports.comparison.figures import Overall, heats, months, overall
from exports.comparison.heat import heat_pieces, legend
from exports.comparison.trend import trend_pieces
from exports.pdf.body import chapter
from exports.pdf.flow import Flow, Piece
from exports.pdf.ink import Anchor, Box, Ink, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import (
    BRAND,
    BRAND_GROUND,
    GROUND,
    INK,
    LANDSCAPE,
    LINE,
    SMALL,
    SMALL_BOLD,
    SMALL_QUIET,
    SUBHEAD,
    TINY,
    TITLE,
    Style,
)
from exports.pdf.tables import Cell, Column, Row, Table
from exports.register.earlier import Earlier, EarlierAudits, earlier_figures
from exports.register.ranking import Ranked, grade_of, rate, signed, veto_of
from exports.register.summed import Summed
from exports.register.wording import Wording

_RANKING = (
    ("rank", 36, "right"),
    ("code", 62, "left"),
    ("outlet", 168, "left"),
    ("parent", 116, "left"),
    ("type", 58, "left"),
    ("visits", 44, "right"),
    ("this_period", 56, "right"),
    ("last_period", 54, "right"),
    ("change", 48, "right"),
    ("grade", 50, "centre"),
    ("veto", 57.8, "centre"),
)
_LOSSES = (
    ("place", 40, "right"),
    ("item", 250, "left"),
    ("checklist", 130, "left"),
    ("looked", 58, "right"),
    ("lost", 58, "right"),
    ("lost_rate", 65, "right"),
    ("lost_total", 65, "right"),
    ("outlets_hit", 83.8, "right"),
)
_BIG = Style(20, 26, BRAND, True)


def laid_out(summed: Summed, words: Wording, earlier: EarlierAudits, setter: Typesetter) -> Flow:
    """Every page, A4 across."""
    flow, ranked = Flow(), summed.ranked()
    flow.page(landscape=True, bare=True)
    flow.add([*_opening(words, setter), _cards(overall(ranked, words.options.places), words, setter)])
    flow.add(_notes(words.notes(summed), setter))
    _chapter(flow, "ranking", words, setter, _ranking(ranked, summed, earlier, words, setter))
    _heat_maps(flow, summed, words, setter)
    _chapter(flow, "losses", words, setter, _losses(summed, words, setter))
    trend = months(summed)
    if trend:
        flow.page(landscape=True)
        _chapter(flow, "trend", words, setter, trend_pieces(trend, setter, words.speech))
    foot = setter.line(0, 10, words.say("foot"), SMALL)
    flow.add([Piece(34, [foot], gap=8)])
    return flow


def _chapter(flow: Flow, key: str, words: Wording, setter: Typesetter, pieces: Sequence[Piece]) -> None:
    flow.add([chapter(words.speech.tr(f"comparison.chapter.{key}"), key, setter, 18), *pieces])


def _opening(words: Wording, setter: Typesetter) -> list[Piece]:
    made = []
    for line in setter.wrap(words.title("comparison"), TITLE, LANDSCAPE):
        made.append(Piece(TITLE.leading, [Text(0, TITLE.over(0), line, TITLE)]))
    about = setter.wrap(words.about(), SMALL_QUIET, LANDSCAPE)
    inks: list[Ink] = [
        Text(0, SMALL_QUIET.over(2 + at * SMALL_QUIET.leading), line, SMALL_QUIET) for at, line in enumerate(about)
    ]
    return [*made, Piece(len(about) * SMALL_QUIET.leading + 8, inks)]


def _cards(whole: Overall, words: Wording, setter: Typesetter) -> Piece:
    """The figures that the ranking comes to, side by side."""
    none = words.speech.tr("common.no_score")
    passed = rate(whole.passed, whole.judged) or none
    told = (
        ("outlets", str(whole.outlets)),
        ("visits", str(whole.visits)),
        ("mean", none if whole.mean is None else str(whole.mean)),
        ("highest", none if whole.highest is None else str(whole.highest)),
        ("lowest", none if whole.lowest is None else str(whole.lowest)),
        ("passed", passed),
        ("vetoed", str(whole.vetoed)),
    )
    gap = 8.0
    width = (LANDSCAPE - gap * (len(told) - 1)) / len(told)
    inks: list[Ink] = []
    for place, (key, figure) in enumerate(told):
        x = place * (width + gap)
        inks.append(Box(x, 0, width, 58, GROUND, LINE, 5))
        label = setter.fitted(words.speech.tr(f"comparison.col.{key}"), TINY, width - 16)
        inks += [setter.line(x + 9, 7, label, TINY), setter.line(x + 9, 22, figure, _BIG)]
    return Piece(66, inks)


def _notes(notes: Sequence[str], setter: Typesetter) -> list[Piece]:
    lines = setter.wrap("  ".join(notes), TINY, LANDSCAPE)
    return [Piece(TINY.leading, [Text(0, TINY.over(0), line, TINY)]) for line in lines]


def _ranking(ranked: Ranked, summed: Summed, earlier: EarlierAudits, words: Wording, setter: Typesetter) -> list[Piece]:
    figures = earlier_figures(summed, earlier, words.days)
    scale, places = summed.scale, words.options.places
    rows = []
    for rank, one, exact in ranked:
        before = figures.get(one.outlet.key, Earlier()).last_period
        figure = None if exact is None else shown(exact, places)
        last = (
            None
            if before is None
            else shown(before * scale.as_integer_ratio()[0] / scale.as_integer_ratio()[1], places)
        )
        change = "" if figure is None or last is None else signed(figure - last)
        outlet = one.outlet
        said = ["–" if x is None else str(x) for x in (figure, last)]
        veto = veto_of(words, one)
        cells: list[str | Cell] = [
            "–" if rank is None else str(rank),
            outlet.code,
            outlet.name,
            outlet.parent,
            outlet.type,
            str(len(one.scored)),
            Cell(said[0], SMALL_BOLD),
            said[1],
            change or "–",
            grade_of(one.scored, figure),
            Cell(veto, SMALL_BOLD) if one.vetoes else veto,
        ]
        rows.append(Row(cells, fill=GROUND if one.vetoes else None))
    columns = [
        Column(words.heading(key), width, align)  # type: ignore[arg-type]
        for key, width, align in _RANKING
    ]
    whole = overall(ranked, places)
    rows += [
        Row(
            ["", "", Cell(words.say(f"last.{key}"), SMALL_BOLD), "", "", "", Cell(str(x), SMALL_BOLD), *[""] * 4],
            fill=BRAND_GROUND,
        )
        for key, x in (("average", whole.mean), ("highest", whole.highest), ("lowest", whole.lowest))
        if x is not None
    ]
    return Table(setter, columns, grid=True).pieces(rows)


def _heat_maps(flow: Flow, summed: Summed, words: Wording, setter: Typesetter) -> None:
    """One for each checklist, under one legend."""
    speech, comma = words.speech, words.speech.one("common.comma")
    found = heats(summed)
    if not found:
        return
    flow.page(landscape=True)
    pieces = [chapter(speech.tr("comparison.chapter.heat"), "heat", setter, 0), legend(setter, speech)]
    for place, heat in enumerate(found):
        versions = speech.one("comparison.versions", versions=comma.join(heat.versions))
        title = f"{heat.title}{versions}"
        under = setter.line(0, 0, setter.fitted(title, SUBHEAD, LANDSCAPE), SUBHEAD)
        pieces.append(Piece(22, [Anchor(f"heat{place}", 0, setter.clean(title), 1), under], keep=True, gap=16))
        pieces += heat_pieces(heat, setter, speech)
    flow.add(pieces)


def _losses(summed: Summed, words: Wording, setter: Typesetter) -> list[Piece]:
    """The items that lost points most often, each with how often it was looked at."""
    found = summed.most_frequent()
    if not found:
        return [Piece(20, [setter.line(0, 2, words.say("no_losses"), SMALL)])]
    columns = [
        Column(words.speech.tr(f"comparison.col.{key}"), width, align)  # type: ignore[arg-type]
        for key, width, align in _LOSSES
    ]
    rows = [
        Row(
            [
                str(place),
                Cell(one.name, SMALL._replace(colour=INK)),
                one.title,
                str(one.looked),
                Cell(str(one.lost), SMALL_BOLD),
                rate(one.lost, one.looked),
                plain(one.points),
                str(len(one.outlets)),
            ]
        )
        for place, one in found
    ]
    return Table(setter, columns, grid=True).pieces(rows)
