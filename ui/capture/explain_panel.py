"""How the score came about, in words: the total, its sections, their items, opened step by step."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from auditor import scoring
from auditor.audit import Audit
from auditor.scoring.explain import Explanation
from auditor.scoring.tree import Score
from auditor.words import tr
from ui.look.style import LARGE, MEDIUM, SMALL, look
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card, row, scrolling

WIDTH = 360


class ExplainPanel(QFrame):
    """`explain(audit, score, names)` in; `closed` and `item_asked(path)` out."""

    closed = Signal()
    item_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "rail")
        self.setProperty("side", "right")
        self.setAccessibleName(tr("capture.explain"))
        self._nodes: Mapping[str, Explanation] = {}
        self._names: Mapping[str, str] = {}
        self._items: frozenset[str] = frozenset()
        self._trail: list[str] = [""]
        self.back = button("", "icon", icon="back", name=tr("capture.explain_back"), on_click=self._on_back)
        self.title = label("", "strong", wrap=True)
        self.close_button = button("", "icon", icon="cross", name=tr("capture.close"), on_click=self.closed.emit)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(LARGE, 0, LARGE, LARGE)
        self._list.setSpacing(SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SMALL, 1, 1)
        head = row(self.back, self.title, self.close_button)
        head.setStretch(1, 1)
        head.setContentsMargins(SMALL, 0, SMALL, 0)
        column.addLayout(head)
        column.addWidget(scrolling(inside, name=tr("capture.explain")), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), look().px(WIDTH))

    def explain(self, audit: Audit, score: Score, names: Mapping[str, str]) -> None:
        """Start at the total; `names` are what people call the paths of the score."""
        self._names = names
        self._items = frozenset(one.path for one in score.items)
        self._trail = [""]
        self.refresh(audit, score)

    def refresh(self, audit: Audit, score: Score) -> None:
        """Other figures, the same place."""
        self._nodes = scoring.explain(audit, score)
        self._trail = [path for path in self._trail if path in self._nodes] or [""]
        self._paint()

    def _paint(self) -> None:
        while (held := self._list.takeAt(0)) is not None:
            widget = held.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        here = self._trail[-1]
        self.title.setText(self._names.get(here, here) if here else tr("common.total"))
        self.back.setVisible(len(self._trail) > 1)
        node = self._nodes.get(here)
        if node is None:
            self._list.addWidget(label(tr("capture.explain_none"), "body", "quiet", wrap=True))
        else:
            self._list.addWidget(label(node.text, "body", wrap=True))
            for part in node.parts:
                if part in self._nodes:
                    self._list.addWidget(self._part(part))
        if here in self._items:
            words = tr("capture.go_to_item")
            self._list.addWidget(button(words, on_click=partial(self.item_asked.emit, here)))
        self._list.addStretch(1)

    def _part(self, path: str) -> QWidget:
        """A part of a derivation, which can be opened."""
        node = self._nodes[path]
        card = Card(margin=MEDIUM, spacing=2)
        words = label(self._names.get(node.path, node.path), "body", wrap=True)
        more = button("", "icon", icon="chevron-right", name=words.text(), on_click=partial(self._open, node.path))
        line = row(words, more)
        line.setStretch(0, 1)
        card.column.addLayout(line)
        card.column.addWidget(label(node.text, "small", "quiet", wrap=True))
        return card

    def _open(self, path: str) -> None:
        self._trail.append(path)
        self._paint()

    def _on_back(self) -> None:
        del self._trail[-1:]
        self._paint()
