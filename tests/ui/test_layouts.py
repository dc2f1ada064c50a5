"""Layouts and blank forms as a person reaches them: the export page, the page of checklists, the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from auditor.store import Store
from checklists.library import find
from tests.ui.scene import open_session, settle
from tests.ui.test_session import fill
from ui.checklists.page import ChecklistsPage
from ui.command_line import main
from ui.export.page import ExportPage

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def export(qtbot: QtBot, data: Path, tmp_path: Path) -> ExportPage:
    with open_session(data) as session:
        fill(session)
        session.finish("青松")
        audit = session.audit
    page = ExportPage(Store.open(data), audit, str(tmp_path))
    qtbot.addWidget(page)
    page.show()
    settle()
    return page


def test_the_export_page_writes_each_layout_that_is_chosen(qtbot: QtBot, export: ExportPage) -> None:
    assert set(export.layouts.chips) >= {"full", "summary"}
    assert "self" not in export.layouts.chips, "the visit is no self-inspection"
    export.formats["xlsx"].click()
    export.layouts.chips["summary"].click()
    with qtbot.waitSignal(export.exported, timeout=30_000) as said:
        export.start.click()
    names = [path.name for path in said.args[0]]
    assert len(names) == 2
    assert sum("摘要" in one for one in names) == 1


def test_without_a_pdf_no_layout_and_without_a_layout_no_pdf(export: ExportPage) -> None:
    export.layouts.chips["full"].click()
    assert export.start.isEnabled(), "Excel has no layouts"
    export.formats["xlsx"].click()
    assert not export.start.isEnabled()
    export.layouts.chips["summary"].click()
    assert export.start.isEnabled()
    export.formats["pdf"].click()
    assert not export.layouts.isEnabled()


def test_a_checklist_offers_its_blank_form(qtbot: QtBot, tmp_path: Path) -> None:
    page = ChecklistsPage(tmp_path / "checklists")
    qtbot.addWidget(page)
    sheet = find("greeting")
    page.show_checklists([sheet])
    page.show()
    wanted = next(one for one in page.findChildren(QPushButton) if one.text() == "打印空白表")
    with qtbot.waitSignal(page.print_wanted, timeout=2000) as said:
        wanted.click()
    assert said.args[0] == sheet


def test_a_form_is_asked_for_by_name_and_written(qtbot: QtBot, tmp_path: Path) -> None:
    from ui.checklists import printing

    page = ChecklistsPage(tmp_path / "checklists")
    qtbot.addWidget(page)
    chosen: list[str] = []
    dialog = printing._ask(page, find("greeting"), str(tmp_path), chosen.append)
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave
    assert dialog.selectedFiles()[0].endswith(".pdf")
    dialog.close()
    made = printing._work(find("greeting"), tmp_path / "form.pdf", "letter")()
    assert made.read_bytes().startswith(b"%PDF")


def test_the_commands_write_layouts_and_forms(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with open_session(data) as session:
        fill(session)
        session.finish("青松")
    to = tmp_path / "out"
    asked = ["export", "--to", str(to), "--layout", "summary", "--layout", "losses,certificate", "--paper", "letter"]
    main(["--data", str(data), "--json", "--lang", "zh", *asked])
    said = json.loads(capsys.readouterr().out)
    assert {Path(one).suffix for one in said["files"]} == {".pdf"}, "other formats only when they are asked for"
    assert any("摘要" in one for one in said["files"])
    assert any("扣分清单" in one for one in said["files"])
    form = tmp_path / "form.pdf"
    assert (
        main(["--data", str(data), "checklist", "print", "greeting", "--to", str(form), "--report-lang", "both"]) == 0
    )
    assert form.read_bytes().startswith(b"%PDF")
    assert main(["--data", str(data), "export", "--to", str(to), "--layout", "poster"]) == 1
    assert "poster" in capsys.readouterr().err
