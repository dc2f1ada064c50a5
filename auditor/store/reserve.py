"""A file kept only to be given up: when the disk is full, its room lets the answer at hand still be saved."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from auditor.errors import AuditorError
from auditor.store import files

NAME = "reserve"
SIZE = 1 << 20


class Reserve:
    """The reserve of a data folder that is open for writing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self.used = False
        """Whether it was given up and could not be put back since: the disk is as good as full."""

    def keep(self) -> None:
        """Put it there, whole, if it is not and the disk has room for it."""
        with suppress(AuditorError, OSError):
            if not self._path.exists() or self._path.stat().st_size < SIZE:
                files.write_atomic(self._path, bytes(SIZE))
            self.used = False

    def give_up(self) -> bool:
        """Free its room; False when it is gone already."""
        if self.used or not self._path.exists():
            return False
        with suppress(AuditorError):
            files.remove(self._path)
        self.used = True
        return not self._path.exists()


def with_reserve(reserve: Reserve, work: Callable[[], None]) -> None:
    """Do it; when the disk is full, once more with the room of the reserve. Raises what `work` raises."""
    try:
        work()
    except AuditorError as error:
        if error.key != "store.disk_full" or not reserve.give_up():
            raise
        work()
