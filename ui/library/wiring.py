"""The first page joined to the window: what it asks for is done by the window, the desk or a page opened later."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from auditor.words import tr
from ui.library.page import LibraryPage

if TYPE_CHECKING:
    from ui.corrective.home_card import CorrectiveCard
    from ui.main_window import MainWindow


def first_page(window: MainWindow) -> LibraryPage:
    """The library for the person who works here."""
    desk = window.desk
    desk.person = window.person
    page = LibraryPage(window.person)
    page.role_wanted.connect(lambda: window.show_page("role"))
    page.self_check_wanted.connect(lambda draft: window.open_audit(draft) if draft else window.on_start_check())
    page.practice_wanted.connect(lambda: desk.when_ready(lambda: practise(window)))
    page.start_wanted.connect(window.on_start_check)
    page.sample_wanted.connect(lambda: desk.when_ready(lambda: load_sample(window)))
    page.opened.connect(window.open_audit)
    page.export_wanted.connect(window.export_audit)
    page.fill_wanted.connect(lambda audit: _fill(window, audit))
    page.export_shown_wanted.connect(window.export_rows)
    page.register_wanted.connect(lambda rows: window.export_rows(rows, "register"))
    page.delete_wanted.connect(window.delete_audit)
    page.erase_wanted.connect(lambda audit: window.notices.ask_erasing(audit))
    page.check_wanted.connect(lambda: window.go("check"))
    if (card := page.cards.corrective) is not None:
        card.urgent_wanted.connect(lambda audit: desk.when_ready(lambda: _name_urgent(window, card, audit)))
        card.opened.connect(lambda _: desk.when_ready(lambda: _show_urgent(window)))
    page.show_rows(desk.rows)
    return page


def _fill(window: MainWindow, audit: str) -> None:
    """Not imported before: nobody reads a workbook on the first page."""
    from ui.filling.flow import ask_and_fill

    ask_and_fill(window, audit)


def _show_urgent(window: MainWindow) -> None:
    """The audit is open by now: at what must be put right first."""
    losses = getattr(window.current_page(), "losses", None)
    if losses is not None:
        losses.show_most_urgent()


def _name_urgent(window: MainWindow, card: CorrectiveCard, audit: str) -> None:
    """Read off the window's thread what waits most urgently to be put right, and say it if it is still wanted."""
    from shiboken6 import isValid

    from ui import background
    from ui.corrective.home_card import most_urgent

    store = window.desk.store
    if store is None:
        return

    def show(title: str) -> None:
        if isValid(card) and card.waiting.audit == audit:
            card.show_urgent(title)

    background.run(lambda: most_urgent(store, audit), show, lambda _: None)


def load_sample(window: MainWindow) -> None:
    """Add an invented bank's audits to the data folder, in the background."""
    window.messages.say(tr("window.loading_sample"), seconds=None)
    window.desk.load_sample(lambda: window.messages.say_done(tr("window.sample_loaded")))


def practise(window: MainWindow) -> None:
    """A draft to play with: a small checklist at a branch that is none; deleted like any other."""
    from auditor.audit import Header
    from checklists import library

    now = datetime.now().astimezone().isoformat(timespec="seconds")
    header = Header("announced", now, branch=tr("role.practice_branch"), branch_name=tr("role.practice_branch"))
    window.start_audit(library.find("greeting", None), header)
