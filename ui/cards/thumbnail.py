"""One photo, small: read off the window's thread, sharp on any screen, and kept in memory within a limit."""

from __future__ import annotations

import math
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QImage,
    QImageReader,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from auditor.audit import Photo
from auditor.words import tr
from ui import background
from ui.controls.drawing import CENTRED, box, fill_box, inner
from ui.controls.painted_button import PaintedButton
from ui.look import icons
from ui.look.style import TIGHT, look

SIDE = 84
MOST_KILOBYTES = 16_384
"""Of all thumbnails in memory: about 140 on a screen of two pixels to one."""


class Thumbnail(PaintedButton):
    """One photo: a lock where it is kept inside, and whether it shows before or after."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self._number = number
        self._photo = Photo("")
        self.setText(tr("capture.photo_number", n=number))
        self.setCheckable(True)

    @property
    def inside(self) -> bool:
        return self._photo.inside

    def sizeHint(self) -> QSize:
        return QSize(look().px(SIDE), look().px(SIDE))

    def show_photo(self, photo: Photo, path: Path) -> None:
        """Paint what is said about a photo, and its picture as soon as it is read."""
        if photo.sha256 != self._photo.sha256:
            self._picture = None
            load(photo.sha256, path, self)
        self._photo = photo
        said = [tr("capture.photo_number", n=self._number), self._stage(), photo.caption]
        self.setAccessibleName(" ".join(filter(None, said)))
        self.setToolTip(photo.caption or photo.name)
        self.update()

    def show_picture(self, picture: QPixmap) -> None:
        self._picture = picture
        self.update()

    def _stage(self) -> str:
        return tr(f"photos.stage_{self._photo.stage}") if self._photo.stage else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            shape: QPainterPath = box(inner(QRectF(self.rect()), 1), 8)
            fill_box(painter, shape, now.colours.well, now.colours.line)
            painter.setClipPath(shape)
            if self._picture is not None:
                painter.drawPixmap(self.rect(), self._picture)
            if self._photo.stage:
                self._paint_stage(painter)
            painter.setClipping(False)
            self.paint_ring(painter, 8)
            if self.isChecked():
                fill_box(painter, shape, "#00000000", now.colours.brand, 3)
            if self.inside:
                side = now.px(22)
                fill_box(painter, box(QRectF(6, 6, side + 4, side + 4), 6), now.colours.card, now.colours.line)
                painter.drawPixmap(8, 8, icons.pixmap("lock", now.colours.ink, side, self.devicePixelRatioF()))

    def _paint_stage(self, painter: QPainter) -> None:
        """The word on a ground of its own, so that it is read on any photo."""
        now, font = look(), look().font("small", bold=True)
        tone = now.colours.tone("good" if self._photo.stage == "after" else "lost")
        tall = QFontMetrics(font).height() + TIGHT
        ground = QRectF(0, self.height() - tall, self.width(), tall)
        painter.fillRect(ground, tone[1])
        painter.setFont(font)
        painter.setPen(tone[0])
        painter.drawText(ground, CENTRED, self._stage())


def load(sha256: str, path: Path, tile: Thumbnail) -> None:
    """Bring a small version of a photo to its tile: from memory, else read off the window's thread."""
    ratio = max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
    side = math.ceil(look().px(SIDE) * ratio)
    key, known = f"thumbnail:{sha256}:{side}", QPixmap()
    if QPixmapCache.find(key, known):
        tile.show_picture(known)
        return

    def show(image: QImage) -> None:
        if image.isNull():
            return
        picture = QPixmap.fromImage(image)
        picture.setDevicePixelRatio(ratio)
        QPixmapCache.setCacheLimit(MOST_KILOBYTES)
        QPixmapCache.insert(key, picture)
        if isValid(tile) and tile._photo.sha256 == sha256:
            tile.show_picture(picture)

    background.run(lambda: _read(path, side), show, lambda _: None)


def _read(path: Path, side: int) -> QImage:
    """The square in the middle of a photo, decoded at a fraction of its size."""
    reader = QImageReader(str(path))
    size = reader.size()
    if size.isValid():
        size = size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        reader.setScaledSize(size)
        reader.setScaledClipRect(QRect((size.width() - side) // 2, (size.height() - side) // 2, side, side))
    return reader.read()
