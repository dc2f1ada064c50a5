"""One durable change against a bare append and fsync, against SQLite, and beside many audits; replay of a journal."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.pairs import Figure, pair

if TYPE_CHECKING:
    from auditor.checklist.model import Item
    from auditor.store import OpenAudit

TAPS, REPLAYED, CHAINS, OTHERS = 100, 5_000, 10_000, 2_000


def figures() -> Iterator[Figure]:
    from auditor.store import Store

    with tempfile.TemporaryDirectory() as made, Store.open(Path(made), write=True) as store:
        opened, items = _audit(store)
        work = _Work(opened, items)
        work.through()
        journal = store.library.folder_of(opened.audit.id) / "journal.jsonl"
        size = _per_change(journal, work.tables)
        bare, rowed = _appender(Path(made) / "bare", size), _upserter(Path(made) / "peer.sqlite")
        yield pair("store", work.tables, bare, peer_name="append+fsync", bar=1.35)
        size = _per_change(journal, work.through)
        bare = _appender(Path(made) / "bare2", size)
        yield pair("store", work.through, bare, peer_name="append+fsync, through session and score", bar=1.5)
        yield pair("store", work.tables, rowed, peer_name="SQLite WAL synchronous=FULL upsert", bar=1.0)
        yield pair("store", work.busy, rowed.busy, peer_name="SQLite upsert, processor time", bar=None)  # type: ignore[attr-defined]
        yield from _beside_many(Path(made) / "many", work)
        work.through()
        opened.close()
        assert store.read(opened.audit.id).answers == opened.audit.answers, "every answer is recovered by replay"
    with tempfile.TemporaryDirectory() as made:
        yield from _replays(Path(made))


def _audit(store: Any) -> tuple[OpenAudit, list[Item]]:
    from auditor.audit import Header
    from checklists.library import find

    checklist = find("customer_journey")
    opened = store.create(checklist, Header(kind="mystery", visited="2026-03-05T10:12:00+08:00", branch="7301001"))
    repeated = {item.id for section, _ in checklist.walk() if section.repeat for item in section.items}
    return opened, [i for i in checklist.items() if i.kind == "choice" and not i.show_if and i.id not in repeated]


class _Work:
    """Answering item after item; each call gives the median of its changes in milliseconds."""

    def __init__(self, opened: OpenAudit, items: list[Item]) -> None:
        self._opened, self._items, self._turn = opened, items, Counter[str]()

    def _rows(self) -> Iterator[tuple[str, str]]:
        """Every one is a change: an item gets its next option."""
        for number in range(TAPS):
            item = self._items[number % len(self._items)]
            self._turn[item.id] += 1
            yield item.id, item.options[self._turn[item.id] % len(item.options)].id

    def _timed(self, change: Callable[[str, str], object], clock: Callable[[], float]) -> float:
        taken = []
        for path, value in self._rows():
            started = clock()
            change(path, value)
            taken.append(clock() - started)
        return statistics.median(taken) * 1000

    def tables(self, clock: Callable[[], float] = time.perf_counter) -> float:
        put = self._opened._tables.put
        return self._timed(lambda path, value: put("answer", {"answers": {path: {"value": value}}}), clock)

    def busy(self) -> float:
        return self.tables(time.process_time)

    def through(self) -> float:
        from auditor.audit import Answer

        def change(path: str, value: str) -> None:
            self._opened.answer(path, Answer(value))
            assert self._opened.score.so_far

        return self._timed(change, time.perf_counter)


def _per_change(journal: Path, work: Callable[[], object]) -> int:
    before = journal.stat().st_size
    work()
    return (journal.stat().st_size - before) // TAPS


def _appender(path: Path, size: int) -> Callable[[], float]:
    handle, line = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY), b"x" * size

    def appends() -> float:
        taken = []
        for _ in range(TAPS):
            started = time.perf_counter()
            os.write(handle, line)
            os.fsync(handle)
            taken.append(time.perf_counter() - started)
        return statistics.median(taken) * 1000

    return appends


class _upserter:  # noqa: N801 - used as a function
    def __init__(self, path: Path) -> None:
        self._to = sqlite3.connect(path, isolation_level=None)
        self._to.execute("PRAGMA journal_mode=WAL")
        self._to.execute("PRAGMA synchronous=FULL")
        self._to.execute("CREATE TABLE answers (path TEXT PRIMARY KEY, value TEXT)")

    def __call__(self, clock: Callable[[], float] = time.perf_counter) -> float:
        taken = []
        for number in range(TAPS):
            started = clock()
            self._to.execute(
                "INSERT INTO answers VALUES (?, ?) ON CONFLICT(path) DO UPDATE SET value = excluded.value",
                (f"item_{number % 20}", f"option_{number}"),
            )
            taken.append(clock() - started)
        return statistics.median(taken) * 1000

    def busy(self) -> float:
        return self(time.process_time)


def _beside_many(folder: Path, alone: _Work) -> Iterator[Figure]:
    """Flat in the number of audits: the same change in a folder of 2,000 others."""
    from auditor.audit import Header
    from auditor.store import Store, files
    from tests.faults.scene import small_checklist

    real, files.sync = files.sync, lambda _handle: None
    try:
        with Store.open(folder, write=True) as store:
            for number in range(OTHERS):
                store.create(small_checklist(1), Header(kind="self", visited=f"2026-03-{number % 28 + 1:02d}")).close()
    finally:
        files.sync = real
    with Store.open(folder, write=True) as store:
        opened, items = _audit(store)
        work = _Work(opened, items)
        yield pair("store", work.tables, alone.tables, peer_name="the same alone in its folder", bar=1.15)
        opened.close()


def _replays(folder: Path) -> Iterator[Figure]:
    """A journal read back, every hash and checksum looked at, against reading and hashing the same bytes."""
    from auditor.store import Store, files
    from auditor.store.journal import fold, parse, read_journal

    real, files.sync = files.sync, lambda _handle: None
    try:
        with Store.open(folder, write=True) as store:
            opened, items = _audit(store)
            work = _Work(opened, items)
            for _ in range(REPLAYED // TAPS):
                work.tables()
            place, id_ = store.library.folder_of(opened.audit.id), opened.audit.id
    finally:
        files.sync = real
    path = place / "journal.jsonl"

    def replay() -> None:
        reading = read_journal(place)
        assert reading.seq == REPLAYED + 1
        assert len(fold(reading).rows["answers"]) == len(items)

    def hashed() -> None:
        hashlib.sha256(path.read_bytes()).digest()

    yield pair("store", replay, hashed, peer_name="read+sha256 of a 5,000-change journal", bar=None)
    chain = b"".join(path.read_bytes().splitlines(keepends=True)[:20])

    def verified() -> None:
        for _ in range(CHAINS):
            assert parse(chain, id_).seq == 20

    def bare() -> None:
        for _ in range(CHAINS):
            hashlib.sha256(chain).digest()

    yield pair("store", verified, bare, peer_name="sha256 of 10,000 chains of 20 lines", bar=None, pairs=1)
