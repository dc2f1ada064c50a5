"""What a change comes to, worked out while the disk makes it durable (design §10)."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

Result = TypeVar("Result")


class Job(Generic[Result]):
    """A piece of work for the second thread: started at most once, its result waited for."""

    __slots__ = ("_done", "_hand", "_started", "_work")

    def __init__(self, work: Callable[[], Result], hand: Callable[[Job[Any]], bool]) -> None:
        self._work, self._hand, self._started = work, hand, False
        self._done: SimpleQueue[Result | None] = SimpleQueue()

    def start(self) -> None:
        self._started = self._started or self._hand(self)

    def result(self) -> Result | None:
        """None where it was not started, failed, or no thread was to be had: who needs it then does it himself and
        hears why."""
        return self._done.get() if self._started else None

    def run(self) -> None:
        try:
            self._done.put(self._work())
        except Exception:  # said again to whoever does the work himself
            self._done.put(None)


class Meanwhile:
    """A second thread for pure functions: it works while the first waits for the disk, and ends with this object."""

    def __init__(self) -> None:
        self._jobs: SimpleQueue[Job[Any] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None

    def job(self, work: Callable[[], Result]) -> Job[Result]:
        return Job(work, self._take)

    def _take(self, job: Job[Any]) -> bool:
        alive = self._thread is not None and self._thread.is_alive()  # not so in a forked child
        if alive or self._start():
            self._jobs.put(job)
            return True
        return False

    def _start(self) -> bool:
        self._jobs = SimpleQueue()
        thread = threading.Thread(target=_run_all, args=(self._jobs,), name="meanwhile", daemon=True)
        try:
            thread.start()
        except (RuntimeError, MemoryError):
            return False
        self._thread = thread
        weakref.finalize(self, self._jobs.put, None).atexit = False
        return True


def _run_all(jobs: SimpleQueue[Job[Any] | None]) -> None:
    while (job := jobs.get()) is not None:
        job.run()
        del job
