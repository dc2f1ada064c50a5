"""The rail at the left edge: the pages that are there, as icons with their names."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from auditor.words import tr
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, TIGHT, look

WIDTH = 84
Entry = tuple[str, str]
"""(page, icon)"""


class Navigation(QFrame):
    """Says which page is wanted; shows which one is open."""

    page_wanted = Signal(str)

    def __init__(self, top: Sequence[Entry], bottom: Sequence[Entry]) -> None:
        super().__init__()
        self.setProperty("panel", "rail")
        self.setAccessibleName(tr("window.navigation"))
        self._wide = max(look().px(WIDTH), *(_widest(one) for one, _ in (*top, *bottom)))
        self.setFixedWidth(self._wide)
        self._group = QButtonGroup(self)
        self._pages: dict[str, QToolButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(SMALL, MEDIUM, SMALL, MEDIUM)
        column.setSpacing(SMALL)
        for page, icon in top:
            column.addWidget(self._entry(page, icon))
        column.addStretch(1)
        for page, icon in bottom:
            column.addWidget(self._entry(page, icon))

    def show_page(self, page: str) -> None:
        """Mark a page as open; one that has no entry here marks none."""
        self._group.setExclusive(page in self._pages)
        for name, entry in self._pages.items():
            entry.setChecked(name == page)

    def _entry(self, page: str, icon: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "rail")
        made.setText(tr(f"window.{page}"))
        made.setAccessibleName(tr(f"window.{page}"))
        made.setIcon(icons.icon(icon, "quiet", checked="brand"))
        made.setIconSize(QSize(look().px(24), look().px(24)))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setFixedSize(self._wide - 2 * SMALL - 1, look().px(62))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setCheckable(True)
        made.clicked.connect(lambda: self.page_wanted.emit(page))
        self._group.addButton(made)
        self._pages[page] = made
        return made


def _widest(page: str) -> int:
    """Room for the name of a page as it stands when the page is open: bold."""
    font = look().font("small", bold=True)
    return QFontMetrics(font).horizontalAdvance(tr(f"window.{page}")) + 2 * SMALL + 2 * TIGHT
