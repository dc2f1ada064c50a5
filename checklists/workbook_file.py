"""A workbook that came back filled in: opened within bounds, and its tables found by the marks that exports left.

Files come from outside: size, unpacked size, rows, columns and time are bounded before and while reading (P6).
"""

from __future__ import annotations

import datetime
import io
import os
import re
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError
from auditor.sheet_marks import FORMAT, HEADING, IDENTITY
from auditor.store.files import read
from checklists.workbook_pictures import Picture, in_cells, over_cells

MOST_BYTES = 50_000_000
MOST_UNPACKED = 40_000_000
"""Of what has to be parsed; pictures are not."""
MOST_TAGS = {True: 2_000_000, False: 50_000}
"""Of its sheets, opening and closing; of all else that is parsed before the first row is seen."""
MOST_RATIO = 200
MOST_MEMBERS = 4_000
MOST_ROWS = 20_000
MOST_COLUMNS = 96
MOST_SECONDS = 7.0
_MARKS_WITHIN = 60
"""Rows from the top in which the marks of a sheet stand, however many were put above them."""

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xls", ".et", ".ods")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_MARK = re.compile(r"#([a-z]+):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value as the workbook holds it, where it stands, and why its value is none (`formula`, `error`)."""

    value: Any
    row: int
    column: int
    sheet: str
    fault: str = ""

    @property
    def place(self) -> str:
        """`Items!F12`."""
        return f"{self.sheet}!{letters(self.column)}{self.row}"

    @property
    def empty(self) -> bool:
        return not self.fault and not as_text(self.value)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table by the marks of its columns."""

    cells: Mapping[str, Cell]

    def text(self, column: str) -> str:
        return as_text(self.cells[column].value) if column in self.cells else ""

    def __getitem__(self, column: str) -> Cell:
        return self.cells[column]


@dataclass(frozen=True, slots=True)
class Book:
    """What a filled workbook says: what it belongs to, and its tables by name."""

    said: Mapping[str, str]
    """`purpose`, `checklist`, `version`, `fingerprint`, `audit`, `language`."""
    numbers: Mapping[str, str]
    """What each row is numbered on the sheet, by its path."""
    tables: Mapping[str, list[Record]] = field(default_factory=dict)
    pasted: Sequence[Picture] = ()
    """Pictures that lie on cells."""
    held: Mapping[str, bytes] = field(default_factory=dict)
    """Pictures inside cells, by name, as WPS keeps them."""


def is_workbook(path: Path) -> bool:
    """Whether a file is one, or was meant to be: by what it begins with, or by its name; a pipe is never opened."""
    if path.suffix.lower() in _ENDINGS:
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(8).startswith((b"PK\x03\x04", _OLD))
    except OSError:
        return False


def open_book(path: Path) -> Book:
    """The tables of a workbook this program made. Raises AuditorError `workbook.*` for the file as a whole."""
    data = _bytes(path)
    _bounded(data, path)
    from openpyxl import load_workbook

    until = time.monotonic() + MOST_SECONDS
    try:
        values, formulas = (
            load_workbook(io.BytesIO(data), read_only=True, data_only=only, keep_links=False) for only in (True, False)
        )
        pairs = [(sheet, formulas[sheet.title]) for sheet in values.worksheets]
        identity = _identity(pairs)
        tables: dict[str, list[Record]] = {}
        if identity is None:
            raise AuditorError("workbook.not_ours", file=str(path))
        pasted, held = over_cells(data), in_cells(data)
        for sheet, other in pairs:
            for table, record in _records(sheet, other, path, until):
                tables.setdefault(table, []).append(record)
    except AuditorError:
        raise
    except Exception as error:  # a broken workbook makes its reader raise anything at all
        raise AuditorError("workbook.unreadable", file=str(path)) from error
    said = {name: value for name, value, *_ in identity if name != "number"}
    if said.get(IDENTITY) != str(FORMAT):
        raise AuditorError("workbook.newer", file=str(path))
    return Book(said, {row[1]: row[2] for row in identity if row[0] == "number"}, tables, pasted, held)


def _bytes(path: Path) -> bytes:
    if os.path.isdir(path):  # noqa: PTH112 - unlike Path.is_dir, it does not raise for a name that is too long
        raise AuditorError("workbook.folder", file=str(path))
    data = read(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise AuditorError("workbook.too_large", file=str(path), most=MOST_BYTES // 1_000_000)
    if not data:
        raise AuditorError("workbook.empty", file=str(path))
    if data.startswith(_OLD):
        name = "encrypted" if _ENCRYPTED in data else "old"
        raise AuditorError(f"workbook.{name}", file=str(path))
    return data


def _bounded(data: bytes, path: Path) -> None:
    """Refuse a zip bomb, macros and other kinds of documents on the directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            _sized(data, members, path)
            _counted(packed, members, path)
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, OSError, RuntimeError, EOFError) as error:
        raise AuditorError("workbook.unreadable", file=str(path)) from error
    names = {one.filename.casefold() for one in members}
    if any("vbaproject" in name for name in names):
        raise AuditorError("workbook.macros", file=str(path))
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise AuditorError("workbook.other_kind", file=str(path))


def _sized(data: bytes, members: list[zipfile.ZipInfo], path: Path) -> None:
    parsed = sum(one.file_size for one in members if "/media/" not in one.filename)
    whole = sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS or parsed > MOST_UNPACKED or whole > MOST_RATIO * max(len(data), 10_000):
        raise AuditorError("workbook.bomb", file=str(path), most=MOST_UNPACKED // 1_000_000)


def _counted(packed: zipfile.ZipFile, members: list[zipfile.ZipInfo], path: Path) -> None:
    """Refuse what would take too long to parse: a row is parsed whole, a table of texts before any row."""
    tags = {True: 0, False: 0}
    for one in members:
        if one.filename.endswith((".xml", ".rels")) and "/drawings/" not in one.filename:
            tags["/worksheets/" in one.filename] += packed.read(one).count(b"<")
    if any(tags[kind] > most for kind, most in MOST_TAGS.items()):
        raise AuditorError("workbook.too_slow", file=str(path), most=int(MOST_SECONDS))


def _identity(pairs: list[tuple[Any, Any]]) -> list[list[str]] | None:
    """The rows of the hidden sheet, whatever it is called."""
    for sheet, _ in pairs:
        top = next(sheet.iter_rows(max_row=1, max_col=1, values_only=True), None)
        if top and top[0] == IDENTITY:
            rows = sheet.iter_rows(max_row=MOST_ROWS, max_col=3, values_only=True)
            return [[as_text(one) for one in (*row, "", "", "")[:3]] for row in rows]
    return None


def _records(sheet: Any, other: Any, path: Path, until: float) -> Iterator[tuple[str, Record]]:
    """Every row below the marks of a sheet that holds anything under one of them."""
    columns: dict[int, str] = {}
    table = ""
    sheet.reset_dimensions()
    other.reset_dimensions()
    bounds = {"max_row": MOST_ROWS, "max_col": MOST_COLUMNS}
    for number, (row, formulas) in enumerate(
        zip(sheet.iter_rows(**bounds), other.iter_rows(**bounds), strict=False), 1
    ):
        if time.monotonic() > until:
            raise AuditorError("workbook.too_slow", file=str(path), most=int(MOST_SECONDS))
        if not columns:
            if number > _MARKS_WITHIN:
                return
            found = [(at, hit) for at, one in enumerate(row, 1) if (hit := _MARK.fullmatch(str(one.value or "")))]
            columns = {at: hit[2] for at, hit in found}
            table = found[0][1][1] if found else ""
            continue
        cells = {
            name: _cell(
                row[at - 1] if at <= len(row) else None,
                formulas[at - 1] if at <= len(formulas) else None,
                number,
                at,
                sheet.title,
            )
            for at, name in columns.items()
        }
        record = Record(cells)
        if record.text("path") != HEADING and any(one.fault or one.value is not None for one in cells.values()):
            yield table, record


def _cell(one: Any, formula: Any, row: int, column: int, sheet: str) -> Cell:
    value = None if one is None else one.value
    fault = ""
    if one is not None and one.data_type == "e":
        fault = "error"
    elif value is None and formula is not None and formula.data_type == "f":
        fault = "formula"
    return Cell(value, row, column, str(sheet), fault)


def as_text(value: Any) -> str:
    """A cell's value as it reads: whole numbers without a point, days and clock times as such, no blanks around."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        plain = value.time() == datetime.time()
        return value.date().isoformat() if plain else value.isoformat(" ", "seconds" if value.second else "minutes")
    if isinstance(value, datetime.time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, str):
        return unescaped(value).strip()
    return str(value).strip()


def unescaped(text: str) -> str:
    """Text as it was typed: `_x0041_` stands for a character."""
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 16)), text)


def letters(column: int) -> str:
    """`F` for 6."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
