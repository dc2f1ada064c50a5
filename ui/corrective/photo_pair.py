"""The photos of one stage of a corrective action: before it, or after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.audit import Photo, PhotoStage
from auditor.words import tr
from ui.cards.photos import PathOf, PhotoStrip
from ui.controls.photo_box import ask_for_photos
from ui.look.style import SMALL
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label


class StagePhotos(QWidget):
    """`show_photos` in; `given` (files), `changed` (what remains), `viewed` (a SHA-256), `taken` (the check's) out."""

    given = Signal(object)
    changed = Signal(object)
    viewed = Signal(str)
    taken = Signal()

    def __init__(self, stage: PhotoStage, item: str, path_of: PathOf) -> None:
        super().__init__()
        self._stage = stage
        name = tr(f"corrective.photos_{stage}")
        self.strip = PhotoStrip(f"{item} {name}", path_of)
        self.strip.view_wanted.connect(self.viewed)
        self.strip.changed.connect(lambda photos: self.changed.emit(_staged(photos, stage)))
        words = tr("capture.add_photos")
        self.add = button(words, icon="camera", name=f"{item} {name} {words}", on_click=self._ask)
        self.take = button(tr("corrective.take_photos"), "quiet", name=f"{item} {tr('corrective.take_photos')}")
        self.take.clicked.connect(lambda _=False: self.taken.emit())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(label(name, "quiet"))
        column.addWidget(self.strip)
        column.addWidget(Flow(self.add, self.take))
        column.addStretch(1)

    def show_photos(self, photos: tuple[Photo, ...], *, read_only: bool, takeable: bool = False) -> None:
        """`takeable`: the check has photos that are not among these yet."""
        self.strip.show_photos(_staged(photos, ""), read_only=read_only)
        self.strip.setVisible(bool(photos))
        self.add.setVisible(not read_only)
        self.take.setVisible(takeable and not read_only)

    def flush(self) -> None:
        self.strip.flush()

    def _ask(self) -> None:
        ask_for_photos(self, self.given.emit)


def _staged(photos: Sequence[Photo], stage: PhotoStage) -> tuple[Photo, ...]:
    return tuple(replace(one, stage=stage) for one in photos)
