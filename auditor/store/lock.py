"""One writer per data folder: the lock and who holds it (design §5)."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from auditor.errors import AuditorError
from auditor.store import files


class Held:
    """The lock of the one writer; keep it, or the lock is gone."""

    def __init__(self, lock: FileLock, holder: Path) -> None:
        self._lock = lock
        self._holder = holder

    def release(self) -> None:
        with suppress(AuditorError):
            files.remove(self._holder)
        self._lock.release()


def lock(path: Path) -> Held:
    """Become the one writer of a data folder (design §5). Raises `store.in_use`, naming the holder."""
    held = FileLock(path, timeout=0, thread_local=False)
    holder = path.with_name(f"{path.name}.holder")
    with files.named(path):
        try:
            held.acquire()
        except Timeout as error:
            raise AuditorError("store.in_use", file=str(path.parent), holder=_holder(holder)) from error
    try:
        files.write_atomic(holder, f"{os.getpid()} @ {socket.gethostname()}".encode())
    except AuditorError:
        held.release()
        raise
    return Held(held, holder)


def _holder(path: Path) -> str:
    """Who holds the lock, as he wrote it himself: `4711 @ host`."""
    try:
        return path.read_text("utf-8", errors="replace")[:100] or "?"
    except OSError:
        return "?"
