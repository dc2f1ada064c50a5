"""A photo seen large, and the shapes on it: drawn by finger, mouse or key, burnt in only when the page says so."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from auditor.store import marks
from auditor.store.marks import Mark, MarkKind
from auditor.words import tr
from ui.look.style import MEDIUM, TARGET, look
from ui.photos import shapes
from ui.photos.shapes import Grip

STEP, FAST = 0.01, 0.05
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PhotoCanvas(QWidget):
    """`show_photo` and `show_tool` in; `marks_changed` out. With a tool a drag draws; without one it moves a shape."""

    marks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._before: list[tuple[Mark, ...]] = []
        self._marks: tuple[Mark, ...] = ()
        self._tool: MarkKind | None = None
        self._held: Grip = ""
        self._from = QPointF()
        self._chosen = -1
        self._enabled = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(tr("photos.canvas"))
        self.setAccessibleDescription(tr("photos.keys"))

    # In

    def show_photo(self, image: QImage) -> None:
        """Another photo, without shapes."""
        self._image, self._marks, self._before, self._chosen = image, (), [], -1
        self.update()

    def show_tool(self, tool: MarkKind | None) -> None:
        self._tool, self._chosen = tool, -1
        self.setCursor(Qt.CursorShape.CrossCursor if tool and self._enabled else Qt.CursorShape.ArrowCursor)
        self.update()

    def show_read_only(self, read_only: bool) -> None:
        self._enabled = not read_only

    @property
    def shapes(self) -> tuple[Mark, ...]:
        """What is drawn and not burnt in yet."""
        return self._marks

    @property
    def chosen(self) -> Mark | None:
        return self._marks[self._chosen] if 0 <= self._chosen < len(self._marks) else None

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def undo(self) -> None:
        """Take the last shape, move or removal back."""
        if self._before:
            self._marks, self._chosen = self._before.pop(), -1
            self._say()

    def remove_chosen(self) -> None:
        if self.chosen is not None:
            self._put(self._marks[: self._chosen] + self._marks[self._chosen + 1 :], -1)

    def add_in_the_middle(self) -> None:
        """A shape by key: it is chosen, so that the arrow keys move it."""
        if self._tool is not None and self._enabled:
            self._put((*self._marks, shapes.fresh(self._tool)), len(self._marks))

    # Where things are

    def area(self) -> QRectF:
        """Where the photo lies in the widget."""
        room = QRectF(self.rect())
        if self._image.isNull():
            return room
        size = self._image.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(QPointF((room.width() - size.width()) / 2, (room.height() - size.height()) / 2), size)

    def spot_of(self, x: float, y: float) -> QPointF:
        """The point of the widget where a share of the photo's width and height lies."""
        area = self.area()
        return QPointF(area.left() + x * area.width(), area.top() + y * area.height())

    def sizeHint(self) -> QSize:
        return QSize(look().px(480), look().px(360))

    def _share(self, spot: QPointF) -> QPointF:
        area = self.area()
        x, y = (spot.x() - area.left()) / area.width(), (spot.y() - area.top()) / area.height()
        return QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))

    def _reach(self) -> tuple[float, float]:
        """Half a finger, in shares of the photo."""
        area, half = self.area(), look().px(TARGET) / 2
        return half / max(1.0, area.width()), half / max(1.0, area.height())

    # By finger and mouse (Qt makes a mouse of a finger that nobody else takes)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._image.isNull() or not self._enabled:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        at = self._share(event.position())
        self._from = at
        self._held, number = self._grip(at)
        if self._held:
            self._chosen = number
            self._before.append(self._marks)
        elif self._tool is not None:
            self._held, self._chosen = "end", len(self._marks)
            self._before.append(self._marks)
            self._marks = (*self._marks, Mark(self._tool, at.x(), at.y(), at.x(), at.y()))
        else:
            self._chosen = -1
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        mark = self.chosen
        if not self._held or mark is None:
            return
        at = self._share(event.position())
        if self._held == "body":
            mark = shapes.moved(mark, at.x() - self._from.x(), at.y() - self._from.y())
            self._from = at
        else:
            mark = shapes.with_end(mark, at.x(), at.y(), self._held)
        self._replace(mark)
        self.update()

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        if not self._held:
            return
        self._held = ""
        mark, before = self.chosen, self._before[-1]
        if mark is not None and shapes.is_speck(mark):
            self._marks, self._chosen = before, -1
        if self._marks == before:
            self._before.pop()
            self.update()
        else:
            self._say()

    def _grip(self, at: QPointF) -> tuple[Grip, int]:
        """The shape under a finger: the chosen one first, then from the top; a tool draws over shapes not chosen."""
        order = [self._chosen] if self.chosen is not None else []
        order += range(len(self._marks) - 1, -1, -1) if self._tool is None else []
        for number in order:
            grip = shapes.grip_of(self._marks[number], at.x(), at.y(), self._reach())
            if grip:
                return grip, number
        return "", -1

    # By key

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        if not (self._enabled and self._act(key, held)):
            event.ignore()

    def _act(self, key: Qt.Key, held: Qt.KeyboardModifier) -> bool:
        mark = self.chosen
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if mark is None:
                self.add_in_the_middle()
            else:
                self._chosen = -1
                self.update()
            return self._tool is not None or mark is not None
        if mark is None:
            return False
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_chosen()
        elif key == Qt.Key.Key_Escape:
            self._chosen = -1
            self.update()
        elif key in _ARROWS:
            self._nudge(mark, _ARROWS[key], held)
        else:
            return False
        return True

    def _nudge(self, mark: Mark, way: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        """Move the chosen shape; with Shift its second corner; with Ctrl in large steps."""
        step = FAST if held & Qt.KeyboardModifier.ControlModifier else STEP
        dx, dy = way[0] * step, way[1] * step
        if held & Qt.KeyboardModifier.ShiftModifier:
            new = shapes.with_end(mark, mark.x1 + dx, mark.y1 + dy)
            new = mark if shapes.is_speck(new) else new
        else:
            new = shapes.moved(mark, dx, dy)
        if new != mark:
            self._before.append(self._marks)
            self._replace(new)
            self._say()

    # What is drawn

    def _put(self, found: tuple[Mark, ...], chosen: int) -> None:
        self._before.append(self._marks)
        self._marks, self._chosen = found, chosen
        self._say()

    def _replace(self, mark: Mark) -> None:
        self._marks = (*self._marks[: self._chosen], mark, *self._marks[self._chosen + 1 :])

    def _say(self) -> None:
        self.update()
        self.marks_changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colours, area = look().colours, self.area()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(self.rect(), QColor(colours.well))
            if self._image.isNull():
                return
            painter.drawImage(area, self._image)
            for mark in sorted(self._marks, key=lambda one: one.kind != "blur"):
                self._paint(painter, area, mark)
            if self.chosen is not None:
                self._paint_chosen(painter, self.chosen)
            if self.hasFocus() and self.chosen is None:
                painter.setPen(QPen(QColor(colours.brand), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _paint(self, painter: QPainter, area: QRectF, mark: Mark) -> None:
        painter.save()
        painter.setClipRect(area)
        if mark.kind == "blur":
            self._paint_blur(painter, area, mark)
        elif mark.kind == "box":
            wide = marks.stroke(max(area.width(), area.height()))
            shape = QRectF(self.spot_of(mark.x0, mark.y0), self.spot_of(mark.x1, mark.y1)).normalized()
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for colour, width in ((marks.EDGE, wide * 5 / 3), (marks.INK, wide)):
                painter.setPen(QPen(QColor(colour), width, j=Qt.PenJoinStyle.MiterJoin))
                painter.drawRect(shape)
        else:
            painter.translate(area.topLeft())
            painter.setPen(Qt.PenStyle.NoPen)
            both = marks.arrow_shapes(mark, area.width(), area.height())
            for points, colour in zip(both, (marks.EDGE, marks.INK), strict=True):
                painter.setBrush(QColor(colour))
                painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
        painter.restore()

    def _paint_blur(self, painter: QPainter, area: QRectF, mark: Mark) -> None:
        """The same cells as will be burnt in, by Qt's own averaging."""
        size = self._image.size()
        left, top, right, bottom = marks.patch(mark, size.width(), size.height())
        across, down = marks.cells((left, top, right, bottom), max(size.width(), size.height()))
        part = self._image.copy(QRect(left, top, right - left, bottom - top))
        smooth = Qt.TransformationMode.SmoothTransformation
        small = part.scaled(across, down, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        scale = area.width() / size.width()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        place = QRectF(left * scale, top * scale, (right - left) * scale, (bottom - top) * scale)
        painter.drawImage(place.translated(area.topLeft()), small)

    def _paint_chosen(self, painter: QPainter, mark: Mark) -> None:
        """A dashed frame, and a handle at each end, both found on light and dark photos."""
        shape = QRectF(self.spot_of(mark.x0, mark.y0), self.spot_of(mark.x1, mark.y1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, style in (("#FFFFFF", Qt.PenStyle.SolidLine), ("#1B2430", Qt.PenStyle.DashLine)):
            painter.setPen(QPen(QColor(colour), 1.5, style))
            painter.drawRect(shape.normalized())
        painter.setPen(QPen(QColor("#FFFFFF"), 2))
        painter.setBrush(QColor(look().colours.brand if not look().dark else look().colours.brand_pressed))
        for at in (shape.topLeft(), shape.bottomRight()):
            painter.drawEllipse(at, look().px(MEDIUM) * 0.75, look().px(MEDIUM) * 0.75)
