"""A slider for a finger: only its handle is dragged; a stroke that begins beside it scrolls the page."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QTouchEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.controls.drawing import CENTRED, box, fill_box
from ui.controls.scroll_hold import hold_scrolling
from ui.look.style import TARGET, look

_HANDLE = 34
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)


class Slider(QWidget):
    """Whole steps from `low` to `high`; `chosen(step)` when the handle is let go.

    For fingers and mice: the keyboard and screen readers have the field beside it. No QAbstractSlider, on which a
    stroke would never scroll the page.
    """

    chosen = Signal(int)

    def __init__(self, low: int, high: int, name: str, decimals: int = 0) -> None:
        """A step is worth 10 to the power of −`decimals`."""
        super().__init__()
        self.low, self.high, self.value = low, high, low
        self._held, self._decimals = False, decimals
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.given = False
        """Whether anything was chosen yet: the handle is hollow until then."""
        self._saved = low

    def sizeHint(self) -> QSize:
        return QSize(look().px(260), look().px(TARGET))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(140), look().px(TARGET))

    def show_step(self, step: int | None) -> None:
        """Paint what was saved; None: nothing yet."""
        self.given, self._saved = step is not None, self.low if step is None else step
        if not self._held:
            self.value = self._saved
        self.update()

    def event(self, event: QEvent) -> bool:
        """A finger on the handle drags it; meanwhile the page below does not scroll."""
        if event.type() not in _TOUCHES or not isinstance(event, QTouchEvent) or not self.isEnabled():
            return super().event(event)
        kind, spot = event.type(), event.points()[0].position()
        if kind == QEvent.Type.TouchBegin:
            if not self._on_handle(spot):
                event.ignore()
                return False
            hold_scrolling(self, True)
            self._held = True
            self.update()
        elif self._held and kind == QEvent.Type.TouchUpdate:
            self._drag(spot)
        elif self._held:
            hold_scrolling(self, False)
            self._let_go(kept=kind == QEvent.Type.TouchEnd)
        event.accept()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_handle(event.position()):
            self._held = True
        else:
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held:
            self._drag(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self._held:
            self._let_go(kept=True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        now, side = look(), look().px(_HANDLE)
        colours, middle, at = now.colours, self.height() / 2, self._handle()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            rail = QRectF(side / 2, middle - 3, self.width() - side, 6)
            fill_box(painter, box(rail, 3), colours.line, colours.line)
            if self.given or self._held:
                done = QRectF(rail.left(), rail.top(), max(6.0, at - rail.left()), 6)
                fill_box(painter, box(done, 3), colours.brand, colours.brand)
            round_ = QRectF(at - side / 2 + 1, middle - side / 2 + 1, side - 2, side - 2)
            held = self._held
            ground = colours.brand if held else colours.card
            fill_box(painter, box(round_, side / 2), ground, colours.brand if self.given or held else colours.edge, 2)
            if held:
                painter.setFont(now.font("small", bold=True))
                painter.setPen(colours.on_brand)
                painter.drawText(round_, CENTRED, f"{Decimal(self.value).scaleb(-self._decimals):f}")

    def _handle(self) -> float:
        side, span = look().px(_HANDLE), max(1, self.high - self.low)
        return side / 2 + (self.width() - side) * (self.value - self.low) / span

    def _on_handle(self, spot: QPointF) -> bool:
        return abs(spot.x() - self._handle()) <= look().px(TARGET) * 0.6

    def _drag(self, spot: QPointF) -> None:
        side, span = look().px(_HANDLE), self.high - self.low
        ratio = (spot.x() - side / 2) / max(1, self.width() - side)
        self.value = self.low + round(min(1.0, max(0.0, ratio)) * span)
        self.update()

    def _let_go(self, *, kept: bool) -> None:
        step = self.value
        self._held = False
        if kept:
            self.chosen.emit(step)
        self.value = self._saved
        self.update()
