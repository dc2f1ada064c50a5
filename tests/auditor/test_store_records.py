"""What an audit holds beside its answers: findings, jots, duties, flags, clips (P1, design §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.audit import Answer, Clip, Duty, Finding, Jot, Photo, Praise
from auditor.errors import AuditorError
from auditor.store import OpenAudit, Store
from auditor.store.verify import verify
from tests.faults.scene import fill_all, header, picture, small_checklist

FINDING = Finding("每日晨会点评", "已整改", "李主任", "2026-03-20", "2026-03-18", "王督导", "2026-03-21", "复查合格")
JOTS = [
    Jot("stamp", "2026-03-05T10:12:03+08:00", "arrived"),
    Jot("timing", "2026-03-05T10:12:05+08:00", "q0", "14.2"),
    Jot("note", "2026-03-05T10:13:00+08:00", text="保安玩手机"),
    Jot("stamp", "2026-03-05T10:40:00+08:00", "left", proof="receipt"),
]


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


@pytest.fixture
def opened(store: Store) -> OpenAudit:
    return store.create(small_checklist(), header(shopper="青松"))


def errors(store: Store) -> list[str]:
    return [problem.key for problem in verify(store).problems() if problem.severity == "error"]


def after_restart(store: Store, opened: OpenAudit) -> OpenAudit:
    opened.close()
    return store.open_audit(opened.audit.id)


def test_everything_beside_the_answers_is_there_after_restart(store: Store, opened: OpenAudit) -> None:
    """P1: findings with photos before and after, jots with their photo, duties with signatures, flags and clips."""
    kept = opened.keep_photo(picture())
    before, after = replace(kept, stage="before"), replace(kept, stage="after", caption="整改后", inside=True)
    finding = replace(FINDING, photos_before=(before,), photos_after=(after,))
    opened.set_findings({"q0": finding})
    jots = {opened.jot(one): one for one in [*JOTS, Jot("photo", "2026-03-05T10:15:00+08:00", photo=kept)]}
    opened.set_duties({"teller": Duty("张三", "M0 0 L5 5", "2026-03-05T17:00:00+08:00")})
    flagged = Answer(
        "yes", flagged=True, clips=(Clip("a" * 64, "录音.m4a", "audio", "02:15", "问候"),), photos=(after,)
    )
    opened.answer("q0", flagged)
    praised = replace(opened.audit.header, praises=(Praise("工号0312", "主动引导"),), narrative="十点到达")
    opened.set_header(praised)
    read = after_restart(store, opened).audit
    assert dict(read.findings) == {"q0": finding}
    assert dict(read.jots) == jots
    assert dict(read.duties) == {"teller": Duty("张三", "M0 0 L5 5", "2026-03-05T17:00:00+08:00")}
    assert read.answers["q0"] == flagged
    assert read.header == praised


def test_findings_change_after_finishing_and_nothing_else_does(store: Store, opened: OpenAudit) -> None:
    """P5: the reply comes after the report; no jot, duty or answer does. The frozen score stays."""
    fill_all(opened)
    opened.finish()
    total = opened.score.total
    opened.set_findings({"q0": FINDING})
    for change in (lambda: opened.jot(JOTS[0]), lambda: opened.set_duties({"teller": Duty("张三")})):
        with pytest.raises(AuditorError) as refused:
            change()
        assert refused.value.key == "store.finished"
    again = after_restart(store, opened)
    assert (again.audit.findings["q0"], again.score.total, again.audit.state) == (FINDING, total, "finished")
    assert errors(store) == []


def test_undo_takes_a_finding_and_a_jot_back(opened: OpenAudit) -> None:
    opened.set_findings({"q0": FINDING})
    opened.jot(JOTS[0])
    opened.undo()
    opened.undo()
    assert not opened.audit.findings
    assert not opened.audit.jots
    opened.redo()
    assert opened.audit.findings == {"q0": FINDING}


def test_what_belongs_nowhere_is_refused(opened: OpenAudit) -> None:
    for change in (
        lambda: opened.set_findings({"nowhere": FINDING}),
        lambda: opened.set_duties({"nowhere": Duty("张三")}),
    ):
        with pytest.raises(AuditorError) as refused:
            change()
        assert refused.value.key == "store.no_such_item"


def test_erasure_takes_names_and_words_and_leaves_the_days(store: Store, opened: OpenAudit) -> None:
    """design §5: owner, checker, signature and jots are personal; what was due when is not."""
    fill_all(opened)
    opened.set_duties({"teller": Duty("张三", "M0 0 L5 5", "2026-03-05T17:00:00+08:00")})
    opened.jot(JOTS[2])
    opened.set_findings({"q0": FINDING})
    opened.finish()
    opened.close()
    store.erase(opened.audit.id)
    text = next(store.folder.rglob("journal.jsonl")).read_text("utf-8")
    assert not [word for word in ("张三", "M0 0", "保安玩手机", "10:13", "李主任", "王督导") if word in text]
    read = store.read(opened.audit.id)
    assert read.findings["q0"] == Finding(due="2026-03-20", done_on="2026-03-18", cleared_on="2026-03-21")
    assert errors(store) == []


def test_photos_of_findings_and_jots_are_no_orphans(store: Store, opened: OpenAudit) -> None:
    kept = opened.keep_photo(picture())
    opened.set_findings({"q0": Finding(photos_after=(kept,))})
    assert [photo.sha256 for _, photo in opened.audit.photos()] == [kept.sha256]
    opened.close()
    assert [problem.key for problem in verify(store).problems()] == []
    store.photo_path(opened.audit.id, kept.sha256).unlink()
    assert errors(store) == ["store.verify.photo_missing"]


def test_the_history_tells_them_in_words(store: Store, opened: OpenAudit) -> None:
    opened.set_findings({"q0": FINDING})
    opened.jot(JOTS[2])
    opened.close()
    told = "\n".join(entry.text() for entry in store.history(opened.audit.id))
    assert "责任人：李主任" in told
    assert "保安玩手机" in told


def test_photo_stage_survives_alone(store: Store, opened: OpenAudit) -> None:
    kept = replace(opened.keep_photo(picture()), stage="before")
    opened.answer("q0", Answer("yes", photos=(kept, Photo("1" * 64))))
    assert [one.stage for one in after_restart(store, opened).audit.answers["q0"].photos] == ["before", ""]
