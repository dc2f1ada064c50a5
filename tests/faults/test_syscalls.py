"""kill -9 at every single call to the kernel (F2), by strace's fault injection: nothing acknowledged is lost (P1)."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.faults import child

CALLS = ("openat", "write", "fsync", "close", "rename", "mkdir", "unlink", "%fstat")
SEED, COUNT = 4, 8
PATIENCE = 20


@cache
def _why_not() -> str:
    if shutil.which("strace") is None:
        return "strace is not installed"
    done = subprocess.run(
        ["strace", "-o", "/dev/null", "-e", "inject=getppid:signal=CONT", "true"], capture_output=True
    )
    return "" if done.returncode == 0 else "needs root that may trace"


@pytest.fixture(autouse=True)
def strace() -> None:
    if _why_not():
        pytest.skip(_why_not())


def killed_at(folder: Path, call: str, number: int) -> tuple[int, bool]:
    """Play until the n-th such call; how many gestures were acknowledged (-1: none), and whether it ended first."""
    player = child.start(folder, SEED, COUNT)
    tracing = subprocess.Popen(
        f"strace -p {player.pid} -o /dev/null -e trace={call} -e inject={call}:signal=KILL:when={number}".split(),
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracing.stderr is not None
    said = tracing.stderr.readline()
    if "attached" not in said:
        player.kill()
    else:
        player.go()
    stamps, code = player.finish()
    tracing.communicate(timeout=PATIENCE)
    if "attached" not in said:
        pytest.skip(f"needs root that may trace: {said.strip()}")
    assert code in (0, -9)
    return len(stamps) - 1, code == 0


def every(tmp_path: Path, call: str, step: int) -> tuple[int, list[str]]:
    """Every `step`-th of these calls in one scripted visit."""
    states = child.expected(tmp_path / "oracle", SEED, COUNT)
    number, tried, wrong, ended = 1, 0, [], False
    while not ended:
        folder = tmp_path / f"run{number}"
        acknowledged, ended = killed_at(folder, call, number)
        problem = child.check(folder, states, acknowledged)
        wrong += [f"{call} {number}: {problem}"] if problem else []
        tried, number = tried + 1, number + step
    return tried, wrong


STEPS = {"openat": 12, "write": 7, "fsync": 6, "close": 17, "rename": 3, "mkdir": 3, "unlink": 1, "%fstat": 9}


@pytest.mark.parametrize("call", CALLS)
def test_killed_at_some_calls(tmp_path: Path, call: str, record_property: Callable[[str, object], None]) -> None:
    tried, wrong = every(tmp_path, call, STEPS[call])
    record_property("tries", tried)
    record_property("lost", len(wrong))
    assert wrong == []


@pytest.mark.full
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_call(tmp_path: Path, call: str, record_property: Callable[[str, object], None]) -> None:
    tried, wrong = every(tmp_path, call, 1)
    record_property("tries", tried)
    record_property("lost", len(wrong))
    assert wrong == []
    assert tried > {"mkdir": 2, "unlink": 1}.get(call, 4)
