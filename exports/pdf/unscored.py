"""The chapters of a sheet without points: 总体情况, 汇总结果."""

from __future__ import annotations

from exports.blocks import Report
from exports.pdf.body import bullets, chapter, paragraphs
from exports.pdf.flow import Flow, Piece
from exports.pdf.ink import Link
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND, PORTRAIT, STRONG
from exports.pdf.tables import Cell, Column, Row, Table
from exports.speech import Speech

_FIGURE = STRONG._replace(size=13, leading=18, colour=BRAND)


def unscored(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """What the sheet is, what it computes; no score, no losses, no required actions."""
    title = chapter(speech.tr("report.chapter.unscored.appraisal"), "appraisal", setter, 6)
    flow.add([title, *paragraphs(report.summary, setter, PORTRAIT), *bullets(report.highlights, setter, PORTRAIT)])
    flow.add([chapter(speech.tr("report.chapter.unscored.sums"), "sums", setter), *_sums(report, setter, speech)])


def _sums(report: Report, setter: Typesetter, speech: Speech) -> list[Piece]:
    """Means and counts, each leading to its row of the annex."""
    if not report.sums:
        return paragraphs([speech.tr("report.no_sums")], setter, PORTRAIT)
    words = Column(speech.tr("report.col.item"), PORTRAIT - 150)
    table = Table(setter, [words, Column(speech.tr("report.col.sum"), 150, "right", _FIGURE)])
    rows = [
        Row([one.label, Cell(one.value, to=f"item:{one.key}")], (Link(0, 0, PORTRAIT - 150, 18, f"item:{one.key}"),))
        for one in report.sums
    ]
    return table.pieces(rows)
