"""Which journals are other files than when somebody last looked: by size and time stamp, without reading them.

`journals.json` beside the index keeps what was seen of each. It is derived: without it, journals younger than the index
count as touched. What changes a file's bytes and neither its size nor its time stamp is found by `verify` alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import msgspec

from auditor.errors import AuditorError
from auditor.store import files
from auditor.store.clock import AUDIT_ID
from auditor.store.columns import Row
from auditor.store.journal import NAME as JOURNAL

NAME = "journals.json"
FORMAT = 1

Seen = Mapping[str, tuple[int, int]]
"""Size and time stamp (ns) of journals by audit; (-1, 0) where there is none."""


AGAIN = (-2, 0)
"""No file is like that: it is looked into the next time too."""


class _Kept(msgspec.Struct):
    journals: int
    seen: dict[str, tuple[int, int]]


_decode = msgspec.json.Decoder(_Kept).decode
_encode = msgspec.json.Encoder().encode


@dataclass(frozen=True, slots=True)
class Touched:
    """Journals to look into, and how all of them are now."""

    audits: tuple[str, ...]
    seen: Seen
    noted: bool
    """Whether the file beside the index says the same already."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a second look found, not in force yet."""

    rows: Mapping[str, tuple[tuple[int, str], Row | None]]
    """By audit: the last line that the index knew of then, and how its row should be; None for no audit."""
    there: Touched


def touched(folder: Path, since: int, stopped: Callable[[], bool] = lambda: False) -> Touched:
    """The audits whose journal is another than was seen; of those never seen, what is younger than `since`, the time
    stamp (ns) of the index. Never raises: what cannot be looked at is touched. Where it is `stopped`, nothing is."""
    before, now = _read(folder / NAME), _look(folder / "audits", stopped)
    if stopped():
        return Touched((), {}, True)
    found = [id_ for id_, one in now.items() if one != before.get(id_, one if 0 < one[1] <= since else None)]
    return Touched(tuple(found), now, before == now)


def note(folder: Path, seen: Seen) -> None:
    """Keep what was seen, once the index knows of it. It is derived: a disk that refuses is no failure."""
    with suppress(AuditorError):
        files.write_atomic(folder / NAME, _encode(_Kept(FORMAT, dict(seen))))


def _read(path: Path) -> dict[str, tuple[int, int]]:
    try:
        found = _decode(path.read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    return found.seen if found.journals == FORMAT else {}


def _look(audits: Path, stopped: Callable[[], bool]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    with suppress(OSError):
        for month in os.scandir(audits):
            with suppress(OSError):
                if stopped():
                    break
                for one in os.scandir(month.path):
                    if AUDIT_ID.fullmatch(one.name):
                        found[one.name] = _stamp(f"{one.path}{os.sep}{JOURNAL}")
    return found


def _stamp(path: str) -> tuple[int, int]:
    try:
        now = os.stat(path)  # noqa: PTH116 - a hundred thousand of them
    except OSError:
        return (-1, 0)
    return (now.st_size, now.st_mtime_ns)
