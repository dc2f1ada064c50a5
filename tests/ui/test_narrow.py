"""What gives way where a window is narrow for its text size: names of the rail, filters of a visit, a card's head."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.looking import settle
from tests.ui.scene import item
from ui.capture.head import CaptureHead
from ui.cards.item_card import ItemCard
from ui.controls import Setting
from ui.look import style
from ui.navigation import Navigation


@pytest.fixture
def large(dressed: QApplication) -> QApplication:
    """Text at 200 %."""
    style.apply(dressed, "light", 200)
    return dressed


def test_the_rail_keeps_its_names_to_itself(large: QApplication, qtbot: QtBot) -> None:
    assert large.styleSheet()
    frame, rail = QWidget(), Navigation((("home", "home"), ("checklists", "checklist")), ())
    qtbot.addWidget(frame)
    QHBoxLayout(frame).addWidget(rail, 0, Qt.AlignmentFlag.AlignLeft)
    rail.stand_in(frame)
    frame.resize(1400, 600)
    frame.show()
    settle()
    wide = rail.width()
    frame.resize(800, 600)
    settle()
    entries = rail.findChildren(QToolButton)
    assert rail.width() < wide
    assert {one.toolButtonStyle() for one in entries} == {Qt.ToolButtonStyle.ToolButtonIconOnly}
    assert [one.accessibleName() for one in entries] == [one.toolTip() for one in entries] == ["首页", "检查表"]
    frame.resize(1400, 600)
    settle()
    assert rail.width() == wide
    assert not any(one.toolTip() for one in entries)


def test_the_filters_of_a_visit_fold_into_one_chip(large: QApplication, qtbot: QtBot) -> None:
    assert large.styleSheet()
    page = QWidget()
    qtbot.addWidget(page)
    head = CaptureHead(blind=False, parent=page)
    head.show_title("接待礼仪")
    head.show_counts({"open": 3, "lost": 1})
    head.resize(480, 300)
    page.show()
    settle()
    assert head.narrow
    assert head.filter.isHidden()
    offered = head.chip.menu_of_choices().actions()
    assert [one.text() for one in offered] == ["全部", "未答 3", "扣分 1"]
    with qtbot.waitSignal(head.filter_chosen) as said:
        offered[2].trigger()
    assert said.args == ["lost"]
    head.show_filter("lost")
    assert "扣分 1" in head.chip.text()
    with qtbot.waitSignal(head.filter_chosen) as said:
        head.chip.menu_of_choices().actions()[0].trigger()
    assert said.args == ["all"]
    head.resize(1800, 300)
    settle()
    assert head.chip.isHidden()
    assert not head.filter.isHidden()


def test_the_title_of_a_card_goes_below_its_buttons(large: QApplication, qtbot: QtBot) -> None:
    assert large.styleSheet()
    card = ItemCard(item("choice"), Setting((), False, "q"), "1.1")
    qtbot.addWidget(card)
    card.resize(1000, 600)
    card.show()
    settle()
    beside = card.header._places(1000).title
    below = card.header._places(420).title
    more = card.header.more
    assert more is not None
    assert beside.top() < more.geometry().bottom() <= below.top() + 1
    assert more.y() >= 0, "the button stays on the card"
    assert below.width() > 300
