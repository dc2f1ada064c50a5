"""Every control by finger: a tap acts, a drag that begins on it scrolls and answers nothing (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer
from tests.ui.scene import open_session, settle
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


@pytest.fixture
def page(qtbot: QtBot, data: Path) -> Iterator[CapturePage]:
    with open_session(data) as session:
        made = CapturePage(session)
        qtbot.addWidget(made)
        made.resize(1280, 800)
        made.show()
        made.activateWindow()
        made.show_place("kinds")
        settle()
        yield made


def bring(page: CapturePage, path: str) -> QWidget:
    """The control in the middle of the page, with room below to scroll to."""
    card = page.column.cards[path]
    page.column.settle()
    page.column.area.verticalScrollBar().setValue(max(0, card.y() - 300))
    settle(1)
    return CONTROLS[path](card)


def given(session: AuditSession, path: str) -> object:
    return session.current(path).value


@pytest.mark.parametrize("path", CONTROLS)
def test_a_drag_that_begins_on_a_control_scrolls_and_answers_nothing(page: CapturePage, path: str) -> None:
    finger, control = Finger(page), bring(page, path)
    bar = page.column.area.verticalScrollBar()
    before = bar.value()
    finger.stroke(control, 210)
    finger.rest()
    assert bar.value() > before + 50
    assert page.session.current(path) == Answer()
    assert page.session.running == {}


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
