"""Damage to what nobody opens shows in the list: journals are known by size and time stamp (P2, P4)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.store import Store
from auditor.store.index import NAME as INDEX
from auditor.store.journal import NAME as JOURNAL
from auditor.store.touched import NAME as SEEN
from auditor.store.touched import touched
from tests.faults.scene import fill_all, header, small_checklist
from ui.command_line import main


@pytest.fixture
def drafts(data: Path) -> list[str]:
    """Three drafts, closed, each of them seen."""
    ids = []
    with Store.open(data, write=True) as store:
        for _ in range(3):
            opened = store.create(small_checklist(), header())
            fill_all(opened)
            opened.close()
            ids.append(opened.audit.id)
        store.look_again()
    return ids


def journal(data: Path, audit: str) -> Path:
    return next(data.glob(f"audits/*/{audit}/{JOURNAL}"))


def cut(path: Path) -> None:
    """At a line end, under the same time stamp: only the size tells."""
    before = path.stat()
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[:-2]) + b"\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def flip(path: Path) -> None:
    """In place: only the time stamp tells."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def states(store: Store) -> dict[str, str]:
    return {row.id: row.state for row in store.rows()}


@pytest.mark.parametrize("spoil", [cut, flip])
def test_a_damaged_draft_is_damaged_in_the_list_before_anybody_opens_it(data: Path, drafts: list[str], spoil) -> None:
    spoil(journal(data, drafts[1]))
    with Store.open(data, write=True) as store:
        assert set(states(store).values()) == {"draft"}
        assert store.look_again()
        assert states(store) == {drafts[0]: "draft", drafts[1]: "damaged", drafts[2]: "draft"}
    with Store.open(data) as reader:
        assert states(reader)[drafts[1]] == "damaged", "the index was told"


def test_the_command_that_lists_sees_it_too_and_changes_nothing(
    data: Path, drafts: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    flip(journal(data, drafts[1]))
    before = {one: one.read_bytes() for one in data.iterdir() if one.is_file()}
    assert main(["--data", str(data), "--json", "list"]) == 0
    found = {one["id"]: one["state"] for one in json.loads(capsys.readouterr().out)}
    assert (found[drafts[1]], found[drafts[0]]) == ("damaged", "draft")
    assert {one: one.read_bytes() for one in data.iterdir() if one.is_file()} == before


def test_nothing_is_read_while_nothing_was_touched(data: Path, drafts: list[str]) -> None:
    with Store.open(data, write=True) as store:
        store.rows()
        looked = store.library.second_look()
        assert (looked.rows, looked.there.noted) == ({}, True)
        assert set(looked.there.seen) == set(drafts)


def test_without_the_list_of_what_was_seen_only_what_is_younger_than_the_index_is_read(
    data: Path, drafts: list[str]
) -> None:
    """A folder of an earlier program: a hundred thousand audits are not all read again."""
    for damaged in (None, b"{", b'{"journals":9,"seen":{}}'):
        (data / SEEN).unlink() if damaged is None else (data / SEEN).write_bytes(damaged)
        with Store.open(data) as store:
            store.rows()
            assert not store.library.second_look().rows
    later = (data / INDEX).stat().st_mtime_ns + 10**9
    os.utime(journal(data, drafts[2]), ns=(later, later))
    with Store.open(data, write=True) as store:
        store.rows()
        looked = store.library.second_look()
        assert set(looked.rows) == {drafts[2]}
        assert not store.library.settle_look(looked), "touched, and sound"
        store.library.keep_look(looked)
    assert touched(data, 0).audits == ()


def test_what_is_damaged_is_looked_at_every_time_and_comes_back_when_it_is_put_right(
    data: Path, drafts: list[str]
) -> None:
    sound, damaged = journal(data, drafts[0]).read_bytes(), journal(data, drafts[0])
    flip(damaged)
    for _ in range(2):
        with Store.open(data, write=True) as store:
            store.rows()
            assert set(store.library.second_look().rows) == {drafts[0]}
            store.look_again()
            assert states(store)[drafts[0]] == "damaged"
    damaged.write_bytes(sound)
    with Store.open(data, write=True) as store:
        assert store.look_again()
        assert states(store)[drafts[0]] == "draft"


def test_a_journal_that_is_gone_is_damage_and_a_folder_that_is_gone_is_no_audit(data: Path, drafts: list[str]) -> None:
    journal(data, drafts[0]).unlink()
    with Store.open(data, write=True) as store:
        store.look_again()
        assert states(store)[drafts[0]] == "damaged"


def test_an_audit_that_moved_on_meanwhile_keeps_its_newer_row(data: Path, drafts: list[str]) -> None:
    """The second look is at work while somebody answers (design §5)."""
    flip(journal(data, drafts[1]))
    with Store.open(data, write=True) as store:
        store.rows()
        os.utime(journal(data, drafts[0]))
        looked = store.library.second_look()
        assert set(looked.rows) == {drafts[0], drafts[1]}
        opened = store.open_audit(drafts[0])
        opened.answer("remark", Answer("又记一句"))
        opened.close()
        store.library.settle_look(looked)
        row = next(row for row in store.rows() if row.id == drafts[0])
        assert (row.state, row.seq) == ("draft", looked.rows[drafts[0]][0][0] + 1)
        assert states(store)[drafts[1]] == "damaged"


def test_a_look_that_is_stopped_changes_nothing(data: Path, drafts: list[str]) -> None:
    flip(journal(data, drafts[1]))
    with Store.open(data, write=True) as store:
        store.rows()
        seen = (data / SEEN).read_bytes()
        assert not store.library.settle_look(store.library.second_look(lambda: True))
        assert (data / SEEN).read_bytes() == seen


def test_an_index_that_is_rebuilt_needs_no_second_look(data: Path, drafts: list[str]) -> None:
    (data / INDEX).unlink()
    (data / SEEN).unlink()
    with Store.open(data, write=True) as store:
        assert len(store.rows()) == len(drafts)
        assert not store.library.second_look().rows
