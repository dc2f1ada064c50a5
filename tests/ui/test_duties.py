"""A self-inspection shared by several people in the window: who has what, who writes, who signed; last month beside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from auditor import review
from auditor.audit import Answer, Reason
from auditor.errors import AuditorError
from auditor.store import Store
from checklists.library import find
from tests.exports.scenes import drawn
from tests.ui import looking
from tests.ui.scene import checklist, header, settle
from ui.capture.page import CapturePage
from ui.cards.link_row import LinkRow
from ui.duties.band import DutyBand
from ui.duties.joining import join_duties
from ui.duties.panel import DutiesPanel
from ui.review.page import ReviewPage
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("dressed")
HALL = ("greets", "smiles", "signs", *(f"more{n}" for n in range(8)))


@pytest.fixture
def store(data: Path) -> Iterator[Store]:
    with Store.open(data, write=True) as store:
        yield store


@pytest.fixture
def session(store: Store) -> Iterator[AuditSession]:
    session = begun(store)
    yield session
    session.close()


def begun(store: Store, visited: str = "2026-03-20T09:00:00+08:00", **more: str) -> AuditSession:
    about = replace(header(visited=visited), **{"kind": "self", "shopper": "", **more})  # type: ignore[arg-type]
    return AuditSession(store.create(checklist(), about))


def open_page(qtbot: QtBot, session: AuditSession, width: int = 1280) -> CapturePage:
    page = CapturePage(session)
    join_duties(page)
    qtbot.addWidget(page)
    page.resize(width, 900)
    page.show()
    page.show_place("hall")
    settle()
    return page


def band_of(page: CapturePage) -> DutyBand:
    settle(1)
    (found,) = [one for one in page.findChildren(DutyBand) if one.isVisible()]
    return found


def answer_hall(session: AuditSession, value: str = "yes") -> None:
    for path in HALL:
        session.answer(path, value)


def sign(page: CapturePage) -> None:
    band_of(page).sign.click()
    pad = band_of(page).pad
    assert pad is not None
    pad.pad.strokes = [[QPointF(0.2, 0.5), QPointF(0.6, 0.4)]]
    pad.pad.drawn.emit()
    pad.keep.click()
    settle()


def test_names_are_typed_once_and_tapped_afterwards(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    band_of(page).share.click()
    panel = page.findChild(DutiesPanel)
    assert panel.isVisible()
    for name in (" 张三 ", "李四", "张三"):
        panel.name.setText(name)
        panel.add.click()
    assert panel.people == ["张三", "李四"]
    chips = {one.accessibleName(): one for one in panel.findChildren(QPushButton) if one.isCheckable()}
    chips["2 厅堂 张三"].click()
    assert session.audit.duties["hall"].person == "张三"
    settle()
    chips = {one.accessibleName(): one for one in panel.findChildren(QPushButton) if one.isVisible()}
    assert chips["2 厅堂 张三"].isChecked()
    chips["2 厅堂 张三"].click()
    assert session.audit.duties == {}


def test_the_rail_says_who_has_what_and_who_signed(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    session.sharing.assign(["hall"], "张三")
    assert "张三" in page.rail.rows["hall"].accessibleName()
    assert "已签字" not in page.rail.rows["hall"].accessibleName()
    answer_hall(session)
    sign(page)
    assert "张三 已签字" in page.rail.rows["hall"].accessibleName()


def test_a_mystery_visit_is_nobody_elses(qtbot: QtBot, store: Store) -> None:
    session = begun(store, kind="mystery", shopper="青松")
    page = open_page(qtbot, session)
    assert page.findChildren(DutyBand) == []
    assert page.findChildren(DutiesPanel) == []
    session.close()


def test_nobody_signs_before_he_is_through(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    session.sharing.assign(["hall"], "张三")
    session.answer("greets", "yes")
    band_of(page).sign.click()
    assert band_of(page).note.text() == "本部分还有 10 处没有填完，填完再签字。"
    assert band_of(page).pad is None
    answer_hall(session)
    band_of(page).sign.click()
    assert not band_of(page).note.isVisible()
    assert band_of(page).pad is not None


def test_a_signature_locks_the_cards_until_it_is_taken_back(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    session.sharing.assign(["hall"], "张三")
    answer_hall(session)
    sign(page)
    duty = session.audit.duties["hall"]
    assert (duty.signature, duty.drawing is not None, duty.signed[:4].isdigit()) == ("张三", True, True)
    assert page.column.cards["greets"].state.read_only
    assert "答案已锁定" in band_of(page).words.text()
    with qtbot.waitSignal(session.failed) as said:
        assert not session.answer("greets", "no")
    assert isinstance(said.args[0], AuditorError)
    assert said.args[0].key == "duties.signed"
    band_of(page).unsign.click()
    settle()
    assert not page.column.cards["greets"].state.read_only
    assert session.answer("more0", "no")


def test_the_history_names_whose_section_it_is_or_who_writes(store: Store, qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    session.answer("greets", "yes")
    session.sharing.assign(["hall"], "张三")
    session.sharing.assign(["teller"], "李四")
    session.answer("smiles", "yes")
    session.answer("teller#1/hands", "yes")
    menu = band_of(page).menu_of_writers()
    next(one for one in menu.actions() if one.text() == "李四").trigger()
    assert band_of(page).writer.text() == "现在填写：李四"
    session.answer("signs", "yes")
    session.undo()
    said = {edit.path: one.who for one in store.history(session.audit.id) for edit in one.edits if one.what == "answer"}
    assert said == {"greets": "", "smiles": "张三", "teller#1/hands": "李四", "signs": "李四"}


def test_the_review_page_leads_to_what_is_not_signed(qtbot: QtBot, session: AuditSession) -> None:
    session.sharing.assign(["hall"], "张三")
    answer_hall(session)
    page = ReviewPage(session)
    qtbot.addWidget(page)
    line = page.findChild(LinkRow, "missing:hall")
    assert "尚未签字" in line.accessibleName()
    capture = open_page(qtbot, session)
    capture.show_place("kinds")
    with qtbot.waitSignal(page.item_requested) as said:
        line.click()
    capture.reveal(said.args[0])
    assert capture.place is not None
    assert capture.place.key == "hall"


def test_last_months_result_stands_beside_each_item_and_cannot_be_copied(qtbot: QtBot, store: Store) -> None:
    before = begun(store, "2026-02-20T09:00:00+08:00")
    for item in before.audit.checklist.items():
        if item.options and item.id not in ("q_multi", "hands"):
            before.answer(item.id, "yes")
    before.answer("q_multi", ["none"])
    before.answer("teller#1/hands", "yes")
    before.answer("greets", "no")
    before.set_reasons("greets", (Reason("未起立", "10:12"),))
    before.answer("why", "yes")
    before.answer("q_occurrences", 0)
    before.answer("q_rating", 4)
    before.answer("q_duration", Decimal(12))
    assert review.missing(before.audit, before.score) == ()
    assert before.finish()
    before.close()
    session = begun(store)
    session.sharing.look_back(store)
    page = open_page(qtbot, session)
    assert session.sharing.last_line("greets") == "上月：扣4分（未起立）"
    assert session.sharing.last_line("signs") == "上月：符合"
    assert session.sharing.last_line("smiles").startswith("上月：")
    assert session.sharing.last_line("teller#1/hands") == "上月：符合"
    assert session.sharing.last_line("q_text") == ""
    assert page.column.cards["greets"].setting.last == "上月：扣4分（未起立）"
    assert not [one.text() for one in page.findChildren(QPushButton) if "复制" in one.text() or "沿用" in one.text()]
    session.close()
    later = begun(store, "2026-06-20T09:00:00+08:00")
    later.sharing.look_back(store)
    assert later.sharing.last_line("signs") == "上次（2026-02-20）：符合"
    later.close()


def test_a_first_self_inspection_says_nothing_of_last_time(store: Store, session: AuditSession) -> None:
    session.sharing.look_back(store)
    assert session.sharing.last_line("greets") == ""


def test_an_answer_not_given_last_time_has_no_line(store: Store) -> None:
    from ui.duties.last import LastTime

    session = begun(store)
    session.opened.answer("greets", Answer(note="只有备注"))  # type: ignore[union-attr]
    assert LastTime(session.audit, "2026-04-01").line("greets") == ""
    assert LastTime(session.audit, "2026-04-01").line("gone") == ""
    session.close()


@pytest.mark.parametrize("width", [1280, 760])
def test_panel_and_band_are_legible_and_named(qtbot: QtBot, session: AuditSession, width: int) -> None:
    page = open_page(qtbot, session, width)
    session.sharing.assign(["hall"], "会计主管王芳")
    band_of(page).sign.click()
    settle()
    for part in (band_of(page), page):
        assert looking.clipped(part) == []
        assert looking.unnamed(part) == []
    page.maker.share()
    settle()
    panel = page.findChild(DutiesPanel)
    assert looking.clipped(panel) == []
    assert looking.small_targets(panel) == []
    assert [one.text() for one in panel.findChildren(QLabel) if one.text() == "分工"]


def test_a_drawn_signature_keeps_the_day_it_was_given(store: Store) -> None:
    """The report prints it beside the drawing; a photo of anything else has the camera's time or none."""
    about = replace(header(visited="2026-03-20T09:00:00+08:00"), kind="self", shopper="")
    session = AuditSession(store.create(find("branch_self_inspection"), about))
    for path in ("head_signature", "front_photo"):
        session.add_photos(path, [drawn(path)])
        settle()
    assert session.current("head_signature").photos[0].taken[:10] == f"{date.today()}"
    assert session.current("front_photo").photos[0].taken == ""
    session.close()
