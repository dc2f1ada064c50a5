"""The session paints what was saved, never what was clicked (design §2), and says so only afterwards (P1)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from auditor.audit import Answer, Jot, Reason
from auditor.errors import AuditorError
from tests.faults.disk import DISK_FULL, Failing, seam
from tests.faults.scene import picture
from tests.ui.scene import open_session, settle
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    with open_session(data) as opened:
        yield opened


def heard(session: AuditSession) -> list[str]:
    """What the session says from now on, in order."""
    said: list[str] = []
    session.answer_changed.connect(lambda path: said.append(f"answer {path}"))
    session.score_changed.connect(lambda _: said.append("score"))
    session.saved.connect(lambda _: said.append("saved"))
    session.failed.connect(lambda error: said.append(f"failed {error.key}"))
    session.visibility_changed.connect(lambda: said.append("visibility"))
    return said


def test_an_answer_is_announced_when_it_is_durable(session: AuditSession, data: Path) -> None:
    said = heard(session)
    lines = next(data.rglob("journal.jsonl")).read_bytes().count(b"\n")
    session.answer_changed.connect(
        lambda _: said.append(f"lines {next(data.rglob('journal.jsonl')).read_bytes().count(chr(10).encode()) - lines}")
    )
    assert session.answer("q_choice", "partly")
    assert said == ["answer q_choice", "lines 1", "score", "saved"]
    assert session.current("q_choice") == Answer("partly")


def test_what_could_not_be_saved_is_not_painted(session: AuditSession) -> None:
    session.answer("q_choice", "yes")
    said = heard(session)
    with seam(Failing(1, DISK_FULL, ("write", "sync"), lasting=True)):
        assert not session.answer("q_choice", "no")
    assert said[0] == "answer q_choice", "the card is told to paint the old answer again"
    assert [one.partition(".")[0] for one in said[1:]] == ["failed store"]
    assert session.current("q_choice") == Answer("yes")


def test_after_the_disk_recovers_the_next_change_is_saved(session: AuditSession) -> None:
    with seam(Failing(1, DISK_FULL, ("write", "sync"), lasting=True)):
        session.answer("q_choice", "no")
    assert session.answer("q_choice", "partly")
    assert session.current("q_choice").value == "partly"


def test_a_value_the_item_refuses_fails_with_a_sentence(session: AuditSession) -> None:
    errors: list[AuditorError] = []
    session.failed.connect(errors.append)
    assert not session.answer("q_number", "many")
    assert errors[0].key.startswith("answer.")
    assert session.current("q_number").empty


def test_values_are_normalised_before_they_are_kept(session: AuditSession) -> None:
    session.answer("q_duration", "0:11.84")
    session.answer("q_text", "服务\x00连贯")
    assert session.current("q_duration").value == Decimal("11.8")
    assert session.current("q_text").value == "服务连贯"


def test_a_value_taken_back_leaves_the_note(session: AuditSession) -> None:
    session.note("q_choice", "大堂经理在打电话")
    session.answer("q_choice", "no")
    session.answer("q_choice", None)
    assert session.current("q_choice") == Answer(note="大堂经理在打电话")


def test_not_applicable_and_a_value_exclude_each_other(session: AuditSession) -> None:
    session.answer("q_choice", "no")
    session.set_na("q_choice", "not_observed")
    assert session.current("q_choice") == Answer(na="not_observed")
    session.answer("q_choice", "yes")
    assert session.current("q_choice") == Answer("yes")


def test_nothing_is_written_for_what_did_not_change(session: AuditSession, data: Path) -> None:
    session.note("q_choice", "备注")
    size = next(data.rglob("journal.jsonl")).stat().st_size
    said = heard(session)
    session.note("q_choice", "备注 ")
    session.answer("q_choice", None)
    assert said == []
    assert next(data.rglob("journal.jsonl")).stat().st_size == size


def test_a_condition_brings_an_item_and_a_cascade_is_announced(session: AuditSession) -> None:
    """S2: `why` shows when nobody stood up; `smiles` is lost with it and its card must be painted."""
    said = heard(session)
    session.answer("greets", "no")
    assert said.index("visibility") < said.index("answer why")
    assert {"answer greets", "answer why", "answer smiles"} <= set(said)
    lost = session.item_score("smiles")
    assert lost is not None
    assert lost.status == "lost"


def test_undo_and_redo_are_told_like_any_change(session: AuditSession) -> None:
    session.answer("q_choice", "no")
    said = heard(session)
    assert session.undo()
    assert session.current("q_choice").empty
    assert session.redo()
    assert session.current("q_choice").value == "no"
    assert said.count("answer q_choice") == 2


def test_undo_survives_a_restart(data: Path) -> None:
    """design §6: undo appends the inverse change and survives a restart."""
    with open_session(data) as first:
        first.answer("q_choice", "no")
        audit = first.audit.id
    with open_session(data, audit) as again:
        assert again.can_undo
        assert again.undo()
        assert again.current("q_choice").empty
        assert again.redo()
        assert again.last_path == "q_choice"


def test_photos_are_taken_in_off_the_windows_thread(session: AuditSession, tmp_path: Path) -> None:
    file = tmp_path / "填单台.jpg"
    file.write_bytes(picture())
    session.add_photos("q_choice", [file, picture("blue", kind="PNG")])
    assert not session.current("q_choice").photos
    settle()
    photos = session.current("q_choice").photos
    assert sorted(one.name for one in photos) == ["", "填单台.jpg"]
    assert all(session.photo_path(one.sha256).exists() for one in photos)


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(session: AuditSession, tmp_path: Path) -> None:
    file = tmp_path / "text.jpg"
    file.write_text("not a photo")
    errors: list[AuditorError] = []
    session.failed.connect(errors.append)
    session.add_photos("q_choice", [file, tmp_path / "missing.jpg"])
    settle()
    assert len(errors) == 2
    assert all("jpg" in str(error) for error in errors)
    assert not session.current("q_choice").photos


def test_a_photo_that_comes_after_closing_is_dropped_quietly(data: Path) -> None:
    with open_session(data) as session:
        session.add_photos("q_choice", [picture()])
        session.close()
        settle()


def test_instances_come_and_go(session: AuditSession) -> None:
    said = heard(session)
    assert session.add_instance("teller") == 2
    session.answer("teller#2/window", "3号")
    assert "visibility" in said
    assert session.current("teller#2/window").value == "3号"
    assert session.remove_instance("teller", 2)
    assert session.audit.instances["teller"] == (1,)
    session.undo()
    assert session.current("teller#2/window").value == "3号"


def test_one_instance_too_many_is_refused(session: AuditSession) -> None:
    errors: list[AuditorError] = []
    session.failed.connect(errors.append)
    assert [session.add_instance("teller") for _ in range(3)] == [2, 3, 0]
    assert len(errors) == 1


def test_finishing_needs_every_required_item(session: AuditSession) -> None:
    """S4: an audit cannot be finished while a required item is open."""
    errors: list[AuditorError] = []
    session.failed.connect(errors.append)
    assert not session.finish("青松")
    assert errors[0].problems()
    assert session.audit.state == "draft"


def test_a_finished_audit_takes_no_answer_until_it_is_reopened(session: AuditSession) -> None:
    fill(session)
    assert session.finish("青松")
    assert session.read_only
    assert not session.answer("q_choice", "no")
    assert session.reopen("录入有误", "青松")
    assert session.answer("q_choice", "partly")


def fill(session: AuditSession) -> None:
    """Answer whatever is required."""
    given = {"q_choice": "yes", "q_multi": ["none"], "q_occurrences": 0, "q_rating": 5, "q_duration": 11}
    given |= {"greets": "yes", "smiles": "yes", "signs": "yes", "teller#1/hands": "yes"}
    given |= {f"more{n}": "yes" for n in range(8)}
    for path, value in given.items():
        assert session.answer(path, value)


def test_reasons_are_kept_in_order(session: AuditSession) -> None:
    reasons = (Reason("未起立", "10:12", "3号窗口", "柜员"), Reason("未微笑"))
    session.set_reasons("q_occurrences", reasons)
    assert session.current("q_occurrences").reasons == reasons


def test_the_header_changes_like_an_answer(session: AuditSession) -> None:
    from dataclasses import replace

    changed: list[None] = []
    session.header_changed.connect(lambda: changed.append(None))
    assert session.set_header(replace(session.audit.header, highlights=("主动搀扶老人",), summary="总体良好"))
    assert session.set_header(session.audit.header)
    assert len(changed) == 1
    assert session.audit.header.highlights == ("主动搀扶老人",)


def test_unfolding_is_one_line_and_one_step_back(data: Path) -> None:
    """What was jotted flows into answers, narrative and the time of leaving as one gesture (design §5)."""
    with open_session(data) as session:
        session.jot(Jot("stamp", "2026-03-05T10:50:00+08:00", "left"))
        session.jot(Jot("timing", "2026-03-05T10:01:00+08:00", "q_duration", "14.2"))
        lines = count_lines(data)
        assert session.unfold()
        assert count_lines(data) == lines + 1
        assert session.current("q_duration").value == Decimal("14.2")
        assert session.audit.header.left == "2026-03-05T10:50:00+08:00"
        assert "10:50 离开" in session.audit.header.narrative
        assert session.unfold()
        assert count_lines(data) == lines + 1
        session.undo()
        assert (session.audit.header.left, session.audit.answers) == ("", {})
        assert len(session.audit.jots) == 2


def count_lines(data: Path) -> int:
    return len(next((data / "audits").rglob("journal.jsonl")).read_bytes().splitlines())
