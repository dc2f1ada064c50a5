"""汇总表和对比分析 in the window: what is listed becomes one register and one comparison, as the command makes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.store import Store
from tests.ui.looking import clipped, small_targets, unnamed
from tests.ui.scene import settle
from ui.command_line import main
from ui.export.register_page import RegisterPage


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bank")
    assert main(["--data", str(folder), "demo", "--audits", "16", "--branches", "4", "--seed", "2"]) == 0
    return folder


@pytest.fixture
def page(dressed: QApplication, bank: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[RegisterPage]:
    del dressed
    with Store.open(bank) as store:
        made = RegisterPage(store, store.rows(), str(tmp_path))
        qtbot.addWidget(made)
        made.resize(1200, 800)
        made.show()
        settle()
        yield made


def words(page: RegisterPage, card: str) -> str:
    return " ".join(one.text() for one in page.findChild(object, card).findChildren(QLabel))


def test_both_files_are_written_with_the_options_chosen(page: RegisterPage, tmp_path: Path, qtbot: QtBot) -> None:
    page.choices.unit.setText("总行运营管理部")
    page.choices.places.show_value(3)
    page.choices.weights["mystery"].setText("60")
    page.choices.weights["self"].setText("40")
    with qtbot.waitSignal(page.done, timeout=60_000) as told:
        page.start.click()
    register, comparison = told.args[0].files
    assert (register.suffix, comparison.suffix) == (".xlsx", ".pdf")
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted((register.name, comparison.name))
    sheet = load_workbook(register)["排名表"]
    assert "制表单位：总行运营管理部" in sheet["A2"].value
    assert "暗访 60%、自查 40%" in sheet["A3"].value
    assert sheet["G5"].number_format.startswith("0.000")
    assert register.name in words(page, "gathered")


def test_only_finished_audits_are_gathered_and_it_is_said(page: RegisterPage) -> None:
    said = " ".join(one.text() for one in page.findChildren(QLabel))
    finished = sum(one.state == "finished" for one in page._store.rows())
    assert f"共 {finished} 份已完成的检查" in said
    assert f"另有 {len(page._store.rows()) - finished} 份" in said


def test_a_wrong_weight_is_said_and_nothing_starts(page: RegisterPage, tmp_path: Path) -> None:
    page.choices.weights["mystery"].setText("很多")
    page.start.click()
    settle()
    assert "“很多”不对" in words(page, "not_gathered")
    assert page.start.isVisible()
    assert list(tmp_path.iterdir()) == []


def test_cancelled_in_the_middle_nothing_is_written(page: RegisterPage, tmp_path: Path, qtbot: QtBot) -> None:
    """P3: no half file stays."""
    with qtbot.waitSignal(page.failed, timeout=60_000):
        page.start.click()
        page.under_way.cancel.click()
    assert "已取消" in words(page, "not_gathered")
    assert list(tmp_path.iterdir()) == []
    assert page.start.isEnabled()


def test_without_a_product_or_a_folder_nothing_can_start(page: RegisterPage) -> None:
    assert [name for name, chip in page.choices.products.items() if chip.isChecked()] == ["register", "comparison"]
    for chip in page.choices.products.values():
        chip.setChecked(False)
    page.choices.changed.emit()
    assert not page.start.isEnabled()
    page.choices.products["register"].click()
    assert page.start.isEnabled()
    page.choices.folder.clear()
    assert not page.start.isEnabled()


@pytest.mark.parametrize("width", [760, 1200])
def test_everything_is_named_large_enough_and_whole(page: RegisterPage, width: int) -> None:
    page.resize(width, 1700)
    settle()
    assert clipped(page) == []
    assert small_targets(page) == []
    assert unnamed(page) == []
