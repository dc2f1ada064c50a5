"""The workbook put together: sheets by openpyxl, values beside the formulas, then opened again to see it is whole."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.properties import CalcProperties

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.scoring.tree import Score
from auditor.store import files
from exports.blocks import Report
from exports.xlsx.cached import core_properties, filled
from exports.xlsx.codebook import write_codebook
from exports.xlsx.evidence_sheet import Photos, write_evidence
from exports.xlsx.formula import address
from exports.xlsx.items_sheet import write_items
from exports.xlsx.layout import SHEETS
from exports.xlsx.page import Page
from exports.xlsx.prepared import Prepared, prepare
from exports.xlsx.reply import as_reply
from exports.xlsx.styles import BRAND, FAILED, NORMAL, Paint
from exports.xlsx.summary import write_summary
from exports.xlsx.tables import (
    write_actions,
    write_changes,
    write_faults,
    write_lists,
    write_losses,
    write_sections,
)
from exports.xlsx.total import Step, step


def write_xlsx(report: Report, audit: Audit, score: Score, path: Path, photos: Photos) -> None:
    """One report as a workbook at `path`; of a rectification notice, the reply to it.

    Raises `report.self_check` when it does not open again, `store.*`.
    """
    data = as_reply(report, audit, score) if report.layout == "rectification" else as_xlsx(report, audit, score, photos)
    try:
        check(data)
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, SyntaxError) as error:
        said = f"{type(error).__name__}: {error}"
        raise AuditorError("report.self_check", file=str(path), said=said) from error
    files.write_atomic(path, data)


def as_xlsx(report: Report, audit: Audit, score: Score, photos: Photos) -> bytes:
    """The bytes of the workbook: the same for the same report, audit revision and photos."""
    made = prepare(report, audit, score)
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    book._named_styles["Normal"].font = NORMAL
    pages = [_page(book, made, key) for key in _wanted(made)]
    writers = _writers(photos)
    for page in sorted(pages, key=lambda one: one.key == "summary"):
        writers[page.key](page)
    _finish(book, made, pages)
    out = BytesIO()
    book.save(out)
    values = {f"xl/worksheets/sheet{n}.xml": page.cached for n, page in enumerate(pages, 1)}
    return filled(out.getvalue(), values, core_properties(report))


def check(data: bytes) -> None:
    """Open it as a reader would: every entry's checksum, every sheet, and a value beside every formula."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        broken = package.testzip()
        if broken:
            raise zipfile.BadZipFile(broken)
    formulas: Any = load_workbook(BytesIO(data), read_only=True)
    values: Any = load_workbook(BytesIO(data), read_only=True, data_only=True)
    for title in formulas.sheetnames:
        for row, other in zip(formulas[title].iter_rows(), values[title].iter_rows(), strict=True):
            for cell, cached in zip(row, other, strict=True):
                if cell.data_type == "f" and cached.data_type == "e":
                    raise ValueError(f"{title} {cell.coordinate}")


def _wanted(made: Prepared) -> list[str]:
    """The sheets that have something to say: without points there are no losses and nothing to correct."""
    scored = made.report.scored
    left_out = {
        "losses": not scored,
        "actions": not scored,
        "faults": not made.work.layout.fault_rows,
        "evidence": not made.report.photos,
        "changes": not made.report.history,
    }
    return [key for key in SHEETS if not left_out.get(key)]


def _writers(photos: Photos) -> dict[str, Callable[[Page], None]]:
    return {
        "summary": lambda page: write_summary(page, photos),
        "sections": write_sections,
        "items": write_items,
        "faults": write_faults,
        "losses": write_losses,
        "actions": write_actions,
        "evidence": lambda page: write_evidence(page, photos),
        "changes": write_changes,
        "codebook": write_codebook,
        "lists": write_lists,
    }


def _page(book: Any, made: Prepared, key: str) -> Page:
    sheet = book.create_sheet(made.titles[key])
    return Page(key, sheet, made, Paint(made.report.letterhead.colours))


def _finish(book: Any, made: Prepared, pages: list[Page]) -> None:
    """Names of the cells that matter, protection, colours of the tabs, calculation on opening."""
    for page in pages:
        if page.key in ("summary", "sections", "items", "losses"):
            page.sheet.sheet_properties.tabColor = (
                FAILED if made.report.draft else made.report.letterhead.colour or BRAND
            )
        page.protected()
        if page.key == "sections" and not made.report.scored:
            page.sheet.sheet_state = "hidden"  # formulas lead through it
            page.sheet.print_area = None  # or LibreOffice prints it all the same
    names = {
        "TotalScore": Step.TOTAL,
        "BeforeCritical": Step.BEFORE,
        "Grade": Step.GRADE,
        "Verdict": Step.VERDICT,
        "ProgramScore": Step.ENGINE,
        "CheckDifference": Step.DIFFERENCE,
    }
    for name, which in names.items():
        title = made.titles["sections"].replace("'", "''")
        where = f"'{title}'!{address(step(made.work, which), fixed=True)}"
        book.defined_names[name] = DefinedName(name, attr_text=where)
    book.calculation = CalcProperties(fullCalcOnLoad=True)
