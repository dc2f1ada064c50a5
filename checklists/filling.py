"""What `auditor fill` reads: an answers file, a workbook that was filled in, or the branch's reply to a notice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from auditor.audit import Audit, Photo
from auditor.errors import AuditorError, Problem, ProblemsError
from auditor.sheet_marks import token
from checklists.answers import Filling, read_filling
from checklists.workbook_file import Book, is_workbook, open_book


def read_any(path: Path, audit: Audit, keep: Callable[[Path | bytes], Photo]) -> Filling:
    """What a file fills in of an audit, told by its content. All or nothing.

    Photos are handed to `keep` once all else is found good. Raises ProblemsError with all Problems, each at its line or
    its cell, or AuditorError for the file as a whole.
    """
    if not is_workbook(path):
        return read_filling(path, audit.checklist, keep)
    from checklists.workbook_answers import AnswerSheets, Sheets
    from checklists.workbook_header import read_header
    from checklists.workbook_reply import ReplySheet

    book = open_book(path)
    _belongs(path, book, audit)
    problems: list[Problem] = []
    sheets = Sheets(path, audit, book, problems)
    reply = book.said.get("purpose") == "reply"
    reading = ReplySheet(sheets) if reply else AnswerSheets(sheets)
    reading.read()
    header = None if reply else read_header(sheets)
    sheets.refuse_stray_pictures()
    if not problems:
        reading.with_photos(keep)
    if problems:
        problems.sort(key=lambda one: (one.cell.rpartition("!")[0], one.line, one.column))
        raise ProblemsError("workbook.refused", problems, file=str(path), count=len(problems))
    if not reading.found and header is None:
        raise AuditorError("workbook.nothing", file=str(path))
    if isinstance(reading, ReplySheet):
        return Filling({}, dict(reading.found))
    return Filling(dict(reading.found), {}, header)


def _belongs(path: Path, book: Book, audit: Audit) -> None:
    """Refuse a workbook of another checklist, of another version of it, or of another audit."""
    said, own = book.said, audit.checklist
    about = {"file": str(path), "said": said.get("checklist", ""), "version": said.get("version", "")}
    if said.get("purpose") == "reply":
        if said.get("audit") != token(audit.id):
            raise AuditorError("workbook.other_audit", own=audit.id, **about)
        return
    if said.get("checklist") != own.id:
        raise AuditorError("workbook.other_checklist", own=own.id, **about)
    if said.get("version") != own.version:
        raise AuditorError("workbook.other_version", own=own.version, **about)
    if said.get("fingerprint") != audit.checklist_hash:
        raise AuditorError("workbook.other_content", **about)
    if said.get("audit") not in ("", audit.id):
        raise AuditorError("workbook.other_audit", own=audit.id, **about)
