"""The round trip joined to the pages of a visit: a quiet “more” in their heads, and workbooks dropped on them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from auditor.words import tr
from exports.layouts import fitting
from ui.filling.flow import ask_and_fill, fill
from ui.filling.going_out import ask_for_blank, ask_for_reply
from ui.filling.menu import Entry, SheetDrop, offer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QPushButton

    from ui.capture.page import CapturePage
    from ui.main_window import MainWindow
    from ui.review.page import ReviewPage
    from ui.session import AuditSession


def join_capture(window: MainWindow, page: CapturePage) -> None:
    if page.session.why_viewed is not None:
        return
    page.head.offer_more()
    page.head.more_asked.connect(lambda: _offer(window, page.session, page.head.more))
    _join_drops(window, page)


def join_review(window: MainWindow, page: ReviewPage) -> None:
    if page.session.why_viewed is not None:
        return
    page.offer_more(lambda: bool(entries(window, page.session)))
    page.more_asked.connect(lambda below: _offer(window, page.session, below))
    _join_drops(window, page)


def _join_drops(window: MainWindow, page: CapturePage | ReviewPage) -> None:
    SheetDrop(page).dropped.connect(lambda file: fill(window, page.session.audit.id, file))


def _offer(window: MainWindow, session: AuditSession, below: QPushButton) -> None:
    offer(entries(window, session), below)


def entries(window: MainWindow, session: AuditSession) -> list[Entry]:
    """What makes sense as the audit stands: a draft's answers, a loss's corrective action."""
    audit, found = session.audit, list[Entry]()
    if audit.state == "draft":
        found.append((tr("filling.menu_blank"), partial(ask_for_blank, window, audit)))
        found.append((tr("filling.menu"), partial(ask_and_fill, window, audit.id)))
    elif "rectification" in fitting(audit, session.score, "branch"):
        found.append((tr("filling.menu_reply"), partial(ask_for_reply, window, audit)))
        found.append((tr("filling.menu_reply_in"), partial(ask_and_fill, window, audit.id)))
    return found
