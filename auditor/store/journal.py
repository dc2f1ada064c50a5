"""The append-only record of one audit: how it is read, what it comes to, and how a line is added (design §5)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from auditor.errors import AuditorError
from auditor.store import files
from auditor.store.clock import Clock
from auditor.store.lineage import Lineage, renamed
from auditor.store.lines import BadLineError, Body, Doc, Key, Line, decode, encode, first_prev

NAME = "journal.jsonl"
Fault = Literal["", "torn", "damaged"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A journal as far as it is sound."""

    lines: tuple[Line, ...]
    good: int
    """Bytes up to the end of the last sound line."""
    size: int
    fault: Fault = ""
    """`torn`: what follows is the leftover of a crash; `damaged`: sound lines follow, or somebody changed it (P2)."""
    why: str = ""
    """Which check the first bad line failed."""

    @property
    def seq(self) -> int:
        return len(self.lines)

    @property
    def head(self) -> str:
        return self.lines[-1].head if self.lines else ""

    def falls_short_of(self, seq: int, head: str) -> bool:
        """Whether the index knew of a line that is not here, or is another one (design §5)."""
        return len(self.lines) < seq or (seq > 0 and self.lines[seq - 1].head != head)


def read_journal(folder: Path) -> Reading:
    """Read the journal in an audit's folder. Raises `store.*` when it cannot be read at all."""
    return parse(files.read(folder / NAME), folder.name)


def parse(data: bytes, audit: str) -> Reading:
    """The sound lines of a journal. Never raises: what is wrong is said in the result (P2)."""
    lines: list[Line] = []
    prev, start = first_prev(audit), 0
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            return Reading(tuple(lines), start, len(data), "torn", "unfinished")
        try:
            line = decode(data[start:end])
        except BadLineError as error:
            why = str(error.args[0])
            harmless = why in ("form", "crc") and not _any_sound(data, end + 1)
            return Reading(tuple(lines), start, len(data), "torn" if harmless else "damaged", why)
        if line.body.seq != len(lines) + 1 or line.body.prev != prev:
            return Reading(tuple(lines), start, len(data), "damaged", "chain")
        lines.append(line)
        prev, start = line.head, end + 1
    return Reading(tuple(lines), start, len(data))


def _any_sound(data: bytes, start: int) -> bool:
    while (end := data.find(b"\n", start)) >= 0:
        try:
            decode(data[start:end])
            return True
        except BadLineError:
            start = end + 1
    return False


_BARRIERS = frozenset({"create", "finish", "reopen", "erase", "upgrade"})
"""Gestures that undo never crosses."""


@dataclass(slots=True)
class Fold:
    """What the lines of a journal come to: the rows of each table, and what can be undone or made again."""

    rows: dict[str, dict[str, Doc]] = field(default_factory=dict)
    done: list[tuple[int, dict[Key, Doc | None]]] = field(default_factory=list)
    """Line numbers with the rows that take them back."""
    undone: list[tuple[int, dict[Key, Doc | None]]] = field(default_factory=list)
    lineage: Lineage = field(default_factory=Lineage)

    def take(self, seq: int, what: str, rows: Mapping[Key, Doc | None]) -> None:
        """Put one line into force."""
        back = {key: self.rows.get(key[0], {}).get(key[1]) for key in rows}
        for (table, id_), doc in rows.items():
            if doc is None:
                self.rows.get(table, {}).pop(id_, None)
            else:
                self.rows.setdefault(table, {})[id_] = doc
        self._forget(self.lineage.take(what, back, rows))
        if what in _BARRIERS:
            self.done.clear()
            self.undone.clear()
        elif what == "blur":
            self.undone.clear()
        elif what == "undo":
            del self.done[-1:]
            self.undone.append((seq, back))
        else:
            self.done.append((seq, back))
            if what == "redo":
                del self.undone[-1:]
            else:
                self.undone.clear()

    def _forget(self, names: Mapping[str, str]) -> None:
        """Undo never brings a photo back from before it was blurred; a step that would change nothing now goes."""
        if not names:
            return
        then: dict[Key, Doc | None] = {}
        steps = []
        for at, old in reversed(self.done):
            back = {key: renamed(doc, names) for key, doc in old.items()}
            now = {key: then.get(key, self.rows.get(key[0], {}).get(key[1])) for key in back}
            if now != back:
                steps.append((at, back))
                then |= back
        self.done = steps[::-1]


def fold(reading: Reading) -> Fold:
    """All lines of a reading, in force one after the other."""
    state = Fold()
    for line in reading.lines:
        state.take(line.body.seq, line.body.what, line.rows)
    return state


class Journal:
    """The journal of an audit open for writing. A line is durable when `append` returns (P1)."""

    def __init__(self, folder: Path, reading: Reading, clock: Clock) -> None:
        """Raises `store.*`. A torn tail is moved to `journal.tail-<n>` first."""
        self.folder = folder
        self.clock = clock
        self.path = folder / NAME
        self.seq, self.head = reading.seq, reading.head
        self.saved_at = reading.lines[-1].body.at if reading.lines else ""
        self.took = 0.0
        """Seconds the last line took to become durable."""
        self.while_syncing: Callable[[], None] | None = None
        """Called when a line is handed to the disk and about to be waited for."""
        self.trouble: AuditorError | None = None
        """Why nothing can be written now; the next `append` first tries to mend it."""
        if reading.fault == "torn":
            files.cut_back(self.path, reading.good, keep=next_tail(folder))
        self._out = files.Appender(self.path, reading.good)

    def append(self, what: str, rows: Mapping[Key, Doc | None], who: str = "", of: int = 0) -> Line:
        """Add one line, durably, with exactly one fsync. Raises `store.*`: then nothing of it is in force."""
        if self.trouble is not None:
            self._mend()
        body = compose(self.clock, what, self.seq + 1, self.head or first_prev(self.folder.name), of)
        data, head = encode(body, rows, who, self.clock.salt)
        begun = time.perf_counter()
        try:
            self._out.append(data, self.while_syncing)
        except AuditorError as error:
            self.trouble = error
            with suppress(AuditorError):
                self._mend()
            raise
        self.took = time.perf_counter() - begun
        self.seq, self.head, self.saved_at = body.seq, head, body.at
        return Line(body, head, rows, who)

    def _mend(self) -> None:
        """Write the last acknowledged prefix to a new file and go on from there; else stay closed (design §5)."""
        length = self._out.length
        self._out.close()
        try:
            files.cut_back(self.path, length)
            again = read_journal(self.folder)
            if again.fault or (again.seq, again.head) != (self.seq, self.head):
                raise AuditorError("store.damaged", file=str(self.path), line=again.seq + 1)
            self._out = files.Appender(self.path, length)
        except AuditorError as error:
            self.trouble = error
            raise
        self.trouble = None

    def recover(self) -> None:
        """Try to go on after trouble. Never raises: `trouble` says whether it went."""
        if self.trouble is not None:
            with suppress(AuditorError):
                self._mend()

    def close(self) -> None:
        """Let go of the file; what was refused but may still lie in it is taken out if the disk now allows it."""
        self.recover()
        self._out.close()


def begin(folder: Path, rows: Mapping[Key, Doc | None], clock: Clock, who: str = "") -> Reading:
    """Make an audit's folder with the first line of its journal, durably. Raises `store.*`."""
    files.make_folder(folder)
    body = compose(clock, "create", 1, first_prev(folder.name))
    data, _ = encode(body, rows, who, clock.salt)
    try:
        files.write_atomic(folder / NAME, data)
    except AuditorError:
        files.remove_empty(folder)
        raise
    return parse(data, folder.name)


def compose(clock: Clock, what: str, seq: int, prev: str, of: int = 0) -> Body:
    """The body of a line, still without its changes, stamped now."""
    at = clock.now().isoformat(timespec="milliseconds")
    return Body(seq, prev, at, clock.mono(), clock.session, what, [], of=of)


def next_tail(folder: Path) -> Path:
    """The next free `journal.tail-<n>`."""
    taken = [int(one.name[13:]) for one in folder.glob("journal.tail-*") if one.name[13:].isdigit()]
    return folder / f"journal.tail-{max(taken, default=0) + 1}"
