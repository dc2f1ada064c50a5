"""An item as a row that leads to it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.cards.words import DOT
from ui.controls.drawing import WRAPPED, box, fill_box
from ui.controls.painted_button import PaintedButton
from ui.look.style import MEDIUM, SMALL, TIGHT, Role, Tone, look

_NUMBER = 78


class LinkRow(PaintedButton):
    """Number, text, small print below, a badge at its right; clicked, it leads to the item."""

    def __init__(self, number: str, text: str, small: str = "", badge: str = "", tone: Tone = "lost") -> None:
        super().__init__()
        self._number, self._small, self._badge, self._tone = number, small, badge, tone
        self.setText(text)
        self.setAccessibleName(DOT.join(part for part in (number, text, small, badge) if part))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        return QSize(look().px(360), self.heightForWidth(look().px(360)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(56))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(look().px(56), sum(self._heights(width)) + 2 * SMALL + 6)

    def _badge_width(self) -> int:
        if not self._badge:
            return 0
        return _metrics("small", bold=True).horizontalAdvance(self._badge) + 2 * SMALL

    def _room(self, width: int) -> int:
        return max(80, width - look().px(_NUMBER) - self._badge_width() - 3 * MEDIUM)

    def _heights(self, width: int) -> tuple[int, int]:
        room = self._room(width)
        upper = _metrics("body", bold=True).boundingRect(0, 0, room, 9999, int(WRAPPED), self.text()).height()
        if not self._small:
            return upper, 0
        return upper, _metrics("quiet").boundingRect(0, 0, room, 9999, int(WRAPPED), self._small).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hovered or self.isDown():
                fill_box(painter, box(QRectF(self.rect()), 8), now.colours.well, now.colours.well)
            self.paint_ring(painter, 8)
            upper, lower = self._heights(self.width())
            left, top = TIGHT + now.px(_NUMBER), (self.height() - upper - lower - 2) // 2
            room = self._room(self.width())
            painter.setFont(now.font("body", bold=True))
            painter.setPen(now.colour("quiet"))
            painter.drawText(QRect(TIGHT, top, now.px(_NUMBER), upper), Qt.AlignmentFlag.AlignTop, self._number)
            painter.setPen(now.colour("ink"))
            painter.drawText(QRect(left, top, room, upper), Qt.AlignmentFlag.AlignTop | WRAPPED, self.text())
            painter.setFont(now.font("quiet"))
            painter.setPen(now.colour("quiet"))
            painter.drawText(
                QRect(left, top + upper + 2, room, lower), Qt.AlignmentFlag.AlignTop | WRAPPED, self._small
            )
            if self._badge:
                wide, tall = self._badge_width(), now.px(24)
                area = QRect(self.width() - wide - TIGHT, (self.height() - tall) // 2, wide, tall)
                fill_box(painter, box(QRectF(area), 6), now.ground(self._tone), now.ground(self._tone))
                painter.setFont(now.font("small", bold=True))
                painter.setPen(now.colour(self._tone))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._badge)


def _metrics(role: Role, *, bold: bool | None = None) -> QFontMetrics:
    return QFontMetrics(look().font(role, bold=bold))
