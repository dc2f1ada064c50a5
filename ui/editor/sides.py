"""Outline, form and preview side by side, as many of them as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.look.style import LARGE, look
from ui.widgets.panels import Card

ALL_THREE, TWO = 1080, 720
"""From these widths on, at 100 % text size, all three are shown, or the outline beside one other."""
FORM, OUTLINE = 484, 228
"""The least widths of the two beside each other."""


class Sides(QWidget):
    """`arranged(crowded)`: something else is shown now; crowded means that a person has to choose."""

    arranged = Signal(bool)

    def __init__(self, outline: QWidget, form: QWidget, preview: QWidget) -> None:
        super().__init__()
        self.chosen = "form"
        self._outline, self._form = outline, form
        self._right = Card("plain", margin=LARGE)
        self._right.column.addWidget(preview)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        for one, stretch in ((outline, 5), (form, 9), (self._right, 7)):
            across.addWidget(one, stretch)

    @property
    def shows_preview(self) -> bool:
        return not self._right.isHidden()

    def show_side(self, name: str) -> None:
        self.chosen = name
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        wide, middling = self.width() >= look().px(ALL_THREE), self.width() >= look().px(TWO)
        shown = "form" if middling and self.chosen == "outline" else self.chosen
        self._form.setMinimumWidth(look().px(FORM) if middling else 0)
        self._outline.setMinimumWidth(look().px(OUTLINE) if middling else 0)
        self._outline.setVisible(middling or self.chosen == "outline")
        self._form.setVisible(wide or shown == "form")
        self._right.setVisible(wide or shown == "preview")
        self.arranged.emit(not wide)
