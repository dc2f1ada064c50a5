"""One line of a journal: a hash-chained body, and beside it the personal values it only commits to (design §5).

    {"body": {…}, "crc": "…", "beside": [["salt", value], …], "sum": "…"}

The chain runs over the bytes of `body`. A personal field of a row stands in `beside` as (salt, value) and in the
body as SHA-256(salt‖value); erasing it leaves `null` there and the chain whole.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import msgspec

FORMAT = 1
PERSONAL = frozenset(
    {"note", "reasons", "labels", "text", "shopper", "branch", "branch_name", "parent", "visited", "left", "scenario"}
    | {"highlights", "summary", "why", "praises", "narrative", "acknowledged", "clips"}
    | {"required", "measure", "owner", "checked_by", "remark", "moment", "person", "signature"}
)
"""Fields of rows that stand beside the chain: notes, names, signatures, header fields, photo names, jots, findings."""

Doc = dict[str, Any]
Key = tuple[str, str]
"""A row by (table, id)."""


class Change(msgspec.Struct, array_like=True):
    """What becomes of one row: its open fields, and its personal ones as commitments; `doc` null: it goes."""

    table: str
    id: str
    doc: msgspec.Raw
    sealed: dict[str, str] = {}


class Body(msgspec.Struct):
    """The chained part."""

    seq: int
    prev: str
    """SHA-256 of the previous line's body; of the audit's id in the first line."""
    at: str
    """Local time with offset: a label, never an order."""
    mono: int
    """Monotonic milliseconds; comparable within one session only."""
    session: str
    what: str
    """The gesture: create, answer, fill, header, instance, photo, jot, duty, finding, undo, redo, finish, reopen,
    erase."""
    changes: list[Change]
    who: str = ""
    """A commitment, when somebody was named."""
    of: int = 0
    """Undo, redo: the line whose change is taken back or made again."""


class _Frame(msgspec.Struct, forbid_unknown_fields=True):
    body: msgspec.Raw
    crc: str
    beside: msgspec.Raw
    sum: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line as read: its gesture with the personal values put back."""

    body: Body
    head: str
    """SHA-256 of its body: what the next line's `prev` must say."""
    rows: Mapping[Key, Doc | None]
    who: str = ""
    erased: int = 0
    """How many personal values were erased from it."""


LARGE = 4096
"""Bytes above which a row is likely to be a checklist."""


class BadLineError(Exception):
    """Not a whole, sound line; `args[0]` says which check failed."""


_encode = msgspec.json.Encoder().encode
_frame = msgspec.json.Decoder(_Frame).decode
_body = msgspec.json.Decoder(Body).decode
_beside = msgspec.json.Decoder(list[tuple[str, msgspec.Raw] | None]).decode
_doc = msgspec.json.Decoder(Doc | None).decode
_value = msgspec.json.Decoder().decode


def first_prev(audit: str) -> str:
    """What the first line's `prev` says: the chain belongs to this audit and no other."""
    return hashlib.sha256(audit.encode()).hexdigest()


def encode(body: Body, rows: Mapping[Key, Doc | None], who: str, salt: Callable[[], str]) -> tuple[bytes, str]:
    """The bytes of a line, newline included, and its head hash. `body.changes` and `body.who` are filled in here."""
    seal = _Seal(salt)
    body.who = seal(who) if who else ""
    body.changes = [Change(table, id_, *_split(doc, seal)) for (table, id_), doc in rows.items()]
    inside = _encode(body)
    return frame(inside, _encode(seal.beside)), hashlib.sha256(inside).hexdigest()


def frame(inside: bytes, beside: bytes) -> bytes:
    """The two parts with their checksums, as one line."""
    return b'{"body":%b,"crc":"%08x","beside":%b,"sum":"%08x"}\n' % (
        inside,
        zlib.crc32(inside),
        beside,
        zlib.crc32(beside),
    )


def decode(data: bytes) -> Line:
    """A line without its newline. Raises BadLineError."""
    try:
        outer = _frame(data)
        inside, aside = bytes(outer.body), bytes(outer.beside)
        if f"{zlib.crc32(inside):08x}" != outer.crc or f"{zlib.crc32(aside):08x}" != outer.sum:
            raise BadLineError("crc")
        body, beside = _body(inside), _beside(aside)
        values = iter(beside)
        who = _open(body.who, next(values)) if body.who else ""
        rows = {(one.table, one.id): _join(one, values) for one in body.changes}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadLineError("form") from error
    except StopIteration as error:
        raise BadLineError("beside") from error
    if next(values, values) is not values:
        raise BadLineError("beside")
    return Line(body, hashlib.sha256(inside).hexdigest(), rows, who or "", beside.count(None))


def erase(data: bytes, keep: frozenset[str]) -> tuple[bytes, int]:
    """The line without its personal values, save the fields in `keep`; and how many were taken out."""
    outer = _frame(data)
    body, beside = _body(bytes(outer.body)), _beside(bytes(outer.beside))
    fields = ["who"] if body.who else []
    fields += [name for change in body.changes for name in change.sealed]
    left = [one if name in keep else None for name, one in zip(fields, beside, strict=True)]
    return frame(bytes(outer.body), _encode(left)), left.count(None) - beside.count(None)


class _Seal:
    """Collects the personal values of a line beside it and gives the commitments that go into its body."""

    def __init__(self, salt: Callable[[], str]) -> None:
        self._salt = salt
        self.beside: list[tuple[str, msgspec.Raw]] = []

    def __call__(self, value: Any) -> str:
        salt, raw = self._salt(), _encode(value)
        self.beside.append((salt, msgspec.Raw(raw)))
        return hashlib.sha256(salt.encode() + raw).hexdigest()


def _split(doc: Doc | None, seal: _Seal) -> tuple[msgspec.Raw, dict[str, str]]:
    sealed = {name: seal(value) for name, value in doc.items() if name in PERSONAL} if doc else {}
    left = {name: value for name, value in doc.items() if name not in sealed} if doc and sealed else doc
    return msgspec.Raw(_encode(left)), sealed


def _join(change: Change, values: Iterator[tuple[str, msgspec.Raw] | None]) -> Doc | None:
    data = bytes(change.doc)
    doc = _large(data) if len(data) > LARGE else _doc(data)
    if doc is None or not change.sealed:
        return doc
    doc = dict(doc)
    for name, commitment in change.sealed.items():
        value = _open(commitment, next(values))
        if value is not None:
            doc[name] = value
    return doc


@lru_cache(maxsize=64)
def _large(data: bytes) -> Doc | None:
    """The same checklist stands in the first line of many audits: taken apart once. Rows are never changed in place."""
    doc: Doc | None = _doc(data)
    return doc


def _open(commitment: str, pair: tuple[str, msgspec.Raw] | None) -> Any:
    """The value behind a commitment; None when it was erased."""
    if pair is None:
        return None
    salt, raw = pair
    if hashlib.sha256(salt.encode() + bytes(raw)).hexdigest() != commitment:
        raise BadLineError("salt")
    return _value(raw)
