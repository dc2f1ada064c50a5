"""What can be done with one audit of the library, or with all that are shown, as menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from auditor.words import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.store import Row
    from ui.library.page import LibraryPage


def audit_menu(page: LibraryPage, found: Row) -> QMenu:
    """Its entries say through the page's signals what is wanted."""
    menu, audit = QMenu(page), found.id
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    opening = "resume" if found.state == "draft" else "open"
    entries = [(tr(f"window.{opening}"), page.opened), (tr("window.export"), page.export_wanted)]
    entries += [(tr("filling.menu"), page.fill_wanted)] if found.state != "damaged" else []
    entries += [(tr("safety.erase"), page.erase_wanted)] if found.state == "finished" else []
    entries += [(tr("window.delete"), page.delete_wanted)]
    for words, signal in entries:
        action = QAction(words, menu)
        action.setEnabled(signal is not page.export_wanted or found.state != "damaged")
        action.triggered.connect(lambda _=False, signal=signal: signal.emit(audit))
        menu.addAction(action)
    if found.state == "damaged":
        check = QAction(tr("safety.check"), menu)
        check.triggered.connect(lambda _=False: page.check_wanted.emit())
        menu.addAction(check)
    return menu


def export_menu(page: LibraryPage, rows: Sequence[Row]) -> QMenu:
    """What the audits that are shown can be exported as."""
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(tr("window.export_shown"))
    for words, signal in (
        (tr("batch.export_shown"), page.export_shown_wanted),
        (tr("register_page.entry"), page.register_wanted),
    ):
        action = QAction(words, menu)
        action.triggered.connect(lambda _=False, signal=signal: signal.emit(rows))
        menu.addAction(action)
    return menu
