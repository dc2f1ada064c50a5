"""The heat map on paper: shades that a grey printer keeps apart, the figure and its visits in every cell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from exports.comparison.figures import Heat, HeatRow, Mark
from exports.pdf.flow import Piece
from exports.pdf.ink import Box, Ink, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import (
    FAINT,
    GROUND,
    INK,
    LANDSCAPE,
    LINE,
    QUIET,
    SMALL_BOLD,
    TINY,
    TINY_BOLD,
    TINY_INK,
    WHITE,
    Colour,
    Style,
)
from exports.speech import Speech

SHADES: tuple[tuple[int, Colour, Colour], ...] = (
    (95, WHITE, INK),
    (90, (0.950, 0.920, 0.855), INK),
    (80, (0.910, 0.800, 0.630), INK),
    (70, (0.820, 0.610, 0.330), INK),
    (0, (0.420, 0.180, 0.020), WHITE),
)
"""From which percentage on, ground, ink: the weaker, the darker, in grey too."""
_NAME, _CODE, _VISITS, _TOTAL = 158.0, 58.0, 42.0, 46.0
_MOST_COLUMNS, _WIDEST = 11, 112.0
_ROW = 25.0
_WHOLE = 8
"""A map of so few rows is not parted; of a longer one the mean never stands alone."""
_COUNT = Style(6.5, 9)


def heat_pieces(heat: Heat, setter: Typesetter, speech: Speech) -> list[Piece]:
    """One map, in parts side by side where it has more sections than a page is wide."""
    parts = max(1, math.ceil(len(heat.columns) / _MOST_COLUMNS))
    each = math.ceil(len(heat.columns) / parts)
    made: list[Piece] = []
    for start in range(0, len(heat.columns), each):
        part = slice(start, start + each)
        width = min(_WIDEST, (LANDSCAPE - _NAME - _CODE - _VISITS - _TOTAL) / each)
        head = _head(heat, heat.columns[part], width, setter, speech)
        made.append(Piece(head.height, head.inks, keep=True, gap=14 if start else 4))
        rows = [_row(one, one.cells[part], width, head, setter, speech) for one in heat.rows]
        mean = HeatRow("", speech.tr("register.last.average"), heat.last.total, heat.last.cells)
        kept = len(rows) if len(rows) <= _WHOLE else 1
        made += [*rows[:-kept], *(replace(one, keep=True) for one in rows[-kept:])]
        made.append(_row(mean, mean.cells[part], width, head, setter, speech, bold=True))
    return made


def legend(setter: Typesetter, speech: Speech) -> Piece:
    """Which shade is which, and what stands in brackets."""
    inks: list[Ink] = []
    x, above = 0.0, 0
    for least, ground, _ in SHADES:
        words = f"≥ {least}%" if not above else f"{least}–{above}%" if least else f"< {above}%"
        inks += [Box(x, 2, 20, 10, ground, LINE), setter.line(x + 25, 1.5, words, TINY_INK)]
        x += 25 + setter.width(words, TINY_INK) + 16
        above = least
    lines = setter.wrap(speech.tr("comparison.heat_note"), TINY, LANDSCAPE)
    inks += [Text(0, TINY.over(17 + at * TINY.leading), line, TINY) for at, line in enumerate(lines)]
    return Piece(20 + len(lines) * TINY.leading, inks, keep=True, gap=2)


def shade(figure: Decimal) -> tuple[Colour, Colour]:
    """Ground and ink of a percentage."""
    return next(((ground, ink) for least, ground, ink in SHADES if figure >= least), SHADES[-1][1:])


def _head(heat: Heat, columns: Sequence[str], width: float, setter: Typesetter, speech: Speech) -> Piece:
    names = ("parent", "outlets") if heat.by_parent else ("outlet", "code")
    fixed = (names[0], _NAME), (names[1], _CODE), ("visits", _VISITS), ("rate", _TOTAL)
    cells: list[tuple[float, list[str]]] = []
    for key, room in fixed:
        words = speech.tr(f"comparison.col.{key}")
        cells.append((room, setter.clipped(words, TINY_BOLD, room - 6, 4)))
    cells += [(width, setter.clipped(name, TINY_BOLD, width - 6, 5)) for name in columns]
    height = max(len(lines) for _, lines in cells) * TINY_BOLD.leading + 8
    whole = sum(room for room, _ in cells)
    inks: list[Ink] = [Box(0, 0, whole, height, FAINT)]
    x = 0.0
    for place, (room, lines) in enumerate(cells):
        top = (height - len(lines) * TINY_BOLD.leading) / 2
        for at, line in enumerate(lines):
            left = 4.0 if place < 2 else (room - setter.width(line, TINY_BOLD)) / 2
            inks.append(Text(x + left, TINY_BOLD.over(top + at * TINY_BOLD.leading), line, TINY_BOLD))
        x += room
    return Piece(height, [*inks, *_lines([room for room, _ in cells], height, top=True)])


def _row(
    one: HeatRow,
    cells: Sequence[Mark | None],
    width: float,
    head: Piece,
    setter: Typesetter,
    speech: Speech,
    bold: bool = False,
) -> Piece:
    style = TINY_BOLD if bold else TINY_INK
    lines = setter.clipped(one.name or speech.tr("register.no_branch"), style, _NAME - 8, 2)
    top = (_ROW - len(lines) * style.leading) / 2
    whole = _NAME + _CODE + _VISITS + _TOTAL + width * len(cells)
    inks: list[Ink] = [Box(0, 0, whole, _ROW, GROUND)] if bold else []
    inks += [Text(4, style.over(top + at * style.leading), line, style) for at, line in enumerate(lines)]
    middle = (_ROW - style.leading) / 2
    inks.append(setter.line(_NAME + 4, middle, setter.fitted(one.code, style, _CODE - 6), style))
    inks.append(setter.middle(_NAME + _CODE + _VISITS / 2, middle, str(one.total.visits), style))
    x = _NAME + _CODE + _VISITS
    inks += _cell(x, _TOTAL, one.total, setter, counted=False)
    x += _TOTAL
    for mark in cells:
        inks += _cell(x, width, mark, setter)
        x += width
    rooms = [_NAME, _CODE, _VISITS, _TOTAL, *(width for _ in cells)]
    return Piece(_ROW, [*inks, *_lines(rooms, _ROW)], head=head)


def _cell(x: float, width: float, mark: Mark | None, setter: Typesetter, counted: bool = True) -> list[Ink]:
    if mark is None or mark.figure is None:
        return [setter.middle(x + width / 2, (_ROW - TINY.leading) / 2, "–", TINY)]
    ground, ink = shade(mark.figure)
    figure = SMALL_BOLD._replace(colour=ink, size=8)
    quiet = _COUNT._replace(colour=ink if ink == WHITE else QUIET if ground == WHITE else INK)
    top = 1.5 if counted else (_ROW - figure.leading) / 2
    inks: list[Ink] = [Box(x, 0, width, _ROW, ground)] if ground != WHITE else []
    inks.append(setter.middle(x + width / 2, top, str(mark.figure), figure))
    if counted:
        inks.append(setter.middle(x + width / 2, 14, f"({mark.visits})", quiet))
    return inks


def _lines(rooms: Sequence[float], height: float, top: bool = False) -> list[Ink]:
    whole = sum(rooms)
    inks: list[Ink] = [Rule(0, height, whole, height, LINE)]
    if top:
        inks.append(Rule(0, 0, whole, 0, LINE))
    x = 0.0
    for room in (*rooms, 0.0):
        inks.append(Rule(x, 0, x, height, LINE))
        x += room
    return inks
