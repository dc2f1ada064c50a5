"""The Summary sheet: head table, result and what decided it, sections with their chart, appraisal, signatures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from openpyxl.chart.bar_chart import BarChart
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout as Spot
from openpyxl.chart.layout import ManualLayout
from openpyxl.chart.reference import Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.text import Font as DrawingFont

from exports.xlsx import styles
from exports.xlsx.formula import Literal, Node, choose, eq
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.logo import put_logo
from exports.xlsx.page import Page
from exports.xlsx.signatures import Photos, write_signatures
from exports.xlsx.styles import Look
from exports.xlsx.total import Step, step

LAST = 10
"""Columns A to J."""
WIDTHS = (14, 15, 10, 9, 9, 16, 10, 10, 9, 10)
LOSSES = 8
"""Losses named on the summary; all of them stand on their own sheet."""
_WORD = replace(styles.HEADER, colour=styles.QUIET, fill=styles.WELL, bold=False, size=9)
_BIG = Look(size=16, bold=True, across="center", colour=styles.BRAND, wrap=False)


def write_summary(page: Page, photos: Photos) -> None:
    """The whole sheet; `photos` gives the signatures as they were drawn."""
    page.widths(WIDTHS)
    page.titled(page.made.report.title, LAST)
    put_logo(page, LAST)
    row = _facts(page, 4)
    if not page.made.report.scored:
        _unscored(page, row, photos)
        return
    row = _result(page, row + 1)
    row = _paragraphs(page, row + 1, "report.chapter.appraisal", page.made.report.summary)
    row = _sections(page, row + 1)
    row = _journey(page, row)
    row = _paragraphs(page, row + 1, "report.chapter.highlights", page.made.report.highlights, mark="✓ ")
    row = _losses(page, row + 1)
    after = row + 1
    row = write_signatures(page, _rest(page, after) + 1, photos)
    page.keep(after, row)
    page.printed(LAST, row, header=False, upright=True)


def _unscored(page: Page, row: int, photos: Photos) -> None:
    """Without points: what the sheet is, what it computes, the annexes; no score, no losses, no required actions."""
    report = page.made.report
    row = _paragraphs(page, row + 1, "report.chapter.unscored.appraisal", (*report.summary, *report.highlights))
    row = _heading(page, row + 1, page.say("report.chapter.unscored.sums"))
    for one in report.sums:
        page.wide(row, 1, 7, one.label.replace("\n", " "), styles.BODY)
        page.wide(row, 8, LAST, one.value, replace(styles.FIGURE, bold=True, size=13, colour=styles.BRAND))
        row += 1
    if not report.sums:
        page.wide(row, 1, LAST, page.say("report.no_sums"), styles.PLAIN)
        row += 1
    row = _journey(page, row)
    after = row + 1
    row = write_signatures(page, _annex(page, after) + 1, photos)
    page.keep(after, row)
    page.printed(LAST, row, header=False, upright=True)


def _heading(page: Page, row: int, words: str) -> int:
    page.wide(row, 1, LAST, words, styles.HEADING)
    page.sheet.row_dimensions[row].height = 24
    page.keep(row, row + 1)
    return row + 1


def _facts(page: Page, row: int) -> int:
    """The head table, two facts a row."""
    facts = page.made.report.facts
    for n, fact in enumerate(facts):
        at, left = row + n // 2, n % 2 == 0
        first = 1 if left else 6
        page.write(at, first, fact.label.replace("\n", " "), styles.LABEL)
        page.wide(at, first + 1, 5 if left else LAST, fact.value, styles.BODY)
        page.fit(at, fact.label, page.width(first, first))
    if len(facts) % 2:
        at = row + len(facts) // 2
        page.write(at, 6, "", styles.LABEL)
        page.wide(at, 7, LAST, "", styles.BODY)
    return row + (len(facts) + 1) // 2


def _result(page: Page, row: int) -> int:
    """The figures that matter, live; below them what decided."""
    made, work, report = page.made, page.made.work, page.made.report
    row = _heading(page, row, page.say("xlsx.result"))
    total = "common.so_far" if report.result.so_far else "common.score"
    number = styles.places(report.decimals)
    scale = styles.places(0) if report.result.scale == int(report.result.scale) else "General"
    cells: list[tuple[str, Node, Look]] = [
        ("xlsx.scale", Literal(report.result.scale), replace(_BIG, number=scale, colour=styles.INK)),
        ("xlsx.before", step(work, Step.BEFORE), replace(_BIG, number=number, colour=styles.INK)),
        (total, step(work, Step.TOTAL), replace(_BIG, number=number, size=20)),
        ("common.grade", step(work, Step.GRADE), _BIG),
        ("xlsx.col_verdict", step(work, Step.VERDICT), _BIG),
    ]
    none = page.say("common.no_score")
    values = made.compiled.values
    for n, (word, node, look) in enumerate(cells):
        first, last = 2 * n + 1, 2 * n + 2
        page.wide(row, first, last, page.say(word), _WORD)
        page.wide(row + 1, first, last, "", look)
        if isinstance(node, Literal):
            page.write(row + 1, first, report.result.scale, look)
            continue
        value = values.get(node, "")  # type: ignore[call-overload]
        shown = choose(eq(node, ""), none, node)
        page.formula(row + 1, first, shown, none if value == "" else value, look)
    page.sheet.row_dimensions[row + 1].height = 34
    row = _decisions(page, row + 2)
    return _check(page, row)


def _decisions(page: Page, row: int) -> int:
    """Which answer fired a critical effect."""
    red = Look(colour=styles.FAILED, fill=styles.FAILED_GROUND, bold=True)
    for one in page.made.report.result.decisions:
        item = " ".join(filter(None, (one.number, one.item.replace("\n", " "))))
        words = page.say("xlsx.decided", item=item, answer=one.answer.replace("\n", " "), effect=one.words)
        page.wide(row, 1, LAST, words if item else one.words, red)
        row += 1
    return row


def _check(page: Page, row: int) -> int:
    """Answered so far, and the difference between the recalculated total and the program's."""
    work = page.made.work
    quiet = replace(styles.LABEL, size=9)
    figure = replace(styles.FIGURE, size=9, across="center")
    pairs = (
        ("xlsx.step_answered", Step.ANSWERED, "0"),
        ("xlsx.step_applicable", Step.APPLICABLE, "0"),
        ("xlsx.step_engine", Step.ENGINE, styles.places(page.made.report.decimals)),
        ("xlsx.step_difference", Step.DIFFERENCE, "0.00##"),
    )
    column = 1
    for word, which, number in pairs:
        span = 1 if which in (Step.ANSWERED, Step.APPLICABLE) else 2
        page.wide(row, column, column + span - 1, page.say(word), quiet)
        at = column + span
        page.points_to(row, at, step(work, which), replace(figure, number=number))
        column = at + 1
    return row + 1


def _paragraphs(page: Page, row: int, heading: str, texts: tuple[str, ...], mark: str = "") -> int:
    row = _heading(page, row, page.say(heading))
    for text in texts or (page.say("report.none"),):
        page.wide(row, 1, LAST, (mark if texts else "") + text, styles.PLAIN)
        row += 1
    return row


def _sections(page: Page, row: int) -> int:
    """The topmost sections: their figures, live, and a chart of them."""
    work = page.made.work
    row = _heading(page, row, page.say("report.chapter.scores"))
    header = ("report.col.section", "", "report.col.figure", "common.deduction", "report.col.weight")
    for column, word in enumerate(header, 1):
        page.write(row, column, page.say(word) if word else "", replace(styles.HEADER, size=9))
    page.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=2)
    page.fit(row, page.say("report.col.figure"), page.width(3, 3), 9)
    tops = [place for place in work.layout.children("") if place.path in page.made.sections]
    first = row + 1
    for place in tops:
        row += 1
        title = page.made.names.section(place.path).replace("\n", " ")
        named = f"{page.made.names.number(place.path)} {title}".strip()
        page.wide(row, 1, 2, named, replace(styles.BODY, size=9))
        decimals = styles.places(page.made.report.decimals)
        for column, of, number in ((3, S.FIGURE, decimals), (4, S.DEDUCTED, "0.00"), (5, S.WEIGHT, "General")):
            cell = work.layout.section(place.path, of)
            blank = of is S.WEIGHT and work.share(place.path) is None
            if blank:
                page.write(row, column, "", styles.FIGURE)
            else:
                page.points_to(row, column, cell, replace(styles.FIGURE, number=number))
        page.sheet.row_dimensions[row].height = max(19, page.sheet.row_dimensions[row].height or 0)
    if tops:
        _chart(page, first, row)
    page.keep(first - 2, max(row, first + 4))
    return max(row + 1, first + 5)


def _chart(page: Page, first: int, last: int) -> None:
    """Bars of the sections' figures beside the table, as high as its rows; one colour, with the figures on them."""
    chart: Any = BarChart()
    chart.type, chart.style, chart.gapWidth, chart.legend = "bar", 10, 55, None
    sheet = page.sheet
    chart.add_data(Reference(sheet, min_col=3, min_row=first, max_row=last), titles_from_data=False)
    chart.set_categories(Reference(sheet, min_col=1, min_row=first, max_row=last))
    series = chart.series[0]
    series.graphicalProperties = GraphicalProperties(solidFill=page.made.report.letterhead.colour or styles.BRAND)
    series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False, showLegendKey=False)
    chart.y_axis.scaling.min, chart.y_axis.scaling.max, chart.y_axis.majorUnit = 0, 100, 20
    chart.x_axis.scaling.orientation = "maxMin"
    chart.y_axis.delete, chart.x_axis.delete = True, False
    chart.y_axis.majorGridlines = None
    for axis in (chart.x_axis, series.dLbls):
        axis.txPr = _small_text()
    chart.layout = Spot(
        manualLayout=ManualLayout(layoutTarget="inner", x=0.36, y=0.03, w=0.52, h=0.94, xMode="edge", yMode="edge")
    )
    chart.width = 10.4
    heights = sum(sheet.row_dimensions[row].height or 15 for row in range(first - 1, max(last, first + 4) + 1))
    chart.height = max(3.6, heights * 0.0353)
    sheet.add_chart(chart, f"F{first - 1}")


def _small_text() -> RichText:
    """The workbook's own font for the words of the chart."""
    face = DrawingFont(typeface=styles.FONT)
    looks = CharacterProperties(sz=900, solidFill=styles.INK, latin=face, ea=face)
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=looks), endParaRPr=looks)])


def _journey(page: Page, row: int) -> int:
    """Times against their limits, by stage."""
    timed = [(stage, timing) for stage in page.made.report.journey for timing in stage.timings]
    if not timed:
        return row
    row = _heading(page, row + 1, page.say("report.journey"))
    for stage, timing in timed:
        late = replace(styles.CENTRE, colour=styles.LOST, bold=True) if timing.over else styles.CENTRE
        page.wide(row, 1, 2, stage.title.replace("\n", " "), styles.LABEL)
        page.wide(row, 3, 6, f"{timing.number} {timing.name}".strip(), styles.BODY)
        page.write(row, 7, timing.shown, late)
        page.wide(row, 8, 9, timing.limit, replace(styles.CENTRE, colour=styles.QUIET))
        page.write(row, 10, page.say("report.over") if timing.over else "", late)
        row += 1
    return row


def _losses(page: Page, row: int) -> int:
    report = page.made.report
    row = _heading(page, row, page.say("report.chapter.losses"))
    if not report.losses:
        page.wide(row, 1, LAST, page.say("report.no_losses"), styles.PLAIN)
        return row + 1
    for one in report.losses[:LOSSES]:
        page.write(row, 1, one.number, styles.CENTRE)
        page.wide(row, 2, 4, one.name, styles.BODY)
        page.wide(row, 5, 9, one.reason or one.answer, replace(styles.BODY, size=9))
        page.write(row, 10, one.deducted, replace(styles.FIGURE, bold=True, colour=styles.LOST, number='"−"General'))
        row += 1
    if len(report.losses) > LOSSES:
        page.wide(row, 1, LAST, page.say("xlsx.more_losses", n=len(report.losses) - LOSSES), styles.QUIET_PLAIN)
        row += 1
    return row


def _rest(page: Page, row: int) -> int:
    """Required actions and annexes stand on sheets of their own; the notes stand here."""
    made = page.made
    row = _heading(page, row, page.say("report.chapter.actions"))
    if made.report.copy == "public":
        words = page.say("report.not_in_copy")
    elif made.report.actions:
        words = page.say("xlsx.see_actions", n=len(made.report.actions), sheet=made.titles["actions"])
    else:
        words = page.say("report.no_actions")
    page.wide(row, 1, LAST, words, styles.PLAIN)
    return _annex(page, row + 2)


def _annex(page: Page, row: int) -> int:
    """What stands on sheets of its own, and the notes."""
    made = page.made
    key = "report.chapter.annex" if made.report.scored else "report.chapter.unscored.annex"
    row = _heading(page, row, page.say(key))
    sheets = page.brief("xlsx.comma").join(title for key, title in made.titles.items() if key in _annexes(page))
    for text in (page.say("xlsx.see_sheets", sheets=sheets), *made.report.notes):
        page.wide(row, 1, LAST, text, styles.PLAIN)
        row += 1
    return row


def _annexes(page: Page) -> tuple[str, ...]:
    book = page.sheet.parent
    titles = set(book.sheetnames) if book else set()
    wanted = ("sections", "items", "faults", "evidence", "changes", "codebook")[0 if page.made.report.scored else 1 :]
    return tuple(key for key in wanted if page.made.titles[key] in titles)
