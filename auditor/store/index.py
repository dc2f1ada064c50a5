"""`library.jsonl`: one row per audit, derived, so that 100,000 audits are listed at once (design §5).

A first line says how many bytes of rows follow (as columns) and their checksum; after these stand appended lines,
each with its own: rows, marks `[id, seq, head]` (a change became durable; the row may lag behind), removals `[id]`.
The last line per id wins. Nothing here is fsynced line by line, so the index is never ahead of a journal.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from auditor.store import files
from auditor.store.columns import EMPTY, Columns, Rows, encode_columns
from auditor.store.columns import Row as Row

NAME = "library.jsonl"
FORMAT = 4
_TAIL = 256_000


class _Top(msgspec.Struct, forbid_unknown_fields=True):
    library: int
    rows: int
    bytes: int
    """Of what is listed, under `sum`; after it stand the last lines, `tips` bytes with a checksum of their own."""
    sum: str
    tips: int
    months: dict[str, int]


@dataclass(slots=True)
class Contents:
    """What an index file says."""

    columns: Columns = EMPTY
    changed: dict[str, Row | None] = field(default_factory=dict)
    """Rows appended after the columns; None for an audit that went."""
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The last durable line of each audit that has moved on since its row was written."""
    months: dict[str, int] = field(default_factory=dict)
    """Time stamps of the month folders when the rows were gathered."""
    sound: bool = False
    """False: missing, damaged, or of another format: it must be rebuilt."""
    tail: int = 0
    """Bytes appended after the rows."""
    torn: bool = False
    """The last appended line is unfinished: the leftover of a crash."""

    def rows(self) -> Rows:
        """All rows, newest first."""
        return Rows(self.columns, self.changed)

    def row(self, id_: str) -> Row | None:
        if id_ in self.changed:
            return self.changed[id_]
        at = self.columns.find(id_)
        return None if at is None else self.columns.row(at)

    def ids(self) -> set[str]:
        gone = {id_ for id_, row in self.changed.items() if row is None}
        return {*self.columns.ids, *self.changed} - gone

    def known(self, id_: str) -> tuple[int, str]:
        """The last line (seq, head) the index knows of; (0, "") for an audit it does not know."""
        if id_ in self.marks:
            return self.marks[id_]
        row = self.row(id_)
        return (row.seq, row.head) if row else (0, "")

    def put(self, row: Row) -> None:
        self.changed[row.id] = row
        self.marks.pop(row.id, None)

    def drop(self, id_: str) -> None:
        self.changed[id_] = None
        self.marks.pop(id_, None)

    def clear(self) -> None:
        """Forget the rows, before they are gathered anew."""
        self.columns = EMPTY
        self.changed.clear()


_encode = msgspec.json.Encoder().encode
_top = msgspec.json.Decoder(_Top).decode
_tail_line = msgspec.json.Decoder(tuple[str, msgspec.Raw]).decode
_row = msgspec.json.Decoder(Row).decode
_mark = msgspec.json.Decoder(list[str | int]).decode


def read_index(path: Path) -> Contents:
    """Read an index file; `sound` is False when it must be rebuilt. Never raises for what is in it (P2)."""
    try:
        data = path.read_bytes()
    except OSError:
        return Contents()
    try:
        return _contents(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, RecursionError):
        return Contents()


def _contents(data: bytes) -> Contents:
    start = data.index(b"\n") + 1
    top = _top(data[: start - 1])
    block = memoryview(data)[start : start + top.bytes]
    if top.library != FORMAT or len(block) != top.bytes or f"{zlib.crc32(block):08x}" != top.sum:
        return Contents()
    end = start + top.bytes + top.tips
    found = Contents(Columns(data, start), months=top.months, sound=True)
    if len(found.columns) != top.rows or len(data) < end:
        return Contents()
    *lines, last = data[end:].split(b"\n")
    found.tail, found.torn = len(data) - end, bool(last)
    for line in lines:
        _take(found, line)
    return found


def _take(found: Contents, line: bytes) -> None:
    crc, raw = _tail_line(line)
    inside = bytes(raw)
    if f"{zlib.crc32(inside):08x}" != crc:
        raise ValueError("crc")
    short = inside.count(b",") < 3
    if not short:
        found.put(_row(inside))
        return
    match _mark(inside):
        case [str(id_), int(seq), str(head)]:
            found.marks[id_] = (seq, head)
        case [str(id_)]:
            found.drop(id_)
        case _:
            raise ValueError("line")


def write_index(path: Path, rows: Iterable[Row], months: Mapping[str, int]) -> Columns:
    """Write all rows as a new index file, durably, and give them as columns. Raises `store.*`."""
    block, tips = encode_columns(rows)
    columns = Columns(block + tips)
    top = _Top(FORMAT, len(columns), len(block), f"{zlib.crc32(block):08x}", len(tips), dict(months))
    files.write_atomic(path, b"".join([_encode(top), b"\n", block, tips]))
    return columns


def line_of(what: Row | tuple[str, int, str] | tuple[str]) -> bytes:
    """A row, a mark or a removal as a line to append."""
    inside = _encode(what)
    return b'["%08x",%b]\n' % (zlib.crc32(inside), inside)


def wants_compacting(found: Contents) -> bool:
    """Whether so much was appended that reading it costs more than writing the file anew."""
    return not found.sound or found.torn or found.tail > _TAIL + 8 * len(found.columns)
