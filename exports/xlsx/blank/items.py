"""The Items sheet of a workbook to fill in: what is asked, how to judge, and a cell for everything that is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import IntEnum

from auditor.checklist.model import Item
from auditor.checklist.parts import Text
from auditor.sheet_marks import HEADING, MARKED_ROW, mark
from auditor.words import tr
from exports.unscored import is_scored
from exports.xlsx import styles
from exports.xlsx.formula import letters
from exports.xlsx.items_sheet import SUM, answer_format, figures
from exports.xlsx.layout import FIRST_ROW, FaultColumn, Place
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.page import Page
from exports.xlsx.rules import add_rule, conditional_formats, validations


class Said(IntEnum):
    """What the reason is made of besides its words; behind the columns that count."""

    TIME = 45
    PLACE = 46
    POST = 47


WIDTHS = (9.5, 26, 36, 8, 10.5, 8, 30, 15, 16, 12, 9, 22)
MARKS: Mapping[int, str] = {
    I.NUMBER: "number",
    I.REASON: "reason",
    I.FIGURES: "photos",
    I.ANSWER: "answer",
    I.NA: "na",
    I.NOTE: "note",
    I.PATH: "path",
    Said.TIME: "time",
    Said.PLACE: "place",
    Said.POST: "post",
}
SMALL = replace(styles.INPUT, size=9, number="@")


def marked(page: Page, table: str, marks: Mapping[int, str]) -> None:
    """The hidden row by which columns are known again."""
    for column, name in marks.items():
        page.write(MARKED_ROW, column, mark(table, name), styles.HELPER)
    page.sheet.row_dimensions[MARKED_ROW].hidden = True
    path = next(column for column, name in marks.items() if name == "path")
    page.write(FIRST_ROW - 1, path, HEADING, styles.HELPER_HEADER)


def write_items(page: Page) -> None:
    page.widths((*WIDTHS, 8))
    _columns(page)
    page.titled(page.made.titles["items"], I.NOTE)
    _header(page)
    marked(page, "items", MARKS)
    layout = page.made.work.layout
    for path, place in layout.places.items():
        _band(page, place, layout.band_rows[path])
        _fields(page, place)
    items = {item.id: item for item in page.made.work.checklist.items()}
    for path, row in layout.told_rows.items():
        _told(page, items[path.rpartition("/")[2]], row)
    for path in layout.items:
        _item(page, path)
    validations(page)
    _times(page)
    if page.made.compiled.formulas:
        conditional_formats(page)
    page.printed(I.NOTE, layout.last_item_row)
    page.sheet.print_area = f"A1:{letters(Said.POST)}{layout.last_item_row}"
    page.sheet.freeze_panes = f"C{FIRST_ROW}"
    page.sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{letters(Said.POST)}{layout.last_item_row}"


def _columns(page: Page) -> None:
    """Columns of what leads to the points are hidden; where nothing is counted, those of points too."""
    dimensions = page.sheet.column_dimensions
    for column in range(I.NOTE + 1, Said.TIME):
        dimensions[letters(column)].width = 8
        dimensions[letters(column)].hidden = True
    for column, width in ((Said.TIME, 10), (Said.PLACE, 15), (Said.POST, 15)):
        dimensions[letters(column)].width = width
    counted = bool(page.made.compiled.formulas)
    for column in (I.FULL, I.DEDUCTED, I.EARNED):
        dimensions[letters(column)].hidden = not (counted and is_scored(page.made.work.checklist))
    dimensions[letters(I.STATUS)].hidden = not counted


def _header(page: Page) -> None:
    words = ["report.col.seq", "report.col.item", "sheets.standard", "common.full_points", "common.deduction"]
    words += ["common.score", "common.reason", "sheets.photos", "report.answer", "xlsx.col_na"]
    words += ["report.col.status", "report.note_label"]
    page.headed([page.say(word) for word in words])
    for column in Said:
        about = page.say(f"sheets.reason_{column.name.lower()}")
        page.write(FIRST_ROW - 1, column, about, styles.HEADER)
    if page.made.compiled.formulas:
        for helper in list(I)[I.PATH - 1 :]:
            page.write(FIRST_ROW - 1, helper, page.say(f"xlsx.helper_{helper.name.lower()}"), styles.HELPER_HEADER)


def _band(page: Page, place: Place, row: int) -> None:
    made = page.made
    title = made.names.section(place.path).replace("\n", " ")
    page.write(row, I.NUMBER, made.names.number(place.path), replace(styles.BAND, wrap=False))
    for column in (*range(I.NAME, I.NOTE + 1), *Said):
        page.write(row, column, "", styles.BAND)
    intro = made.speech.text(place.section.intro) if not place.is_instance else ""
    page.write(row, I.NAME, "　" * place.depth + title, replace(styles.BAND, wrap=bool(intro)))
    page.write(row, I.STANDARD, intro, replace(styles.BAND, bold=False, colour=styles.QUIET, size=9))
    if made.compiled.formulas:
        for column, of in ((I.FULL, S.POSSIBLE), (I.DEDUCTED, S.DEDUCTED), (I.EARNED, S.EARNED)):
            page.points_to(row, column, made.work.layout.section(place.path, of), SUM)
    page.sheet.row_dimensions[row].height = max(20, page.sheet.row_dimensions[row].height or 0)


def _fields(page: Page, place: Place) -> None:
    """What tells one instance from another: window, staff number, time."""
    repeat = place.section.repeat if place.is_instance else None
    for field in repeat.header if repeat else ():
        path = f"{place.path}/{field.id}"
        row = page.made.work.layout.field_rows[path]
        for column in range(I.NUMBER, I.NOTE + 1):
            page.write(row, column, "", styles.BODY)
        page.write(row, I.NAME, "　" + page.made.speech.text(field.text).replace("\n", " "), styles.QUIET_TEXT)
        page.write(row, I.ANSWER, "", replace(styles.INPUT, across="center", number="@"))
        page.write(row, I.PATH, path, styles.HELPER)
        page.sheet.row_dimensions[row].height = max(22, page.sheet.row_dimensions[row].height or 0)


def _told(page: Page, item: Item, row: int) -> None:
    """What is to be known and not answered."""
    words = page.made.speech.text(item.text)
    standard = page.made.speech.text(item.standard)
    page.wide(row, I.NUMBER, I.NOTE, "\n".join(filter(None, (words, standard))), styles.QUIET_TEXT)


def _item(page: Page, path: str) -> None:
    made, layout = page.made, page.made.work.layout
    item, _ = layout.items[path]
    row = layout.item_rows[path]
    page.write(row, I.NUMBER, made.names.number(path), styles.NUMBER)
    page.write(row, I.NAME, _name(page, path, item), styles.BODY)
    page.write(row, I.STANDARD, _judged(page, item), replace(styles.BODY, size=9))
    figures(page, path, item)
    asked = not item.computed
    for column in (I.REASON, I.FIGURES, I.NOTE, *Said):
        page.write(row, column, "", SMALL if asked else styles.BODY)
    free = asked and item.kind not in ("multi", "photo")
    look = replace(styles.INPUT if free else styles.BODY, across="center", number=answer_format(page, path, item))
    page.live(layout.item(path, I.ANSWER), look)
    codes = made.work.item_plan(path).na_codes
    page.live(layout.item(path, I.NA), replace(styles.INPUT if codes else styles.BODY, across="center", size=9))
    page.live(layout.item(path, I.STATUS), replace(styles.CENTRE, size=9))
    page.write(row, I.PATH, path, styles.HELPER)
    if made.compiled.formulas:
        for column in list(I)[I.PATH - 1 :]:
            page.live(layout.item(path, column), styles.HELPER)
    page.sheet.row_dimensions[row].height = max(24, page.sheet.row_dimensions[row].height or 0)


def _name(page: Page, path: str, item: Item) -> str:
    """The item's words, what kind of points it gives, and where its answer goes if not beside it."""
    marks = []
    if item.role != "normal" and page.made.compiled.formulas:
        marks.append(page.say(f"report.role.{item.role}"))
    if item.show_if:
        marks.append(page.say("layouts.form.when"))
    elif not item.required:
        marks.append(page.say("layouts.form.optional"))
    if item.kind == "multi":
        first = page.made.work.layout.fault_rows[path, item.options[0].id]
        marks.append(page.say("sheets.tick_there", sheet=page.made.titles["faults"], row=first))
    if item.kind == "photo":
        marks.append(page.say("sheets.name_photos"))
    words = page.made.names.item(path)
    return words + (page.brief("common.brackets", text=" · ".join(marks)) if marks else "")


def _judged(page: Page, item: Item) -> str:
    """The standard, how to judge, the rule it comes from."""
    speech = page.made.speech

    def named(name: str, text: Text | None) -> str:
        return speech.say(lambda: tr(f"layouts.form.{name}", words=str(text)), "\n") if text else ""

    scale = ""
    if item.kind == "rating" and item.labels:
        steps = zip(range(item.low, item.high + 1), item.labels, strict=False)
        scale = page.brief("xlsx.comma").join(f"{n} {speech.text(one)}".replace("\n", " ") for n, one in steps)
    clause = page.brief("report.basis", clause=item.clause.ref) if item.clause else ""
    return "\n".join(filter(None, (speech.text(item.standard), named("guidance", item.guidance), scale, clause)))


def _times(page: Page) -> None:
    """Times of reasons are clock times."""
    rows = page.made.work.layout.item_rows.values()
    cells = [f"{letters(Said.TIME)}{row}" for row in rows]
    if cells:
        add_rule(page, ("textLength", "between", "4", "600", "time"), cells)


FAULT_MARKS: Mapping[int, str] = {FaultColumn.NUMBER: "number", FaultColumn.PATH: "path", FaultColumn.CHOSEN: "chosen"}
