"""The Items sheet: every item with its answer, what it earned and why, under the heading of its section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from openpyxl.worksheet.hyperlink import Hyperlink

from auditor.checklist.model import Item
from exports.blocks import ItemRow, Report
from exports.xlsx import styles
from exports.xlsx.formula import letters
from exports.xlsx.layout import FIRST_ROW, Place
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.lists import exact
from exports.xlsx.page import Page, rows_of
from exports.xlsx.rules import conditional_formats, validations

WIDTHS = (9.5, 22, 30, 7.5, 11, 7.5, 29, 9, 18, 10, 9, 18, 2)
SUM = replace(styles.BAND_FIGURE, number="0.00", across="center")
POINTS = replace(styles.FIGURE, across="center")
SHOWN = I.NOTE
"""The last column that is printed; those behind it lead from the answer to the points."""


def write_items(page: Page) -> None:
    page.widths(WIDTHS)
    for column in range(I.PATH, max(I) + 1):
        letter = letters(column)
        page.sheet.column_dimensions[letter].width = 8
        page.sheet.column_dimensions[letter].hidden = True
    page.titled(page.made.titles["items"], SHOWN)
    for column in _unused(page.made.report):
        page.sheet.column_dimensions[letters(column)].hidden = True
    _header(page)
    layout = page.made.work.layout
    for path, place in layout.places.items():
        _band(page, place, layout.band_rows[path])
    for path in layout.items:
        _item(page, path)
    validations(page)
    conditional_formats(page)
    page.printed(SHOWN, layout.last_item_row)
    page.sheet.freeze_panes = f"C{FIRST_ROW}"
    page.sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{letters(SHOWN)}{layout.last_item_row}"


def _unused(report: Report) -> Iterator[I]:
    """Columns that have nothing to say without points: nothing is earned, and nothing deducted needs a reason."""
    if not report.scored:
        yield from (I.FULL, I.DEDUCTED, I.EARNED)
        if not any(one.reason for one in report.items):
            yield I.REASON


def _header(page: Page) -> None:
    reason = "common.reason" if page.made.report.scored else "xlsx.col_explained"
    words = ["report.col.seq", "report.col.item", "report.col.standard", "common.full_points", "common.deduction"]
    words += ["common.score", reason, "report.col.figures", "report.answer", "xlsx.col_na"]
    words += ["report.col.status", "report.note_label"]
    page.headed([page.say(word) for word in words])
    for column in list(I)[I.PATH - 2 :]:
        page.write(FIRST_ROW - 1, column, page.say(f"xlsx.helper_{column.name.lower()}"), styles.HELPER_HEADER)


def _band(page: Page, place: Place, row: int) -> None:
    """The heading of a section: what it could earn, lost and earned, of an instance its header."""
    made = page.made
    known = made.sections.get(place.path)
    title = made.names.section(place.path).replace("\n", " ")
    header = "  ".join(f"{one.label} {one.value}".replace("\n", " ") for one in known.header) if known else ""
    page.write(row, I.NUMBER, made.names.number(place.path), replace(styles.BAND, wrap=False))
    page.write(row, I.NAME, "　" * place.depth + title, replace(styles.BAND, wrap=False))
    page.write(row, I.STANDARD, header, replace(styles.BAND, bold=False, colour=styles.QUIET))
    for column, of in ((I.FULL, S.POSSIBLE), (I.DEDUCTED, S.DEDUCTED), (I.EARNED, S.EARNED)):
        page.points_to(row, column, made.work.layout.section(place.path, of), SUM)
    page.sheet.row_dimensions[row].height = max(20, page.sheet.row_dimensions[row].height or 0)
    for blank in range(I.REASON, SHOWN + 1):
        page.write(row, blank, "", styles.BAND)


def _item(page: Page, path: str) -> None:
    made, layout = page.made, page.made.work.layout
    item, _ = layout.items[path]
    row, first = made.items.get(path), layout.item_rows[path]
    texts = rows_of([_name(page, path, item), _standard(page, item, row), *_said(page, path, row)])
    for more, (name, standard, reason, note, answer) in enumerate(texts):
        at = first + more
        page.write(at, I.NAME, name, styles.BODY)
        page.write(at, I.STANDARD, standard, replace(styles.BODY, size=9))
        page.write(at, I.REASON, reason, replace(styles.INPUT, size=9))
        page.write(at, I.NOTE, note, replace(styles.INPUT, size=9))
        if more:
            page.write(at, I.ANSWER, answer, styles.INPUT)
    page.write(first, I.NUMBER, made.names.number(path), styles.NUMBER)
    figures(page, path, item)
    _answer(page, path, item)
    _evidence(page, row, first)
    page.live(layout.item(path, I.STATUS), replace(styles.CENTRE, size=9))
    page.write(first, I.PATH, path, styles.HELPER)
    for column in list(I)[I.PATH - 1 :]:
        page.live(layout.item(path, column), styles.HELPER)


def _name(page: Page, path: str, item: Item) -> str:
    words = page.made.names.item(path)
    role = "" if item.role == "normal" else page.say("common.brackets", text=page.say(f"report.role.{item.role}"))
    return words + role


def _standard(page: Page, item: Item, row: ItemRow | None) -> str:
    standard = page.made.speech.text(item.standard)
    clause = page.brief("report.basis", clause=row.clause) if row and row.clause else ""
    return "\n".join(filter(None, (standard, clause)))


def _said(page: Page, path: str, row: ItemRow | None) -> tuple[str, str, str]:
    """Reason, note, and an answer in words."""
    typed = page.made.shown.answers.get(path)
    words = typed.value if row and typed and isinstance(typed.value, str) else ""
    return (row.reason, row.note, words) if row else ("", "", "")


def figures(page: Page, path: str, item: Item) -> None:
    """Full points, deducted, earned."""
    layout = page.made.work.layout
    number = styles.points(_ends(item))
    sign = {"bonus": '"+"General', "penalty": '"−"General'}.get(item.role, "General")
    page.live(layout.item(path, I.FULL), replace(POINTS, number=sign))
    page.live(layout.item(path, I.DEDUCTED), replace(POINTS, number=number))
    page.live(layout.item(path, I.EARNED), replace(POINTS, number=number))


def _ends(item: Item) -> bool:
    """Whether everything the item can earn is a number with an end."""
    if item.kind != "rating" or item.bands:
        return True
    return exact(Fraction(item.points or 0) / (item.high - item.low or 1)) is not None


def _answer(page: Page, path: str, item: Item) -> None:
    """The answer's cell and that of not applicable: free to change where a person answers."""
    work = page.made.work
    free = not (item.computed or item.kind in ("multi", "photo") or path in work.withheld)
    look = replace(styles.INPUT if free else styles.BODY, across="center", number=answer_format(page, path, item))
    page.live(work.layout.item(path, I.ANSWER), look)
    codes = work.item_plan(path).na_codes and path not in work.withheld
    page.live(work.layout.item(path, I.NA), replace(styles.INPUT if codes else styles.BODY, across="center", size=9))


def answer_format(page: Page, path: str, item: Item) -> str:
    if path in page.made.work.withheld:
        return "@"
    if item.kind == "number":
        unit = page.made.speech.text(item.measure).replace('"', "").replace("\n", " ")
        return styles.places(item.decimals) + (f'" {unit}"' if unit else "")
    if item.kind == "duration":
        return f'0.0" {page.brief("xlsx.unit_seconds")}"'
    if item.kind == "occurrences":
        return f'0" {page.brief("xlsx.unit_occurrences")}"'
    if item.kind == "date":
        return "yyyy-mm-dd"
    return "General" if item.kind in ("multi", "rating") else "@"


def _evidence(page: Page, row: ItemRow | None, at: int) -> None:
    """The numbers of its photos, linked to the Evidence sheet."""
    look = replace(styles.CENTRE, size=9, colour=styles.BRAND)
    numbers = row.figures if row else ()
    words = page.brief("xlsx.comma").join(page.say("report.figure", n=n) for n in numbers)
    cell: Any = page.write(at, I.FIGURES, words, look)
    if numbers:
        place = f"'{page.made.titles['evidence']}'!A{FIRST_ROW + numbers[0] - 1}"
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
        page.paint(cell, look)
