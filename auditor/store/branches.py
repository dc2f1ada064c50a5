"""The register of branch outlets: organisation codes, names, parents; renames keep history (design §2)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import msgspec

from auditor.errors import AuditorError
from auditor.store import files

NAME = "branches.jsonl"
FORMAT = 1


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
        as a former name. Gives (added, changed). Raises `store.*`."""
        if not self._writes:
            raise AuditorError("store.not_for_writing", file=str(self._path))
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

    def _write(self, known: dict[str, Branch]) -> None:
        lines = [msgspec.json.encode({"branches": FORMAT})]
        lines += [msgspec.json.encode(asdict(known[code])) for code in sorted(known)]
        files.write_atomic(self._path, b"\n".join([*lines, b""]))
        self._known = known

    def _read(self) -> dict[str, Branch]:
        """Raises `store.branches_damaged` naming the line, `store.newer`."""
        if self._known is None:
            try:
                lines = files.read(self._path).splitlines() if self._path.exists() else []
                self._known = {one.code: one for one in self._parse(lines)}
            except OSError as error:
                raise files.explained(error, self._path) from error
        return self._known

    def _parse(self, lines: list[bytes]) -> Iterable[Branch]:
        for number, line in enumerate(lines, 1):
            try:
                if number > 1:
                    yield msgspec.json.decode(line, type=Branch)
                elif msgspec.json.decode(line, type=dict[str, int])["branches"] > FORMAT:
                    raise AuditorError("store.newer", file=str(self._path))
            except (msgspec.MsgspecError, UnicodeDecodeError, KeyError) as error:
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
