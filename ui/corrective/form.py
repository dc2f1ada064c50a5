"""The corrective action of one loss, to be filled in: what, by whom, by when, done, checked, struck off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Finding, Photo
from auditor.corrective import Action, doubts
from auditor.words import tr
from ui.cards.photos import PathOf
from ui.controls.fields import GrowingText
from ui.controls.text_commit import TextCommit
from ui.corrective.day_field import DEADLINES, DayField
from ui.corrective.photo_pair import StagePhotos
from ui.look.style import LARGE, MEDIUM, SMALL, TIGHT, look
from ui.widgets.labels import label

NARROW = 640
"""Below this width, at 100 % text size, fields stand below each other."""
LONG = ("required", "measure", "remark")
DAYS = ("due", "done_on", "cleared_on")


class FindingForm(QWidget):
    """`show_action` in; `changed` (the Finding as edited), `photos_given` (files, stage), `photo_viewed` (stage,
    SHA-256), `photos_taken` out."""

    changed = Signal(object)
    photos_given = Signal(object, str)
    photo_viewed = Signal(str, str)
    photos_taken = Signal()

    def __init__(self, item: str, path_of: PathOf) -> None:
        super().__init__()
        self._item = item
        self._finding, self._standard = Finding(), ""
        self.texts: dict[str, QLineEdit | GrowingText] = {}
        self.days: dict[str, DayField] = {}
        self.doubts: dict[str, QLabel] = {}
        self._typing: dict[str, TextCommit] = {}
        self.before, self.after = StagePhotos("before", item, path_of), StagePhotos("after", item, path_of)
        self._pairs: list[QBoxLayout] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(MEDIUM, SMALL, 0, SMALL)
        column.setSpacing(LARGE - 4)
        for name in ("required", "measure"):
            column.addWidget(self._cell(name))
        for left, right in (("due", "owner"), ("done_on", "checked_by"), ("cleared_on", "remark")):
            column.addLayout(self._pair(self._cell(left), self._cell(right)))
        column.addLayout(self._pair(self.before, self.after))
        for one in (self.before, self.after):
            one.given.connect(partial(self._on_given, one is self.before))
            one.changed.connect(partial(self._on_photos, one is self.before))
        self.before.viewed.connect(partial(self.photo_viewed.emit, "before"))
        self.after.viewed.connect(partial(self.photo_viewed.emit, "after"))
        self.before.taken.connect(self.photos_taken)

    def show_action(self, action: Action, visited: str, photos: Sequence[Photo], *, read_only: bool) -> None:
        """Paint what is saved; `visited` is when the check was, `photos` are those of the answer."""
        self._finding, self._standard = action.finding, str(action.loss.item.action or "")
        for name, typing in self._typing.items():
            typing.show(action.required if name == "required" else getattr(action.finding, name))
            self.texts[name].setReadOnly(read_only)
        for name, field in self.days.items():
            field.show_day(getattr(action.finding, name))
            field.show_read_only(read_only)
        said = dict(doubts(action.finding, visited, date.today()))
        for name, words in self.doubts.items():
            words.setText(tr(f"corrective.doubt.{said[name]}") if name in said else "")
            words.setVisible(name in said)
        known = {one.sha256 for one in action.finding.photos_before}
        more = any(one.sha256 not in known and one.stage != "after" for one in photos)
        self.before.show_photos(action.finding.photos_before, read_only=read_only, takeable=more)
        self.after.show_photos(action.finding.photos_after, read_only=read_only)

    def flush(self) -> None:
        """Commit what is being typed."""
        for typing in self._typing.values():
            typing.flush()
        for field in self.days.values():
            field.flush()
        for photos in (self.before, self.after):
            photos.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = event.size().width() < look().px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        for pair in self._pairs:
            pair.setDirection(way)

    def _pair(self, left: QWidget, right: QWidget) -> QBoxLayout:
        pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        pair.setSpacing(LARGE)
        pair.addWidget(left, 1)
        pair.addWidget(right, 1)
        self._pairs.append(pair)
        return pair

    def _cell(self, name: str) -> QWidget:
        """A field under its name, what is doubtful about it below."""
        cell, words = QWidget(), tr(f"corrective.field.{name}")
        column = QVBoxLayout(cell)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(label(words, "quiet"))
        column.addWidget(self._day(name, words) if name in DAYS else self._text(name, words))
        if name in DAYS:
            self.doubts[name] = doubt = label("", "small", "lost", wrap=True)
            doubt.hide()
            column.addWidget(doubt)
        column.addStretch(1)
        return cell

    def _day(self, name: str, words: str) -> DayField:
        self.days[name] = field = DayField(f"{self._item} {words}", DEADLINES if name == "due" else ())
        field.changed.connect(partial(self._on_text, name))
        return field

    def _text(self, name: str, words: str) -> QWidget:
        field: QLineEdit | GrowingText = GrowingText() if name in LONG else QLineEdit()
        field.setAccessibleName(f"{self._item} {words}")
        field.setPlaceholderText(tr(f"corrective.hint.{name}"))
        self.texts[name] = field
        self._typing[name] = typing = TextCommit(field)
        typing.committed.connect(partial(self._on_text, name))
        return field

    def _on_text(self, name: str, text: str) -> None:
        text = text.strip()
        if name == "required" and text == self._standard:
            text = ""  # as the checklist says, in whatever language it is read
        self.changed.emit(replace(self._finding, **{name: text}))  # type: ignore[arg-type]

    def _on_given(self, before: bool, sources: object) -> None:
        self.photos_given.emit(sources, "before" if before else "after")

    def _on_photos(self, before: bool, photos: tuple[Photo, ...]) -> None:
        name = "photos_before" if before else "photos_after"
        self.changed.emit(replace(self._finding, **{name: photos}))  # type: ignore[arg-type]
