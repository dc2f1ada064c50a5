"""Blank workbooks filled in as a person does it: whatever is said goes into the cell under the mark that names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook

from auditor.audit import Answer, Audit, Reason
from auditor.checklist import Checklist, Item
from auditor.sheet_marks import MARKED_ROW
from exports.xlsx.blank.prepared import emptied, unstarted
from tests.exports.random_checklists import paths, random_answer

PHOTO = "大堂.jpg"
NA = {"not_applicable": "不适用", "not_observed": "未观察到", "cannot_judge": "无法判断"}


class Filled:
    """A workbook open in the hands of a person; cells by table, row id and column."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.book: Any = load_workbook(file)
        self.sheets: dict[str, Any] = {}
        self.columns: dict[str, dict[str, int]] = {}
        self.rows: dict[str, dict[str, int]] = {}
        for sheet in self.book.worksheets:
            self._look(sheet)

    def _look(self, sheet: Any) -> None:
        rows = [sheet[1], sheet[MARKED_ROW]]
        marks = [(str(cell.value), cell.column) for row in rows for cell in row if str(cell.value).startswith("#")]
        if not marks:
            return
        table = marks[0][0].removeprefix("#").partition(":")[0]
        self.sheets[table] = sheet
        self.columns[table] = {mark.rpartition(":")[2]: column for mark, column in marks}
        if table == "lists":
            return
        at = self.columns[table]["path"]
        ids = {str(sheet.cell(row, at).value): row for row in range(MARKED_ROW + 1, sheet.max_row + 1)}
        self.rows[table] = ids

    def cell(self, table: str, path: str, column: str) -> Any:
        return self.sheets[table].cell(self.rows[table][path], self.columns[table][column])

    def type(self, table: str, path: str, column: str, value: Any) -> None:
        """Put a value into a cell, as text where it is text, as Excel does in a cell of that format."""
        cell = self.cell(table, path, column)
        assert not cell.protection.locked, f"{cell.coordinate} of {table} cannot be typed into"
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"

    def answer(self, path: str, item: Item | None, answer: Answer) -> None:
        """Everything an answer says, in the workbook's Chinese words."""
        if item is not None and item.kind == "multi":
            for option in answer.value if isinstance(answer.value, tuple) else ():
                self.type("faults", f"{path}:{option}", "chosen", "√")
        elif answer.value is not None:
            self.type("items", path, "answer", written(item, answer.value))
        said = {"na": NA.get(answer.na or "", ""), "note": answer.note}
        said |= {"reason": "\n".join(one.text for one in answer.reasons)}
        for name in ("time", "place", "post"):
            lines = [getattr(one, name) for one in answer.reasons]
            said[name] = "\n".join(lines) if any(lines) else ""
        said["photos"] = "\n".join(one.name for one in answer.photos)
        for column, value in said.items():
            if value:
                self.type("items", path, column, value)

    def save(self, to: Path | None = None) -> Path:
        self.book.save(to or self.file)
        return to or self.file


def written(item: Item | None, value: Any) -> Any:
    """What a person picks or types."""
    if item is not None and item.kind == "choice":
        alike = [one.text.in_("zh").replace("\n", " ").strip() for one in item.options]
        n = next(n for n, one in enumerate(item.options) if one.id == value)
        again = alike[: n + 1].count(alike[n])
        return alike[n] if again == 1 else f"{alike[n]} ({again})"
    if item is not None and item.kind == "date":
        return date.fromisoformat(value)
    return value if isinstance(value, str | int) else float(value)


def random_filling(random: Random, checklist: Checklist) -> tuple[Audit, dict[str, Item]]:
    """A visit with random answers in some of the instances a blank workbook has room for, and its items by path."""
    room = emptied(unstarted(checklist))
    used = {name: numbers[: random.randint(1, len(numbers))] for name, numbers in room.instances.items()}
    audit = replace(room, instances=used)
    items = dict(paths(audit))
    answers: dict[str, Answer] = {}
    for path, item in items.items():
        answer = _told(random, random_answer(random, checklist, item) or Answer())
        if not answer.empty:
            answers[path] = answer
    for section, _ in checklist.walk():
        for field in section.repeat.header if section.repeat else ():
            value = {"number": 3, "time": "10:12"}.get(field.kind, "3号窗口")
            for number in used[section.id]:
                answers[f"{section.id}#{number}/{field.id}"] = Answer(value)
    seen = {path.partition("/")[0] for path in answers}
    used = {name: tuple(n for n in numbers if f"{name}#{n}" in seen) for name, numbers in used.items()}
    return replace(audit, answers=answers, instances=used), items


def _told(random: Random, answer: Answer) -> Answer:
    """The same with times, places and posts in its reasons, a photo that is there, and no fault chosen as no answer."""
    more = [Reason(one.text, random.choice(["", "10:12"]), random.choice(["", "大堂"]), "") for one in answer.reasons]
    photos = tuple(replace(one, name=PHOTO) for one in answer.photos)
    return replace(answer, value=None if answer.value == () else answer.value, reasons=tuple(more), photos=photos)


def fill(file: Path, answers: Mapping[str, Answer], items: Mapping[str, Item]) -> Path:
    """Type all answers into a blank workbook and save it."""
    filled = Filled(file)
    for path, answer in answers.items():
        filled.answer(path, items.get(path), answer)
    return filled.save()


__all__ = ["Filled", "fill", "random_filling"]
