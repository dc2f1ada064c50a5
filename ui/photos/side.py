"""What stands beside the large photo: its words, whether it is kept inside, before or after, and its removal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Photo
from auditor.words import tr
from ui.controls.text_commit import TextCommit
from ui.look.style import LARGE, MEDIUM, TARGET, look
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card

STAGES = ("", "before", "after")


class PhotoSide(QWidget):
    """`show_photo`, `show_pending` in; `changed(field, value)`, `burn_asked`, `removed` out."""

    changed = Signal(str, object)
    burn_asked = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None, *, staged: bool = True) -> None:
        """`staged`: whether it is said here if a photo shows before or after."""
        super().__init__(parent)
        self._staged = staged
        self.caption = QLineEdit()
        self.caption.setPlaceholderText(tr("capture.caption"))
        self.caption.setAccessibleName(tr("capture.caption"))
        self.caption.setMinimumHeight(look().px(TARGET))
        self._typing = TextCommit(self.caption)
        self._typing.committed.connect(lambda text: self.changed.emit("caption", text))
        self.inside = button(tr("capture.keep_inside"), "chip", icon="lock", on_click=self._on_inside)
        self.inside.setProperty("tone", "brand")
        self.inside.setCheckable(True)
        stages = [(one, tr(f"photos.stage_{one or 'none'}")) for one in STAGES]
        self.stage = SegmentedButtons(stages, name=tr("photos.stage"))
        self.stage.chosen.connect(lambda one: self.changed.emit("stage", one))
        self.taken = label("", "small", "quiet", wrap=True)
        self.remove = button(tr("photos.remove"), "danger", icon="trash", on_click=self.removed.emit)
        self._pending = self._make_pending()
        self._build()

    def show_photo(self, photo: Photo, read_only: bool) -> None:
        self._typing.show(photo.caption)
        self.inside.setChecked(photo.inside)
        self.stage.show_value(photo.stage)
        taken = photo.taken[:16].replace("T", " ")
        self.taken.setText(tr("photos.taken", time=taken) if taken else tr("photos.no_time"))
        for one in (self.caption, self.inside, self.stage):
            one.setEnabled(not read_only)
        self.remove.setVisible(not read_only)

    def show_pending(self, count: int, blurred: bool) -> None:
        """How many shapes are not in the photo yet, and whether one of them takes pixels away for good."""
        self._pending.setVisible(count > 0)
        self._pending_words.setText(tr("photos.pending_blur" if blurred else "photos.pending", n=count))

    def flush(self) -> None:
        self._typing.flush()

    def _on_inside(self) -> None:
        self.inside.setChecked(not self.inside.isChecked())  # what was saved is painted, not what was tapped
        self.changed.emit("inside", not self.inside.isChecked())

    def _make_pending(self) -> Card:
        made = Card("brand", margin=MEDIUM)
        self._pending_words = label("", "body", wrap=True)
        self.burn = button(tr("photos.burn"), "primary", on_click=self.burn_asked.emit)
        made.column.addWidget(self._pending_words)
        made.column.addWidget(self.burn)
        made.hide()
        return made

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.setSpacing(MEDIUM)
        column.addWidget(self._pending)
        column.addWidget(self.caption)
        if self._staged:
            column.addWidget(label(tr("photos.stage"), "small", "quiet"))
            column.addWidget(self.stage)
        column.addWidget(Flow(self.inside, self.remove))
        column.addWidget(self.taken)
        column.addWidget(label(tr("photos.inside_note"), "small", "quiet", wrap=True))
        column.addWidget(label(tr("photos.blur_note"), "small", "quiet", wrap=True))
        column.addWidget(label(tr("photos.keys"), "small", "quiet", wrap=True))
        column.addStretch(1)
