"""Reports on their way to the disk: made beside the target, opened again, moved into place (P3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.scoring.tree import Score
from auditor.store import files
from exports.blocks import Report

Photos = Callable[[str], bytes | None]
Sign = Callable[[bytes], bytes]


def make_ready(folder: Path) -> None:
    """The folder, made if only its last name is missing. Raises `report.folder_missing`, `report.not_written`."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        raise AuditorError("report.folder_missing", file=str(folder))
    try:
        files.make_folder(folder)
    except AuditorError as error:
        raise AuditorError("report.not_written", file=str(folder), said=str(error)) from error


def write_file(
    report: Report, audit: Audit, score: Score, path: Path, photos: Photos, sign: Sign | None = None
) -> Path:
    """The report in the format of the path's ending, a PDF signed by `sign`. Raises `report.*`, `signing.*`; a file
    already there is then as it was."""
    if not path.parent.is_dir():
        raise AuditorError("report.folder_missing", file=str(path.parent))
    writers: Mapping[str, Callable[[Report, Audit, Score, Path, Photos], None]]
    writers = {"pdf": partial(_pdf, sign), "xlsx": _xlsx, "csv": _csv}
    ending = path.suffix.lower().removeprefix(".")
    if ending not in writers:
        raise AuditorError("report.wrong_format", format=ending, allowed=", ".join(writers))
    try:
        writers[ending](report, audit, score, path, photos)
    except AuditorError as error:
        if not error.key.startswith("store."):
            raise
        raise AuditorError("report.not_written", file=str(path), said=str(error)) from error
    except OSError as error:
        said = str(files.explained(error, path))
        raise AuditorError("report.not_written", file=str(path), said=said) from error
    return path


def _pdf(sign: Sign | None, report: Report, _audit: Audit, _score: Score, path: Path, photos: Photos) -> None:
    from exports.pdf.document import render

    data = render(report, photos)
    if sign is not None:
        data = sign(data)
    check_pdf(data, report, path)
    files.write_atomic(path, data)


def _csv(report: Report, _audit: Audit, _score: Score, path: Path, _photos: Photos) -> None:
    from exports.csv import as_csv

    files.write_atomic(path, as_csv(report))


def _xlsx(report: Report, audit: Audit, score: Score, path: Path, photos: Photos) -> None:
    from exports.xlsx import write_xlsx

    write_xlsx(report, audit, score, path, photos)


def check_pdf(data: bytes, report: Report, path: Path) -> None:
    """Open the PDF as a reader would: its pages are there, and what is attached is what was meant."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    from exports.pdf.attached import ATTACHED
    from exports.pdf.document import as_json

    try:
        reader = PdfReader(BytesIO(data), strict=True)
        pages = len(reader.pages)
        attached = reader.attachments[ATTACHED][0]
    except (PyPdfError, KeyError, IndexError, ValueError) as error:
        raise AuditorError("report.self_check", file=str(path), said=f"{type(error).__name__}: {error}") from error
    if not pages or attached != as_json(report):
        raise AuditorError("report.self_check", file=str(path), said=f"{pages} / {len(attached)}")
