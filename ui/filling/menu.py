"""“More” of an open audit: a menu below its button, and filled-in files dropped on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ui.filling.flow import SUFFIXES

Entry = tuple[str, Callable[[], object]]
"""(words, what it does)."""


def offer(entries: Sequence[Entry], below: QPushButton) -> QMenu:
    """Open the menu below the button that asked for it, inside the window."""
    menu = QMenu(below)
    menu.setObjectName("more_menu")
    menu.setAccessibleName(below.accessibleName())
    for words, act in entries:
        menu.addAction(words).triggered.connect(lambda _=False, act=act: act())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(below.mapToGlobal(QPoint(below.width() - menu.sizeHint().width(), below.height())))
    return menu


class SheetDrop(QObject):
    """Lets a page take a filled-in workbook, a reply or an answers file: `dropped(path)`."""

    dropped = Signal(object)

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _page: QObject, event: QEvent) -> bool:
        if event.type() not in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop):
            return False
        assert isinstance(event, QDropEvent)
        file = sheet_in(event)
        if file is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(file)
        return True


def sheet_in(event: QDropEvent) -> Path | None:
    """The one file among what is dragged that can be read in."""
    names = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return names[0] if len(names) == 1 and names[0].suffix.lower() in SUFFIXES else None
