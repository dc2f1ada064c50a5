"""Every truncation and random flips of every kind of file in a data folder (F7): right, or said to be damaged naming
the file; what is derived is made anew; nothing else is touched by it (P2, P4)."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from auditor.store import Store, branches, files, index, photos, reserve
from auditor.store.journal import NAME as JOURNAL
from auditor.store.lines import _frame, frame
from auditor.store.verify import verify
from tests.faults.folder import KINDS, World, restored_despite


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", lambda _handle: None)
        patch.setattr(reserve, "SIZE", 512)
        yield World(tmp_path_factory.mktemp("world") / "root")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No power is cut here, so the real fsync may be spared."""
    monkeypatch.setattr(files, "sync", lambda _handle: None)


def put(path: Path, data: bytes) -> None:
    path.unlink(missing_ok=True)  # writing over a file makes ext4 wait for the disk
    path.write_bytes(data)


def rotten(whole: bytes, flips: int, cuts: int) -> Iterator[tuple[str, bytes]]:
    """The file with one bit flipped, so many times; and cut short, everywhere or in so many places (0: everywhere)."""
    dice = random.Random(flips)
    for _ in range(flips if whole else 0):
        data, at, bit = bytearray(whole), dice.randrange(len(whole)), dice.randrange(8)
        data[at] ^= 1 << bit
        yield f"bit {bit} of byte {at}", bytes(data)
    lengths = range(len(whole))
    for length in lengths if not cuts or cuts > len(lengths) else sorted(dice.sample(lengths, cuts)):
        yield f"cut to {length}", whole[:length]


def judged(world: World, name: str, flips: int, cuts: int) -> tuple[int, list[str]]:
    kind, tried, wrong = KINDS[name], 0, []
    path = kind.place(world)
    if not path.exists():
        path.write_bytes(b"4711 @ host")  # a lock's holder, who was killed
    whole = path.read_bytes()
    try:
        for what, data in rotten(whole, flips, cuts):
            put(path, data)
            problem = kind.judge(world, path)
            wrong += [f"{name}, {what}: {problem}"] if problem else []
            tried += 1
            if len(wrong) > 5:
                break
    finally:
        put(path, whole)
    return tried, wrong


@pytest.mark.parametrize("name", KINDS)
def test_some_flips_and_cuts(world: World, name: str, record_property: Callable[[str, object], None]) -> None:
    tried, wrong = judged(world, name, 40, 25)
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", KINDS)
def test_ten_thousand_flips_and_every_cut(
    world: World, name: str, record_property: Callable[[str, object], None]
) -> None:
    tried, wrong = judged(world, name, 10_000, 0)
    record_property("tries", tried)
    record_property("wrong", len(wrong))
    assert wrong == []


@pytest.mark.parametrize("count", [3, pytest.param(200, marks=pytest.mark.full)])
def test_a_restore_passes_over_a_damaged_object(world: World, tmp_path: Path, count: int) -> None:
    """It is named, and the older generation's copy is put back."""
    path = world.object
    whole = path.read_bytes()
    try:
        for number, (what, data) in enumerate(rotten(whole, count, 2)):
            put(path, data)
            assert restored_despite(world, path, tmp_path / f"{number}") == "", what
            shutil.rmtree(tmp_path / f"{number}")
    finally:
        put(path, whole)


@pytest.mark.parametrize("indexed", [True, False])
@pytest.mark.parametrize("flips", [100, pytest.param(10_000, marks=pytest.mark.full)])
def test_a_frozen_score_changed_with_its_checksum_is_found_out(
    world: World, flips: int, indexed: bool, record_property: Callable[[str, object], None]
) -> None:
    """P5, S9: somebody changes the last line and makes its checksum right: the index knows the line's hash, and the
    score is worked out again from the answers."""
    path, dice, tried = world.audit(world.finished) / JOURNAL, random.Random(5), 0
    whole, listed = path.read_bytes(), (world.folder / index.NAME).read_bytes()
    *before, last = whole[:-1].split(b"\n")
    outer = _frame(last)
    body, aside = bytes(outer.body), bytes(outer.beside)
    begin, end = body.index(b'"so_far":'), body.rindex(b'"engine"')
    digits = [at for at in range(begin, end) if body[at : at + 1].isdigit()]
    if not indexed:
        (world.folder / index.NAME).unlink()
    try:
        for _ in range(flips):
            at = dice.choice(digits)
            changed = body[:at] + str((int(body[at : at + 1]) + dice.randrange(1, 10)) % 10).encode() + body[at + 1 :]
            put(path, b"\n".join([*before, frame(changed, aside)]))
            with Store.open(world.folder) as reader:
                assert verify(reader, [world.finished]).count("damaged") == 1, changed[begin:end]
            tried += 1
    finally:
        put(path, whole)
        put(world.folder / index.NAME, listed)
    record_property("tries", tried)


def test_a_damaged_register_gives_way_to_an_import(world: World, tmp_path: Path) -> None:
    """What the sentence says helps: the damaged file is kept aside."""
    shutil.copytree(world.folder, tmp_path / "data")
    path = tmp_path / "data" / branches.NAME
    path.write_bytes(path.read_bytes().replace("第3支行".encode(), "第4支行".encode()))
    with Store.open(tmp_path / "data", write=True) as store:
        assert [one.key for one in verify(store).folder] == ["store.branches_changed"]
        assert store.branches.merge(world.branches) == (6, 0)
        assert verify(store).folder == ()
    assert len(list((tmp_path / "data").glob("branches.jsonl.damaged-*"))) == 1


MUTANTS = {
    "photo": lambda patch: patch.setattr(photos, "is_sound", lambda path: path.exists()),
    "branches": lambda patch: patch.setattr(branches.zlib, "crc32", lambda *_: 0),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_store_that_looks_away_is_caught(world: World, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    MUTANTS[name](monkeypatch)
    if name == "branches":
        path = KINDS[name].place(world)
        whole = path.read_bytes()
        top, rest = whole.split(b"\n", 1)
        put(path, top[: top.index(b'"crc":')] + b'"crc":0}\n' + rest)
        try:
            assert judged(world, name, 300, 25)[1]
        finally:
            put(path, whole)
    else:
        assert judged(world, name, 40, 25)[1]
