"""The strip says what happened and what to do; work off the window's thread is answered on it (design §6)."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from auditor.errors import AuditorError, Problem, ProblemsError
from ui import background
from ui.messages import MessageStrip

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def strip(qtbot: QtBot) -> MessageStrip:
    made = MessageStrip()
    qtbot.addWidget(made)
    return made


def words(strip: MessageStrip) -> list[str]:
    return [one.text() for one in strip.findChildren(QLabel) if one.text() and not one.isHidden()]


def test_a_failure_says_what_to_do_and_stays(strip: MessageStrip) -> None:
    strip.say_wrong(AuditorError("window.settings_damaged", file="settings.yaml", kept="x"))
    assert len(words(strip)) == 2
    assert "settings.yaml" in strip.text
    assert not strip._timer.isActive()


def test_news_goes_by_itself(strip: MessageStrip) -> None:
    strip.say_done("已移到回收站")
    assert strip._timer.isActive()
    strip._timer.timeout.emit()
    assert strip.isHidden()


def test_a_button_acts_once_and_closes(strip: MessageStrip) -> None:
    done: list[str] = []
    strip.say("已移到回收站", actions=[("撤销", lambda: done.append("undone"))])
    next(one for one in strip.findChildren(QPushButton) if one.text() == "撤销").click()
    assert done == ["undone"]
    assert strip.isHidden()


def test_the_last_message_replaces_the_one_before(strip: MessageStrip) -> None:
    strip.say_wrong(AuditorError("window.no_display"))
    strip.say("第二条")
    QApplication.processEvents()
    assert words(strip) == ["第二条"]
    assert strip.accessibleName() == "第二条"


def test_nothing_that_went_wrong_is_lost_behind_another_message(strip: MessageStrip) -> None:
    """Two photos that fail, a damaged register and a broken checklist: each is read before it goes."""
    for file in ("a.jpg", "b.jpg", "a.jpg"):
        strip.say_wrong(AuditorError("store.not_a_photo", file=file))
    strip.say_done("已保存")
    strip._timer.timeout.emit()
    for file in ("a.jpg", "b.jpg"):
        assert file in strip.text
        next(one for one in strip.findChildren(QPushButton) if one.accessibleName() == "关闭").click()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert strip.isHidden()


def test_several_problems_give_the_first_remedy(strip: MessageStrip) -> None:
    strip.say_wrong(
        ProblemsError("window.no_display", [Problem("window.settings_damaged", {"file": "a", "kept": "b"})])
    )
    assert strip.detail


def test_the_unforeseen_is_one_sentence_without_a_trace(strip: MessageStrip) -> None:
    strip.say_wrong(ZeroDivisionError("division by zero"))
    assert "ZeroDivisionError" in strip.text
    assert "Traceback" not in strip.text + strip.detail
    assert strip.detail


def test_work_is_done_elsewhere_and_answered_here(qtbot: QtBot) -> None:
    heard: list[object] = []
    here = threading.get_ident()
    background.run(threading.get_ident, lambda at: heard.append((at, threading.get_ident())), heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    (there, told) = heard[0]  # type: ignore[misc]
    assert there != here
    assert told == here
    assert background.idle()


def test_work_that_fails_is_answered_too(qtbot: QtBot) -> None:
    heard: list[Exception] = []

    def work() -> None:
        raise AuditorError("window.no_display")

    background.run(work, lambda _: None, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], AuditorError)
