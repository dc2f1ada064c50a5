"""The heading of a group of fields: pressed, it folds the group; its words go on in the next line where they must."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter

from ui.controls.drawing import WRAPPED
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, TARGET, look

LEAST = 160
"""The least width, at 100 % text size."""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class GroupHeading(QPushButton):
    """`show_words` in; clicked, it says so to `on_click`."""

    def __init__(self, on_click: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "row")
        self.setAutoDefault(False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._arrow = "chevron-right"
        self.clicked.connect(lambda _=False: on_click())

    def show_words(self, words: str, *, opened: bool) -> None:
        self._arrow = "chevron-down" if opened else "chevron-right"
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(LEAST), look().px(TARGET))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, self._words_in(width).width(), 9999)
        tall = self.fontMetrics().boundingRect(room, int(WRAPPED), self.accessibleName()).height()
        return max(look().px(TARGET), tall + 2 * SMALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        side = look().px(20)
        arrow = icons.pixmap(self._arrow, look().colours.quiet, side, self.devicePixelRatioF())
        painter.drawPixmap(MEDIUM, (self.height() - side) // 2, arrow)
        painter.setPen(look().colour("ink"))
        painter.drawText(self._words_in(self.width()), _LEFT | WRAPPED, self.accessibleName())
        painter.end()

    def _words_in(self, width: int) -> QRect:
        left = MEDIUM + look().px(20) + SMALL
        return QRect(left, 0, max(80, width - left - MEDIUM), self.height())
