"""Where one was in which audit: `<data>/places.jsonl`, a line whenever the page comes to rest.

Derived and never missed: appended without waiting for the disk, cut short at the next opening. What makes no sense in
it is passed over, and what cannot be written is not said.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from auditor.errors import AuditorError
from auditor.store import files

NAME = "places.jsonl"
MOST = 50
"""Audits whose place is remembered."""
_LONGEST = 1_000_000


class Spot(NamedTuple):
    """A page of an audit; in its checklist the section, and the first item in sight with its upper edge in pixels."""

    page: str = ""
    section: str = ""
    item: str = ""
    offset: int = 0


class LastPlaces:
    """The places of the audits worked on last, the newest last."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._spots: dict[str, Spot] = {}
        self._lines = 0
        with suppress(AuditorError):
            for line in files.read(self._path, _LONGEST).splitlines() if self._path.exists() else ():
                self._take(line)

    def of(self, audit: str) -> Spot | None:
        return self._spots.get(audit)

    def note(self, audit: str, spot: Spot) -> None:
        """Remember it, unless it is known."""
        if self._spots.get(audit) == spot:
            return
        self._spots.pop(audit, None)
        self._spots[audit] = spot
        self._lines += 1
        with suppress(AuditorError):
            if self._lines > 10 * MOST:
                self._cut_short()
            else:
                files.append_unsynced(self._path, _line(audit, spot))

    def _cut_short(self) -> None:
        self._spots = dict([*self._spots.items()][-MOST:])
        self._lines = len(self._spots)
        files.write_atomic(self._path, b"".join(_line(audit, spot) for audit, spot in self._spots.items()))

    def _take(self, line: bytes) -> None:
        self._lines += 1
        with suppress(ValueError, TypeError, RecursionError):
            audit, *said = json.loads(line)
            spot = Spot(*said)
            if all(isinstance(one, str) for one in (audit, *spot[:3])) and type(spot.offset) is int:
                self._spots.pop(audit, None)
                self._spots[audit] = spot


def _line(audit: str, spot: Spot) -> bytes:
    return json.dumps([audit, *spot], ensure_ascii=False).encode() + b"\n"
