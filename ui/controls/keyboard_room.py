"""Room for an on-screen keyboard: what one types into is never behind it (design §6). One for the whole window."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QScrollArea, QWidget

from ui.look.style import MEDIUM


class KeyboardRoom(QObject):
    """While a keyboard covers the foot of `window` what it holds ends above it, and what scrolls shows the field that
    is typed into, or, of a long one, the line."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._keyboard = QRect()
        method = QGuiApplication.inputMethod()
        method.keyboardRectangleChanged.connect(self.look)
        method.visibleChanged.connect(self.look)
        method.cursorRectangleChanged.connect(self._follow)
        self.look()

    def look(self, _at: object = None) -> None:
        """See where the keyboard is now: when it moved, and when another page is shown."""
        method = QGuiApplication.inputMethod()
        self.cover(method.keyboardRectangle().toRect() if method.isVisible() else QRect())

    def cover(self, keyboard: QRect) -> None:
        """Where the keyboard is, in the window; empty when there is none."""
        self._keyboard, inside = keyboard, self._inside
        layout = inside.layout() if inside is not None else None
        if inside is None or layout is None:
            return
        foot = self._window.height()  # where it will end: what was just built is not laid out yet
        covered = 0 if keyboard.isEmpty() else max(0, min(foot - keyboard.top(), foot // 2))
        margins = layout.contentsMargins()
        if margins.bottom() != covered:
            layout.setContentsMargins(margins.left(), margins.top(), margins.right(), covered)
        self._follow()

    @property
    def _inside(self) -> QWidget | None:
        """What must end above the keyboard: built anew with every language and look."""
        return self._window.centralWidget() if isinstance(self._window, QMainWindow) else self._window

    def _follow(self) -> None:
        if not self._keyboard.isEmpty():
            QTimer.singleShot(0, self, self._show_field)

    def _show_field(self) -> None:
        focused, inside = self._window.focusWidget(), self._inside
        if focused is None or inside is None or not inside.isAncestorOf(focused):
            return
        if not focused.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            return
        line: QRect = focused.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        above = focused.parentWidget()
        while above is not None and above is not inside:
            held = above.widget() if isinstance(above, QScrollArea) else None
            if isinstance(above, QScrollArea) and held is not None:
                above.ensureWidgetVisible(focused, 0, MEDIUM)
                foot = focused.mapTo(held, line.bottomLeft())
                above.ensureVisible(foot.x(), foot.y(), 0, MEDIUM + line.height())
            above = above.parentWidget()
