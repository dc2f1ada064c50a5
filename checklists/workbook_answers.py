"""A workbook to fill in that came back: every answer, or every Problem with its sheet and cell."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from auditor.audit import Answer, Audit, Photo, Reason
from auditor.checklist.model import Item
from auditor.errors import AuditorError, Problem
from auditor.kinds import KINDS, accept_na, na_codes
from auditor.text import clean_text
from auditor.words import tr
from checklists.answer_paths import AnswerPaths
from checklists.workbook_file import Book, Cell, Record, as_text, unescaped
from checklists.workbook_pictures import drawn
from checklists.yaml_nodes import short

TICKS = frozenset("√ ✓ ✔ ☑ 1 v x y yes true 是 有".split())
MOST_PROBLEMS = 200
"""Told at once; a person who has mended these reads the file again."""
INPUTS = ("answer", "na", "note", "reason", "photos", "time", "place", "post")
_TIME = Item.model_validate({"id": "time", "kind": "time", "text": "time"})
Source = Path | bytes
"""A photo's file, or the bytes of a picture in the workbook."""
Words = Mapping[str, Mapping[str, str]]
"""By list: what an entry's words stand for."""


class Sheets:
    """One workbook being read; what is wrong goes to `problems`."""

    def __init__(self, file: Path, audit: Audit, book: Book, problems: list[Problem]) -> None:
        self.file = file
        self.audit = audit
        self.book = book
        self.problems = problems
        self.words: Words = _lists(book)
        self._told: set[tuple[str, str]] = set()
        self._rows: set[tuple[str, int]] = set()

    def refuse(self, name: str, at: Cell, /, **values: Any) -> None:
        self.wrong(AuditorError(f"workbook.{name}", **values), at)

    def wrong(self, error: AuditorError, at: Cell) -> None:
        told = (error.key, at.place)
        if told in self._told or len(self._told) >= MOST_PROBLEMS:
            return
        self._told.add(told)
        self.problems.append(Problem(error.key, error.values, str(self.file), at.row, at.column, cell=at.place))

    def taken(self, do: Callable[[], Any], at: Cell) -> Any:
        try:
            return do()
        except AuditorError as error:
            self.wrong(error, at)
            return None

    def value(self, record: Record, column: str) -> Any:
        """What a cell holds; a formula without a value, or an error, is refused."""
        cell = record.cells.get(column)
        if cell is None:
            return None
        if cell.fault:
            self.refuse(cell.fault, cell)
            return None
        return None if cell.empty else cell.value

    def text(self, record: Record, column: str) -> str:
        raw = self.value(record, column)
        if raw is None:
            return ""
        return str(self.taken(lambda: clean_text(as_text(raw)).strip(), record[column]) or "")

    def lines(self, record: Record, column: str) -> list[str]:
        """Text line by line, empty ones too: they stand beside the lines of another cell."""
        raw = self.value(record, column)
        text = unescaped(raw) if isinstance(raw, str) else as_text(raw)
        said = str(self.taken(lambda: clean_text(text), record[column]) or "") if text else ""
        return [line.strip() for line in said.split("\n")]

    def clock(self, text: str, at: Cell) -> str:
        try:
            return str(KINDS["time"].accept(_TIME, text) or "")
        except AuditorError:
            self.refuse("time", at, text=short(text))
            return ""

    def listed(self, key: str, raw: Any, at: Cell) -> str:
        """The id behind words of a list; they are refused where the list has none such."""
        found = self.words.get(key, {}).get(folded(as_text(raw)))
        if found is None:
            records = self.book.tables.get("lists", [])
            allowed = tr("common.comma").join(one.text("words") for one in records if one.text("list") == key)
            self.refuse("not_listed", at, text=short(as_text(raw)), allowed=short(allowed, 400))
        return found or ""

    def files(self, record: Record, column: str) -> list[tuple[Source, Cell]]:
        """Photos by their files in the workbook's own folder, or one below it, and pictures put on the row."""
        found: list[tuple[Source, Cell]] = self._pictures(record, column)
        raw = record.cells.get(column)
        if raw is not None and raw.value is not None and drawn(str(raw.value)):
            return found
        names = self.text(record, column).replace(";", "\n").replace("；", "\n").split("\n")
        for name in filter(None, (one.strip() for one in names)):
            photo, at = Path(name.replace("\\", "/")), record[column]
            if photo.is_absolute() or ".." in photo.parts or ":" in name or "\0" in name:
                self.refuse("photo_elsewhere", at, photo=short(name, 80))
                continue
            try:
                there = (self.file.parent / photo).is_file()
            except OSError:
                there = False
            if there:
                found.append((self.file.parent / photo, at))
            else:
                self.refuse("photo_missing", at, photo=short(name, 80), folder=str(self.file.parent))
        return found

    def _pictures(self, record: Record, column: str) -> list[tuple[Source, Cell]]:
        """What lies on a row, or is held by its cell of photos."""
        at = record.cells.get(column)
        if at is None:
            return []
        self._rows.add((at.sheet, at.row))
        found: list[Source] = [one.data for one in self.book.pasted if (one.sheet, one.row) == (at.sheet, at.row)]
        found += [self.book.held[name] for name in drawn(str(at.value or "")) if name in self.book.held]
        return [(one, at) for one in found]

    def refuse_stray_pictures(self) -> None:
        """A picture on no row of an item would be lost without a word."""
        for one in self.book.pasted:
            if (one.sheet, one.row) not in self._rows:
                self.refuse("stray_picture", Cell(None, one.row, one.column, one.sheet))


class AnswerSheets:
    """The answers of a workbook to fill in."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._paths = AnswerPaths(sheets.audit.checklist)
        self._photos: dict[str, list[tuple[Source, Cell]]] = {}
        self.found: dict[str, Answer] = {}

    def read(self) -> None:
        chosen = self._chosen()
        rows: dict[str, Cell] = {}
        for record in self._sheets.book.tables.get("items", []):
            path = record.text("path")
            said = [record[name] for name in INPUTS if name in record.cells and not record[name].empty]
            if not path:
                if said and _typed(record):
                    self._sheets.refuse("stray", said[0])
                continue
            if path in rows:
                self._sheets.refuse("twice", record["path"], first=rows[path].place)
                continue
            rows[path] = record["path"]
            if self._in_place(record, path):
                self._row(path, record, chosen)

    def with_photos(self, keep: Callable[[Source], Photo]) -> None:
        """The answers with their photos, each kept."""
        for path, files in self._photos.items():
            kept = [self._sheets.taken(partial(keep, file), at) for file, at in files]
            unique = {one.sha256: one for one in kept if one is not None}
            self.found[path] = replace(self.found.get(path, Answer()), photos=tuple(unique.values()))

    def _in_place(self, record: Record, path: str) -> bool:
        """Whether a row still belongs to its hidden id: not when it was sorted without the hidden columns."""
        wanted = self._sheets.book.numbers.get(path)
        number = record.cells.get("number")
        if wanted is None or number is None or as_text(number.value) == wanted:
            return True
        self._sheets.refuse("moved", number, wanted=wanted, found=short(as_text(number.value)))
        return False

    def _row(self, path: str, record: Record, chosen: Mapping[str, list[str]]) -> None:
        try:
            item = self._paths.items.get(path.rpartition("/")[2])
            if item is not None and item.computed:
                return
            item = self._paths.item(path)
        except AuditorError as error:
            self._sheets.wrong(error, record["path"])
            return
        answer = self._answer(path, item, record, chosen)
        if not answer.empty:
            self.found[path] = answer

    def _answer(self, path: str, item: Item, record: Record, chosen: Mapping[str, list[str]]) -> Answer:
        sheets = self._sheets
        if self._paths.is_header(path):
            return Answer(self._value(item, record))
        if item.kind == "multi":
            ticked = chosen.get(path)
            value = sheets.taken(lambda: KINDS["multi"].accept(item, ticked), record["answer"]) if ticked else None
        else:
            value = self._value(item, record)
        na = self._na(item, record)
        if na and value is not None:
            sheets.refuse("value_and_na", record["na"])
        files = sheets.files(record, "photos")
        if files:
            self._photos[path] = files
        return Answer(value, na, sheets.text(record, "note"), self._reasons(record))

    def _value(self, item: Item, record: Record) -> Any:
        raw = self._sheets.value(record, "answer")
        if raw is None or item.kind in ("photo", "info"):
            return None
        at = record["answer"]
        if item.kind == "choice":
            key = f"item {item.id}"
            return (self._sheets.listed(key, raw, at) if key in self._sheets.words else None) or None
        return self._sheets.taken(lambda: KINDS[item.kind].accept(item, plain(item.kind, raw)), at)

    def _na(self, item: Item, record: Record) -> Any:
        raw = self._sheets.value(record, "na")
        if raw is None:
            return None
        codes = na_codes(self._sheets.audit.checklist, item)
        code = self._sheets.words.get("na " + " ".join(codes), {}).get(folded(as_text(raw)), as_text(raw))
        return self._sheets.taken(lambda: accept_na(self._sheets.audit.checklist, item, code), record["na"])

    def _reasons(self, record: Record) -> tuple[Reason, ...]:
        """One reason a line; time, place and post stand line by line beside it."""
        sheets = self._sheets
        parts = {name: sheets.lines(record, name) for name in ("reason", "time", "place", "post")}
        found = []
        for n in range(max(map(len, parts.values()))):
            text, time, place, post = (lines[n] if n < len(lines) else "" for lines in parts.values())
            found.append(Reason(text, sheets.clock(time, record["time"]) if time else "", place, post))
        return tuple(one for one in found if one != Reason())

    def _chosen(self) -> dict[str, list[str]]:
        """The faults ticked, by the path of their item."""
        found: dict[str, list[str]] = {}
        for record in self._sheets.book.tables.get("faults", []):
            path, _, option = record.text("path").rpartition(":")
            raw = self._sheets.value(record, "chosen")
            if raw is None:
                continue
            if not path:
                self._sheets.refuse("stray", record["chosen"])
            elif as_text(raw).casefold() not in TICKS:
                self._sheets.refuse("tick", record["chosen"], text=short(as_text(raw)))
            elif self._in_place(record, path):
                found.setdefault(path, []).append(option)
        return found


def plain(kind: str, raw: Any) -> Any:
    """A value as its kind takes it: days and times that a spreadsheet made numbers of, numbers it made text of."""
    if isinstance(raw, bool):
        return as_text(raw)
    if kind == "time" and isinstance(raw, datetime.datetime):
        return raw.time()
    if kind == "time" and isinstance(raw, int | float) and 0 <= raw < 1:
        seconds = round(raw * 86_400)
        return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    if kind == "date" and isinstance(raw, int | float) and 1 <= raw < 200_000:
        return (datetime.datetime(1899, 12, 30) + datetime.timedelta(days=float(raw))).date()
    if kind in ("text", "signature"):
        return as_text(raw)
    return as_text(raw).lstrip("'’") if isinstance(raw, str) else raw


def folded(text: str) -> str:
    """Words as they are compared: blanks, width and case do not count."""
    return " ".join(unicodedata.normalize("NFKC", text).lstrip("'’").split()).casefold()


def _typed(record: Record) -> bool:
    """Whether a row without an id holds what a person would type: headings of sections hold nothing there."""
    return any(record.text(name) for name in ("answer", "na", "note", "reason") if name in record.cells)


def _lists(book: Book) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for record in book.tables.get("lists", []):
        if {"list", "words", "id"} <= record.cells.keys():
            found.setdefault(record.text("list"), {})[folded(record.text("words"))] = record.text("id")
    return found
