"""What a folder already holds of a batch, so that a second run goes on where the first one stopped.

One line per written file: a key that commits to everything the file was made of, its name, and its SHA-256. A file
counts as done only when all three still hold, so a changed audit, option, register, letterhead or program, and a file
that was touched since, are written again. The key is a hash over the audit's journal, which only the data folder has:
the list tells a branch nothing (P7).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from auditor.errors import AuditorError
from auditor.store import files

NAME = ".auditor-export.jsonl"


class Manifest:
    """The list of one target folder. Lines that are torn or unknown are passed over: then a report is made again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, tuple[str, str]] = {}
        self._growing = files.Growing(folder / NAME)
        try:
            lines = (folder / NAME).read_bytes().split(b"\n")
        except OSError:
            return
        for line in lines:
            found = _entry(line)
            if found is not None:
                key, name, digest = found
                self._files[key] = (name, digest)

    def __bool__(self) -> bool:
        return bool(self._files)

    def done(self, key: str) -> Path | None:
        """The file made from exactly this, if it is still there as it was written."""
        name, digest = self._files.get(key, ("", ""))
        path = self.folder / name
        if not name or file_digest(path) != digest:
            return None
        return path

    def add(self, written: Sequence[tuple[str, Path, str]]) -> AuditorError | None:
        """Note files as (key, path, SHA-256). What the disk says is returned: the reports themselves are written."""
        rows = [{"key": key, "file": path.name, "sha256": digest} for key, path, digest in written]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        try:
            self._growing.append(text.encode())
        except AuditorError as error:
            return error
        return None

    def close(self) -> None:
        self._growing.close()


def _entry(line: bytes) -> tuple[str, str, str] | None:
    try:
        row = json.loads(line)
        key, name, digest = str(row["key"]), str(row["file"]), str(row["sha256"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return (key, name, digest) if name and Path(name).name == name else None


def file_digest(path: Path) -> str:
    """SHA-256 of a file; nothing where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
