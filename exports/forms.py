"""A checklist to fill in outside the program, on the disk: as a form to print, or as a workbook that counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from auditor.audit import Audit
from auditor.checklist.model import Checklist
from auditor.errors import AuditorError
from auditor.store import files
from exports.layouts import known_paper


def write_form(
    checklist: Checklist, path: Path, lang: str = "zh", *, guidance: bool = False, paper: str = "a4"
) -> Path:
    """The form as a PDF at `path`; a file of that name is replaced. Raises `layouts.*`, `report.*`."""
    known_paper(paper)
    if path.suffix.lower() != ".pdf":
        raise AuditorError("layouts.not_pdf", file=str(path))
    from exports.pdf.form import blank_form

    return _written(path, lambda: blank_form(checklist, lang, guidance=guidance, paper=paper))


def write_workbook(of: Checklist | Audit, path: Path, lang: str = "zh", **options: Any) -> Path:
    """A checklist, or a visit that was started, as a workbook to fill in; a file of that name is replaced.

    `auditor fill` reads it back. `options` are those of `report.build`. Raises `sheets.*`, `report.*`.
    """
    if path.suffix.lower() != ".xlsx":
        raise AuditorError("sheets.not_xlsx", file=str(path))
    from exports.xlsx.blank import as_blank
    from exports.xlsx.blank.prepared import unstarted

    audit = unstarted(of) if isinstance(of, Checklist) else of
    return _written(path, lambda: as_blank(audit, lang, **options))


def _written(path: Path, make: Callable[[], bytes]) -> Path:
    if not path.parent.is_dir():
        raise AuditorError("report.folder_missing", file=str(path.parent))
    try:
        files.write_atomic(path, make())
    except AuditorError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(error)) from error
    except OSError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(files.explained(error, path))) from error
    return path
