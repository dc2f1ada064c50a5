"""Jot mode joined to the window: the rail, the strip and the title tell nothing while it is shown."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, QTimer

from auditor import jotting
from auditor.words import tr
from ui.jot.entry import offers_jotting
from ui.jot.leaving import leaving_words
from ui.jot.page import JotPage

if TYPE_CHECKING:
    from ui.capture.page import CapturePage
    from ui.controls import Hand
    from ui.main_window import MainWindow
    from ui.session import AuditSession

NO_LIMIT = 16_777_215
"""The greatest height a widget may have."""
AGAIN = 30_000
"""Milliseconds between two looks at how long ago the shopper left."""


def jot_page(window: MainWindow) -> JotPage:
    """The page, going on where one was when it is built anew in another language or look."""
    assert window.session is not None
    page = JotPage(window.session, hand=cast("Hand", window.settings.hand))
    page.left.connect(lambda: window.go("home"))
    page.unfolded.connect(lambda count: _show_items(window, page, count))
    Guise(window, page)
    before = window.findChildren(JotPage) if window.page == "jot" else []
    if before:
        page.take_up(before[-1].kept())
    return page


class Guise(QObject):
    """While the page is shown the window is a note pad's. What the strip has to say waits until it is not."""

    def __init__(self, window: MainWindow, page: JotPage) -> None:
        super().__init__(page)
        self._window = window
        window.page_shown.connect(self._turned)

    def _turned(self, name: str) -> None:
        window, plain = self._window, name == "jot"
        window.navigation.setVisible(not plain)
        window.messages.setMaximumHeight(0 if plain else NO_LIMIT)
        window.setWindowTitle(tr("jot.name" if plain else "common.app"))


def _show_items(window: MainWindow, page: JotPage, count: int) -> None:
    """The checklist from its beginning, with what was jotted in it, and a word about what went where."""
    from ui.capture.page import CapturePage

    session, audit = page.session, page.session.audit.id
    first = not session.place
    running = next((one.title for one in page.watch.marks if page.timings.is_running(one)), "")
    window.show_page("capture")
    shown = window.current_page()
    beginning = shown.route.first() if isinstance(shown, CapturePage) and first else None
    if beginning is not None:
        cast("CapturePage", shown).show_place(beginning.key)
    words = tr("jot.filled", n=count) if count else tr("jot.filled_none" if session.audit.jots else "jot.no_notes")
    apart = len(jotting.differing(page.session.audit))
    stays = tr("jot.differing", n=apart) if apart else ""
    also = tr("jot.still_running", title=running) if running else ""
    back = [(tr("jot.open"), lambda: _back_to_pad(window, session, audit))]
    window.messages.say(
        tr("jot.between").join(filter(None, (words, stays, also))),
        tr("jot.filled.remedy") if count else "",
        actions=back,
    )


def _back_to_pad(window: MainWindow, session: AuditSession, audit: str) -> None:
    """From the strip, which outlives the visit: where that was left meanwhile it is opened again first."""
    if window.session is not session:
        window.open_audit(audit)
    if window.session is not None and window.session.audit.id == audit and offers_jotting(window.session.audit):
        window.show_page("jot")


def join_capture(window: MainWindow, page: CapturePage) -> None:
    """On the capture page of a covert visit: the way back to the pad, and how long ago the shopper left."""
    if not offers_jotting(page.session.audit):
        return
    page.head.offer_jotting()
    page.head.jot_asked.connect(lambda: window.show_page("jot"))

    SinceLeaving(page)


class SinceLeaving(QObject):
    """Keeps the head of the capture page saying how long ago the shopper left; amber after two hours."""

    def __init__(self, page: CapturePage) -> None:
        super().__init__(page)
        self._page = page
        self._timer = QTimer(self)
        self._timer.setInterval(AGAIN)
        self._timer.timeout.connect(self.show_now)
        self._timer.start()
        page.session.header_changed.connect(self.show_now)
        self.show_now()

    def show_now(self) -> None:
        words, over = leaving_words(self._page.session.audit, datetime.now().astimezone())
        self._page.head.show_leaving(words, "lost" if over else "quiet")
