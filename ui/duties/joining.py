"""Sharing out joined to the page of a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.duties.panel import DutiesPanel

if TYPE_CHECKING:
    from ui.capture.page import CapturePage


def join_duties(page: CapturePage) -> None:
    """Open the panel from any section's band; rail, band and cards are painted anew when duties are others."""
    session = page.session
    if not session.sharing.offered:
        return
    panel = DutiesPanel(session.sharing, session.audit.checklist)
    panel.setParent(page)
    panel.hide()
    panel.failed.connect(session.failed)
    page.maker.share = lambda: page.beside.show_panel(panel)
    session.duties_changed.connect(panel.refresh)
    session.duties_changed.connect(page.show_anew)
