"""After a crash the program opens where it was, with one sentence; the keyboard on the screen covers no field (design
§6, P1)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from auditor.store import Store
from tests.ui.scene import checklist, header, settle
from ui import app as opening
from ui.app import make_room
from ui.capture.page import CapturePage
from ui.controls.keyboard_room import KeyboardRoom
from ui.main_window import MainWindow
from ui.settings import stored

DIES = """
import os, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.ui.scene import settle
from ui.app import open_window

app = QApplication(sys.argv[:1])
window = open_window(app, Path(sys.argv[1]))
settle()
window.open_audit(sys.argv[2])
settle()
window.session.answer("smiles", "yes")
settle()
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def audit(data: Path) -> str:
    with Store.open(data, write=True) as store:
        opened = store.create(checklist(), header())
        opened.close()
        return opened.audit.id


@pytest.fixture
def windows(qapp: QApplication, qtbot: QtBot, data: Path) -> Iterator[list[MainWindow]]:
    made: list[MainWindow] = []
    yield made
    for one in made:
        one.close()
    settle()
    del qapp, qtbot, data


def opened(qtbot: QtBot, data: Path, windows: list[MainWindow]) -> MainWindow:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = opening.open_window(app, data)
    windows.append(window)
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.desk.store is not None, timeout=20_000)
    settle()
    return window


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a system that kills")
def test_after_a_kill_the_audit_that_was_open_is_open_again(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    """P1: with what was answered, at the item answered last, and one sentence says so; once."""
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", DIES, str(data), audit], env=env, capture_output=True, timeout=120)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    window = opened(qtbot, data, windows)
    page = window.current_page()
    assert isinstance(page, CapturePage)
    assert page.session.audit.id == audit
    assert page.session.current("smiles").value == "yes"
    assert page.place is not None
    assert page.place.key == "hall"
    assert "已回到" in window.messages.text
    window.close()
    settle()
    again = opened(qtbot, data, windows)
    assert again.page == "home", "it closed properly this time"
    assert again.messages.text == ""


def test_closing_properly_opens_the_first_page(qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str) -> None:
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    settle()
    assert stored.load(data)[0].open_audit == audit
    window.go("settings")
    assert stored.load(data)[0].open_audit == "", "nothing was open there"
    window.go("home")
    window.open_audit(audit)
    window.close()
    settle()
    assert opened(qtbot, data, windows).page == "home"


def test_what_was_open_and_is_gone_is_passed_over(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    stored.save(data, stored.Settings(open_audit="20260101T000000Z-gone00"))
    window = opened(qtbot, data, windows)
    assert window.page == "home"
    assert window.messages.text == ""
    assert window.library.row(audit) is not None


def test_a_field_scrolls_clear_of_the_keyboard_on_the_screen(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    """The rectangle of the input method is simulated: the lower half of the window."""
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    settle()
    page = window.current_page()
    assert isinstance(page, CapturePage)
    page.show_place("kinds")
    settle()
    page.column.wake_all()
    card = page.column.cards["q_text"]
    field: QWidget = card.control.field  # type: ignore[union-attr]
    page.column.area.ensureWidgetVisible(field, 0, 0)
    field.setFocus()
    settle()
    make_room(window)
    room = window.centralWidget().findChild(KeyboardRoom)
    assert room is not None
    keyboard = QRect(0, 400, 1280, 400)
    assert bottom(field, window) > keyboard.top(), "else this proves nothing"
    room.cover(keyboard)
    settle()
    assert bottom(field, window) <= keyboard.top()
    assert field.mapTo(window, QPoint(0, 0)).y() >= 0
    assert window.focusWidget() is field
    room.cover(QRect())
    settle()
    assert page.mapTo(window, QPoint(0, page.height())).y() > keyboard.top()


def bottom(field: QWidget, window: QWidget) -> int:
    return field.mapTo(window, QPoint(0, field.height())).y()
