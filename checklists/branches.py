"""A register of branches from a workbook or a CSV file, with every problem at its cell or line.

Files come from outside: size, unpacked size, rows, columns and time are bounded before and while reading (P6).
"""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.errors import AuditorError, Problem, ProblemsError
from auditor.store.branches import Branch
from auditor.store.files import read
from auditor.text import clean_text

MOST_BYTES = 20_000_000
MOST_UNPACKED = 40_000_000
MOST_RATIO = 200
MOST_MEMBERS = 2_000
MOST_ROWS = 50_000
MOST_COLUMNS = 64
MOST_SECONDS = 8.0
MOST_PROBLEMS = 200
_HEAD_WITHIN = 30

_NAMES = {
    "code": ("机构号", "机构代码", "机构编号", "网点号", "网点编号", "organisation code", "organization code", "code"),
    "name": ("网点名称", "机构名称", "网点", "名称", "branch name", "branch outlet", "branch", "outlet", "name"),
    "parent": ("所属分行", "上级机构", "管辖行", "所属支行", "分行", "parent branch", "parent"),
    "type": ("网点类型", "机构类型", "类型", "outlet type", "branch type", "type"),
    "head": ("网点负责人", "负责人", "行长", "branch head", "head"),
    "status": ("状态", "营业状态", "机构状态", "status"),
}
_COLUMNS = {name: field for field, names in _NAMES.items() for name in names}
_OPEN = {"营业", "在营", "正常", "正常营业", "营业中", "open", "active", "in business"}
_CLOSED = {"撤销", "已撤销", "关闭", "已关闭", "停业", "closed", "inactive"}
_CODE = re.compile(r"[\w.\-/]{1,40}")


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a file: its number and its cells as text, by column number from 0."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Rows and how a place in them is named."""

    file: str
    title: str
    lines: Iterator[_Line]

    def problem(self, key: str, line: int, column: int, **values: Any) -> Problem:
        cell = f"{_letters(column)}{line}" if self.title else ""
        place = {"sheet": self.title, "cell": cell, "line": line}
        key = f"branches.{key}" if self.title else f"branches.{key}.line"
        return Problem(key, {**place, **values}, self.file, line, column + 1)


def read_branches(path: Path) -> list[Branch]:
    """The branches of a `.xlsx` or `.csv` file, in its order. The first row that names a column of codes and one of
    names is the head; other columns are ignored.

    Raises ProblemsError `branches.has_problems` with all that is wrong, or AuditorError for the file as a whole.
    """
    data = read(path, MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise AuditorError("branches.too_large", file=str(path), most=MOST_BYTES // 1_000_000)
    if not data.strip():
        raise AuditorError("branches.empty", file=str(path))
    sheets = _workbook(data, path) if data[:2] == b"PK" else _text(data, path)
    for sheet in sheets:
        columns = _head(sheet)
        if columns:
            return _branches(sheet, columns)
    raise AuditorError("branches.no_head", file=str(path))


def _head(sheet: _Sheet) -> dict[str, int]:
    """Which column holds what; empty when no row near the top names code and name."""
    for line in sheet.lines:
        named: dict[str, int] = {}
        for number, cell in enumerate(line.cells):
            field = _COLUMNS.get(" ".join(cell.split()).casefold())
            if field is not None:
                named.setdefault(field, number)
        if {"code", "name"} <= named.keys():
            return named
        if line.number >= _HEAD_WITHIN:
            break
    return {}


def _branches(sheet: _Sheet, columns: dict[str, int]) -> list[Branch]:
    found: dict[str, Branch] = {}
    first: dict[str, int] = {}
    problems: list[Problem] = []
    for line in sheet.lines:
        if len(problems) >= MOST_PROBLEMS:
            break
        values = {field: line.cells[at] if at < len(line.cells) else "" for field, at in columns.items()}
        if not any(values.values()):
            continue
        wrong = _wrong(sheet, line, columns, values)
        code = values["code"]
        if not wrong and code in found:
            wrong = [sheet.problem("code_twice", line.number, columns["code"], code=code, first=first[code])]
        problems += wrong
        if not wrong:
            first[code] = line.number
            found[code] = _branch(values)
    if problems:
        raise ProblemsError("branches.has_problems", problems, file=sheet.file, count=len(problems))
    if not found:
        raise AuditorError("branches.no_rows", file=sheet.file)
    return list(found.values())


def _branch(values: dict[str, str]) -> Branch:
    parent, kind, head = (values.get(field, "") for field in ("parent", "type", "head"))
    return Branch(values["code"], values["name"], parent, kind, head, _status(values.get("status", "")))


def _wrong(sheet: _Sheet, line: _Line, columns: dict[str, int], values: dict[str, str]) -> list[Problem]:
    found = []
    for field in ("code", "name"):
        if not values[field]:
            found.append(sheet.problem(f"no_{field}", line.number, columns[field]))
    code = values["code"]
    if "e+" in code.casefold() or (code.isdigit() and len(code) > 15 and code.endswith("000")):
        found.append(sheet.problem("code_as_number", line.number, columns["code"], code=code))
    elif code and not _CODE.fullmatch(code):
        found.append(sheet.problem("odd_code", line.number, columns["code"], code=code[:60]))
    for field, value in values.items():
        if len(value) > 120:
            found.append(sheet.problem("too_long", line.number, columns[field], text=value[:30], most=120))
    return found


def _status(text: str) -> str:
    folded = text.casefold()
    return "" if folded in _OPEN else "closed" if folded in _CLOSED else text


def _text(data: bytes, path: Path) -> Iterator[_Sheet]:
    """A CSV file: UTF-8, UTF-16 or GB 18030; comma, semicolon or tab."""
    text = _decoded(data, path)
    top = text.lstrip("\n")[:2000].split("\n", 1)[0]
    mark = max(",;\t", key=top.count)
    yield _Sheet(str(path), "", _text_lines(text, mark, path))


def _text_lines(text: str, mark: str, path: Path) -> Iterator[_Line]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise AuditorError("branches.too_many_rows", file=str(path), most=MOST_ROWS)
            yield _Line(rows.line_num, tuple(_cell(cell) for cell in row[:MOST_COLUMNS]))
    except csv.Error as error:
        raise AuditorError("branches.broken_csv", file=str(path), line=rows.line_num) from error


def _decoded(data: bytes, path: Path) -> str:
    if b"\0" in data[:4000] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise AuditorError("branches.not_a_table", file=str(path))
    marked = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}.get(data[:2])
    for encoding in [marked] if marked else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(encoding)
        except UnicodeError:
            continue
    raise AuditorError("branches.not_a_table", file=str(path))


def _workbook(data: bytes, path: Path) -> Iterator[_Sheet]:
    """The sheets of a workbook, values only: no macros, no links, no formulas are followed."""
    _bounded(data, path)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except Exception as error:  # a broken workbook makes its reader raise anything at all
        raise AuditorError("branches.not_a_workbook", file=str(path)) from error
    until = time.monotonic() + MOST_SECONDS
    for sheet in sheets:
        yield _Sheet(str(path), str(sheet.title), _sheet_lines(sheet, path, until))


def _sheet_lines(sheet: Any, path: Path, until: float) -> Iterator[_Line]:
    """Rows up to the bounds; a lone cell far away makes openpyxl yield a million empty rows, so time is looked at."""
    full = 0
    try:
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
            if time.monotonic() > until:
                raise AuditorError("branches.too_slow", file=str(path), most=int(MOST_SECONDS))
            if not any(value is not None for value in row):
                continue
            full += 1
            if full > MOST_ROWS:
                raise AuditorError("branches.too_many_rows", file=str(path), most=MOST_ROWS)
            yield _Line(number, tuple(_cell(value) for value in row))
    except AuditorError:
        raise
    except Exception as error:
        raise AuditorError("branches.not_a_workbook", file=str(path)) from error


def _bounded(data: bytes, path: Path) -> None:
    """Refuse a zip bomb on its directory, before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise AuditorError("branches.not_a_workbook", file=str(path)) from error
    unpacked = sum(one.file_size for one in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(len(data), 10_000):
        raise AuditorError("branches.bomb", file=str(path), most=MOST_UNPACKED // 1_000_000)
    if any("vbaproject" in one.filename.casefold() for one in members):
        raise AuditorError("branches.macros", file=str(path))


def _cell(value: object) -> str:
    """A cell as text: whole numbers without a point, everything through the gate, cut at a length no name has."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value) if abs(value) < 1e15 else value
    return clean_text(str(value)[:2000], 10_000)


def _letters(column: int) -> str:
    text = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text
