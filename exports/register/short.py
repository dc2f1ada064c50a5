"""One short sheet of the register by openpyxl: title, headings, rows, last rows, foot; formulas with their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.utils import get_column_letter

from exports.register.wording import Wording
from exports.xlsx import styles
from exports.xlsx.styles import Look, Paint
from exports.xlsx.text import put

HEADER_ROW = 4
FIRST_ROW = HEADER_ROW + 1

TEXT = Look(size=9.5)
CODE = Look(size=9.5, number="@", wrap=False)
CENTRE = Look(size=9.5, across="center", wrap=False)
COUNT = Look(size=9.5, across="center", number="0", wrap=False)
FIGURE = Look(size=9.5, across="right", number="0.00", wrap=False)
CHANGE = Look(size=9.5, across="right", number="+0.00;-0.00;0.00", wrap=False)
RATE = Look(size=9.5, across="right", number="0.00%", wrap=False)
POINTS = Look(size=9.5, across="right", number="General", wrap=False)
HELPER = Look(size=8, colour=styles.QUIET, frame=False, wrap=False)
ABOUT = Look(size=9.5, colour=styles.QUIET, frame=False, wrap=False)
NOTE = Look(size=9, colour=styles.QUIET, frame=False)
FOOT = Look(size=10, frame=False, wrap=False)
LAST = {"bold": True, "fill": styles.WELL}


def decimals(places: int) -> str:
    """The number format: `0.00`."""
    return f"0.{'0' * places}" if places else "0"


@dataclass
class Short:
    """A sheet in the making; `cached` gathers the values of its formulas by address."""

    sheet: Any
    words: Wording
    paint: Paint
    columns: int
    cached: dict[str, Any] = field(default_factory=dict)

    @property
    def places(self) -> int:
        return self.words.options.places

    @property
    def figure(self) -> Look:
        """A figure with the register's decimals."""
        return replace(FIGURE, number=decimals(self.places))

    @property
    def change(self) -> Look:
        form = decimals(self.places)
        return replace(CHANGE, number=f"+{form};-{form};{form}")

    def rounded(self, formula: str) -> str:
        """A formula's figure as it is shown (S1)."""
        return f"ROUND(ROUND({formula},9),{self.places})"

    def write(self, row: int, column: int, value: Any, look: Look = TEXT) -> None:
        cell = self.sheet.cell(row, column)
        self.paint(cell, look)
        put(cell, value)

    def formula(self, row: int, column: int, formula: str, value: Any, look: Look) -> None:
        """A formula of our own words and cell addresses only; no value: the cell stays empty."""
        cell = self.sheet.cell(row, column)
        self.paint(cell, look)
        if value is not None:
            cell.value = f"={formula}"
            self.cached[cell.coordinate] = value if isinstance(value, str) else float(value)

    def headed(self, key: str, headings: Sequence[str], widths: Sequence[float], notes: Sequence[str] = ()) -> None:
        """Rows 1 to 4: title, what the table is about, notes, headings."""
        for column, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(column)].width = width
        title = self.words.title(key)
        self._wide(1, title, replace(styles.TITLE, across="center", size=16, wrap=True))
        self.sheet.row_dimensions[1].height = 30 if len(title) < 60 else 46
        self._wide(2, self.words.about(), ABOUT)
        self._wide(3, "  ".join(notes), NOTE)
        room = sum(widths[: self.columns])
        self.sheet.row_dimensions[3].height = 6 + 14 * styles.lines("  ".join(notes), room) if notes else 6
        for column, key_ in enumerate(headings, 1):
            self.write(HEADER_ROW, column, self.words.heading(key_), styles.HEADER)
        self.sheet.row_dimensions[HEADER_ROW].height = self.words.header_height

    def _wide(self, row: int, value: str, look: Look) -> None:
        self.write(row, 1, value, look)
        self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=self.columns)

    def last_rows(self, row: int, labels: Sequence[str]) -> None:
        """平均分, 最高, 最低: framed and shaded; what they come to is written over them."""
        for place, label in enumerate(labels):
            for column in range(1, self.columns + 1):
                self.write(row + place, column, None, replace(TEXT, **LAST))  # type: ignore[arg-type]
            self.write(row + place, 2, self.words.say(f"last.{label}"), replace(TEXT, **LAST))  # type: ignore[arg-type]

    def finished(self, last: int) -> None:
        """The foot to sign, and how the sheet is printed: A4 across, one page wide, headings on every page."""
        row = last + 2
        self._wide(row, self.words.say("foot"), FOOT)
        self.sheet.row_dimensions[row].height = 24
        sheet = self.sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", "9"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        margins = sheet.page_margins
        margins.left = margins.right = 0.4
        margins.top, margins.bottom, margins.header, margins.footer = 0.55, 0.6, 0.25, 0.3
        sheet.print_options.horizontalCentered = True
        sheet.print_area = f"A1:{get_column_letter(self.columns)}{row}"
        sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        sheet.freeze_panes = f"A{FIRST_ROW}"
        sheet.oddFooter.left.text = self.words.inside.replace("&", "&&")
        sheet.oddFooter.right.text = self.words.speech.one("xlsx.page")
        sheet.oddFooter.left.size = sheet.oddFooter.right.size = 8
        sheet.sheet_view.showGridLines = False
