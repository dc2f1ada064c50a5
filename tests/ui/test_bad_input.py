"""Whatever is typed or pasted into a field of the window is taken cleaned, or refused with a sentence; nothing hangs
(P6, design §5: one gate for text)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer, Reason
from auditor.store import Store
from tests.ui.looking import shown
from tests.ui.pages import PAGES, sample, settle
from tests.ui.scene import checklist, header
from ui import app as opening
from ui.capture.page import CapturePage
from ui.look import style
from ui.main_window import MainWindow

LONG = "柜员未起立迎接客户。" * 4000
HOSTILE = {
    "40,000 characters": LONG,
    "emoji": "好😀👩‍👩‍👧‍👦🇨🇳" * 20,
    "right to left": "שלום عليكم \u202eevil\u202c תודה",
    "control characters": "a\x00b\x07c\x1b[31md\u2028e\ufffff\x7f",
    "lone surrogates": "x\ud800y\udc00z",
    "formula and markup": "=cmd|' /C calc'!A0 <b>bold</b> {name} %s",
}
WITH_FIELDS = (
    "library",
    "role",
    "start",
    "editor",
    "settings",
    "capture-search",
    "jot",
    "review-draft",
    "export",
    "register",
)
SECONDS = 10
"""P6."""


@pytest.fixture(scope="module")
def window(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    folder = tmp_path_factory.mktemp("bank") / "data"
    sample(folder)
    window = opening.open_window(qapp, folder)
    window.resize(1280, 800)
    settle()
    yield window
    window.close()
    settle()
    style.apply(qapp, "light", 100)


def fields(window: MainWindow) -> list[QLineEdit | QPlainTextEdit]:
    found = [one for kind in (QLineEdit, QPlainTextEdit) for one in shown(window.current_page(), kind)]
    return [one for one in found if isinstance(one, QLineEdit | QPlainTextEdit) and not one.isReadOnly()]


def put(field: QLineEdit | QPlainTextEdit, text: str) -> None:
    """As pasted: over what is there."""
    field.setFocus()
    field.selectAll()
    if isinstance(field, QLineEdit):
        field.insert(text)
    else:
        field.insertPlainText(text)
    if isinstance(field, QLineEdit):
        QTest.keyClick(field, Qt.Key.Key_End)
        field.editingFinished.emit()


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_no_field_of_a_page_hangs_or_crashes(window: MainWindow, name: str) -> None:
    PAGES[name](window)
    settle()
    assert fields(window), "a page without fields proves nothing"
    for text in (LONG, " ".join(list(HOSTILE.values())[1:])):
        began = time.monotonic()
        for field in fields(window):
            put(field, text)
            QApplication.processEvents()
        settle()
        assert time.monotonic() - began < SECONDS
    window.go("home")
    window.library.clear_filters()
    window.messages.clear()


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, data: Path) -> Iterator[CapturePage]:
    with Store.open(data, write=True) as store:
        opened = store.create(checklist(), header())
        opened.apply({"q_choice": Answer("no", reasons=(Reason("坐着招呼"),))})
        opened.close()
    made = opening.open_window(qapp, data)
    made.resize(1280, 800)
    qtbot.waitUntil(lambda: made.desk.store is not None, timeout=20_000)
    made.open_audit(opened.audit.id)
    settle()
    found = made.current_page()
    assert isinstance(found, CapturePage)
    found.show_place("kinds")
    found.column.wake_all()
    settle()
    yield found
    made.close()
    settle()


def field_of(page: CapturePage, name: str) -> QLineEdit | QPlainTextEdit:
    card = page.column.cards["q_text" if name == "text" else "q_choice"]
    if name == "text":
        return card.control.field  # type: ignore[union-attr, no-any-return]
    if name == "note":
        card.extras.open("note")
        settle()
        return card.extras.row("note")  # type: ignore[return-value]
    return card.extras.row("reasons").lines[0].text  # type: ignore[union-attr, no-any-return, attr-defined]


def kept(page: CapturePage, name: str) -> str:
    if name == "text":
        return str(page.session.current("q_text").value or "")
    answer = page.session.current("q_choice")
    return answer.note if name == "note" else "".join(one.text for one in answer.reasons)


@pytest.mark.parametrize("name", ["text", "note", "reason"])
@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_pasted_into_an_answer_is_kept_clean_or_refused_with_a_sentence(
    page: CapturePage, name: str, what: str
) -> None:
    field = field_of(page, name)
    before, began = kept(page, name), time.monotonic()
    put(field, HOSTILE[what])
    page.flush()
    settle()
    assert time.monotonic() - began < SECONDS
    window = page.window()
    assert isinstance(window, MainWindow)
    after = kept(page, name)
    if after == before:
        assert window.messages.text, "refused, and nobody says so"
        return
    assert not set(after) & set("\x00\x07\x1b\x7f\u2028\uffff\ud800\udc00")
    assert after.strip()


@pytest.mark.parametrize("name", ["text", "note", "reason"])
def test_composing_chinese_is_broken_by_no_autosave_and_no_shortcut(page: CapturePage, name: str) -> None:
    """design §6: while an input method composes nothing is saved; what it commits is."""
    field, before = field_of(page, name), kept(page, name)
    field.setFocus()
    field.selectAll()
    QApplication.sendEvent(field, QInputMethodEvent("qi li", []))
    QTest.qWait(600)
    page.flush()
    assert kept(page, name) == before, "saved in the middle of a word"
    done = QInputMethodEvent()
    done.setCommitString("起立")
    QApplication.sendEvent(field, done)
    QTest.qWait(600)
    settle()
    assert "起立" in kept(page, name)
    assert not any(one in kept(page, name) for one in ("qi", "li"))


def test_composing_in_a_search_filters_by_whole_words(window: MainWindow) -> None:
    PAGES["library"](window)
    settle()
    field: QWidget = window.library.search
    every = window.library.shown
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("cheng", []))
    QTest.qWait(300)
    assert window.library.shown == every
    done = QInputMethodEvent()
    done.setCommitString("没有这样的网点")
    QApplication.sendEvent(field, done)
    QTest.qWait(300)
    assert window.library.shown == 0
    window.library.clear_filters()
