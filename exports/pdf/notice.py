"""整改通知书: a letter to the branch, its problems with clause and required action; then the sheet to answer on."""

from __future__ import annotations

from datetime import date

from auditor.formats import long_date
from auditor.words import speaking, tr
from exports.blocks import ActionRow, Report
from exports.pdf.body import paragraphs
from exports.pdf.flow import Flow, Piece, kept_with
from exports.pdf.formal import PROSE, PROSE_BOLD, head_table, title
from exports.pdf.ink import Ink, Rule, Text
from exports.pdf.letterhead import bank_logo, red_head
from exports.pdf.lines import Typesetter
from exports.pdf.long_texts import short
from exports.pdf.look import INK, LANDSCAPE, PORTRAIT, SMALL, TINY, TINY_INK
from exports.pdf.signatures import to_sign
from exports.pdf.tables import LANDSCAPE_LINES, Cell, Column, Row, Table
from exports.pdf.words import figures
from exports.signed import Signature
from exports.speech import Speech

_INDENT = "\u3000\u3000"
_REPLY_FACTS = ("branch", "kind", "period", "visited")


def notice(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """The letter on upright pages, the reply sheet on pages that lie across."""
    own = report.letterhead
    flow.page(bare=bool(own.red_head or own.logo))
    flow.add(
        [
            *_head(report, setter),
            title(report.title, setter, PORTRAIT),
            _number(setter, speech),
            _addressee(report, setter, speech),
        ]
    )
    flow.add(paragraphs(_prose(report, speech), setter, PORTRAIT, PROSE))
    flow.space(10)
    signs = (Signature(speech.tr("layouts.notice.received")), Signature(speech.tr("layouts.notice.issued"), True))
    flow.add(kept_with(_problems(report, setter, speech), to_sign(signs, setter, speech, PORTRAIT)))
    _reply(flow, report, setter, speech)


def _head(report: Report, setter: Typesetter) -> list[Piece]:
    """The bank's red head, or its logo, and which copy this is; nothing where the page has a running title."""
    own, logo = report.letterhead, bank_logo(report.letterhead, 34)
    copy = setter.ending(PORTRAIT, 0, report.copy_name, TINY)
    if own.red_head:
        return [*red_head(own, setter), Piece(14, [copy], keep=True)]
    return [Piece(logo.height + 14, [logo, copy], keep=True)] if logo else []


def _number(setter: Typesetter, speech: Speech) -> Piece:
    """A number to be written in."""
    words = speech.tr("layouts.notice.number")
    left = PORTRAIT - 130
    line = Rule(left, 16, PORTRAIT, 16, INK, 0.6)
    return Piece(24, [setter.ending(left - 4, 2, words, SMALL), line], keep=True)


def _addressee(report: Report, setter: Typesetter, speech: Speech) -> Piece:
    words = f"{report.branch or speech.tr('layouts.notice.branch')}{speech.one('common.colon')}"
    lines = setter.clipped(words.replace("\n", " "), PROSE_BOLD, PORTRAIT, 2)
    inks: list[Ink] = [
        Text(0, PROSE_BOLD.over(at * PROSE_BOLD.leading), line, PROSE_BOLD) for at, line in enumerate(lines)
    ]
    return Piece(len(lines) * PROSE_BOLD.leading, inks, keep=True)


def _prose(report: Report, speech: Speech) -> list[str]:
    """What was looked at and found, and what is wanted by when; in each language of the report."""
    due = sorted(filter(None, (one.due for one in report.actions)))
    made = []
    for code, found in zip(speech.codes, report.summary, strict=False):
        indent = _INDENT if code == "zh" else ""
        kind = tr(f"common.kind.{report.kind}", lang=code)
        with speaking(code):
            day = long_date(_day(report.day)) if report.day else ""
            last = long_date(date.fromisoformat(due[-1])) if due else tr("layouts.notice.some_day", lang=code)
        key = "layouts.notice.found" if report.day else "layouts.notice.found_undated"
        made.append(indent + tr(key, lang=code, day=day, kind=kind, found=found))
        made.append(indent + tr("layouts.notice.wanted", lang=code, n=len(report.actions), due=last))
    return made


def _day(compact: str) -> date:
    return date(int(compact[:4]), int(compact[4:6]), int(compact[6:8]))


def _problems(report: Report, setter: Typesetter, speech: Speech) -> list[Piece]:
    columns = [
        Column(speech.tr("report.col.seq"), 28, "centre"),
        Column(speech.tr("report.col.problem"), PORTRAIT - 308),
        Column(speech.tr("report.col.clause"), 88),
        Column(speech.tr("report.col.required"), 132),
        Column(speech.tr("report.col.due"), 60),
    ]
    table = Table(setter, columns, grid=True)
    rows = []
    for one in report.actions:
        photo = f"photo:{one.before[0]}" if one.before else ""
        rows.append(
            Row([str(one.seq), Cell(_problem(one, report, speech), to=photo), one.clause, one.required, one.due])
        )
    return table.pieces(rows)


def _problem(one: ActionRow, report: Report, speech: Speech) -> str:
    """What was found, which effect it had, and where it is proven."""
    effects = next((loss.effects for loss in report.losses if loss.path == one.path), ())
    lines = [short(one.problem, speech), speech.one("common.comma").join(effects)]
    if one.before:
        lines.append(speech.tr("report.see_figures", figures=figures(one.before, speech)))
    return "\n".join(filter(None, lines))


def _reply(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """整改反馈表: to be filled in by the branch and sent back."""
    flow.page(landscape=True)
    facts = [one for key in _REPLY_FACTS for one in report.facts if one.key == key]
    flow.add(
        [
            title(speech.tr("layouts.reply"), setter, LANDSCAPE, name="reply"),
            head_table(facts, setter, LANDSCAPE),
        ]
    )
    flow.space(8)
    table = Table(setter, _reply_columns(speech), grid=True, most_lines=LANDSCAPE_LINES)
    rows = [
        Row(
            [
                str(one.seq),
                short(one.problem, speech),
                one.required,
                one.due,
                one.measure,
                one.owner,
                one.done,
                one.checked_by,
                one.closed,
            ],
            least=46,
        )
        for one in report.actions
    ]
    names = (("layouts.reply.filled_by", False), ("report.sign.branch_head", True), ("layouts.reply.checked", False))
    signs = to_sign([Signature(speech.tr(key), seal) for key, seal in names], setter, speech, LANDSCAPE)
    flow.add(kept_with(table.pieces(rows), signs))


def _reply_columns(speech: Speech) -> list[Column]:
    widths = {"seq": 28, "problem": 160, "required": 130, "due": 56, "measure": 0, "owner": 56, "done": 70}
    widths |= {"checked_by": 54, "closed": 56}
    widths["measure"] = int(LANDSCAPE - sum(widths.values()))
    return [Column(speech.tr(f"report.col.{name}"), float(width), style=TINY_INK) for name, width in widths.items()]
