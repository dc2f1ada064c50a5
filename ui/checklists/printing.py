"""A checklist as a blank form: asked where to, made off the window's thread, told when it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.checklist.model import Checklist
from auditor.words import language, tr
from exports import report_settings
from exports.names import safe
from ui import background
from ui.widgets.files import default_folder, open_outside

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def print_form(window: MainWindow, page: QWidget, checklist: Checklist) -> QFileDialog:
    """Ask for the file, write the form in the window's language on the paper of the report settings, say so."""

    def told(path: Path) -> None:
        window.messages.say_done(
            tr("layouts.printed"), str(path), actions=[(tr("capture.open_file"), partial(open_outside, path))]
        )

    def chosen(name: str) -> None:
        path = Path(name).with_suffix(".pdf")
        window.change(export_folder=str(path.parent))
        settings, _ = report_settings.load(window.desk.folder)
        background.run(_work(checklist, path, settings.paper), told, window.say_wrong)

    return _ask(page, checklist, window.settings.export_folder or default_folder(), chosen)


def _ask(page: QWidget, checklist: Checklist, folder: str, chosen: Callable[[str], object]) -> QFileDialog:
    dialog = QFileDialog(page, tr("layouts.print_title"), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("PDF (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(f"{safe(str(checklist.title))} {safe(checklist.version)}.pdf")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()
    return dialog


def _work(checklist: Checklist, path: Path, paper: str) -> Callable[[], Path]:
    lang = language()

    def work() -> Path:
        from exports.forms import write_form

        return write_form(checklist, path, lang, guidance=True, paper=paper)

    return work
