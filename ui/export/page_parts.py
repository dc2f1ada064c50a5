"""What every page that exports is put together from: a head, a column that scrolls, a bar below it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, look
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import row, scrolling

SETTLED = 80
"""Milliseconds after which wrapped words have found their height."""


def assemble(page: QWidget, title: str, about: str, inside: QWidget, bar: QFrame) -> QScrollArea:
    """Lay the parts out on `page`, from top to bottom; gives the part that scrolls."""
    page.setProperty("panel", "page")
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(_head(title, about))
    area = scrolling(inside, name=title)
    whole.addWidget(area, 1)
    whole.addWidget(bar)
    return area


def bring_in_sight(area: QScrollArea, part: QWidget) -> None:
    """Scroll to a part that was just added: at once, and again when the page has grown by it and the strip below has
    said what happened."""
    for wait in (0, SETTLED):
        QTimer.singleShot(wait, part, lambda: area.ensureWidgetVisible(part, 0, WIDE))


def bottom_bar(leave: QWidget, *actions: QWidget) -> QFrame:
    """The way out at the left, what can be done at the right."""
    bar = QFrame()
    bar.setProperty("panel", "strip")
    gap = QWidget()
    across = row(Flow(leave, gap, *actions, spacing=LARGE, growing=gap))
    across.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
    bar.setLayout(across)
    return bar


def _head(title: str, about: str) -> QFrame:
    head, titles = QFrame(), QVBoxLayout()
    head.setProperty("panel", "head")
    head.setMinimumHeight(look().px(72))
    titles.setSpacing(0)
    titles.addWidget(label(title, "title", wrap=True))
    titles.addWidget(ElidedLabel(about, "quiet"))
    across = row(spacing=SMALL)
    across.addLayout(titles, 1)
    across.setContentsMargins(WIDE, SMALL, WIDE, SMALL)
    head.setLayout(across)
    return head
