"""The generations of a backup: what each holds, and which are kept (7 daily, 4 weekly, 12 monthly)."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from auditor.errors import AuditorError
from auditor.store import files
from auditor.store.upgrades import upgraded

FORMAT = 1
UPGRADES: dict[int, Callable[[Any], Any]] = {}
"""What brings the list of files of an older format up to the next one."""
DAILY, WEEKLY, MONTHLY = 7, 4, 12
OBJECTS, MANIFESTS = "objects", "manifests"

_NAME = re.compile(r"\d{6}-\d{8}T\d{6}Z\.json")
_HASH = re.compile(r"[0-9a-f]{64}")
_PATH = re.compile(
    r"audits/\d{4}-\d{2}/\d{8}T\d{6}Z-[0-9a-f]{6}/(photos/[0-9a-f]{64}\.jpg|journal\.(jsonl|tail-\d+))"
    r"|checklists/[^/\\\x00-\x1f]+\.yaml|branches\.jsonl|settings\.yaml|reports\.json"
)
"""What a data folder keeps: nothing else is saved, and nothing else is put back."""


class Saved(msgspec.Struct, array_like=True, frozen=True):
    """One file of a generation."""

    path: str
    """Within the data folder, with `/`."""
    sha256: str
    """Of the bytes saved: the name of the object that holds them."""
    bytes: int
    size: int
    """Size and time stamp of the live file: while these stay, it is not read again."""
    stamp: int

    @property
    def audit(self) -> str:
        """The audit it belongs to; "" for what belongs to none."""
        return self.path.split("/")[2] if self.path.startswith("audits/") else ""


class Generation(msgspec.Struct, frozen=True):
    """The data folder as it was at one time."""

    made: str
    """Local time with offset."""
    files: tuple[Saved, ...]
    name: str = ""
    """Of its manifest: `<number>-<UTC>.json`; the number tells which is newer, whatever the clock said."""

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made)

    @property
    def audits(self) -> set[str]:
        return {one.audit for one in self.files} - {""}


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    backup: int
    made: str
    sum: str
    files: msgspec.Raw


_encode = msgspec.json.Encoder().encode
_manifest = msgspec.json.Decoder(_Manifest).decode
_files = msgspec.json.Decoder(tuple[Saved, ...]).decode


def may_be_saved(path: str) -> bool:
    """Whether a path within the data folder is one that backups hold."""
    return _PATH.fullmatch(path) is not None


def names(target: Path) -> list[str]:
    """The manifests of a backup folder, newest first."""
    try:
        there = [one.name for one in os.scandir(target / MANIFESTS)]
    except OSError:
        return []
    return sorted(filter(_NAME.fullmatch, there), reverse=True)


def read(target: Path, name: str) -> Generation:
    """One generation. Raises `store.backup.manifest_damaged`, `store.newer`."""
    path = target / MANIFESTS / name
    try:
        found = _manifest(files.read(path))
        if found.backup > FORMAT:
            raise AuditorError("store.newer", file=str(path))
        raw = bytes(found.files)
        older = found.backup < FORMAT
        saved = msgspec.convert(_upgraded(raw, found.backup), tuple[Saved, ...]) if older else _files(raw)
        sound = hashlib.sha256(found.made.encode() + raw).hexdigest() == found.sum
        if not sound or not all(may_be_saved(one.path) and _HASH.fullmatch(one.sha256) for one in saved):
            raise ValueError("sum")
        datetime.fromisoformat(found.made)
    except (msgspec.MsgspecError, UnicodeDecodeError, ValueError, KeyError, RecursionError) as error:
        raise AuditorError("store.backup.manifest_damaged", file=str(path)) from error
    return Generation(found.made, saved, name)


def _upgraded(raw: bytes, number: int) -> Any:
    return upgraded(msgspec.json.decode(raw), number, FORMAT, UPGRADES)


def sound(target: Path) -> Iterator[Generation]:
    """The generations that can be read, newest first."""
    for name in names(target):
        try:
            yield read(target, name)
        except AuditorError:
            continue


def damaged(target: Path) -> Iterator[str]:
    """The manifests that are damaged; those of a newer program are not."""
    for name in names(target):
        try:
            read(target, name)
        except AuditorError as error:
            if error.key == "store.backup.manifest_damaged":
                yield name


def write(target: Path, generation: Generation) -> None:
    """Write a generation's manifest, durably, and read it back. Raises `store.*`."""
    raw = _encode(generation.files)
    check = hashlib.sha256(generation.made.encode() + raw).hexdigest()
    data = _encode(_Manifest(FORMAT, generation.made, check, msgspec.Raw(raw)))
    files.write_atomic(target / MANIFESTS / generation.name, data)
    read(target, generation.name)


def next_name(target: Path, moment: datetime) -> str:
    """The name of the manifest after all that are there."""
    number = max((int(one[:6]) for one in names(target)), default=0) + 1
    return f"{number:06d}-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.json"


def kept(found: Iterable[str]) -> set[str]:
    """Which manifests to keep: the newest of each of 7 days, 4 weeks and 12 months that have one.

    Days that have a backup are counted, not days of the calendar: a clock that jumped makes nobody's backup old.
    """
    chosen: set[str] = set()
    ordered = sorted(found, reverse=True)
    for count, period in ((DAILY, "%Y%m%d"), (WEEKLY, "%G-%V"), (MONTHLY, "%Y%m")):
        newest: dict[str, str] = {}
        for name in ordered:
            newest.setdefault(datetime.strptime(name[7:23], "%Y%m%dT%H%M%SZ").strftime(period), name)
        chosen.update(list(newest.values())[:count])
    return chosen
