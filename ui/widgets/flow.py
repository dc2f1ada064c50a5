"""A place that puts things side by side and goes on in the next line where there is no room.

A widget, not a layout: Qt asks a layout for items until it gets none, and each None that a layout written in
Python answers with loses one reference too many, until the interpreter dies.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui.look.style import SMALL, WIDE


class Flow(QWidget):
    """Left to right, then down; things keep the size they ask for, a thing wider than the line gets the line.

    What `growing` names takes what is left of its line; a thing that may grow upwards is as high as its line.
    """

    def __init__(
        self, *widgets: QWidget, spacing: int = SMALL, growing: QWidget | None = None, centred: bool = False
    ) -> None:
        super().__init__()
        self._spacing, self._growing, self._centred = spacing, growing, centred
        self._inside: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for one in widgets:
            self.addWidget(one)

    def addWidget(self, widget: QWidget) -> None:
        widget.setParent(self)
        self._inside.append(widget)
        if self.isVisible():
            widget.show()
        self.updateGeometry()

    def reverse(self) -> None:
        """The last first: what is touched most stands at a left thumb."""
        self._inside.reverse()
        self._place(self.width(), move=True)

    def clear(self) -> None:
        """Take out and delete every widget."""
        for one in self._inside:
            one.hide()
            one.deleteLater()
        self._inside = []
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(width, move=False)

    def sizeHint(self) -> QSize:
        sizes = [_wanted(one) for one in self._inside if not one.isHidden()]
        wide = sum(size.width() for size in sizes) + self._spacing * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        wide = max((one.minimumSizeHint().width() for one in self._inside if not one.isHidden()), default=0)
        return QSize(wide, self.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width(), move=True)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._place(self.width(), move=True)
            self.updateGeometry()
        return super().event(event)

    def _place(self, width: int, *, move: bool) -> int:
        """Lay the widgets out over `width`; the height they take."""
        y = -self._spacing
        for line in self._lines(width):
            tall = max(size.height() for _, size in line)
            x = max(0, self._spare(line, width)) // 2 if self._centred else 0
            y += self._spacing
            for one, size in line if move else ():
                upwards = one.sizePolicy().verticalPolicy() == QSizePolicy.Policy.Expanding
                high = tall if upwards else size.height()
                one.setGeometry(QRect(QPoint(x, y + (tall - high) // 2), QSize(size.width(), high)))
                x += size.width() + self._spacing
            y += tall
        return max(0, y)

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        """What stands in each line, and its size there."""
        lines: list[list[tuple[QWidget, QSize]]] = []
        x = 0
        for one in self._inside:
            if one.isHidden():
                continue
            hint = one.sizeHint()
            size = hint.expandedTo(one.minimumSize()).boundedTo(one.maximumSize())
            wide = size.width()
            if wide > width:
                wide = min(wide, max(width, one.minimumSizeHint().width()))
            if wide != hint.width() and _follows_width(one):
                size.setHeight(max(one.minimumHeight(), _height(one, wide)))
            size.setWidth(wide)
            if not lines or (x and x + wide > width):
                lines.append([])
                x = 0
            lines[-1].append((one, size))
            x += wide + self._spacing
        for line in lines:
            self._grow(line, width)
        return lines

    def _spare(self, line: list[tuple[QWidget, QSize]], width: int) -> int:
        return width - sum(size.width() + self._spacing for _, size in line) + self._spacing

    def _grow(self, line: list[tuple[QWidget, QSize]], width: int) -> None:
        """Give the one that grows what is left of its line."""
        spare = self._spare(line, width)
        for one, size in line:
            if one is self._growing and spare > 0:
                size.setWidth(size.width() + spare)
                if _follows_width(one):
                    size.setHeight(_height(one, size.width()))


def beside(words: QVBoxLayout, control: QWidget) -> Flow:
    """Words with a control at their right, or below them where there is no room for it."""
    said = QWidget()
    words.setContentsMargins(0, 0, 0, 0)
    said.setLayout(words)
    return Flow(said, control, spacing=WIDE, growing=said)


def _follows_width(widget: QWidget) -> bool:
    layout = widget.layout()
    return widget.hasHeightForWidth() or (layout is not None and layout.hasHeightForWidth())


def _height(widget: QWidget, width: int) -> int:
    layout = widget.layout()
    if widget.hasHeightForWidth() or layout is None:
        return widget.heightForWidth(width)
    return layout.totalHeightForWidth(width)


def _wanted(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
