"""Chips: usual faults, tapped on and off, flowing over as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.figures import plain
from ui.controls.drawing import CENTRED, WRAPPED, box, fill_box, inner
from ui.controls.painted_button import PaintedButton
from ui.look.style import SMALL, TARGET, Tone, look

_PAD = 16
_LIP = 6
"""A chip is drawn lower than its touch target, half of this above and below."""


class Chip(PaintedButton):
    """One fault and what it deducts."""

    def __init__(self, text: str, badge: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setText(text)
        self.badge = badge
        self.tone: Tone = "lost"
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{text} {badge}".strip())

    @property
    def words(self) -> str:
        return f"{self.text()} {self.badge}" if self.badge else self.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        colours = now.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = inner(QRectF(self.rect())).adjusted(0, _LIP / 2, 0, -_LIP / 2)
            ink, ground, line = colours.ink, colours.card, colours.line
            if self.isChecked():
                ink, ground = colours.tone(self.tone)
                line = ink
            elif self.isDown() or self.hovered:
                ground = colours.well
            radius = min(area.height() / 2, now.px(21))
            fill_box(painter, box(area, radius), ground, line)
            self.paint_ring(painter, radius, by=_LIP / 2 + 1)
            painter.setFont(now.font("body", bold=self.isChecked()))
            painter.setPen(ink)
            painter.drawText(self.rect().adjusted(_PAD, 0, -_PAD, 0), CENTRED | WRAPPED, self.words)


class ChipFlow(QWidget):
    """Chips laid out from left to right, then on the next line."""

    toggled = Signal(int)

    def __init__(self, chips: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = [Chip(text, badge, self) for text, badge in chips]
        for number, chip in enumerate(self.chips):
            chip.clicked.connect(lambda _=False, n=number: self.toggled.emit(n))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_checked(self, numbers: set[int], tones: Sequence[Tone] = ()) -> None:
        for number, chip in enumerate(self.chips):
            chip.tone = tones[number] if tones else "lost"
            if chip.isChecked() != (number in numbers):
                chip.setChecked(number in numbers)
            chip.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(look().px(320), self._flow(look().px(600))[1])

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(160), look().px(TARGET))

    def resizeEvent(self, event: QResizeEvent) -> None:
        for chip, rect in zip(self.chips, self._flow(event.size().width())[0], strict=True):
            chip.setGeometry(rect)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.updateGeometry()
        super().changeEvent(event)

    def _flow(self, width: int) -> tuple[list[QRect], int]:
        metrics = QFontMetrics(look().font("body", bold=True))
        tall, rects, x, y, row = look().px(TARGET), cast("list[QRect]", []), 0, 0, 0
        for chip in self.chips:
            wide = metrics.horizontalAdvance(chip.words) + 2 * _PAD + 4
            height = tall
            if wide > width:
                wide = width
                room = metrics.boundingRect(0, 0, max(40, width - 2 * _PAD), 9999, WRAPPED, chip.words)
                height = max(tall, room.height() + 20)
            if x and x + wide > width:
                x, y, row = 0, y + row + 2, 0
            rects.append(QRect(x, y, wide, height))
            x, row = x + wide + SMALL, max(row, height)
        return rects, y + row


class FaultChips(ChipFlow):
    """The faults of a multi item, several at once; "no fault" alone. `answered` carries option ids, or None."""

    answered = Signal(object)

    def __init__(self, item: Item, *, blind: bool = False, parent: QWidget | None = None) -> None:
        chips = [(str(one.text), "" if blind else deduction(item, one.deduct)) for one in item.options]
        super().__init__(chips, parent)
        self._options = item.options
        self._chosen: tuple[str, ...] = ()
        self.toggled.connect(self._on_toggle)
        self._tones: list[Tone] = [
            "brand" if blind or one.exclusive else "failed" if one.critical else "lost" for one in item.options
        ]

    def show_answer(self, answer: Answer, tone: Tone = "brand") -> None:
        self._chosen = answer.value if isinstance(answer.value, tuple) else ()
        ids = [one.id for one in self._options]
        tones: list[Tone] = [tone if own == "brand" and tone == "good" else own for own in self._tones]
        self.show_checked({ids.index(one) for one in self._chosen if one in ids}, tones)

    def take_focus(self) -> None:
        self.chips[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def press(self, digit: int) -> bool:
        if 1 <= digit <= len(self._options):
            self._on_toggle(digit - 1)
            return True
        return False

    def _on_toggle(self, number: int) -> None:
        option = self._options[number]
        chosen = set(self._chosen)
        if option.id in chosen:
            chosen.remove(option.id)
        elif option.exclusive:
            chosen = {option.id}
        else:
            chosen = {one.id for one in self._options if one.id in chosen and not one.exclusive} | {option.id}
        ordered = tuple(one.id for one in self._options if one.id in chosen)
        self.answered.emit(ordered or None)


def deduction(item: Item, amount: object) -> str:
    """`−1` behind a fault that deducts; nothing behind one that doesn't."""
    return f"−{plain(amount)}" if item.scored and amount else ""  # type: ignore[arg-type]
