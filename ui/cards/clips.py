"""Recordings of an answer: what they are called, where in them to listen, and whether a file is still the one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Clip
from auditor.recordings import AUDIO, VIDEO
from auditor.words import tr
from ui.controls.files_asked import ask_for_files
from ui.controls.text_commit import TextCommit
from ui.look.style import SMALL, TARGET, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label

Chosen = Callable[[list[Path]], object]


class ClipList(QWidget):
    """`show_clips` in; `changed` (those that remain) and `check_wanted` (a clip and a file) out."""

    changed = Signal(object)
    check_wanted = Signal(object, object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._clips: tuple[Clip, ...] = ()
        self._rows: list[_ClipRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SMALL)
        self._column.addWidget(label(tr("photos.clip_note"), "small", "quiet", wrap=True))

    def show_clips(self, clips: tuple[Clip, ...], *, read_only: bool = False) -> None:
        if [one.sha256 for one in clips] != [one.sha256 for one in self._clips]:
            self._rebuild(clips)
        self._clips = clips
        for row, clip in zip(self._rows, clips, strict=True):
            row.show_clip(clip, read_only)

    def flush(self) -> None:
        for row in self._rows:
            row.flush()

    @property
    def rows(self) -> list[_ClipRow]:
        return list(self._rows)

    def _rebuild(self, clips: tuple[Clip, ...]) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for number, clip in enumerate(clips):
            row = _ClipRow(f"{self._name} {clip.name}", clip)
            row.said.connect(lambda field, text, n=number: self._change(n, field, text))
            row.removed.connect(lambda n=number: self.changed.emit(self._clips[:n] + self._clips[n + 1 :]))
            row.check.clicked.connect(lambda _=False, n=number: self._ask(n))
            self._rows.append(row)
            self._column.addWidget(row)

    def _change(self, number: int, field: str, text: str) -> None:
        clips = list(self._clips)
        clips[number] = replace(clips[number], **{field: text})  # type: ignore[arg-type]
        self.changed.emit(tuple(clips))

    def _ask(self, number: int) -> None:
        clip = self._clips[number]
        ask_for_clips(self, lambda paths: self.check_wanted.emit(clip, paths[0]), several=False)


class _ClipRow(QWidget):
    """One recording."""

    said = Signal(str, str)
    removed = Signal()

    def __init__(self, name: str, clip: Clip) -> None:
        super().__init__()
        self.title = ElidedLabel(f"{tr(f'photos.clip_kind_{clip.kind}')} · {clip.name} · {clip.sha256[:12]}")
        self.at = self._field(tr("photos.clip_at"), tr("photos.clip_at_hint"), name, 120)
        self.caption = self._field(tr("photos.clip_caption"), tr("photos.clip_caption"), name, 220)
        self._typing = {"at": TextCommit(self.at), "caption": TextCommit(self.caption)}
        for field, typing in self._typing.items():
            typing.committed.connect(lambda text, f=field: self.said.emit(f, text.replace("：", ":").strip()))
        self.check = button(tr("photos.clip_check"), name=f"{name} {tr('photos.clip_check')}")
        words = tr("photos.clip_remove", name=clip.name)
        self.remove = button("", "icon", icon="trash", name=words, on_click=self.removed.emit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.title)
        column.addWidget(Flow(self.at, self.caption, self.check, self.remove))

    def show_clip(self, clip: Clip, read_only: bool) -> None:
        self._typing["at"].show(clip.at)
        self._typing["caption"].show(clip.caption)
        for one in (self.at, self.caption):
            one.setEnabled(not read_only)
        self.remove.setVisible(not read_only)

    def flush(self) -> None:
        for typing in self._typing.values():
            typing.flush()

    def _field(self, name: str, hint: str, of: str, wide: int) -> QLineEdit:
        made = _Field(wide)
        made.setPlaceholderText(f"{name} {hint}" if hint != name else name)
        made.setAccessibleName(f"{of} {name}")
        return made


class _Field(QLineEdit):
    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def sizeHint(self) -> QSize:
        return QSize(look().px(self._wide), look().px(TARGET))


def ask_for_clips(parent: QWidget, chosen: Chosen, *, several: bool = True) -> None:
    """Open a file dialog that stops nothing else; `chosen(paths)` when recordings were picked."""
    pattern = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in sorted(AUDIO | VIDEO))
    words = f"{tr('photos.clips_files')} ({pattern})"
    ask_for_files(parent, tr("photos.clip_add"), words, chosen, several=several)
