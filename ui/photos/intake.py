"""Photos on their way into an audit: one after the other, off the window's thread, in the order they were given."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from auditor.audit import PhotoStage
from auditor.errors import AuditorError
from auditor.store import photos
from auditor.store.photos import Picture
from ui import background


@dataclass(frozen=True, slots=True)
class Coming:
    """One photo that was given: where it belongs, and what it was called."""

    path: str
    source: Path | bytes
    stage: PhotoStage = ""

    @property
    def name(self) -> str:
        return self.source.name if isinstance(self.source, Path) else ""


class Intake:
    """`take` in; `keep(coming, picture)` or `failed(error)` out, on the window's thread.

    One photo at a time is decoded, so that fifty of them need no more memory than one. Its file is written before
    `keep` is called: what is left to do on the window's thread is the line that names it.
    """

    def __init__(
        self, folder: Path, keep: Callable[[Coming, Picture], object], failed: Callable[[Exception], object]
    ) -> None:
        self._folder, self._keep, self._failed = folder, keep, failed
        self._waiting: deque[Coming] = deque()
        self._busy = self._stopped = False

    def take(self, path: str, sources: Sequence[Path | bytes], stage: PhotoStage = "") -> None:
        self._waiting.extend(Coming(path, one, stage) for one in sources)
        self._next()

    def stop(self) -> None:
        """Let go of what is still waiting and of what still comes."""
        self._waiting.clear()
        self._stopped = True

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        self._busy, coming = True, self._waiting.popleft()
        work = partial(_decoded, self._folder, coming)
        background.run(work, partial(self._done, coming), self._on_failed)

    def _done(self, coming: Coming, picture: Picture) -> None:
        self._busy = False
        if self._stopped:
            return
        self._keep(coming, picture)
        self._next()

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        if self._stopped:
            return
        self._failed(error)
        self._next()


def _decoded(folder: Path, coming: Coming) -> Picture:
    picture = photos.load(coming.source, coming.name)
    with suppress(AuditorError):  # said when the line that names it finds no file and the disk as it is
        photos.keep(folder, picture)
    return picture
