"""Two taps in quick succession are two taps, also where pages scroll by touch."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QMouseEvent, QWindow


class QuickTaps(QObject):
    """Qt makes a double click of a second tap near the first, also on another button, and its touch scrolling then
    swallows the press: every other quick tap would answer nothing. Here it stays a press."""

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.MouseButtonDblClick or not isinstance(event, QMouseEvent):
            return False
        if event.source() == Qt.MouseEventSource.MouseEventNotSynthesized:
            return False
        at = event.position(), event.scenePosition(), event.globalPosition()
        keys = event.button(), event.buttons(), event.modifiers()
        press = QMouseEvent(QEvent.Type.MouseButtonPress, *at, *keys, event.source(), event.pointingDevice())
        QCoreApplication.sendEvent(watched, press)
        return True
