"""Small painted marks: a ring and a bar of progress, a line of past figures."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.look.style import Tone, look


class Ring(QWidget):
    """How much of a section is done: a ring filled clockwise from the top, in a tone."""

    def __init__(self, ratio: float = 0.0, tone: Tone = "brand", side: int = 32) -> None:
        super().__init__()
        self._ratio, self._tone, self._side = ratio, tone, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_ratio(self, ratio: float, tone: Tone = "brand") -> None:
        self._ratio, self._tone = max(0.0, min(1.0, ratio)), tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = self._side / 8
        box = QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2)
        painter.setPen(QPen(QColor(look().colours.line), wide))
        painter.drawEllipse(box)
        painter.setPen(QPen(look().colour(self._tone), wide, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(box, 90 * 16, -max(1, round(self._ratio * 360 * 16)))
        painter.end()


class Bar(QWidget):
    """A horizontal bar from 0 to 1."""

    def __init__(self, ratio: float = 0.0, tone: Tone = "brand", height: int = 6) -> None:
        super().__init__()
        self._ratio, self._tone, self._height = ratio, tone, height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ratio(self, ratio: float, tone: Tone | None = None) -> None:
        self._ratio, self._tone = max(0.0, min(1.0, ratio)), tone or self._tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, self._height)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box, round_ = QRectF(self.rect()), self._height / 2
        painter.setBrush(QColor(look().colours.line))
        painter.drawRoundedRect(box, round_, round_)
        if self._ratio > 0:
            painter.setBrush(look().colour(self._tone))
            painter.drawRoundedRect(
                QRectF(0, 0, max(self._height, box.width() * self._ratio), box.height()), round_, round_
            )
        painter.end()


class Sparkline(QWidget):
    """A line through past figures, oldest first; a dot on the last, a dashed line at the target."""

    def __init__(self, figures: Sequence[float] = (), target: float | None = None) -> None:
        super().__init__()
        self._figures, self._target = tuple(figures), target
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: Sequence[float], target: float | None = None) -> None:
        self._figures, self._target = tuple(figures), target
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, 52)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._figures:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(6, 7, -7, -7)
        known = [*self._figures, *([self._target] if self._target is not None else [])]
        low, high = min(known), max(known)
        span = (high - low) or 1.0

        def at(number: int, value: float) -> QPointF:
            along = number / (len(self._figures) - 1) if len(self._figures) > 1 else 1.0
            return QPointF(box.left() + along * box.width(), box.bottom() - (value - low) / span * box.height())

        if self._target is not None:
            painter.setPen(QPen(QColor(look().colours.edge), 1, Qt.PenStyle.DashLine))
            level = at(0, self._target).y()
            painter.drawLine(QPointF(box.left(), level), QPointF(box.right(), level))
        points = [at(number, value) for number, value in enumerate(self._figures)]
        brand = look().colour("brand")
        join = Qt.PenJoinStyle.RoundJoin
        painter.setPen(QPen(brand, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, join))
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brand)
        painter.drawEllipse(points[-1], 4.5, 4.5)
        painter.end()
