"""A photo of an answer or a corrective action, large: looked at, marked, described, taken away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.audit import Photo, PhotoStage
from auditor.errors import AuditorError
from auditor.store import marks
from auditor.store.marks import MarkKind
from auditor.store.photos import Picture
from auditor.words import tr
from ui import background
from ui.look.style import MEDIUM, SMALL, look
from ui.photos.album import Album
from ui.photos.burning import forget_in_backups
from ui.photos.canvas import PhotoCanvas
from ui.photos.side import PhotoSide
from ui.session import AuditSession
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import row, scrolling

WIDE_FROM = 960
"""From this width, at 100 % text size, the words stand beside the photo, else below it."""
SIDE, BELOW = 320, 380
TOOLS: tuple[MarkKind | None, ...] = (None, "arrow", "box", "blur")


class PhotoPage(QWidget):
    """The photos at one path, one at a time. `closed` when a person has seen enough of them.

    Shapes are burnt into the photo on leaving it, not before: until then they can be moved and undone.
    """

    closed = Signal()
    shown = Signal(str)
    """The SHA-256 of the photo that is seen now."""

    def __init__(
        self,
        session: AuditSession,
        path: str,
        sha256: str,
        parent: QWidget | None = None,
        *,
        stage: PhotoStage = "",
        backups: Path | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "page")
        self.session, self._backups, self.album = session, backups, Album(session, path, stage, self)
        self._at = next((n for n, one in enumerate(self.photos) if one.sha256 == sha256), 0)
        self._shown = ""
        self._burning = 0
        self._turn = 0
        self.canvas, self.side = PhotoCanvas(), PhotoSide(staged=not stage)
        self._build()
        self._connect()
        self._show()
        self.canvas.setFocus()

    @property
    def photos(self) -> tuple[Photo, ...]:
        return self.album.photos

    @property
    def photo(self) -> Photo:
        return self.photos[self._at]

    def flush(self) -> None:
        """Have everything saved now: the page or the program goes. Burns here what was to be burnt elsewhere."""
        self.side.flush()
        drawn = self.canvas.shapes
        if not drawn or not self.photos:
            return
        self._turn += 1  # what comes from the other thread is late
        source = self.session.photo_path(self._shown)
        try:
            picture = marks.burn(source, drawn, self.photo.name)
        except AuditorError as error:
            self.session.failed.emit(error)
            return
        self._put(picture)

    def leave(self) -> None:
        self._burnt_then(self.closed.emit)

    def show_other(self, step: int) -> None:
        """The photo before or behind this one."""
        if 0 <= self._at + step < len(self.photos):
            self._burnt_then(lambda: self._go(self._at + step))

    # Burning

    def _burnt_then(self, act: Callable[[], object]) -> None:
        """Burn what is drawn, off the window's thread, and then go on; at once where nothing is drawn."""
        self.side.flush()
        drawn = self.canvas.shapes
        if not drawn:
            act()
            return
        self._turn += 1
        self._show_busy(True)
        work = partial(marks.burn, self.session.photo_path(self._shown), drawn, self.photo.name)
        background.run(work, partial(self._burnt, self._turn, act), partial(self._not_burnt, self._turn))

    def _burnt(self, turn: int, act: Callable[[], object], picture: Picture) -> None:
        if isValid(self) and turn == self._turn:
            self._show_busy(False)
            if self._put(picture):
                act()

    def _not_burnt(self, turn: int, error: Exception) -> None:
        if isValid(self) and turn == self._turn:
            self._show_busy(False)
            self.session.failed.emit(error)

    def _put(self, picture: Picture) -> bool:
        """Name the marked photo in the audit; what is drawn is in it now."""
        blurred = any(one.kind == "blur" for one in self.canvas.shapes)
        image = QImage.fromData(picture.data)
        if not self.session.replace_photo(self._shown, picture, blurred=blurred):
            return False
        self._shown = picture.sha256
        self.canvas.show_photo(image)
        self._show_drawn()
        if blurred:
            forget_in_backups(self.session, self._backups)
        return True

    def _show_busy(self, busy: bool) -> None:
        self.canvas.setEnabled(not busy)
        self.side.setEnabled(not busy)
        self.tools.setEnabled(not busy)

    # What is shown

    def _show(self) -> None:
        """The photo as it is saved; the page goes with the last one."""
        if not self.photos:
            self.closed.emit()
            return
        self._at = min(self._at, len(self.photos) - 1)
        count, read_only = len(self.photos), self.album.read_only
        self.title.setText(tr("photos.title", n=self._at + 1, of=count))
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < count - 1)
        for one in (self.previous, self.next):
            one.setVisible(count > 1)
        self.side.show_photo(self.photo, read_only)
        self.canvas.show_read_only(read_only)
        self.tool_line.setVisible(not read_only)
        if self.photo.sha256 != self._shown:
            self._shown = self.photo.sha256
            self.shown.emit(self._shown)
            self.canvas.show_photo(QImage())
            path = str(self.session.photo_path(self._shown))
            background.run(partial(QImage, path), partial(self._loaded, self._shown), self.session.failed.emit)
        self._show_drawn()

    def _loaded(self, sha256: str, image: QImage) -> None:
        if isValid(self) and sha256 == self._shown:
            self.canvas.show_photo(image)
            self.missing.setVisible(image.isNull())

    def _go(self, number: int) -> None:
        self._at = number
        self._show()

    def _show_drawn(self) -> None:
        drawn = self.canvas.shapes
        self.undo.setEnabled(self.canvas.can_undo)
        self.side.show_pending(len(drawn), any(one.kind == "blur" for one in drawn))

    def _on_changed(self, field: str, value: object) -> None:
        photos = list(self.photos)
        photos[self._at] = replace(photos[self._at], **{field: value})  # type: ignore[arg-type]
        self.album.put(tuple(photos))

    def _on_removed(self) -> None:
        self.canvas.show_photo(QImage())
        self.album.put(self.photos[: self._at] + self.photos[self._at + 1 :])

    def _choose(self, tool: object) -> None:
        self.tools.show_value(tool)
        self.canvas.show_tool(cast("MarkKind | None", tool))
        self.canvas.setFocus()

    # Building

    def _build(self) -> None:
        self.canvas_side = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self.canvas_side.setSpacing(0)
        middle = QVBoxLayout()
        middle.setContentsMargins(MEDIUM, SMALL, MEDIUM, MEDIUM)
        middle.setSpacing(SMALL)
        self.missing = label(tr("photos.missing"), "body", "failed", wrap=True)
        self.missing.hide()
        middle.addWidget(self._make_tools())
        middle.addWidget(self.missing)
        middle.addWidget(self.canvas, 1)
        self.canvas_side.addLayout(middle, 1)
        self.aside = scrolling(self.side, name=tr("photos.about"))
        self.canvas_side.addWidget(self.aside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addLayout(self.canvas_side, 1)

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("panel", "head")
        head.setMinimumHeight(look().px(72))
        back = button("", "icon", icon="back", name=tr("photos.back"), on_click=self.leave)
        back.setFixedWidth(look().px(48))
        self.title = label("", "title")
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(self.title)
        titles.addWidget(ElidedLabel(self.album.title, "quiet"))
        self.previous = button(
            "", "icon", icon="chevron-left", name=tr("photos.previous"), on_click=lambda: self.show_other(-1)
        )
        self.next = button(
            "", "icon", icon="chevron-right", name=tr("photos.next"), on_click=lambda: self.show_other(1)
        )
        done = button(tr("photos.done"), "primary", on_click=self.leave)
        line = row(back, spacing=SMALL)
        line.addLayout(titles, 1)
        for one in (self.previous, self.next, done):
            line.addWidget(one)
        line.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        head.setLayout(line)
        return head

    def _make_tools(self) -> QWidget:
        choices = [(one, tr(f"photos.tool_{one or 'move'}")) for one in TOOLS]
        self.tools = SegmentedButtons(choices, None, name=tr("photos.tools"))
        self.tools.chosen.connect(self._choose)
        self.undo = button(tr("capture.undo"), "quiet", icon="undo", on_click=self.canvas.undo)
        self.tool_line = Flow(self.tools, self.undo)
        return self.tool_line

    def _connect(self) -> None:
        self.canvas.marks_changed.connect(self._show_drawn)
        self.side.changed.connect(self._on_changed)
        self.side.removed.connect(self._on_removed)
        self.side.burn_asked.connect(lambda: self._burnt_then(self._show))
        self.album.changed.connect(self._show)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.leave,
            Qt.Key.Key_PageUp: partial(self.show_other, -1),
            Qt.Key.Key_PageDown: partial(self.show_other, 1),
        }
        if key == Qt.Key.Key_Z and held == Qt.KeyboardModifier.ControlModifier:
            self.canvas.undo()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_4 and not self.album.read_only:
            self._choose(TOOLS[key - Qt.Key.Key_1])
        elif key in keys:
            keys[key]()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= look().px(WIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.canvas_side.setDirection(way)
        none = 16777215
        self.aside.setFixedWidth(look().px(SIDE)) if wide else self.aside.setMaximumWidth(none)
        self.aside.setMinimumWidth(look().px(SIDE) if wide else 0)
        self.aside.setMaximumHeight(none if wide else look().px(BELOW))
