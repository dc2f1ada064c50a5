"""kill -9 at random moments (F1): every acknowledged gesture is there, and the folder is fit to go on (P1)."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.store import OpenAudit, Store
from auditor.store.verify import verify
from tests.faults.scene import Seen, gestures, header, seen, small_checklist, the_one

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")

COUNT = 60


def expected(tmp_path: Path, seed: int) -> list[Seen]:
    """What stands after each gesture when nobody is killed; the first entry is the new audit."""
    with Store.open(tmp_path / f"oracle{seed}", write=True) as store:
        opened = store.create(small_checklist(), header())
        states = [seen(opened.audit)]
        for gesture in gestures(random.Random(seed), COUNT):
            gesture(opened)
            states.append(seen(opened.audit))
        opened.close()
    return states


def played_until_killed(folder: Path, seed: int, after: float, acknowledge: Callable[[OpenAudit], None] | None) -> int:
    """A child plays the visit and acknowledges each gesture on a pipe; how many acknowledgements got out (-1: none)."""
    incoming, outgoing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(incoming)
            store = Store.open(folder, write=True)
            opened = store.create(small_checklist(), header())
            os.write(outgoing, b".")
            for gesture in gestures(random.Random(seed), COUNT):
                gesture(opened)
                os.write(outgoing, b".")
            opened.close()
            store.close()
        finally:
            sys.stdout.flush()
            os._exit(0)
    os.close(outgoing)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    data = b""
    while more := os.read(incoming, 4096):
        data += more
    os.close(incoming)
    assert acknowledge is None
    return len(data) - 1


def check(folder: Path, states: list[Seen], acknowledged: int) -> str:
    """What is wrong after the kill; "" when every promise holds."""
    id_ = the_one(folder)
    with Store.open(folder, write=True) as store:
        damaged = verify(store).count("damaged")
        rows = store.rows()
        found = seen(store.read(id_)) if rows else None
        if damaged:
            return verify(store).text()
        if acknowledged < 0:
            return "" if found in (None, states[0]) else "something else was begun"
        if found not in states[acknowledged : acknowledged + 2]:
            return f"{acknowledged} acknowledged, found {found}"
        opened = store.open_audit(id_)
        opened.undo()
        opened.close()
    return ""


def runs(tmp_path: Path, count: int) -> int:
    """Play and kill; how many were killed in the middle."""
    dice, midway = random.Random(count), 0
    states = {seed: expected(tmp_path, seed) for seed in range(3)}
    for number in range(count):
        seed, folder = number % 3, tmp_path / f"run{number}"
        acknowledged = played_until_killed(folder, seed, dice.uniform(0, 0.12), None)
        midway += 0 <= acknowledged < COUNT
        assert check(folder, states[seed], acknowledged) == "", f"run {number}"
    return midway


def test_killed_at_random_nothing_is_lost(tmp_path: Path) -> None:
    assert runs(tmp_path, 24) > 3


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_killed_a_thousand_times(tmp_path: Path) -> None:
    assert runs(tmp_path, 1000) > 100
