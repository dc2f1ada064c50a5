"""The first sheet of a workbook to fill in: about the visit, the result so far, and how to fill it in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from auditor.audit import Header
from auditor.sheet_marks import MARKED_ROW
from exports.moments import moment
from exports.unscored import is_anonymous, is_scored
from exports.xlsx import styles
from exports.xlsx.blank.items import marked
from exports.xlsx.page import Page
from exports.xlsx.rules import add_rule, listed
from exports.xlsx.styles import Look
from exports.xlsx.total import Step, step

LAST = 6
HIDDEN = 8
WIDTHS = (20, 18, 18, 18, 18, 18, 2, 12)
_BIG = Look(size=20, bold=True, across="center", colour=styles.BRAND, wrap=False)
_WORD = replace(styles.HEADER, colour=styles.QUIET, fill=styles.WELL, bold=False, size=9)
HOW = ("cells", "reasons", "na", "repeated", "photos", "back")


@dataclass(frozen=True, slots=True)
class _Field:
    """One thing said of the visit: its name in the header, what is known of it, its list, its rule and its height."""

    key: str
    value: Any = ""
    list: str = ""
    rule: tuple[str, ...] = ()
    number: str = "@"
    high: float = 24


_CLOCK = ("textLength", "between", "4", "8", "time")


def write_cover(page: Page) -> None:
    page.widths(WIDTHS)
    page.sheet.column_dimensions["H"].hidden = True
    page.titled(page.made.report.title, LAST)
    marked(page, "header", {2: "value", HIDDEN: "path"})
    row = _about(page, MARKED_ROW + 1)
    if page.made.compiled.formulas:
        row = _result(page, row + 1)
    row = _how(page, row + 1)
    page.printed(LAST, row, header=False, upright=True)


def _heading(page: Page, row: int, key: str) -> int:
    page.wide(row, 1, LAST, page.say(key), styles.HEADING)
    page.sheet.row_dimensions[row].height = 26
    return row + 1


def _about(page: Page, row: int) -> int:
    row = _heading(page, row, "sheets.visit")
    for field in _fields(page):
        page.write(row, 1, page.say(f"sheets.header.{field.key}"), styles.LABEL)
        look = replace(styles.INPUT, number=field.number, down="top" if field.high > 30 else "center")
        page.wide(row, 2, LAST, field.value, look)
        page.write(row, HIDDEN, f"header.{field.key}", styles.HELPER)
        known = page.sheet.row_dimensions[row].height or 0
        page.sheet.row_dimensions[row].height = max(field.high, known)
        rule = ("list", "", listed(page, field.list), "", "pick") if field.list else field.rule
        if rule:
            add_rule(page, rule, [f"B{row}"])
        row += 1
    return row


def _fields(page: Page) -> Iterator[_Field]:
    made = page.made
    started, header = bool(made.shown.id), made.shown.header
    anonymous = is_anonymous(made.work.checklist)
    when = moment(header.visited)
    yield _Field("branch", header.branch)
    yield _Field("branch_name", header.branch_name)
    yield _Field(
        "date", when.date() if when else None, rule=("date", "greaterThan", "1", "", "date"), number="yyyy-mm-dd"
    )
    if anonymous:
        return
    yield _Field("start", f"{when:%H:%M}" if when else "", rule=_CLOCK)
    left = moment(header.left)
    yield _Field("left", f"{left:%H:%M}" if left else "", rule=_CLOCK)
    yield _Field("kind", _words(page, "kinds", header.kind) if started else "", list="kinds")
    if "scenarios" in made.work.lists.starts:
        yield _Field("scenario", _words(page, "scenarios", header.scenario), list="scenarios")
    yield _Field("shopper", header.shopper)
    yield _Field("period", header.period)
    yield from _words_of(header, is_scored(made.work.checklist))


def _words_of(header: Header, scored: bool) -> Iterator[_Field]:
    if scored:
        yield _Field("highlights", "\n".join(header.highlights), high=60)
        yield _Field("summary", header.summary, high=60)
    yield _Field("narrative", header.narrative, high=60)


def _words(page: Page, key: str, id: str) -> str:
    return next((one.words for one in page.made.work.lists.of(key) if one.id == id), "")


def _result(page: Page, row: int) -> int:
    """The score as it stands while the workbook is filled in."""
    work, report = page.made.work, page.made.report
    scored = is_scored(work.checklist)
    row = _heading(page, row, "sheets.result" if scored else "sheets.progress")
    cells: list[tuple[str, Any, str]] = [
        ("xlsx.step_answered", step(work, Step.ANSWERED), "0"),
        ("xlsx.step_applicable", step(work, Step.APPLICABLE), "0"),
    ]
    if scored:
        cells.insert(0, ("common.so_far", step(work, Step.TOTAL), styles.places(report.decimals)))
    span = LAST // len(cells)
    for n, (word, at, number) in enumerate(cells):
        first = 1 + n * span
        page.wide(row, first, first + span - 1, page.say(word), _WORD)
        page.wide(row + 1, first, first + span - 1, "", _BIG)
        page.points_to(row + 1, first, at, replace(_BIG, number=number))
    page.sheet.row_dimensions[row + 1].height = 36
    if not scored:
        return row + 2
    scale = f"{report.result.scale:g}" if isinstance(report.result.scale, float) else str(report.result.scale)
    page.wide(row + 2, 1, LAST, page.say("sheets.so_far", scale=scale), replace(styles.QUIET_PLAIN, wrap=True))
    return row + 3


def _how(page: Page, row: int) -> int:
    row = _heading(page, row, "sheets.how")
    made = page.made
    repeated = any(one.combined for one in made.work.layout.places.values())
    for n, name in enumerate((one for one in HOW if one != "repeated" or repeated), 1):
        words = page.say(f"sheets.how_{name}", items=made.titles["items"])
        page.wide(row, 1, LAST, f"{n}. {words}", styles.PLAIN)
        row += 1
    return row
