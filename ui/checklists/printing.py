"""A checklist as a blank form or workbook: asked where to, made off the window's thread, told when it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from auditor.checklist.model import Checklist
from auditor.words import language, tr
from exports import report_settings
from exports.letterhead import Letterhead
from exports.names import safe
from ui import background
from ui.widgets.files import ask_to_save, default_folder, open_outside

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def print_form(window: MainWindow, page: QWidget, checklist: Checklist) -> QFileDialog:
    """Ask for the file, write the form in the window's language on the paper of the report settings, say so."""
    settings, _ = report_settings.load(window.desk.folder)
    return _asked(window, page, checklist, ".pdf", lambda path: _work(checklist, path, settings.paper))


def write_blank(window: MainWindow, page: QWidget, checklist: Checklist) -> QFileDialog:
    """The same with a workbook to fill in without the program, which is read back into an audit."""
    settings, _ = report_settings.load(window.desk.folder)
    return _asked(window, page, checklist, ".xlsx", lambda path: _blank(checklist, path, settings.letterhead))


def _asked(
    window: MainWindow, page: QWidget, checklist: Checklist, ending: str, work: Callable[[Path], Callable[[], Path]]
) -> QFileDialog:
    """Asked where to, done off the window's thread, told that it is there."""

    def told(path: Path) -> None:
        opening = (tr("capture.open_file"), partial(open_outside, path))
        window.messages.say_done(tr(_DONE[ending]), str(path), actions=[opening])

    def chosen(path: Path) -> None:
        window.change(export_folder=str(path.parent))
        background.run(work(path), told, window.say_wrong)

    return _ask(page, checklist, window.settings.export_folder or default_folder(), chosen, ending)


_TITLES = {".pdf": "layouts.print_title", ".xlsx": "filling.blank_title"}
_DONE = {".pdf": "layouts.printed", ".xlsx": "filling.blank_done"}


def _ask(
    page: QWidget, checklist: Checklist, folder: str, chosen: Callable[[Path], object], ending: str = ".pdf"
) -> QFileDialog:
    name = f"{safe(str(checklist.title))} {safe(checklist.version)}{ending}"
    return ask_to_save(page, tr(_TITLES[ending]), Path(folder) / name, chosen)


def _work(checklist: Checklist, path: Path, paper: str) -> Callable[[], Path]:
    lang = language()

    def work() -> Path:
        from exports.forms import write_form

        return write_form(checklist, path, lang, guidance=True, paper=paper)

    return work


def _blank(checklist: Checklist, path: Path, letterhead: Letterhead) -> Callable[[], Path]:
    lang = language()

    def work() -> Path:
        from exports.forms import write_workbook

        return write_workbook(checklist, path, lang, letterhead=letterhead)

    return work
