"""The slider of a number between limits: by finger and mouse; a stroke beside its handle scrolls (design §6)."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer
from tests.ui.scene import item
from ui.controls.fields import NumberBox
from ui.controls.limits import limits
from ui.controls.slider import Slider
from ui.widgets.panels import TOUCH_AFTER, scrolling

pytestmark = pytest.mark.usefixtures("dressed")
LIMITED = "q_number >= 0 and q_number <= 140"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (LIMITED, (Fraction(0), Fraction(140))),
        ("q_number <= 50 and q_number >= -20", (Fraction(-20), Fraction(50))),
        ("q_number >= 0", None),
        ("q_number >= 0 and q_number <= 3650", None),
        ("q_number >= 0 or q_number <= 9", None),
        ("other >= 0 and q_number <= 9", None),
    ],
)
def test_limits_are_read_from_what_makes_an_answer_valid(said: str, found: object) -> None:
    assert limits(item("number", valid_if=said)) == found


def made(qtbot: QtBot) -> tuple[NumberBox, list[object], QScrollArea]:
    """A number with a slider on a page that scrolls, and what it says."""
    box, inside, heard = NumberBox(item("number", valid_if=LIMITED)), QWidget(), list[object]()
    column = QVBoxLayout(inside)
    column.addSpacing(300)
    column.addWidget(box)
    column.addSpacing(2000)
    area = scrolling(inside)
    qtbot.addWidget(area)
    area.resize(900, 600)
    area.show()
    box.answered.connect(heard.append)
    QTest.qWait(TOUCH_AFTER + 80)
    QApplication.processEvents()
    return box, heard, area


def slider_of(box: NumberBox) -> Slider:
    assert box.slider is not None
    return box.slider


def stroke(area: QScrollArea, start: QPoint, end: QPoint) -> None:
    window, device = area.windowHandle(), QTest.createTouchDevice()
    QTest.touchEvent(window, device).press(0, start, window)
    for step in range(1, 11):
        QTest.qWait(16)
        QTest.touchEvent(window, device).move(0, start + (end - start) * step / 10, window)
    QTest.touchEvent(window, device).release(0, end, window)
    QTest.qWait(50)


def test_a_finger_drags_the_handle_and_the_page_stays(qtbot: QtBot) -> None:
    box, heard, area = made(qtbot)
    slider = slider_of(box)
    start = slider.mapTo(area, QPoint(17, 24))
    stroke(area, start, start + QPoint(slider.width() - 34, 60))
    assert heard == ["140"]
    assert area.verticalScrollBar().value() == 0


def test_a_stroke_beside_the_handle_scrolls_and_answers_nothing(qtbot: QtBot) -> None:
    box, heard, area = made(qtbot)
    slider = slider_of(box)
    start = slider.mapTo(area, QPoint(slider.width() - 20, 24))
    stroke(area, start, start - QPoint(0, 200))
    assert heard == []
    assert area.verticalScrollBar().value() > 50


def test_what_was_saved_is_painted_never_what_was_dragged(qtbot: QtBot) -> None:
    """design §2: widgets are dumb."""
    box, heard, _ = made(qtbot)
    slider = slider_of(box)
    QTest.mousePress(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(17, 24))
    QTest.mouseMove(slider, QPoint(slider.width() // 2, 24))
    QTest.mouseRelease(slider, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(200, 24))
    assert len(heard) == 1
    assert slider.value == 0
    box.show_answer(Answer(70))
    assert slider.value == 70
    assert box.field.text() == "70"
