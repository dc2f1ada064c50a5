"""What of an open audit goes out to be filled in elsewhere: the visit as a blank workbook, the reply to its notice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from auditor.words import language, tr
from exports import report_settings
from exports.names import beside
from ui import background
from ui.widgets.files import ask_to_save, default_folder, open_outside

if TYPE_CHECKING:
    from auditor.audit import Audit
    from ui.main_window import MainWindow


def ask_for_blank(window: MainWindow, audit: Audit) -> QFileDialog:
    """The visit, nothing of it answered, as a workbook that is read back into it."""
    settings, _ = report_settings.load(window.desk.folder)
    lang = language()

    def work(path: Path) -> Path:
        from exports.forms import write_workbook

        return write_workbook(audit, path, lang, letterhead=settings.letterhead)

    return _asked(window, audit, "blank", tr("sheets.blank"), work)


def ask_for_reply(window: MainWindow, audit: Audit) -> QFileDialog:
    """The reply to the rectification notice (整改反馈表), which the branch fills in."""
    store, lang = window.desk.store, language()
    assert store is not None

    def work(path: Path) -> Path:
        from exports.from_store import write_reply

        return write_reply(store, audit.id, path, lang)

    return _asked(window, audit, "reply", tr("layouts.reply"), work)


def _asked(window: MainWindow, audit: Audit, what: str, words: str, work: Callable[[Path], Path]) -> QFileDialog:
    """Asked where to, written off the window's thread, told that it is there."""

    def told(path: Path) -> None:
        opening = (tr("capture.open_file"), partial(open_outside, path))
        window.messages.say_done(tr(f"filling.{what}_done"), str(path), actions=[opening])

    def chosen(path: Path) -> None:
        window.change(export_folder=str(path.parent))
        background.run(lambda: work(path), told, window.say_wrong)

    folder = Path(window.settings.export_folder or default_folder())
    name = f"{beside(audit.header, words, language())}.xlsx"
    return ask_to_save(window, tr(f"filling.{what}_title"), folder / name, chosen)
