"""A whole visit by keys alone: start, every kind of item, finish, export; the focus is always seen (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer
from auditor.store import Store
from auditor.words import tr
from tests.ui.scene import checklist, header, settle
from ui import app as opening
from ui.capture.page import CapturePage
from ui.export.page import ExportPage
from ui.main_window import MainWindow
from ui.review.page import ReviewPage
from ui.start.page import StartPage

KEYS: dict[str, str] = {
    "q_choice": "1",
    "q_multi": "1",
    "q_occurrences": "0",
    "q_number": "4",
    "q_rating": "5",
    "q_duration": "  ",
    "q_time": "10:05",
    "q_text": "All in order",
    "q_date": "2026-03-05",
    "q_signature": "Li",
}
"""What is typed to answer an item; a duration is started and stopped by the space bar."""


class Keys:
    """Types, and looks after each key where the focus is."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)
        settle(1)
        self.look()

    def type(self, text: str) -> None:
        for one in text:
            QTest.keyClicks(self.window.focusWidget() or self.window, one)
        settle(1)
        self.look()

    def look(self) -> None:
        focused = self.window.focusWidget()
        assert focused is not None, "the focus is lost"
        assert focused.isVisible(), focused
        assert not focused.visibleRegion().isEmpty(), f"{focused.accessibleName()} has the focus out of sight"

    def tab_to(self, wanted: Callable[[QWidget], bool], most: int = 150) -> QWidget:
        for _ in range(most):
            focused = self.window.focusWidget()
            if focused is not None and wanted(focused):
                return focused
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("Tab never comes there")


@pytest.fixture
def keys(qapp: QApplication, qtbot: QtBot, data: Path) -> Iterator[Keys]:
    with Store.open(data, write=True) as store:
        store.create(checklist(), header()).close()
    window = opening.open_window(qapp, data)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.desk.store is not None, timeout=20_000)
    window.activateWindow()
    settle()
    yield Keys(window)
    window.close()
    settle()


def test_a_check_is_started_by_keys(keys: Keys, qtbot: QtBot) -> None:
    keys.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    page = keys.window.current_page()
    assert isinstance(page, StartPage)
    qtbot.waitUntil(lambda: bool(page._tiles.buttons()), timeout=20_000)
    settle()
    keys.tab_to(lambda one: one in page._tiles.buttons())
    keys.press(Qt.Key.Key_Space)
    keys.tab_to(lambda one: one is page.branches.search)
    keys.type("Chengdong")
    keys.press(Qt.Key.Key_Return)
    keys.tab_to(lambda one: one is page.start)
    keys.press(Qt.Key.Key_Space)
    settle()
    assert isinstance(keys.window.current_page(), CapturePage)


def test_a_visit_is_completed_and_exported_by_keys(keys: Keys, qtbot: QtBot, tmp_path: Path) -> None:
    window = keys.window
    table = window.library.table
    keys.tab_to(lambda one: one is table)
    keys.press(Qt.Key.Key_Down)
    keys.press(Qt.Key.Key_Return)
    settle()
    page = window.current_page()
    assert isinstance(page, CapturePage)
    for path, typed in KEYS.items():
        answer(keys, page, path, typed)
    for _ in range(60):
        if not page.route.open_count():
            break
        keys.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        keys.type("1")
        settle()
    assert page.route.open_count() == 0
    keys.tab_to(lambda one: one is page.bar.review)
    keys.press(Qt.Key.Key_Space)
    settle()
    review = window.current_page()
    assert isinstance(review, ReviewPage)
    keys.tab_to(lambda one: one.objectName() == "finish")
    keys.press(Qt.Key.Key_Space)
    settle()
    assert review.is_finished
    keys.tab_to(lambda one: isinstance(one, QPushButton) and one.text() == tr("capture.export"))
    keys.press(Qt.Key.Key_Space)
    settle()
    export = window.current_page()
    assert isinstance(export, ExportPage)
    keys.tab_to(lambda one: one is export.folder)
    keys.press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    keys.type(str(tmp_path / "out"))
    keys.tab_to(lambda one: one is export.start)
    with qtbot.waitSignal(export.exported, timeout=60_000) as said:
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
    assert all(path.exists() for path in said.args[0])


def answer(keys: Keys, page: CapturePage, path: str, typed: str) -> None:
    """Arrows to the card, then its keys; where a field takes them, Escape gives the arrows back."""
    for _ in range(20):
        card = page.column.focused()
        if card is not None and card.path == path:
            break
        keys.press(Qt.Key.Key_Down)
    card = page.column.focused()
    assert card is not None
    assert card.path == path
    keys.type(typed)
    keys.press(Qt.Key.Key_Escape)
    settle()
    assert page.session.current(path) != Answer(), path
