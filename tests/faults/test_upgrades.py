"""Older formats are brought up to date in small steps, in order, and a crash inside one is harmless (F17); what a
newer program wrote is said and left alone. The journal has no older format yet: its steps here are the test's own."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Branch, Store, backups, files, generations, index, lines, load, upgrades
from auditor.store import branches as register
from auditor.store import store as stores
from auditor.store.journal import NAME as JOURNAL
from auditor.store.restore import restore_all
from auditor.store.verify import verify
from tests.faults.disk import BROKEN, DISK_FULL, Failing, PowerCut, _Inode, lay_out, seam
from tests.faults.operations import prepared
from tests.faults.scene import Seen, seen

SHAPE = Path(__file__).resolve().parents[1] / "auditor" / "shapes" / "1"
NOW = lines.FORMAT


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "sync", lambda _handle: None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return prepared(tmp_path / "stage") / "data"


def noting(mark: str) -> Callable[[load.Tables], load.Tables]:
    """A step that is seen, and seen twice if it is taken twice."""

    def step(tables: load.Tables) -> load.Tables:
        for row in tables["answers"].values():
            row["note"] = row.get("note", "") + mark
        return tables

    return step


@pytest.fixture
def later(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This program, two formats after the one that wrote the folder."""
    assert folder.is_dir()
    for module in (lines, load, stores):
        monkeypatch.setattr(module, "FORMAT", NOW + 2)
    monkeypatch.setattr(load, "UPGRADES", {NOW: noting("甲"), NOW + 1: noting("乙")})


def ids_in(folder: Path) -> list[str]:
    with Store.open(folder) as reader:
        return sorted(reader.library.ids())


def notes(folder: Path, id_: str) -> set[str]:
    with Store.open(folder) as reader:
        return {answer.note for answer in reader.read(id_).answers.values()}


def journal(folder: Path, id_: str) -> Path:
    with Store.open(folder) as reader:
        return reader.library.folder_of(id_) / JOURNAL


def test_steps_are_taken_in_order() -> None:
    steps: dict[int, Callable[[str], str]] = {one: lambda text, one=one: f"{text}{one}" for one in (3, 1, 2)}
    assert [upgrades.upgraded("", number, 4, steps) for number in (1, 3, 4)] == ["123", "3", ""]


@pytest.mark.usefixtures("later")
def test_reading_an_older_journal_shows_it_as_of_now_and_writes_nothing(folder: Path) -> None:
    for id_ in ids_in(folder):
        before = journal(folder, id_).read_bytes()
        assert notes(folder, id_) == {"甲乙"}
        assert journal(folder, id_).read_bytes() == before
    with Store.open(folder) as reader:
        assert verify(reader).count("damaged") == 0


@pytest.mark.usefixtures("later")
def test_writing_adds_one_line_and_leaves_the_older_ones_as_they_are(folder: Path) -> None:
    """The older lines are the backup: cut off the last, and the file is what the older program wrote."""
    draft = ids_in(folder)[0]
    before = journal(folder, draft).read_bytes()
    with Store.open(folder, write=True) as store:
        opened = store.open_audit(draft)
        after = journal(folder, draft).read_bytes()
        assert after.startswith(before)
        assert after[len(before) :].count(b"\n") == 1
        assert not opened.can_undo
        opened.answer("q0", Answer("no"))
        opened.undo()
        opened.close()
        assert store.history(draft)[-3].what == "upgrade"
    assert notes(folder, draft) == {"甲乙"}
    with Store.open(folder, write=True) as store:
        size = journal(folder, draft).stat().st_size
        store.open_audit(draft).close()
        assert journal(folder, draft).stat().st_size == size
        assert verify(store).count("damaged") == 0


def test_the_older_program_shows_what_the_newer_wrote_and_leaves_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, path = ids_in(folder)[0], journal(folder, ids_in(folder)[0])
    with monkeypatch.context() as patch:
        for module in (lines, load, stores):
            patch.setattr(module, "FORMAT", NOW + 1)
        patch.setattr(load, "UPGRADES", {NOW: noting("甲")})
        with Store.open(folder, write=True) as store:
            store.open_audit(draft).close()
    written = path.read_bytes()
    with Store.open(folder, write=True) as store:
        assert store.read(draft).read_only == "store.read_only.newer"
        with pytest.raises(AuditorError, match="版本"):
            store.open_audit(draft)
    assert path.read_bytes() == written


class Gone(BaseException):
    """The process ends here."""


class Dying:
    """Gone at the n-th call; nothing is done after it."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.count = 0

    def __call__(self, _kind: str, real: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        if self.count >= self.at:
            raise Gone
        return real(*args)


def deaths(folder: Path, work: Callable[[Store], object]) -> Iterator[Path]:
    """A copy of the folder after dying at the first call of `work`, the second, … until it comes to its end."""
    at, ended = 0, False
    while not ended:
        at += 1
        copy = folder.with_name(f"died{at}")
        shutil.copytree(folder, copy)
        store = Store.open(copy, write=True)
        try:
            with seam(Dying(at)):
                work(store)
            ended = True
        except Gone:
            pass
        assert store._lock is not None
        store._lock.release()
        yield copy
        shutil.rmtree(copy)


@pytest.mark.usefixtures("later")
def test_dying_at_any_call_of_an_upgrade_is_harmless(
    folder: Path, record_property: Callable[[str, object], None]
) -> None:
    draft, tried = ids_in(folder)[0], 0
    for copy in deaths(folder, lambda store: store.open_audit(draft)):
        tried += 1
        assert notes(copy, draft) == {"甲乙"}
        with Store.open(copy, write=True) as store:
            store.open_audit(draft).close()
            assert verify(store).count("damaged") == 0
        assert notes(copy, draft) == {"甲乙"}
    assert tried > 4
    record_property("tries", tried)


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("code", [DISK_FULL, BROKEN])
def test_a_disk_that_refuses_an_upgrade_is_said_and_it_is_done_later(
    folder: Path, code: int, lasting: bool, record_property: Callable[[str, object], None]
) -> None:
    draft, at, struck = ids_in(folder)[0], 0, True
    while struck:
        at += 1
        copy, fault = folder.with_name(f"refused{at}"), Failing(at, code, lasting=lasting, short=True)
        shutil.copytree(folder, copy)
        with Store.open(copy, write=True) as store:
            with seam(fault), suppress(AuditorError):
                store.open_audit(draft).close()
            assert notes(copy, draft) == {"甲乙"}
            if not store._open or store._open[draft].closed:
                store.open_audit(draft).close()
            assert verify(store).count("damaged") == 0
        assert notes(copy, draft) == {"甲乙"}
        struck = fault.struck > 0
        shutil.rmtree(copy)
    record_property("tries", at)


@pytest.mark.usefixtures("later")
def test_a_power_cut_inside_an_upgrade_is_harmless(
    folder: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    draft, dice, states = ids_in(folder)[0], random.Random(1), {}
    disk = PowerCut(folder)
    for path in sorted(folder.rglob("*")):
        disk._names[path] = None if path.is_dir() else _Inode(bytearray(path.read_bytes()), path.read_bytes())
    disk._safe_names = dict(disk._names)

    def through(kind: str, real: Callable[..., object], *args: object) -> object:
        result = disk(kind, real, *args)
        for state in disk.states(dice):
            states.setdefault(hash(tuple(sorted(state.items()))), state)
        return result

    with seam(through), Store.open(folder, write=True) as store:
        store.open_audit(draft).close()
    for state in states.values():
        lay_out(state, tmp_path / "cut")
        assert notes(tmp_path / "cut", draft) == {"甲乙"}
        with Store.open(tmp_path / "cut", write=True) as store:
            assert verify(store).count("damaged") == 0
        shutil.rmtree(tmp_path / "cut")
    assert len(states) > 10
    record_property("tries", len(states))


def told(folder: Path) -> dict[str, Seen]:
    with Store.open(folder) as reader:
        return {row.id: seen(reader.read(row.id)) for row in reader.rows()}


def test_the_register_of_an_older_program_is_kept_beside_the_new_one(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """A real step: format 1 had no checksum. Dying at any call leaves the old register or the new one, whole."""
    shutil.copytree(SHAPE, tmp_path / "data")
    older = (tmp_path / "data" / register.NAME).read_bytes()
    assert older.startswith(b'{"branches":1}')
    with Store.open(tmp_path / "data") as reader:
        before = reader.branches.all()
    new = Branch("7301999", "新设支行")
    tried = 0
    for copy in deaths(tmp_path / "data", lambda store: store.branches.merge([new])):
        tried += 1
        with Store.open(copy) as reader:
            assert reader.branches.all() in (before, sorted([*before, new], key=lambda one: one.code))
        kept = copy / f"{register.NAME}.format-1"
        if (copy / register.NAME).read_bytes() != older:
            assert kept.read_bytes() == older
    assert tried > 5
    record_property("tries", tried)


def test_the_register_of_a_newer_program_is_said_and_left_alone(data: Path) -> None:
    newer = b'{"branches":9,"rows":0,"crc":0,"more":1}\n'
    with Store.open(data, write=True) as store:
        (data / register.NAME).write_bytes(newer)
        for work in (store.branches.all, lambda: store.branches.merge([Branch("1", "城东支行")])):
            with pytest.raises(AuditorError) as refused:
                work()
            assert refused.value.key == "store.newer"
    assert (data / register.NAME).read_bytes() == newer


def test_backups_of_an_older_program_are_restored_from(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The step of the test's own: the older list had another name for each file's object."""
    before, target = told(folder), backups.target_of(folder)
    backups.backup(folder)
    (name,) = generations.names(target)
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT + 1)
    taken: list[int] = []
    monkeypatch.setattr(generations, "UPGRADES", {generations.FORMAT - 1: lambda found: taken.append(1) or found})
    with Store.open(tmp_path / "new", write=True) as store:
        assert restore_all(store, target).problems == []
    assert told(tmp_path / "new") == before
    assert taken
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT - 2)
    with pytest.raises(AuditorError) as refused:
        generations.read(target, name)
    assert (refused.value.key, Path(refused.value.values["file"]).name) == ("store.newer", name)


@pytest.mark.parametrize("by", [-1, 1])
def test_an_index_of_another_format_is_made_anew(folder: Path, monkeypatch: pytest.MonkeyPatch, by: int) -> None:
    """It is derived: older or newer, the journals say what stands in it."""
    before = told(folder)
    with monkeypatch.context() as patch:
        patch.setattr(index, "FORMAT", index.FORMAT + by)
        with Store.open(folder, write=True) as store:
            store.library.compact()
    assert not index.read_index(folder / index.NAME).sound
    assert told(folder) == before
    with Store.open(folder, write=True) as store:
        assert len(store.rows()) == 3
    assert index.read_index(folder / index.NAME).sound
