"""An audit open for writing: saved before shown, undone across restarts, frozen at finishing (P1, P5, S2, S4, S9)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.audit import Answer, Audit, Photo, Reason
from auditor.errors import AuditorError, ProblemsError
from auditor.store import OpenAudit, Store
from auditor.store.verify import verify
from tests.faults.disk import BROKEN, DISK_FULL, Failing, seam
from tests.faults.scene import fill_all, gestures, header, picture, seen, small_checklist


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


@pytest.fixture
def opened(store: Store) -> OpenAudit:
    return store.create(small_checklist(), header(shopper="青松", highlights=("整洁", "热情")))


def again(store: Store, opened: OpenAudit) -> OpenAudit:
    """Close and open, as after a restart."""
    opened.close()
    return store.open_audit(opened.audit.id)


def test_a_new_audit_is_there_at_once(store: Store, opened: OpenAudit) -> None:
    read = store.read(opened.audit.id)
    assert read == opened.audit
    assert read.header.highlights == ("整洁", "热情")
    assert read.checklist == small_checklist()
    assert read.instances == {"teller": (1,)}


def test_an_answer_leaves_all_else_of_the_audit_as_it_was() -> None:
    """P1: whatever field an audit gains, a tap carries it over."""
    audit = Audit(**{field.name: field.name for field in fields(Audit)})  # type: ignore[arg-type]
    answers = {"q0": Answer("yes")}
    assert audit.with_answers(answers) == replace(audit, answers=answers)


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        (
            "q0",
            Answer("yes", note="备注\n第二行", reasons=(Reason("未起立", "10:12", "3号", "柜员"), Reason("无三声"))),
        ),
        ("q0", Answer(na="not_observed", note="没有看到")),
        ("queue", Answer(Decimal("12.5"))),
        ("queue", Answer(Decimal(0))),
        ("wait", Answer(Decimal("368.4"))),
        ("remark", Answer("一段话 with “quotes” and \\ and 🙂")),
        ("q0", Answer(("a", "b"))),
        ("q0", Answer(0)),
        ("q0", Answer(photos=(Photo("0" * 64, "a.jpg", "说明", "2026-03-05T10:12:00", True), Photo("1" * 64)))),
        ("teller#2/smile", Answer("no")),
        ("teller#1/window", Answer("3号窗口")),
    ],
)
def test_every_kind_of_answer_comes_back_equal(store: Store, opened: OpenAudit, path: str, answer: Answer) -> None:
    """P1: replay equals memory."""
    opened.answer(path, answer)
    assert opened.audit.answers == {path: answer}
    assert store.read(opened.audit.id) == opened.audit


def test_random_gestures_replay_equal(store: Store, opened: OpenAudit) -> None:
    """P1: after each of 150 random gestures the disk says what memory says."""
    for gesture in gestures(random.Random(2), 150):
        gesture(opened)
        assert store.read(opened.audit.id) == opened.audit


def test_text_passes_the_gate(opened: OpenAudit) -> None:
    """design §5: NFC, no lone surrogates or control characters."""
    opened.answer("q0", Answer("yes", note="e\u0301\ud800\x07 好"))
    assert opened.audit.answers["q0"].note == "é 好"


@pytest.mark.parametrize(
    "path", ["nobody", "teller#0/smile", "smile", "teller#x/smile", "hall#1/q0", "teller#02/smile", ""]
)
def test_an_unknown_path_is_refused(opened: OpenAudit, path: str) -> None:
    with pytest.raises(AuditorError) as refused:
        opened.answer(path, Answer("yes"))
    assert refused.value.key == "store.no_such_item"
    assert opened.audit.answers == {}


def test_writing_to_an_instance_creates_it(store: Store, opened: OpenAudit) -> None:
    opened.answer("teller#3/smile", Answer("yes"))
    assert opened.audit.instances == {"teller": (1, 3)}
    assert opened.add_instance("teller") == 4
    opened.undo()
    opened.undo()
    assert opened.audit.instances == {"teller": (1,)}
    assert store.read(opened.audit.id) == opened.audit


def test_an_instance_goes_with_its_answers_and_comes_back_with_them(opened: OpenAudit) -> None:
    opened.answer("teller#2/smile", Answer("yes"))
    opened.answer("teller#2/window", Answer("5"))
    before = opened.audit
    opened.remove_instance("teller", 2)
    assert (opened.audit.instances, opened.audit.answers) == ({"teller": (1,)}, {})
    opened.undo()
    assert opened.audit == before


def test_there_are_only_so_many_instances(opened: OpenAudit) -> None:
    for _ in range(3):
        opened.add_instance("teller")
    with pytest.raises(AuditorError) as refused:
        opened.add_instance("teller")
    assert refused.value.key == "store.too_many_instances"
    with pytest.raises(AuditorError):
        opened.add_instance("hall")


def test_undo_and_redo_survive_a_restart(store: Store, opened: OpenAudit) -> None:
    """design §6: undo appends the inverse change and survives a restart."""
    states = [seen(opened.audit)]
    for gesture in list(gestures(random.Random(8), 30)):
        before = seen(opened.audit)
        gesture(opened)
        if seen(opened.audit) != before:
            states.append(seen(opened.audit))
    opened.apply({"q1": None, "q2": Answer("yes"), "remark": Answer("换了")})
    final = seen(opened.audit)
    opened = again(store, opened)
    steps = 0
    while opened.can_undo:
        opened.undo()
        steps += 1
        opened = again(store, opened) if steps % 5 == 0 else opened
    assert seen(opened.audit) == states[0]
    while opened.can_redo:
        opened.redo()
        opened = again(store, opened) if steps % 5 == 0 else opened
    assert seen(opened.audit) == final
    opened.close()


def test_a_new_change_ends_redoing(opened: OpenAudit) -> None:
    opened.answer("q0", Answer("yes"))
    opened.undo()
    assert opened.can_redo
    opened.answer("q1", Answer("yes"))
    assert not opened.can_redo


def test_an_unchanged_answer_writes_no_line(store: Store, opened: OpenAudit) -> None:
    opened.answer("q0", Answer("yes"))
    opened.answer("q0", Answer("yes"))
    opened.clear("q3")
    opened.set_header(opened.audit.header)
    assert store.load(opened.audit.id).reading.seq == 2


def test_one_tap_is_one_sync(opened: OpenAudit) -> None:
    """design §5: exactly one fsync a gesture, index and all."""
    calls: list[str] = []

    def through(kind: str, real: object, *args: object) -> object:
        calls.append(kind)
        return real(*args)  # type: ignore[operator]

    with seam(through):
        opened.answer("q0", Answer("yes", note="备注"))
        fill_all(opened)
    assert calls.count("sync") == 2


def test_a_photo_is_durable_before_the_line_that_names_it(store: Store, opened: OpenAudit) -> None:
    """design §5"""
    names: list[str] = []

    def through(kind: str, real: object, *args: object) -> object:
        names.append(f"{kind} {args[1]}" if kind == "replace" else kind)
        return real(*args)  # type: ignore[operator]

    with seam(through):
        photo = opened.add_photo("q0", picture(), "柜台.jpg")
    replaced = next(n for n, name in enumerate(names) if "jpg" in name)
    assert names[replaced + 1 :].index("write") > names[replaced + 1 :].index("sync")
    assert store.photo_path(opened.audit.id, photo.sha256).is_file()
    assert opened.audit.answers["q0"].photos == (photo,)
    assert photo.name == "柜台.jpg"


def test_the_same_photo_twice_is_one(opened: OpenAudit) -> None:
    opened.add_photo("q0", picture())
    opened.add_photo("q0", picture())
    assert len(opened.audit.answers["q0"].photos) == 1


def test_an_audit_with_open_items_cannot_be_finished(opened: OpenAudit) -> None:
    """S4: every required item still open is named."""
    opened.answer("q0", Answer("yes"))
    with pytest.raises(ProblemsError) as refused:
        opened.finish()
    assert {problem.values["path"] for problem in refused.value.problems()} == {
        *(f"q{n}" for n in range(1, 6)),
        "teller#1/smile",
    }
    assert "问题1（q1）" in refused.value.problems()[0].message(), "in a person's words, not its id alone"
    assert opened.audit.state == "draft"


def test_finishing_freezes_the_score(store: Store, opened: OpenAudit) -> None:
    """S9, P5: the score is held by the journal; nothing can be changed after it, nor undone across it."""
    fill_all(opened)
    opened.answer("q0", Answer("no"))
    opened.finish("复核人")
    assert (opened.audit.state, opened.audit.revision) == ("finished", 1)
    assert opened.score.total == Decimal("84.6")
    assert not opened.can_undo
    for change in (lambda: opened.answer("q0", Answer("yes")), lambda: opened.add_instance("teller"), opened.finish):
        with pytest.raises(AuditorError) as refused:
            change()
        assert refused.value.key == "store.finished"
    read = store.read(opened.audit.id)
    assert read == opened.audit
    assert read.frozen_score is not None


def test_reopening_keeps_the_revision_and_asks_why(store: Store, opened: OpenAudit) -> None:
    """S9: finishing again adds a revision; the earlier one stays readable."""
    fill_all(opened)
    opened.finish()
    with pytest.raises(AuditorError) as refused:
        opened.reopen("  ")
    assert refused.value.key == "store.reason_wanted"
    opened.reopen("q0 判错", "负责人")
    assert (opened.audit.state, opened.audit.revision, opened.can_undo) == ("draft", 1, False)
    opened.answer("q0", Answer("no"))
    opened.finish()
    assert opened.audit.revision == 2
    whats = [entry.what for entry in store.history(opened.audit.id)]
    assert whats == ["create", "fill", "finish", "reopen", "answer", "finish"]


def test_only_a_finished_audit_can_be_reopened(opened: OpenAudit) -> None:
    with pytest.raises(AuditorError) as refused:
        opened.reopen("why")
    assert refused.value.key == "store.not_finished"


def test_history_says_who_changed_what_from_what(store: Store, opened: OpenAudit) -> None:
    opened.answer("q0", Answer("yes"), who="青松")
    opened.answer("q0", Answer("no", note="未起立"), who="青松")
    last = store.history(opened.audit.id)[-1]
    assert (last.what, last.who) == ("answer", "青松")
    assert [(edit.path, edit.before, edit.after) for edit in last.edits] == [("q0", "是", "否；未起立")]
    assert "问题0" in last.text()
    assert last.as_json()["changes"] == [{"path": "q0", "before": "是", "after": "否；未起立"}]


@pytest.mark.parametrize("kind", ["write", "sync"])
@pytest.mark.parametrize("short", [False, True])
def test_after_an_error_nothing_unsaved_is_shown_and_work_goes_on(
    store: Store, opened: OpenAudit, kind: str, short: bool
) -> None:
    """design §5, P1: poison, last acknowledged prefix, carry on only when that worked."""
    opened.answer("q0", Answer("yes"))
    before = seen(opened.audit)
    with seam(Failing(1, BROKEN, kinds=(kind,), short=short)), pytest.raises(AuditorError) as refused:
        opened.answer("q1", Answer("yes"))
    assert refused.value.key == "store.disk_error"
    assert seen(opened.audit) == seen(store.read(opened.audit.id)) == before
    opened.answer("q2", Answer("yes"))
    assert seen(store.read(opened.audit.id)) == seen(opened.audit)
    assert opened.audit.read_only == ""


def test_a_full_disk_is_said_at_once_and_forgotten_when_space_is_freed(store: Store, opened: OpenAudit) -> None:
    """Read-only with a reason while it lasts; work continues without a restart."""
    opened.answer("q0", Answer("yes"))
    fault = Failing(1, DISK_FULL, lasting=True)
    with seam(fault):
        for _ in range(3):
            with pytest.raises(AuditorError) as refused:
                opened.answer("q1", Answer("yes"))
            assert refused.value.key == "store.disk_full"
            assert opened.audit.read_only == "store.read_only.trouble"
        fault.heal()
        opened.answer("q1", Answer("no"))
    assert opened.audit.read_only == ""
    assert store.read(opened.audit.id) == opened.audit
    opened.close()
    assert verify(store).count("damaged") == 0


def test_a_shown_audit_never_changes_under_its_reader(opened: OpenAudit) -> None:
    before = opened.audit
    kept = dict(before.answers)
    opened.answer("q0", Answer("yes"))
    opened.apply({"q0": None, "q1": Answer("no")})
    assert before.answers == kept
    assert replace(before) == before


def test_saved_at_is_when_the_last_change_became_durable(opened: OpenAudit) -> None:
    before = opened.saved_at
    opened.answer("q0", Answer("yes"))
    assert opened.saved_at >= before
    assert opened.saved_at.tzinfo is not None


def test_an_audit_is_open_once(store: Store, opened: OpenAudit) -> None:
    """One writer, one handle: neither a second opening nor the trash gets in between."""
    for other in (store.open_audit, store.trash, store.erase):
        with pytest.raises(AuditorError) as refused:
            other(opened.audit.id)
        assert refused.value.key == "store.open_already"
    opened.close()
    store.open_audit(opened.audit.id).close()


def test_a_closed_audit_takes_no_more(store: Store, opened: OpenAudit) -> None:
    opened.close()
    opened.close()
    with pytest.raises(AuditorError) as refused:
        opened.answer("q0", Answer("yes"))
    assert refused.value.key == "store.closed"
    assert store.read(opened.audit.id).answers == {}


def test_closing_the_store_closes_what_is_open(data: Path) -> None:
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header())
        opened.answer("q0", Answer("yes"))
    assert opened.closed
    with Store.open(data) as reader:
        assert reader.rows()[0].answered == 1
