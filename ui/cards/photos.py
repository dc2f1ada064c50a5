"""The photos of an answer: thumbnails, and the caption, the "keep inside" flag and the removal of the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.audit import Photo
from auditor.words import tr
from ui import background
from ui.controls.drawing import box, fill_box, inner
from ui.controls.painted_button import PaintedButton
from ui.controls.text_commit import TextCommit
from ui.look import icons
from ui.look.style import SMALL, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.panels import row

PathOf = Callable[[str], Path]
_SIDE = 84


class Thumbnail(PaintedButton):
    """One photo, small; a lock where it is kept inside."""

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: QPixmap | None = None
        self.inside = False
        self.setText(tr("capture.photo_number", n=number))
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(look().px(_SIDE), look().px(_SIDE))

    def show_picture(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = look()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            area = inner(QRectF(self.rect()), 1)
            shape: QPainterPath = box(area, 8)
            fill_box(painter, shape, now.colours.well, now.colours.line)
            if self._picture is not None:
                painter.setClipPath(shape)
                painter.drawPixmap(QRectF(self.rect()), self._picture, _middle(self._picture))
                painter.setClipping(False)
            self.paint_ring(painter, 8)
            if self.isChecked():
                fill_box(painter, shape, "#00000000", now.colours.brand, 3)
            if self.inside:
                side = now.px(22)
                fill_box(painter, box(QRectF(6, 6, side + 4, side + 4), 6), now.colours.card, now.colours.line)
                painter.drawPixmap(8, 8, icons.pixmap("lock", now.colours.ink, side, self.devicePixelRatioF()))


class PhotoStrip(QWidget):
    """`show_photos` in, `changed` (the photos that remain) out."""

    changed = Signal(object)

    def __init__(self, name: str, path_of: PathOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._path_of = name, path_of
        self._photos: tuple[Photo, ...] = ()
        self._chosen = -1
        self._tiles: list[Thumbnail] = []
        self._flow = Flow()
        self.caption = QLineEdit()
        self.caption.setPlaceholderText(tr("capture.caption"))
        self.caption.setAccessibleName(f"{name} {tr('capture.caption')}")
        self._typing = TextCommit(self.caption)
        self._typing.committed.connect(lambda text: self._change(caption=text))
        self.inside = button(tr("capture.keep_inside"), "chip", icon="lock", on_click=self._on_inside)
        self.inside.setProperty("tone", "brand")
        self.inside.setCheckable(True)
        self.remove = button(tr("capture.remove_photo"), "danger", on_click=self._on_remove)
        self._editor = QWidget()
        line = row(self.caption, self.inside, self.remove)
        line.setStretch(0, 1)
        self._editor.setLayout(line)
        self._editor.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._flow)
        column.addWidget(self._editor)

    def show_photos(self, photos: tuple[Photo, ...]) -> None:
        if [one.sha256 for one in photos] != [one.sha256 for one in self._photos]:
            self._photos = photos
            self._chosen = min(self._chosen, len(photos) - 1)
            self._rebuild()
        self._photos = photos
        for tile, photo in zip(self._tiles, photos, strict=True):
            if tile.inside != photo.inside:
                tile.inside = photo.inside
                tile.update()
            tile.setToolTip(photo.caption or photo.name)
        self._show_chosen()

    def flush(self) -> None:
        self._typing.flush()

    @property
    def tiles(self) -> list[Thumbnail]:
        return list(self._tiles)

    def _rebuild(self) -> None:
        self._flow.clear()
        self._tiles = []
        for number, photo in enumerate(self._photos):
            tile = Thumbnail(number + 1)
            tile.clicked.connect(lambda _=False, n=number: self._on_tile(n))
            self._tiles.append(tile)
            self._flow.addWidget(tile)
            _load(self._path_of(photo.sha256), tile)

    def _show_chosen(self) -> None:
        chosen = 0 <= self._chosen < len(self._photos)
        for number, tile in enumerate(self._tiles):
            tile.setChecked(number == self._chosen)
        if chosen:
            photo = self._photos[self._chosen]
            self._typing.show(photo.caption)
            self.inside.setChecked(photo.inside)
        self._editor.setVisible(chosen)

    def _on_tile(self, number: int) -> None:
        self._typing.flush()
        self._chosen = -1 if self._chosen == number else number
        self._show_chosen()

    def _on_inside(self) -> None:
        self._change(inside=not self._photos[self._chosen].inside)

    def _on_remove(self) -> None:
        gone, self._chosen = self._chosen, -1
        self.changed.emit(self._photos[:gone] + self._photos[gone + 1 :])

    def _change(self, **what: object) -> None:
        if 0 <= self._chosen < len(self._photos):
            photos = list(self._photos)
            photos[self._chosen] = replace(photos[self._chosen], **what)  # type: ignore[arg-type]
            self.changed.emit(tuple(photos))


def _middle(picture: QPixmap) -> QRectF:
    """The square in the middle of a picture."""
    side = min(picture.width(), picture.height())
    return QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)


def _load(path: Path, tile: Thumbnail) -> None:
    """Read a small version of a photo off the window's thread."""
    side = look().px(_SIDE) * 2

    def read() -> QImage:
        reader = QImageReader(str(path))
        size = reader.size()
        if size.isValid():
            reader.setScaledSize(size.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
        return reader.read()

    def show(image: QImage) -> None:
        if isValid(tile) and not image.isNull():
            tile.show_picture(image)

    background.run(read, show, lambda _: None)
