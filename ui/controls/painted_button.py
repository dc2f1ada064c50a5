"""A button that paints itself: many of them cost little, and a ring shows only where the keyboard is at work."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractButton, QWidget

from ui.controls.drawing import ROUND, Corners, box, fill_box, inner
from ui.look.style import look

_BY_POINTER = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
)


class PaintedButton(QAbstractButton):
    """Being tapped changes nothing by itself: what was saved is painted by whoever owns it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ring = False

    def nextCheckState(self) -> None:
        """Left to the owner."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() not in _BY_POINTER
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def hide_ring(self) -> None:
        """The keyboard is here, but nobody is using it yet."""
        self._ring = False
        self.update()

    @property
    def hovered(self) -> bool:
        return self.isEnabled() and self.underMouse()

    def paint_ring(self, painter: QPainter, radius: float, corners: Corners = ROUND, by: float = 1) -> None:
        """The keyboard's ring, inside the button's edge."""
        if self._ring and self.hasFocus():
            area = inner(QRectF(self.rect()), by)
            fill_box(painter, box(area, radius, corners), "#00000000", look().colours.brand, 2)
