"""What a newcomer does in the window on the first day: try a draft and throw it away, look at the sample, hand over a
register of branches with faults in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from auditor import jotting
from auditor.words import speaking
from tests.ui.scene import settle
from ui import app as opening
from ui.export.page import ExportPage
from ui.library import wiring
from ui.main_window import MainWindow
from ui.start.page import StartPage
from ui.start.wiring import import_branches


@pytest.fixture
def window(qapp: QApplication, tmp_path: Path) -> Iterator[MainWindow]:
    window = opening.open_window(qapp, tmp_path / "data", "zh")
    settle()
    yield window
    window.close()
    settle()


def test_a_practice_draft_is_deleted_like_any_other(window: MainWindow) -> None:
    wiring.practise(window)
    settle()
    window.go("home")
    settle()
    (row,) = window.desk.rows
    assert row.state == "draft"
    window.delete_audit(row.id)
    settle()
    assert not window.desk.rows


def test_a_faulty_register_is_told_cell_by_cell(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is imported, and the strip names the cells, not only their number."""
    register = tmp_path / "register.csv"
    register.write_text("机构号,网点\n1,甲\n1,乙\n,丙\n", "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (str(register), ""))
    window.on_start_check()
    settle()
    page = window.current_page()
    assert isinstance(page, StartPage)
    import_branches(window, page)
    settle()
    assert "有 2 处问题" in window.messages.text
    assert "机构号 1 与第 2 行重复" in window.messages.text
    assert "缺少机构号" in window.messages.text
    assert window.desk.branches() == []


def test_a_vanished_export_folder_is_told_in_sight(window: MainWindow) -> None:
    """The card that says so is wholly to be seen, not below the edge."""
    wiring.practise(window)
    settle()
    window.go("home")
    window.resize(1280, 800)
    settle()
    window.export_audit(window.desk.rows[0].id)
    settle()
    page = window.current_page()
    assert isinstance(page, ExportPage)
    page.folder.setText("/gone/stick/reports")
    page.start.click()
    settle()
    QTest.qWait(200)
    item = page._results.itemAt(0)
    assert item is not None
    card, viewport = item.widget(), page._area.viewport()
    assert viewport.rect().contains(card.mapTo(viewport, card.rect().bottomLeft()))
    assert viewport.rect().contains(card.mapTo(viewport, card.rect().topLeft()))


def test_a_visit_left_weeks_ago_is_told_in_days() -> None:
    with speaking("zh"):
        assert [jotting.span(seconds) for seconds in (2280, 4320, 2 * 86_400 - 1, 640 * 3600)] == [
            "38 分钟",
            "1 小时 12 分",
            "47 小时 59 分",
            "26 天",
        ]
