"""Where things lie on the pad: by the shape of the window, and by the hand that holds it."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.controls import Hand
from ui.jot.watch import WatchCard
from ui.look.style import LARGE, MEDIUM, WIDE, look

Shape = Literal["wide", "tall", "narrow"]
WIDE_ENOUGH, TALL = 760, 1000
"""Width of two columns, and height above which a portrait page holds everything, at 100 %."""


class Board(QWidget):
    """In portrait what is tapped most lies low, under the thumb; in landscape as on the sketch, the stopwatch on the
    side of the hand; where there is little room, one below the other, the stamps first."""

    def __init__(
        self, stamps: QWidget, editor: QWidget, watch: WatchCard, notes: QWidget, chips: QWidget, *, hand: Hand
    ) -> None:
        super().__init__()
        self._stamps, self._editor, self._watch, self._notes, self._chips = stamps, editor, watch, notes, chips
        self._right = hand == "right"
        self._shape: Shape | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(WIDE + MEDIUM, 0, WIDE + MEDIUM, MEDIUM)
        self._grid.setSpacing(LARGE)
        self.arrange(0, 0)

    def arrange(self, width: int, height: int) -> None:
        """For a page of this size."""
        px = look().px
        if width < height:
            shape: Shape = "tall" if height >= px(TALL) else "narrow"
        else:
            shape = "wide" if width >= px(WIDE_ENOUGH) else "narrow"
        if shape == self._shape:
            return
        self._shape = shape
        self._watch.show_thumb_first(shape == "narrow")
        lines = self._lines(shape)
        for at, line in enumerate(lines):
            for column, widget in enumerate(line):
                self._grid.removeWidget(widget)
                self._grid.addWidget(widget, at, column, 1, 2 // len(line))
            self._grid.setRowStretch(at, int(self._notes in line))
        for column in (0, 1):
            self._grid.setColumnStretch(column, 9 if column == int(self._right) else 11)

    def _lines(self, shape: Shape) -> list[tuple[QWidget, ...]]:
        stamps, editor, watch, notes, chips = self._stamps, self._editor, self._watch, self._notes, self._chips
        if shape == "wide":
            beside = (notes, watch) if self._right else (watch, notes)
            return [(stamps,), (editor,), beside, (chips,), ()]
        if shape == "tall":
            return [(notes,), (chips,), (watch,), (editor,), (stamps,)]
        return [(stamps,), (editor,), (watch,), (chips,), (notes,)]
