"""Parts of papers that are signed and sent: a centred title, a bordered head table, running text, boxes to tick."""

from __future__ import annotations

from collections.abc import Sequence

from exports.blocks import Fact
from exports.pdf.flow import Piece
from exports.pdf.ink import Anchor, Box, Ink, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import FAINT, INK, LINE, SMALL, SMALL_BOLD, Style

TITLE = Style(18, 26, INK, True)
PROSE = Style(10.5, 18, INK)
PROSE_BOLD = Style(10.5, 18, INK, True)
BOX = 8.5
"""Side of a box to tick."""
_LABEL = 74.0


def title(words: str, setter: Typesetter, width: float, style: Style = TITLE, name: str = "cover") -> Piece:
    """A title in the middle, an entry of the outline: on one line if it is not too long, else on even ones."""
    lines, style = balanced(words, setter, width, style)
    inks: list[Ink] = [Anchor(name, 0, setter.clean(words).replace("\n", " "))]
    inks += [setter.middle(width / 2, at * style.leading, line, style) for at, line in enumerate(lines)]
    return Piece(len(lines) * style.leading + 8, inks, keep=True)


def balanced(words: str, setter: Typesetter, width: float, style: Style) -> tuple[list[str], Style]:
    """The lines of a title and the style they fit in: smaller by up to a fifth, then broken evenly, at most four."""
    size = style.size * (0.87 if "\n" in words else 1)
    for smaller in (size, size * 0.93, size * 0.87, size * 0.8, size * 0.75):
        tried = style._replace(size=smaller, leading=smaller * 1.44)
        if len(setter.wrap(words, tried, width)) <= 1 + words.count("\n"):
            return setter.wrap(words, tried, width), tried
    return evenly(words, setter, width, tried), tried


def evenly(words: str, setter: Typesetter, width: float, style: Style) -> list[str]:
    """At most four lines of much the same length."""
    lines = setter.clipped(words, style, width, 4)
    room = width
    while "\n" not in words and 1 < len(lines) < 4 and len(setter.wrap(words, style, room - 12)) == len(lines):
        room -= 12
    return setter.wrap(words, style, room) if room < width else lines


def head_table(facts: Sequence[Fact], setter: Typesetter, width: float, pairs: int = 2, least: float = 0.0) -> Piece:
    """Labels and values in a bordered table, so many pairs to a row; a single last one has the whole row."""
    inks: list[Ink] = [Rule(0, 0, width, 0, LINE)]
    top, each = 0.0, width / pairs
    for start in range(0, len(facts), pairs):
        row = facts[start : start + pairs]
        rooms = [each] * (len(row) - 1) + [width - each * (len(row) - 1)]
        labels = [setter.wrap(one.label, SMALL_BOLD, _LABEL - 8) for one in row]
        values = [setter.clipped(one.value, SMALL, room - _LABEL - 8, 4) for one, room in zip(row, rooms, strict=True)]
        high = max(least, max(map(len, [*labels, *values])) * SMALL.leading + 8)
        for at, (label, value) in enumerate(zip(labels, values, strict=True)):
            x = each * at
            inks.append(Box(x, top, _LABEL, high, FAINT))
            inks += _lines(label, x + 4, top + 4, SMALL_BOLD) + _lines(value, x + _LABEL + 4, top + 4, SMALL)
            inks += [Rule(edge, top, edge, top + high, LINE) for edge in (x, x + _LABEL)]
        top += high
        inks += [Rule(width, top - high, width, top, LINE), Rule(0, top, width, top, LINE)]
    return Piece(top, inks)


def _lines(lines: Sequence[str], x: float, top: float, style: Style) -> list[Ink]:
    return [Text(x, style.over(top + at * style.leading), line, style) for at, line in enumerate(lines)]


def tick_box(x: float, y: float, ticked: bool = False, side: float = BOX) -> list[Text | Rule | Box]:
    """A square by its upper left corner, with a tick in it or to be ticked by hand."""
    inks: list[Text | Rule | Box] = [Box(x, y, side, side, line=INK)]
    if ticked:
        low = y + side * 0.78
        inks.append(Rule(x + side * 0.16, y + side * 0.48, x + side * 0.42, low, INK, 1.4))
        inks.append(Rule(x + side * 0.42, low, x + side * 0.92, y + side * 0.12, INK, 1.4))
    return inks
