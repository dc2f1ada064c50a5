"""A column of things that grows no wider than can be read at a glance."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.style import LARGE, MEDIUM, WIDE, look

WIDEST = 1240


class ReadingColumn(QWidget):
    """`column` takes what stands in it; it ends in a stretch."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(WIDE, LARGE, WIDE, WIDE)
        self.column.setSpacing(MEDIUM + 2)
        self.column.addStretch(1)

    def insert(self, at: int, widget: QWidget) -> None:
        self.column.insertWidget(at, widget)

    def append(self, widget: QWidget) -> None:
        self.column.insertWidget(self.column.count() - 1, widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        spare = max(0, event.size().width() - 2 * WIDE - look().px(WIDEST))
        self.column.setContentsMargins(WIDE, LARGE, WIDE + spare, WIDE)
        super().resizeEvent(event)
