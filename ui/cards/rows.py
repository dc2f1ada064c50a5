"""The rows of a card below its head, laid out by the card itself: each is measured once for a width."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QWidget, QWidgetItem


class Rows:
    """Widgets below each other, each as high as it wants to be at the card's width."""

    def __init__(self, spacing: int) -> None:
        self._spacing = spacing
        self._rows: list[tuple[QWidget, QWidgetItem]] = []
        self._known: dict[int, list[int]] = {}

    def insert(self, at: int, row: QWidget) -> None:
        self._rows.insert(at, (row, QWidgetItem(row)))
        self.forget()

    def widgets(self) -> list[QWidget]:
        return [row for row, _ in self._rows]

    def forget(self) -> None:
        """What was measured holds no more."""
        self._known.clear()

    def activate(self) -> None:
        """Have rows with layouts of their own measured now."""
        for row in self.widgets():
            layout = row.layout()
            if layout is not None and not row.isHidden():
                layout.activate()

    def height(self, width: int) -> int:
        """How high they all are at a width, with the space above each."""
        return sum(one + self._spacing for one in self._heights(width) if one >= 0)

    def arrange(self, left: int, top: int, width: int) -> None:
        for (row, _), tall in zip(self._rows, self._heights(width), strict=True):
            if tall >= 0:
                fixed = row.maximumWidth() < width
                row.setGeometry(QRect(left, top + self._spacing, row.maximumWidth() if fixed else width, tall))
                top += tall + self._spacing

    def order_tabs(self, first: QWidget, last: list[QWidget]) -> None:
        """The keyboard goes from row to row in the order they are seen, whenever each was made, then to `last`."""
        before, policy = first, first.focusPolicy()
        first.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # or Qt would put nothing behind it
        for row in self.widgets():
            for one in (row, *row.findChildren(QWidget)):
                if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
                    QWidget.setTabOrder(before, one)
                    before = one
        for one in last:
            QWidget.setTabOrder(before, one)
            before = one
        first.setFocusPolicy(policy)

    def _heights(self, width: int) -> list[int]:
        """Of each row at a width; -1 where it is hidden."""
        if width not in self._known:
            self._known[width] = [_height(one, width) for _, one in self._rows]
        return self._known[width]


def _height(item: QWidgetItem, width: int) -> int:
    if item.isEmpty():
        return -1
    tall = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
    return max(tall, item.minimumSize().height())
