"""An audit that is only looked at reads like an open one, and there is nothing in it to change (P2)."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.store import Store
from auditor.store.journal import NAME as JOURNAL
from auditor.store.opened import OpenAudit
from auditor.store.verify import verify
from auditor.store.viewed import ViewedAudit
from tests.faults.scene import fill_all, header, small_checklist

CHANGES = {"answer", "clear", "apply", "fill", "set_header", "add_instance", "add_photo", "undo", "finish", "reopen"}


def begun(data: Path, *, done: bool = True) -> str:
    with Store.open(data, write=True) as store:
        opened = store.create(small_checklist(), header(branch_name="城东支行"))
        opened.answer("remark", Answer("热情"))
        fill_all(opened)
        if done:
            opened.finish()
        opened.close()
        return opened.audit.id


def test_it_has_no_way_to_change_anything() -> None:
    assert all(hasattr(OpenAudit, name) for name in CHANGES)
    assert not CHANGES & set(dir(ViewedAudit))


def test_a_sound_audit_is_read_like_an_open_one(data: Path) -> None:
    audit = begun(data)
    why = AuditorError("store.in_use", file=str(data), holder="1 @ here")
    with Store.open(data) as reader:
        viewed = reader.view(audit, why)
        assert viewed.why is why
        assert viewed.audit.read_only == "store.in_use"
        seen = (viewed.audit.answers, viewed.score.total, viewed.saved_at, viewed.contradictions())
    with Store.open(data, write=True) as store:
        opened = store.open_audit(audit)
        assert seen == (opened.audit.answers, opened.score.total, opened.saved_at, opened.contradictions())


def test_a_damaged_audit_says_what_survives(data: Path) -> None:
    audit = begun(data)
    journal = next(data.glob(f"audits/*/{audit}/{JOURNAL}"))
    lines = journal.read_bytes().split(b"\n")
    lines[2] = lines[2].replace(b'"seq"', b'"sEq"')
    journal.write_bytes(b"\n".join(lines))
    with Store.open(data, write=True) as store:
        viewed = store.view(audit)
    assert viewed.audit.state == "damaged"
    assert viewed.why.key == "store.damaged"
    assert viewed.why.values["survives"] == 2
    assert dict(viewed.audit.answers) == {"remark": Answer("热情")}
    assert viewed.score.so_far
    assert viewed.recover()


def test_nothing_that_survives_is_nothing_to_look_at(data: Path) -> None:
    audit = begun(data)
    journal = next(data.glob(f"audits/*/{audit}/{JOURNAL}"))
    journal.write_bytes(b"?" + journal.read_bytes()[1:])
    with Store.open(data) as reader, pytest.raises(AuditorError) as failed:
        reader.view(audit)
    assert failed.value.key == "store.nothing_survives"


def test_checking_tells_how_far_it_is_and_can_be_stopped(data: Path) -> None:
    for _ in range(3):
        begun(data, done=False)
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> None:
        raise AuditorError("safety.stopped", done=done, of=of)

    with Store.open(data) as reader:
        assert verify(reader, progress=lambda done, of: told.append((done, of))).count("ok") == 3
        assert told == [(1, 3), (2, 3), (3, 3)]
        with pytest.raises(AuditorError):
            verify(reader, progress=stop)


def test_rebuilding_the_index_tells_how_far_it_is_and_shows_the_rows_so_far(data: Path) -> None:
    for _ in range(3):
        begun(data, done=False)
    (data / "library.jsonl").unlink()
    told: list[tuple[int, int, int]] = []
    with Store.open(data, write=True) as store:
        rows = store.rows(lambda done, of: told.append((done, of, len(store.library.so_far()))))
        assert len(rows) == 3
    assert told == [(1, 3, 1), (2, 3, 2), (3, 3, 3)]


def test_the_reason_for_erasing_stays_in_the_record(data: Path) -> None:
    audit = begun(data)
    with Store.open(data, write=True) as store:
        assert store.erase(audit, reason="书面申请") > 0
        state = store.load(audit).state.rows["visit"]["erased"]
        assert state["reason"] == "书面申请"
        assert store.erase(audit, reason="再次") == 0
        assert verify(store).count("damaged") == 0
