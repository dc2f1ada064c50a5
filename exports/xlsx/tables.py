"""The other tables: sections with the steps to the total, faults, losses, actions, changes, lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from exports.xlsx import styles
from exports.xlsx.formula import letters
from exports.xlsx.layout import FIRST_ROW, FaultColumn, ItemColumn
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.page import HEADER_ROW, Page, rows_of
from exports.xlsx.rules import tick_validation
from exports.xlsx.styles import Look
from exports.xlsx.total import VALUE, Step, step

POINTS = replace(styles.FIGURE, number="0.00")
ROWS_OF_A_PAGE = 24
LOST = replace(styles.FIGURE, bold=True, colour=styles.LOST)


def write_sections(page: Page) -> None:
    """One row per section, the checklist last, below it how the total comes about."""
    made, layout = page.made, page.made.work.layout
    page.widths((10, 32, 9, 11, 11, 10, 12, 12, 12, 16, 11, 10, 2))
    for column in range(S.PATH, max(S) + 1):
        page.sheet.column_dimensions[letters(column)].width = 9
        page.sheet.column_dimensions[letters(column)].hidden = True
    page.titled(made.titles["sections"], S.CAN)
    words = ["report.col.seq", "report.col.section", "report.col.weight", "xlsx.col_possible", "common.deduction"]
    words += ["common.score", "report.col.figure", "common.grade", "xlsx.col_verdict", "report.col.status"]
    page.headed([page.say(word) for word in [*words, "xlsx.col_answered", "xlsx.col_applicable"]])
    for column in list(S)[S.PATH - 2 :]:
        page.write(HEADER_ROW, column, page.say(f"xlsx.helper_{column.name.lower()}"), styles.HELPER_HEADER)
    for path, place in layout.places.items():
        title = "　" * place.depth + made.names.section(path).replace("\n", " ")
        strong = place.depth == 0
        _section(page, path, made.names.number(path), title, layout.section_rows[path], strong)
    _section(page, "", "", page.say("common.total"), layout.total_row, True)
    last = _steps(page)
    page.printed(S.CAN, last, repeated=layout.total_row > ROWS_OF_A_PAGE)


def _section(page: Page, path: str, number: str, title: str, row: int, strong: bool) -> None:
    at = page.made.work.layout.section
    figure = replace(styles.FIGURE, number=styles.places(page.made.report.decimals), bold=strong)
    word, points = replace(styles.CENTRE, bold=strong), replace(POINTS, bold=strong)
    if not path:
        figure, word, points = (replace(one, fill=styles.BAND.fill, bold=True) for one in (figure, word, points))
    page.write(row, S.NUMBER, number, word)
    page.write(row, S.TITLE, title, replace(word, across="left"))
    page.live(at(path, S.WEIGHT), replace(points, number="General"))
    for column in (S.POSSIBLE, S.DEDUCTED, S.EARNED):
        page.live(at(path, column), points)
    page.live(at(path, S.FIGURE), figure)
    for column in (S.GRADE, S.VERDICT, S.STATUS):
        page.live(at(path, column), word)
    for column in (S.DONE, S.CAN):
        page.live(at(path, column), replace(figure, number="0"))
    page.write(row, S.PATH, path, styles.HELPER)
    for column in list(S)[S.PATH - 1 :]:
        page.live(at(path, column), styles.HELPER)


_MARKED = (Step.BEFORE, Step.TOTAL, Step.VERDICT, Step.DIFFERENCE)


def _steps(page: Page) -> int:
    """From the sections to the total, one step a row, with what the program counted and the difference."""
    work, report = page.made.work, page.made.report
    first = work.layout.total_row + Step.RATIO
    page.wide(first - 1, 1, VALUE, page.say("xlsx.steps"), styles.HEADING)
    decimals = styles.places(report.decimals)
    formats = dict.fromkeys((Step.RATIO, Step.BEFORE, Step.TOTAL, Step.ENGINE, Step.DIFFERENCE), decimals)
    formats |= dict.fromkeys((Step.BASE, Step.BONUS, Step.AFTER), "0.00##")
    for which in Step:
        row, strong = work.layout.total_row + which, which in _MARKED
        label = replace(styles.LABEL, bold=strong)
        page.wide(row, 1, VALUE - 1, page.say(f"xlsx.step_{which.name.lower()}"), label)
        across = "center" if which in (Step.GRADE, Step.VERDICT) else "right"
        page.live(
            step(work, which), replace(styles.FIGURE, bold=strong, across=across, number=formats.get(which, "General"))
        )
    row = work.layout.total_row + max(Step)
    page.wide(row, VALUE + 1, S.CAN, page.say("xlsx.check_note"), replace(styles.QUIET_PLAIN, wrap=True))
    page.keep(first - 1, row)
    return row


def write_faults(page: Page) -> None:
    """Several faults may be ticked here; the Items sheet tells which."""
    made, layout = page.made, page.made.work.layout
    page.widths((8, 30, 50, 10, 10, 2))
    for column in range(FaultColumn.PATH, max(FaultColumn) + 1):
        page.sheet.column_dimensions[letters(column)].hidden = True
    page.sheet.column_dimensions[letters(FaultColumn.DEDUCTION)].hidden = not made.report.scored
    page.titled(made.titles["faults"], FaultColumn.CHOSEN)
    words = ["report.col.seq", "report.col.item", "xlsx.col_fault", "common.deduction", "xlsx.col_chosen"]
    page.headed([page.say(word) for word in words])
    for (path, option), row in layout.fault_rows.items():
        free = path not in made.work.withheld
        page.write(row, FaultColumn.NUMBER, made.names.number(path), styles.NUMBER)
        page.write(row, FaultColumn.NAME, made.names.item(path), styles.BODY)
        page.live(layout.fault(path, option, FaultColumn.FAULT), styles.BODY)
        page.live(layout.fault(path, option, FaultColumn.DEDUCTION), replace(styles.FIGURE, number="General"))
        chosen = replace(styles.INPUT if free else styles.BODY, across="center")
        page.live(layout.fault(path, option, FaultColumn.CHOSEN), chosen)
        page.write(row, FaultColumn.PATH, f"{path}:{option}", styles.HELPER)
        for column in (FaultColumn.FORCE, FaultColumn.TAKEN):
            page.live(layout.fault(path, option, column), styles.HELPER)
    tick_validation(page)
    page.printed(FaultColumn.CHOSEN, FIRST_ROW + len(layout.fault_rows) - 1)


Row = Sequence[tuple[Any, Look]]


def _listed(page: Page, name: str, words: Sequence[str], rows: Sequence[Row], none: str) -> tuple[list[int], int]:
    """A table of values; without rows, one sentence. Gives the first sheet row of each row, and the last of all."""
    page.headed(words)
    at, starts = HEADER_ROW, []
    for row in rows:
        starts.append(at + 1)
        for part in rows_of([value for value, _ in row]):
            at += 1
            for column, (value, (_, look)) in enumerate(zip(part, row, strict=True), 1):
                page.write(at, column, value, look)
    if not rows:
        at += 1
        page.wide(at, 1, len(words), none, replace(styles.CENTRE, colour=styles.QUIET))
    else:
        page.table(name, HEADER_ROW, at, len(words))
    return starts, at


def write_losses(page: Page) -> None:
    """What was lost, heaviest first; the figures follow the Items sheet."""
    report, layout = page.made.report, page.made.work.layout
    page.widths((6, 9, 16, 26, 20, 8, 36, 18, 28, 10))
    page.titled(page.made.titles["losses"], 10)
    words = ["seq", "number", "section", "item"]
    header = [page.say(f"report.col.{word}") for word in words]
    header[1] = page.say("xlsx.col_number")
    header += [page.say(word) for word in ("report.answer", "common.deduction", "common.reason", "report.col.clause")]
    header += [page.say("report.col.required"), page.say("xlsx.col_figures")]
    small = replace(styles.BODY, size=9)
    rows = []
    for one in report.losses:
        effects = "\n".join(filter(None, (one.answer, *one.effects)))
        figures = _figures(page, one.figures)
        texts = (one.section_title.replace("\n", " "), one.name, effects, one.deducted, one.reason, one.clause)
        look = replace(small, colour=styles.FAILED, bold=True) if one.effects else small
        looks = (small, styles.BODY, look, LOST, small, small)
        head = ((one.seq, styles.CENTRE), (one.number, styles.NUMBER))
        tail = ((one.action, small), (figures, replace(styles.CENTRE, size=9)))
        rows.append((*head, *zip(texts, looks, strict=True), *tail))
    starts, last = _listed(page, "Losses", header, rows, page.say("report.no_losses"))
    for one, at in zip(report.losses, starts, strict=True):
        page.points_to(at, 6, layout.item(one.path, ItemColumn.DEDUCTED), LOST)
    page.printed(10, last)


def _figures(page: Page, numbers: Sequence[int]) -> str:
    return page.brief("xlsx.comma").join(page.say("report.figure", n=n) for n in numbers)


def write_actions(page: Page) -> None:
    """The corrective table of the conventions; what is not known yet is left to be written in."""
    report = page.made.report
    page.widths((6, 32, 16, 28, 28, 11, 12, 14, 13, 10, 12))
    page.titled(page.made.titles["actions"], 11)
    names = (
        "seq",
        "problem",
        "clause",
        "required",
        "measure",
        "owner",
        "due",
        "done",
        "photos",
        "checked_by",
        "closed",
    )
    small, day = replace(styles.BODY, size=9), replace(styles.INPUT, across="center", number="yyyy-mm-dd")
    free, short = replace(styles.INPUT, size=9), replace(styles.INPUT, across="center", size=9)
    rows = []
    for one in report.actions:
        photos = " / ".join(filter(None, (_figures(page, one.before), _figures(page, one.after))))
        rows.append(
            (
                (one.seq, styles.CENTRE),
                (one.problem, small),
                (one.clause, small),
                (one.required, small),
                (one.measure, free),
                (one.owner, short),
                (_day(one.due), day),
                (one.done, short),
                (photos, short),
                (one.checked_by, short),
                (_day(one.closed), day),
            )
        )
    none = page.say("report.no_actions") if page.made.report.copy != "public" else page.say("report.not_in_copy")
    _, last = _listed(page, "Actions", [page.say(f"report.col.{name}") for name in names], rows, none)
    page.printed(11, last)


def _day(text: str) -> date | str:
    """A date as a date, whatever else as the words it is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def write_changes(page: Page) -> None:
    page.widths((22, 20, 90))
    page.titled(page.made.titles["changes"], 3)
    rows = [
        ((one.when, styles.CENTRE), (one.who, styles.CENTRE), (one.what, styles.BODY))
        for one in page.made.report.history
    ]
    words = [page.say(f"report.col.{word}") for word in ("when", "who", "what")]
    _, last = _listed(page, "Changes", words, rows, page.say("report.none"))
    page.printed(3, last)


def write_lists(page: Page) -> None:
    """Hidden: what drop-downs offer and formulas look up."""
    page.widths((40, 24, 12))
    for column, word in enumerate(("words", "id", "figure"), 1):
        page.write(1, column, page.say(f"xlsx.list_{word}"), styles.HEADER)
    for row, entry in enumerate(page.made.work.lists.entries, 2):
        page.write(row, 1, entry.words, replace(styles.HELPER, number="@"))
        page.write(row, 2, entry.id, replace(styles.HELPER, number="@"))
        page.write(row, 3, None if entry.figure is None else float(entry.figure), styles.HELPER)
    page.sheet.sheet_state = "hidden"
