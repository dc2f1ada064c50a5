"""Two programs on one data folder (F8): one writer, readers beside him, a stale lock in nobody's way."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Store
from auditor.store.verify import verify
from tests.faults.contest import contest
from tests.faults.scene import header, small_checklist

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from auditor.audit import Answer
from auditor.store import Store
from tests.faults.contest import contest
from tests.faults.scene import header, small_checklist
with Store.open(Path(sys.argv[1]), write=True) as store:
    opened = store.create(small_checklist(), header())
    print(opened.audit.id, flush=True)
    for number in range(int(sys.argv[2])):
        opened.answer(f"q{number % 6}", Answer("yes", note=str(number)))
        print(number, flush=True)
    opened.close()
"""


def writer(folder: Path, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), str(count)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_readers_see_only_whole_and_ever_newer_states(data: Path) -> None:
    """design §5: readers take no lock and read up to the last complete line."""
    child = writer(data, 300)
    assert child.stdout is not None
    id_ = child.stdout.readline().strip()
    newest = -1
    while child.poll() is None and newest < 290:
        said = int(child.stdout.readline() or 299)
        with Store.open(data) as reader:
            audit = reader.read(id_)
            assert audit.state == "draft"
            numbers = [int(answer.note) for answer in audit.answers.values()]
            assert max(numbers) >= said >= newest
            assert [row.state for row in reader.rows()] == ["draft"]
            newest = said
    child.communicate()
    assert newest > 10
    with Store.open(data) as reader:
        assert verify(reader).count("damaged") == 0


def test_a_second_writer_is_refused_and_does_no_harm(data: Path) -> None:
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        second = writer(data, 5)
        _, said = second.communicate(timeout=60)
        assert second.returncode != 0
        assert str(os.getpid()) in said
        opened.answer("q0", Answer("yes"))
        opened.close()
        assert store.read(opened.audit.id).answers == {"q0": Answer("yes")}
        assert len(store.rows()) == 1


def test_a_killed_writer_leaves_the_way_free(data: Path) -> None:
    child = writer(data, 100_000)
    assert child.stdout is not None
    id_ = child.stdout.readline().strip()
    child.stdout.readline()
    with pytest.raises(AuditorError, match=str(child.pid)):
        Store.open(data, write=True)
    child.kill()
    child.communicate()
    begun = time.monotonic()
    with Store.open(data, write=True) as store:
        assert time.monotonic() - begun < 1
        opened = store.open_audit(id_)
        opened.answer("q1", Answer("no"))
        opened.close()
        assert verify(store).count("damaged") == 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("runs", [6, pytest.param(200, marks=pytest.mark.full)])
def test_several_writers_some_killed_with_readers_beside_them(
    tmp_path: Path, runs: int, record_property: Callable[[str, object], None]
) -> None:
    """Two to four processes want to write; each comes in alone, some are killed as they hold the lock; two readers
    look on all the while and never see half a change, an older state, or damage."""
    lost = wrong = held = killed = looked = 0
    for number in range(runs):
        said = contest(tmp_path / f"{number}", writers=2 + number % 3, dice=number)
        lost, wrong = lost + len(said.lost), wrong + len(said.wrong)
        held, killed, looked = held + said.held, killed + said.killed, looked + said.looked
        assert (said.lost, said.wrong) == ([], [])
    record_property("tries", runs)
    assert held > runs
    assert killed > runs // 2
    assert looked > runs * 3


def test_a_lock_that_locks_nobody_out_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: the contest finds out a lock that everybody gets."""
    monkeypatch.setattr("filelock.FileLock.acquire", lambda _self: None)
    monkeypatch.setattr("filelock.FileLock.release", lambda _self: None)
    assert any(contest(tmp_path / f"{number}", writers=4, dice=number).wrong for number in range(3))
