"""The next version: its number and what it brought, asked for above the form when a checklist in use is saved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from auditor.words import tr
from ui.editor.fields import Captioned
from ui.look.style import LARGE, MEDIUM, SMALL
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card


class VersionPanel(Card):
    """`confirmed(version, note)` out. The version in use must not stay, and something must be said of the new one."""

    confirmed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("brand", margin=LARGE, spacing=MEDIUM)
        self._used = ""
        self.version, self.note = QLineEdit(), QLineEdit()
        self.version.setAccessibleName(tr("editor.begin.version"))
        self.note.setAccessibleName(tr("editor.save.note"))
        self.column.addWidget(label(tr("editor.save.explained"), "body", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(Captioned(tr("editor.begin.version"), self.version), 1)
        row.addWidget(Captioned(tr("editor.save.note"), self.note), 4)
        self.column.addLayout(row)
        self.wrong = label("", "small", "failed", wrap=True)
        self.column.addWidget(self.wrong)
        self.confirm = button(tr("editor.save.confirm"), "primary", on_click=self._on_confirm)
        buttons = QHBoxLayout()
        buttons.setSpacing(SMALL)
        buttons.addWidget(self.confirm)
        buttons.addWidget(button(tr("window.cancel"), "quiet", on_click=self.hide))
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        self.note.returnPressed.connect(self._on_confirm)
        self.version.returnPressed.connect(self._on_confirm)
        self.hide()

    def ask(self, used: str, version: str, note: str) -> None:
        """Show the panel with what is proposed; `used` is the version audits use now."""
        self._used = used
        self.version.setText(version)
        self.note.setText(note)
        self.wrong.hide()
        self.show()
        self.note.setFocus()
        self.note.selectAll()

    def _on_confirm(self) -> None:
        version, note = self.version.text().strip(), self.note.text().strip()
        wrong = "same_version" if version in ("", self._used) else "note_wanted" if not note else ""
        self.wrong.setText(tr(f"editor.save.{wrong}", version=self._used) if wrong else "")
        self.wrong.setVisible(bool(wrong))
        if not wrong:
            self.hide()
            self.confirmed.emit(version, note)
