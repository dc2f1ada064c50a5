"""Praising somebody by name, on the card of what was done well."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from auditor.audit import Praise
from auditor.words import tr
from ui.look.style import SMALL, look
from ui.widgets.buttons import button


class PraiseRow(QWidget):
    """`suggest(text)` in; `given(Praise)` and `closed` out."""

    given = Signal(object)
    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person, self.text = QLineEdit(), QLineEdit()
        for field, words in ((self.person, "person"), (self.text, "text")):
            field.setPlaceholderText(tr(f"praise.{words}"))
            field.setAccessibleName(f"{name} {tr(f'praise.{words}')}")
            field.returnPressed.connect(self._give)
        self.person.setFixedWidth(look().px(190))
        self.keep = button(tr("praise.keep"), name=f"{name} {tr('praise.keep')}", on_click=self._give)
        self.keep.setEnabled(False)
        self.person.textChanged.connect(lambda text: self.keep.setEnabled(bool(text.strip())))
        self.close_button = button("", "icon", icon="cross", name=tr("praise.close"), on_click=self.closed.emit)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SMALL)
        for one, stretch in ((self.person, 0), (self.text, 1), (self.keep, 0), (self.close_button, 0)):
            line.addWidget(one, stretch)

    def suggest(self, text: str) -> None:
        """Begin a praise with these words."""
        self.person.clear()
        self.text.setText(text)
        self.person.setFocus()

    def _give(self) -> None:
        if self.person.text().strip():
            self.given.emit(Praise(self.person.text().strip(), self.text.text().strip()))
