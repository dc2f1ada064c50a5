"""Finding one's way in a visit: search, filters, flags, the place one left, the thumb's side (design §6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from auditor.words import speaking
from tests.ui import looking
from tests.ui.scene import open_session, settle
from ui.capture.page import CapturePage
from ui.capture.search import Entry, matching
from ui.cards.item_card import ItemCard
from ui.controls import Hand
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    with open_session(data) as opened:
        yield opened


def open_page(
    qtbot: QtBot, session: AuditSession, width: int = 1280, height: int = 800, hand: Hand = "both"
) -> CapturePage:
    page = CapturePage(session, hand=hand)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.activateWindow()
    settle()
    return page


@pytest.fixture
def page(qtbot: QtBot, session: AuditSession) -> CapturePage:
    """The page at its second section."""
    made = open_page(qtbot, session)
    made.show_place("hall")
    settle()
    return made


def found(page: CapturePage, text: str) -> list[str]:
    page.show_search()
    page.beside.search.field.setText(text)
    settle(1)
    return [row.objectName().removeprefix("found:") for row in page.beside.search.rows]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("微笑", "smiles"),
        ("SMILES", "smiles"),
        ("2.3", "smiles"),
        ("wx", "smiles"),
        ("未代 签字", "signs"),
        ("teller#1", ""),
        ("双手", "teller#1/hands"),
    ],
)
def test_an_item_is_found_by_words_number_and_initials(page: CapturePage, text: str, path: str) -> None:
    assert found(page, text)[:1] == ([path] if path else [])


def test_hidden_items_are_not_found(page: CapturePage) -> None:
    """S2: what a condition hides is not there."""
    assert "why" not in found(page, "为何未起立")
    page.session.answer("greets", "no")
    assert "why" in found(page, "为何未起立")


def test_the_closest_match_comes_first() -> None:
    entries = [
        Entry("a", "1.12", "x", "", words=("所有 2.1 项", "sy")),
        Entry("b", "2.1", "x", "", words=("门", "m")),
        Entry("c", "2.10", "x", "", words=("窗", "c")),
    ]
    assert [one.path for one in matching(entries, "2.1")] == ["b", "c", "a"]


def test_a_result_leads_to_its_card_and_frames_it(page: CapturePage) -> None:
    page.show_search()
    page.beside.search.field.setText("双手")
    QTest.keyClick(page.beside.search.field, Qt.Key.Key_Return)
    settle()
    card = page.column.cards["teller#1/hands"]
    assert page.column.focused() is card
    before = card.grab().toImage()
    card._found.stop()  # type: ignore[union-attr]
    assert card.grab().toImage() != before, "the frame is seen, and goes away"


def test_the_search_is_closed_by_escape_and_gives_the_keyboard_back(page: CapturePage) -> None:
    page.show_search()
    QTest.keyClick(page.beside.search.field, Qt.Key.Key_Escape)
    settle()
    assert page.beside.search.isHidden()
    assert page.column.focused() is not None


def test_a_search_without_a_match_says_what_can_be_typed(page: CapturePage) -> None:
    found(page, "没有这样的项目")
    assert "没有找到" in page.beside.search.words.text()
    assert "拼音首字母" in page.beside.search.words.text()


def test_in_a_narrow_window_the_search_gives_way_to_the_card(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session, 640, 800)
    assert found(page, "签字") == ["signs"]
    assert page.column.isHidden()
    page.beside.search.rows[0].click()
    settle()
    assert not page.column.isHidden()
    assert page.beside.search.isHidden()


def test_f_flags_the_focused_item_and_flags_outlive_the_page(page: CapturePage, qtbot: QtBot) -> None:
    """P1: a flag is a change like any other."""
    page.column.reveal("signs")
    QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_F)
    settle(1)
    flag = page.column.cards["signs"].header.flag
    assert page.session.current("signs").flagged
    assert flag is not None
    assert flag.isChecked()
    again = open_page(qtbot, page.session)
    assert again.route.counts(again.route.places[1])["flagged"] == 1
    again.column.reveal("signs")
    QTest.keyClick(again.window().focusWidget(), Qt.Key.Key_F)
    assert not again.session.current("signs").flagged


def test_a_flag_scores_nothing_and_is_no_answer(page: CapturePage) -> None:
    """S4: an item that is only flagged is open."""
    before = page.session.score
    page.session.flag("signs", True)
    assert page.session.score.answered == before.answered
    assert page.session.score.total == before.total
    assert "signs" in page.route.progress["hall"].open_paths


def test_what_is_flagged_is_listed_before_anything_is_typed(page: CapturePage) -> None:
    page.session.flag("signs", True)
    page.session.flag("teller#1/hands", True)
    assert found(page, "") == ["signs", "teller#1/hands"]


def test_filters_for_flags_and_photos_are_offered_where_there_are_some(page: CapturePage) -> None:
    texts = [one.text() for one in page.head.filter.buttons() if not one.isHidden()]
    assert texts == ["全部", "未答 11", "扣分 0"]
    page.session.flag("signs", True)
    settle(1)
    shown = [one for one in page.head.filter.buttons() if not one.isHidden()]
    assert [one.text() for one in shown] == ["全部", "未答 11", "扣分 0", "已标记 1"]
    shown[-1].click()
    settle()
    assert list(page.column.cards) == ["signs"]
    page.session.flag("signs", False)
    settle(1)
    assert "signs" in page.column.cards, "nothing vanishes under the finger"


def test_the_page_comes_back_scrolled_as_it_was(qtbot: QtBot, session: AuditSession) -> None:
    first = open_page(qtbot, session)
    first.show_place("hall")
    session.answer("greets", "yes")
    settle()
    first.column.area.verticalScrollBar().setValue(500)
    seen = first.column.spot()
    first.hide()
    again = open_page(qtbot, session)
    assert again.place is not None
    assert again.place.key == "hall"
    assert again.column.spot() == seen


def test_cards_out_of_sight_become_whole_while_there_is_time(page: CapturePage, qtbot: QtBot) -> None:
    """Every answer button is there for a screen reader and the keyboard, seen or not."""
    page.show_place("hall")
    qtbot.waitUntil(lambda: not page.column.asleep)
    buttons = [list(card.control.buttons) for card in page.findChildren(ItemCard)]  # type: ignore[union-attr]
    assert buttons
    assert all(of_one and all(one.text() for one in of_one) for of_one in buttons)


def test_a_card_asleep_is_as_high_as_a_whole_one(page: CapturePage) -> None:
    page.show_place("hall")
    page.column.settle()
    before = {path: card.geometry() for path, card in page.column.cards.items()}
    page.column.wake_all()
    page.column.settle()
    assert {path: card.geometry() for path, card in page.column.cards.items()} == before


def test_the_tapped_card_stays_under_the_finger_when_items_come_and_go(page: CapturePage) -> None:
    """`why` comes below `greets` and goes again; a cascade changes `smiles`. The tapped button moves nowhere."""
    page.column.area.verticalScrollBar().setValue(60)
    settle()
    card = page.column.cards["greets"]
    for number in (1, 0, 1):
        button = card.control.buttons[number]  # type: ignore[union-attr]
        before = button.mapTo(page, QPoint(0, 0))
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()
        assert button.mapTo(page, QPoint(0, 0)) == before
        assert ("why" in page.column.cards) == (number == 1)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280)])
def test_for_a_left_thumb_everything_changes_sides(
    qtbot: QtBot, session: AuditSession, width: int, height: int
) -> None:
    left, right = (open_page(qtbot, session, width, height, hand) for hand in ("left", "right"))
    for page in (left, right):
        page.show_place("hall")
        settle()
    assert left.rail.x() > left.column.mapTo(left, QPoint(0, 0)).x()
    assert right.rail.x() == 0
    assert left.bar.review.x() < left.bar.next.x() < left.bar.undo.x() < left.bar.previous.x()
    assert right.bar.previous.x() < right.bar.undo.x() < right.bar.next.x() < right.bar.review.x()
    for page, side in ((left, 0), (right, 1)):
        card = page.column.cards["greets"]
        buttons, flag = card.control.buttons, card.header.flag  # type: ignore[union-attr]
        assert flag is not None
        assert (flag.geometry().center().x() > card.width() / 2) == bool(side)
        edges = (buttons[0].geometry().left(), card.control.width() - buttons[-1].geometry().right() - 1)  # type: ignore[union-attr]
        assert edges[side] == 0
        assert buttons[-1].geometry().right() - buttons[0].x() <= 560
        assert looking.small_targets(page) == []
        assert looking.beside_the_page(page) == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("width", "height"), [(1280, 800), (800, 1280), (640, 800)])
def test_search_and_filters_cut_no_words(
    qtbot: QtBot, session: AuditSession, language: str, width: int, height: int
) -> None:
    with speaking(language):
        session.flag("signs", True)
        page = open_page(qtbot, session, width, height)
        page.show_place("hall")
        found(page, "a")
        settle()
        assert looking.clipped(page.head) + looking.clipped(page.bar) == []
        assert all(row.height() >= row.heightForWidth(row.width()) for row in page.beside.search.rows)
        assert looking.small_targets(page) == []
        assert looking.unnamed(page) == []


def test_one_more_teller_can_be_added_where_the_rail_is_rings(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session, 800, 1280)
    page.show_place("teller#1")
    settle()
    assert page._instance is not None
    assert page._instance.add.text() == "添加柜员 2"
    page._instance.add.click()
    settle()
    assert page.place is not None
    assert page.place.key == "teller#2"


def test_the_rail_tells_tellers_apart_by_their_windows(page: CapturePage) -> None:
    page.session.answer("teller#1/window", "3")
    settle(1)
    assert "3" in page.rail.rows["teller#1"].accessibleName().split(" · ")


def test_the_chosen_hand_is_remembered_and_reaches_the_page(qtbot: QtBot, data: Path) -> None:
    from tests.ui.scene import checklist, header
    from ui.desk import Desk
    from ui.main_window import MainWindow
    from ui.settings import stored
    from ui.settings.stored import Settings

    desk = Desk(data)
    window = MainWindow(desk, Settings())
    qtbot.addWidget(window)
    window.change(hand="left")
    assert stored.load(data)[0].hand == "left"
    with qtbot.waitSignal(desk.ready):
        desk.open()
    window.start_audit(checklist(), header())
    page = window.current_page()
    assert isinstance(page, CapturePage)
    assert page.rail.property("side") == "right"
    window.on_find()
    assert not page.beside.search.isHidden(), "Ctrl+F"
    window.close()
