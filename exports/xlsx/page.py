"""One sheet being written: titles, headers, cells by look, formulas with their values, and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table, TableStyleInfo

from auditor.words import tr
from exports.xlsx import styles
from exports.xlsx.formula import Cell, Node, render
from exports.xlsx.layout import FIRST_ROW
from exports.xlsx.prepared import Prepared
from exports.xlsx.styles import Look, Paint
from exports.xlsx.text import pieces, put

HEADER_ROW = FIRST_ROW - 1
PAGE = (784.0, 512.0)
"""Points across and down of an A4 landscape page inside its margins."""
SMALLEST_TITLE = 12
_BOLD = 1.12
"""Bold letters are so much wider."""
SAFE = 0.9
"""Of a page's height is counted on: fonts differ from machine to machine."""


@dataclass
class Page:
    """A sheet in the making; `cached` gathers the values of its formulas by address."""

    key: str
    sheet: Any
    """openpyxl's worksheet; its stubs know half of it."""
    made: Prepared
    paint: Paint
    cached: dict[str, Any] = field(default_factory=dict)
    blocks: list[tuple[int, int]] = field(default_factory=list)
    """Rows that stay on one printed page."""

    def say(self, key: str, **values: Any) -> str:
        return self.made.speech.tr(key, **values)

    def brief(self, key: str, **values: Any) -> str:
        """In one language, where there is room for one only."""
        return tr(key, lang=self.made.speech.first, **values)

    def cell(self, row: int, column: int) -> SheetCell:
        found = self.sheet.cell(row, column)
        assert isinstance(found, SheetCell)
        return found

    def write(self, row: int, column: int, value: Any, look: Look = styles.BODY, *, fitted: bool = True) -> SheetCell:
        """A value as itself; text is always text, and its row made high enough for it."""
        cell = self.cell(row, column)
        self.paint(cell, look)
        put(cell, value)
        if value and isinstance(value, str) and look.wrap and fitted:
            self.fit(row, value, self.width(column, column), look.size)
        return cell

    def wide(self, row: int, first: int, last: int, value: Any, look: Look = styles.BODY) -> SheetCell:
        """A value across merged columns; the row is made high enough for it."""
        cell = self.write(row, first, value, look, fitted=False)
        for column in range(first + 1, last + 1):
            self.paint(self.cell(row, column), look)
        if last > first:
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
        if isinstance(value, str) and look.wrap:
            self.fit(row, value, self.width(first, last), look.size)
        return cell

    def width(self, first: int, last: int) -> float:
        dimensions = self.sheet.column_dimensions
        return sum(dimensions[get_column_letter(c)].width or 8.43 for c in range(first, last + 1))

    def fit(self, row: int, text: str, width: float, size: float = 10) -> None:
        """At least as high as a text needs: not every reader makes rows grow by themselves."""
        height = 6 + styles.lines(text, width * 10 / size) * size * 1.55
        known = self.sheet.row_dimensions[row].height
        self.sheet.row_dimensions[row].height = min(400, max(known or 0, height))

    def formula(self, row: int, column: int, node: Node, value: Any, look: Look) -> None:
        """A formula of the sheet itself, with its value."""
        cell = self.cell(row, column)
        self.paint(cell, look)
        cell.value = "=" + render(node, self.key, self.made.titles)
        self.cached[cell.coordinate] = value
        if isinstance(value, str) and look.wrap:
            self.fit(row, value, self.width(column, column), look.size)

    def live(self, at: Cell, look: Look) -> None:
        """A compiled cell: a formula with its value, or a coloured value where Excel can hold no formula, or typed."""
        compiled = self.made.compiled
        if at in compiled.formulas:
            self.formula(at.row, at.column, compiled.formulas[at], compiled.values[at], look)
        elif at in compiled.exceptions:
            self.write(at.row, at.column, compiled.values[at], replace(look, fill=styles.EXCEPTION_GROUND))
        else:
            self.write(at.row, at.column, self.made.typed.get(at), look)

    def points_to(self, row: int, column: int, at: Cell, look: Look) -> None:
        """A cell that shows another sheet's."""
        value = self.made.compiled.values.get(at, self.made.typed.get(at))
        self.formula(row, column, at, 0.0 if value is None else value, look)

    def titled(self, title: str, columns: int) -> None:
        """Title, what copy it is, and whether it is a draft: rows 1 and 2 of every sheet."""
        report = self.made.report
        draft = 2 if report.draft else 0
        lines = title.count("\n") + 1
        last = max(1, columns - draft)
        size = self._title_size(title, self.width(1, last), 18 if lines == 1 else 15)
        wrap = lines > 1 or size == SMALLEST_TITLE
        self.wide(1, 1, last, title, replace(styles.TITLE, size=size, wrap=wrap))
        least = 30 if lines == 1 else 24 * lines
        self.sheet.row_dimensions[1].height = max(least, self.sheet.row_dimensions[1].height or 0)
        if report.draft:
            self.wide(1, columns - 1, columns, self.say("xlsx.draft"), styles.DRAFT)
        about = [report.branch, report.kind_name, report.copy_name, report.version]
        if report.branch_code:
            about.insert(1, report.branch_code)
        self.write(2, 1, "  ·  ".join(one.replace("\n", " ") for one in about if one), styles.SUBTITLE)
        self.sheet.row_dimensions[3].height = 6

    def _title_size(self, title: str, room: float, size: int) -> int:
        """The largest size at which each line of the title has room, down to one that is broken then."""
        longest = max(map(styles.units, title.split("\n")))
        sizes = range(size, SMALLEST_TITLE, -1)
        return next((one for one in sizes if longest * one * _BOLD / 10 <= room), SMALLEST_TITLE)

    def keep(self, first: int, last: int) -> None:
        """Rows that are not to be parted by the end of a page."""
        self.blocks.append((first, last))

    def headed(self, words: Sequence[str], row: int = HEADER_ROW) -> None:
        for column, word in enumerate(words, 1):
            if word:
                self.write(row, column, word, styles.HEADER)
                self.fit(row, word, self.width(column, column))
        self.sheet.row_dimensions[row].height = max(24, self.sheet.row_dimensions[row].height or 0)

    def widths(self, widths: Sequence[float]) -> None:
        for column, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width

    def table(self, name: str, first: int, last: int, columns: int) -> None:
        """A named table over rows that have a header; the looks stay ours."""
        where = f"A{first}:{get_column_letter(columns)}{max(last, first + 1)}"
        table = Table(displayName=name, ref=where)
        table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
        self.sheet.add_table(table)

    def printed(
        self, columns: int, last: int, *, header: bool = True, repeated: bool = True, upright: bool = False
    ) -> None:
        """A4, one page wide, header repeated, page x of y; a draft says so on every page."""
        sheet, report = self.sheet, self.made.report
        sheet.page_setup.orientation = "portrait" if upright else "landscape"
        sheet.page_setup.paperSize = "9"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.6, 0.25, 0.3
        sheet.print_options.horizontalCentered = True
        sheet.print_area = f"A1:{get_column_letter(columns)}{last}"
        if header and repeated:
            sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        if header:
            sheet.freeze_panes = f"A{FIRST_ROW}"
        own = report.letterhead
        foot = self.say("report.footer.public") if report.copy == "public" else own.footer or self.say("report.footer")
        sheet.oddFooter.left.text = _printable(f"{foot}  {report.version}")
        sheet.oddFooter.right.text = self.say("xlsx.page")
        for part in (sheet.oddFooter.left, sheet.oddFooter.right):
            part.size = 8
        if own.header:
            sheet.oddHeader.left.text = _printable(own.header)
            sheet.oddHeader.left.size = 8
        if report.draft:
            sheet.oddHeader.center.text = _printable(self.say("xlsx.draft"))
            sheet.oddHeader.center.size = 14
        self._break(columns, *((PAGE[1] + 26, PAGE[0] - 26) if upright else PAGE))
        sheet.sheet_view.showGridLines = False
        sheet.sheet_view.zoomScale = 100

    def _break(self, columns: int, wide: float, high: float) -> None:
        """Page breaks before the blocks that would not end on the page they begin on."""
        scale = min(1.0, wide / (sum(self.width(c, c) * 5.25 + 3.75 for c in range(1, columns + 1))))
        room, dimensions = high * SAFE / scale, self.sheet.row_dimensions

        def height(first: int, last: int) -> float:
            return sum(dimensions[row].height or 15 for row in range(first, last + 1))

        top = 1
        for first, last in sorted(self.blocks):
            while height(top, first) > room:
                top = next(row for row in range(top + 1, first + 1) if height(top, row) > room)
            if height(top, last) > room and first > top:
                self.sheet.row_breaks.append(Break(id=first - 1))
                top = first

    def protected(self) -> None:
        """Against slips, not against intent: no password, widths and filters stay free."""
        protection = self.sheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.autoFilter = protection.sort = False


def _printable(text: str) -> str:
    """Header and footer text, in which `&` gives commands."""
    return text.replace("&", "&&").replace("\n", " ")


def rows_of(values: Sequence[Any]) -> list[list[Any]]:
    """One row, and continuation rows for texts that one cell cannot hold."""
    parts = [pieces(one) if isinstance(one, str) else [one] for one in values]
    return [[one[n] if n < len(one) else "" for one in parts] for n in range(max(map(len, parts), default=1))]


def column_letters(columns: Mapping[int, Any]) -> list[str]:
    return [get_column_letter(column) for column in columns]
