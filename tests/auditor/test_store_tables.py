"""TinyDB over the journal: whatever its API does, replay gives the same rows, one line per gesture (design §5)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import where
from tinydb.operations import increment
from tinydb.table import Document

from auditor.errors import AuditorError
from auditor.store import files
from auditor.store.clock import Clock
from auditor.store.journal import Journal, begin, fold, read_journal
from auditor.store.tables import AuditTables
from tests.faults.disk import BROKEN, Failing, seam

ID = "20260305T021205Z-a1b2c3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / ID


@pytest.fixture
def tables(folder: Path) -> Iterator[AuditTables]:
    reading = begin(folder, {("visit", "about"): {"id": ID}}, Clock())
    opened = AuditTables(Journal(folder, reading, Clock()), fold(reading))
    yield opened
    opened.close()


def replayed(folder: Path) -> dict[str, dict[str, Any]]:
    """The rows as a fresh process reads them, without empty tables."""
    reading = read_journal(folder)
    assert not reading.fault
    return {name: rows for name, rows in fold(reading).rows.items() if rows}


def in_memory(tables: AuditTables) -> dict[str, dict[str, Any]]:
    return {
        name: {doc.doc_id: dict(doc) for doc in tables.table(name)} for name in tables.tables() if tables.table(name)
    }


def test_everything_tinydb_can_do_is_there_after_replay(tables: AuditTables, folder: Path) -> None:
    """P1. TinyDB changes rows in place: a storage that compared would write nothing, quickly."""
    answers = tables.table("answers")
    gestures = [
        lambda: answers.insert(Document({"value": "yes", "n": 1}, doc_id="a")),
        lambda: answers.insert_multiple([Document({"n": n}, doc_id=f"m{n}") for n in range(3)]),
        lambda: answers.update({"value": "no"}, doc_ids=["a"]),
        lambda: answers.update({"seen": True}, where("n") == 1),
        lambda: answers.update(increment("n")),
        lambda: answers.update(lambda row: row.setdefault("list", []).append(1), doc_ids=["a"]),
        lambda: answers.update(lambda row: row["list"].append(2), doc_ids=["a"]),
        lambda: answers.update_multiple([({"value": "x"}, where("n") == 2)]),
        lambda: answers.upsert(Document({"value": "new"}, doc_id="u")),
        lambda: answers.upsert({"value": "newer"}, where("value") == "new"),
        lambda: answers.remove(doc_ids=["m0"]),
        lambda: answers.remove(where("n") == 3),
        lambda: answers.put({"p": {"value": "put"}, "a": None}),
        lambda: answers.truncate(),
    ]
    for count, gesture in enumerate(gestures, 2):
        gesture()
        assert replayed(folder) == in_memory(tables)
        assert read_journal(folder).seq == count


def test_queries_see_what_was_saved(tables: AuditTables) -> None:
    answers = tables.table("answers")
    answers.insert(Document({"value": "yes"}, doc_id="q1"))
    assert answers.get(doc_id="q1") == {"value": "yes"}
    assert answers.search(where("value") == "yes")[0].doc_id == "q1"
    answers.update({"value": "no"}, doc_ids=["q1"])
    assert answers.search(where("value") == "yes") == []
    assert answers.contains(where("value") == "no")
    assert len(answers) == 1


def test_nothing_changed_is_nothing_written(tables: AuditTables, folder: Path) -> None:
    tables.table("answers").put({"q1": {"value": "yes"}})
    before = read_journal(folder).size
    tables.table("answers").put({"q1": {"value": "yes"}})
    tables.table("answers").update({"value": "yes"}, doc_ids=["q1"])
    tables.table("answers").remove(doc_ids=["nobody"])
    assert read_journal(folder).size == before


def test_many_answers_are_one_line_and_one_sync(tables: AuditTables, folder: Path) -> None:
    """design §5: one `fill` is one line and one fsync."""
    calls: list[str] = []

    def through(kind: str, real: Any, *args: Any) -> Any:
        calls.append(kind)
        return real(*args)

    with seam(through):
        tables.put("fill", {"answers": {f"q{n}": {"value": "yes"} for n in range(150)}, "instances": {}})
    assert calls == ["write", "sync"]
    assert read_journal(folder).seq == 2
    assert len(replayed(folder)["answers"]) == 150


def test_a_gesture_that_fails_half_way_writes_nothing(tables: AuditTables, folder: Path) -> None:
    """design §5: all or nothing."""

    def half() -> None:
        with tables.gesture("fill"):
            tables.table("answers").insert(Document({"value": "yes"}, doc_id="q1"))
            assert tables.table("answers").get(doc_id="q1")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert tables.table("answers").get(doc_id="q1") is None
    assert read_journal(folder).seq == 1


@pytest.mark.parametrize("kind", ["write", "sync"])
def test_memory_never_runs_ahead_of_the_disk(tables: AuditTables, folder: Path, kind: str) -> None:
    """P1: what could not be saved is not shown as saved, not even for the in-place changes of TinyDB."""
    answers = tables.table("answers")
    answers.insert(Document({"list": [1]}, doc_id="q1"))
    with seam(Failing(1, BROKEN, kinds=(kind,))), pytest.raises(AuditorError):
        answers.update(lambda row: row["list"].append(2), doc_ids=["q1"])
    assert answers.get(doc_id="q1") == {"list": [1]}
    assert replayed(folder)["answers"] == {"q1": {"list": [1]}}


def test_a_table_can_be_dropped(tables: AuditTables, folder: Path) -> None:
    tables.table("answers").put({"q1": {"value": "yes"}})
    tables.table("instances").put({"teller": {"numbers": [1]}})
    tables.drop_table("answers")
    assert "answers" not in replayed(folder)
    tables.drop_tables()
    assert replayed(folder) == {}


def test_rows_are_named_by_paths_not_counted(tables: AuditTables) -> None:
    with pytest.raises(TypeError):
        tables.table("answers").insert({"value": "yes"})


def test_random_changes_replay_equal(tables: AuditTables, folder: Path) -> None:
    """P1: 400 random changes through TinyDB, every row recovered."""
    dice, answers = random.Random(11), tables.table("answers")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "sync", lambda _handle: None)
        for number in range(400):
            path = f"q{dice.randrange(40)}"
            match dice.randrange(4):
                case 0:
                    answers.upsert(Document({"value": number}, doc_id=path))
                case 1:
                    answers.update({"note": f"备注{number}"}, where("value") > dice.randrange(400))
                case 2:
                    answers.remove(doc_ids=[path])
                case 3:
                    answers.put({path: {"value": number}, f"q{dice.randrange(40)}": None})
    assert replayed(folder) == in_memory(tables)
    assert len(replayed(folder)["answers"]) > 10
