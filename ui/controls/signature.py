"""A signature: drawn with finger, pen or mouse, with the signer's name typed beside it."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTouchEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.words import tr
from ui.controls.drawing import box, fill_box, inner
from ui.controls.scroll_hold import hold_scrolling
from ui.controls.text_commit import TextCommit
from ui.look.style import RADIUS, SMALL, Tone, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow

_IMAGE = QSize(800, 260)
_PEN = 5


class Pad(QWidget):
    """The surface to sign on; `drawn` when a stroke ends. Strokes lie within 0…1 of its width and height."""

    drawn = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.strokes: list[list[QPointF]] = []
        self.has_saved = False
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look().px(400), look().px(140))

    def event(self, event: QEvent) -> bool:
        """A finger draws here; meanwhile the page below does not scroll."""
        kind = event.type()
        touches = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd, QEvent.Type.TouchCancel)
        if kind not in touches or not isinstance(event, QTouchEvent) or not self.isEnabled():
            return super().event(event)
        if kind == QEvent.Type.TouchBegin:
            hold_scrolling(self, True)
            self._begin(event.points()[0].position())
        elif kind == QEvent.Type.TouchUpdate:
            self._go_on(event.points()[0].position())
        else:
            hold_scrolling(self, False)
            self.drawn.emit()
        event.accept()
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.isEnabled():
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_on(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if self.strokes:
            self.drawn.emit()

    def _begin(self, spot: QPointF) -> None:
        self.strokes.append([self._at(spot)])
        self.update()

    def _go_on(self, spot: QPointF) -> None:
        if self.strokes:
            self.strokes[-1].append(self._at(spot))
            self.update()

    def wipe(self) -> None:
        self.strokes.clear()
        self.update()

    def png(self) -> bytes:
        """The strokes in black on white."""
        image = QImage(_IMAGE, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        with QPainter(image) as painter:
            self._draw(painter, QRectF(image.rect()), QColor("#101418"), _PEN)
        held, buffer = QByteArray(), QBuffer()
        buffer.setBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(held.data())

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            fill_box(painter, box(inner(QRectF(self.rect())), RADIUS), now.colours.card, now.colours.edge)
            base = self.height() * 0.75
            painter.setPen(QPen(QColor(now.colours.line), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(24, base), QPointF(self.width() - 24, base))
            if not self.strokes:
                painter.setPen(QColor(now.colours.quiet))
                painter.setFont(now.font("body"))
                words = tr("capture.signed" if self.has_saved else "capture.sign_here")
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            self._draw(painter, QRectF(self.rect()), QColor(now.colours.ink), 2.5)

    def _at(self, spot: QPointF) -> QPointF:
        return QPointF(spot.x() / max(1, self.width()), spot.y() / max(1, self.height()))

    def _draw(self, painter: QPainter, area: QRectF, ink: QColor, width: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for stroke in self.strokes:
            spots = [QPointF(area.x() + p.x() * area.width(), area.y() + p.y() * area.height()) for p in stroke]
            if len(spots) == 1:
                painter.drawPoint(spots[0])
            else:
                painter.drawPolyline(QPolygonF(spots))


class SignaturePad(QWidget):
    """`answered` carries the signer's name; `signed` the drawing as PNG, kept as the answer's photo."""

    answered = Signal(object)
    signed = Signal(object)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pad = Pad(f"{item.text} {tr('capture.sign_here')}")
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("capture.signer"))
        self.name.setAccessibleName(f"{item.text} {tr('capture.signer')}")
        self.typing = TextCommit(self.name)
        self.typing.committed.connect(lambda text: self.answered.emit(text.strip() or None))
        self.keep = button(tr("capture.keep_signature"), on_click=self._on_keep)
        self.again = button(tr("capture.sign_again"), on_click=self._on_again)
        self.pad.drawn.connect(self._show_buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.pad)
        column.addWidget(Flow(self.name, self.again, self.keep, growing=self.name))
        self._show_buttons()

    def show_answer(self, answer: Answer, _tone: Tone = "brand") -> None:
        self.typing.show(answer.value if isinstance(answer.value, str) else "")
        if bool(answer.photos) != self.pad.has_saved:
            self.pad.has_saved = bool(answer.photos)
            self.pad.wipe()
        self._show_buttons()

    def take_focus(self) -> None:
        self.name.setFocus()

    def flush(self) -> None:
        self.typing.flush()

    def _show_buttons(self) -> None:
        self.keep.setEnabled(bool(self.pad.strokes))
        self.again.setEnabled(bool(self.pad.strokes) or self.pad.has_saved)

    def _on_keep(self) -> None:
        self.signed.emit(self.pad.png())
        self.pad.wipe()
        self._show_buttons()

    def _on_again(self) -> None:
        self.pad.wipe()
        if self.pad.has_saved:
            self.signed.emit(None)
        self._show_buttons()
