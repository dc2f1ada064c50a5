"""Many jobs over all cores: progress, time left, cancel; a worker that dies costs at most its own report."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from auditor.errors import AuditorError, Problem
from auditor.words import language, use_language
from exports.batch.jobs import Job, Made, Wanted, make
from exports.batch.manifest import Manifest

MOST_WORKERS = 61
"""Windows waits for no more processes at once."""
AHEAD = 2
"""Jobs given out for each worker: the next one lies ready, and few are in doubt when a worker dies."""
LOOK = 0.1
"""Seconds between two looks at whether to stop."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is. Seconds are since it began; `left` is None until it can be told."""

    done: int
    total: int
    failed: int
    skipped: int
    seconds: float
    left: float | None


@dataclass(frozen=True, slots=True)
class Failure:
    """An audit of which at least one file could not be written, and why."""

    audit: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a batch came to. `there` are files that an earlier run had written."""

    written: tuple[Path, ...]
    there: tuple[Path, ...]
    failures: tuple[Failure, ...]
    remaining: int
    """Audits that were not begun because it was cancelled."""
    notes: tuple[Problem, ...] = ()
    """What did not go as usual but cost no report."""

    @property
    def cancelled(self) -> bool:
        return self.remaining > 0


def run(
    jobs: Sequence[Job],
    wanted: Wanted,
    *,
    workers: int = 0,
    progress: Callable[[Progress], object] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Summary:
    """Do the jobs on `workers` processes (0: one a core); with one, in this process.

    `stopped` is asked often; when it says so, or on Ctrl+C, what is being written is finished and the rest left.
    """
    batch = _Batch(jobs, wanted, progress, stopped)
    wished = min(workers or cores(), len(batch.pending), MOST_WORKERS)
    try:
        with _interruptible(batch):
            if wished > 1:
                _shared_out(batch, wished)
            while batch.pending and not batch.stopped():
                batch.take(make(batch.pending.popleft(), wanted))
    finally:
        batch.manifest.close()
    return batch.summary()


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # Windows, macOS
        return os.cpu_count() or 1


@dataclass
class _Batch:
    """The jobs that are left, and what became of the others."""

    jobs: Sequence[Job]
    wanted: Wanted
    progress: Callable[[Progress], object]
    asked: Callable[[], bool]
    made: int = 0
    interrupted: bool = False
    written: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pending = deque(one for one in self.jobs if one.formats)
        self.to_do = len(self.pending)
        self.manifest = Manifest(self.wanted.to)
        self.began = time.monotonic()
        self._tell()

    def stopped(self) -> bool:
        return self.interrupted or self.asked()

    def take(self, made: Made) -> None:
        """Note what became of a job."""
        self.made += 1
        self.written += [path for _, path, _ in made.files]
        if made.problems:
            self.failures.append(Failure(made.audit, made.problems))
        wrong = self.manifest.add(made.files) if made.files else None
        if wrong is not None:
            self.say("batch.not_noted", said=str(wrong), file=str(self.wanted.to))
        self._tell()

    def say(self, key: str, **values: str) -> None:
        if key not in {one.key for one in self.notes}:
            self.notes.append(Problem(key, dict(values), severity="warning"))

    def _tell(self) -> None:
        seconds = time.monotonic() - self.began
        left = seconds / self.made * (self.to_do - self.made) if self.made else None
        skipped = len(self.jobs) - self.to_do
        done = skipped + self.made
        self.progress(Progress(done, len(self.jobs), len(self.failures), skipped, seconds, left))

    def summary(self) -> Summary:
        there = tuple(path for job in self.jobs for path in job.there)
        order = {job.audit: place for place, job in enumerate(self.jobs)}
        failures = tuple(sorted(self.failures, key=lambda one: order[one.audit]))
        return Summary(tuple(sorted(self.written)), there, failures, self.to_do - self.made, tuple(self.notes))


class _NoWorkersError(Exception):
    """Processes cannot be started, or die before they have done anything."""


def _shared_out(batch: _Batch, workers: int) -> None:
    """Over several processes. When one dies, the jobs in doubt are tried one at a time; what kills its process twice
    is given up. Where no process works at all, the jobs are left for this one."""
    try:
        while batch.pending and not batch.stopped():
            doubtful = _pooled(batch, workers)
            killers: list[Job] = []
            before = batch.made
            while doubtful and not batch.stopped():
                job = doubtful.pop(0)
                batch.pending.appendleft(job)
                killers += _pooled(batch, 1, most=1)
            batch.pending.extendleft(doubtful)
            if killers and batch.made == before == 0:
                batch.pending.extendleft(killers)
                raise _NoWorkersError
            for job in killers:
                killed = AuditorError("batch.worker_killed", file=job.audit)
                batch.take(Made(job.audit, problems=tuple(killed.problems())))
    except (_NoWorkersError, OSError, ImportError, NotImplementedError) as error:
        batch.say("batch.no_workers", said=str(error) or type(error).__name__)


def _pooled(batch: _Batch, workers: int, most: int | None = None) -> list[Job]:
    """Do at most so many of the pending jobs; those in doubt because a process died come back."""
    given: dict[Future[Made], Job] = {}
    left = len(batch.pending) if most is None else most
    broken = False
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, context, _begin, (language(),))
    try:
        while (left and batch.pending and not batch.stopped() and not broken) or given:
            while left and batch.pending and len(given) < AHEAD * workers and not batch.stopped() and not broken:
                job = batch.pending.popleft()
                try:
                    with _deaf():
                        given[pool.submit(make, job, batch.wanted)] = job
                    left -= 1
                except (BrokenProcessPool, OSError) as error:
                    batch.pending.appendleft(job)
                    broken = True
                    if not given and not isinstance(error, BrokenProcessPool):
                        raise
            for future in wait(given, LOOK, FIRST_COMPLETED).done:
                broken = _taken(batch, given, future) or broken
            if broken:
                break
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
    for future in [one for one in given if one.done() and not one.cancelled()]:
        _taken(batch, given, future)
    return list(given.values())


def _taken(batch: _Batch, given: dict[Future[Made], Job], future: Future[Made]) -> bool:
    """Note a job that has come to its end; whether its process died instead."""
    if isinstance(future.exception(), BrokenProcessPool):
        return True
    batch.take(_result(future, given.pop(future)))
    return False


def _result(future: Future[Made], job: Job) -> Made:
    error = future.exception()
    if error is None:
        return future.result()
    failed = AuditorError("batch.failed", said=f"{type(error).__name__}: {error}"[:300], file=job.audit)
    return Made(job.audit, problems=tuple(failed.problems()))


def _begin(code: str) -> None:
    """A worker speaks the program's language, and leaves Ctrl+C to the process that gives out the work."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    use_language(code)


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes started here are born deaf to Ctrl+C: else they would die of it, with a traceback, while starting."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _interruptible(batch: _Batch) -> Iterator[None]:
    """The first Ctrl+C ends the batch after what is being written, the second ends the program."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_: int, __: FrameType | None) -> None:
        if batch.interrupted:
            raise KeyboardInterrupt
        batch.interrupted = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
