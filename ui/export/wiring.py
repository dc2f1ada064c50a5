"""Joins the pages that export to the window: one audit, a report for each of many, one register of all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from auditor.errors import AuditorError
from ui.export.batch_page import BatchPage
from ui.export.page import ExportPage
from ui.export.register_page import RegisterPage

if TYPE_CHECKING:
    from ui.main_window import MainWindow


def export_page(window: MainWindow) -> QWidget:
    store, audit = window.desk.store, window.exported
    assert store is not None
    assert audit is not None
    page = ExportPage(store, audit, window.settings.export_folder)
    _joined(window, page)
    page.closed.connect(lambda: window.go("home") if window.session is None else window.show_page("review"))
    return page


def batch_page(window: MainWindow) -> QWidget:
    page = BatchPage(window.desk.folder, window.exported_rows, window.settings.export_folder)
    _joined(window, page)
    page.audit_wanted.connect(window.open_audit)
    page.closed.connect(lambda: window.go("home"))
    return page


def register_page(window: MainWindow) -> QWidget:
    store = window.desk.store
    assert store is not None
    page = RegisterPage(store, window.exported_rows, window.settings.export_folder)
    _joined(window, page)
    page.closed.connect(lambda: window.go("home"))
    return page


def _joined(window: MainWindow, page: ExportPage | BatchPage | RegisterPage) -> None:
    """The folder is kept; what is no problem of the person's own is said in the strip too."""
    page.folder_chosen.connect(lambda folder: window.change(export_folder=folder))
    page.failed.connect(lambda error: None if isinstance(error, AuditorError) else window.say_wrong(error))


MAKERS: dict[str, Callable[[MainWindow], QWidget]] = {
    "export": export_page,
    "batch": batch_page,
    "register": register_page,
}
