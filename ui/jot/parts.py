"""What stands around the pad: the line above, the words to tap, the line below."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy, QVBoxLayout, QWidget

from auditor.checklist.model import Checklist
from auditor.words import tr
from ui.controls import Hand
from ui.controls.camera import Camera, camera_present
from ui.controls.files_asked import ask_for_files
from ui.controls.photo_box import SUFFIXES
from ui.jot.chips import quick_words
from ui.jot.night import pictured
from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, look, put
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import row

NARROW = 620
"""Width, at 100 %, below which the words of the bar stand above its buttons."""


class Head(QFrame):
    """The name of a note pad, the day, when something was kept last, the time."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = button("", "icon", name=tr("jot.back"), on_click=self.left.emit)
        pictured(self.back, "back")
        self.title, self.saved, self.time = (
            label("", "strong", wrap=True),
            label("", "body", "quiet"),
            label("", "strong"),
        )
        for one in (self.title, self.time):
            one.setProperty("tone", "quiet")
        line = row(self.back, self.title, self.saved, self.time, spacing=MEDIUM)
        line.setStretch(1, 1)
        line.setContentsMargins(MEDIUM, SMALL, WIDE + MEDIUM, SMALL)
        self.setLayout(line)

    def show_saved(self, at: datetime) -> None:
        self.saved.setText(tr("jot.saved", time=f"{at:%H:%M:%S}"))

    def show_now(self, now: datetime) -> None:
        self.title.setText(tr("jot.name_of_day", day=tr(f"jot.day.{now.weekday()}")))
        self.time.setText(f"{now:%H:%M}")


class Chips(QWidget):
    """Words to tap, and a photo."""

    word_tapped = Signal(str)
    photo_wanted = Signal()
    camera_wanted = Signal()

    def __init__(self, checklist: Checklist) -> None:
        super().__init__()
        self.chips = [button(word, "chip", on_click=partial(self._tap, word)) for word in quick_words(checklist)]
        self.photo = button(tr("jot.photo"), "chip", on_click=self.photo_wanted.emit)
        flow = Flow(*self.chips, self.photo)
        if camera_present():
            flow.addWidget(button(tr("jot.camera"), "chip", on_click=self.camera_wanted.emit))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(flow)

    def _tap(self, word: str) -> None:
        self.word_tapped.emit(word)


class Bar(QFrame):
    """One quiet line, and the three things that are done to the whole pad; the cover in the corner."""

    undo_wanted = Signal()
    cover_wanted = Signal()
    unfold_wanted = Signal()

    def __init__(self, hand: Hand) -> None:
        super().__init__()
        self.words = label("", "body", "quiet", wrap=True)
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.undo = button(tr("jot.undo"), "plain", on_click=self.undo_wanted.emit)
        self.unfold = button(tr("jot.unfold"), "primary", on_click=self.unfold_wanted.emit)
        self.cover = button(tr("jot.cover"), "plain", name=tr("jot.cover_name"), on_click=self.cover_wanted.emit)
        self.cover.setMinimumWidth(look().px(112))
        for one in (self.undo, self.unfold, self.cover):
            one.setMinimumHeight(look().px(56))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(MEDIUM)
        self._column.setContentsMargins(WIDE + MEDIUM, MEDIUM, WIDE + MEDIUM, LARGE)
        self._line = row(self.words, self.undo, self.unfold, self.cover, spacing=MEDIUM)
        self._line.setStretch(0, 1)
        self._column.addLayout(self._line)
        self._narrow = False
        if hand == "left":
            self._line.setDirection(QBoxLayout.Direction.RightToLeft)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words stand above the buttons where there is no room beside them."""
        super().resizeEvent(event)
        narrow = event.size().width() < look().px(NARROW)
        if narrow != self._narrow:
            self._narrow = narrow
            (self._line if narrow else self._column).removeWidget(self.words)
            self._column.insertWidget(0, self.words) if narrow else self._line.insertWidget(0, self.words, 1)
            if narrow:
                self._line.insertStretch(0, 1)
            else:
                self._line.takeAt(1)

    def show_words(self, words: str, *, amber: bool = False) -> None:
        self.words.setText(words)
        put(self.words, "tone", "lost" if amber else "quiet")


def ask_for_photos(parent: QWidget, chosen: Callable[[list[Path]], object]) -> None:
    """A file dialog that stops nothing else, in words that say nothing."""
    pattern = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in SUFFIXES)
    ask_for_files(parent, tr("jot.photo_choose"), f"{tr('jot.photo_files')} ({pattern})", chosen)


def open_camera(see: Callable[[Camera], QWidget], owner: QWidget) -> None:
    """The machine's camera, let go of with its viewfinder."""
    camera = Camera(owner)
    see(camera).destroyed.connect(camera.deleteLater)
