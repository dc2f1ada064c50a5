"""The head of a report as it will be printed, painted small: on white paper in dark rooms too."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from auditor.words import tr
from exports.letterhead import COLOUR, Letterhead
from ui.look.style import look

_WIDE, _HIGH, _SLOT = 420, 190, 62
_INK, _QUIET, _EDGE, _OFFICIAL = "#1B2430", "#5B6673", "#C9CFCC", "#C00000"


class ReportHead(QWidget):
    """`show_letterhead` paints logo, header line, title, rule and footer."""

    def __init__(self) -> None:
        super().__init__()
        self._letterhead, self._logo = Letterhead(), QPixmap()
        self.setAccessibleName(tr("reports.preview"))

    def show_letterhead(self, letterhead: Letterhead) -> None:
        self._letterhead = letterhead
        self._logo = QPixmap()
        if letterhead.logo:
            self._logo.loadFromData(letterhead.logo)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look().px(_WIDE), look().px(_HIGH + (_SLOT if self._letterhead.red_head else 0)))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(280), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px, own = look().px, self._letterhead
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(_EDGE)))
        painter.setBrush(QColor("white"))
        painter.drawRect(page)
        inside = page.adjusted(px(20), px(14), -px(20), -px(10))
        if own.red_head:
            slot = QRectF(inside.left(), inside.top(), inside.width(), px(_SLOT - 14))
            self._words(painter, slot, own.red_words, "title", _OFFICIAL, Qt.AlignmentFlag.AlignCenter)
            self._rule(painter, inside, slot.bottom(), _OFFICIAL, 2)
            inside.setTop(inside.top() + px(_SLOT))
        self._head(painter, inside)
        painter.end()

    def _head(self, painter: QPainter, inside: QRectF) -> None:
        px, own, colour = look().px, self._letterhead, f"#{self._letterhead.colour or COLOUR}"
        strip = QRectF(inside.left(), inside.top(), inside.width(), px(30))
        left = strip.left() + self._emblem(painter, strip, colour) + px(10)
        across = Qt.AlignmentFlag.AlignVCenter
        copy = tr("common.copy.compliance")
        side = painter.fontMetrics().horizontalAdvance(copy) + px(12)
        words = QRectF(left, strip.top(), strip.right() - left - side, strip.height())
        self._words(painter, words, own.header or tr("reports.preview.kind"), "strong", _INK, across)
        self._words(painter, strip, copy, "quiet", _QUIET, across | Qt.AlignmentFlag.AlignRight)
        self._rule(painter, inside, strip.bottom() + px(6), colour, 1.5)
        title = QRectF(inside.left(), strip.bottom() + px(14), inside.width(), px(52))
        self._words(painter, title, tr("reports.preview.title", bank=own.bank).strip(), "title", _INK, across)
        bar = QRectF(inside.left(), title.bottom() + px(8), inside.width() * 0.45, px(8))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(bar, px(4), px(4))
        foot = QRectF(inside.left(), inside.bottom() - px(20), inside.width(), px(20))
        self._rule(painter, inside, foot.top() - 2, _EDGE, 1)
        self._words(painter, foot, own.footer or tr("report.footer"), "quiet", _QUIET, across)

    def _emblem(self, painter: QPainter, strip: QRectF, colour: str) -> float:
        """The logo, or the program's square; how wide it is."""
        if self._logo.isNull():
            side = look().px(16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(strip.left(), strip.center().y() - side / 2, side, side), 4, 4)
            return float(side)
        scale = min(strip.height() / self._logo.height(), look().px(130) / self._logo.width())
        width, height = self._logo.width() * scale, self._logo.height() * scale
        place = QRectF(strip.left(), strip.center().y() - height / 2, width, height)
        painter.drawPixmap(place, self._logo, QRectF(self._logo.rect()))
        return width

    def _rule(self, painter: QPainter, inside: QRectF, y: float, colour: str, weight: float) -> None:
        painter.setPen(QPen(QColor(colour), weight))
        painter.drawLine(QPointF(inside.left(), y), QPointF(inside.right(), y))

    def _words(
        self, painter: QPainter, place: QRectF, words: str, role: str, colour: str, how: Qt.AlignmentFlag
    ) -> None:
        """Words in a size at which they fit their place, in two lines at most."""
        font = look().font(role)  # type: ignore[arg-type]
        flags = int(how | Qt.TextFlag.TextWordWrap)
        for _ in range(8):
            painter.setFont(font)
            if place.contains(painter.boundingRect(place, flags, words)) or font.pixelSize() <= 10:
                break
            font.setPixelSize(font.pixelSize() - 2)
        painter.setPen(QColor(colour))
        painter.drawText(place, flags, words)
