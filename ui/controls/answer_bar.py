"""Big answer buttons side by side, in the words of the scale; below each other where they don't fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.controls.drawing import CENTRED, ROUND, WRAPPED, Corners, box, fill_box, inner, metrics_of
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import ANSWER, RADIUS, TARGET, Tone, look

_PAD = 14
_KEY_GAP = 8
_ARROW = 20
_REACH = 560
"""How wide a row of answers is for one thumb, at 100 % text size."""
_POLICY = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
_POLICY.setHeightForWidth(True)


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

    def nextCheckState(self) -> None:
        """Tapped, by finger, mouse or key: the bar says so, the owner has it painted once it is saved."""
        self._bar.tap(self._number)

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
    """A row of segments; `tapped(index)` when one is chosen, by finger, mouse or key.

    Made `asleep`, it only takes its room; its buttons come with `wake`, or when `buttons` are asked for.
    With a thumb at one side it is no wider than the thumb reaches.
    """

    tapped = Signal(int)

    def __init__(
        self,
        segments: Sequence[Segment],
        parent: QWidget | None = None,
        *,
        asleep: bool = False,
        hand: Literal["both", "left", "right"] = "both",
    ) -> None:
        super().__init__(parent)
        self.segments = list(segments)
        self.hand = hand
        self._buttons: list[AnswerButton] = []
        self._chosen: tuple[int | None, Tone] = (None, "brand")
        self._wide: list[int] = []
        self._known: dict[int, list[int]] = {}
        self.setSizePolicy(_POLICY)
        if not asleep:
            self.wake()

    @property
    def buttons(self) -> list[AnswerButton]:
        """A button for each segment, in order."""
        self.wake()
        return self._buttons

    def wake(self) -> None:
        """Make the buttons, if they are not made yet."""
        if self._buttons:
            return
        self._buttons = [AnswerButton(one, number, self) for number, one in enumerate(self.segments)]
        self._buttons[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_chosen(*self._chosen)
        if self.isVisible():
            self._arrange(self.width())
            for one in self._buttons:
                one.show()

    def show_chosen(self, index: int | None, tone: Tone = "brand") -> None:
        """Paint which answer was saved; None paints none."""
        self._chosen = (index, tone)
        for number, button in enumerate(self._buttons):
            chosen = number == index
            if button.isChecked() != chosen or (chosen and button.tone != tone):
                button.tone = tone
                button.setChecked(chosen)
                button.update()
        self._show_stop(index or 0)

    def rename(self, index: int, text: str) -> None:
        """Give a segment other words (the code of not applicable that was chosen)."""
        if self.segments[index].text != text:
            self.segments[index] = segment = replace(self.segments[index], text=text)
            self._forget()
            if self._buttons:
                self._buttons[index].segment = segment
                self._buttons[index].setText(text)
                self._arrange(self.width())

    def tap(self, index: int) -> None:
        """A segment was chosen, by finger, mouse or key."""
        self.tapped.emit(index)

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
        return QSize(min(max(self._naturals()) * len(self.segments), 900), look().px(ANSWER))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(120), look().px(ANSWER))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._buttons:
            self._arrange(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._forget()
            self.updateGeometry()
        super().changeEvent(event)

    def _show_stop(self, index: int) -> None:
        """One tab stop per row: the chosen answer, else the first."""
        for number, button in enumerate(self._buttons):
            policy = Qt.FocusPolicy.StrongFocus if number == index else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != policy:
                button.setFocusPolicy(policy)

    def _forget(self) -> None:
        self._wide, self._known = [], {}

    def _naturals(self) -> list[int]:
        """The width each segment would like."""
        if not self._wide:
            metrics = metrics_of("body")
            self._wide = [_natural_width(one, metrics) for one in self.segments]
        return self._wide

    def _span(self, width: int) -> tuple[int, int]:
        """Where the row begins and how wide it is: all of the room, or the thumb's part of it."""
        reach = max(look().px(_REACH), sum(self._naturals()))
        if self.hand == "both" or reach >= width:
            return 0, width
        return (0 if self.hand == "left" else width - reach), reach

    def _columns(self, width: int) -> int:
        count, wide = len(self.segments), self._naturals()
        if sum(wide) <= width or count == 1:
            return count
        half = (count + 1) // 2
        return half if count > 2 and max(wide) * half <= width else 1

    def _heights(self, width: int) -> list[int]:
        """Height of each row of buttons at a width, which layouts ask many times."""
        if width not in self._known:
            self._known[width] = self._measured(self._span(width)[1])
        return self._known[width]

    def _measured(self, width: int) -> list[int]:
        least, columns = look().px(ANSWER), self._columns(width)
        count = len(self.segments)
        if columns > 1 or max(self._naturals()) <= width:
            return [least] * (-(-count // columns))
        metrics = metrics_of("body", bold=True)
        room = max(40, width - 2 * _PAD - 2 * _KEY_GAP - 8)
        tall = [metrics.boundingRect(0, 0, room, 9999, WRAPPED, one.text).height() for one in self.segments]
        return [max(least, one + 2 * _PAD) for one in tall]

    def _edges(self, first: int, count: int, width: int) -> list[int]:
        """Where the segments of a row begin and end: alike, or, where that is too narrow for one, by their words."""
        wide = self._naturals()[first : first + count]
        if max(wide) * count <= width or sum(wide) > width:
            return [width * place // count for place in range(count + 1)]
        spare = width - sum(wide)
        return [sum(wide[:place]) + spare * place // count for place in range(count + 1)]

    def _arrange(self, width: int) -> None:
        heights, (start, width) = self._heights(width), self._span(width)
        columns, count = self._columns(width), len(self.segments)
        top = 0
        for row, height in enumerate(heights):
            first = row * columns
            here = self._buttons[first : first + columns]
            edges = self._edges(first, len(here), width)
            for place, button in enumerate(here):
                left, right = start + edges[place], start + edges[place + 1]
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


def _natural_width(segment: Segment, plain: QFontMetrics) -> int:
    key = plain.horizontalAdvance(segment.key) + _KEY_GAP if segment.key else 0
    arrow = _ARROW if segment.menu else 0
    words = int(plain.horizontalAdvance(segment.text) * 1.06)
    return max(look().px(TARGET) + 1, key + arrow + words + 2 * _PAD + 2)
