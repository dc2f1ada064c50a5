"""The photos of an answer: thumbnails, pairs of before and after, and what can be done with the chosen one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Photo
from auditor.words import tr
from ui.cards.thumbnail import SIDE, Thumbnail
from ui.controls.text_commit import TextCommit
from ui.look import icons
from ui.look.style import SMALL, TARGET, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label

PathOf = Callable[[str], Path]


class PhotoStrip(QWidget):
    """`show_photos` in; `changed` (the photos that remain), `view_wanted` (a SHA-256) and `fix_wanted` out."""

    changed = Signal(object)
    view_wanted = Signal(str)
    fix_wanted = Signal()

    def __init__(self, name: str, path_of: PathOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._path_of = name, path_of
        self._photos: tuple[Photo, ...] = ()
        self._chosen = -1
        self._read_only = False
        self._tiles: list[Thumbnail] = []
        self._flow = Flow()
        self.fixed = label(tr("photos.fixed_done"), "body", "good")
        self.fixed.setMinimumHeight(look().px(TARGET))
        self.fix = button(tr("photos.fixed"), icon="camera", on_click=self.fix_wanted.emit)
        self.caption = QLineEdit()
        self.caption.setPlaceholderText(tr("capture.caption"))
        self.caption.setAccessibleName(f"{name} {tr('capture.caption')}")
        self._typing = TextCommit(self.caption)
        self._typing.committed.connect(lambda text: self._change(caption=text))
        self.view = button(tr("photos.open"), icon="search", on_click=self._on_view)
        self.inside = button(tr("capture.keep_inside"), "chip", icon="lock", on_click=self._on_inside)
        self.inside.setProperty("tone", "brand")
        self.inside.setCheckable(True)
        self.remove = button(tr("capture.remove_photo"), "danger", on_click=self._on_remove)
        self._editor = QWidget()
        self._build()

    def show_photos(self, photos: tuple[Photo, ...], *, read_only: bool = False, lost: bool = False) -> None:
        """Paint the saved photos. Where points are `lost`, the fault can be shown put right on the spot."""
        before, self._photos, self._read_only = self._photos, photos, read_only
        if [(one.sha256, one.stage) for one in photos] != [(one.sha256, one.stage) for one in before]:
            self._chosen = min(self._chosen, len(photos) - 1)
            self._rebuild()
        for tile, photo in zip(self._tiles, photos, strict=True):
            tile.show_photo(photo, self._path_of(photo.sha256))
        fixed = any(one.stage == "after" for one in photos)
        self.fixed.setVisible(fixed)
        words = tr("photos.fixed_more" if fixed else "photos.fixed")
        self.fix.setText(words)
        self.fix.setAccessibleName(f"{self._name} {words}")
        self.fix.setVisible(not read_only and bool(photos) and (lost or fixed))
        self._show_chosen()

    def flush(self) -> None:
        self._typing.flush()

    @property
    def tiles(self) -> list[Thumbnail]:
        return list(self._tiles)

    def _build(self) -> None:
        inside = QVBoxLayout(self._editor)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SMALL)
        inside.addWidget(self.caption)
        inside.addWidget(Flow(self.view, self.inside, self.remove))
        self._editor.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self._flow)
        column.addWidget(Flow(self.fix, self.fixed))
        column.addWidget(self._editor)

    def _rebuild(self) -> None:
        self._flow.clear()
        self._tiles = []
        for number, photo in enumerate(self._photos):
            if photo.stage == "after" and number and self._photos[number - 1].stage == "before":
                self._flow.addWidget(_Turned())
            tile = Thumbnail(number + 1)
            tile.clicked.connect(lambda _=False, n=number: self._on_tile(n))
            self._tiles.append(tile)
            self._flow.addWidget(tile)

    def _show_chosen(self) -> None:
        chosen = 0 <= self._chosen < len(self._photos) and not self._read_only
        for number, tile in enumerate(self._tiles):
            tile.setChecked(chosen and number == self._chosen)
        if chosen:
            photo = self._photos[self._chosen]
            self._typing.show(photo.caption)
            self.inside.setChecked(photo.inside)
        self._editor.setVisible(chosen)

    def _on_tile(self, number: int) -> None:
        self._typing.flush()
        if self._read_only:
            self.view_wanted.emit(self._photos[number].sha256)
            return
        self._chosen = -1 if self._chosen == number else number
        self._show_chosen()

    def _on_view(self) -> None:
        self._typing.flush()
        self.view_wanted.emit(self._photos[self._chosen].sha256)

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


class _Turned(QLabel):
    """Between the photo of before and the one of after."""

    def __init__(self) -> None:
        super().__init__()
        side = look().px(20)
        self.setPixmap(icons.pixmap("chevron-right", look().colours.quiet, side, self.devicePixelRatioF()))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def sizeHint(self) -> QSize:
        return QSize(look().px(20), look().px(SIDE))
