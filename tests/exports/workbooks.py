"""Workbooks as a person uses them: answers typed into their cells, figures read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook

from auditor.audit import Answer, Audit
from auditor.checklist import Item
from auditor.scoring import Score, score
from exports.report import build
from exports.xlsx import as_xlsx
from exports.xlsx.layout import FaultColumn, ItemColumn, SectionColumn
from tests.exports.random_checklists import paths, random_answer

SECTION_FIGURES = (SectionColumn.EARNED, SectionColumn.POSSIBLE, SectionColumn.FIGURE)


def no_photos(_: str) -> None:
    return None


def workbook(audit: Audit, *, copy: str = "compliance", lang: str = "zh", photos: Any = no_photos) -> bytes:
    result = score(audit)
    return as_xlsx(build(audit, result, copy=copy, lang=lang), audit, result, photos)  # type: ignore[arg-type]


def in_force_only(audit: Audit) -> Audit:
    """The audit without the answers that count for nothing: a workbook does not hold them (S2)."""
    standing = {one.path: one.in_force for one in score(audit).items}
    return replace(audit, answers={path: one for path, one in audit.answers.items() if standing.get(path, True)})


def changed(random: Random, audit: Audit, most: int = 8) -> tuple[Audit, dict[str, Answer]]:
    """Some answers given anew, cleared or made not applicable; photos stay as they are."""
    choices = [(path, item) for path, item in paths(audit) if item.kind != "photo"]
    answers, typed = dict(audit.answers), {}
    for path, item in random.sample(choices, min(len(choices), random.randint(1, most))):
        fresh = random_answer(random, audit.checklist, item) or Answer()
        typed[path] = answers[path] = replace(fresh, photos=answers.get(path, Answer()).photos)
    return replace(audit, answers=answers), typed


def type_in(data: bytes, audit: Audit, typed: Mapping[str, Answer], path: Path) -> Path:
    """Open a workbook, type the answers into their cells, save it."""
    book = load_workbook(BytesIO(data))
    sheet = book["检查明细"]
    rows = rows_by(sheet, ItemColumn.PATH)
    items = dict(paths(audit))
    for name, answer in typed.items():
        row = rows[name]
        _set(sheet.cell(row, ItemColumn.NOTE), answer.note)
        _set(sheet.cell(row, ItemColumn.REASON), "\n".join(one.text for one in answer.reasons))
        na = {"not_applicable": "不适用", "not_observed": "未观察到", "cannot_judge": "无法判断"}
        _set(sheet.cell(row, ItemColumn.NA), na[answer.na] if answer.na else "")
        item = items[name]
        if item.kind == "multi":
            faults = book["多选情形"]
            for option, at in rows_by(faults, FaultColumn.PATH).items():
                owner, _, fault = option.rpartition(":")
                if owner == name:
                    chosen = isinstance(answer.value, tuple) and fault in answer.value
                    _set(faults.cell(at, FaultColumn.CHOSEN), "√" if chosen else "")
        else:
            _set(sheet.cell(row, ItemColumn.ANSWER), shown(item, answer.value))
    book.save(path)
    return path


def _set(cell: Any, value: Any) -> None:
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"


def shown(item: Item, value: Any) -> Any:
    """What a person picks or types for a value."""
    if item.kind == "choice":
        return next((one.text.in_("zh") for one in item.options if one.id == value), "")
    if item.kind == "date" and value:
        return date.fromisoformat(value)
    return "" if value is None else value if isinstance(value, str | int) else float(value)


def rows_by(sheet: Any, column: int) -> dict[str, int]:
    found = {}
    for row in range(5, sheet.max_row + 1):
        value = sheet.cell(row, column).value
        if value:
            found[value] = row
    return found


@dataclass
class Figures:
    """What a calculated workbook says."""

    total: Any
    before: Any
    grade: str
    verdict: str
    difference: float
    sections: dict[str, tuple[Any, ...]]
    items: dict[str, tuple[Any, ...]]
    errors: list[str]


def read(path: Path | BytesIO) -> Figures:
    book = load_workbook(path, data_only=True)
    errors = [
        f"{sheet.title}!{cell.coordinate} {cell.value}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "e"
    ]
    sections, items = book["各模块得分"], book["检查明细"]
    return Figures(
        _named(book, "TotalScore"),
        _named(book, "BeforeCritical"),
        _named(book, "Grade") or "",
        _named(book, "Verdict") or "",
        _named(book, "CheckDifference"),
        {
            path: tuple(_blank(sections.cell(row, column).value) for column in SECTION_FIGURES)
            for path, row in rows_by(sections, SectionColumn.PATH).items()
        },
        {
            path: (items.cell(row, ItemColumn.STATUS).value, _blank(items.cell(row, ItemColumn.EARNED).value))
            for path, row in rows_by(items, ItemColumn.PATH).items()
        },
        errors,
    )


def _named(book: Any, name: str) -> Any:
    sheet, _, cell = book.defined_names[name].attr_text.rpartition("!")
    return _blank(book[sheet.strip("'")][cell.replace("$", "")].value)


def _blank(value: Any) -> Any:
    return None if value == "" else value


STATUS = {
    "hidden": "不显示",
    "lost": "连带扣分",
    "skipped": "跳过",
    "na": "不计",
    "answered": "已答",
    "open": "未答",
    "unscored": "不计分",
}


def differences(figures: Figures, result: Score, audit: Audit) -> list[str]:
    """Where a workbook and the engine do not agree to the last digit shown."""
    grades = {one.id: one.title.in_("zh") for one in audit.checklist.grades}
    wanted = {
        "total": (figures.total, _number(result.total)),
        "before": (figures.before, _number(result.before_critical)),
        "grade": (figures.grade, grades.get(result.grade or "", "")),
        "verdict": (figures.verdict, {None: "", True: "达标", False: "不达标"}[result.passed]),
    }
    found = [f"{name}: {ours!r} ≠ {engine!r}" for name, (ours, engine) in wanted.items() if ours != engine]
    for one in result.sections:
        earned, possible, figure = figures.sections[one.path]
        near = abs(earned - float(one.earned)) < 1e-9 and abs(possible - float(one.possible)) < 1e-9
        if not near or figure != _number(one.figure):
            found.append(f"{one.path}: {figures.sections[one.path]} ≠ {one}")
    for item in result.items:
        if item.path not in figures.items:
            continue
        status, earned = figures.items[item.path]
        same = earned is None if item.earned is None else earned is not None and abs(earned - float(item.earned)) < 1e-9
        if status != STATUS[item.status] or not same:
            found.append(f"{item.path}: {status} {earned} ≠ {item}")
    return found + figures.errors


def _number(figure: Any) -> float | None:
    return None if figure is None else float(figure)


def formulas_with_values(data: bytes) -> dict[tuple[str, str], Any]:
    """(sheet, cell) → cached value, of every formula."""
    texts, values = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
    return {
        (sheet.title, cell.coordinate): values[sheet.title][cell.coordinate].value
        for sheet in texts.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
