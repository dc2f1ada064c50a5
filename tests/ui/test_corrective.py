"""Corrective actions in the window: each loss has one on the review page, in drafts and after finishing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.audit import Finding, Reason
from tests.ui import looking
from tests.ui.scene import open_session, settle
from tests.ui.test_session import fill
from ui.corrective.form import FindingForm
from ui.demo.pictures import picture
from ui.review.page import ReviewPage
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("dressed")


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    """A finished audit with three losses, and one more that follows from another."""
    with open_session(data) as opened:
        fill(opened)
        for path in ("q_choice", "more1"):
            opened.answer(path, "no")
            opened.set_reasons(path, (Reason("坐着招呼"),))
        opened.answer("greets", "no")
        opened.set_reasons("greets", (Reason("未起立"),))
        opened.answer("why", "yes")
        assert opened.finish()
        yield opened


def open_page(qtbot: QtBot, session: AuditSession, width: int = 1200) -> ReviewPage:
    page = ReviewPage(session)
    qtbot.addWidget(page)
    page.resize(width, 900)
    page.show()
    settle()
    return page


def form_of(page: ReviewPage, path: str) -> FindingForm:
    assert page.losses is not None
    row = page.losses.rows[path]
    if not row.opened:
        row.toggle.click()
    settle(1)
    assert row.form is not None
    return row.form


def type_into(form: FindingForm, name: str, text: str) -> None:
    field = form.texts[name]
    field.setText(text) if hasattr(field, "setText") else field.setPlainText(text)
    form.flush()


def test_each_loss_has_an_action_and_what_follows_from_another_none(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    assert page.losses is not None
    assert set(page.losses.rows) == {"q_choice", "more1", "greets"}
    assert {one.badge.text() for one in page.losses.rows.values()} == {"待整改"}
    assert page.losses.counts.text() == "待整改 3 项"


def test_what_is_typed_is_saved_after_finishing_and_told_by_the_history(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    form = form_of(page, "greets")
    type_into(form, "measure", "晨会点评")
    type_into(form, "owner", "李主任")
    assert session.audit.findings["greets"] == Finding(measure="晨会点评", owner="李主任")
    assert page.losses is not None
    assert page.losses.rows["greets"].badge.text() == "整改中"
    assert page.losses.rows["greets"].words.text() == "李主任 · 晨会点评"
    assert session.audit.state == "finished"
    type_into(form, "measure", "")
    type_into(form, "owner", "")
    assert "greets" not in session.audit.findings


def test_a_deadline_at_one_tap(qtbot: QtBot, session: AuditSession) -> None:
    form = form_of(open_page(qtbot, session), "greets")
    for at, days in enumerate((3, 7, 15, 30)):
        form.days["due"].chips[at].click()
        assert session.audit.findings["greets"].due == in_days(days)


def test_what_is_no_day_is_said_in_place_and_not_saved(qtbot: QtBot, session: AuditSession) -> None:
    form = form_of(open_page(qtbot, session), "greets")
    field = form.days["done_on"]
    field.box.field.setText("2026-02-30")
    field.box.flush()
    assert field.wrong.isVisible()
    assert "greets" not in session.audit.findings
    field.box.field.setText(in_days(0))
    field.box.flush()
    assert not field.wrong.isVisible()
    assert session.audit.findings["greets"].done_on == in_days(0)


def test_days_in_the_wrong_order_are_saved_and_doubted(qtbot: QtBot, session: AuditSession) -> None:
    form = form_of(open_page(qtbot, session), "greets")
    session.correcting.set("greets", Finding(done_on="2026-03-01"))
    assert form.doubts["done_on"].text() == "早于检查日期，请核对"
    session.correcting.set("greets", Finding(done_on="2026-03-08", cleared_on="2026-03-07"))
    assert form.doubts["cleared_on"].isVisible()
    assert not form.doubts["done_on"].isVisible()


def test_what_is_overdue_says_so(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    session.correcting.set("greets", Finding(due=in_days(-1)))
    session.correcting.set("more1", Finding(due=in_days(0)))
    assert page.losses is not None
    assert page.losses.rows["greets"].badge.text() == "逾期"
    assert page.losses.rows["more1"].badge.text() == "待整改"
    assert page.losses.counts.text() == "待整改 3 项 · 1 项逾期"


def test_one_owner_and_one_day_for_all_that_waits(qtbot: QtBot, session: AuditSession) -> None:
    """One gesture; what is done already stays as it is."""
    page = open_page(qtbot, session)
    session.correcting.set("more1", Finding(owner="王芳", done_on="2026-03-08"))
    lines = session.opened._journal.seq  # type: ignore[union-attr]
    assert page.losses is not None
    page.losses.all.click()
    bulk = page.losses.bulk
    assert not bulk.set.isEnabled()
    bulk.owner.setText("李主任")
    bulk.due.chips[1].click()
    bulk.set.click()
    found = session.audit.findings
    assert {path: (one.owner, one.due) for path, one in found.items()} == {
        "q_choice": ("李主任", in_days(7)),
        "greets": ("李主任", in_days(7)),
        "more1": ("王芳", ""),
    }
    assert session.opened._journal.seq == lines + 1  # type: ignore[union-attr]
    assert not bulk.isVisible()


def test_the_checklists_action_stands_there_and_is_kept_as_its_own(qtbot: QtBot, data: Path) -> None:
    """An action nobody changed stays the checklist's, in whatever language it is read."""
    from tests.ui.scene import YES_PARTLY_NO, both

    yes, _, no = YES_PARTLY_NO
    item = {"id": "a", "text": "a", "points": "1", "options": [yes, no], "action": both("当场示范", "Show how")}
    sections = [{"id": "s", "title": "s", "items": [item]}]
    with open_session(data, sections=sections) as session:
        session.answer("a", "no")
        session.note("a", "未做到")
        form = form_of(open_page(qtbot, session), "a")
        assert form.texts["required"].toPlainText() == "当场示范"  # type: ignore[union-attr]
        type_into(form, "owner", "李主任")
        assert session.audit.findings["a"].required == ""
        type_into(form, "required", "当场示范三次")
        assert session.audit.findings["a"].required == "当场示范三次"
        session.undo()
        assert session.audit.findings["a"].required == ""


def test_photos_before_from_the_check_and_after_from_a_file(qtbot: QtBot, data: Path) -> None:
    with open_session(data) as session:
        session.answer("greets", "no")
        session.add_photos("greets", [picture("前")])
        settle()
        page = open_page(qtbot, session)
        form = form_of(page, "greets")
        assert form.before.take.isVisible()
        form.before.take.click()
        form.photos_given.emit([picture("后")], "after")
        settle()
        finding = session.audit.findings["greets"]
        assert [one.stage for one in (*finding.photos_before, *finding.photos_after)] == ["before", "after"]
        assert finding.photos_before[0].sha256 == session.current("greets").photos[0].sha256
        assert not form.before.take.isVisible()
        form.after.strip.tiles[0].click()
        form.after.strip.remove.click()
        assert session.audit.findings["greets"].photos_after == ()


def test_an_audit_that_can_only_be_looked_at_shows_and_takes_nothing(
    qtbot: QtBot, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.correcting.set("greets", Finding(owner="李主任"))
    monkeypatch.setattr(type(session.correcting), "allowed", property(lambda _: False))
    page = open_page(qtbot, session)
    form = form_of(page, "greets")
    assert form.texts["owner"].isReadOnly()
    assert not form.days["due"].box.isEnabled()
    assert page.losses is not None
    assert not page.losses.all.isVisible()


def test_composing_chinese_is_not_broken_by_saving(qtbot: QtBot, session: AuditSession) -> None:
    form = form_of(open_page(qtbot, session), "greets")
    field = form.texts["measure"]
    QApplication.sendEvent(field, QInputMethodEvent("chenhui", []))
    form.flush()
    assert "greets" not in session.audit.findings
    done = QInputMethodEvent("", [])
    done.setCommitString("晨会点评")
    QApplication.sendEvent(field, done)
    settle()
    form.flush()
    assert session.audit.findings["greets"].measure == "晨会点评"


@pytest.mark.parametrize("width", [1280, 760])
def test_the_form_is_legible_and_every_control_named(qtbot: QtBot, session: AuditSession, width: int) -> None:
    page = open_page(qtbot, session, width)
    form = form_of(page, "greets")
    assert page.losses is not None
    page.losses.all.click()
    session.correcting.set("greets", Finding(due="2026-03-01", done_on="2026-03-02", cleared_on="2026-03-01"))
    settle()
    assert looking.clipped(form) == []
    assert looking.small_targets(form) == []
    assert looking.unnamed(page) == []
    assert looking.beside_the_page(page) == []
    names = [one.text() for one in form.findChildren(QLabel) if one.isVisible()]
    for words in (
        "整改要求",
        "整改措施",
        "责任人",
        "整改期限",
        "完成日期",
        "验收人",
        "销号日期",
        "整改前照片",
        "整改后照片",
    ):
        assert words in names
