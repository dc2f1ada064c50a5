"""The heaviest losses that still fit on the first page, with what is to be done, by whom, by when."""

from __future__ import annotations

from collections.abc import Sequence

from exports.blocks import LossRow, Report
from exports.pdf.charts import heading
from exports.pdf.flow import Flow, Piece
from exports.pdf.lines import Typesetter
from exports.pdf.look import BODY, FAILED, INK, LOST, PORTRAIT, SMALL, TINY, Style
from exports.pdf.tables import Cell, Column, Row, Table
from exports.speech import Speech

_POINTS = Style(9, 12.5, LOST, True)
_ACTION, _WIDE = 113.0, 168.0


def heaviest(flow: Flow, report: Report, setter: Typesetter, speech: Speech, below: float = 0.0) -> None:
    """Heading and rows; how many more there are. `below`: points to leave at the foot of the page."""
    title = heading(speech.tr("report.losses"), setter)
    if not report.losses:
        line = setter.line(0, 0, speech.tr("report.no_losses"), BODY)
        if flow.left - below > 48:
            flow.add([title, Piece(BODY.leading, [line])])
        return
    table = Table(setter, _columns(report, speech))
    room = flow.left - below - title.gap - title.height - table.head.height - TINY.leading - 4
    rows = _fitting(report, table, room, setter)
    if not rows:
        return
    pieces = [title, table.head, *rows]
    rest = len(report.losses) - len(rows)
    if rest:
        key = "layouts.more_losses" if report.layout == "summary" else "report.more_losses"
        pieces.append(Piece(TINY.leading + 4, [setter.line(0, 4, speech.tr(key, n=rest), TINY)]))
    flow.add(pieces)


def needed(report: Report, count: int, setter: Typesetter, speech: Speech) -> float:
    """Points that the heading and the first so many rows take."""
    title = heading(speech.tr("report.losses"), setter)
    if not report.losses or not count:
        return (title.gap + title.height + BODY.leading) * bool(count)
    table = Table(setter, _columns(report, speech))
    rows = [table.rows(Row(_cells(one, report, table.columns, setter)))[0] for one in report.losses[:count]]
    return title.gap + title.height + table.head.height + TINY.leading + 4.1 + sum(one.height for one in rows)


def _columns(report: Report, speech: Speech) -> list[Column]:
    """Owner and due date only where some are known."""
    number = Column(speech.tr("report.col.number"), 58)
    points = Column(speech.tr("report.col.lost"), 40, "right", _POINTS)
    if not report.actions:
        return [number, Column(speech.tr("report.col.problem"), PORTRAIT - 98), points]
    if not _assigned(report):
        required = Column(speech.tr("report.col.required"), _WIDE)
        return [number, Column(speech.tr("report.col.problem"), PORTRAIT - 98 - _WIDE), points, required]
    return [
        number,
        Column(speech.tr("report.col.problem"), PORTRAIT - 314),
        points,
        Column(speech.tr("report.col.required"), _ACTION),
        Column(speech.tr("report.col.owner"), 46),
        Column(speech.tr("report.col.due"), 57),
    ]


def _assigned(report: Report) -> bool:
    """Whether anybody has been made answerable for anything."""
    return any(one.owner or one.due for one in report.actions)


def _fitting(report: Report, table: Table, room: float, setter: Typesetter) -> list[Piece]:
    """One row for each loss, as many as there is room for."""
    chosen: list[Piece] = []
    for loss in report.losses:
        (piece,) = table.rows(Row(_cells(loss, report, table.columns, setter)))
        room -= piece.height
        if room < 0:
            break
        chosen.append(piece)
    return chosen


def _cells(loss: LossRow, report: Report, columns: Sequence[Column], setter: Typesetter) -> list[str | Cell]:
    most = 2 if report.layout == "summary" else 3
    what = loss.name if loss.cascaded or not loss.reason else loss.reason
    cells: list[str | Cell] = [
        Cell(loss.number, Style(8.5, 12.5, INK, True), f"loss:{loss.path}"),
        "\n".join(setter.clipped(what.replace("\n", " "), SMALL, columns[1].width - 8, most)),
        _points(loss),
    ]
    if report.actions:
        cells.append("\n".join(setter.clipped(loss.action, SMALL, columns[3].width - 8, most)))
    if len(columns) > 4:
        own = next((one for one in report.actions if one.path == loss.path), None)
        named = (own.owner, own.due) if own else ("", "")
        cells += ["\n".join(setter.clipped(one, SMALL, columns[at].width - 8, most)) for at, one in enumerate(named, 4)]
    return cells


def _points(loss: LossRow) -> Cell:
    """Points lost; the effect's name where an answer triggered one and lost nothing."""
    words = loss.effects[0] if loss.effects and not loss.deducted else f"−{loss.deducted}"
    return Cell(words, _POINTS._replace(colour=FAILED) if loss.effects else None)
