"""Recordings on their way into an audit: hashed off the window's thread, with progress, and never copied."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from auditor.audit import Clip
from auditor.errors import AuditorError
from auditor.recordings import kind_of
from auditor.store import clips
from auditor.words import tr
from ui import background

if TYPE_CHECKING:
    from ui.session import AuditSession


class Listening(QObject):
    """One file at a time. What failed is said through the session's `failed`."""

    progressed = Signal(str, int)
    """The name of the file being read, and how much of it, in per cent."""
    ended = Signal(str)
    """Nothing is read any more; what came of it, in words, or ""."""

    def __init__(self, session: AuditSession) -> None:
        super().__init__(session)
        self._session = session
        self._waiting: deque[tuple[str, Path, Clip | None]] = deque()
        self._busy = self._stopped = False

    def add(self, path: str, files: Sequence[Path]) -> None:
        """Name recordings in the answer at a path, each once it is hashed."""
        self._waiting.extend((path, file, None) for file in files)
        self._next()

    def check(self, clip: Clip, file: Path) -> None:
        """Say whether a file is still the one that was recorded."""
        self._waiting.append(("", file, clip))
        self._next()

    def stop(self) -> None:
        """Read no further; what was not read to its end is not named."""
        self._waiting.clear()
        self._stopped = True

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        path, file, known = self._waiting.popleft()
        self._busy, self._stopped = True, False
        work = partial(self._hashed, file, known is None)
        background.run(work, partial(self._done, path, file, known), self._on_failed)

    def _hashed(self, file: Path, new: bool) -> str:
        """On another thread: nothing but signals, which Qt brings over."""
        if new:
            kind_of(file.name)
        return clips.fingerprint(file, lambda percent: self.progressed.emit(file.name, percent), lambda: self._stopped)

    def _done(self, path: str, file: Path, known: Clip | None, sha256: str) -> None:
        self._busy = False
        said = ""
        if self._stopped:
            pass
        elif known is None:
            there = self._session.current(path).clips
            if all(one.sha256 != sha256 for one in there):
                self._session.set_clips(path, (*there, Clip(sha256, file.name, kind_of(file.name))))
        elif known.sha256 == sha256:
            said = tr("photos.clip_same", file=file.name)
        else:
            self._session.failed.emit(AuditorError("photos.clip_other", file=file.name))
        self._go_on(said)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        if not isinstance(error, clips.StoppedError):
            self._session.failed.emit(error)
        self._go_on("")

    def _go_on(self, said: str) -> None:
        self._next()
        if not self._busy:
            self.ended.emit(said)
