"""Big answer buttons side by side, in the words of the scale; below each other where they don't fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.controls.drawing import CENTRED, ROUND, WRAPPED, Corners, box, fill_box, inner
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import ANSWER, RADIUS, Tone, look

_PAD = 14
_KEY_GAP = 8
_ARROW = 20


@dataclass(frozen=True, slots=True)
class Segment:
    """One answer: the key that chooses it, and its words."""

    key: str
    text: str
    quiet: bool = False
    menu: bool = False
    """Whether it opens a menu, which a small arrow says."""


class AnswerButton(PaintedButton):
    """One segment. It paints itself, so 150 cards cost little."""

    def __init__(self, segment: Segment, number: int, bar: AnswerBar) -> None:
        super().__init__(bar)
        self.segment = segment
        self._number, self._bar = number, bar
        self.tone: Tone = "brand"
        self.corners = ROUND
        self.setText(segment.text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def natural_width(self, plain: QFontMetrics) -> int:
        key = plain.horizontalAdvance(self.segment.key) + _KEY_GAP if self.segment.key else 0
        arrow = _ARROW if self.segment.menu else 0
        return key + arrow + int(plain.horizontalAdvance(self.segment.text) * 1.06) + 2 * _PAD + 2

    def nextCheckState(self) -> None:
        """Tapped, by finger, mouse or key: the bar says so, the owner has it painted once it is saved."""
        self._bar.tapped.emit(self._number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._bar.move_focus(self, 1 if key == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        colours = now.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            area = inner(QRectF(self.rect()))
            ink, ground, line = colours.quiet if self.segment.quiet else colours.ink, colours.card, colours.line
            if self.isChecked():
                ink, ground = (colours.ink, colours.well) if self.tone == "quiet" else colours.tone(self.tone)
            elif self.isDown():
                ground = colours.line
            elif self.hovered:
                ground = colours.well
            fill_box(painter, box(area, RADIUS, self.corners), ground, line)
            self.paint_ring(painter, RADIUS - 2, self.corners, 2)
            self._paint_words(painter, ink)

    def _paint_words(self, painter: QPainter, ink: str) -> None:
        now, key = look(), self.segment.key
        plain, words = now.font("body"), now.font("body", bold=self.isChecked())
        area = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        painter.setFont(words)
        gap = 0
        if key:
            painter.setFont(plain)
            gap = painter.fontMetrics().horizontalAdvance(key) + _KEY_GAP
        painter.setFont(words)
        room = area.adjusted(gap, 0, -_ARROW if self.segment.menu else 0, 0)
        bounds = painter.boundingRect(room, CENTRED | WRAPPED, self.segment.text)
        bounds.moveLeft(area.left() + max(gap, (area.width() + gap - bounds.width()) // 2))
        if self.segment.menu:
            bounds.translate(-_ARROW // 2, 0)
            side = now.px(14)
            arrow = icons.pixmap("chevron-down", ink, side, self.devicePixelRatioF())
            painter.drawPixmap(bounds.right() + 6, bounds.center().y() - side // 2 + 1, arrow)
        painter.setPen(ink)
        painter.drawText(bounds, CENTRED | WRAPPED, self.segment.text)
        if key:
            painter.setFont(plain)
            painter.setPen(ink if self.isChecked() else look().colours.quiet)
            painter.drawText(
                bounds.left() - gap, bounds.top(), gap, bounds.height(), Qt.AlignmentFlag.AlignVCenter, key
            )


class AnswerBar(QWidget):
    """A row of segments; `tapped(index)` when one is chosen, by finger, mouse or key."""

    tapped = Signal(int)

    def __init__(self, segments: Sequence[Segment], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = [AnswerButton(one, number, self) for number, one in enumerate(segments)]
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._natural = 0
        self._known: dict[int, list[int]] = {}
        self.buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_chosen(self, index: int | None, tone: Tone = "brand") -> None:
        """Paint which answer was saved; None paints none."""
        for number, button in enumerate(self.buttons):
            chosen = number == index
            if button.isChecked() != chosen or (chosen and button.tone != tone):
                button.tone = tone
                button.setChecked(chosen)
                button.update()
        self._show_stop(index or 0)

    def rename(self, index: int, text: str) -> None:
        """Give a segment other words (the code of not applicable that was chosen)."""
        button = self.buttons[index]
        if button.segment.text != text:
            button.segment = replace(button.segment, text=text)
            button.setText(text)
            self._natural = 0
            self._arrange(self.width())

    def move_focus(self, button: AnswerButton, step: int) -> None:
        index = self.buttons.index(button) + step
        if 0 <= index < len(self.buttons):
            self.buttons[index].setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        chosen = next((one for one in self.buttons if one.isChecked()), self.buttons[0])
        chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return sum(self._heights(width))

    def sizeHint(self) -> QSize:
        width = min(self._widest() * len(self.buttons), 900)
        return QSize(width, look().px(ANSWER))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(ANSWER))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._natural = 0
            self.updateGeometry()
        super().changeEvent(event)

    def _show_stop(self, index: int) -> None:
        """One tab stop per row: the chosen answer, else the first."""
        for number, button in enumerate(self.buttons):
            policy = Qt.FocusPolicy.StrongFocus if number == index else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)

    def _widest(self) -> int:
        if not self._natural:
            metrics = QFontMetrics(look().font("body"))
            self._natural = max(one.natural_width(metrics) for one in self.buttons)
        return self._natural

    def _columns(self, width: int) -> int:
        count, widest = len(self.buttons), self._widest()
        if widest * count <= width or count == 1:
            return count
        half = (count + 1) // 2
        return half if count > 2 and widest * half <= width else 1

    def _heights(self, width: int) -> list[int]:
        """Height of each row of buttons at a width, which layouts ask many times."""
        if not self._natural:
            self._known.clear()
        if width not in self._known:
            self._known[width] = self._measured(width)
        return self._known[width]

    def _measured(self, width: int) -> list[int]:
        least, columns = look().px(ANSWER), self._columns(width)
        count = len(self.buttons)
        if columns > 1 or self._widest() <= width:
            return [least] * (-(-count // columns))
        metrics = QFontMetrics(look().font("body", bold=True))
        room = max(40, width - 2 * _PAD - 2 * _KEY_GAP - 8)
        tall = [metrics.boundingRect(0, 0, room, 9999, WRAPPED, one.segment.text).height() for one in self.buttons]
        return [max(least, one + 2 * _PAD) for one in tall]

    def _arrange(self, width: int) -> None:
        heights, columns, count = self._heights(width), self._columns(width), len(self.buttons)
        top = 0
        for row, height in enumerate(heights):
            first = row * columns
            here = self.buttons[first : first + columns]
            for place, button in enumerate(here):
                left, right = width * place // len(here), width * (place + 1) // len(here)
                above, below = row == 0, first + columns >= count
                starts, ends = place == 0, place == len(here) - 1
                button.corners = Corners(above and starts, above and ends, below and ends, below and starts)
                button.setGeometry(
                    left - (0 if starts else 1),
                    top - (1 if row else 0),
                    right - left + (0 if starts else 1),
                    height + (1 if row else 0),
                )
            top += height
