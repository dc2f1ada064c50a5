"""Jot mode: a note pad for the visit itself; what is tapped is durable at once (P1), nothing on it tells."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer, Jot
from auditor.words import use_language
from checklists.library import find
from tests.faults.disk import DISK_FULL, Failing, seam
from tests.faults.scene import picture
from tests.ui import looking
from tests.ui.scene import open_session, settle
from tests.ui.test_camera import Seen, frame
from tests.ui.test_style import contrast
from ui.controls.text_commit import REST
from ui.jot.chips import quick_words
from ui.jot.cover import CORNER
from ui.jot.night import COLOURS
from ui.jot.page import JotPage
from ui.jot.stamps import HELD
from ui.look import style
from ui.session import AuditSession
from ui.widgets.panels import TOUCH_AFTER

pytestmark = pytest.mark.usefixtures("dressed")
DAY = "2026-03-05T"
TIME = {"id": "done", "kind": "time", "text": {"zh": "办结时刻", "en": "All done"}, "required": False}

START = datetime.fromisoformat(f"{DAY}10:05:20+08:00")


@dataclass
class Clocks:
    """A machine's clock that can be set, and one that cannot."""

    wall: datetime = START
    steady: float = 1000.0

    def go(self, seconds: float) -> None:
        self.wall += timedelta(seconds=seconds)
        self.steady += seconds

    def now(self) -> datetime:
        return self.wall


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


@pytest.fixture
def page(qtbot: QtBot, data: Path, clocks: Clocks) -> Iterator[JotPage]:
    with open_session(data) as session:
        yield shown(qtbot, session, clocks)


def shown(qtbot: QtBot, session: AuditSession, clocks: Clocks, size: tuple[int, int] = (1280, 800)) -> JotPage:
    made = JotPage(session, now=clocks.now, steady=lambda: clocks.steady)
    qtbot.addWidget(made)
    made.resize(*size)
    made.show()
    made.activateWindow()
    settle()
    return made


def jots(page: JotPage) -> list[Jot]:
    return list(page.session.audit.jots.values())


def press(page: JotPage, name: str) -> None:
    page.stamps.stamps[name].click()
    settle()


def key(page: QWidget, code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = page.window().focusWidget() or page
    QTest.keyClick(focus, code, held)
    settle()


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


# --- stamps


def test_a_tap_stamps_now_and_shows_what_was_saved(page: JotPage, data: Path) -> None:
    """P1: one tap is one line; the figure on the stamp is the journal's."""
    lines = count_lines(data)
    press(page, "arrived")
    assert jots(page) == [Jot("stamp", f"{DAY}10:05:20+08:00", "arrived")]
    assert page.stamps.stamps["arrived"].time == "10:05:20"
    assert count_lines(data) == lines + 1
    assert page.head.saved.text() == f"已存 {page.session.saved_at:%H:%M:%S}"


def count_lines(data: Path) -> int:
    return len(next((data / "audits").rglob("journal.jsonl")).read_bytes().splitlines())


def test_what_was_not_saved_is_not_shown(page: JotPage) -> None:
    with seam(Failing(1, DISK_FULL, kinds=("write",), lasting=True)):
        press(page, "arrived")
    assert page.stamps.stamps["arrived"].time == ""
    assert "没有存上" in page.bar.words.text()


def test_the_next_expected_stamp_stands_out(page: JotPage) -> None:
    def following() -> list[str]:
        return [name for name, one in page.stamps.stamps.items() if "轻点记录" in one.accessibleName()]

    assert following() == ["arrived"]
    press(page, "arrived")
    assert following() == ["ticket"]
    press(page, "served")
    assert following() == ["q_time"]
    press(page, "left")
    assert following() == []


def test_a_second_tap_corrects_in_place_and_stamps_nothing(page: JotPage, clocks: Clocks) -> None:
    press(page, "arrived")
    clocks.go(60)
    press(page, "arrived")
    assert [one.at for one in jots(page)] == [f"{DAY}10:05:20+08:00"]
    assert not page.editor.isHidden()
    assert QApplication.activeModalWidget() is None
    page.editor.now.click()
    assert [one.at for one in jots(page)] == [f"{DAY}10:06:20+08:00"]
    assert page.editor.isHidden()
    press(page, "arrived")
    page.editor.clear.click()
    assert jots(page) == []
    page.bar.undo.click()
    assert [one.at for one in jots(page)] == [f"{DAY}10:06:20+08:00"]


def test_a_long_press_opens_a_stamp_without_stamping(page: JotPage) -> None:
    stamp = page.stamps.stamps["ticket"]
    QTest.mousePress(stamp, Qt.MouseButton.LeftButton)
    QTest.qWait(HELD + 100)
    QTest.mouseRelease(stamp, Qt.MouseButton.LeftButton)
    assert jots(page) == []
    assert page.editor.name == "ticket"


def test_a_stamp_typed_later_is_estimated_or_proven(page: JotPage, clocks: Clocks) -> None:
    clocks.go(3600)
    page.correct("ticket")
    type_time(page, "1005")
    assert jots(page) == [Jot("stamp", f"{DAY}10:05:00+08:00", "ticket", proof="estimated")]
    assert "估计" in page.stamps.stamps["ticket"].accessibleName()
    page.correct("ticket")
    next(one for one in page.editor.proof.buttons() if one.text() == "号票").click()
    assert [one.proof for one in jots(page)] == ["ticket"]


def type_time(page: JotPage, text: str) -> None:
    page.editor.field.setFocus()
    page.editor.field.selectAll()
    QTest.keyClicks(page.editor.field, text)
    key(page, Qt.Key.Key_Return)


@pytest.mark.parametrize(("text", "said"), [("2359", "还没有到"), ("0800", "早于到达"), ("2500", "不是时间")])
def test_a_typed_time_that_cannot_be_is_refused_in_place(page: JotPage, text: str, said: str) -> None:
    press(page, "arrived")
    page.correct("ticket")
    type_time(page, text)
    assert len(jots(page)) == 1
    assert said in page.editor.wrong.text()
    assert page.editor.field.text() == text
    assert not page.editor.isHidden()


# --- the stopwatch


def test_one_thumb_starts_and_stops(page: JotPage, clocks: Clocks) -> None:
    page.watch.toggle.click()
    assert jots(page) == [Jot("timing", f"{DAY}10:05:20.000+08:00", "q_duration")]
    clocks.go(14.2)
    page.watch.refresh()
    assert page.watch.figure.text() == "00:14"
    page.watch.toggle.click()
    assert [one.seconds for one in jots(page)] == ["14.2"]
    assert page.watch.figure.text() == "00:14.2"
    page.watch.toggle.click()
    assert [one.seconds for one in jots(page)] == ["14.2"]


def test_a_new_timing_keeps_what_was_measured_and_takes_the_place_of_what_runs(page: JotPage, clocks: Clocks) -> None:
    page.watch.toggle.click()
    clocks.go(9)
    page.watch.toggle.click()
    page.watch.again.click()
    clocks.go(5)
    page.watch.again.click()
    clocks.go(7)
    page.watch.toggle.click()
    assert [one.seconds for one in jots(page)] == ["9.0", "7.0"]


def test_what_is_timed_is_chosen_and_the_other_goes_on(page: JotPage, clocks: Clocks) -> None:
    page.watch.toggle.click()
    page.watch.choose("")
    assert page.watch.figure.text() == "00:00"
    page.watch.toggle.click()
    clocks.go(20)
    page.watch.toggle.click()
    page.watch.choose("q_duration")
    assert page.watch.figure.text() == "00:20"
    assert page.timings.is_running(page.watch.mark)


def test_a_clock_that_is_moved_is_said_and_not_counted(page: JotPage, clocks: Clocks) -> None:
    """Within one run a clock nobody can set is asked; the journal holds both."""
    page.watch.toggle.click()
    clocks.go(12)
    clocks.wall += timedelta(hours=1)
    page._on_second()
    assert "+1:00:00" in page.bar.words.text()
    page.watch.toggle.click()
    assert [one.seconds for one in jots(page)] == ["12.0"]
    assert "+1:00:00" in page.bar.words.text()


def test_a_running_stopwatch_outlives_closing(qtbot: QtBot, data: Path, clocks: Clocks) -> None:
    with open_session(data) as session:
        shown(qtbot, session, clocks).watch.toggle.click()
        audit = session.audit.id
    clocks.wall += timedelta(minutes=7)
    clocks.steady = 3.0  # another run of the machine
    with open_session(data, audit) as session:
        page = shown(qtbot, session, clocks)
        assert page.watch.figure.text() == "07:00"
        clocks.wall -= timedelta(hours=1)
        page.watch.toggle.click()
        assert [one.seconds for one in jots(page)] == [""]
        assert "往回拨" in page.bar.words.text()


KILLED = """
import os, signal, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from PySide6.QtWidgets import QApplication
from auditor.store import Store
from tests.ui.scene import checklist, header
from ui.jot.page import JotPage
from ui.session import AuditSession
app = QApplication([])
store = Store.open(Path(sys.argv[1]), write=True)
page = JotPage(AuditSession(store.create(checklist(), header())))
page.show()
page.stamp("arrived")
page.watch.toggle.click()
page.notes.line.setText("没人招呼")
page.notes.flush()
print(page.session.audit.id, page.stamps.stamps["arrived"].time, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is not there")
def test_after_a_kill_the_page_comes_back_where_it_was(qtbot: QtBot, data: Path, clocks: Clocks) -> None:
    """P1: what was acknowledged is there, the stopwatch still runs."""
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run([sys.executable, "-c", KILLED, str(data)], cwd=root, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    audit, time = done.stdout.split()
    clocks.wall = datetime.now().astimezone() + timedelta(minutes=3)
    with open_session(data, audit) as session:
        page = shown(qtbot, session, clocks)
        assert page.stamps.stamps["arrived"].time == time
        assert page.timings.is_running(page.watch.mark)
        assert page.watch.figure.text().startswith("03:")
        assert [one.words for one in page.notes.entries] == ["没人招呼"]


# --- notes


def test_a_note_is_kept_while_it_is_typed_and_is_one_note(page: JotPage) -> None:
    key(page, Qt.Key.Key_N)
    QTest.keyClicks(page.notes.line, "no one")
    QTest.qWait(REST + 100)
    QTest.keyClicks(page.notes.line, " greets")
    key(page, Qt.Key.Key_Return)
    QTest.keyClicks(page.notes.line, "1")
    key(page, Qt.Key.Key_Return)
    assert [(one.kind, one.text) for one in jots(page)] == [("note", "no one greets"), ("note", "1")]
    assert page.notes.line.text() == ""
    assert [(one.time, one.words) for one in page.notes.entries] == [("10:05", "no one greets"), ("10:05", "1")]


def test_nothing_acts_while_an_input_method_composes(page: JotPage) -> None:
    """design §6: no key, no autosave, no Return; the end of composition is saved."""
    key(page, Qt.Key.Key_N)
    compose(page.notes.line, "mei ren")
    for code in (Qt.Key.Key_F9, Qt.Key.Key_Pause, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_1):
        page.keys.take(event(code))
    page.notes.finish()
    page.unfold()
    QTest.qWait(REST + 100)
    assert jots(page) == []
    assert page.cover.isHidden()
    assert page.notes.line.hasFocus()
    compose(page.notes.line, "", "没人招呼")
    settle()
    assert [one.text for one in jots(page)] == ["没人招呼"]


def event(code: Qt.Key):
    from PySide6.QtGui import QKeyEvent

    return QKeyEvent(QKeyEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier)


def test_digits_and_space_are_text_in_the_note(page: JotPage) -> None:
    key(page, Qt.Key.Key_N)
    QTest.keyClicks(page.notes.line, "3 r n")
    page.flush()
    assert [one.text for one in jots(page)] == ["3 r n"]


def test_a_line_of_the_pad_is_changed_or_deleted_in_place(page: JotPage, clocks: Clocks) -> None:
    page.chips.chips[0].click()
    clocks.go(60)
    page.watch.toggle.click()
    clocks.go(5)
    page.watch.toggle.click()
    word = page.chips.chips[0].text()
    page.notes.entries[0].click()
    assert page.notes.line.text() == word
    QTest.keyClicks(page.notes.line, " no")
    key(page, Qt.Key.Key_Return)
    assert [one.text for one in jots(page)] == [f"{word} no", ""]
    assert jots(page)[0].at == f"{DAY}10:05:20+08:00"
    page.notes.entries[1].click()
    assert page.notes.line.isReadOnly()
    page.notes.delete.click()
    assert [one.kind for one in jots(page)] == ["note"]


def test_words_to_tap_are_those_the_checklist_speaks_of() -> None:
    assert {"工牌", "推销", "锁屏"} <= set(quick_words(find("branch_mystery_visit", None)))
    call = quick_words(find("telephone_mystery_call", None))
    assert call[:3] == ["推销", "送别", "推诿"]
    assert len(call) == 6
    use_language("en")
    assert "badge" in quick_words(find("grooming", None))


def test_a_word_joins_what_is_being_typed(page: JotPage) -> None:
    key(page, Qt.Key.Key_N)
    QTest.keyClicks(page.notes.line, "3")
    page.chips.chips[0].click()
    page.flush()
    assert [one.text for one in jots(page)] == [f"3 {page.chips.chips[0].text()}"]


def test_a_photo_is_a_jot(page: JotPage, tmp_path: Path) -> None:
    file = tmp_path / "a.jpg"
    file.write_bytes(picture())
    page.add_photos([file])
    settle()
    (jot,) = jots(page)
    assert jot.photo is not None
    assert page.session.photo_path(jot.photo.sha256).is_file()
    assert [one.words for one in page.notes.entries] == ["照片"]


def test_a_jotted_photo_is_given_to_an_item_afterwards(page: JotPage, tmp_path: Path, qtbot: QtBot) -> None:
    """From the menu of its card; the pad keeps it too."""
    from PySide6.QtWidgets import QMenu

    from ui.capture.page import CapturePage
    from ui.cards import menu as card_menu

    file = tmp_path / "a.jpg"
    file.write_bytes(picture())
    page.add_photos([file])
    settle()
    capture = CapturePage(page.session)
    qtbot.addWidget(capture)
    capture.show_place("kinds")

    def offered() -> dict[str, QAction]:
        menu = QMenu(capture)
        card_menu.fill(menu, capture.column.cards["q_choice"])
        return {one.text(): one for one in menu.actions() if "随记" in one.text()}

    offered()["随记的照片 10:05"].trigger()
    (jot,) = jots(page)
    assert page.session.current("q_choice").photos == (jot.photo,)
    assert offered() == {}


def test_the_camera_takes_jots_and_the_cover_closes_it(page: JotPage) -> None:
    camera = Seen()
    finder = page.see_through(camera)
    camera.frame_seen.emit(frame())
    finder.take()
    settle()
    assert [one.kind for one in jots(page)] == ["photo"]
    assert camera.running
    key(page, Qt.Key.Key_F9)
    assert not camera.running
    assert not page.cover.isHidden()


# --- the cover, and what can be seen


def test_the_cover_tells_nothing_and_only_its_corner_lifts_it(page: JotPage) -> None:
    press(page, "arrived")
    page.bar.cover.click()
    assert not page.cover.isHidden()
    assert page.cover.geometry() == page.rect()
    assert [one.text() for one in page.cover.findChildren(QLabel)] == [
        f"{datetime.now():%H:%M}",
        page.cover.day.text(),
    ]
    assert page.cover.findChildren(QAbstractButton) == []
    for spot in (QPoint(640, 400), QPoint(10, 10), QPoint(10, 790), QPoint(1270, 790 - CORNER[1])):
        QTest.mouseClick(page.cover, Qt.MouseButton.LeftButton, pos=spot)
    for code in (Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_1, Qt.Key.Key_Tab, Qt.Key.Key_Return):
        key(page, code)
    assert not page.cover.isHidden()
    assert len(jots(page)) == 1
    QTest.mouseClick(page.cover, Qt.MouseButton.LeftButton, pos=QPoint(1270, 790))
    assert page.cover.isHidden()


def test_the_corner_turns_with_the_tablet(page: JotPage) -> None:
    page.put_cover()
    page.resize(800, 1280)
    settle()
    assert page.cover.geometry() == page.rect()
    QTest.mouseClick(page.cover, Qt.MouseButton.LeftButton, pos=QPoint(790, 1270))
    assert page.cover.isHidden()


@pytest.mark.parametrize("code", [Qt.Key.Key_F9, Qt.Key.Key_Pause])
def test_a_key_covers_and_lifts(page: JotPage, code: Qt.Key) -> None:
    key(page, code)
    assert not page.cover.isHidden()
    key(page, code)
    assert page.cover.isHidden()
    key(page, Qt.Key.Key_N)
    QTest.keyClicks(page.notes.line, "no")
    key(page, code)
    assert not page.cover.isHidden()
    assert [one.text for one in jots(page)] == ["no"]


def test_a_left_hand_has_the_cover_at_the_left(qtbot: QtBot, data: Path) -> None:
    with open_session(data) as session:
        page = JotPage(session, hand="left")
        qtbot.addWidget(page)
        page.resize(800, 1280)
        page.show()
        settle()
        assert page.bar.cover.mapTo(page, QPoint(0, 0)).x() < 100
        page.put_cover()
        QTest.mouseClick(page.cover, Qt.MouseButton.LeftButton, pos=QPoint(10, 1270))
        assert page.cover.isHidden()


def test_it_is_dark_in_the_light_theme_and_legible(page: JotPage) -> None:
    """design §6: 4.5:1."""
    corner = page.grab().toImage().pixelColor(3, 3)
    assert corner.lightness() < 40
    for ink in (COLOURS.ink, COLOURS.quiet, COLOURS.brand, COLOURS.lost):
        for ground in (COLOURS.ground, COLOURS.card, COLOURS.well):
            assert contrast(ink, ground) >= 4.5
    assert contrast(COLOURS.brand, COLOURS.brand_ground) >= 4.5


def test_in_portrait_what_is_tapped_lies_low(qtbot: QtBot, data: Path, clocks: Clocks) -> None:
    with open_session(data) as session:
        page = shown(qtbot, session, clocks, (800, 1280))
        for one in (page.watch.toggle, *page.stamps.stamps.values()):
            assert one.mapTo(page, QPoint(0, 0)).y() > 640
            assert one.height() >= 64


@pytest.mark.parametrize(("size", "scale"), [((800, 1280), 200), ((640, 900), 100)])
def test_where_it_scrolls_the_stamps_and_the_thumb_are_in_sight_at_once(
    qtbot: QtBot, data: Path, clocks: Clocks, size: tuple[int, int], scale: int, qapp: QApplication
) -> None:
    style.apply(qapp, "light", scale)
    with open_session(data) as session:
        page = shown(qtbot, session, clocks, size)
        view = page._area.viewport()
        for one in (page.watch.toggle, *page.stamps.stamps.values()):
            assert view.rect().contains(one.mapTo(view, QPoint(one.width() // 2, 64))), one.accessibleName()
    style.apply(qapp, "light", 100)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("size", "scale"), [((800, 1280), 100), ((1024, 768), 200), ((1280, 800), 100)])
def test_nothing_is_clipped_small_or_unnamed(
    qtbot: QtBot, data: Path, clocks: Clocks, size: tuple[int, int], scale: int, language: str, qapp: QApplication
) -> None:
    use_language(language)
    style.apply(qapp, "light", scale)
    with open_session(data) as session:
        page = shown(qtbot, session, clocks, size)
        press(page, "arrived")
        page.correct("arrived")
        page.watch.toggle.click()
        looking.settle()
        assert looking.clipped(page) == []
        assert looking.small_targets(page) == []
        assert looking.unnamed(page) == []
        assert looking.beside_the_page(page) == []
    style.apply(qapp, "light", 100)


def test_the_field_scrolls_clear_of_an_on_screen_keyboard(page: JotPage) -> None:
    """design §6; the keyboard's rectangle is simulated."""
    from PySide6.QtCore import QRect

    from ui.controls.keyboard_room import KeyboardRoom

    key(page, Qt.Key.Key_N)
    room = KeyboardRoom(page)
    room.cover(QRect(0, 460, 1280, 340))
    settle()
    line = page.notes.line
    assert line.mapTo(page, QPoint(0, line.height())).y() <= 460
    assert page.bar.mapTo(page, QPoint(0, page.bar.height())).y() <= 460
    room.cover(QRect())
    settle()
    assert page.bar.mapTo(page, QPoint(0, page.bar.height())).y() == 800


# --- keyboard and finger


def test_by_keyboard_alone(page: JotPage, clocks: Clocks) -> None:
    """1–9 stamp, space is the stopwatch, R a new timing, Ctrl+Z takes back."""
    for code in (Qt.Key.Key_1, Qt.Key.Key_2):
        key(page, code)
    key(page, Qt.Key.Key_Space)
    clocks.go(8)
    key(page, Qt.Key.Key_Space)
    assert [(one.kind, one.name) for one in jots(page)][:2] == [("stamp", "arrived"), ("stamp", "ticket")]
    assert jots(page)[2].seconds == "8.0"
    key(page, Qt.Key.Key_R)
    assert len(jots(page)) == 4
    for _ in range(3):
        key(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in jots(page)] == ["arrived", "ticket"]
    key(page, Qt.Key.Key_1)
    assert page.editor.name == "arrived"


class Finger:
    """Synthetic touch on the page's window, once its areas take gestures."""

    def __init__(self, page: QWidget) -> None:
        self._page, self._device = page, QTest.createTouchDevice()
        QTest.qWait(TOUCH_AFTER + 100)

    def stroke(self, widget: QWidget, up: int) -> None:
        """Put down in the middle of a widget, move up by so many pixels, lift; 0 is a tap."""
        window, spot = self._page.windowHandle(), widget.mapTo(self._page, widget.rect().center())
        QTest.touchEvent(window, self._device).press(0, spot, window)
        for step in range(14, up + 1, 14):
            QTest.qWait(16)
            QTest.touchEvent(window, self._device).move(0, spot - QPoint(0, step), window)
        QTest.touchEvent(window, self._device).release(0, spot - QPoint(0, up), window)
        QTest.qWait(50)

    def hold(self, widget: QWidget) -> None:
        window, spot = self._page.windowHandle(), widget.mapTo(self._page, widget.rect().center())
        QTest.touchEvent(window, self._device).press(0, spot, window)
        QTest.qWait(HELD + 500)
        QTest.touchEvent(window, self._device).release(0, spot, window)
        QTest.qWait(50)


def test_by_finger_a_tap_stamps_and_a_drag_stamps_nothing(qtbot: QtBot, data: Path, clocks: Clocks) -> None:
    with open_session(data) as session:
        page = shown(qtbot, session, clocks, (640, 480))
        finger = Finger(page)
        finger.stroke(page.stamps.stamps["ticket"], 126)
        assert page._area.verticalScrollBar().value() > 30
        assert jots(page) == []
        QTest.qWait(900)
        page._area.verticalScrollBar().setValue(0)
        settle()
        finger.stroke(page.stamps.stamps["arrived"], 0)
        settle()
        assert [one.name for one in jots(page)] == ["arrived"]


def test_by_finger_a_long_press_corrects_and_the_corner_lifts_the_cover(
    qtbot: QtBot, data: Path, clocks: Clocks
) -> None:
    with open_session(data) as session:
        page = shown(qtbot, session, clocks)
        finger = Finger(page)
        finger.hold(page.stamps.stamps["ticket"])
        assert page.editor.name == "ticket"
        assert jots(page) == []
        finger.stroke(page.bar.cover, 0)
        settle()
        assert not page.cover.isHidden()
        finger.stroke(page.cover, 0)
        settle()
        assert not page.cover.isHidden()
        window, spot = page.windowHandle(), page.cover.corner.center()
        QTest.touchEvent(window, finger._device).press(0, spot, window)
        QTest.touchEvent(window, finger._device).release(0, spot, window)
        settle()
        assert page.cover.isHidden()


# --- afterwards


def test_everything_flows_into_its_items(page: JotPage, clocks: Clocks, qtbot: QtBot) -> None:
    page.chips.chips[0].click()
    press(page, "q_time")
    page.watch.toggle.click()
    clocks.go(14.2)
    page.watch.toggle.click()
    press(page, "left")
    with qtbot.waitSignal(page.unfolded) as said:
        page.bar.unfold.click()
    assert said.args == [2]
    assert page.session.current("q_time").value == "10:05:20"
    assert page.session.current("q_duration").value == Decimal("14.2")
    assert page.session.audit.header.left == f"{DAY}10:05:34+08:00"
    assert "离开" in page.session.audit.header.narrative


def test_what_was_answered_stays(page: JotPage) -> None:
    page.session.answer("q_time", "09:00")
    press(page, "q_time")
    page.unfold()
    assert page.session.current("q_time") == Answer("09:00")


def test_two_hours_to_complete(page: JotPage, clocks: Clocks) -> None:
    assert page.bar.words.text() == "离开后请在 2 小时内完成"
    press(page, "left")
    clocks.go(38 * 60)
    page._on_second()
    assert page.bar.words.text() == "离开后 38 分钟，请在 2 小时内完成"
    clocks.go(2 * 3600)
    page._on_second()
    assert "已过 2 小时" in page.bar.words.text()
    assert page.bar.words.property("tone") == "lost"


def test_undo_elsewhere_is_said(page: JotPage) -> None:
    page.session.answer("greets", "yes")
    page.undo()
    assert page.bar.words.text() == "撤销了清单里的一处改动。"


def test_every_word_on_the_pad_is_a_note_pads(page: JotPage) -> None:
    """Neutral: nothing of a bank, of a check, of who is there for whom."""
    words = [one.text() for kind in (QLabel, QAbstractButton) for one in page.findChildren(kind)]
    words += [one.placeholderText() for one in page.findChildren(QLineEdit)]
    for told in ("银行", "支行", "网点", "暗访", "检查", "神秘", "城东", "青松", "得分", "评分"):
        assert not [one for one in words if told in one], told
