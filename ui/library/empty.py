"""What the first page shows where there is nothing to list: an empty folder, or nothing found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QScrollArea, QWidget

from auditor.words import tr
from ui.widgets.buttons import button
from ui.widgets.panels import Card, EmptyState, row, scrolling

if TYPE_CHECKING:
    from ui.library.page import LibraryPage


def welcome(page: LibraryPage) -> QScrollArea:
    """No audit yet: begin, practise, or load a sample; `page.sample` is that button."""
    start = button(tr("window.start_check"), "primary", icon="plus", on_click=page.start_wanted.emit)
    page.sample = button(tr("window.load_sample"), "plain", on_click=page.sample_wanted.emit)
    practice = button(tr("role.practice"), "plain", on_click=page.practice_wanted.emit)
    panel = Card()
    actions = (start, practice, page.sample)
    panel.column.addWidget(EmptyState("checks", tr("window.welcome"), tr("window.welcome.remedy"), *actions), 1)
    inside = QWidget()
    inside.setLayout(row(panel))
    return scrolling(inside, name=tr("window.home"))


def none_found(page: LibraryPage) -> EmptyState:
    """Audits there are, but none that passes search and filters."""
    clear = button(tr("window.clear_filters"), "plain", on_click=page.clear_filters)
    return EmptyState("search", tr("window.none_found"), tr("window.none_found.remedy"), clear)
