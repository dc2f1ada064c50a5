"""Pages in one place, of which one is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class Pages(QWidget):
    """A QStackedWidget dresses and lays out a page the moment it is added, before it stands in a window and has its
    size; this does not, which is a twentieth of the start."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._pages: list[QWidget] = []

    def addWidget(self, page: QWidget) -> None:
        self._pages.append(page)
        self._column.addWidget(page)

    def count(self) -> int:
        return len(self._pages)

    def currentIndex(self) -> int:
        return self._at

    def setCurrentIndex(self, at: int) -> None:
        """Show that page; the only one there is is shown with what it stands in."""
        self._at = at
        if len(self._pages) > 1:
            for number, page in enumerate(self._pages):
                page.setVisible(number == at)
