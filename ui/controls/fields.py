"""Answers that are typed: numbers, text, times and dates."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal

from PySide6.QtCore import QDate, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
    QWidgetAction,
)

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.words import tr
from ui.controls.bands import band_badge
from ui.controls.drawing import WRAPPED
from ui.controls.limits import limits
from ui.controls.slider import Slider
from ui.controls.text_commit import TextCommit
from ui.look.style import SMALL, TARGET, Tone, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, label

_NUMBER = re.compile(r"-?\d+([.,]\d+)?|")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(:\d{2})?|")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}|")


class NumberBox(QWidget):
    """A figure with its unit behind it. `answered` carries the typed text, or None."""

    answered = Signal(object)

    def __init__(self, item: Item, *, blind: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item, self._blind = item, blind
        self.field = QLineEdit()
        self.field.setAccessibleName(str(item.text))
        self.field.setMaximumWidth(look().px(180))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        self.field.setReadOnly(item.computed)
        self.typing = TextCommit(self.field, ready=_NUMBER.fullmatch)
        self.typing.committed.connect(lambda text: self.answered.emit(text.strip() or None))
        self.badge = Badge()
        self.badge.hide()
        row = _row(self)
        row.addWidget(self.field, 1)
        if item.measure is not None:
            row.addWidget(label(str(item.measure), "body", "quiet"))
        row.addSpacing(SMALL)
        row.addWidget(self.badge)
        self.slider = self._make_slider()
        if self.slider is not None:
            row.addWidget(self.slider, 2)
        row.addStretch(1)

    def _make_slider(self) -> Slider | None:
        """For a number between two limits that a finger can hit."""
        found = limits(self._item)
        if found is None:
            return None
        low, high = (math.ceil(one * 10**self._item.decimals) for one in found)
        made = Slider(low, high, f"{self._item.text} {tr('capture.slide')}", self._item.decimals)
        made.chosen.connect(lambda step: self.answered.emit(f"{Decimal(step).scaleb(-self._item.decimals):f}"))
        return made

    def show_answer(self, answer: Answer, _tone: Tone = "brand") -> None:
        value = answer.value
        self.typing.show("" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value))
        if self.slider is not None:
            step = round(Decimal(value).scaleb(self._item.decimals)) if isinstance(value, int | Decimal) else None
            self.slider.show_step(step)
        words, band_tone = band_badge(self._item, value, blind=self._blind)
        self.badge.setVisible(bool(words))
        if words:
            self.badge.show_state(words, band_tone)

    def take_focus(self) -> None:
        self.field.setFocus()

    def flush(self) -> None:
        self.typing.flush()


class GrowingText(QPlainTextEdit):
    """Text that is one line high when empty and grows with what is typed, up to six lines."""

    MOST_LINES = 6

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._fit())
        self._fit()

    def setPlaceholderText(self, text: str) -> None:
        super().setPlaceholderText(text)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.ensureCursorVisible()

    def sizeHint(self) -> QSize:
        return QSize(look().px(240), look().px(TARGET))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """As high as its text at this width; the blocks are asked one by one, else Qt is lazy about those not shown."""
        spacing, tall = self.fontMetrics().lineSpacing(), -self.document().documentMargin()
        most = self.MOST_LINES * spacing
        layout, block = self.document().documentLayout(), self.document().begin()
        while block.isValid() and tall <= most:
            tall += layout.blockBoundingRect(block).height()
            block = block.next()
        if self.document().isEmpty() and self.placeholderText():  # which is as long as a text at 200 %
            room = max(40, self.viewport().width() - round(2 * self.document().documentMargin()))
            box = self.fontMetrics().boundingRect(0, 0, room, 9999, int(WRAPPED), self.placeholderText())
            tall = max(tall, min(most, box.height())) if box.height() > 1.5 * spacing else tall
        scrolls = tall > most + spacing
        always, never = Qt.ScrollBarPolicy.ScrollBarAsNeeded, Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(always if scrolls else never)
        edges = look().px(TARGET) - spacing
        self.setFixedHeight(max(look().px(TARGET), math.ceil(most if scrolls else tall) + edges))


class TextBox(QWidget):
    """Free text. `answered` carries it, or None."""

    answered = Signal(object)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = GrowingText()
        self.field.setAccessibleName(str(item.text))
        self.field.setPlaceholderText(tr("capture.type_here"))
        self.typing = TextCommit(self.field)
        self.typing.committed.connect(lambda text: self.answered.emit(text if text.strip() else None))
        _row(self).addWidget(self.field)

    def show_answer(self, answer: Answer, _tone: Tone = "brand") -> None:
        self.typing.show(answer.value if isinstance(answer.value, str) else "")

    def take_focus(self) -> None:
        self.field.setFocus()

    def flush(self) -> None:
        self.typing.flush()


class StampBox(QWidget):
    """A time or a date: typed, or put in by a button; a date also picked from a calendar."""

    answered = Signal(object)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_date = item.kind == "date"
        words = tr("capture.today" if self._is_date else "capture.now")
        self.field = QLineEdit()
        self.field.setAccessibleName(str(item.text))
        self.field.setPlaceholderText("2026-03-05" if self._is_date else "10:12")
        self.field.setMaximumWidth(look().px(180))
        self.typing = TextCommit(self.field, ready=_DATE.fullmatch if self._is_date else _TIME.fullmatch)
        self.typing.committed.connect(lambda text: self.answered.emit(text.strip() or None))
        self.stamp = button(words, name=f"{item.text} {words}", on_click=self._on_stamp)
        flow = Flow(self.field, self.stamp)
        if self._is_date:
            name = f"{item.text} {tr('capture.calendar')}"
            self.calendar = button("", icon="calendar", name=name, on_click=self._on_calendar)
            flow.addWidget(self.calendar)
        _row(self).addWidget(flow)

    def show_answer(self, answer: Answer, _tone: Tone = "brand") -> None:
        self.typing.show(answer.value if isinstance(answer.value, str) else "")

    def take_focus(self) -> None:
        self.field.setFocus()

    def flush(self) -> None:
        self.typing.flush()

    def _on_stamp(self) -> None:
        self.answered.emit(date.today().isoformat() if self._is_date else f"{datetime.now():%H:%M}")

    def _on_calendar(self) -> None:
        menu, month = QMenu(self), QCalendarWidget()
        month.setGridVisible(False)
        month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        shown = QDate.fromString(self.field.text(), "yyyy-MM-dd")
        if shown.isValid():
            month.setSelectedDate(shown)
        action = QWidgetAction(menu)
        action.setDefaultWidget(month)
        menu.addAction(action)
        month.clicked.connect(lambda day: self.answered.emit(day.toString("yyyy-MM-dd")))
        month.clicked.connect(menu.close)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.calendar.mapToGlobal(QPoint(0, self.calendar.height())))


def _row(owner: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SMALL)
    return row
