"""Tables whose lines are broken beforehand: rows are never cut; one that exceeds a page goes on in rows of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from exports.pdf.flow import Piece
from exports.pdf.ink import Box, Ink, Link, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND_GROUND, FAINT, LINE, SMALL, SMALL_BOLD, TINY_BOLD, Colour, Style

Align = Literal["left", "right", "centre"]
PAD_X, PAD_Y = 4.0, 3.0
MOST_LINES = 36
"""Lines of one row: more go on in a row of their own, so that a row always fits a page of either orientation."""
LANDSCAPE_LINES = 26


@dataclass(frozen=True, slots=True)
class Column:
    """A column `width` points wide, `label` in its head."""

    label: str
    width: float
    align: Align = "left"
    style: Style = SMALL


@dataclass(frozen=True, slots=True)
class Cell:
    """Words set in another style than the column's, or leading somewhere."""

    words: str
    style: Style | None = None
    to: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row; `inks` are added as they are (anchors), `fill` is its ground, `least` its lowest height."""

    cells: Sequence[str | Cell]
    inks: tuple[Ink, ...] = ()
    fill: Colour | None = None
    least: float = 0.0


class Table:
    """Makes the pieces of one table."""

    def __init__(
        self,
        setter: Typesetter,
        columns: Sequence[Column],
        *,
        grid: bool = False,
        most_lines: int = MOST_LINES,
    ) -> None:
        self.setter = setter
        self.columns = columns
        self.grid = grid
        self.most_lines = most_lines
        self.width = sum(column.width for column in columns)
        self.head = self._head()

    def pieces(self, rows: Sequence[Row]) -> list[Piece]:
        """The head and the rows."""
        made = [self.head]
        for row in rows:
            made += self._row(row)
        return made

    def band(self, words: str, inks: tuple[Ink, ...] = ()) -> Piece:
        """A row across the whole table, standing with the row after it: the title of a section."""
        setter = self.setter
        lines = setter.wrap(words, SMALL_BOLD, self.width - 2 * PAD_X)
        height = len(lines) * SMALL_BOLD.leading + 2 * PAD_Y
        made: list[Ink] = [*inks, Box(0, 0, self.width, height, BRAND_GROUND)]
        made += [
            Text(PAD_X, SMALL_BOLD.over(PAD_Y + at * SMALL_BOLD.leading), line, SMALL_BOLD)
            for at, line in enumerate(lines)
        ]
        return Piece(height, self._ruled(made, height, inside=False), keep=True, head=self.head)

    def rows(self, row: Row) -> list[Piece]:
        """The pieces of one row, with this table's head to repeat."""
        return self._row(row)

    def _head(self) -> Piece:
        styles = [self._head_style(column) for column in self.columns]
        cells = [
            self.setter.wrap(column.label, style, column.width - 2 * PAD_X)
            for column, style in zip(self.columns, styles, strict=True)
        ]
        height = max(map(len, cells), default=1) * SMALL_BOLD.leading + 2 * PAD_Y + 2
        made: list[Ink] = [Box(0, 0, self.width, height, FAINT)]
        made += self._texts(cells, styles, height)
        return Piece(height, self._ruled(made, height, top=True), keep=True)

    def _head_style(self, column: Column) -> Style:
        """As large as lets every word of the label stay whole."""
        words = self.setter.clean(column.label).split() or [""]
        room = column.width - 2 * PAD_X
        styles = (SMALL_BOLD, TINY_BOLD, TINY_BOLD._replace(size=6.5))
        return next((one for one in styles if max(self.setter.width(word, one) for word in words) <= room), styles[-1])

    def _row(self, row: Row) -> list[Piece]:
        cells: list[list[str]] = []
        styles: list[Style] = []
        for column, cell in zip(self.columns, row.cells, strict=True):
            words = cell if isinstance(cell, str) else cell.words
            style = column.style if isinstance(cell, str) else cell.style or column.style
            cells.append(self.setter.wrap(words, style, column.width - 2 * PAD_X) if words else [])
            styles.append(style)
        longest = max(map(len, cells))
        if longest <= self.most_lines:
            return [self._piece(row, cells, styles)]
        parts = []
        for start in range(0, longest, self.most_lines):
            part = [lines[start : start + self.most_lines] for lines in cells]
            parts.append(self._piece(row if not start else Row(row.cells, fill=row.fill), part, styles))
        return parts

    def _piece(self, row: Row, cells: list[list[str]], styles: list[Style]) -> Piece:
        height = max(len(lines) * style.leading for lines, style in zip(cells, styles, strict=True)) + 2 * PAD_Y
        height = max(height, row.least, SMALL.leading + 2 * PAD_Y)
        made: list[Ink] = list(row.inks)
        if row.fill:
            made.append(Box(0, 0, self.width, height, row.fill))
        made += self._texts(cells, styles)
        x = 0.0
        for column, cell in zip(self.columns, row.cells, strict=True):
            if not isinstance(cell, str) and cell.to:
                made.append(Link(x, 0, column.width, height, cell.to))
            x += column.width
        return Piece(height, self._ruled(made, height), head=self.head)

    def _texts(self, cells: list[list[str]], styles: list[Style], height: float = 0.0) -> list[Ink]:
        """The lines of each cell, from the top, or in the middle of `height`."""
        made: list[Ink] = []
        x = 0.0
        for column, lines, style in zip(self.columns, cells, styles, strict=True):
            top = (height - len(lines) * style.leading) / 2 if height else PAD_Y
            for at, line in enumerate(lines):
                y = style.over(top + at * style.leading)
                if column.align == "left":
                    made.append(Text(x + PAD_X, y, line, style))
                else:
                    slack = column.width - 2 * PAD_X - self.setter.width(line, style)
                    made.append(Text(x + PAD_X + (slack if column.align == "right" else slack / 2), y, line, style))
            x += column.width
        return made

    def _ruled(self, inks: list[Ink], height: float, top: bool = False, inside: bool = True) -> list[Ink]:
        inks.append(Rule(0, height, self.width, height, LINE))
        if top:
            inks.append(Rule(0, 0, self.width, 0, LINE))
        if self.grid:
            x = 0.0
            for column in self.columns:
                if inside or not x:
                    inks.append(Rule(x, 0, x, height, LINE))
                x += column.width
            inks.append(Rule(x, 0, x, height, LINE))
        return inks
