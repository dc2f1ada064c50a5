"""Counted faults: how many were found, one tap each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.words import tr
from ui.controls.answer_bar import AnswerBar, Segment
from ui.look.style import MEDIUM, SMALL, TARGET, Tone, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import row

MOST = 999


class Stepper(QWidget):
    """`none found` as one tap, minus and plus around the count. `answered` carries the count, or None."""

    answered = Signal(object)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count: int | None = None
        name = str(item.text)
        self.none = AnswerBar([Segment("0", tr("capture.none_found"))], self)
        self.none.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.none.setFixedWidth(self.none.sizeHint().width() + 24)
        self.none.tapped.connect(lambda _: self.answered.emit(None if self._count == 0 else 0))
        self.less = button("", "plain", icon="minus", name=f"{name} {tr('capture.one_less')}", on_click=self._less)
        self.more = button("", "plain", icon="plus", name=f"{name} {tr('capture.one_more')}", on_click=self._more)
        self.figure = label("–", "title")
        self.figure.setMinimumWidth(look().px(TARGET))
        self.figure.setAlignment(self.figure.alignment() | self.figure.alignment().AlignHCenter)
        self.words = label("", "body", "quiet")
        counting = QWidget()
        counting.setLayout(row(self.less, self.figure, self.more, self.words, 1))
        across = QVBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Flow(self.none, counting, spacing=SMALL + MEDIUM))
        self._show()

    def show_answer(self, answer: Answer, tone: Tone = "brand") -> None:
        self._count = answer.value if isinstance(answer.value, int) else None
        self.none.show_chosen(0 if self._count == 0 else None, "brand" if tone == "lost" else tone)
        self._show()

    def take_focus(self) -> None:
        self.none.take_focus()

    def press(self, digit: int) -> bool:
        """The keys 0–9 are the count itself."""
        self.answered.emit(digit)
        return True

    def _show(self) -> None:
        self.figure.setText("–" if self._count is None else str(self._count))
        self.words.setText(tr("capture.found", n=self._count) if self._count else "")
        self.less.setEnabled(bool(self._count))
        self.more.setEnabled((self._count or 0) < MOST)

    def _less(self) -> None:
        self.answered.emit(max(0, (self._count or 0) - 1))

    def _more(self) -> None:
        self.answered.emit(min(MOST, (self._count or 0) + 1))
