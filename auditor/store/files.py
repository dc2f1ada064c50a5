"""The only module that writes to a disk: temp file, fsync, replace, fsync of the folder (design §5).

Faults are injected at the kernel calls named below, and nowhere else. Every `OSError` leaves here as an
`AuditorError("store.…")` that names the path and what to do.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from auditor.errors import AuditorError

open_file = os.open
write = os.write
sync = os.fsync
replace = os.replace
make_dir = os.mkdir
unlink = os.unlink
remove_dir = os.rmdir

WINDOWS = os.name == "nt"
TEMP = ".writing"
"""How the name of an unfinished file ends: a leftover of a crash, never read."""

_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_RETRIES, _PAUSE = 10, 0.05

_SENTENCES = {
    errno.ENOSPC: "store.disk_full",
    errno.EDQUOT: "store.disk_full",
    errno.EFBIG: "store.disk_full",
    errno.EROFS: "store.read_only_disk",
    errno.EACCES: "store.no_permission",
    errno.EPERM: "store.no_permission",
    errno.EMFILE: "store.too_many_files",
    errno.ENFILE: "store.too_many_files",
    errno.ENOENT: "store.vanished",
    errno.ENODEV: "store.vanished",
    errno.ENXIO: "store.vanished",
    errno.ESTALE: "store.vanished",
    errno.ENOTDIR: "store.not_a_folder",
    errno.EEXIST: "store.not_a_folder",
    errno.EISDIR: "store.not_a_file",
    errno.ENAMETOOLONG: "store.name_too_long",
    errno.EIO: "store.disk_error",
}


def explained(error: OSError, path: Path) -> AuditorError:
    """The sentence for a person: what the disk said, where, and what to do."""
    key = _SENTENCES.get(error.errno or 0, "store.disk_said")
    return AuditorError(key, file=str(path), said=error.strerror or type(error).__name__)


@contextlib.contextmanager
def named(path: Path) -> Iterator[None]:
    """Whatever the disk says inside comes out as a sentence about `path`."""
    try:
        yield
    except OSError as error:
        raise explained(error, path) from error


def read(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a file, at most `limit` of them; a folder, device or pipe is never opened. Raises `store.*`."""
    with named(path):
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise IsADirectoryError(errno.EISDIR, "not an ordinary file", str(path))
        with path.open("rb") as file:
            if limit is None:
                return file.read()
            return file.read(min(limit, about.st_size + 1) if about.st_size else limit)


def write_atomic(path: Path, data: bytes, settled: bool = True) -> None:
    """Give `path` these bytes durably: afterwards the old or the new file is there, never a part of one.

    Not `settled`: the name becomes durable with the next `sync_folder`, once for many files.
    """
    with replacing(path, settled) as temp:
        handle = open_file(temp, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o644)
        try:
            _write_all(handle, data)
        finally:
            os.close(handle)


@contextlib.contextmanager
def replacing(path: Path, settled: bool = True) -> Iterator[Path]:
    """A temporary path in the same folder; when the block ends well its file is durably moved to `path` (P3).

    After any error inside, or while moving, the temporary file is gone and `path` is as it was.
    """
    temp = path.with_name(f".{path.name[:60]}.{os.urandom(4).hex()}{TEMP}")
    try:
        with named(path):
            yield temp
            _sync_file(temp)
            _replace(temp, path)
            if settled:
                sync_folder(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            unlink(temp)
        raise


def append_unsynced(path: Path, data: bytes) -> None:
    """Add to a derived file without waiting for the disk. Raises `store.*`."""
    with named(path):
        handle = open_file(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, 0o644)
        try:
            _write_all(handle, data)
        finally:
            os.close(handle)


class Growing:
    """A derived file that grows line by line without waiting for the disk, kept open between lines."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle = -1

    def append(self, data: bytes) -> None:
        """Raises `store.*`."""
        try:
            if self._handle < 0:
                self._handle = open_file(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | _BINARY, 0o644)
            _write_all(self._handle, data)
        except OSError as error:
            raise explained(error, self._path) from error

    def close(self) -> None:
        """Let go of the file; the next line opens it again."""
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            with contextlib.suppress(OSError):
                os.close(handle)


def settle(path: Path) -> None:
    """Make what was appended durable, when the file is there."""
    if path.exists():
        with named(path):
            _sync_file(path)
            sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """The folder and those above it, each durable in its parent."""
    missing = []
    while not _is_folder(path):
        missing.append(path)
        if path.parent == path:
            break
        path = path.parent
    for one in reversed(missing):
        with named(one):
            with contextlib.suppress(FileExistsError):
                make_dir(one)
            if not one.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(one))
            sync_folder(one.parent)


def _is_folder(path: Path) -> bool:
    """Raises `store.*` for a name that no disk takes."""
    with named(path):
        return path.is_dir()


def remove(path: Path) -> None:
    """Take a file away, durably; one that is not there is no error."""
    with named(path):
        try:
            unlink(path)
        except FileNotFoundError:
            return
        sync_folder(path.parent)


def remove_all(folder: Path, names: Iterable[str]) -> None:
    """Take files of one folder away, as far as the disk allows it, and make that durable once."""
    for name in names:
        with contextlib.suppress(OSError):
            unlink(folder / name)
    with contextlib.suppress(OSError):
        sync_folder(folder)


def remove_empty(path: Path) -> None:
    """Take an empty folder away, as far as the disk allows it: what stays is a harmless leftover."""
    with contextlib.suppress(OSError):
        remove_dir(path)


def move(source: Path, target: Path) -> None:
    """Move a file or folder within the data folder, durably. The target must not be there."""
    with named(source):
        if target.exists():
            raise FileExistsError(errno.EEXIST, "is there already", str(target))
        _replace(source, target)
        sync_folder(target.parent)
        sync_folder(source.parent)


def sync_folder(path: Path) -> None:
    """Make names in a folder durable. Windows has no such call; some file systems refuse it harmlessly."""
    if WINDOWS:
        return
    handle = open_file(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _BINARY)
    try:
        sync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
            raise
    finally:
        os.close(handle)


def _sync_file(path: Path) -> None:
    handle = open_file(path, os.O_RDWR | _BINARY)
    try:
        sync(handle)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    count = write(handle, data)
    while count < len(data):
        if count <= 0:
            raise OSError(errno.EIO, "nothing was written")
        data = data[count:]
        count = write(handle, data)


def _replace(source: Path, target: Path) -> None:
    """`os.replace`, tried again while a virus scanner or Excel holds the target (Windows only)."""
    for attempt in range(_RETRIES):
        try:
            replace(source, target)
            return
        except PermissionError:
            if not WINDOWS or attempt == _RETRIES - 1:
                raise
            time.sleep(_PAUSE)


class Appender:
    """An open file that only grows: `length` bytes of it are durable, and every byte after them is suspect.

    After any error it is poisoned (`broken`): the caller must bring the file back to `length` with `cut_back`
    and open a new one; nothing more goes through this one.
    """

    def __init__(self, path: Path, length: int) -> None:
        self.path = path
        self.length = length
        self.broken = False
        with named(path):
            self._handle = open_file(path, os.O_WRONLY | os.O_APPEND | _BINARY)
            if os.fstat(self._handle).st_size != length:
                os.close(self._handle)
                raise OSError(errno.EIO, f"expected {length} bytes")

    def append(self, data: bytes, while_syncing: Callable[[], None] | None = None) -> None:
        """Write and fsync: when this returns, the bytes are durable. One fsync, always; before it is waited for,
        `while_syncing` is called, which must not raise."""
        if self.broken:
            raise AuditorError("store.poisoned", file=str(self.path))
        try:
            _write_all(self._handle, data)
            if while_syncing is not None:
                while_syncing()
            sync(self._handle)
            now = os.fstat(self._handle)
            if now.st_nlink == 0:
                raise FileNotFoundError(errno.ENOENT, "the file was taken away", str(self.path))
            if now.st_size != self.length + len(data):
                raise OSError(errno.EIO, "the file has another length than was written")
        except OSError as error:
            self.broken = True
            raise explained(error, self.path) from error
        except MemoryError as error:
            self.broken = True
            raise AuditorError("store.no_memory", file=str(self.path)) from error
        self.length += len(data)

    def close(self) -> None:
        if self._handle >= 0:
            handle, self._handle = self._handle, -1
            with contextlib.suppress(OSError):
                os.close(handle)


def cut_back(path: Path, length: int, keep: Path | None = None) -> None:
    """Give `path` its first `length` bytes as a new file, durably; what is cut off goes to `keep` first."""
    data = read(path)
    if len(data) < length:
        raise explained(OSError(errno.EIO, f"only {len(data)} of {length} bytes are left"), path)
    if keep is not None and len(data) > length:
        write_atomic(keep, data[length:])
    write_atomic(path, data[:length])
