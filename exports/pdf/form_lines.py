"""The lines of a form: words, rows of boxes to tick, blanks to write on; and the frames they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from exports.pdf.flow import Piece
from exports.pdf.formal import BOX, tick_box
from exports.pdf.ink import Box, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import INK, SMALL, SMALL_BOLD, Style

_TALLEST = 560.0
"""Points of one frame: what is longer goes on in a frame of its own, so that it fits every page."""
_GAP = 14.0
_PAD = 4.0


Mark = Text | Rule | Box


class Line(NamedTuple):
    """A line of a form, its ink from its own upper left corner."""

    height: float
    inks: list[Mark]


def words(text: str, setter: Typesetter, room: float, style: Style = SMALL) -> list[Line]:
    """Running words."""
    return [Line(style.leading, [Text(0, style.over(0), line, style)]) for line in setter.wrap(text, style, room)]


def ruled_line(label: str, setter: Typesetter, room: float, height: float = 20.0) -> Line:
    """A label and a line to write on."""
    inks: list[Mark] = []
    start = 0.0
    if label:
        label = setter.fitted(label, SMALL, room * 0.75)
        inks.append(setter.line(0, height - SMALL.leading - 2, label, SMALL))
        start = setter.width(label, SMALL) + 5
    inks.append(Rule(start, height - 3, room, height - 3, INK, 0.4))
    return Line(height, inks)


def ticks(labels: Sequence[str], setter: Typesetter, room: float, title: str = "") -> list[Line]:
    """Boxes with their words side by side, on as many lines as they take; a long one goes on below itself."""
    lines: list[Line] = []
    inks: list[Mark] = []
    x = 0.0
    if title:
        inks.append(setter.line(0, 2, title, SMALL_BOLD))
        x = setter.width(setter.clean(title), SMALL_BOLD) + _GAP
    for label in labels:
        width = BOX + 4 + setter.width(setter.clean(label), SMALL)
        if x and x + width > room:
            lines.append(Line(16.0, inks))
            inks, x = [], 0.0
        wrapped = setter.wrap(label, SMALL, room - x - BOX - 4)
        inks += tick_box(x, 4)
        inks.append(Text(x + BOX + 4, SMALL.over(2), wrapped[0] if wrapped else "", SMALL))
        if len(wrapped) > 1:
            lines.append(Line(16.0, inks))
            rest = [Line(SMALL.leading, [Text(BOX + 4, SMALL.over(0), line, SMALL)]) for line in wrapped[1:]]
            lines, inks, x = [*lines, *rest], [], 0.0
            continue
        x += width + _GAP
    return [*lines, Line(16.0, inks)] if inks else lines


def boxed(
    lines: Sequence[Line], width: float, left: float = 8.0, *, keep: bool = False, gap: float = 0.0
) -> list[Piece]:
    """Lines in a frame; in several where they are too many for a page."""
    pieces: list[Piece] = []
    part: list[Line] = []
    for line in lines:
        if part and sum(one.height for one in part) + line.height > _TALLEST:
            pieces.append(_frame(part, width, left, keep, gap))
            part = []
        part.append(line)
    return [*pieces, _frame(part, width, left, keep, gap)] if part else pieces


def _frame(lines: Sequence[Line], width: float, left: float, keep: bool, gap: float) -> Piece:
    inks: list[Mark] = []
    top = _PAD
    for line in lines:
        inks += moved(line.inks, left, top)
        top += line.height
    high = top + _PAD
    for y in (0.0, high):
        inks.append(Rule(0, y, width, y, INK, 0.5))
    for x in (0.0, width):
        inks.append(Rule(x, 0, x, high, INK, 0.5))
    return Piece(high, inks, keep=keep, gap=gap)


def moved(inks: Sequence[Mark], x: float, y: float) -> list[Mark]:
    """The same ink elsewhere."""
    made: list[Mark] = []
    for ink in inks:
        if isinstance(ink, Rule):
            made.append(ink._replace(x1=ink.x1 + x, x2=ink.x2 + x, y1=ink.y1 + y, y2=ink.y2 + y))
        else:
            made.append(ink._replace(x=ink.x + x, y=ink.y + y))
    return made
