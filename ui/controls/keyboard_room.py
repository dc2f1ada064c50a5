"""Room for an on-screen keyboard: what one types into is never behind it (design §6)."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QScrollArea, QWidget

from ui.look.style import MEDIUM


class KeyboardRoom(QObject):
    """While a keyboard covers the foot of `page` its layout ends above it, and what scrolls shows the focused field."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        method = QGuiApplication.inputMethod()
        method.keyboardRectangleChanged.connect(self._look)
        method.visibleChanged.connect(self._look)
        self._look()

    def cover(self, keyboard: QRect) -> None:
        """Where the keyboard is, in the window; empty when there is none."""
        layout = self._page.layout()
        foot = self._page.mapTo(self._page.window(), QPoint(0, self._page.height())).y()
        covered = 0 if keyboard.isEmpty() else max(0, min(foot - keyboard.top(), self._page.height() // 2))
        margins = layout.contentsMargins() if layout is not None else None
        if layout is None or margins is None or margins.bottom() == covered:
            return
        layout.setContentsMargins(margins.left(), margins.top(), margins.right(), covered)
        QTimer.singleShot(0, self, self._show_field)

    def _look(self) -> None:
        method = QGuiApplication.inputMethod()
        self.cover(method.keyboardRectangle().toRect() if method.isVisible() else QRect())

    def _show_field(self) -> None:
        focused = self._page.window().focusWidget()
        if focused is None or not self._page.isAncestorOf(focused):
            return
        above = focused.parentWidget()
        while above is not None and above is not self._page:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(focused, 0, MEDIUM)
            above = above.parentWidget()
