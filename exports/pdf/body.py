"""The chapters behind the first page: 总体评价, 得分情况, 亮点, 整改要求 (report conventions)."""

from __future__ import annotations

from collections.abc import Sequence

from auditor.figures import plain
from exports.blocks import Report, SectionRow
from exports.pdf.flow import Flow, Piece, kept_with
from exports.pdf.ink import Anchor, Disc, Ink, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.long_texts import short
from exports.pdf.look import (
    BODY,
    BRAND,
    BRAND_GROUND,
    CHAPTER,
    FAILED,
    LANDSCAPE,
    PORTRAIT,
    SMALL,
    SMALL_BOLD,
    SUBHEAD,
    TINY_INK,
    Style,
)
from exports.pdf.tables import LANDSCAPE_LINES, Cell, Column, Row, Table
from exports.pdf.words import figures
from exports.speech import Speech

_PARAGRAPH_LINES = 30


def chapter(words: str, name: str, setter: Typesetter, gap: float = 22) -> Piece:
    """A chapter's heading, an entry of the outline."""
    inks: list[Ink] = [
        Anchor(name, 0, setter.clean(words).replace("\n", " ")),
        setter.line(0, 0, words, CHAPTER),
        Rule(0, 25, 34, 25, BRAND, 2),
    ]
    return Piece(34, inks, keep=True, gap=gap)


def subheading(words: str, name: str, setter: Typesetter, gap: float = 16) -> Piece:
    """A heading within a chapter, an entry below it in the outline."""
    inks: list[Ink] = [Anchor(name, 0, setter.clean(words), 1), setter.line(0, 0, words, SUBHEAD)]
    return Piece(24, inks, keep=True, gap=gap)


def paragraphs(texts: Sequence[str], setter: Typesetter, width: float, style: Style = BODY) -> list[Piece]:
    """Running text; a long paragraph goes on over pages, a few lines at a time."""
    made = []
    for text in texts:
        lines = setter.wrap(text, style, width)
        for start in range(0, len(lines), _PARAGRAPH_LINES):
            part = lines[start : start + _PARAGRAPH_LINES]
            inks = [Text(0, style.over(at * style.leading), line, style) for at, line in enumerate(part)]
            made.append(Piece(len(part) * style.leading, inks, gap=0 if start else 4))
    return made


def bullets(texts: Sequence[str], setter: Typesetter, width: float) -> list[Piece]:
    """A list, each entry with a dot."""
    made = []
    for text in texts:
        first = True
        for piece in paragraphs([text], setter, width - 16):
            inks: list[Ink] = [ink._replace(x=ink.x + 16) if isinstance(ink, Text) else ink for ink in piece.inks]
            if first:
                inks.insert(0, Disc(5, BODY.leading / 2, 2.2, BRAND))
            made.append(Piece(piece.height, inks, gap=3 if first else 0))
            first = False
    return made


def appraisal(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """一、总体评价."""
    flow.page()
    pieces = [chapter(speech.tr("report.chapter.appraisal"), "appraisal", setter, 0)]
    flow.add([*pieces, *paragraphs(report.summary, setter, PORTRAIT)])
    if report.narrative:
        title = subheading(speech.tr("layouts.narrative"), "narrative", setter)
        flow.add([title, *paragraphs(report.narrative, setter, PORTRAIT)])


def scores(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """二、得分情况: every section, and the total before and after critical effects."""
    table = Table(setter, _score_columns(report, speech))
    weighted = any(one.weight is not None for one in report.sections)
    rows = [_score_row(one, weighted, speech) for one in report.sections]
    parts = table.pieces([*rows, *_total_rows(report, weighted, speech)])
    flow.add(
        [
            chapter(speech.tr("report.chapter.scores"), "scores", setter),
            *(kept_with(parts[:-1], parts[-1:]) if len(parts) > 2 else parts),
        ]
    )


def _score_columns(report: Report, speech: Speech) -> list[Column]:
    weighted = any(one.weight is not None for one in report.sections)
    title = 150.0 if weighted else 192.0
    columns = [Column(speech.tr("report.col.number"), 46), Column(speech.tr("report.col.section"), title - 6)]
    if weighted:
        columns.append(Column(speech.tr("report.col.weight"), 42, "right"))
    columns += [
        Column(speech.tr("report.col.full"), 46, "right"),
        Column(speech.tr("report.col.lost"), 46, "right"),
        Column(speech.tr("report.col.score"), 46, "right"),
        Column(speech.tr("report.col.figure"), 58, "right"),
        Column(speech.tr("report.col.verdict"), PORTRAIT - title - (42 if weighted else 0) - 236),
    ]
    return columns


def _score_row(one: SectionRow, weighted: bool, speech: Speech) -> Row:
    style = SMALL_BOLD if one.depth == 0 else SMALL
    told = [f"{fact.label}{speech.one('common.colon')}{fact.value}" for fact in one.header]
    lines = [line for text in (one.title, *told) for line in text.split("\n")]
    indent = "\u3000" * one.depth
    cells: list[str | Cell] = [Cell(one.number, style), Cell("\n".join(indent + line for line in lines), style)]
    if weighted:
        cells.append("" if one.weight is None else plain(one.weight))
    verdict = [one.status_text, one.grade]
    if one.passed is not None:
        verdict.append(speech.tr("common.passed" if one.passed else "common.failed"))
    words = "\n".join(filter(None, (" · ".join(filter(None, verdict)), one.pass_mark)))
    failed = one.passed is False or one.status == "zeroed"
    counts = one.status != "empty"
    cells += [
        plain(one.possible) if counts else "–",
        plain(one.lost) if counts else "–",
        plain(one.earned) if counts else "–",
        Cell("–" if one.figure is None else str(one.figure), style),
        Cell(words, SMALL._replace(colour=FAILED, bold=True) if failed else SMALL),
    ]
    return Row(cells, (Anchor(f"section:{one.path}", 0),))


def _total_rows(report: Report, weighted: bool, speech: Speech) -> list[Row]:
    result = report.result
    rows = []

    def row(words: str, figure: str, verdict: str = "", fill: bool = False) -> Row:
        gap = [""] if weighted else []
        bold = [Cell(one, SMALL_BOLD) for one in ("", words, figure, verdict)]
        cells: list[str | Cell] = [*bold[:2], *gap, "", "", "", *bold[2:]]
        return Row(cells, fill=BRAND_GROUND if fill else None)

    if result.bonus:
        rows.append(
            row(speech.tr("report.bonus"), f"{'+' if result.bonus > 0 else ''}{result.bonus}".replace("-", "−"))
        )
    if result.before_critical is not None:
        effects = " · ".join(dict.fromkeys(one.words for one in result.decisions))
        rows.append(row(speech.tr("common.before_critical"), str(result.before_critical), effects))
    total = speech.tr("common.no_score") if result.total is None else str(result.total)
    label = speech.tr("common.so_far" if result.so_far else "common.total")
    said = " · ".join(filter(None, (result.grade, result.verdict)))
    rows.append(
        row(
            f"{label}{speech.one('common.brackets', text=speech.tr('report.of', scale=result.scale))}",
            total,
            said,
            True,
        )
    )
    return rows


def highlights(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """三、亮点."""
    pieces = bullets(report.highlights or (speech.tr("report.none"),), setter, PORTRAIT)
    flow.add([chapter(speech.tr("report.chapter.highlights"), "highlights", setter), *pieces])


def actions(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """五、整改要求: the corrective table on pages that lie across."""
    title = speech.tr("report.chapter.actions")
    if not report.actions:
        told = speech.tr("report.no_actions" if report.copy != "public" else "report.not_in_copy")
        flow.add([chapter(title, "actions", setter), *paragraphs([told], setter, PORTRAIT)])
        return
    flow.turn(landscape=True)
    table = Table(setter, _action_columns(speech), grid=True, most_lines=LANDSCAPE_LINES)
    rows = []
    for one in report.actions:
        photos = " / ".join([figures(one.before, speech) or "–", figures(one.after, speech) or "–"])
        cells = [
            str(one.seq),
            short(one.problem, speech),
            one.clause,
            one.required,
            one.measure,
            one.owner,
            one.due,
            one.done,
        ]
        rows.append(Row([*cells, photos, one.checked_by, one.closed], least=44))
    flow.add([chapter(title, "actions", setter), *table.pieces(rows)])


def _action_columns(speech: Speech) -> list[Column]:
    widths = {
        "seq": 26,
        "problem": 150,
        "clause": 86,
        "required": 112,
        "measure": 86,
        "owner": 40,
        "due": 50,
        "done": 56,
        "photos": 48,
        "checked_by": 44,
        "closed": 52,
    }
    spare = LANDSCAPE - sum(widths.values())
    widths["measure"] += int(spare)
    return [Column(speech.tr(f"report.col.{name}"), float(width), style=TINY_INK) for name, width in widths.items()]
