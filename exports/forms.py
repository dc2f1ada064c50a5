"""A checklist as a blank form on the disk."""

from __future__ import annotations

from pathlib import Path

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
    if not path.parent.is_dir():
        raise AuditorError("report.folder_missing", file=str(path.parent))
    from exports.pdf.form import blank_form

    try:
        files.write_atomic(path, blank_form(checklist, lang, guidance=guidance, paper=paper))
    except AuditorError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(error)) from error
    except OSError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(files.explained(error, path))) from error
    return path
