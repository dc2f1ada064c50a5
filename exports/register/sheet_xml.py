"""Long tables as sheet XML of our own (design §7): a row costs little more than compressing it.

Every text is an inline string, so nothing that came from outside can be a formula; a text that looks like one also
gets the look that keeps it text when somebody edits it. A full sheet goes on to a next one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal, Protocol
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from exports.xlsx.styles import lines
from exports.xlsx.text import _LOOKS_ESCAPED, _LOOKS_LIVE, LONGEST, gated

MOST_ROWS = 1_048_576
MOST_BYTES = 1_900_000_000
"""Of one sheet's XML: below what an archive without 64-bit sizes can hold."""
_ROWS_AT_ONCE = 400

Value = str | int | Decimal | Fraction | None
Kind = Literal["text", "free", "wrapped", "code", "points", "figure", "count"]
"""`free` and `wrapped` are words of people, seldom said twice: they are not remembered."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a long table: `key` names its heading in the catalogue `register`."""

    key: str
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Looks:
    """Indices of the package's cell formats, as openpyxl numbered them."""

    cells: dict[Kind, int]
    quoted: dict[Kind, int]
    """The same for text that begins like a formula."""
    header: int
    title: int
    about: int
    foot: int


class Sink(Protocol):
    """Where the XML of one sheet goes."""

    def write(self, data: bytes, /) -> object: ...
    def close(self) -> None: ...


class Spool:
    """The XML of a sheet kept compressed until it can go into the package."""

    def __init__(self) -> None:
        self._squeeze = zlib.compressobj(1)
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> None:
        part = self._squeeze.compress(data)
        if part:
            self._parts.append(part)

    def close(self) -> None:
        self._parts.append(self._squeeze.flush())

    def read(self) -> Iterator[bytes]:
        """What was written, in parts."""
        grow = zlib.decompressobj()
        for part in self._parts:
            yield grow.decompress(part)
        yield grow.flush()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands round the rows of every sheet of a long table, in the register's words."""

    headings: tuple[str, ...]
    before: tuple[str, ...] = ()
    """Title and the line about the table; none where a table begins with its headings."""
    foot: str = ""
    empty: str = ""
    """Said where there are no rows."""
    footer: str = ""
    """Printed at the foot of every page."""
    header_height: float = 30
    """Of the headings, in points: two lines, or as many as two languages need."""
    shortened: str = "…"
    """Ends a text that no cell can hold."""

    @property
    def header_row(self) -> int:
        return len(self.before) + 1


class LongTable:
    """A table of any length. `opened(n)` gives the sink of its n-th sheet; `sheets` are their last rows."""

    def __init__(
        self,
        columns: Sequence[Column],
        frame: Frame,
        looks: Looks,
        opened: Callable[[int], Sink],
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.columns, self.frame, self.rows = tuple(columns), frame, 0
        self.sheets: list[int] = []
        self.heights: list[int] = []
        """Rows of each sheet, foot included."""
        self._looks, self._opened, self._most = looks, opened, most_rows - len(_foot_rows(frame))
        self._cells = [_writer(looks, one.kind, frame.shortened) for one in self.columns]
        cells = "".join(f'<c r="{get_column_letter(n)}%d" %s' for n in range(1, len(self.columns) + 1))
        self._wrapped = [(place, one.width) for place, one in enumerate(self.columns) if one.kind == "wrapped"]
        self._row = f'<row r="%d"%s>{cells}</row>'
        self._kept: list[str] = []
        self._sink: Sink | None = None
        self._at = self._bytes = 0

    def add(self, values: Sequence[Value]) -> None:
        """One row; its values stand in the order of the columns."""
        if self._sink is None or self._at >= self._most or self._bytes > MOST_BYTES:
            self._turn()
        self._at += 1
        self.rows += 1
        at = self._at
        parts: list[int | str] = [at, self._height(values)]
        for cell, value in zip(self._cells, values, strict=True):
            parts.append(at)
            parts.append(cell(value))
        self._kept.append(self._row % tuple(parts))
        if len(self._kept) >= _ROWS_AT_ONCE:
            self._flush()

    def _height(self, values: Sequence[Value]) -> str:
        """Rows of wrapped words are as high as these need: not every reader makes them grow by themselves."""
        if not self._wrapped:
            return ""
        most = max(_lines(str(values[place] or ""), width) for place, width in self._wrapped)
        return "" if most == 1 else f' ht="{min(409, 4 + 12.5 * most)}" customHeight="1"'

    def close(self) -> None:
        """The last sheet ends here; a table without rows has one sheet with its headings."""
        if self._sink is None:
            self._turn()
        self._end()

    def abandon(self) -> None:
        """Let go of a sheet that will not be finished."""
        if self._sink is not None:
            self._sink.close()
            self._sink = None

    def _turn(self) -> None:
        if self._sink is not None:
            self._end()
        self.sheets.append(0)
        self._sink = self._opened(len(self.sheets))
        self._at = self._bytes = 0
        self._kept = [_head(self.columns, self.frame)]
        for words, look in zip(self.frame.before, (self._looks.title, self._looks.about), strict=False):
            self._special([words], look, 28 if look == self._looks.title else 18)
        self._special(self.frame.headings, self._looks.header, self.frame.header_height)

    def _special(self, words: Sequence[str], look: int, height: float) -> None:
        self._at += 1
        cells = "".join(
            f'<c r="{get_column_letter(n)}{self._at}" {_text(word, look, look, "")}' for n, word in enumerate(words, 1)
        )
        self._kept.append(f'<row r="{self._at}" ht="{height}" customHeight="1">{cells}</row>')

    def _end(self) -> None:
        assert self._sink is not None
        last = self._at
        if not self.rows and self.frame.empty:
            self._special([self.frame.empty], self._looks.foot, 24)
        for words in _foot_rows(self.frame):
            self._special([words], self._looks.foot, 24)
        self._kept.append(_tail(self.columns, self.frame, last))
        self._flush()
        self._sink.close()
        self._sink = None
        self.sheets[-1] = last
        self.heights.append(self._at)

    def _flush(self) -> None:
        assert self._sink is not None
        data = "".join(self._kept).encode()
        self._kept = []
        self._bytes += len(data)
        self._sink.write(data)


_lines = lru_cache(maxsize=4096)(lines)


def _foot_rows(frame: Frame) -> list[str]:
    return ["", frame.foot] if frame.foot else []


def _writer(looks: Looks, kind: Kind, shortened: str) -> Callable[[Value], str]:
    """Values of one column as the rest of a `<c …` element; what was written before costs one look-up."""
    look, quoted = looks.cells[kind], looks.quoted[kind]

    def write(value: Value) -> str:
        if value is None or value == "":
            return f's="{look}"/>'
        if isinstance(value, str):
            return _text(value, look, quoted, shortened)
        return f's="{look}"><v>{_number(value)}</v></c>'

    return write if kind in ("free", "wrapped") else lru_cache(maxsize=4096)(write)


def _number(value: int | Decimal | Fraction) -> str:
    if isinstance(value, int):
        return str(value)
    return repr(float(value)).removesuffix(".0") if isinstance(value, Fraction) else f"{value:f}"


def _text(value: str, look: int, quoted: int, shortened: str) -> str:
    if not value:
        return f's="{look}"/>'
    if len(value) * 2 > LONGEST:
        value = _short(value, shortened)
    words = escape(_LOOKS_ESCAPED.sub("_x005F_", gated(value)))
    space = ' xml:space="preserve"' if value != value.strip() or "\n" in value or "  " in value else ""
    style = quoted if value[0] in _LOOKS_LIVE else look
    return f's="{style}" t="inlineStr"><is><t{space}>{words}</t></is></c>'


def _short(value: str, ending: str) -> str:
    """As much of a text as one cell holds, counted in UTF-16 units with its escapes."""

    def units(text: str) -> int:
        return len(_LOOKS_ESCAPED.sub("_x005F_", gated(text)).encode("utf-16-le")) // 2

    if units(value) <= LONGEST:
        return value
    value = value[: LONGEST - len(ending)]
    while units(value) > LONGEST - len(ending):
        value = value[: -max(1, (units(value) - LONGEST + len(ending)) // 7)]
    return value + ending


_NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _head(columns: Sequence[Column], frame: Frame) -> str:
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{one.width}" customWidth="1"/>' for n, one in enumerate(columns, 1)
    )
    row = frame.header_row
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet {_NAMES}>'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        '<sheetViews><sheetView showGridLines="0" workbookViewId="0">'
        f'<pane ySplit="{row}" topLeftCell="A{row + 1}" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>{widths}</cols><sheetData>'
    )


def _tail(columns: Sequence[Column], frame: Frame, last: int) -> str:
    where = f"A{frame.header_row}:{get_column_letter(len(columns))}{max(last, frame.header_row)}"
    return (
        f'</sheetData><autoFilter ref="{where}"/><printOptions horizontalCentered="1"/>'
        '<pageMargins left="0.4" right="0.4" top="0.55" bottom="0.6" header="0.25" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
        f"<headerFooter><oddFooter>{escape(gated(frame.footer))}</oddFooter></headerFooter></worksheet>"
    )
