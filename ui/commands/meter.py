"""How far a long command is: one line on a terminal, written over itself; nothing in a pipe."""

from __future__ import annotations

import time
from typing import TextIO

from exports.batch import Progress
from ui.progress import progress_words

EVERY = 0.2
"""Seconds between two lines."""


class Meter:
    """Shows progress on a stream, if a person is looking."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._wanted = stream, stream.isatty()
        self._at = 0.0
        self._shown = False

    def show(self, progress: Progress) -> None:
        now = time.monotonic()
        if not self._wanted or (now - self._at < EVERY and progress.done < progress.total):
            return
        self._at, self._shown = now, True
        self._stream.write(f"\r\x1b[K{progress_words(progress)}")
        self._stream.flush()

    def end(self) -> None:
        """Take the line away: what comes after it is the outcome."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
