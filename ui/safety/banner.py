"""Above the page: why an audit can only be looked at, that the disk is full, or a question to be confirmed in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui.look import icons
from ui.look.style import MEDIUM, SMALL, WIDE, Tone, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, Panel, row, scrolling

SCROLLS_FROM = 150
"""Above this text size, in per cent, a long notice scrolls, or nothing would be left of the page."""
PANELS: dict[Tone, Panel] = {"failed": "failed", "lost": "lost"}


@dataclass(frozen=True, slots=True)
class Action:
    """A button of a notice; it is told what stands in the notice's field."""

    words: str
    act: Callable[[str], object]
    look: Literal["primary", "plain", "quiet", "danger"] = "plain"
    needs_text: bool = False
    """Whether it can be pressed only once something stands in the field."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What a banner says: a title, more lines below it, buttons, and, where `field` names one, a line to type in."""

    title: str
    lines: tuple[str, ...] = ()
    tone: Tone = "failed"
    icon: str = "warning"
    field: str = ""
    actions: tuple[Action, ...] = ()


class Banner(Card):
    """One notice. It never takes the keyboard by itself, and goes when whoever made it takes it away."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(PANELS.get(notice.tone, "brand"), margin=0, spacing=SMALL)
        self.setObjectName("banner")
        self.notice = notice
        self.setAccessibleName(" ".join((notice.title, *notice.lines)))
        self.column.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(2)
        words.addWidget(label(notice.title, "strong", notice.tone, wrap=True))
        for one in notice.lines:
            text = label(one, "body", wrap=True)
            words.addWidget(text)
        picture = QLabel()
        picture.setPixmap(icons.pixmap(notice.icon, look().colours.tone(notice.tone)[0], look().px(24)))
        head = row(picture, spacing=MEDIUM)
        large = look().px(100) > SCROLLS_FROM
        self._area = scrolling(self._words, name=notice.title) if large else None
        head.addWidget(self._area or self._words, 1)
        self._across = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._across.setSpacing(SMALL)
        self._across.addLayout(head, 1)
        self.column.addLayout(self._across)
        self.field = QLineEdit()
        if notice.field:
            self.field.setPlaceholderText(notice.field)
            self.field.setAccessibleName(notice.field)
            self.column.addWidget(self.field)
        self.buttons = [self._button(one) for one in notice.actions]
        if notice.field:
            self.column.addWidget(Flow(*self.buttons))
        elif self.buttons:
            self._across.addWidget(Flow(*self.buttons))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons stand beside the words where they leave these two thirds, else below: the page needs the room."""
        super().resizeEvent(event)
        wide = sum(one.sizeHint().width() + SMALL for one in self.buttons)
        width = event.size().width()
        beside = not self.notice.field and wide * 3 <= width
        way = QBoxLayout.Direction
        self._across.setDirection(way.LeftToRight if beside else way.TopToBottom)
        if self._area is not None:
            margins = 2 * WIDE + look().px(24) + MEDIUM + (wide + SMALL if beside else 0)
            tall = self._words.heightForWidth(max(width - margins, look().px(120)))
            self._area.setFixedHeight(min(tall, max(self.window().height() // 4, look().px(72))))

    def _button(self, action: Action) -> QPushButton:
        made = button(action.words, action.look, on_click=lambda: action.act(self.field.text().strip()))
        if action.needs_text:
            made.setEnabled(False)
            self.field.textChanged.connect(lambda text: made.setEnabled(bool(text.strip())))
        return made
