"""How a checklist begins: its title, id and version, asked for on the page itself."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from auditor.errors import AuditorError
from auditor.words import tr
from ui.editor.fields import Captioned
from ui.look.style import MEDIUM, SMALL, WIDE
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card


class BeginPanel(Card):
    """`begun(id, version, title)` out; what is wrong with them is said under the fields."""

    begun = Signal(str, str, str)
    cancelled = Signal()

    def __init__(self, heading: str, note: str, *, title: str, id: str, version: str) -> None:
        super().__init__(margin=WIDE, spacing=MEDIUM)
        self.column.addWidget(label(heading, "strong", wrap=True))
        self.column.addWidget(label(note, "quiet", wrap=True))
        self.title = self._line("title", title)
        self.id = self._line("id", id)
        self.version = self._line("version", version)
        self.column.addWidget(Captioned(tr("editor.begin.title"), self.title))
        row = QHBoxLayout()
        row.setSpacing(MEDIUM)
        row.addWidget(Captioned(tr("editor.begin.id"), self.id, tr("editor.begin.id.hint")), 1)
        row.addWidget(Captioned(tr("editor.begin.version"), self.version, tr("editor.begin.version.hint")), 1)
        self.column.addLayout(row)
        self.wrong = label("", "body", "failed", wrap=True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.start = button(tr("editor.begin.start"), "primary", on_click=self._on_start)
        buttons = QHBoxLayout()
        buttons.setSpacing(SMALL)
        buttons.addWidget(self.start)
        buttons.addWidget(button(tr("window.cancel"), "quiet", on_click=self.cancelled.emit))
        buttons.addStretch(1)
        self.column.addLayout(buttons)
        for one in (self.title, self.id, self.version):
            one.returnPressed.connect(self._on_start)

    def say_wrong(self, error: AuditorError) -> None:
        self.wrong.setText(f"{error} {error.remedy()}".strip())
        self.wrong.show()
        self.id.setFocus()

    def take_focus(self) -> None:
        self.title.setFocus()
        self.title.selectAll()

    def _on_start(self) -> None:
        self.begun.emit(self.id.text().strip(), self.version.text().strip(), self.title.text().strip())

    @staticmethod
    def _line(name: str, text: str) -> QLineEdit:
        made = QLineEdit(text)
        made.setAccessibleName(tr(f"editor.begin.{name}"))
        return made
