"""The left side: a search, the outline, and the buttons that add, copy, move and delete."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from auditor.words import tr
from ui.editor.outline import Outline
from ui.look.style import MEDIUM, SMALL
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.panels import Card

ACTIONS = (("copy", "duplicate"), ("chevron-up", "raise"), ("chevron-down", "lower"), ("trash", "delete"))


class OutlineSide(Card):
    """`acted(name)`: `item`, `section`, `duplicate`, `raise`, `lower`, `delete`."""

    acted = Signal(str)

    def __init__(self) -> None:
        super().__init__("rail", margin=MEDIUM, spacing=SMALL)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("editor.search"))
        self.search.setAccessibleName(tr("editor.search"))
        self.search.setClearButtonEnabled(True)
        self.tree = Outline()
        self.search.textChanged.connect(self.tree.seek)
        self.search.returnPressed.connect(self._on_found)
        self.tree.delete_wanted.connect(lambda: self.acted.emit("delete"))
        self.column.addWidget(self.search)
        self.column.addWidget(self.tree, 1)
        self.buttons: dict[str, QPushButton] = {}
        adding = [self._add(name, button(tr(f"editor.add.{name}"), icon="plus")) for name in ("item", "section")]
        acting = [
            self._add(name, button("", "icon", icon=icon, tone="quiet", name=tr(f"editor.act.{name}")))
            for icon, name in ACTIONS
        ]
        self.column.addWidget(Flow(*adding))
        self.column.addWidget(Flow(*acting))

    def show_allowed(self, names: set[str]) -> None:
        """Which buttons can do something now."""
        for name, one in self.buttons.items():
            one.setEnabled(name in names)

    def _add(self, name: str, made: QPushButton) -> QPushButton:
        made.clicked.connect(lambda: self.acted.emit(name))
        self.buttons[name] = made
        return made

    def _on_found(self) -> None:
        hits = self.tree.seek(self.search.text())
        if not hits:
            return
        after = [hit for hit in hits if hit > self.tree.current] if self.tree.current in hits else hits
        path = (after or hits)[0]
        self.tree.show_current(path)
        self.tree.chosen.emit(path)
