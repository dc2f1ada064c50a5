"""`library.jsonl`: one row per audit, derived, so that 100,000 audits are listed at once (design §5).

A first line says how many bytes of rows follow and their checksum; after these stand appended lines, each with
its own: rows, marks `[id, seq, head]` (a change became durable; the row may lag behind), removals `[id]`.
The last line per id wins. Nothing here is fsynced line by line, so the index is never ahead of a journal.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from auditor.store import files

NAME = "library.jsonl"
FORMAT = 1
_TAIL = 256_000


class Row(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """One audit in the library. `total` and `before_critical` are as shown (S1), null for drafts."""

    id: str
    checklist: str
    version: str
    title_zh: str
    title_en: str
    branch: str
    branch_name: str
    kind: str
    state: str
    visited: str
    total: float | None
    before_critical: float | None
    passed: bool | None
    grade: str | None
    grade_zh: str
    grade_en: str
    answered: int
    applicable: int
    critical: int
    """How many critical effects fired."""
    seq: int
    head: str


class _Top(msgspec.Struct, forbid_unknown_fields=True):
    library: int
    rows: int
    bytes: int
    sum: str
    months: dict[str, int]


@dataclass(slots=True)
class Contents:
    """What an index file says."""

    rows: dict[str, Row] = field(default_factory=dict)
    marks: dict[str, tuple[int, str]] = field(default_factory=dict)
    """The last durable line of each audit that has moved on since its row was written."""
    months: dict[str, int] = field(default_factory=dict)
    """Time stamps of the month folders when the rows were gathered."""
    sound: bool = False
    """False: missing, damaged, or of a newer format: it must be rebuilt."""
    tail: int = 0
    """Bytes appended after the rows."""
    torn: bool = False
    """The last appended line is unfinished: the leftover of a crash."""

    def known(self, id_: str) -> tuple[int, str]:
        """The last line (seq, head) the index knows of; (0, "") for an audit it does not know."""
        row = self.rows.get(id_)
        return self.marks.get(id_) or ((row.seq, row.head) if row else (0, ""))

    def put(self, row: Row) -> None:
        self.rows[row.id] = row
        self.marks.pop(row.id, None)

    def drop(self, id_: str) -> None:
        self.rows.pop(id_, None)
        self.marks.pop(id_, None)


_encode = msgspec.json.Encoder().encode
_row_lines = msgspec.json.Decoder(Row)
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
    found = Contents({row.id: row for row in _row_lines.decode_lines(block)}, months=top.months, sound=True)
    if len(found.rows) != top.rows:
        return Contents()
    rest = data[start + top.bytes :]
    *lines, last = rest.split(b"\n")
    found.tail, found.torn = len(rest), bool(last)
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


def write_index(path: Path, rows: Iterable[Row], months: Mapping[str, int]) -> None:
    """Write all rows as a new index file, durably. Raises `store.*`."""
    lines = [_encode(row) for row in rows]
    block = b"\n".join([*lines, b""])
    top = _Top(FORMAT, len(lines), len(block), f"{zlib.crc32(block):08x}", dict(months))
    files.write_atomic(path, _encode(top) + b"\n" + block)


def append_line(path: Path, what: Row | tuple[str, int, str] | tuple[str]) -> None:
    """Append a row, a mark or a removal, unsynced. Raises `store.*`."""
    inside = _encode(what)
    files.append_unsynced(path, b'["%08x",%b]\n' % (zlib.crc32(inside), inside))


def wants_compacting(found: Contents) -> bool:
    """Whether so much was appended that reading it costs more than writing the file anew."""
    return not found.sound or found.torn or found.tail > _TAIL + 160 * len(found.rows) // 16
