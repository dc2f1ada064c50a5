"""Jot mode in the window: who comes to it and how, what the window shows meanwhile, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from auditor.audit import Header, Jot
from auditor.store import Store
from auditor.words import use_language
from checklists.library import find
from tests.ui.scene import open_session, rest, settle
from ui import app as opening
from ui.capture.page import CapturePage
from ui.jot.entry import page_for
from ui.jot.page import JotPage
from ui.look import style
from ui.main_window import MainWindow
from ui.review.narrative import NarrativeCard
from ui.review.page import ReviewPage
from ui.role.today import Person

SHOPPER, OFFICER = Person("shopper", "青松"), Person("officer")
SHEET = "branch_mystery_visit"


def header(**more: str) -> Header:
    now = datetime.now().astimezone() - timedelta(hours=1)
    said = {"kind": "mystery", "visited": now.isoformat(timespec="seconds"), "branch": "10001"}
    return Header(**{**said, "branch_name": "城东支行", "shopper": "青松", **more})  # type: ignore[arg-type]


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    with Store.open(tmp_path / "data", write=True):
        pass
    made = opening.open_window(qapp, tmp_path / "data")
    qtbot.addWidget(made)
    qtbot.waitUntil(lambda: made.desk.store is not None, timeout=20_000)
    made.change(role="shopper", alias="青松", theme="light")
    rest(qtbot)
    yield made
    made.close()
    use_language("zh")
    style.apply(qapp, "light", 100)


def begin(window: MainWindow, **more: str) -> JotPage:
    window.start_audit(find(SHEET, None), header(**more))
    settle()
    return pad(window)


def pad(window: MainWindow) -> JotPage:
    page = window.current_page()
    assert isinstance(page, JotPage)
    return page


def test_a_shoppers_covert_visit_opens_in_jot_mode_until_it_has_an_answer(window: MainWindow) -> None:
    page = begin(window)
    page.stamp("arrived")
    audit = page.session.audit.id
    window.go("home")
    window.open_audit(audit)
    settle()
    assert isinstance(window.current_page(), JotPage)
    assert window.session is not None
    path = next(one.path for one in window.session.score.items if window.session.item(one.path).kind == "choice")
    assert window.session.answer(path, window.session.item(path).options[0].id)
    window.go("home")
    window.open_audit(audit)
    settle()
    assert isinstance(window.current_page(), CapturePage)


def test_others_open_the_checklist(data: Path) -> None:
    with open_session(data) as session:
        assert page_for(session, SHOPPER) == "jot"
        assert page_for(session, OFFICER) == "capture"
        session.set_header(replace(session.audit.header, kind="announced"))
        assert page_for(session, SHOPPER) == "capture"
        session.set_header(replace(session.audit.header, kind="telephone"))
        assert page_for(session, SHOPPER) == "jot"
        session.answer("q_text", "x")
        assert page_for(session, SHOPPER) == "capture"
    assert page_for(None, SHOPPER) == "home"


def test_the_window_is_a_note_pads_while_it_is_shown(window: MainWindow) -> None:
    """No name of the program, no rail, no strip; all of it comes back."""
    begin(window)
    for build in (lambda: None, window.rebuild, window.on_switch_theme, window.on_switch_language):
        build()
        settle()
        assert window.windowTitle() in ("备忘", "Notes")
        assert window.navigation.isHidden()
    window.messages.say("磁盘很慢", tone="lost")
    settle()
    assert window.messages.height() == 0
    window.show_page("capture")
    settle()
    assert not window.navigation.isHidden()
    assert window.messages.height() > 40
    assert window.windowTitle() not in ("备忘", "Notes")


def test_a_cover_stays_up_when_the_desktop_turns_dark(window: MainWindow) -> None:
    begin(window).put_cover()
    window.on_switch_theme()
    settle()
    page = window.current_page()
    assert isinstance(page, JotPage)
    assert not page.cover.isHidden()
    assert page.cover.geometry() == page.rect()


def test_jot_then_complete(window: MainWindow) -> None:
    """Unfolding leads to the checklist from its beginning, with the time since leaving; and back to the pad."""
    page = begin(window)
    page.record.type_stamp("ticket", f"{datetime.now() - timedelta(minutes=50):%H:%M:%S}", "ticket")
    page.record.type_stamp("left", f"{datetime.now() - timedelta(minutes=38):%H:%M:%S}", "receipt")
    page.watch.toggle.click()
    page.unfold()
    settle()
    capture = window.current_page()
    assert isinstance(capture, CapturePage)
    assert capture.head.leaving.text() == "离开后 38 分钟，请在 2 小时内完成"
    assert "已填入 1 项" in window.messages.text
    assert "还在计时" in window.messages.text
    assert capture.place == capture.route.first()
    capture.head.jot.click()
    settle()
    assert isinstance(window.current_page(), JotPage)
    assert window.session is not None
    late = datetime.now().astimezone() - timedelta(hours=3)
    window.session.set_header(replace(window.session.audit.header, left=late.isoformat(timespec="seconds")))
    jots = {n: None for n, one in window.session.audit.jots.items() if one.name == "left"}
    window.session.set_jots(jots)
    window.show_page("capture")
    settle()
    capture = window.current_page()
    assert isinstance(capture, CapturePage)
    assert "已过 2 小时" in capture.head.leaving.text()
    assert capture.head.leaving.property("tone") == "lost"


def test_the_strip_leads_back_to_the_pad_of_a_visit_that_was_left(window: MainWindow) -> None:
    page = begin(window)
    page.stamp("arrived")
    audit = page.session.audit.id
    page.unfold()
    settle()
    assert "访问经过" in window.messages.text
    window.go("settings")
    settle()
    assert window.session is None
    next(one for one in window.messages.findChildren(QPushButton) if one.text() == "随记").click()
    settle()
    page = pad(window)
    assert page.session.audit.id == audit


@pytest.mark.parametrize("kind", ["announced", "self"])
def test_an_open_inspection_offers_no_pad(window: MainWindow, kind: str) -> None:
    window.start_audit(find("branch_self_inspection" if kind == "self" else "greeting", None), header(kind=kind))
    settle()
    capture = window.current_page()
    assert isinstance(capture, CapturePage)
    assert capture.head.jot.isHidden()


# --- the narrative on the review page


def course(qtbot: QtBot, data: Path, narrative: str) -> Iterator[tuple[ReviewPage, NarrativeCard]]:
    with open_session(data) as session:
        session.jot(Jot("stamp", "2026-03-05T10:04:51+08:00", "arrived"))
        session.set_header(replace(session.audit.header, narrative=narrative))
        page = ReviewPage(session)
        qtbot.addWidget(page)
        page.show()
        settle()
        assert page.course is not None
        yield page, page.course


@pytest.mark.usefixtures("dressed")
def test_words_somebody_wrote_are_replaced_only_after_asking_in_place(qtbot: QtBot, data: Path) -> None:
    for page, card in course(qtbot, data, "十点到，没人招呼。"):
        card.redraft.click()
        assert page.session.audit.header.narrative == "十点到，没人招呼。"
        assert not card.question.isHidden()
        assert QApplication.activeModalWidget() is None
        card.keep.click()
        assert card.question.isHidden()
        card.redraft.click()
        card.replace.click()
        assert page.session.audit.header.narrative == "10:04 到达。"
        page.session.undo()
        assert page.session.audit.header.narrative == "十点到，没人招呼。"


@pytest.mark.usefixtures("dressed")
def test_a_draft_nobody_touched_is_drafted_anew_at_once(qtbot: QtBot, data: Path) -> None:
    for page, card in course(qtbot, data, ""):
        card.redraft.click()
        assert page.session.audit.header.narrative == "10:04 到达。"
        assert card.redraft.isHidden()
        card.field.setPlainText("10:04 到达，下雨。")
        page.flush()
        assert page.session.audit.header.narrative == "10:04 到达，下雨。"


def test_the_way_home_closes_the_visit_saved(window: MainWindow) -> None:
    page = begin(window)
    page.notes.line.setText("没人")
    page.head.back.click()
    settle()
    assert window.session is None
    row = window.desk.rows[0]
    assert [one.text for one in window.desk.read(row.id).jots.values()] == ["没人"]
