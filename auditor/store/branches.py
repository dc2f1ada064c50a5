"""The register of branch outlets: organisation codes, names, parents; renames keep history (design §2)."""

from __future__ import annotations

import secrets
import unicodedata
import zlib
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from auditor.errors import AuditorError
from auditor.store import files
from auditor.store.upgrades import keep, upgraded

NAME = "branches.jsonl"
FORMAT = 2

Doc = dict[str, Any]
UPGRADES: dict[int, Callable[[list[Doc]], list[Doc]]] = {1: lambda rows: rows}
"""What brings the rows of an older format up to the next one. Format 1 had no checksum; its rows are the same."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One outlet (网点)."""

    code: str
    """Organisation code (机构号), as text."""
    name: str
    parent: str = ""
    """The branch above it (所属分行)."""
    type: str = ""
    head: str = ""
    status: str = ""
    """`closed` when it is no longer there; "" in business."""
    former: tuple[str, ...] = ()
    """Earlier names, oldest first."""


class Branches:
    """The register of a data folder: a small file, written whole. Read when first needed."""

    def __init__(self, folder: Path, writes: bool) -> None:
        self._path = folder / NAME
        self._writes = writes
        self._known: dict[str, Branch] | None = None
        self._format = FORMAT
        """Of the file as it was found."""

    def all(self) -> list[Branch]:
        """Every branch, in order of code."""
        return sorted(self._read().values(), key=lambda one: one.code)

    def find(self, text: str) -> Branch | None:
        """By code, else by name, else by a former name; None when there is none or the name is not unique."""
        known = self._read()
        if text.strip() in known:
            return known[text.strip()]
        wanted = _folded(text)
        now = [one for one in known.values() if _folded(one.name) == wanted]
        found = now or [one for one in known.values() if wanted in map(_folded, one.former)]
        return found[0] if len(found) == 1 else None

    def merge(self, branches: Iterable[Branch]) -> tuple[int, int]:
        """Add and change branches, durably; what a file leaves empty stays as it was, a new name keeps the old one
        as a former name. A damaged register is set aside first. Gives (added, changed). Raises `store.*`."""
        if not self._writes:
            raise AuditorError("store.not_for_writing", file=str(self._path))
        if self.damage() is not None:
            self.set_aside()
        known, added, changed = dict(self._read()), 0, 0
        for one in branches:
            before = known.get(one.code)
            after = one if before is None else _merged(before, one)
            added += before is None
            changed += before is not None and after != before
            known[one.code] = after
        if added or changed:
            self._write(known)
        return added, changed

    def damage(self) -> AuditorError | None:
        """What is wrong with the file, if anything: `store.branches_damaged`, `store.branches_changed`."""
        try:
            self._read()
        except AuditorError as error:
            if error.key in ("store.branches_damaged", "store.branches_changed"):
                return error
        return None

    def set_aside(self) -> None:
        """Keep a damaged register as `branches.jsonl.damaged-…`, out of the way of a sound one. Raises `store.*`."""
        files.move(self._path, self._path.with_name(f"{NAME}.damaged-{secrets.token_hex(3)}"))
        self.forget()

    def forget(self) -> None:
        """The file was put back from a backup: it is read again when next needed."""
        self._known = None

    def _write(self, known: dict[str, Branch]) -> None:
        if self._format < FORMAT:
            keep(self._path, self._format)
        rows = b"".join(msgspec.json.encode(asdict(known[code])) + b"\n" for code in sorted(known))
        top = {"branches": FORMAT, "rows": len(known), "crc": zlib.crc32(rows)}
        files.write_atomic(self._path, msgspec.json.encode(top) + b"\n" + rows)
        self._known, self._format = known, FORMAT

    def _read(self) -> dict[str, Branch]:
        """Raises `store.branches_damaged` naming the line, `store.branches_changed`, `store.newer`."""
        if self._known is None:
            try:
                rows = self._parse(files.read(self._path)) if self._path.exists() else []
            except OSError as error:
                raise files.explained(error, self._path) from error
            self._known = {one.code: one for one in rows}
        return self._known

    def _parse(self, data: bytes) -> list[Branch]:
        first, _, rest = data.partition(b"\n")
        number, found = 1, []
        try:
            top = msgspec.json.decode(first, type=dict[str, int])
            self._format = top["branches"]
            if self._format > FORMAT:
                raise AuditorError("store.newer", file=str(self._path))
            for line in rest.splitlines():
                number += 1
                found.append(msgspec.json.decode(line, type=Doc))
            if self._format > 1 and (top["rows"], top["crc"]) != (len(found), zlib.crc32(rest)):
                raise AuditorError("store.branches_changed", file=str(self._path))
            number, known = 1, []
            for row in upgraded(found, self._format, FORMAT, UPGRADES):
                number += 1
                known.append(msgspec.convert(row, Branch))
            return known
        except (msgspec.MsgspecError, UnicodeDecodeError, KeyError, RecursionError) as error:
            raise AuditorError("store.branches_damaged", file=str(self._path), line=number) from error


def _merged(before: Branch, now: Branch) -> Branch:
    former = before.former
    if now.name and now.name != before.name:
        former = (*(name for name in former if name != before.name and name != now.name), before.name)
    return replace(
        before,
        name=now.name or before.name,
        parent=now.parent or before.parent,
        type=now.type or before.type,
        head=now.head or before.head,
        status=now.status or before.status,
        former=former,
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()
