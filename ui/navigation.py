"""The rail at the left edge: the pages that are there, as icons with their names; as icons alone where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from auditor.words import tr
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, TARGET, TIGHT, look

WIDTH = 84
NARROW = 560
"""Windows less wide than that, at 100 % text size, keep their room for the page: the names become tooltips."""
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
        self._narrow = False
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

    def stand_in(self, frame: QWidget) -> None:
        """Follow the width of what it stands in."""
        frame.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._fit(watched.width() < look().px(NARROW))
        return super().eventFilter(watched, event)

    def _fit(self, narrow: bool) -> None:
        if narrow == self._narrow:
            return
        self._narrow = narrow
        wide = look().px(TARGET) + 2 * SMALL + 1 if narrow else self._wide
        self.setFixedWidth(wide)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextUnderIcon
        for entry in self._pages.values():
            entry.setToolButtonStyle(style)
            entry.setFixedWidth(wide - 2 * SMALL - 1)
            entry.setToolTip(entry.text() if narrow else "")

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
