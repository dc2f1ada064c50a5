"""The library of all audits: the index kept in step with the journals, and mended when it lags (design §5)."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec

from auditor.errors import AuditorError
from auditor.store import files, index
from auditor.store.clock import AUDIT_ID
from auditor.store.columns import EMPTY, Row, Rows
from auditor.store.index import Contents, read_index
from auditor.store.journal import NAME
from auditor.store.lines import BadLineError, decode
from auditor.store.load import load
from auditor.store.summary import summary_of
from auditor.store.touched import AGAIN, Looked, note, touched

UNSETTLED = "unsettled"
"""How long the index was when it was last made durable, and the ids of audits opened for writing since: only these can
be ahead of it, and a shorter index was cut."""

Progress = Callable[[int, int], None]
_LENGTH = re.compile(r"(\d{1,15}) bytes\n")


class Library:
    """The rows of a data folder. Only the writer changes the files; a reader mends what lags in memory."""

    def __init__(self, folder: Path, writes: bool) -> None:
        self.folder = folder
        self._writes = writes
        self._path = folder / index.NAME
        self._contents: Contents | None = None
        self._stamp: tuple[int, int] = (0, 0)
        self._since = 0
        """When the rows were last known to be those of the journals (ns)."""
        self._unsettled: set[str] = set()
        self._lost_a_line = False
        self._out = files.Growing(self._path)

    def folder_of(self, id_: str) -> Path:
        return self.folder / "audits" / f"{id_[:4]}-{id_[4:6]}" / id_

    def known(self, id_: str) -> tuple[int, str]:
        """The last line (seq, head) of an audit that the index knows of."""
        return self._read().known(id_)

    def rows(self, progress: Progress | None = None) -> Rows:
        """All audits, newest first; rebuilt when the index is missing or wrong, mended where it lags. One damaged
        audit is a row of state `damaged` and blocks nobody (P4)."""
        found = self._read(progress)
        if not _usable(found):
            self._rebuild(found, progress)
        else:
            self._mend(found)
        return found.rows()

    def so_far(self) -> Rows:
        """The rows gathered up to now by a `rows` that still runs, in another thread (P4: one can look meanwhile)."""
        found = self._contents
        return Rows(EMPTY, dict(found.changed) if found is not None and not found.sound else {})

    def opened(self, id_: str) -> None:
        """Remember, durably, that this audit may get ahead of the index. Raises `store.*`."""
        if id_ not in self._unsettled:
            files.append_unsynced(self.folder / UNSETTLED, f"{id_}\n".encode())
            files.settle(self.folder / UNSETTLED)
            self._unsettled.add(id_)

    def mark(self, id_: str, seq: int, head: str) -> None:
        """A line became durable; the row will follow."""
        if self._contents is not None:
            self._contents.marks[id_] = (seq, head)
        self._append((id_, seq, head))

    def put(self, row: Row) -> None:
        self._read().put(row)
        self._append(row)

    def refresh(self, id_: str) -> None:
        """Look at one audit again, from its journal."""
        self._refresh(self._read(), id_, tell=True)

    def second_look(self, stopped: Callable[[], bool] = lambda: False) -> Looked:
        """Read the journals again that are other files than when somebody last looked, on whatever thread: nothing is
        changed but by `settle_look`. So damage to what nobody opens is seen, at the price of a look at each file's size
        and time stamp."""
        found = self._read()
        there = touched(self.folder, self._since, stopped)
        rows = {}
        for id_ in there.audits:
            if stopped():
                return Looked({}, replace(there, noted=True))
            rows[id_] = (found.known(id_), self._look(found, id_))
        return Looked(rows, there)

    def settle_look(self, looked: Looked) -> bool:
        """Put what a second look found into the rows, unless they moved on meanwhile; whether any is another now."""
        found, changed = self._read(), False
        for id_, (known, row) in looked.rows.items():
            if found.known(id_) == known and found.row(id_) != row:
                found.drop(id_) if row is None else found.put(row)
                self._append(row or (id_,))
                changed = True
        return changed

    def keep_look(self, looked: Looked) -> None:
        """Have the next second look read only what is touched from now on; on whatever thread."""
        if self._writes and not looked.there.noted:
            # what is damaged is looked at again every time: an index that lost this line must not be believed
            unsound = [id_ for id_, (_, row) in looked.rows.items() if row is None or row.state == "damaged"]
            note(self.folder, {**looked.there.seen, **dict.fromkeys(unsound, AGAIN)})

    def compact(self) -> None:
        """Write the index anew, so that nothing outdated is left in it. Raises `store.*`."""
        self._compact(self._read())

    def drop(self, id_: str) -> None:
        self._read().drop(id_)
        self._append((id_,))

    def close(self) -> None:
        """Make the index durable; it is derived, so a disk that refuses is no failure."""
        self._out.close()
        if not self._writes or (self._contents is None and not _unsettled(self.folder)):
            return
        with suppress(AuditorError):
            found = self._read()
            self._mend(found)
            if index.wants_compacting(found) or self._lost_a_line:
                self._compact(found)
            else:
                files.settle(self._path)
            self._unsettled.clear()
            self._note_length(set())
        self._out.close()

    def ids(self) -> Iterator[str]:
        """Every audit folder's name, as the disk has them."""
        for month in self._months():
            with suppress(OSError):
                yield from sorted(_audits_in(self.folder / "audits" / month))

    def _append(self, what: Row | tuple[str, int, str] | tuple[str]) -> None:
        if not self._writes or self._lost_a_line:
            return
        try:
            line = index.line_of(what)
            self._out.append(line)
            if self._contents is not None:
                self._contents.tail += len(line)
        except AuditorError:
            self._lost_a_line = True

    def _read(self, progress: Progress | None = None) -> Contents:
        """The index as it is on disk; the writer reads it once, a reader again when the file has changed."""
        if self._contents is not None and self._writes:
            return self._contents
        least, stamp = _least(self.folder), _stamp(self._path)
        if self._contents is None or stamp != self._stamp:
            self._contents, self._stamp, self._since = read_index(self._path), stamp, stamp[0]
            self._contents.sound &= stamp[1] >= least
            if self._writes and (self._contents.torn or not _usable(self._contents)):
                self._make_usable(self._contents, progress)
        return self._contents

    def _make_usable(self, found: Contents, progress: Progress | None) -> None:
        """Before anything is appended to an index that is missing, wrong or torn."""
        if not _usable(found):
            self._rebuild(found, progress)
        with suppress(AuditorError):
            self._compact(found)

    def _compact(self, found: Contents) -> None:
        months = {month: _changed(self.folder / "audits" / month) for month in self._months()}
        self._out.close()
        found.columns = index.write_index(self._path, found.rows(), months)
        found.changed.clear()
        found.months, found.tail, found.torn, self._lost_a_line = months, 0, False, False
        self._note_length(self._unsettled | _unsettled(self.folder))
        for id_, (seq, head) in found.marks.items():
            self._append((id_, seq, head))

    def _note_length(self, ahead: set[str]) -> None:
        """The index is durable as it is: none shorter is whole, only these audits can be ahead. Raises `store.*`."""
        said = "\n".join([f"{_stamp(self._path)[1]} bytes", *sorted(ahead), ""])
        if said != _said(self.folder):
            files.write_atomic(self.folder / UNSETTLED, said.encode())

    def _rebuild(self, found: Contents, progress: Progress | None) -> None:
        self._since = time.time_ns()
        ids = list(self.ids())
        found.clear()
        for done, id_ in enumerate(ids):
            self._refresh(found, id_)
            if progress is not None:
                progress(done + 1, len(ids))
        found.sound = True
        found.months = {month: _changed(self.folder / "audits" / month) for month in self._months()}

    def _mend(self, found: Contents) -> None:
        """Look again at what may lag: marked and unsettled audits, and months whose folders came or went."""
        for id_ in [*found.marks, *(_unsettled(self.folder) - self._unsettled)]:
            seq, _ = found.known(id_)
            row = found.row(id_)
            tip = _tip(self.folder_of(id_))
            if row is None or tip is None or tip != (row.seq, row.head) or seq != row.seq:
                self._refresh(found, id_, tell=True)
        for month in self._months() | found.months.keys():
            path = self.folder / "audits" / month
            if found.months.get(month) != _changed(path):
                there = _audits_in(path) if path.is_dir() else set()
                listed = {id_ for id_ in found.ids() if f"{id_[:4]}-{id_[4:6]}" == month}
                for id_ in there ^ listed:
                    self._refresh(found, id_, tell=True)
                found.months[month] = _changed(path)

    def _refresh(self, found: Contents, id_: str, tell: bool = False) -> None:
        """Read one audit again. What a crash left without a first line is no audit; what is damaged stays listed."""
        row = self._look(found, id_)
        if row is None:
            found.drop(id_)
        else:
            found.put(row)
        if tell:
            self._append(row or (id_,))

    def _look(self, found: Contents, id_: str) -> Row | None:
        before = found.known(id_)
        try:
            loaded = load(self.folder_of(id_), before, listed=True)
        except AuditorError as error:
            gone = error.key == "store.no_such_audit" or (error.key == "store.not_begun" and not before[0])
            return None if gone else _damaged(found.row(id_), id_, before)
        seq, head = (loaded.reading.seq, loaded.reading.head) if loaded.problem is None else before
        return summary_of(loaded.audit, seq, head)

    def _months(self) -> set[str]:
        try:
            return {one.name for one in os.scandir(self.folder / "audits") if one.is_dir()}
        except OSError:
            return set()


def _usable(found: Contents) -> bool:
    return found.sound and found.columns.knows_tips


def _damaged(row: Row | None, id_: str, known: tuple[int, str]) -> Row:
    """The row of an audit that cannot be read: what the index remembers of it, without its figures."""
    if row is None:
        blank = dict.fromkeys(Row.__struct_fields__, "") | {
            "answered": 0,
            "applicable": 0,
            "effects": (),
            "unmet": 0,
            "dues": (),
        }
        row = Row(**{**blank, "id": id_, "total": None, "before_critical": None, "seq": 0})  # type: ignore[arg-type]
    return msgspec.structs.replace(
        row, state="damaged", total=None, before_critical=None, passed=None, grade=None, seq=known[0], head=known[1]
    )


def _said(folder: Path) -> str:
    """What the file beside the index says; "" when there is none."""
    try:
        return (folder / UNSETTLED).read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _unsettled(folder: Path) -> set[str]:
    return {line for line in _said(folder).split("\n") if AUDIT_ID.fullmatch(line)}


def _least(folder: Path) -> int:
    """How many bytes the index has at least; 0 where nothing says so."""
    found = _LENGTH.match(_said(folder))
    return int(found[1]) if found else 0


def _audits_in(month: Path) -> set[str]:
    return {one.name for one in os.scandir(month) if AUDIT_ID.fullmatch(one.name)}


def _tip(folder: Path) -> tuple[int, str] | None:
    """The last line of a journal, read from its end; None when a full look is needed."""
    try:
        with (folder / NAME).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - 65_536))
            data = file.read()
        last = data.rsplit(b"\n", 2)
        line = decode(last[-2]) if len(last) > 1 and not last[-1] else None
    except (OSError, BadLineError):
        return None
    return (line.body.seq, line.head) if line else None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        now = path.stat()
    except OSError:
        return (0, 0)
    return (now.st_mtime_ns, now.st_size)


def _changed(path: Path) -> int:
    return _stamp(path)[0]
