"""The few shapes that answer buttons, chips and cards are painted with."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen

from ui.look.style import Look, Role, look


class Corners(NamedTuple):
    """Which corners of a box are round."""

    top_left: bool = True
    top_right: bool = True
    bottom_right: bool = True
    bottom_left: bool = True


ROUND = Corners()


def box(rect: QRectF, radius: float, corners: Corners = ROUND) -> QPainterPath:
    """A rectangle with some of its corners rounded."""
    path = QPainterPath()
    if all(corners):
        path.addRoundedRect(rect, radius, radius)
        return path
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(rect, radius, radius)
    squares = (rect.topLeft(), rect.topRight(), rect.bottomRight(), rect.bottomLeft())
    shifts = ((0.0, 0.0), (-radius, 0.0), (-radius, -radius), (0.0, -radius))
    for corner, (dx, dy), is_round in zip(squares, shifts, corners, strict=True):
        if not is_round:
            path.addRect(QRectF(corner + QPointF(dx, dy), corner + QPointF(dx + radius, dy + radius)))
    return path.simplified()


def fill_box(painter: QPainter, path: QPainterPath, ground: QColor | str, line: QColor | str, width: float = 1) -> None:
    painter.setPen(QPen(QColor(line), width))
    painter.setBrush(QColor(ground))
    painter.drawPath(path)


def inner(rect: QRectF, by: float = 0.5) -> QRectF:
    """A rectangle moved inwards, so that a line of width 2 × `by` lies inside it."""
    return rect.adjusted(by, by, -by, -by)


WRAPPED = Qt.TextFlag.TextWordWrap
CENTRED = Qt.AlignmentFlag.AlignCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter

_METRICS: dict[tuple[Look, Role, bool | None], QFontMetrics] = {}


def metrics_of(role: Role, *, bold: bool | None = None) -> QFontMetrics:
    """The metrics of a role in the look in force: made once for each look, since 150 cards ask for them."""
    now = look()
    found = _METRICS.get((now, role, bold))
    if found is None:
        if len(_METRICS) > 40:
            _METRICS.clear()
        found = _METRICS[now, role, bold] = QFontMetrics(now.font(role, bold=bold))
    return found
