"""The reply to a rectification notice (整改反馈表) that came back: what was done of each problem, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from auditor.audit import Finding, Photo
from auditor.checklist.model import Item
from auditor.errors import AuditorError
from auditor.kinds import KINDS
from checklists.answer_paths import AnswerPaths
from checklists.workbook_answers import Sheets, Source, plain
from checklists.workbook_file import Cell, Record, as_text
from checklists.yaml_nodes import short

TEXTS = ("measure", "owner", "remark", "checked_by")
DAYS = ("due", "done_on", "cleared_on")
PHOTOS = "photos_after"
_DAY = Item.model_validate({"id": "day", "kind": "date", "text": "day"})


class ReplySheet:
    """The findings of a reply. An empty cell leaves what is known; photos are added to those there are."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._paths = AnswerPaths(sheets.audit.checklist)
        self._photos: dict[str, list[tuple[Source, Cell]]] = {}
        self.found: dict[str, Finding] = {}

    def read(self) -> None:
        rows: dict[str, Cell] = {}
        for record in self._sheets.book.tables.get("reply", []):
            path = record.text("path")
            said = [record[name] for name in (*TEXTS, *DAYS, PHOTOS) if name in record.cells and not record[name].empty]
            if not path:
                if said:
                    self._sheets.refuse("stray", said[0])
            elif path in rows:
                self._sheets.refuse("twice", record["path"], first=rows[path].place)
            else:
                rows[path] = record["path"]
                self._row(path, record)

    def with_photos(self, keep: Callable[[Source], Photo]) -> None:
        """The findings with their photos, each kept."""
        for path, files in self._photos.items():
            kept = [self._sheets.taken(partial(keep, file), at) for file, at in files]
            finding = self.found.get(path) or self._known(path)
            unique = {one.sha256: one for one in (*finding.photos_after, *kept) if one is not None}
            self.found[path] = replace(finding, photos_after=tuple(unique.values()))

    def _known(self, path: str) -> Finding:
        return self._sheets.audit.findings.get(path, Finding())

    def _row(self, path: str, record: Record) -> None:
        sheets = self._sheets
        wanted = sheets.book.numbers.get(path)
        if "number" in record.cells and wanted is not None and record.text("number") != wanted:
            sheets.refuse("moved", record["number"], wanted=wanted, found=short(record.text("number")))
            return
        try:
            self._paths.item(path)
        except AuditorError as error:
            sheets.wrong(error, record["path"])
            return
        said: dict[str, Any] = {name: words for name in TEXTS if (words := sheets.text(record, name))}
        said |= {name: day for name in DAYS if (day := self._day(record, name))}
        finding = replace(self._known(path), **said)
        if finding != self._known(path):
            self.found[path] = finding
        files = sheets.files(record, PHOTOS)
        if files:
            self._photos[path] = files

    def _day(self, record: Record, name: str) -> str:
        raw = self._sheets.value(record, name)
        if raw is None:
            return ""
        try:
            return str(KINDS["date"].accept(_DAY, plain("date", raw)) or "")
        except AuditorError:
            self._sheets.refuse("day", record[name], text=short(as_text(raw)))
            return ""
