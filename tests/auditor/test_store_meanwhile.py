"""While the disk makes a change durable, a second thread works out what it comes to (design §10); P1 stays as it is."""

from __future__ import annotations

import gc
import threading
from pathlib import Path

import pytest

from auditor import scoring
from auditor.audit import Answer, Header
from auditor.errors import AuditorError
from auditor.store import OpenAudit, Store, files
from auditor.store.meanwhile import Meanwhile
from checklists.library import find

VISIT = Header(kind="mystery", visited="2026-03-05T10:12:00+08:00", branch="7301001")


@pytest.fixture
def opened(tmp_path: Path):
    """On a disk that takes its time: only then is there something to gain."""
    with Store.open(tmp_path / "data", write=True) as store:
        made = store.create(find("customer_journey"), VISIT)
        made._journal.took = 1.0
        yield made


def _choices(opened: OpenAudit) -> list[tuple[str, str]]:
    checklist = opened.audit.checklist
    repeated = {item.id for section, _ in checklist.walk() if section.repeat for item in section.items}
    asked = [item for item in checklist.items() if item.kind == "choice" and not item.show_if]
    return [(item.id, option.id) for item in asked if item.id not in repeated for option in item.options]


def test_the_score_is_there_when_the_change_is_durable_and_is_the_one_of_its_answers(opened: OpenAudit, monkeypatch):
    """S8: the same as scored by itself; and the first thread works none of it out."""
    scored = list[str]()
    real = scoring.current

    def current(audit):
        scored.append(threading.current_thread().name)
        return real(audit)

    monkeypatch.setattr(scoring, "current", current)
    for path, value in _choices(opened)[:30]:
        opened._journal.took = 1.0
        opened.answer(path, Answer(value))
        assert opened.score == real(opened.audit)
    assert scored == ["meanwhile"] * 30


def test_where_the_disk_is_quick_the_score_is_worked_out_when_asked_for(opened: OpenAudit, monkeypatch):
    """To hand it over would take longer than the wait."""
    path, answer = _first(opened)
    opened._journal.took = 0.00002
    scored = list[str]()
    real = scoring.current
    monkeypatch.setattr(scoring, "current", lambda audit: scored.append(threading.current_thread().name) or real(audit))
    opened.answer(path, answer)
    assert scored == []
    assert opened.score == real(opened.audit)
    assert scored == ["MainThread"]


def test_it_is_worked_out_while_the_disk_is_waited_for(opened: OpenAudit, monkeypatch):
    """A sync that ends only when the score is there would never end if the score came after it."""
    there = threading.Event()
    real = scoring.current

    def current(audit):
        try:
            return real(audit)
        finally:
            there.set()

    monkeypatch.setattr(scoring, "current", current)
    monkeypatch.setattr(files, "sync", lambda _handle: there.wait(10) or pytest.fail("the score waits for the disk"))
    opened.answer(*_first(opened))


def test_what_the_disk_refuses_is_neither_in_the_answers_nor_in_the_score(opened: OpenAudit, monkeypatch):
    """P1, P3: what was worked out for a change that did not come to pass is thrown away."""
    (path, value), *_ = _choices(opened)
    before = opened.score

    def refuse(_handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(files, "sync", refuse)
    with pytest.raises(AuditorError):
        opened.answer(path, Answer(value))
    assert path not in opened.audit.answers
    assert opened.score == before
    monkeypatch.undo()
    opened.answer(path, Answer(value))
    assert opened.score == scoring.score(opened.audit) != before


def test_without_a_second_thread_everything_goes_on(opened: OpenAudit, monkeypatch):
    def refuse(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    opened.answer(*_first(opened))
    assert opened.score == scoring.score(opened.audit)


def test_work_that_fails_is_left_to_whoever_needs_it():
    job = Meanwhile().job(lambda: 1 // 0)
    job.start()
    assert job.result() is None


def test_work_that_was_not_started_is_not_waited_for():
    assert Meanwhile().job(lambda: 1).result() is None


def test_it_is_done_once_however_often_it_is_started():
    done = list[int]()
    meanwhile = Meanwhile()
    job = meanwhile.job(lambda: done.append(1) or len(done))
    job.start()
    job.start()
    last = meanwhile.job(lambda: 2)
    last.start()
    assert (job.result(), last.result(), done) == (1, 2, [1])


def test_the_thread_ends_with_what_it_worked_for():
    """Closed or merely forgotten: no thread stays."""
    meanwhile = Meanwhile()
    job = meanwhile.job(threading.current_thread)
    job.start()
    thread = job.result()
    assert thread is not None
    assert thread.is_alive()
    del meanwhile, job
    gc.collect()
    thread.join(10)
    assert not thread.is_alive()


def _first(opened: OpenAudit) -> tuple[str, Answer]:
    path, value = _choices(opened)[0]
    return path, Answer(value)
