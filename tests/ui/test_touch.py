"""Every control by finger: a tap acts, a drag that begins on it scrolls and answers nothing (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScroller, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.scene import KINDS, both, item, open_session, settle
from tests.ui.test_capture_page import Finger
from ui.capture.page import CapturePage
from ui.cards.item_card import ItemCard
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("dressed")

CONTROLS: dict[str, Callable[[ItemCard], QWidget]] = {
    "q_choice": lambda card: card.control.buttons[1],  # type: ignore[union-attr]
    "q_multi": lambda card: card.control.chips[1],  # type: ignore[union-attr]
    "q_occurrences": lambda card: card.control.more,  # type: ignore[union-attr]
    "q_rating": lambda card: card.control.buttons[3],  # type: ignore[union-attr]
    "q_duration": lambda card: card.control.toggle,  # type: ignore[union-attr]
    "q_time": lambda card: card.control.stamp,  # type: ignore[union-attr]
    "q_date": lambda card: card.control.stamp,  # type: ignore[union-attr]
}
"""A kind of item → what is tapped to answer it."""
DRAGGED: dict[str, Callable[[ItemCard], QWidget]] = {
    **CONTROLS,
    "q_number": lambda card: card.control.field,  # type: ignore[union-attr]
    "q_text": lambda card: card.control.field,  # type: ignore[union-attr]
    "q_photo": lambda card: card.control.choose,  # type: ignore[union-attr]
    "q_photo paste": lambda card: card.control.paste,  # type: ignore[union-attr]
    "q_signature": lambda card: card.control.name,  # type: ignore[union-attr]
    "q_duration display": lambda card: card.control.display,  # type: ignore[union-attr]
    "q_time field": lambda card: card.control.field,  # type: ignore[union-attr]
    "slid": lambda card: card.control.slider,  # type: ignore[union-attr]
    "q_choice flag": lambda card: card.header.flag,  # type: ignore[dict-item,return-value]
    "q_choice more": lambda card: card.header.more,  # type: ignore[dict-item,return-value]
}
"""Whatever a finger may come down on: a path, and where there are several things on its card, which."""


@pytest.fixture
def page(qtbot: QtBot, data: Path) -> Iterator[CapturePage]:
    kinds = [item(kind) for kind in KINDS]
    slid = item("number", id="slid", valid_if="slid >= 0 and slid <= 20")
    last = [item("text", id=f"below{n}") for n in range(6)]
    sections = [{"id": "kinds", "title": both("全部题型", "All kinds"), "items": [*kinds, slid, *last]}]
    with open_session(data, sections=sections) as session:
        made = CapturePage(session)
        qtbot.addWidget(made)
        made.resize(1280, 800)
        made.show()
        made.activateWindow()
        made.show_place("kinds")
        settle()
        yield made


def bring(page: CapturePage, name: str) -> QWidget:
    """The control in the middle of the page, with room below to scroll to."""
    card = page.column.cards[name.partition(" ")[0]]
    card.wake()
    page.column.settle()
    page.column.area.verticalScrollBar().setValue(max(0, card.y() - 300))
    settle(1)
    return DRAGGED[name](card)


def given(session: AuditSession, path: str) -> object:
    return session.current(path).value


@pytest.mark.parametrize("name", DRAGGED)
def test_a_drag_that_begins_on_a_control_scrolls_and_answers_nothing(page: CapturePage, name: str) -> None:
    """What is below the finger is not pressed, typed into, stamped, slid, started, nor opened."""
    finger, control = Finger(page), bring(page, name)
    bar = page.column.area.verticalScrollBar()
    before = bar.value()
    finger.stroke(control, 210)
    QScroller.scroller(page.column.area.viewport()).stop()  # how flights end is seen in test_capture_page.py
    settle()
    assert bar.value() > before + 50
    assert dict(page.session.audit.answers) == {}
    assert page.session.running == {}
    assert QApplication.activePopupWidget() is None
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not page] == []


def test_a_drag_on_the_handle_of_a_slider_slides_and_does_not_scroll(page: CapturePage) -> None:
    """Only the handle is dragged; sideways it answers, and the page stays."""
    finger, slider = Finger(page), bring(page, "slid")
    bar = page.column.area.verticalScrollBar()
    before, window = bar.value(), page.windowHandle()
    spot = slider.mapTo(page, QPoint(20, slider.height() // 2))
    QTest.touchEvent(window, finger.device).press(0, spot, window)
    for step in range(14, 141, 14):
        QTest.touchEvent(window, finger.device).move(0, spot + QPoint(step, 0), window)
    QTest.touchEvent(window, finger.device).release(0, spot + QPoint(140, 0), window)
    settle()
    assert bar.value() == before
    assert given(page.session, "slid") is not None


def test_a_tap_by_finger_puts_the_keyboard_into_a_field(page: CapturePage) -> None:
    finger, field = Finger(page), bring(page, "q_text")
    finger.stroke(field, 0)
    settle()
    assert page.window().focusWidget() is field


@pytest.mark.parametrize("path", CONTROLS)
def test_a_tap_by_finger_answers(page: CapturePage, path: str) -> None:
    finger, control = Finger(page), bring(page, path)
    finger.stroke(control, 0)
    settle()
    assert path in page.session.running or given(page.session, path) is not None


def test_a_tap_by_finger_flags(page: CapturePage) -> None:
    finger = Finger(page)
    flag = page.column.cards["q_choice"].header.flag
    assert flag is not None
    finger.stroke(flag, 0)
    settle()
    assert page.session.current("q_choice").flagged
