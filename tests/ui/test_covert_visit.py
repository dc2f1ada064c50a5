"""The scripted covert visit: jot, then complete, by what is to be seen on the screen, in both languages (design §1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auditor.audit import Audit
from auditor.store import Branch, Store
from auditor.words import tr
from checklists import library
from tests.ui.scene import settle
from tests.ui.test_visit import Hand, answer_place, capture, finish, open_hand, qt_wait
from ui.jot.page import JotPage
from ui.settings import stored
from ui.settings.stored import Settings
from ui.start.page import StartPage

SHEET = "service_details"


@pytest.fixture
def opened(data: Path) -> Iterator[list[Hand]]:
    """Windows opened on a shopper's data folder with a register; closed at the end."""
    with Store.open(data, write=True) as store:
        store.branches.merge([Branch("10001", "城东支行", "江城分行")])
    stored.save(data, Settings(role="shopper", alias="青松", theme="light"))
    hands: list[Hand] = []
    yield hands
    for hand in hands:
        hand.window.close()
    settle()


def begin(hand: Hand) -> JotPage:
    """Three touches from the page where one starts: the checklist, the branch, go."""
    hand.tap_words(tr("window.start_check"))
    page = hand.window.current_page()
    assert isinstance(page, StartPage)
    qt_wait(lambda: bool(page._tiles.buttons()) and page.branches.list.model().rowCount() > 0)
    title = str(library.find(SHEET, None).title)
    before = hand.touches
    hand.tap(next(one for one in page._tiles.buttons() if title in (one.accessibleName() or one.text())))
    listed = page.branches.list
    spot = listed.visualRect(listed.model().index(0, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    settle(1)
    hand.tap(page.start)
    assert hand.touches - before + 1 == 3
    return pad(hand)


def pad(hand: Hand) -> JotPage:
    page = hand.window.current_page()
    assert isinstance(page, JotPage)
    return page


def jot(hand: Hand, page: JotPage) -> None:
    """On the floor: one touch for each moment, two for what is timed, three words."""
    for name in ("arrived", "ticket"):
        hand.tap(page.stamps.stamps[name])
        assert page.stamps.stamps[name].time
    hand.tap(page.watch.toggle)
    hand.tap(page.chips.chips[0])
    hand.write(page.notes.line, "no one greets")
    QTest.keyClick(page.notes.line, Qt.Key.Key_Return)
    hand.tap(page.bar.cover)
    QTest.mouseClick(page.cover, Qt.MouseButton.LeftButton, pos=page.cover.corner.center())
    assert page.cover.isHidden()
    hand.tap(page.watch.toggle)
    hand.tap(page.stamps.stamps["left"])


def prove(hand: Hand, page: JotPage) -> None:
    """Outside: the ticket says when it was taken, a minute before."""
    hand.tap(page.stamps.stamps["arrived"])
    early = datetime.now() - timedelta(minutes=2)
    page.editor.field.selectAll()
    hand.write(page.editor.field, f"{early:%H:%M:%S}")
    hand.tap(page.editor.done)
    assert page.stamps.stamps["arrived"].time == f"{early:%H:%M:%S}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_jot_then_complete(qtbot: QtBot, data: Path, tmp_path: Path, opened: list[Hand], language: str) -> None:
    hand = open_hand(qtbot, data, language, opened)
    page = begin(hand)
    jot(hand, page)
    audit = page.session.audit.id
    hand.window.close()
    settle()

    hand = open_hand(qtbot, data, language, opened)
    hand.window.open_audit(audit)
    settle()
    page = pad(hand)
    assert len(page.session.audit.jots) == 6, "P1: every jot is there after restart"
    prove(hand, page)
    hand.tap(page.bar.unfold)
    filled = capture(hand)
    assert filled.head.leaving.text()
    for key in [one.key for one in filled.route.places]:
        answer_place(hand, filled, key)
    files = finish(hand, filled, tmp_path)

    with Store.open(data) as store:
        saved = store.read(audit)
    check(saved, next(path for path in files if path.suffix == ".pdf"))


def check(saved: Audit, pdf: Path) -> None:
    """What was jotted is in its item, in the course of the visit, in the report."""
    timing = next(one for one in saved.jots.values() if one.kind == "timing")
    assert f"{saved.answers[timing.name].value:.1f}" == timing.seconds
    assert saved.state == "finished"
    assert saved.header.left
    assert "no one greets" in saved.header.narrative
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages).replace("\n", "").replace(" ", "")
    assert "noonegreets" in text
    assert "离开后0分钟完成" in text or "completed0minafterleaving" in text
