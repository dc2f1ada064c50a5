"""Drafts side by side: what a shopper completes next, one tap away (design §6)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from auditor.words import tr
from ui.library.listing import branch, title
from ui.library.row import moment, state
from ui.look.style import LARGE, MEDIUM, SMALL, TIGHT, look
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.marks import Bar
from ui.widgets.panels import Card

if TYPE_CHECKING:
    from auditor.store import Row

MOST, LEAST_WIDTH = 4, 250


class DraftTiles(Card):
    """`resumed(audit)`; up to four drafts, as many as fit beside one another."""

    resumed = Signal(str)

    def __init__(self) -> None:
        super().__init__(spacing=SMALL)
        self._rows: list[Row] = []
        self._shown = 0
        self._heading = label(tr("role.drafts"), "quiet")
        self._none = label(tr("role.no_drafts"), "body", "quiet", wrap=True)
        self._more = label("", "quiet")
        self._grid = QGridLayout()
        self._grid.setSpacing(MEDIUM)
        for one in (self._heading, self._none):
            self.column.addWidget(one)
        self.column.addLayout(self._grid)
        self.column.addWidget(self._more)

    def show_drafts(self, rows: Sequence[Row]) -> None:
        """Newest first."""
        self._rows, self._shown = list(rows), -1
        self._none.setVisible(not rows)
        self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fill()

    def _fill(self) -> None:
        room = max(1, (self.width() - 2 * LARGE + MEDIUM) // (look().px(LEAST_WIDTH) + MEDIUM))
        shown = min(room, MOST, len(self._rows))
        self._more.setVisible(len(self._rows) > shown > 0)
        self._more.setText(tr("role.more_drafts", count=len(self._rows) - shown))
        if shown == self._shown:
            return
        self._shown = shown
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for at in range(MOST):
            self._grid.setColumnStretch(at, int(at < max(shown, room if room <= MOST else MOST)))
        for at, one in enumerate(self._rows[:shown]):
            self._grid.addWidget(self._tile(one, f"{at + 1}/{shown}"), 0, at)

    def _tile(self, row: Row, place: str) -> QPushButton:
        """`place` among the others is heard, not seen: two drafts may be alike in every word."""
        name, when = branch(row) or tr("window.no_branch"), moment(row.visited)
        made = button("", "tile", name=f"{name} {title(row)} {when} {state(row)} {place}")
        made.clicked.connect(lambda: self.resumed.emit(row.id))
        made.setProperty("lines", 4)
        inside = QVBoxLayout(made)
        inside.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        inside.setSpacing(TIGHT)
        inside.addWidget(ElidedLabel(name, "strong"))
        inside.addWidget(ElidedLabel(title(row), "small"))
        inside.addWidget(ElidedLabel(f"{when} · {state(row)}", "quiet"))
        inside.addWidget(Bar(row.answered / max(row.applicable, 1), "brand"))
        for one in made.findChildren(QWidget):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made
