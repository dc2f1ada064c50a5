"""A draft opens where one was: the page, the section, the item in sight. After a crash it opens by itself, with one
sentence (design §6): which audit is open is remembered while it is, and forgotten when the window closes."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from auditor.words import tr
from ui.last_place import LastPlaces, Spot

if TYPE_CHECKING:
    from ui.capture.page import CapturePage
    from ui.main_window import MainWindow
    from ui.session import AuditSession

PAGES_OF_A_DRAFT = ("capture", "jot", "photo", "review")
LED_BACK_TO = ("jot", "review")
"""Beside the checklist itself, where a photo belongs too."""


class ComingBack(QObject):
    """Begins once the window is painted: goes back to what a crash left open, and remembers what is opened then."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, left = window, window.settings.open_audit
        self._seen: AuditSession | None = None
        window.page_shown.connect(self._on_page)
        if left:
            window.desk.when_ready(lambda: self._go_back(left))

    @cached_property
    def places(self) -> LastPlaces:
        return LastPlaces(self._window.desk.folder)

    @property
    def _draft(self) -> AuditSession | None:
        """The open audit, where it can be changed."""
        session = self._window.session
        return session if session is not None and not session.read_only else None

    def _on_page(self, page: str) -> None:
        draft = self._draft if page in PAGES_OF_A_DRAFT else None
        self._remember(draft)
        if draft is None:
            self._seen = None
        elif page == "capture":
            self._on_capture(draft)
        else:
            self._note(draft, Spot(page, draft.place, *draft.spot))

    def _remember(self, draft: AuditSession | None) -> None:
        """Only the one that writes: another window on the same folder looks, and leaves the settings alone."""
        open_now = draft.audit.id if draft is not None else ""
        if self._window.desk.writes and self._window.settings.open_audit != open_now:
            self._window.change(open_audit=open_now)

    def _on_capture(self, draft: AuditSession) -> None:
        from ui.capture.page import CapturePage

        page = self._window.current_page()
        if not isinstance(page, CapturePage):
            return
        if self._seen is not draft:
            self._seen = draft
            self._take_up(page)
        page.column.came_to_rest.connect(lambda: self._note(draft, Spot("capture", draft.place, *page.column.spot())))

    def _take_up(self, page: CapturePage) -> None:
        """Show what was in sight when this audit was left, in this opening of the program or an earlier one."""
        spot = self.places.of(page.session.audit.id)
        if spot is not None and page.route.at(spot.section) is not None:
            page.session.place, page.session.spot = spot.section, (spot.item, spot.offset)
            page.open_where_one_was()

    def _note(self, draft: AuditSession, spot: Spot) -> None:
        if self._window.desk.writes and draft is self._draft:
            self.places.note(draft.audit.id, spot)

    def _go_back(self, audit: str) -> None:
        """Not where somebody has it open, nor what is no draft any more; forgotten first, should opening it be at
        fault."""
        window = self._window
        if not window.desk.writes or window.page != "home":
            return
        window.change(open_audit="")
        row = window.library.row(audit)
        if row is None or row.state != "draft":
            return
        spot = self.places.of(audit)
        window.open_audit(audit)
        if window.session is None:
            return
        if spot is not None and spot.page in LED_BACK_TO and spot.page != window.page:
            window.show_page(spot.page)
        self._say(f"{window.session.saved_at:%H:%M:%S}")

    def _say(self, saved: str) -> None:
        """The strip is not to be seen beside the note pad, which says it in its own words."""
        from ui.jot.page import JotPage

        page = self._window.current_page()
        if isinstance(page, JotPage):
            page.say(tr("jot.came_back"))
        else:
            self._window.messages.say(tr("window.came_back", time=saved), seconds=None)
