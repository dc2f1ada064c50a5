"""The page that starts an audit joined to the window, and what it shares: checklists read, branches imported."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from auditor.errors import ProblemsError
from auditor.words import language, tr
from ui import background
from ui.desk import problems_as_error
from ui.start.page import StartPage
from ui.widgets.files import chosen_file

if TYPE_CHECKING:
    from auditor.checklist.model import Checklist
    from auditor.store import Branch
    from ui.main_window import MainWindow
    from ui.role.page import RolePage

PLACES_NAMED = 2
"""Faults of a register that the strip has room for."""


def start_page(window: MainWindow) -> QWidget:
    page = StartPage(window.desk.rows, window.person)
    page.left.connect(lambda: window.go("home"))
    page.started.connect(window.start_audit)
    page.branches.register_wanted.connect(lambda: import_branches(window, page))
    window.desk.when_ready(lambda: page.show_branches(window.desk.branches()))
    before = window.findChildren(StartPage) if window.page == "start" else []
    if before:  # the same page in another language or look
        page.take_up(before[-1].kept())
    read_checklists(window, page, page.show_checklists)
    return page


def import_branches(window: MainWindow, page: StartPage | RolePage) -> None:
    """Read a register of branches from Excel or CSV; what is wrong in it is said by cell, and nothing is taken."""
    path = chosen_file(page, tr("branches.choose"), tr("branches.files"), "*.xlsx *.csv")
    if path is None:
        return

    def read() -> list[Branch]:
        from checklists.branches import read_branches

        return read_branches(path)

    def done(found: list[Branch]) -> None:
        window.desk.when_ready(lambda: take(window.desk.merge_branches(found)))

    def take(counts: tuple[int, int]) -> None:
        window.messages.say_done(tr("branches.imported", added=counts[0], changed=counts[1]))
        if isValid(page):
            page.show_branches(window.desk.branches())

    background.run(read, done, lambda error: window.messages.say_wrong(error, also=_places(error)))


def _places(error: Exception) -> str:
    """The first few cells or lines of a register that are wrong; the sentence before says how many there are."""
    if not isinstance(error, ProblemsError):
        return ""
    return (" " if language() == "en" else "").join(one.message() for one in error.found[:PLACES_NAMED])


def read_checklists(window: MainWindow, page: QWidget, show: Callable[[list[Checklist]], Any]) -> None:
    """Read every checklist off the window's thread and show them, if the page is still there by then."""
    from checklists import library

    def done(found: tuple[list[Checklist], list[Any]]) -> None:
        if not isValid(page):
            return
        show(found[0])
        wrong = problems_as_error(found[1])
        if wrong is not None:
            window.say_wrong(wrong)

    background.run(lambda: library.listed(window.desk.folder), done, window.say_wrong)
