"""整改反馈表: the reply to a rectification notice as a workbook, one row per problem, written where the branch answers.

It is a branch copy (P7): beside what the notice prints it carries the paths of its rows and a token of the audit, so
that `auditor fill` reads it back into the findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from io import BytesIO
from typing import Any

from openpyxl import Workbook

from auditor.audit import Audit, Finding
from auditor.numbering import numbering
from auditor.scoring.tree import Score
from auditor.sheet_marks import HEADING, MARKED_ROW, token
from exports.blocks import ActionRow, Report
from exports.copies import view
from exports.speech import Speech
from exports.wording import Names
from exports.xlsx import styles
from exports.xlsx.blank.items import marked
from exports.xlsx.blank.workbook import identify
from exports.xlsx.cached import core_properties, filled
from exports.xlsx.compilation import Compilation
from exports.xlsx.compiled import Compiled
from exports.xlsx.formula import letters
from exports.xlsx.layout import lay_out
from exports.xlsx.lists import make_lists
from exports.xlsx.page import Page
from exports.xlsx.prepared import Prepared
from exports.xlsx.rules import add_rule
from exports.xlsx.styles import NORMAL, Look, Paint


class Reply(IntEnum):
    """Columns: what the notice says, what the branch writes, what whoever checks it writes."""

    SEQ = 1
    PROBLEM = 2
    CLAUSE = 3
    REQUIRED = 4
    MEASURE = 5
    OWNER = 6
    DUE = 7
    DONE_ON = 8
    REMARK = 9
    PHOTOS_AFTER = 10
    CHECKED_BY = 11
    CLEARED_ON = 12
    PATH = 14


WIDTHS = (6, 32, 14, 26, 28, 11, 12.5, 12.5, 20, 18, 11, 12.5, 2)
LAST = Reply.CLEARED_ON
FACTS = ("branch", "parent", "kind", "visited", "checklist")
_SIGNED = ("layouts.reply.filled_by", "report.sign.branch_head", "layouts.reply.checked")
_DAYS = (Reply.DUE, Reply.DONE_ON, Reply.CLEARED_ON)
_WRITTEN: Mapping[int, str] = {one: one.name.lower() for one in Reply if Reply.REQUIRED < one <= LAST}
MARKS: Mapping[int, str] = {Reply.SEQ: "number", Reply.PATH: "path", **_WRITTEN}


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the notice, with what is known of its correction."""

    action: ActionRow
    finding: Finding


def as_reply(report: Report, audit: Audit, score: Score) -> bytes:
    """The bytes of the workbook for a report laid out as a rectification notice."""
    speech = Speech(report.lang)
    seen = view(audit, score, report.copy, speech, report.precision)
    layout = lay_out(seen.audit, {})
    work = Compilation(audit, seen.audit.checklist, layout, make_lists(seen.audit, speech), speech)
    names = Names(seen.audit.checklist, numbering(audit.checklist), speech)
    titles = {"reply": speech.tr("layouts.reply")[:31]}
    made = Prepared(report, Compiled(work, {}, {}), {}, {}, {}, titles, speech, names, seen.audit)
    book: Any = Workbook()
    book.remove(book.worksheets[0])
    book._named_styles["Normal"].font = NORMAL
    page = Page("reply", book.create_sheet(titles["reply"]), made, Paint(report.letterhead.colours))
    _write(page, [_Row(one, seen.audit.findings.get(one.path, Finding())) for one in report.actions])
    page.protected()
    page.sheet.protection.sort = True
    numbers = [("number", one.path, str(one.seq)) for one in report.actions]
    identify(book, "reply", {"audit": token(audit.id)}, numbers)
    out = BytesIO()
    book.save(out)
    return filled(out.getvalue(), {}, core_properties(report))


def _write(page: Page, rows: list[_Row]) -> None:
    page.widths(WIDTHS)
    page.sheet.column_dimensions[letters(Reply.PATH)].hidden = True
    report = page.made.report
    page.titled(page.say("layouts.reply"), LAST)
    row = _facts(page, 5)
    head = row + 2
    page.wide(row + 1, 1, Reply.REQUIRED, page.say("sheets.reply_notice"), _group(False))
    page.wide(row + 1, Reply.MEASURE, Reply.PHOTOS_AFTER, page.say("sheets.reply_branch"), _group(True))
    page.wide(row + 1, Reply.CHECKED_BY, LAST, page.say("sheets.reply_checked"), _group(True))
    names = ("seq", "problem", "clause", "required", "measure", "owner", "due", "done_on", "remark", "photos_after")
    words = [page.say(_WORDS.get(name, f"report.col.{name}")) for name in (*names, "checked_by", "closed")]
    page.headed(words, head)
    marked(page, "reply", MARKS)
    for at, one in enumerate(rows, head + 1):
        _row(page, at, one)
    last = head + len(rows)
    _days(page, head + 1, last)
    last = _foot(page, last + 1)
    for at in (*range(MARKED_ROW + 1, head + 1), *range(head + len(rows) + 1, last + 1)):
        page.write(at, Reply.PATH, HEADING, styles.HELPER_HEADER)
    page.printed(LAST, last, header=False)
    page.sheet.print_title_rows = f"{head}:{head}"
    page.sheet.freeze_panes = f"C{head + 1}"
    page.sheet.sheet_properties.tabColor = report.letterhead.colour or styles.BRAND


_WORDS = {"done_on": "sheets.done_on", "remark": "sheets.remark", "photos_after": "sheets.photos_after"}


def _group(free: bool) -> Look:
    return replace(styles.CENTRE, bold=True, size=9, fill=styles.INPUT_GROUND if free else styles.WELL)


def _facts(page: Page, row: int) -> int:
    """Whose reply, to what: two facts a row; then how to fill it in."""
    known = {one.key: one for one in page.made.report.facts}
    facts = [known[key] for key in FACTS if key in known]
    for n, fact in enumerate(facts):
        at, first, last = row + n // 2, 1 if n % 2 == 0 else 6, 5 if n % 2 == 0 else LAST
        words = f"{fact.label}{page.brief('common.colon')}{fact.value}".replace("\n", " ")
        page.wide(at, first, last, words, styles.BODY)
    row += (len(facts) + 1) // 2
    page.wide(row, 1, LAST, page.say("sheets.reply_how"), styles.QUIET_TEXT)
    return row


def _row(page: Page, at: int, one: _Row) -> None:
    action, finding = one.action, one.finding
    small, free = replace(styles.BODY, size=9), replace(styles.INPUT, size=9, number="@")
    short, day = replace(free, across="center"), replace(free, across="center", number="yyyy-mm-dd")
    page.write(at, Reply.SEQ, action.seq, styles.CENTRE)
    page.write(at, Reply.PROBLEM, action.problem, small)
    page.write(at, Reply.CLAUSE, action.clause, small)
    page.write(at, Reply.REQUIRED, action.required, small)
    page.write(at, Reply.MEASURE, finding.measure, free)
    page.write(at, Reply.OWNER, finding.owner, short)
    page.write(at, Reply.REMARK, finding.remark, free)
    page.write(at, Reply.PHOTOS_AFTER, "", free)
    page.write(at, Reply.CHECKED_BY, finding.checked_by, short)
    for column, text in zip(_DAYS, (finding.due, finding.done_on, finding.cleared_on), strict=True):
        page.write(at, column, _day(text), day)
    page.write(at, Reply.PATH, action.path, styles.HELPER)
    page.sheet.row_dimensions[at].height = max(44, page.sheet.row_dimensions[at].height or 0)
    page.keep(at, at)


def _day(text: str) -> date | str:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _days(page: Page, first: int, last: int) -> None:
    cells = [f"{letters(column)}{row}" for column in _DAYS for row in range(first, last + 1)]
    if cells:
        add_rule(page, ("date", "greaterThan", "1", "", "date"), cells)


def _foot(page: Page, row: int) -> int:
    """Who filled it in, who answers for it, who checked it."""
    page.sheet.row_dimensions[row].height = 12
    plain = Look(frame=False, wrap=False, down="bottom")
    for n, key in enumerate(_SIGNED):
        column = (1, 5, 10)[n]
        page.write(row + 1, column, page.say(key), replace(plain, bold=True))
        page.write(row + 2, column, page.say("report.signed_on"), plain)
    for at in (row + 1, row + 2):
        page.sheet.row_dimensions[at].height = 28
    page.keep(row - 1, row + 2)  # never alone on a page
    return row + 2
