"""A sound or film by reference: known by its hash, read piece by piece, never copied."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Callable
from pathlib import Path

from auditor.errors import AuditorError
from auditor.store import files

_PIECE = 4_000_000


class StoppedError(Exception):
    """The person did not want to wait any longer."""


def fingerprint(
    path: Path,
    progress: Callable[[int], object] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> str:
    """The SHA-256 of a file of any size; `progress(percent)` as it goes. Raises `store.*`, StoppedError.

    A folder, device or pipe is never opened; of a file that grows meanwhile only what it had is read.
    """
    with files.named(path):
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise AuditorError("store.not_a_file", file=str(path), said="")
        if not about.st_size:
            raise AuditorError("photos.clip_empty", file=path.name)
        hashed, done, told = hashlib.sha256(), 0, -1
        with path.open("rb") as file:
            while done < about.st_size and (piece := file.read(min(_PIECE, about.st_size - done))):
                if stopped():
                    raise StoppedError
                hashed.update(piece)
                done += len(piece)
                percent = done * 100 // about.st_size
                if percent != told:
                    told = percent
                    progress(percent)
    return hashed.hexdigest()
