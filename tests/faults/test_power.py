"""A power cut at every call, with whatever was not fsynced lost, torn or zeroed (F3): P1, P2."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.store import Store, files
from auditor.store.verify import verify
from tests.faults.disk import PowerCut, lay_out, seam
from tests.faults.scene import Seen, gestures, header, seen, small_checklist, the_one


class Played:
    """A visit played on a disk whose power may fail; `acknowledged` holds what had been promised at each call."""

    def __init__(self, folder: Path) -> None:
        self.disk = PowerCut(folder)
        self.promises: list[Seen | None] = [None]
        self.broken: list[str] = []

    def run(self, folder: Path, seed: int, count: int, check: Callable[[], None]) -> None:
        dice = random.Random(seed)

        def through(kind: str, real: Callable[..., object], *args: object) -> object:
            result = self.disk(kind, real, *args)
            check()
            return result

        with seam(through), Store.open(folder, write=True) as store:
            opened = store.create(small_checklist(), header())
            self.promises.append(seen(opened.audit))
            for gesture in gestures(dice, count):
                gesture(opened)
                self.promises.append(seen(opened.audit))
            opened.close()


def play(tmp_path: Path, seed: int, count: int, every: int = 1) -> tuple[int, list[str]]:
    """Play a visit, cutting the power at every `every`-th call; how many states were looked at, which were wrong."""
    folder, tried, wrong = tmp_path / f"data{seed}", 0, []
    folder.mkdir()
    played, dice = Played(folder), random.Random(seed)
    seen_before: dict[tuple[int, int], dict[Path, bytes]] = {}

    def check() -> None:
        if played.disk.calls % every == 0:
            for state in played.disk.states(dice):
                seen_before.setdefault((len(played.promises) - 1, hash(tuple(sorted(state.items())))), state)

    played.run(folder, seed, count, check)
    monkey = pytest.MonkeyPatch()
    monkey.setattr(files, "sync", lambda _handle: None)
    for (at, _), state in seen_before.items():
        tried += 1
        allowed = played.promises[at : at + 2]
        problem = after_cut(tmp_path / f"cut{seed}", state, allowed)
        if problem:
            wrong.append(f"call of promise {at}: {problem}")
            if len(wrong) > 5:
                break
    monkey.undo()
    return tried, wrong


def after_cut(root: Path, state: dict[Path, bytes], allowed: list[Seen | None]) -> str:
    """What is wrong in the state a power cut left; "" when every promise holds."""
    lay_out(state, root)
    try:
        id_ = the_one(root)
        found = None
        if id_:
            try:
                with Store.open(root) as store:
                    found = seen(store.read(id_))
            except AuditorError as error:
                if error.key != "store.not_begun":
                    return f"{error.key} {error.values}"
        if found not in allowed:
            return f"found {found}, promised {allowed[0]}"
        with Store.open(root, write=True) as store:
            rows = store.rows()
            report = verify(store)
        if report.count("damaged"):
            return "; ".join(problem.message() for problem in report.problems())
        return "" if bool(rows) == (found is not None) else f"library {rows}"
    finally:
        shutil.rmtree(root)


def test_a_power_cut_loses_nothing_acknowledged(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """P1, P2: right after every cut, and no journal is called damaged."""
    tried, wrong = play(tmp_path, seed=1, count=20)
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []
    assert tried > 200


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_fifty_thousand_power_cuts(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    tried = seed = 0
    while tried < 50_000:
        seed += 1
        more, wrong = play(tmp_path, seed, count=60)
        assert wrong == []
        tried += more
    record_property("tries", tried)


MUTANTS = {
    "no fsync before replace": ("_sync_file", lambda _path: None),
    "no fsync of the folder": ("sync_folder", lambda _path: None),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_mutants_are_caught(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check above bites: a store that skips an fsync is found out."""
    monkeypatch.setattr(files, *MUTANTS[name])
    assert play(tmp_path, seed=1, count=4)[1]


def test_acknowledging_before_the_fsync_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def append(self: files.Appender, data: bytes, _while_syncing: object = None) -> None:
        files._write_all(self._handle, data)
        self.length += len(data)

    monkeypatch.setattr(files.Appender, "append", append)
    assert play(tmp_path, seed=1, count=4)[1]
