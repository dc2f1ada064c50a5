"""How the score came about, in words: the total, its sections, their items, opened step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from auditor.words import tr
from ui.style import LARGE, MEDIUM, SMALL, look
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card, row, scrolling

WIDTH = 360


class Explained(Protocol):
    """One node of the score in words, and the nodes it is made of."""

    @property
    def path(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def parts(self) -> Sequence[object]: ...


class ExplainPanel(QFrame):
    """`show_explanations(by path, names)` in; `closed` and `item_asked(path)` out."""

    closed = Signal()
    item_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self.setAccessibleName(tr("capture.explain"))
        self._nodes: Mapping[str, Explained] = {}
        self._names: Mapping[str, str] = {}
        self._places: frozenset[str] = frozenset()
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
        self.setMinimumWidth(look().px(WIDTH))

    def show_explanations(
        self, nodes: Mapping[str, Explained], names: Mapping[str, str], items: frozenset[str], path: str = ""
    ) -> None:
        """`nodes` by path ("" is the total), the `names` people know paths by, and which paths are `items`."""
        self._nodes, self._names, self._places = nodes, names, items
        self._trail = [""] if not path else ["", path]
        self._paint()

    def refresh(self, nodes: Mapping[str, Explained]) -> None:
        """Other figures, the same place."""
        self._nodes = nodes
        self._trail = [path for path in self._trail if path in nodes] or [""]
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
                self._list.addWidget(self._part(part))
        if here in self._places:
            words = tr("capture.go_to_item")
            self._list.addWidget(button(words, on_click=partial(self.item_asked.emit, here)))
        self._list.addStretch(1)

    def _part(self, part: object) -> QWidget:
        """A part of a derivation: a path that can be opened, or a line of text."""
        path = part if isinstance(part, str) else getattr(part, "path", None)
        node = self._nodes.get(path) if isinstance(path, str) else None
        if node is None:
            text = part if isinstance(part, str) else getattr(part, "text", "")
            return label(str(text), "small", "quiet", wrap=True)
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
