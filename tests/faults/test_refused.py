"""Every operation on a disk that refuses it at any point (F5, F6): what was acknowledged is there, what was refused is
said and not shown, and work goes on without a restart once the disk is well (P1, P2, P3)."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.store import files
from tests.faults.disk import BROKEN, DISK_FULL, FORBIDDEN, TOO_MANY, Failing, seam
from tests.faults.operations import OPERATIONS, Stage, prepared, trial

FAULTS = {
    "ENOSPC": {"code": DISK_FULL},
    "ENOSPC short": {"code": DISK_FULL, "short": True, "kinds": ("write",)},
    "EIO fsync": {"code": BROKEN, "kinds": ("sync",)},
    "EIO write": {"code": BROKEN, "kinds": ("write",), "short": True},
    "EACCES": {"code": FORBIDDEN, "kinds": ("open_file", "replace", "unlink", "make_dir")},
    "EMFILE": {"code": TOO_MANY, "kinds": ("open_file",)},
}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is cut here, so the real fsync may be spared."""
    monkeypatch.setattr(files, "sync", lambda _handle: None)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("template") / "stage")


def staged(template: Path, place: Path) -> Stage:
    shutil.copytree(template, place)
    return Stage(place)


def held_files() -> int:
    """How many files this process holds open; 0 where that cannot be told."""
    place = Path("/proc/self/fd")
    return len(list(place.iterdir())) if place.is_dir() else 0


def every_call(template: Path, tmp_path: Path, name: str, fault: str, lasting: bool) -> tuple[int, list[str]]:
    """The fault at the first call, the second, … until it no longer strikes."""
    at, wrong, struck, held = 0, [], True, held_files()
    while struck:
        at += 1
        failing = Failing(at, lasting=lasting, **FAULTS[fault])  # type: ignore[arg-type]
        stage = staged(template, tmp_path / f"{at}")
        found = trial(stage, name, seam(failing))
        found += [] if held_files() <= held else [f"{held_files() - held} files left open"]
        held = max(held, held_files())
        struck = failing.struck > 0
        wrong += [f"{name}, {fault} at call {at}: {one}" for one in found]
        shutil.rmtree(tmp_path / f"{at}")
    return at, wrong


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_full_disk_at_every_call(
    template: Path, tmp_path: Path, name: str, record_property: Callable[[str, object], None]
) -> None:
    tried, wrong = every_call(template, tmp_path, name, "ENOSPC short", lasting=True)
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []
    assert tried > (1 if name in ("index", "trash") else 0)


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_fault_at_every_call(
    template: Path, tmp_path: Path, name: str, fault: str, lasting: bool, record_property: Callable[[str, object], None]
) -> None:
    tried, wrong = every_call(template, tmp_path, name, fault, lasting)
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []


@contextmanager
def no_file_longer_than(limit: int) -> Iterator[None]:
    """RLIMIT_FSIZE: a write beyond gives EFBIG."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.skipif(os.name == "nt", reason="needs RLIMIT_FSIZE")
@pytest.mark.parametrize("step", [4_000, pytest.param(250, marks=pytest.mark.full)])
@pytest.mark.parametrize("name", OPERATIONS)
def test_no_file_may_grow_beyond(
    template: Path, tmp_path: Path, name: str, step: int, record_property: Callable[[str, object], None]
) -> None:
    limits = range(0, 14_000, step)
    wrong = []
    for limit in limits:
        stage = staged(template, tmp_path / f"{limit}")
        wrong += [f"{name} up to {limit}: {one}" for one in trial(stage, name, no_file_longer_than(limit))]
        shutil.rmtree(tmp_path / f"{limit}")
    record_property("tries", len(limits))
    record_property("wrong", len(wrong))
    assert wrong == []


@cache
def _why_no_mount() -> str:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return "needs root that may mount"
    return "" if shutil.which("mkfs.ext4") else "mkfs.ext4 is not installed"


@contextmanager
def mounted(kind: str, place: Path) -> Iterator[Path]:
    """A real file system of a few megabytes; skips where it cannot be had."""
    disk = place / "disk"
    disk.mkdir(parents=True)
    if kind == "tmpfs":
        command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    else:
        image = place / "image"
        with image.open("wb") as file:
            file.truncate(4 << 20)
        subprocess.run(["mkfs.ext4", "-q", "-F", "-m", "0", str(image)], check=True, capture_output=True)
        command = ["mount", "-o", "loop", str(image), str(disk)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"needs root that may mount: {done.stderr.strip()[-80:]}")
    try:
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


@contextmanager
def but(free: int, disk: Path) -> Iterator[None]:
    """Only so many bytes are left on the disk; afterwards they are given back."""
    ballast = disk / "ballast"
    room = os.statvfs(disk)
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        file.write(bytes(max(0, room.f_bavail * room.f_frsize - free)))
    try:
        yield
    finally:
        ballast.unlink()


@pytest.mark.parametrize("step", [16_384, pytest.param(4096, marks=pytest.mark.full)])
@pytest.mark.parametrize("kind", ["tmpfs", "ext4"])
def test_a_disk_that_is_really_full(
    template: Path, tmp_path: Path, kind: str, step: int, record_property: Callable[[str, object], None]
) -> None:
    """Every operation with nothing free, a page free, two pages …"""
    if _why_no_mount():
        pytest.skip(_why_no_mount())
    wrong, tried = [], 0
    with mounted(kind, tmp_path) as disk:
        for name in OPERATIONS:
            for free in range(0, 40_960, step):
                stage = staged(template, disk / "stage")
                wrong += [f"{name} with {free} free: {one}" for one in trial(stage, name, but(free, disk))]
                shutil.rmtree(disk / "stage")
                tried += 1
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []


@pytest.mark.parametrize("at", [1, 2])
def test_a_restore_that_fails_half_way_leaves_what_stood_there(template: Path, tmp_path: Path, at: int) -> None:
    """The audit is never only in the trash because the second of two moves was refused."""
    stage = staged(template, tmp_path / "stage")
    before = stage.store.read(stage.closed)
    moves = 0

    def through(kind: str, real: Callable[..., object], *args: object) -> object:
        nonlocal moves
        moves += kind == "replace" and Path(str(args[0])).is_dir()
        if kind == "replace" and Path(str(args[0])).is_dir() and moves == at:
            raise OSError(BROKEN, os.strerror(BROKEN))
        return real(*args)

    with seam(through), pytest.raises(AuditorError):
        OPERATIONS["restore"].work(stage)
    assert stage.store.read(stage.closed) == before
    stage.store.close()


def test_a_failed_write_believed_is_caught(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: a store that acknowledges although the disk refused."""
    real = files._write_all

    def write_all(handle: int, data: bytes) -> None:
        try:
            real(handle, data)
        except OSError:
            return

    monkeypatch.setattr(files, "_write_all", write_all)
    with pytest.raises(AuditorError, match="branches"):
        every_call(template, tmp_path, "branches", "ENOSPC short", lasting=True)
