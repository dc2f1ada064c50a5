"""One dumb control per kind: the saved answer in, a value out, nothing painted that was not saved (design §2, §6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer, Photo
from auditor.kinds import KINDS as RULES
from tests.ui.scene import item
from ui.controls import CONTROLS, Setting
from ui.controls import stopwatch as watch
from ui.controls.bands import band_badge
from ui.controls.chips import FaultChips
from ui.controls.choice import ChoiceButtons
from ui.controls.fields import GrowingText, NumberBox, StampBox, TextBox
from ui.controls.photo_box import PhotoBox
from ui.controls.signature import SignaturePad
from ui.controls.stepper import Stepper
from ui.controls.stopwatch import Stopwatch
from ui.controls.text_commit import REST, TextCommit

pytestmark = pytest.mark.usefixtures("dressed")


def make(qtbot: QtBot, kind: str, **more: Any) -> Any:
    """The control of a kind, on the screen, with what it emits in `control.heard`."""
    setting = Setting(na_codes=more.pop("na_codes", ()), path=kind, running=more.pop("running", {}))
    control = CONTROLS[kind](item(kind, **more), setting)
    assert isinstance(control, QWidget)
    qtbot.addWidget(control)
    control.resize(800, control.sizeHint().height())
    control.show()
    control.heard = []
    control.answered.connect(control.heard.append)
    return control


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def test_every_kind_has_its_control() -> None:
    """design §2: a kind that needs a new control touches two places, and this finds the missing twin."""
    assert set(CONTROLS) == set(RULES)


def test_a_tapped_answer_is_said_but_not_painted(qtbot: QtBot) -> None:
    control: ChoiceButtons = make(qtbot, "choice")
    press(qtbot, control.buttons[1])
    assert control.heard == ["partly"]
    assert not control.buttons[1].isChecked()
    control.show_answer(Answer("partly"), "lost")
    assert [one.isChecked() for one in control.buttons] == [False, True, False]


def test_the_chosen_answer_tapped_again_is_taken_back(qtbot: QtBot) -> None:
    control: ChoiceButtons = make(qtbot, "choice")
    control.show_answer(Answer("yes"))
    press(qtbot, control.buttons[0])
    assert control.heard == [None]


def test_answers_have_keys_and_words(qtbot: QtBot) -> None:
    control: ChoiceButtons = make(qtbot, "choice", na_codes=("not_observed",))
    assert [one.segment.key for one in control.buttons] == ["1", "2", "3", "N"]
    assert [one.text() for one in control.buttons] == ["符合", "部分符合", "不符合", "未观察到"]
    assert control.press(3)
    assert not control.press(4)
    assert control.heard == ["no"]


def test_one_code_is_given_at_once_several_by_a_menu(qtbot: QtBot) -> None:
    """S3: not applicable by code, only where the checklist allows it."""
    control: ChoiceButtons = make(qtbot, "choice", na_codes=("not_observed",))
    said: list[object] = []
    control.na_chosen.connect(said.append)
    press(qtbot, control.buttons[-1])
    assert said == ["not_observed"]
    control.show_answer(Answer(na="not_observed"))
    press(qtbot, control.buttons[-1])
    assert said == ["not_observed", None]
    several: ChoiceButtons = make(qtbot, "choice", na_codes=("not_applicable", "cannot_judge"))
    several.na_chosen.connect(said.append)
    press(qtbot, several.buttons[-1])
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.objectName() == "na_menu"
    QTest.keyClick(menu, Qt.Key.Key_2)
    assert said[-1] == "cannot_judge"


def test_answers_that_do_not_fit_stand_below_each_other(qtbot: QtBot) -> None:
    control: ChoiceButtons = make(qtbot, "choice")
    control.resize(800, control.heightForWidth(800))
    assert len({one.y() for one in control.buttons}) == 1
    control.resize(180, control.heightForWidth(180))
    assert len({one.x() for one in control.buttons}) == 1
    assert all(one.height() >= 52 for one in control.buttons)


def test_arrows_move_along_the_answers(qtbot: QtBot) -> None:
    control: ChoiceButtons = make(qtbot, "choice")
    control.window().activateWindow()
    control.buttons[0].setFocus()
    QTest.keyClick(control.buttons[0], Qt.Key.Key_Right)
    assert control.focusWidget() is control.buttons[1]
    QTest.keyClick(control.buttons[1], Qt.Key.Key_Return)
    assert control.heard == ["partly"]


def test_faults_add_up_and_no_fault_stands_alone(qtbot: QtBot) -> None:
    control: FaultChips = make(qtbot, "multi")
    press(qtbot, control.chips[1])
    control.show_answer(Answer(("things",)))
    press(qtbot, control.chips[2])
    control.show_answer(Answer(("things", "papers")))
    press(qtbot, control.chips[0])
    control.show_answer(Answer(("none",)))
    press(qtbot, control.chips[1])
    assert control.heard == [("things",), ("things", "papers"), ("none",), ("things",)]
    assert [one.badge for one in control.chips] == ["", "−1", "−5"]


def test_the_last_fault_taken_off_is_no_answer(qtbot: QtBot) -> None:
    """S5: nothing chosen is unanswered; "no fault" is an answer."""
    control: FaultChips = make(qtbot, "multi")
    control.show_answer(Answer(("things",)))
    press(qtbot, control.chips[1])
    assert control.heard == [None]


def test_occurrences_are_counted_one_tap_each(qtbot: QtBot) -> None:
    control: Stepper = make(qtbot, "occurrences")
    press(qtbot, control.none.buttons[0])
    control.show_answer(Answer(0))
    press(qtbot, control.more)
    control.show_answer(Answer(1))
    press(qtbot, control.more)
    control.show_answer(Answer(2))
    press(qtbot, control.less)
    assert control.heard == [0, 1, 2, 1]
    assert control.figure.text() == "2"


def test_a_rating_has_a_button_for_each_step(qtbot: QtBot) -> None:
    control: ChoiceButtons = make(qtbot, "rating", low=1, high=5)
    press(qtbot, control.buttons[3])
    assert control.heard == [4]


def test_on_a_bare_scale_the_key_is_the_figure(qtbot: QtBot) -> None:
    """Key 3 is never the figure 2: the keys of a scale from 0 to 10 are its figures."""
    control: ChoiceButtons = make(qtbot, "rating", low=0, high=10)
    assert control.press(0)
    assert control.press(7)
    assert control.heard == [0, 7]
    assert {one.segment.key for one in control.buttons} <= {"", "N"}
    assert not make(qtbot, "rating", low=1, high=5).press(6)


def test_the_stopwatch_starts_stops_and_starts_again(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """S5: durations are half-up to 0.1 s."""
    now = [100.0]
    monkeypatch.setattr(watch, "clock", lambda: now[0])
    control: Stopwatch = make(qtbot, "duration")
    assert control.toggle.text() == "开始计时"
    press(qtbot, control.toggle)
    assert control.is_running
    now[0] += 11.75
    press(qtbot, control.toggle)
    assert control.heard == [Decimal("11.8")]
    control.show_answer(Answer(Decimal("11.8")))
    assert control.display.text() == "00:11.8"
    assert control.badge.text() == "≤ 15秒 · 满分"
    assert control.toggle.text() == "重新计时"


def test_a_stopwatch_goes_on_while_its_page_is_away(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    now, running = [50.0], dict[str, float]()
    monkeypatch.setattr(watch, "clock", lambda: now[0])
    first: Stopwatch = make(qtbot, "duration", running=running)
    press(qtbot, first.toggle)
    first.close()
    now[0] += 20
    again: Stopwatch = make(qtbot, "duration", running=running)
    assert again.display.text() == "00:20.0"
    press(qtbot, again.toggle)
    assert again.heard == [Decimal("20")]
    assert not running


def test_a_duration_can_be_typed(qtbot: QtBot) -> None:
    control: Stopwatch = make(qtbot, "duration")
    control.display.setFocus()
    QTest.keyClicks(control.display, "6:08")
    QTest.keyClick(control.display, Qt.Key.Key_Return)
    assert control.heard == ["6:08"]
    assert RULES["duration"].accept(item("duration"), "6:08") == Decimal("368")


@pytest.mark.parametrize(
    ("seconds", "words", "tone"),
    [("15", "≤ 15秒 · 满分", "good"), ("15.1", "≤ 30秒 · −1", "lost"), ("30.1", "> 30秒 · −3", "lost")],
)
def test_the_badge_names_the_band_and_what_it_costs(seconds: str, words: str, tone: str) -> None:
    assert band_badge(item("duration"), Decimal(seconds)) == (words, tone)
    assert "满分" not in band_badge(item("duration"), Decimal(seconds), blind=True)[0]


@pytest.mark.parametrize(
    ("kind", "text"), [("number", "12"), ("time", "10:12"), ("date", "2026-03-05"), ("text", "polite")]
)
def test_typed_answers_are_said_after_a_rest(qtbot: QtBot, kind: str, text: str) -> None:
    """design §5: 400 ms after the last key."""
    control: NumberBox | StampBox | TextBox = make(qtbot, kind)
    control.field.setFocus()
    QTest.keyClicks(control.field, text)
    assert control.heard == []  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: control.heard == [text], timeout=REST * 5)  # type: ignore[union-attr]


def test_half_a_time_is_not_said_until_the_field_is_left(qtbot: QtBot) -> None:
    control: StampBox = make(qtbot, "time")
    control.field.setFocus()
    QTest.keyClicks(control.field, "10:1")
    QTest.qWait(REST + 150)
    assert control.heard == []
    control.flush()
    assert control.heard == ["10:1"]


def test_now_and_today_are_one_tap(qtbot: QtBot) -> None:
    for kind, length in (("time", 5), ("date", 10)):
        control: StampBox = make(qtbot, kind)
        press(qtbot, control.stamp)
        assert len(control.heard[0]) == length
        assert RULES[kind].accept(item(kind), control.heard[0]) == control.heard[0]


def test_a_signature_is_a_name_and_a_drawing(qtbot: QtBot) -> None:
    control: SignaturePad = make(qtbot, "signature")
    drawings: list[Any] = []
    control.signed.connect(drawings.append)
    assert not control.keep.isEnabled()
    QTest.mousePress(control.pad, Qt.MouseButton.LeftButton, pos=control.pad.rect().center())
    QTest.mouseMove(control.pad, control.pad.rect().bottomRight() / 2)
    QTest.mouseRelease(control.pad, Qt.MouseButton.LeftButton, pos=control.pad.rect().bottomRight() / 2)
    press(qtbot, control.keep)
    assert drawings[0].startswith(b"\x89PNG")
    control.show_answer(Answer("王某", photos=(Photo("a" * 64),)))
    press(qtbot, control.again)
    assert drawings[1] is None


def test_pasted_pictures_are_offered_as_photos(qtbot: QtBot) -> None:
    from PySide6.QtGui import QImage

    control: PhotoBox = make(qtbot, "photo")
    QApplication.clipboard().setImage(QImage(8, 8, QImage.Format.Format_RGB32))
    press(qtbot, control.paste)
    assert control.heard[0][0].startswith(b"\x89PNG")


class Line(QLineEdit):
    """A field with what it had committed."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []
        self.typing = TextCommit(self)
        self.typing.committed.connect(self.heard.append)


@pytest.fixture
def line(qtbot: QtBot) -> Line:
    made = Line()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    return made


def compose(field: QWidget, preedit: str, commit: str = "") -> None:
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(field, event)


def test_nothing_is_committed_while_an_input_method_composes(qtbot: QtBot, line: Line) -> None:
    """design §5: text is committed at the end of composition, never during it."""
    QTest.keyClicks(line, "a")
    compose(line, "wei qi li")
    QTest.qWait(REST + 150)
    line.typing.flush()
    assert line.heard == []
    compose(line, "", "未起立")
    qtbot.waitUntil(lambda: line.heard == ["a未起立"], timeout=300)


def test_leaving_the_field_commits_at_once(qtbot: QtBot, line: Line) -> None:
    other = QLineEdit()
    qtbot.addWidget(other)
    QTest.keyClicks(line, "abc")
    line.clearFocus()
    qtbot.waitUntil(lambda: line.heard == ["abc"], timeout=300)


def test_closing_commits(line: Line) -> None:
    line.typing.committed.connect(line.typing.show)
    QTest.keyClicks(line, "abc")
    line.close()
    assert line.heard == ["abc"]


def test_what_is_saved_never_overwrites_what_is_being_typed(line: Line) -> None:
    line.typing.show("旧")
    QTest.keyClicks(line, "x")
    line.typing.show("旧")
    assert line.text() == "旧x"


def test_what_could_not_be_saved_stays_and_is_offered_again(line: Line) -> None:
    """A failed save shows the old answer on buttons; words a person typed are not thrown away."""
    line.typing.committed.connect(lambda _: line.typing.show(""))
    QTest.keyClicks(line, "abc")
    line.typing.flush()
    line.typing.show("")
    assert line.text() == "abc"
    line.typing.flush()
    assert line.heard == ["abc", "abc"]


def test_an_unchanged_text_is_not_said(line: Line) -> None:
    line.typing.show("abc")
    QTest.keyClicks(line, "d")
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    line.typing.flush()
    assert line.heard == []


def test_steps_and_not_applicable_stand_in_one_row_where_their_words_have_room(qtbot: QtBot) -> None:
    """A long "Not applicable" takes more room than the steps 1–5; it doesn't break the row."""
    bar = ChoiceButtons(range(1, 6), ["1", "2", "3", "4", "5"], ("not_applicable", "not_observed"))
    qtbot.addWidget(bar)
    bar.resize(420, bar.heightForWidth(420))
    bar.show()
    assert bar.height() == 52
    assert len({one.y() for one in bar.buttons}) == 1
    assert min(one.width() for one in bar.buttons) >= 48
    assert bar.buttons[-1].width() > bar.buttons[0].width()


def test_a_field_is_high_enough_for_what_it_asks(qtbot: QtBot) -> None:
    """What an empty field asks for wraps at large text sizes and is not cut."""
    field = GrowingText()
    qtbot.addWidget(field)
    field.setPlaceholderText("写明事实，如：未起立迎接，未目光注视，未使用规范用语")
    field.resize(900, 48)
    field.show()
    assert field.height() < 55
    field.resize(180, 48)
    assert field.height() > 70
    field.setPlainText("短")
    assert field.height() < 55
