"""`verify`: what is damaged, what is only left over, and in which words (design §5, P2, P5, S9)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.store import OpenAudit, Store
from auditor.store.clock import Clock
from auditor.store.index import NAME as INDEX
from auditor.store.journal import NAME, Journal, read_journal
from auditor.store.verify import Report, verify
from auditor.words import LANGUAGES, speaking
from tests.faults.scene import fill_all, header, picture, small_checklist


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


@pytest.fixture
def finished(store: Store) -> OpenAudit:
    opened = store.create(small_checklist(), header())
    fill_all(opened)
    opened.add_photo("q0", picture())
    opened.finish()
    opened.close()
    return opened


def errors(report: Report) -> list[str]:
    return [problem.key for problem in report.problems() if problem.severity == "error"]


def warnings(report: Report) -> list[str]:
    return [problem.key for problem in report.problems() if problem.severity == "warning"]


def test_a_sound_folder_is_said_to_be_sound(store: Store, finished: OpenAudit) -> None:
    report = verify(store)
    assert (report.problems(), report.count("ok")) == ([], 1)
    assert report.as_json()["audits"] == [{"audit": finished.audit.id, "state": "ok", "problems": []}]
    assert json.dumps(report.as_json())


def test_an_empty_folder_is_sound(store: Store) -> None:
    assert verify(store).problems() == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("place", [400, -2500])
def test_damage_is_said_with_file_and_remedy(store: Store, finished: OpenAudit, lang: str, place: int) -> None:
    path = store.library.folder_of(finished.audit.id) / NAME
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))
    with speaking(lang):
        report = verify(store)
        assert str(path) in report.text()
        assert all(problem.remedy() for problem in report.problems())
        assert not any("{" in problem.message() for problem in report.problems())


def test_a_photo_that_is_gone_or_changed_is_damage(store: Store, finished: OpenAudit) -> None:
    path = store.photo_path(finished.audit.id, finished.audit.answers["q0"].photos[0].sha256)
    data = path.read_bytes()
    path.write_bytes(data[:-5] + b"XXXXX")
    assert errors(verify(store)) == ["store.verify.photo_changed"]
    path.unlink()
    assert errors(verify(store)) == ["store.verify.photo_missing"]


def test_a_photo_nobody_names_is_mentioned_and_no_harm(store: Store) -> None:
    opened = store.create(small_checklist(), header())
    opened.add_photo("q0", picture())
    opened.undo()
    opened.close()
    report = verify(store)
    assert (warnings(report), report.count("ok")) == (["store.verify.photo_orphan"], 1)


def test_leftovers_of_a_crash_are_named_and_are_no_damage(store: Store, finished: OpenAudit, data: Path) -> None:
    """design §5: torn tail, temporary files, torn index: verify names them and exits 0."""
    folder = store.library.folder_of(finished.audit.id)
    with (folder / NAME).open("ab") as journal:
        journal.write(b'{"body":{"seq":9')
    (folder / "journal.tail-1").write_bytes(b"torn")
    (folder / ".journal.jsonl.0011.writing").write_bytes(b"half")
    (data / ".library.jsonl.0011.writing").write_bytes(b"half")
    with (data / INDEX).open("ab") as index:
        index.write(b'["00')
    report = verify(store)
    assert errors(report) == []
    assert sorted(warnings(report)) == [
        "store.verify.index_torn",
        "store.verify.kept_tail",
        "store.verify.temporary",
        "store.verify.temporary",
        "store.verify.torn_tail",
    ]
    assert report.count("leftover") == 1


def test_a_frozen_score_that_the_answers_do_not_give_is_found(store: Store, finished: OpenAudit) -> None:
    """S9, P5: even when somebody rewrites the journal with every hash right."""
    folder = store.library.folder_of(finished.audit.id)
    loaded = store.load(finished.audit.id)
    state = dict(loaded.state.rows["visit"]["state"])
    state["score"] = {**state["score"], "total": "99.9"}
    journal = Journal(folder, read_journal(folder), Clock())
    journal.append("finish", {("visit", "state"): state})
    journal.close()
    store.library.refresh(finished.audit.id)
    assert "store.verify.score_differs" in errors(verify(store))


@pytest.mark.usefixtures("finished")
def test_chosen_audits_only(store: Store) -> None:
    other = store.create(small_checklist(), header())
    other.answer("q0", Answer("yes"))
    other.close()
    assert [one.audit for one in verify(store, [other.audit.id]).audits] == [other.audit.id]


def test_an_audit_whose_folder_vanished_is_damage(store: Store, finished: OpenAudit, tmp_path: Path) -> None:
    store.library.folder_of(finished.audit.id).rename(tmp_path / "elsewhere")
    assert errors(verify(store)) == ["store.verify.audit_gone"]


def test_reading_a_folder_changes_nothing_in_it(data: Path) -> None:
    """design §5: verify, list and show take no lock and write nothing."""
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        opened.close()
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    with Store.open(data) as reader:
        verify(reader)
        reader.rows()
        reader.read(opened.audit.id)
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before
