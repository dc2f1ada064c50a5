"""Signing the PDFs of an export with a certificate: whether, with which file, and its password for this once."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.errors import AuditorError
from auditor.words import tr
from ui.look.style import SMALL
from ui.widgets.buttons import button, chip
from ui.widgets.files import chosen_file
from ui.widgets.flow import Flow
from ui.widgets.labels import label


class SignatureChoice(QWidget):
    """A chip; once it is on, the file and the password below it. The password is forgotten after each export."""

    changed = Signal()

    def __init__(self, can_sign: bool) -> None:
        """Where the extra is missing, a sentence says how it is had."""
        super().__init__()
        self.setAccessibleName(tr("signing.choose"))
        self.chip = chip(tr("signing.chip"), False, self._show_fields)
        self.file = QLineEdit()
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        for field, name in ((self.file, "file"), (self.password, "password")):
            field.setPlaceholderText(tr(f"signing.{name}"))
            field.setAccessibleName(tr(f"signing.{name}"))
            field.textChanged.connect(lambda _: self.changed.emit())
        self._fields = QWidget()
        fields = QVBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        fields.setSpacing(SMALL)
        choose = button(tr("signing.choose_file"), icon="folder", on_click=self._on_choose)
        fields.addWidget(Flow(self.file, choose, growing=self.file))
        fields.addWidget(self.password)
        fields.addWidget(label(tr("signing.note"), "body", "quiet", wrap=True))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(SMALL)
        whole.addWidget(Flow(self.chip))
        whole.addWidget(self._fields)
        self._fields.hide()
        if not can_sign:
            self.chip.setEnabled(False)
            missing = AuditorError("signing.no_extra")
            whole.addWidget(label(f"{missing} {missing.remedy()}", "body", "quiet", wrap=True))

    @property
    def wanted(self) -> tuple[Path, str] | None:
        """The file and its password; None where nothing is to be signed."""
        if not self.chip.isChecked() or not self.isEnabled():
            return None
        return Path(self.file.text().strip()).expanduser(), self.password.text()

    @property
    def complete(self) -> bool:
        """Whether what is needed was given."""
        return self.wanted is None or bool(self.file.text().strip())

    def forget(self) -> None:
        """The password was used."""
        self.password.clear()

    def _show_fields(self) -> None:
        self._fields.setVisible(self.chip.isChecked())
        if self.chip.isChecked():
            self.file.setFocus()
        self.changed.emit()

    def _on_choose(self) -> None:
        found = chosen_file(self, tr("signing.choose_file"), tr("signing.files"), "*.p12 *.pfx")
        if found is not None:
            self.file.setText(str(found))
            self.password.setFocus()
