"""A new audit in at most three touches (issue 5, design §6)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from auditor.audit import Header
from auditor.checklist import Checklist
from auditor.store import Branch
from tests.ui.rows import row
from ui.checklists import words as checklist_words
from ui.checklists.page import ChecklistsPage
from ui.role.today import Person
from ui.start.branch_picker import BranchModel, choices
from ui.start.page import StartPage

pytestmark = pytest.mark.usefixtures("dressed")
BRANCHES = [
    Branch("10001", "城东支行", "江城分行"),
    Branch("10002", "滨河路支行", "江城分行"),
    Branch("10003", "高新区支行", "临海分行"),
    Branch("10009", "旧城支行", "江城分行", status="closed"),
]
ROWS = [row("2", branch="10003", branch_name="高新区支行"), row("1", branch="10001", checklist="second")]


def checklist(id_: str, **values: Any) -> Checklist:
    item = {
        "id": "i",
        "text": "问候",
        "points": "10",
        "options": [{"id": "y", "text": "是"}, {"id": "n", "text": "否"}],
    }
    plain = {"id": id_, "version": "1", "title": {"zh": f"{id_} 检查表", "en": f"{id_} checklist"}}
    sections = [{"id": "s", "title": "接待", "items": [item]}]
    return Checklist.model_validate({**plain, "checks": ["mystery", "self"], "sections": sections, **values})


PLAYED = {
    "personas": [{"id": "old", "title": "老年客户", "values": ["耐心"]}],
    "scenarios": [
        {"id": "card", "title": "补卡", "persona": "old", "story": "卡片丢失。", "ask": ["费用"], "watch": ["排队"]},
        {"id": "loan", "title": "贷款"},
    ],
}


@pytest.fixture
def page(qtbot: QtBot) -> StartPage:
    made = StartPage(ROWS, Person(alias="青松"))
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show_branches(BRANCHES)
    made.show_checklists([checklist("first"), checklist("second"), checklist("customer_journey", **PLAYED)])
    made.show()
    return made


def started(page: StartPage, qtbot: QtBot) -> tuple[Checklist, Header]:
    with qtbot.waitSignal(page.started) as signal:
        qtbot.mouseClick(page.start, Qt.MouseButton.LeftButton)
    return signal.args[0], signal.args[1]


def test_three_touches_start_an_audit(page: StartPage, qtbot: QtBot) -> None:
    """Checklist, branch, start: kind, time and alias are there already."""
    qtbot.mouseClick(page._tiles.button(1), Qt.MouseButton.LeftButton)
    place = page.branches.list.visualRect(page.branches.model.index(1, 0)).center()
    qtbot.mouseClick(page.branches.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    chosen, header = started(page, qtbot)
    assert chosen.id == "second"
    assert (header.branch, header.branch_name, header.parent) == ("10001", "城东支行", "江城分行")
    assert (header.kind, header.shopper, header.scenario) == ("mystery", "青松", "")
    moment = datetime.fromisoformat(header.visited)
    assert moment.tzinfo is not None
    assert abs((datetime.now().astimezone() - moment).total_seconds()) < 180


def test_the_checklist_used_last_is_chosen_already(page: StartPage) -> None:
    assert page._checklist is not None
    assert page._checklist.id == "customer_journey"


def test_nothing_starts_without_a_branch(page: StartPage, qtbot: QtBot) -> None:
    assert not page.start.isEnabled()
    with qtbot.assertNotEmitted(page.started):
        page._start()
    page.branches.choose(0)
    assert page.start.isEnabled()


def test_recent_branches_come_first_and_closed_ones_not_at_all() -> None:
    found = choices(BRANCHES, ROWS)
    assert [one.name for one in found] == ["高新区支行", "城东支行", "滨河路支行"]
    assert [one.recent for one in found] == [True, True, False]


@pytest.mark.parametrize("typed", ["滨河", "10002", "bhlzh", "BHL 江城"])
def test_a_branch_is_found_by_name_code_and_initials(typed: str) -> None:
    model = BranchModel()
    model.show_choices(choices(BRANCHES, ()))
    model.look_for(typed)
    assert model.shown[0].name == "滨河路支行"


def test_a_name_the_register_lacks_will_do(page: StartPage, qtbot: QtBot) -> None:
    """design §8: accepted, with a warning."""
    page.branches.search.setText("  新开 支行 ")
    assert page.branches.model.shown[-1].free
    qtbot.keyClick(page.branches.search, Qt.Key.Key_Return)
    _, header = started(page, qtbot)
    assert (header.branch, header.branch_name) == ("新开 支行", "新开 支行")


def test_a_name_of_the_register_is_not_offered_twice() -> None:
    model = BranchModel()
    model.show_choices(choices(BRANCHES, ()))
    model.look_for("城东支行")
    assert [one.free for one in model.shown] == [False]


def test_what_is_typed_after_choosing_unchooses(page: StartPage) -> None:
    page.branches.choose(0)
    page.branches.search.setText("滨河")
    assert page.branches.choice is None
    assert not page.start.isEnabled()


def test_the_scenario_tells_whom_to_play_what_to_ask_and_watch(page: StartPage, qtbot: QtBot) -> None:
    chips = page.scenario._chips.chips
    page.scenario.choose("")
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    words = [label.text() for label in page.scenario._story.findChildren(QLabel)]
    assert words == ["老年客户：耐心", "卡片丢失。", "询问：费用", "观察：排队"]
    page.branches.choose(0)
    assert started(page, qtbot)[1].scenario == "card"
    qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert page.scenario.chosen == "loan"
    qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert page.scenario.chosen == ""


def test_the_scenario_whose_turn_it_is_is_chosen_already(page: StartPage) -> None:
    """So that checklist, branch and start are three touches, and no shopper plays the same one every time."""
    page.scenario.show_scenarios(checklist("played", **PLAYED), 2)
    assert page.scenario.chosen == "card"
    page.scenario.show_scenarios(checklist("played", **PLAYED), 3)
    assert page.scenario.chosen == "loan"
    page._tiles.button(0).click()
    assert page.scenario.chosen == "loan", "it was used once before"
    page.scenario.show_scenarios(checklist("played", **PLAYED))
    assert page.scenario.chosen == "", "an announced inspection plays nobody"


def test_kinds_are_those_the_checklist_serves_and_the_choice_stays(page: StartPage) -> None:
    page._kinds.button(1).click()
    assert page.kind == "self"
    page._choose(checklist("x", checks=["announced", "self"]))
    assert page.kind == "self"
    page._choose(checklist("y", checks=["announced", "cross"]))
    assert page.kind == "announced"


def test_steps_stand_below_each_other_where_it_is_narrow(page: StartPage) -> None:
    def tops() -> tuple[int, int]:
        first, second = page._tile_area, page.branches
        return first.mapTo(page, first.rect().topLeft()).y(), second.mapTo(page, second.rect().topLeft()).y()

    assert abs(tops()[0] - tops()[1]) < 60
    page.resize(700, 1200)
    QApplication.processEvents()
    assert tops()[1] > tops()[0] + 100


def test_a_checklist_says_what_it_asks_and_how_long_it_takes() -> None:
    one = checklist("a")
    assert checklist_words.items(one) == 1
    assert checklist_words.facts(one) == "1 项 · 约 5 分钟 · 满分 100"


def test_the_checklists_page_shows_sections_items_and_points(qtbot: QtBot) -> None:
    made = ChecklistsPage(Path("checklists"))
    qtbot.addWidget(made)
    made.show_checklists([checklist("a"), checklist("b")])
    texts = {label.text() for label in made.findChildren(QLabel)}
    assert {"a 检查表", "1  接待", "问候", "10 分", "单选"} <= texts
    made._group.buttons()[1].click()
    assert made._detail is not None
    assert made._detail.accessibleName() == "b 检查表"


def test_starting_with_a_scenario_acknowledges_it(page: StartPage, qtbot: QtBot) -> None:
    """The button says so, and the header keeps when; without a scenario nothing is claimed."""
    page.branches.choose(0)
    page._tiles.button(0).click()
    page.scenario.choose("")
    assert page.start.text() == "开始"
    page.scenario.choose("card")
    assert page.start.text() == "已记住情景，开始"
    header = started(page, qtbot)[1]
    assert header.scenario == "card"
    assert abs(datetime.fromisoformat(header.acknowledged) - datetime.now().astimezone()).total_seconds() < 60
    page.scenario.choose("")
    assert started(page, qtbot)[1].acknowledged == ""


def test_a_shopper_finds_covert_checklists_first_and_a_branch_head_his_own_branch(qtbot: QtBot) -> None:
    sheets = [checklist("inspection", checks=["announced"]), checklist("self", checks=["self"]), checklist("visit")]
    first = {}
    for person in (Person("shopper"), Person("branch_head", branch="10002", branch_name="滨河路支行")):
        made = StartPage((), person)
        qtbot.addWidget(made)
        made.show_checklists(sheets)
        made.show_branches(BRANCHES)
        choice = made.branches.choice
        first[person.role] = (made._checklists[0].id, choice.code if choice else "")
    assert first == {"shopper": ("visit", ""), "branch_head": ("self", "10002")}
