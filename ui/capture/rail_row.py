"""One section in the rail, painted: a ring, a title, how much is answered, points lost."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.controls.drawing import CENTRED, LEFT, box, fill_box
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import MEDIUM, RADIUS, SMALL, TARGET, Tone, look

_ROW = 60
_RING = 32


@dataclass(frozen=True, slots=True)
class RowState:
    """What one row paints."""

    title: str
    small: str = ""
    ratio: float = 0.0
    tone: Tone = "brand"
    badge: str = ""
    veto: bool = False


class RailRow(PaintedButton):
    """One place: a ring, its title, how much is answered, points lost. Narrow, it is the ring alone."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key
        self.compact = False
        self._state = RowState("")
        self.setCheckable(True)
        self.setObjectName(f"place:{key}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(TARGET if self.compact else 200), look().px(_ROW))

    def show_row(self, state: RowState) -> None:
        if state != self._state:
            self._state = state
            name = " ".join(part for part in (state.title, state.small, state.badge) if part)
            self.setText(state.title)
            self.setAccessibleName(name)
            self.setToolTip(name if self.compact else "")
            self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, state = look(), self._state
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = QRectF(self.rect())
            if self.isChecked() or self.hovered or self.isDown():
                ground = now.colours.brand_ground if self.isChecked() else now.colours.well
                fill_box(painter, box(area, RADIUS), ground, ground)
            self.paint_ring(painter, RADIUS)
            side = now.px(_RING)
            left = (self.width() - side) // 2 if self.compact else MEDIUM
            self._paint_ring(painter, QRectF(left, (self.height() - side) / 2, side, side))
            if not self.compact:
                from_ = left + side + MEDIUM
                self._paint_words(painter, QRect(from_, 0, self.width() - SMALL - from_, self.height()))
            elif state.badge or state.veto:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(now.colour("failed" if state.veto else "lost"))
                painter.drawEllipse(QRectF(self.width() - 18, 8, 8, 8))

    def _paint_ring(self, painter: QPainter, area: QRectF) -> None:
        now, state = look(), self._state
        thick = area.width() / 8
        area = area.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(now.colours.line), thick))
        painter.drawEllipse(area)
        painter.setPen(QPen(now.colour(state.tone), thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, 90 * 16, -max(16, round(state.ratio * 5760)))
        if state.ratio >= 1:
            side = now.px(14)
            tick = icons.pixmap("check", now.colours.tone(state.tone)[0], side, self.devicePixelRatioF())
            painter.drawPixmap(round(area.center().x() - side / 2), round(area.center().y() - side / 2), tick)

    def _paint_badge(self, painter: QPainter, line: QRect) -> int:
        """Points lost, at the end of the lower line, below the title; how much of the line it takes."""
        now = look()
        if not self._state.badge:
            return 0
        painter.setFont(now.font("small", bold=True))
        wide = painter.fontMetrics().horizontalAdvance(self._state.badge) + 2 * SMALL
        area = QRect(line.right() - wide + 1, line.top(), wide, line.height())
        ink, ground = now.colours.tone("failed" if self._state.veto else "lost")
        fill_box(painter, box(QRectF(area), 6), ground, ground)
        painter.setPen(QColor(ink))
        painter.drawText(area, CENTRED, self._state.badge)
        return wide + SMALL

    def _paint_words(self, painter: QPainter, area: QRect) -> None:
        now, state = look(), self._state
        upper = area.adjusted(0, now.px(9), 0, 0)
        upper.setHeight(now.px(22))
        if not state.small:
            upper.moveTop((self.height() - upper.height()) // 2)
        lower = upper.translated(0, now.px(21))
        lower.setHeight(now.px(20))
        lower.setRight(lower.right() - self._paint_badge(painter, lower))
        for where, words, font, colour in (
            (
                upper,
                state.title,
                now.font("body", bold=True),
                now.colours.brand if self.isChecked() else now.colours.ink,
            ),
            (lower, state.small, now.font("quiet"), now.colours.quiet),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            short = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, where.width())
            painter.drawText(where, LEFT, short)
