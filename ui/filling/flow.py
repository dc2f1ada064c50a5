"""Reading a file into an audit of the library: asked for, read off the window's thread, told; problems in a panel."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from auditor.errors import AuditorError
from auditor.words import tr
from ui.filling import work
from ui.filling.problems import FillProblems
from ui.widgets.files import default_folder

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def ask_and_fill(window: MainWindow, audit: str) -> QFileDialog:
    """Ask for a filled-in workbook, a reply or an answers file, and fill the audit from it."""
    dialog = QFileDialog(window, tr("filling.choose"), window.settings.export_folder or default_folder())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{tr('filling.files')} (*.xlsx *.yaml *.yml)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: fill(window, audit, Path(name)))
    dialog.open()
    return dialog


def fill(window: MainWindow, audit: str, file: Path) -> None:
    """Fill an audit that is not open from a file."""
    for old in window.findChildren(FillProblems):
        old.leave()

    def done(found: work.Filled) -> None:
        if found.findings and not found.answers:
            said = tr("filling.done_findings", findings=found.findings)
        else:
            said = tr("filling.done", answers=found.answers, answered=found.answered, applicable=found.applicable)
        detail = " ".join(one.message() for one in found.notes)
        window.messages.say_done(said, detail, actions=[(tr("window.open"), partial(window.open_audit, audit))])

    def failed(error: Exception) -> None:
        if isinstance(error, AuditorError):
            window.above.addWidget(FillProblems(error))
        else:
            window.say_wrong(error)

    window.desk.when_ready(lambda: window.desk.lend(lambda store: work.fill(store, audit, file), done, failed))
