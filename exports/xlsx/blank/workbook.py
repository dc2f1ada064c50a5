"""The workbook to fill in put together; what it belongs to stands in a hidden sheet, by which it is known again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties

from auditor.audit import Audit
from auditor.sheet_marks import FORMAT, IDENTITY, Purpose, mark
from exports.unscored import is_scored
from exports.xlsx import styles
from exports.xlsx.blank.cover import write_cover
from exports.xlsx.blank.items import FAULT_MARKS, marked, write_items
from exports.xlsx.blank.prepared import prepare
from exports.xlsx.cached import core_properties, filled
from exports.xlsx.codebook import write_codebook
from exports.xlsx.formula import address, letters
from exports.xlsx.layout import FaultColumn
from exports.xlsx.page import Page
from exports.xlsx.prepared import Prepared
from exports.xlsx.styles import BRAND, NORMAL, Paint
from exports.xlsx.tables import write_faults, write_lists, write_sections
from exports.xlsx.total import Step, step


def as_blank(audit: Audit, lang: str, **options: Any) -> bytes:
    """The bytes of a workbook to fill in for a visit: the same for the same checklist, header and options."""
    made = prepare(audit, lang, **options)
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    book._named_styles["Normal"].font = NORMAL
    paint = Paint(made.report.letterhead.colours)
    pages = [Page(key, book.create_sheet(made.titles[key]), made, paint) for key in _wanted(made)]
    for page in pages:
        _WRITERS[page.key](page)
        page.protected()
        page.sheet.protection.sort = True
        page.sheet.sheet_properties.tabColor = made.report.letterhead.colour or BRAND
    _named(book, made)
    rows = {path: made.names.number(path) for path in made.work.layout.items}
    checklist = audit.checklist
    said = {"checklist": checklist.id, "version": checklist.version, "fingerprint": audit.checklist_hash}
    identify(book, "fill", {**said, "audit": audit.id}, [("number", path, number) for path, number in rows.items()])
    out = BytesIO()
    book.save(out)
    values = {f"xl/worksheets/sheet{n}.xml": page.cached for n, page in enumerate(pages, 1)}
    return filled(out.getvalue(), values, core_properties(made.report))


def identify(book: Any, purpose: Purpose, belongs: Mapping[str, str], rows: Sequence[tuple[str, str, str]]) -> None:
    """The hidden sheet: what the workbook is for, what it belongs to, and what each of its rows is numbered."""
    sheet = book.create_sheet(IDENTITY)
    said = [(IDENTITY, str(FORMAT)), ("purpose", purpose), *belongs.items()]
    for row, (name, value) in enumerate(said, 1):
        sheet.cell(row, 1, name).number_format = "@"
        sheet.cell(row, 2, value).number_format = "@"
    for at, cells in enumerate(rows, len(said) + 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(at, column)
            cell.value, cell.data_type, cell.number_format = value, "s", "@"
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True


def _wanted(made: Prepared) -> list[str]:
    found = ["cover", "items"]
    found += ["faults"] if made.work.layout.fault_rows else []
    if made.compiled.formulas:
        found.append("sections")
        found += ["codebook"] if is_scored(made.work.checklist) else []
    return [*found, "lists"]


def _faults(page: Page) -> None:
    """The faults of items with several answers, each to be ticked."""
    write_faults(page)
    marked(page, "faults", FAULT_MARKS)
    counted = bool(page.made.compiled.formulas) and is_scored(page.made.work.checklist)
    page.sheet.column_dimensions[letters(FaultColumn.DEDUCTION)].hidden = not counted


def _sections(page: Page) -> None:
    """Where the score comes about; out of sight where nothing is scored."""
    write_sections(page)
    if not is_scored(page.made.work.checklist):
        page.sheet.sheet_state = "hidden"
    for which in (Step.ENGINE, Step.DIFFERENCE):
        page.sheet.row_dimensions[page.made.work.layout.total_row + which].hidden = True


def _lists(page: Page) -> None:
    """The lists, with the name of each beside its entries."""
    write_lists(page)
    for column, name in enumerate(("words", "id", "figure", "list"), 1):
        page.write(1, column, mark("lists", name), styles.HEADER)
    lists = page.made.work.lists
    for key, first in lists.starts.items():
        for row in range(first, first + lists.lengths[key]):
            page.write(row, 4, key, replace(styles.HELPER, number="@"))


_WRITERS: dict[str, Callable[[Page], None]] = {
    "cover": write_cover,
    "items": write_items,
    "faults": _faults,
    "sections": _sections,
    "codebook": write_codebook,
    "lists": _lists,
}


def _named(book: Any, made: Prepared) -> None:
    """Names of the cells that matter, and calculation on opening."""
    if made.compiled.formulas:
        title = made.titles["sections"].replace("'", "''")
        for name, which in (("TotalScore", Step.TOTAL), ("Answered", Step.ANSWERED), ("Applicable", Step.APPLICABLE)):
            where = f"'{title}'!{address(step(made.work, which), fixed=True)}"
            book.defined_names[name] = DefinedName(name, attr_text=where)
    book.calculation = CalcProperties(fullCalcOnLoad=True)
