"""After a crash the program opens where it was, with one sentence (design §6): which audit is open is remembered while
it is, and forgotten when the window closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.words import tr

if TYPE_CHECKING:
    from ui.main_window import MainWindow

PAGES_OF_A_DRAFT = ("capture", "jot", "photo", "review")


def begin(window: MainWindow) -> None:
    """Once the window is painted: go back to what a crash left open, and remember what is opened from now on."""
    left = window.settings.open_audit
    window.page_shown.connect(lambda _page: _remember(window))
    if left:
        window.desk.when_ready(lambda: _go_back(window, left))


def _remember(window: MainWindow) -> None:
    """Only the one that writes: another window on the same folder looks, and leaves the settings alone."""
    session = window.session
    here = session is not None and not session.read_only and window.page in PAGES_OF_A_DRAFT
    open_now = session.audit.id if session is not None and here else ""
    if window.desk.writes and window.settings.open_audit != open_now:
        window.change(open_audit=open_now)


def _go_back(window: MainWindow, audit: str) -> None:
    """Not where somebody has it open, nor what is no draft any more; forgotten first, should opening it be at fault."""
    if not window.desk.writes or window.page != "home":
        return
    window.change(open_audit="")
    row = window.library.row(audit)
    if row is None or row.state != "draft":
        return
    window.open_audit(audit)
    if window.session is not None:
        window.messages.say(tr("window.came_back", time=f"{window.session.saved_at:%H:%M:%S}"), seconds=None)
