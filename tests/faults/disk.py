"""Disks that fail: at the n-th call through the seam, or by a power cut that loses whatever was not fsynced."""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from auditor.store import files

CALLS = ("open_file", "write", "sync", "replace", "make_dir", "unlink")


@dataclass
class Failing:
    """The n-th call (counted over the chosen kinds) fails with an errno, once or from then on."""

    at: int
    code: int
    kinds: tuple[str, ...] = CALLS
    lasting: bool = False
    short: bool = False
    """A write first takes half of the bytes."""
    count: int = 0
    struck: int = 0

    def __call__(self, kind: str, real: Callable[..., Any], *args: Any) -> Any:
        if kind not in self.kinds or self._reading(kind, args):
            return real(*args)
        self.count += 1
        if self.count == self.at or (self.lasting and self.count > self.at):
            self.struck += 1
            if kind == "write" and self.short and len(args[1]) > 1:
                real(args[0], args[1][: len(args[1]) // 2])
            raise OSError(self.code, os.strerror(self.code))
        return real(*args)

    @staticmethod
    def _reading(kind: str, args: tuple[Any, ...]) -> bool:
        return kind == "open_file" and args[1] & (os.O_WRONLY | os.O_RDWR) == 0

    def heal(self) -> None:
        """Space was freed, the drive is back."""
        self.kinds = ()


@contextmanager
def seam(through: Callable[..., Any]) -> Iterator[None]:
    """Every kernel call of the store goes through `through(kind, real, *arguments)`."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in CALLS:
            real = getattr(files, kind)
            patch.setattr(files, kind, lambda *args, _kind=kind, _real=real: through(_kind, _real, *args))
        yield


@dataclass
class _Inode:
    now: bytearray = field(default_factory=bytearray)
    safe: bytes = b""


class PowerCut:
    """Shadows a folder: what is in each file and under each name now, and what would be there after a power cut.

    `states` gives the folders that a cut at this very moment may leave.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls = 0
        self._handles: dict[int, tuple[Path, _Inode | None]] = {}
        self._names: dict[Path, _Inode | None] = {}
        """Names now; None is a folder."""
        self._safe_names: dict[Path, _Inode | None] = {}
        self.moments: list[Callable[[], None]] = []

    def __call__(self, kind: str, real: Callable[..., Any], *args: Any) -> Any:
        result = real(*args)
        self.calls += 1
        getattr(self, f"_{kind}")(result, *args)
        return result

    def _open_file(self, handle: int, path: Any, flags: int, _mode: int = 0) -> None:
        path = Path(path)
        if path.is_dir():
            self._handles[handle] = (path, None)
            return
        inode = self._names.get(path)
        if inode is None:
            data = path.read_bytes()
            inode = self._names[path] = _Inode(bytearray(data))
        assert not flags & os.O_TRUNC
        self._handles[handle] = (path, inode)

    def _write(self, count: int, handle: int, data: Any) -> None:
        inode = self._handles[handle][1]
        assert inode is not None
        inode.now += bytes(data)[:count]

    def _sync(self, _none: None, handle: int) -> None:
        path, inode = self._handles[handle]
        if inode is not None:
            inode.safe = bytes(inode.now)
            return
        inside = {name: one for name, one in self._names.items() if name.parent == path}
        self._safe_names = {name: one for name, one in self._safe_names.items() if name.parent != path} | inside

    def _replace(self, _none: None, source: Any, target: Any) -> None:
        source, target = Path(source), Path(target)
        for name in [one for one in self._names if one == source or source in one.parents]:
            self._names[target / name.relative_to(source) if name != source else target] = self._names.pop(name)

    def _make_dir(self, _none: None, path: Any, *_mode: Any) -> None:
        self._names[Path(path)] = None

    def _unlink(self, _none: None, path: Any) -> None:
        self._names.pop(Path(path), None)

    def states(self, dice: random.Random) -> Iterator[dict[Path, bytes]]:
        """Files by relative path: nothing unsynced kept; names ahead of data; all of it; torn; zero-filled."""
        yield self._state(self._safe_names, lambda inode: inode.safe)
        yield self._state(self._names, lambda inode: inode.safe)
        yield self._state(self._names, lambda inode: bytes(inode.now))
        yield self._state(self._safe_names, lambda inode: _torn(inode, dice))
        yield self._state(self._names, lambda inode: _zeroed(inode, dice))

    def _state(self, names: dict[Path, _Inode | None], content: Callable[[_Inode], bytes]) -> dict[Path, bytes]:
        reachable = {name: one for name, one in names.items() if one is not None and self._has_folders(name, names)}
        return {name.relative_to(self.root): content(inode) for name, inode in reachable.items() if inode is not None}

    def _has_folders(self, name: Path, names: dict[Path, _Inode | None]) -> bool:
        above = [one for one in name.parents if self.root in one.parents]
        return all(one in names for one in above)


def _torn(inode: _Inode, dice: random.Random) -> bytes:
    """Some of what was not synced reached the disk."""
    now = bytes(inode.now)
    if not now.startswith(inode.safe):
        return dice.choice([inode.safe, now])
    return now[: dice.randint(len(inode.safe), len(now))]


def _zeroed(inode: _Inode, dice: random.Random) -> bytes:
    """The length reached the disk before the bytes did."""
    now = bytes(inode.now)
    if not now.startswith(inode.safe) or len(now) == len(inode.safe):
        return inode.safe
    kept = dice.randint(len(inode.safe), len(now) - 1)
    return now[:kept] + bytes(len(now) - kept)


def lay_out(state: dict[Path, bytes], root: Path) -> None:
    """Put a state onto a real folder."""
    root.mkdir(parents=True)
    for name, data in state.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


DISK_FULL, BROKEN, FORBIDDEN, TOO_MANY = errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE
