"""What opens beside the cards, one at a time: how the score came about, or the search for an item."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from auditor.audit import Audit
from auditor.scoring.tree import Score
from ui.capture.explain_panel import ExplainPanel
from ui.capture.search import Entry
from ui.capture.search_panel import SearchPanel
from ui.look.style import look

if TYPE_CHECKING:
    from ui.duties.panel import DutiesPanel

LEAST_CARDS = 520
"""The least width of cards beside a panel."""


class Beside(QWidget):
    """Holds the panels; `item_asked(path)` from either, `turned(open)` when one opens or closes."""

    item_asked = Signal(str)
    turned = Signal(bool)
    """Whether something is open now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.explanation, self.search = ExplainPanel(), SearchPanel()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._line, self._panels = line, list[QWidget]()
        for one in (self.explanation, self.search):
            self._take(one)
            one.item_asked.connect(self.item_asked)

    def toggle_explanation(self, audit: Audit, score: Score, names: Mapping[str, str]) -> None:
        """Open the explanation at the total, or close it."""
        if not self.explanation.isHidden():
            self.close_panels()
            return
        self.explanation.explain(audit, score, names)
        self._open(self.explanation)

    def show_search(self, entries: Callable[[], Sequence[Entry]]) -> None:
        self._open(self.search)
        self.search.look_for(entries)

    def show_panel(self, panel: DutiesPanel) -> None:
        """Open a panel that only some visits have; opened already, it goes."""
        if panel not in self._panels:
            self._take(panel)
        self._open(panel if panel.isHidden() else None)

    def _take(self, panel: ExplainPanel | SearchPanel | DutiesPanel) -> None:
        self._panels.append(panel)
        self._line.addWidget(panel)
        panel.hide()
        panel.closed.connect(self.close_panels)

    def refresh(self, audit: Audit, score: Score) -> None:
        """Other answers: what is open says the new truth."""
        if not self.explanation.isHidden():
            self.explanation.refresh(audit, score)
        if not self.search.isHidden():
            self.search.refresh()

    def close_panels(self) -> None:
        self._open(None)

    def make_room(self, column: QWidget, width: int) -> None:
        """Cards and a panel side by side in `width`, or the panel alone where there is no room for both."""
        shown = [one for one in self._panels if not one.isHidden()]
        wanted = sum(one.sizeHint().width() for one in shown)
        column.setVisible(not shown or width - wanted >= look().px(LEAST_CARDS))

    def _open(self, panel: QWidget | None) -> None:
        for one in self._panels:
            one.setVisible(one is panel)
        self.turned.emit(panel is not None)
