"""Hands that use the real window by what is to be seen on it, and nothing else: one with a mouse, one by finger."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QMenu,
    QScrollArea,
    QScroller,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.scene import settle
from ui.main_window import MainWindow
from ui.widgets.panels import TOUCH_AFTER


class MouseHand:
    """Presses what is under the pointer, counted in `touches`."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window, self.touches = qtbot, window, 0

    def tap(self, widget: QWidget | None, at: QPoint | None = None) -> None:
        """Scroll there as far as needed, see that nothing else lies there, press."""
        assert widget is not None
        self.bring_into_sight(widget)
        assert widget.isVisible()
        assert widget.isEnabled(), f"{widget.accessibleName() or widget} cannot be pressed"
        spot = at if at is not None else widget.rect().center()
        self._seen(widget, spot)
        self.press(widget, spot)
        self.touches += 1
        settle(1)

    def tap_row(self, view: QAbstractItemView, row: int, column: int = 0) -> None:
        """A line of a list."""
        index = view.model().index(row, column)
        self.bring_into_sight(view)
        view.scrollTo(index)
        spot = view.visualRect(index).center()
        assert view.viewport().rect().contains(spot)
        self.tap(view.viewport(), spot)

    def choose(self, words: str) -> None:
        """An entry of the menu that is open."""
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == words)
        assert action.isEnabled()
        self.press(menu, menu.actionGeometry(action).center())
        self.touches += 1
        settle(1)

    def write(self, field: QWidget, text: str) -> None:
        """Press into the field, then type over what it holds."""
        self.tap(field)
        assert field.hasFocus() or self.window.focusWidget() is field
        if isinstance(field, QLineEdit):
            field.selectAll()
        QTest.keyClicks(field, text)
        settle(1)

    def draw(self, pad: QWidget) -> None:
        """A stroke from left to right."""
        self.bring_into_sight(pad)
        self._seen(pad, pad.rect().center())
        self.stroke(pad, [QPoint(pad.width() * n // 8, pad.height() * (3 + n % 2) // 8) for n in range(2, 7)])
        settle(1)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Once what was just asked for is laid out."""
        settle(2)
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 0, 80)
            above = above.parentWidget()
        QApplication.processEvents()

    def _seen(self, widget: QWidget, at: QPoint) -> None:
        spot = widget.mapTo(self.window, at)
        assert self.window.rect().contains(spot), f"{widget.accessibleName() or widget} is not in the window"
        there = self.window.childAt(spot)
        assert there is not None
        assert there is widget or widget.isAncestorOf(there), f"{widget} is covered by {there}"

    def press(self, widget: QWidget, at: QPoint) -> None:
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)

    def stroke(self, widget: QWidget, spots: list[QPoint]) -> None:
        QTest.mousePress(widget, Qt.MouseButton.LeftButton, pos=spots[0])
        for spot in spots[1:]:
            QTest.mouseMove(widget, spot)
        QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=spots[-1])


class FingerHand(MouseHand):
    """The same by synthetic touch."""

    _device = None

    def press(self, widget: QWidget, at: QPoint) -> None:
        self.stroke(widget, [at])

    def stroke(self, widget: QWidget, spots: list[QPoint]) -> None:
        self._wait_for_gestures(widget)
        screen = self._screen(widget)
        places = [widget.mapTo(widget.window(), one) for one in spots]
        QTest.touchEvent(screen, self.device).press(0, places[0], screen)
        for place in places[1:]:
            QTest.touchEvent(screen, self.device).move(0, place, screen)
        QTest.touchEvent(screen, self.device).release(0, places[-1], screen)
        QTest.qWait(1)

    @property
    def device(self) -> object:
        if FingerHand._device is None:
            FingerHand._device = QTest.createTouchDevice()
        return FingerHand._device

    @staticmethod
    def _screen(widget: QWidget) -> QWindow:
        found = widget.window().windowHandle()
        assert found is not None
        return found

    @staticmethod
    def _wait_for_gestures(widget: QWidget) -> None:
        """A page takes gestures a moment after it was made: no finger is faster."""
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QAbstractScrollArea) and not QScroller.hasScroller(above.viewport()):
                QTest.qWait(TOUCH_AFTER + 30)
            above = above.parentWidget()
