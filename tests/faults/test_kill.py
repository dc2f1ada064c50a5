"""kill -9 at random moments (F1): every acknowledged gesture is there, and the folder is fit to go on (P1)."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults import child
from tests.faults.scene import KINDS

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

COUNT = 60


def runs(tmp_path: Path, count: int, kind: str = "any") -> tuple[int, list[str]]:
    """Play and kill; how many were killed in the middle, and what was wrong."""
    dice, midway, wrong = random.Random(count), 0, []
    states, times = {}, {}
    for seed in range(3):
        begun = time.monotonic()
        states[seed] = child.expected(tmp_path / f"oracle{seed}", seed, COUNT, kind)
        times[seed] = time.monotonic() - begun
    for number in range(count):
        seed, folder = number % 3, tmp_path / f"run{number}"
        player = child.start(folder, seed, COUNT, kind)
        player.go()
        time.sleep(dice.uniform(0, times[seed] * 1.1))
        player.kill()
        stamps, _ = player.finish()
        midway += 0 < len(stamps) <= COUNT
        problem = child.check(folder, states[seed], len(stamps) - 1)
        wrong += [f"run {number}: {problem}"] if problem else []
    return midway, wrong


def test_killed_at_random_nothing_is_lost(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    midway, wrong = runs(tmp_path, 24)
    record_property("tries", 24)
    record_property("lost", len(wrong))
    assert wrong == []
    assert midway > 3


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("kind", KINDS)
def test_killed_a_thousand_times(tmp_path: Path, kind: str, record_property: Callable[[str, object], None]) -> None:
    """1,000 runs per kind of operation."""
    midway, wrong = runs(tmp_path, 1000, kind)
    record_property("tries", 1000)
    record_property("lost", len(wrong))
    assert wrong == []
    assert midway > 100
