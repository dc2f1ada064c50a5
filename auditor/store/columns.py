"""Rows of the library as columns: decoded at once, and made into rows when looked at (design §5).

What many rows share (checklist, kind, grade, branch …) stands once in a table; a row names its place there.
"""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from operator import attrgetter
from typing import Any, overload

import msgspec


class Row(msgspec.Struct, array_like=True, gc=False, frozen=True):
    """One audit in the library. `total` and `before_critical` are as shown (S1), null for drafts."""

    id: str
    visited: str
    total: float | None
    before_critical: float | None
    answered: int
    unmet: int
    """Corrective actions of a finished audit that are not done yet (待整改)."""
    dues: tuple[str, ...]
    """The days by which these are due, ascending; those without a day are not named."""
    seq: int
    head: str
    branch: str
    branch_name: str
    checklist: str
    version: str
    title_zh: str
    title_en: str
    kind: str
    state: str
    passed: bool | None
    grade: str | None
    grade_zh: str
    grade_en: str
    applicable: int
    effects: tuple[str, ...]
    """The critical effects that fired (`fail`, `cap` …), each named once, the gravest first."""


class Shared(msgspec.Struct, array_like=True):
    """What the rows of many audits have in common: the end of a Row."""

    checklist: str
    version: str
    title_zh: str
    title_en: str
    kind: str
    state: str
    passed: bool | None
    grade: str | None
    grade_zh: str
    grade_en: str
    applicable: int
    effects: tuple[str, ...]


class _Block(msgspec.Struct, array_like=True, gc=False):
    """What many rows have in common: each row names its place in these tables."""

    shared: list[Shared]
    places: list[tuple[str, str]]
    """Branches by (code, name)."""
    total: list[float | None]
    before: dict[int, float | None]
    """By row: where the figure before critical effects is another one."""
    dues: dict[int, tuple[str, ...]]
    """By row: where corrective actions wait for a day."""


_BETWEEN = "\x7f"
"""Stands between the values of a text column: the gate for text lets it through nowhere."""
_UNFIT = re.compile("[\\n\\x7f]")

_block = msgspec.json.Decoder(_Block).decode
_encode = msgspec.json.Encoder().encode
_common = attrgetter(*Shared.__struct_fields__)


class Columns:
    """Rows in the order of their ids, decoded; texts are taken apart and rows made when they are looked at.

    The last lines (seq, head) stand apart with a checksum of their own, looked at when they are wanted: they matter
    when an audit is opened, not when audits are listed.
    """

    def __init__(self, data: bytes, start: int = 0) -> None:
        """Raises msgspec.MsgspecError or ValueError for what is no block of rows."""
        whole, ends = memoryview(data), [start - 1]
        for _ in range(4):
            ends.append(data.index(b"\n", ends[-1] + 1))
        block, numbers, self._id_text, self._visited_text = (whole[begin + 1 : end] for begin, end in pairwise(ends))
        self._tip_text = whole[ends[-1] + 1 :]
        self._data = _block(block)
        self._answered, self._of, self._at, self._total, self._unmet = map(_numbers, bytes(numbers).split(b" "))
        self._made: list[Row] | None = None
        if {len(each) for each in (self._of, self._at, self._total, self._unmet)} != {len(self._answered)}:
            raise ValueError("columns")

    def __len__(self) -> int:
        return len(self._answered)

    @cached_property
    def ids(self) -> list[str]:
        return self._split(self._id_text)

    @cached_property
    def _visited(self) -> list[str]:
        return self._split(self._visited_text)

    @cached_property
    def _tips(self) -> tuple[Sequence[int], list[str]] | None:
        """Numbers and hashes of last lines; None when they are damaged."""
        crc, seq, heads, *_ = [*bytes(self._tip_text).split(b"\n", 3), b"", b""]
        if f"{zlib.crc32(heads, zlib.crc32(seq)):08x}".encode() != crc:
            return None
        return _numbers(seq), self._split(heads)

    @property
    def knows_tips(self) -> bool:
        return self._tips is not None

    def _split(self, text: bytes | memoryview) -> list[str]:
        found = bytes(text).decode().split(_BETWEEN)
        return found if len(found) == len(self) else (found + [""] * len(self))[: len(self)]

    def find(self, id_: str) -> int | None:
        """Where an audit stands."""
        at = bisect_left(self.ids, id_)
        return at if at < len(self.ids) and self.ids[at] == id_ else None

    def tip(self, at: int) -> tuple[int, str]:
        """The last line (seq, head) when the row was written; (0, "") when that is not known."""
        return (self._tips[0][at], self._tips[1][at]) if self._tips else (0, "")

    def row(self, at: int) -> Row:
        if self._made is not None:
            return self._made[at]
        one, total = self._data, self._data.total[self._total[at]]
        place, shared = one.places[self._at[at]], msgspec.structs.astuple(one.shared[self._of[at]])
        before = one.before.get(at, total)
        waits = (self._answered[at], self._unmet[at], one.dues.get(at, ()))
        return Row(self.ids[at], self._visited[at], total, before, *waits, *self.tip(at), *place, *shared)

    def rows(self) -> list[Row]:
        """All of them, made once."""
        if self._made is None:
            one, places = self._data, self._data.places
            shared = [msgspec.structs.astuple(each) for each in one.shared]
            texts = (self.ids, self._visited)
            total = list(map(one.total.__getitem__, self._total))
            before, tips = total, self._tips or ([0] * len(self), [""] * len(self))
            self._id_text = self._visited_text = self._tip_text = memoryview(b"")  # lets go of the file's bytes
            if one.before:
                before = [one.before.get(at, each) for at, each in enumerate(total)]
            dues = [one.dues.get(at, ()) for at in range(len(self))] if one.dues else [()] * len(self)
            whole = zip(
                *(*texts, total, before, self._answered, self._unmet, dues, *tips, self._at, self._of),
                strict=True,
            )
            self._made = [
                Row(id_, visited, total, was, answered, unmet, due, seq, head, *places[at], *shared[of])
                for id_, visited, total, was, answered, unmet, due, seq, head, at, of in whole
            ]
        return self._made


def encode_columns(rows: Iterable[Row]) -> tuple[bytes, bytes]:
    """Rows as the two blocks that `Columns` takes one after the other: what is listed, and the last lines."""
    ordered = sorted(rows, key=lambda row: row.id)
    shared: dict[tuple[Any, ...], int] = {}
    places: dict[tuple[str, str], int] = {}
    of = [shared.setdefault(_common(row), len(shared)) for row in ordered]
    at = [places.setdefault((row.branch, row.branch_name), len(places)) for row in ordered]
    totals: dict[float | None, int] = {}
    total = [totals.setdefault(row.total, len(totals)) for row in ordered]
    before = {number: row.before_critical for number, row in enumerate(ordered) if row.before_critical != row.total}
    dues = {number: row.dues for number, row in enumerate(ordered) if row.dues}
    block = _Block([Shared(*one) for one in shared], list(places), list(totals), before, dues)
    unmet = [row.unmet for row in ordered]
    numbers = b" ".join(map(_hexadecimal, ([row.answered for row in ordered], of, at, total, unmet)))
    ids, visited, heads = (
        _BETWEEN.join(_UNFIT.sub("", text) for text in texts).encode()
        for texts in ([row.id for row in ordered], [row.visited for row in ordered], [row.head for row in ordered])
    )
    seq = _hexadecimal([row.seq for row in ordered])
    listed = b"\n".join([_encode(block), numbers, ids, visited, b""])
    return listed, b"%08x\n%b\n%b\n" % (zlib.crc32(heads, zlib.crc32(seq)), seq, heads)


def _hexadecimal(numbers: Sequence[int]) -> bytes:
    """Whole numbers as words of one length, `H` or `I`."""
    word = "H" if max(numbers, default=0) < 1 << 16 else "I"
    return word.encode() + array(word, numbers).tobytes().hex().encode()


def _numbers(text: bytes) -> Sequence[int]:
    words = memoryview(bytes.fromhex(text[1:].decode()))
    return words.cast("I") if text[:1] == b"I" else words.cast("H")


class Rows(Sequence[Row]):
    """The library as a list, newest first: what an index file says, with what changed since."""

    def __init__(self, columns: Columns, changed: Mapping[str, Row | None]) -> None:
        self._columns = columns
        self._order: Sequence[int | Row] = range(len(columns) - 1, -1, -1)
        self._all: list[Row] | None = None
        if changed:
            every: dict[str, int | Row | None] = {id_: at for at, id_ in enumerate(columns.ids)}
            every.update(changed)
            self._order = [one for id_ in sorted(every, reverse=True) if (one := every[id_]) is not None]

    def __len__(self) -> int:
        return len(self._order)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return [self._row(one) for one in self._order[at]]
        return self._all[at] if self._all is not None else self._row(self._order[at])

    def __iter__(self) -> Iterator[Row]:
        if self._all is None:
            made = self._columns.rows()
            self._all = [made[one] if isinstance(one, int) else one for one in self._order]
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Rows({list(self)!r})"

    def _row(self, one: int | Row) -> Row:
        return self._columns.row(one) if isinstance(one, int) else one


EMPTY = Columns(b"".join(encode_columns([])))
