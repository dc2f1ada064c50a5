"""A real power cut (F4): an ext4 file system of its own is shut down without its journal being flushed, then mounted
again. Needs root and loop mounts. Only what was acknowledged before the cut began must be there: the one gesture in
flight at that instant may be stamped and yet be lost, for the shutdown is not atomic."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults import child

GOING_DOWN, NO_LOG_FLUSH = 0x8004587D, 2
COUNT = 40


class Ext4:
    """A small file system in a file."""

    def __init__(self, folder: Path) -> None:
        self.image, self.mount = folder / "image", folder / "mount"
        self.mount.mkdir()
        with self.image.open("wb") as file:
            file.truncate(64 << 20)
        _run("mkfs.ext4", "-q", "-F", str(self.image))
        self.up()

    def up(self) -> None:
        _run("mount", "-o", "loop", str(self.image), str(self.mount))

    def down(self) -> None:
        _run("umount", str(self.mount))

    def cut(self) -> None:
        import fcntl

        handle = os.open(self.mount, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, GOING_DOWN, NO_LOG_FLUSH.to_bytes(4, "little"))
        finally:
            os.close(handle)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Ext4]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("needs root")
    if not shutil.which("mkfs.ext4"):
        pytest.skip("mkfs.ext4 is not installed")
    try:
        made = Ext4(tmp_path)
    except OSError as error:
        pytest.skip(f"needs root with loop mounts ({error})")
    yield made
    subprocess.run(["umount", str(made.mount)], capture_output=True)


def cut(disk: Ext4, number: int, dice: random.Random, states: list[child.Seen], whole: float) -> str:
    """One cut at a random moment; what is wrong afterwards."""
    folder = disk.mount / f"run{number}"
    player = child.start(folder, number % 3, COUNT)
    player.go()
    time.sleep(dice.uniform(0, whole))
    before = time.monotonic()
    disk.cut()
    player.kill()
    stamps, _ = player.finish()
    disk.down()
    disk.up()
    safe = sum(stamp < before for stamp in stamps)
    problem = child.check(folder, states, safe - 1, most=3 + len(stamps) - safe)
    shutil.rmtree(folder, ignore_errors=True)
    return problem


def cuts(disk: Ext4, count: int) -> list[str]:
    dice, wrong, states, whole = random.Random(count), [], {}, {}
    for seed in range(3):
        begun = time.monotonic()
        states[seed] = child.expected(disk.mount / f"oracle{seed}", seed, COUNT)
        whole[seed] = time.monotonic() - begun
        shutil.rmtree(disk.mount / f"oracle{seed}")
    for number in range(count):
        problem = cut(disk, number, dice, states[number % 3], whole[number % 3])
        wrong += [f"cut {number}: {problem}"] if problem else []
    return wrong


def test_a_power_cut_on_ext4(disk: Ext4, record_property: Callable[[str, object], None]) -> None:
    wrong = cuts(disk, 6)
    record_property("tries", 6)
    record_property("lost", len(wrong))
    assert wrong == []


@pytest.mark.full
@pytest.mark.timeout(7200)
def test_a_thousand_power_cuts(disk: Ext4, record_property: Callable[[str, object], None]) -> None:
    wrong = cuts(disk, 1000)
    record_property("tries", 1000)
    record_property("lost", len(wrong))
    assert wrong == []
