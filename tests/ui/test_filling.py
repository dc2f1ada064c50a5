"""The Excel round trip in the window and by command: a blank workbook out, a filled one read in, problems by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from auditor.store import Store
from checklists.library import find
from exports.forms import write_workbook
from tests.exports.filled import Filled
from tests.ui.scene import settle
from ui.checklists.page import ChecklistsPage
from ui.command_line import main
from ui.desk import Desk
from ui.filling.flow import fill
from ui.filling.problems import FillProblems
from ui.main_window import MainWindow
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
