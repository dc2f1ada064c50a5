"""The heaviest losses that still fit on the first page, with what is to be done, by whom, by when."""

from __future__ import annotations

from exports.blocks import LossRow, Report
from exports.pdf.charts import heading
from exports.pdf.flow import Flow, Piece
from exports.pdf.lines import Typesetter
from exports.pdf.look import BODY, FAILED, INK, LOST, PORTRAIT, SMALL, TINY, Style
from exports.pdf.tables import Cell, Column, Row, Table
from exports.speech import Speech

_POINTS = Style(9, 12.5, LOST, True)
_ACTION = 113.0


def heaviest(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """Heading and rows; how many more there are."""
    title = heading(speech.tr("report.losses"), setter)
    if not report.losses:
        line = setter.line(0, 0, speech.tr("report.no_losses"), BODY)
        if flow.left > 60:
            flow.add([title, Piece(BODY.leading, [line])])
        return
    table = Table(setter, _columns(bool(report.actions), speech))
    room = flow.left - title.gap - title.height - table.head.height - TINY.leading - 4
    rows = _fitting(report, table, room, setter)
    if not rows:
        return
    pieces = [title, table.head, *rows]
    rest = len(report.losses) - len(rows)
    if rest:
        pieces.append(Piece(TINY.leading + 4, [setter.line(0, 4, speech.tr("report.more_losses", n=rest), TINY)]))
    flow.add(pieces)


def _columns(actions: bool, speech: Speech) -> list[Column]:
    number = Column(speech.tr("report.col.number"), 58)
    points = Column(speech.tr("report.col.lost"), 40, "right", _POINTS)
    if not actions:
        return [number, Column(speech.tr("report.col.problem"), PORTRAIT - 98), points]
    return [
        number,
        Column(speech.tr("report.col.problem"), PORTRAIT - 309),
        points,
        Column(speech.tr("report.col.required"), _ACTION),
        Column(speech.tr("report.col.owner"), 49),
        Column(speech.tr("report.col.due"), 49),
    ]


def _fitting(report: Report, table: Table, room: float, setter: Typesetter) -> list[Piece]:
    """One row for each loss, as many as there is room for."""
    chosen: list[Piece] = []
    for loss in report.losses:
        (piece,) = table.rows(Row(_cells(loss, bool(report.actions), table.columns[1].width, setter)))
        room -= piece.height
        if room < 0:
            break
        chosen.append(piece)
    return chosen


def _cells(loss: LossRow, actions: bool, room: float, setter: Typesetter) -> list[str | Cell]:
    what = loss.name if loss.cascaded or not loss.reason else loss.reason
    cells: list[str | Cell] = [
        Cell(loss.number, Style(8.5, 12.5, INK, True), f"loss:{loss.path}"),
        "\n".join(setter.clipped(what.replace("\n", " "), SMALL, room - 8, 3)),
        _points(loss),
    ]
    if actions:
        cells += ["\n".join(setter.clipped(loss.action, SMALL, _ACTION - 8, 3)), "", ""]
    return cells


def _points(loss: LossRow) -> Cell:
    """Points lost; the effect's name where an answer triggered one and lost nothing."""
    words = loss.effects[0] if loss.effects and not loss.deducted else f"−{loss.deducted}"
    return Cell(words, _POINTS._replace(colour=FAILED) if loss.effects else None)
