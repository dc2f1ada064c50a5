"""Work off the window's thread: `run(work, done, failed)` on the thread pool, answered on the window's thread."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

T = TypeVar("T")
log = logging.getLogger(__name__)
_under_way: set[_Answer] = set()


class _Answer(QObject):
    """Lives on the window's thread, so what it is told there is said there."""

    came = Signal(object)
    went_wrong = Signal(object)

    def __init__(self, done: Callable[[Any], None], failed: Callable[[Exception], None]) -> None:
        super().__init__()
        self._done, self._failed = done, failed
        self.came.connect(self._say_done)
        self.went_wrong.connect(self._say_failed)

    @Slot(object)
    def _say_done(self, result: object) -> None:
        _under_way.discard(self)
        self._done(result)

    @Slot(object)
    def _say_failed(self, error: Exception) -> None:
        _under_way.discard(self)
        self._failed(error)


class _Job(QRunnable):
    def __init__(self, work: Callable[[], object], answer: _Answer) -> None:
        super().__init__()
        self._work, self._answer = work, answer

    def run(self) -> None:
        try:
            result, signal = self._work(), self._answer.came
        except Exception as error:
            log.info("background work failed: %s", type(error).__name__)
            result, signal = error, self._answer.went_wrong
        # nobody is left to be told when the program has ended meanwhile
        with suppress(RuntimeError):
            signal.emit(result)


def run(work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
    """Do `work` on the thread pool; then `done(result)` or `failed(error)` on the calling (window's) thread.

    `work` touches no widget. Whoever starts it must outlive it or be a bound method of something that does.
    """
    answer = _Answer(done, failed)
    _under_way.add(answer)
    QThreadPool.globalInstance().start(_Job(work, answer))


def idle() -> bool:
    """Whether nothing is under way (asked at closing, and by tests)."""
    return not _under_way
