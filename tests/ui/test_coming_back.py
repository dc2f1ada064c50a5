"""After a crash the program opens where it was, with one sentence; the keyboard on the screen covers no field (design
§6, P1)."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from auditor.store import Store
from tests.ui.scene import checklist, header, settle
from ui import app as opening
from ui.capture.page import CapturePage
from ui.controls.keyboard_room import KeyboardRoom
from ui.jot.page import JotPage
from ui.last_place import NAME, LastPlaces, Spot
from ui.main_window import MainWindow
from ui.review.page import ReviewPage
from ui.settings import stored

RUNS = """
import runpy, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

folder, audit, page, said = sys.argv[1:]
app = QApplication([sys.argv[0], "-style", "fusion"])
steps = []

def window():
    return next((one for one in app.topLevelWidgets() if hasattr(one, "desk")), None)

def work():
    shown = window()
    if shown is None or shown.desk.store is None:
        return
    if not steps:
        shown.resize(1280, 800)
        shown.open_audit(audit)
        shown.show_page("capture")
    elif len(steps) == 3:
        shown.session.answer("smiles", "yes")
        shown.current_page().show_place("hall")
    elif len(steps) == 6:
        bar = shown.current_page().column.area.verticalScrollBar()
        bar.setValue(bar.maximum() * 2 // 3)
    elif len(steps) == 9:
        Path(said).write_text(" ".join(map(str, shown.current_page().column.spot())))
        if page != "capture":
            shown.show_page(page)
    elif len(steps) == 18:
        print("ready", flush=True)
    steps.append(1)

timer = QTimer()
timer.timeout.connect(work)
timer.start(100)
sys.argv = ["ui", "--data", folder]
runpy.run_module("ui", run_name="__main__")
"""
"""`python -m ui --data FOLDER` with a hand that goes to the second section, answers, scrolls, then rests."""


def killed_on(page: str, data: Path, audit: str) -> tuple[str, int]:
    """Run the program, kill it on a page (SIGKILL), and tell where its checklist was scrolled to."""
    said = data.parent / "said"
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    line = [sys.executable, "-c", RUNS, str(data), audit, page, str(said)]
    with subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        ready = running.stdout.readline()
        running.kill()
        assert ready == b"ready\n", running.stderr.read().decode()
    assert running.returncode == -signal.SIGKILL
    path, offset = said.read_text().split()
    return path, int(offset)


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
@pytest.mark.parametrize("page", ["capture", "review"])
def test_after_a_kill_the_program_opens_where_it_was(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str, page: str
) -> None:
    """P1: the same audit, page, section and item in sight, with what was answered; one sentence says so; once."""
    path, offset = killed_on(page, data, audit)
    assert path not in ("", "greets"), "else the page was not scrolled"
    window = opened(qtbot, data, windows)
    assert window.page == page
    assert window.messages.text.startswith("上次没有正常退出")
    assert window.messages.text.count("。") == 1
    assert window.messages.detail == ""
    window.show_page("capture")
    settle()
    shown = window.current_page()
    assert isinstance(shown, CapturePage)
    assert shown.session.audit.id == audit
    assert shown.session.current("smiles").value == "yes"
    assert shown.place is not None
    assert shown.place.key == "hall"
    found, at = shown.column.spot()
    assert found == path, (data / NAME).read_text()
    assert abs(at - offset) <= 2
    window.close()
    settle()
    again = opened(qtbot, data, windows)
    assert again.page == "home", "it closed properly this time"
    assert again.messages.text == ""


def test_after_a_kill_the_note_pad_says_it_in_its_own_words(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    """The strip is hidden there: nothing on the pad speaks of an audit (design §1)."""
    stored.save(data, stored.Settings(role="shopper", alias="青松", open_audit=audit))
    page = opened(qtbot, data, windows).current_page()
    assert isinstance(page, JotPage)
    assert "记下的都在" in page.bar.words.text()


def test_a_draft_opens_where_one_was_also_after_a_proper_close(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    """Not where the last answer is: where one was looking."""
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    settle()
    page = window.current_page()
    assert isinstance(page, CapturePage)
    page.session.answer("q_rating", 4)
    page.show_place("hall")
    settle()
    bar = page.column.area.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    qtbot.waitSignal(page.column.came_to_rest, timeout=5000).wait()
    before = page.column.spot()
    window.close()
    settle()
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    settle()
    again = window.current_page()
    assert isinstance(again, CapturePage)
    assert again.place is not None
    assert (again.place.key, again.column.spot()) == ("hall", before)


def test_what_one_is_led_to_is_not_scrolled_away_from(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    """From the check before finishing to an item of the section that was answered last."""
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    page = window.current_page()
    assert isinstance(page, CapturePage)
    page.session.answer("greets", "yes")
    window.show_page("review")
    settle()
    review = window.current_page()
    assert isinstance(review, ReviewPage)
    review.item_requested.emit("more7")
    settle()
    shown = window.current_page()
    assert isinstance(shown, CapturePage)
    card, view = shown.column.cards["more7"], shown.column.area.viewport()
    assert view.rect().contains(card.mapTo(view, card.rect().center()))
    assert shown.column.focused() is card


def test_places_that_make_no_sense_are_passed_over(data: Path) -> None:
    """Derived: a torn line or a foreign one costs nothing but the place."""
    data.mkdir()
    places = LastPlaces(data)
    places.note("a", Spot("capture", "hall", "smiles", -40))
    deep = b"[" * 200_000 + b"\n"
    (data / NAME).write_bytes(
        deep + (data / NAME).read_bytes() + b'["b", 1]\n{}\n["c", "x", "y", "z", "0"]\n\xff\n["d", "ca'
    )
    again = LastPlaces(data)
    assert again.of("a") == Spot("capture", "hall", "smiles", -40)
    assert [again.of(one) for one in "bcd"] == [None] * 3
    for n in range(2000):
        again.note(str(n % 300), Spot("capture", "hall", "", n))
    assert (data / NAME).stat().st_size < 50_000
    assert LastPlaces(data).of("299") is not None


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


def text_field(page: CapturePage) -> QWidget:
    """A field low on the page."""
    page.show_place("kinds")
    settle()
    page.column.wake_all()
    return page.column.cards["q_text"].control.field  # type: ignore[union-attr]


def settings_field(page: QWidget) -> QWidget:
    """The field that is lowest."""
    shown = [one for one in page.findChildren(QLineEdit) if one.isVisible() and not one.isReadOnly()]
    return max(shown, key=lambda one: one.mapTo(page, QPoint(0, 0)).y())


FIELDS: dict[str, Callable[[QWidget], QWidget]] = {
    "capture": text_field,  # type: ignore[dict-item]
    "jot": lambda page: page.notes.line,  # type: ignore[attr-defined]
    "review": lambda page: page.words.summary,  # type: ignore[attr-defined]
    "start": lambda page: page.alias,  # type: ignore[attr-defined]
    "settings": settings_field,
}
"""A page → a field of it to type into."""


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_scrolls_clear_of_the_keyboard_on_the_screen(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str, name: str
) -> None:
    """The rectangle of the input method is simulated: the lower half of the window."""
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    window.show_page(name)
    settle()
    page = window.current_page()
    field = FIELDS[name](page)
    for area in page.findChildren(QScrollArea):
        if area.isAncestorOf(field):
            area.ensureWidgetVisible(field, 0, 0)
    field.setFocus()
    settle()
    room, keyboard = window.findChild(KeyboardRoom), QRect(0, bottom(field, window) - 10, 1280, 400)
    assert room is not None
    room.cover(keyboard)
    settle()
    assert bottom(field, window) <= keyboard.top()
    assert field.mapTo(window, QPoint(0, 0)).y() >= 0
    assert window.focusWidget() is field
    window.rebuild()
    settle()
    assert window.centralWidget().layout().contentsMargins().bottom() == 0, "asked anew: there is none"
    room.cover(QRect())
    settle()
    shown = window.current_page()
    assert shown.mapTo(window, QPoint(0, shown.height())).y() > 700


class Method:
    """An input method with a keyboard on the screen, as far as room is made for it."""

    rectangle = QRectF(0, 500, 1280, 300)

    def isVisible(self) -> bool:
        return not self.rectangle.isEmpty()

    def keyboardRectangle(self) -> QRectF:
        return self.rectangle


def test_room_is_kept_from_page_to_page_and_in_another_language(
    qtbot: QtBot, data: Path, windows: list[MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the keyboard stays, whatever is shown ends above it; when it goes, nothing stays behind."""
    window, method = opened(qtbot, data, windows), Method()
    monkeypatch.setattr(QGuiApplication, "inputMethod", lambda: method)
    for name in ("start", "settings", "home"):
        window.show_page(name)
        settle()
        page = window.current_page()
        assert page.mapTo(window, QPoint(0, page.height())).y() <= 500
    window.on_switch_language()
    settle()
    page = window.current_page()
    assert page.mapTo(window, QPoint(0, page.height())).y() <= 500
    method.rectangle = QRectF()
    window.show_page("settings")
    settle()
    page = window.current_page()
    assert page.mapTo(window, QPoint(0, page.height())).y() > 700


def test_the_line_that_is_typed_stays_clear_in_a_long_text(
    qtbot: QtBot, data: Path, windows: list[MainWindow], audit: str
) -> None:
    """A field that has grown past what is left above the keyboard shows its last line."""
    window = opened(qtbot, data, windows)
    window.open_audit(audit)
    settle()
    page = window.current_page()
    assert isinstance(page, CapturePage)
    field = text_field(page)
    field.setFocus()
    room, keyboard = window.findChild(KeyboardRoom), QRect(0, 400, 1280, 400)
    assert room is not None
    room.cover(keyboard)
    for _ in range(20):
        QTest.keyClicks(field, "a line of it")
        QTest.keyClick(field, Qt.Key.Key_Return)
        room.cover(keyboard)
        settle(1)
        line: QRect = field.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
        assert 0 <= field.mapTo(window, line.bottomLeft()).y() <= keyboard.top()


def bottom(field: QWidget, window: QWidget) -> int:
    return field.mapTo(window, QPoint(0, field.height())).y()
