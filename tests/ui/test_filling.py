"""The Excel round trip in the window and by command: a blank workbook out, a filled one read in, problems by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Finding, Reason
from auditor.store import Store
from checklists.library import find
from exports.forms import write_workbook
from exports.from_store import write_reply
from tests.exports.filled import Filled
from tests.ui import scene
from tests.ui.scene import settle
from tests.ui.test_session import fill as answer_all
from ui.capture.page import CapturePage
from ui.checklists.page import ChecklistsPage
from ui.command_line import main
from ui.desk import Desk
from ui.filling.flow import fill
from ui.filling.problems import FillProblems
from ui.main_window import MainWindow
from ui.review.page import ReviewPage
from ui.settings.stored import Settings

WRONG = "也许"


@pytest.fixture
def audit(data: Path) -> str:
    from auditor.audit import Header

    with Store.open(data, write=True) as store:
        opened = store.create(find("greeting"), Header(kind="mystery", visited="2026-03-05T10:12:00+08:00"))
        opened.close()
    return opened.audit.id


@pytest.fixture
def window(data: Path, audit: str, qtbot: QtBot) -> Iterator[MainWindow]:
    assert audit
    desk = Desk(data)
    made = MainWindow(desk, Settings())
    qtbot.addWidget(made)
    desk.open()
    made.show()
    settle()
    yield made
    made.close()


def workbook(tmp_path: Path, answer: str = "") -> Filled:
    """A blank workbook with the first choice answered in its own words, or in others."""
    filled = Filled(write_workbook(find("greeting"), tmp_path / "greeting.xlsx"))
    item = next(one for one in find("greeting").items() if one.kind == "choice")
    filled.type("items", item.id, "answer", answer or item.options[0].text.in_("zh"))
    filled.save()
    return filled


def test_a_filled_workbook_is_read_into_the_audit(window: MainWindow, audit: str, tmp_path: Path) -> None:
    fill(window, audit, workbook(tmp_path).file)
    settle()
    assert window.messages.text.startswith("已读入 1 项")
    assert len(window.desk.read(audit).answers) == 1


def test_problems_stand_above_the_page_until_they_are_closed(window: MainWindow, audit: str, tmp_path: Path) -> None:
    """All or nothing: every problem with its sheet and cell and what to do, and no answer taken."""
    fill(window, audit, workbook(tmp_path, WRONG).file)
    settle()
    panel = window.findChild(FillProblems)
    assert panel is not None
    words = "\n".join(one.text() for one in panel.findChildren(QLabel))
    assert "检查明细!I" in words
    assert WRONG in words
    assert "请从下拉列表中选择" in words
    assert not window.desk.read(audit).answers
    fill(window, audit, workbook(tmp_path).file)
    settle()
    assert not [one for one in window.findChildren(FillProblems) if one.isVisible()]


def test_the_library_offers_it_for_every_sound_audit(window: MainWindow, audit: str, qtbot: QtBot) -> None:
    menu = window.library.menu_for(audit)
    assert menu is not None
    entry = next(one for one in menu.actions() if one.text() == "从工作簿读入…")
    with qtbot.waitSignal(window.library.fill_wanted, timeout=2000) as said:
        entry.trigger()
    assert said.args == [audit]
    settle()
    for one in window.findChildren(object):
        if type(one).__name__ == "QFileDialog":
            one.close()  # type: ignore[attr-defined]


def test_a_checklist_offers_its_blank_workbook(qtbot: QtBot, tmp_path: Path) -> None:
    page = ChecklistsPage(tmp_path / "checklists")
    qtbot.addWidget(page)
    page.show_checklists([find("greeting")])
    page.show()
    wanted = next(one for one in page.findChildren(QPushButton) if one.text() == "空白 Excel")
    with qtbot.waitSignal(page.blank_wanted, timeout=2000) as said:
        wanted.click()
    assert said.args[0] == find("greeting")


def test_the_commands_write_and_read_it(
    data: Path, audit: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank, folder = tmp_path / "blank.xlsx", tmp_path / "out"
    assert main(["--data", str(data), "checklist", "workbook", "greeting", "--to", str(blank)]) == 0
    assert blank.read_bytes().startswith(b"PK")
    assert main(["--data", str(data), "export", audit, "--blank", "--to", str(folder)]) == 0
    assert [one.suffix for one in folder.iterdir()] == [".xlsx"]
    capsys.readouterr()
    filled = workbook(tmp_path, WRONG)
    assert main(["--data", str(data), "--json", "fill", audit, str(filled.file)]) == 1
    problem = json.loads(capsys.readouterr().out)["problems"][0]
    assert problem["cell"].startswith("检查明细!I")
    assert main(["--data", str(data), "--json", "fill", audit, str(workbook(tmp_path).file)]) == 0
    assert json.loads(capsys.readouterr().out)["filled"] == 1
    assert main(["--data", str(data), "checklist", "workbook", "greeting", "--to", str(tmp_path / "a.pdf")]) == 1
    assert ".xlsx" in capsys.readouterr().err


# --- the open visit


def words_of_menu(window: MainWindow, below: QPushButton) -> list[str]:
    below.click()
    settle(1)
    menu = window.findChild(QMenu, "more_menu")
    assert menu is not None
    found = [one.text() for one in menu.actions()]
    menu.close()
    settle(1)
    return found


def chosen_from_menu(window: MainWindow, below: QPushButton, words: str) -> QFileDialog:
    """Choose an entry of the menu; the dialog that it opens."""
    below.click()
    settle(1)
    menu = window.findChild(QMenu, "more_menu")
    assert menu is not None
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()
    settle(1)
    return next(one for one in window.findChildren(QFileDialog) if one.isVisible())


def say(dialog: QFileDialog, file: Path) -> None:
    """The person picks a file."""
    dialog.fileSelected.emit(str(file))
    dialog.close()
    settle()


def drop(page: QWidget, file: Path) -> bool:
    """Drag a file over the page and let it fall; whether it was taken."""
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(file))])
    nothing = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, held, *nothing)
    enter.ignore()
    QApplication.sendEvent(page, enter)
    if enter.isAccepted():
        QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, held, *nothing))
        settle()
    return enter.isAccepted()


@pytest.fixture
def capture(window: MainWindow, audit: str) -> CapturePage:
    window.open_audit(audit)
    settle()
    window.show_page("capture")
    page = window.current_page()
    assert isinstance(page, CapturePage)
    return page


def test_an_open_draft_goes_out_as_a_workbook_and_comes_back(
    window: MainWindow, audit: str, capture: CapturePage, tmp_path: Path
) -> None:
    """Out by the menu, filled in by a person without the program, in by the menu: one gesture, which undo takes
    back."""
    assert words_of_menu(window, capture.head.more) == ["空白填写表（Excel）…", "从工作簿读入…"]
    out = tmp_path / "elsewhere.xlsx"
    say(chosen_from_menu(window, capture.head.more, "空白填写表（Excel）…"), out)
    assert window.messages.text == "空白填写表已写好"
    filled, choice = Filled(out), next(one for one in find("greeting").items() if one.kind == "choice")
    filled.type("items", choice.id, "answer", choice.options[0].text.in_("zh"))
    filled.save()
    say(chosen_from_menu(window, capture.head.more, "从工作簿读入…"), out)
    assert window.messages.text.startswith("已读入 1 项")
    assert window.session is not None
    assert window.session.audit.id == audit
    assert window.session.current(choice.id).value == choice.options[0].id
    assert window.session.undo()
    assert not window.session.audit.answers


def test_a_workbook_dropped_on_the_visit_is_read_in_and_a_photo_is_left_to_the_cards(
    window: MainWindow, capture: CapturePage, tmp_path: Path
) -> None:
    assert drop(capture, workbook(tmp_path).file)
    assert window.session is not None
    assert len(window.session.audit.answers) == 1
    assert not drop(capture, tmp_path / "a.jpg")
    path, said = next(iter(window.session.audit.answers.items()))
    other = window.session.item(path).options[1]
    assert drop(capture.column.cards[path], workbook(tmp_path, other.text.in_("zh")).file), "through the card"
    assert window.session.current(path).value == other.id != said.value
    assert not window.session.current(path).photos
    assert drop(capture, workbook(tmp_path, WRONG).file)
    panel = next(one for one in window.findChildren(FillProblems) if one.isVisible())
    assert panel.found[0].cell.startswith("检查明细!I")
    assert len(window.session.audit.answers) == 1


def test_the_reply_of_a_finished_audit_goes_out_and_comes_back(window: MainWindow, tmp_path: Path) -> None:
    window.start_audit(scene.checklist(), scene.header(kind="announced"))
    settle()
    session = window.session
    assert session is not None
    answer_all(session)
    session.answer("more1", "no")
    session.set_reasons("more1", (Reason("未做到"),))
    assert session.finish("青松")
    window.show_page("review")
    page = window.current_page()
    assert isinstance(page, ReviewPage)
    assert words_of_menu(window, page.more) == ["整改反馈表（Excel）…", "读入整改反馈表…"]
    out = tmp_path / "reply.xlsx"
    say(chosen_from_menu(window, page.more, "整改反馈表（Excel）…"), out)
    assert window.messages.text == "整改反馈表已写好"
    filled = Filled(out)
    path = "more1"
    filled.type("reply", path, "measure", "晨会培训")
    filled.type("reply", path, "done_on", "三月某日")
    filled.save()
    assert drop(page, out)
    panel = next(one for one in window.findChildren(FillProblems) if one.isVisible())
    assert panel.found[0].cell.startswith("整改反馈表!")
    assert not session.audit.findings
    filled.type("reply", path, "done_on", "2026-03-20")
    filled.save()
    say(chosen_from_menu(window, page.more, "读入整改反馈表…"), out)
    assert window.messages.text == "已读入 1 条整改情况。"
    assert session.audit.findings[path].measure == "晨会培训"
    assert session.audit.findings[path].done_on == "2026-03-20"
    assert page.losses is not None
    assert "晨会培训" in page.losses.rows[path].words.text()


def test_what_was_changed_by_hand_while_a_reply_was_read_is_not_lost(window: MainWindow, tmp_path: Path) -> None:
    window.start_audit(scene.checklist(), scene.header(kind="announced"))
    settle()
    session = window.session
    assert session is not None
    answer_all(session)
    session.answer("more1", "no")
    out = write_reply(window.desk.store, session.audit.id, tmp_path / "reply.xlsx", "zh")
    filled = Filled(out)
    filled.type("reply", "more1", "measure", "晨会培训")
    filled.save()
    fill(window, session.audit.id, out)
    assert session.correcting.set("more1", Finding(owner="李主任"))
    settle()
    assert session.audit.findings["more1"] == Finding(owner="李主任", measure="晨会培训")
