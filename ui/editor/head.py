"""The bar above the editor: back, what is edited and whether it is kept, undo, redo, save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.words import tr
from ui.look.style import LARGE, MEDIUM, SMALL, Tone, look, put
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel
from ui.widgets.panels import Card

LEAST_TITLE = 180
"""Room for what is edited, at 100 % text size."""


class EditorHead(Card):
    """Buttons out, words in."""

    left, undone, redone, saved = Signal(), Signal(), Signal(), Signal()
    side_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("head", margin=0)
        row = QHBoxLayout()
        row.setContentsMargins(MEDIUM, SMALL, LARGE, SMALL)
        self.column.addLayout(row)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title, self.state = ElidedLabel("", "strong"), ElidedLabel("", "quiet")
        words.addWidget(self.title)
        words.addWidget(self.state)
        back = button("", "icon", icon="back", name=tr("editor.leave"), on_click=self.left.emit)
        self.undo = button("", "icon", icon="undo", name=tr("editor.undo"), on_click=self.undone.emit)
        self.redo = button("", "icon", icon="redo", name=tr("editor.redo"), on_click=self.redone.emit)
        self.save = button(tr("editor.save"), "primary", icon="check", on_click=self.saved.emit)
        sides = [(one, tr(f"editor.side.{one}")) for one in ("outline", "form", "preview")]
        self.sides = SegmentedButtons(sides, "form", name=tr("editor.side"))
        self.sides.chosen.connect(self.side_chosen)
        said = QWidget()
        said.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        said.setMinimumWidth(look().px(LEAST_TITLE))
        acts, beside = QWidget(), QHBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        for one in (self.undo, self.redo, self.save):
            beside.addWidget(one)
        acts.setLayout(beside)
        row.addWidget(Flow(back, said, self.sides, acts, growing=said))

    def show_state(self, title: str, state: str, tone: Tone, *, can_undo: bool, can_redo: bool) -> None:
        self.title.setText(title)
        self.state.setText(state)
        put(self.state, "tone", tone)
        self.undo.setEnabled(can_undo)
        self.redo.setEnabled(can_redo)
