"""A disk that fails at every n-th call, once or for good (F5, F6): nothing acknowledged is lost (P1, P2)."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.store import OpenAudit, Store, files, journal
from auditor.store.verify import verify
from tests.faults.disk import BROKEN, DISK_FULL, FORBIDDEN, TOO_MANY, Failing, seam
from tests.faults.scene import Seen, gestures, header, seen, small_checklist

FAULTS = {
    "ENOSPC": {"code": DISK_FULL},
    "ENOSPC short": {"code": DISK_FULL, "short": True, "kinds": ("write",)},
    "EIO fsync": {"code": BROKEN, "kinds": ("sync",)},
    "EIO write": {"code": BROKEN, "kinds": ("write",), "short": True},
    "EACCES replace": {"code": FORBIDDEN, "kinds": ("replace",)},
    "EMFILE": {"code": TOO_MANY, "kinds": ("open_file",)},
}


def carry_on(opened: OpenAudit, work: list[Callable[[OpenAudit], object]], wrong: list[str]) -> None:
    """Every gesture; one that is refused must leave what is shown as it was."""
    for gesture in work:
        before = seen(opened.audit)
        try:
            gesture(opened)
        except AuditorError as error:
            if not error.key.startswith("store."):
                wrong.append(f"said {error.key}")
            if seen(opened.audit) != before:
                wrong.append(f"shown although not saved: {error.key}")


def trial(folder: Path, fault: Failing, seed: int = 1, count: int = 6) -> tuple[bool, list[str]]:
    """Whether the fault struck, and what went wrong."""
    work = list(gestures(random.Random(seed), count))
    wrong: list[str] = []
    with Store.open(folder, write=True) as store:
        opened = store.create(small_checklist(), header())
        id_ = opened.audit.id
        with seam(fault):
            carry_on(opened, work, wrong)
            during = seen(opened.audit)
            found = after_restart(folder, id_)
            if found != during and not opened.audit.read_only:
                wrong.append(f"on disk {found}, shown {during}")
            fault.heal()
            carry_on(opened, work[:3], wrong)
        after = seen(opened.audit)
        opened.close()
    if after_restart(folder, id_) != after:
        wrong.append(f"after healing, on disk {after_restart(folder, id_)}, shown {after}")
    with Store.open(folder, write=True) as store:
        if verify(store).count("damaged") or [row.id for row in store.rows()] != [id_]:
            wrong.append(verify(store).text())
    return fault.struck > 0, wrong


def after_restart(folder: Path, id_: str) -> Seen | None:
    """What a fresh process reads."""
    with Store.open(folder) as reader:
        try:
            return seen(reader.read(id_))
        except AuditorError:
            return None


def every_call(tmp_path: Path, name: str, lasting: bool, seed: int = 1, count: int = 6) -> tuple[int, list[str]]:
    """The fault at the first call, the second, … until it no longer strikes."""
    at, wrong, struck = 0, [], True
    while struck:
        at += 1
        fault = Failing(at, lasting=lasting, **FAULTS[name])  # type: ignore[arg-type]
        struck, found = trial(tmp_path / f"{seed}-{at}", fault, seed, count)
        wrong += [f"{name} at call {at}: {one}" for one in found]
    return at, wrong


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is cut here, so the real fsync may be spared."""
    monkeypatch.setattr(files, "sync", lambda _handle: None)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_at_every_call_loses_nothing(
    tmp_path: Path, name: str, lasting: bool, record_property: Callable[[str, object], None]
) -> None:
    """P1, P2: what was acknowledged is on disk, what was not is not shown; work goes on once the disk is well."""
    tried, wrong = every_call(tmp_path, name, lasting)
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []
    assert tried > 2 or name in ("EACCES replace", "EMFILE")


@pytest.mark.full
@pytest.mark.parametrize("seed", range(2, 12))
@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_at_every_call_of_longer_visits(
    tmp_path: Path, name: str, seed: int, record_property: Callable[[str, object], None]
) -> None:
    done = [every_call(tmp_path / str(lasting), name, lasting, seed, count=25) for lasting in (False, True)]
    record_property("tries", sum(tried for tried, _ in done))
    assert [wrong for _, wrong in done] == [[], []]


def test_carrying_on_after_an_error_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Mutant: a naive journal that goes on writing behind a torn line, or believes a failed fsync."""

    def append(self: files.Appender, data: bytes, _while_syncing: object = None) -> None:
        try:
            files._write_all(self._handle, data)
            files.sync(self._handle)
        except OSError as error:
            raise files.explained(error, self.path) from error
        self.length += len(data)

    monkeypatch.setattr(files.Appender, "append", append)
    monkeypatch.setattr(journal.Journal, "_mend", lambda self: setattr(self, "trouble", None))
    assert every_call(tmp_path, "EIO write", lasting=False)[1]
