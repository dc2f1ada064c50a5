"""Who works here decides what the first page offers; a role is a choice, not a login (design §6)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from auditor.store import Branch
from tests.ui.rows import draft, row
from ui.library.page import LibraryPage
from ui.role import today
from ui.role.page import RolePage
from ui.role.today import Person
from ui.settings import stored
from ui.settings.stored import Settings

pytestmark = pytest.mark.usefixtures("dressed")
HEAD = Person("branch_head", "", "10001", "城东支行", 25)
SHOPPER = Person("shopper", "青松")


def own(id_: str, month: str, **values: object):
    return row(id_, kind="self", visited=f"{month}-10T09:00:00+08:00", **values)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 19), "9月自查还剩 6 天"),
        (date(2026, 9, 25), "9月自查今天截止"),
        (date(2026, 9, 28), "9月自查已逾期 3 天"),
    ],
)
def test_a_branch_head_reads_how_many_days_are_left(day: date, words: str) -> None:
    rows = [own("1", "2026-08", total=93.2), row("2", branch="10003")]
    assert today.below(rows, HEAD, day) == f"{words} · 上次自查 93.2 分"


def test_this_months_self_inspection_counts_once_it_is_finished() -> None:
    """A draft says how far it is; another branch's, and last month's, are not this one."""
    day = date(2026, 9, 19)
    elsewhere = own("9", "2026-09", branch="10003", branch_name="高新区支行")
    begun = draft("3", kind="self", visited="2026-09-18T09:00:00+08:00", answered=19, applicable=40)
    assert today.self_check([elsewhere], HEAD, day).state == "none"
    assert "填写中 47%" in today.below([elsewhere, begun], HEAD, day)
    assert today.below([own("4", "2026-09", total=91.0)], HEAD, day) == "9月自查已完成 · 上次自查 91.0 分"


def test_a_due_day_no_month_lacks(tmp_path: Path) -> None:
    """Settings take days 1 to 28 and known roles only; anything else in the file is passed over."""
    stored.save(tmp_path, Settings(role="branch_head", due_day=28))
    assert stored.load(tmp_path)[0].due_day == 28
    text = (tmp_path / stored.NAME).read_text("utf-8")
    (tmp_path / stored.NAME).write_text(text.replace("28", "31").replace("branch_head", "king"), "utf-8")
    assert stored.load(tmp_path)[0] == Settings()


def test_a_shopper_has_the_drafts_side_by_side_one_tap_away(qtbot: QtBot) -> None:
    page = LibraryPage(SHOPPER)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.show_rows([draft(str(at), visited=f"2026-09-2{at}T10:00:00+08:00") for at in range(6)])
    assert page.tiles is not None
    assert not page.cards.isVisible()
    tiles = [page.tiles._grid.itemAt(at).widget() for at in range(page.tiles._grid.count())]
    assert 2 <= len(tiles) <= 4
    assert str(6 - len(tiles)) in page.tiles._more.text()
    with qtbot.waitSignal(page.opened) as signal:
        qtbot.mouseClick(tiles[0], Qt.MouseButton.LeftButton)
    assert signal.args == ["5"]


def test_a_branch_heads_one_button_is_this_months_self_inspection(qtbot: QtBot) -> None:
    page = LibraryPage(HEAD)
    qtbot.addWidget(page)
    this = date.today().strftime("%Y-%m")
    page.show_rows([own("1", "2025-01")])
    assert page.start.text() == "开始本月自查"
    begun = draft("3", kind="self", visited=f"{this}-01T09:00:00+08:00")
    page.show_rows([begun])
    with qtbot.waitSignal(page.self_check_wanted) as signal:
        page.start.click()
    assert signal.args == ["3"]
    page.show_rows([own("4", this)])
    with qtbot.waitSignal(page.start_wanted):
        page.start.click()


def test_figures_of_a_branch_head_are_of_the_own_branch(qtbot: QtBot) -> None:
    now = date.today().isoformat()
    rows = [
        row("1", visited=now, total=90.0),
        row("2", visited=now, total=50.0, branch="10003", branch_name="高新区支行"),
    ]
    shown = {}
    for person in (HEAD, Person("officer")):
        page = LibraryPage(person)
        qtbot.addWidget(page)
        page.show_rows(rows)
        shown[person.role] = page.cards.recent.figure.figure.text()
    assert shown == {"branch_head": "90.0", "officer": "70.0"}


def test_choosing_who_one_is(qtbot: QtBot) -> None:
    """A card, and what goes with it; nothing is done before a card is chosen."""
    page = RolePage(Person(), [row("1")])
    qtbot.addWidget(page)
    page.resize(1100, 900)
    page.show()
    page.show_branches([Branch("10001", "城东支行"), Branch("10002", "滨河路支行")])
    assert not page.done.isEnabled()
    assert not page.alias.isVisible()
    page.group.button(0).click()
    assert page.alias.isVisible()
    page.alias.setText(" 青松 ")
    with qtbot.waitSignal(page.chosen) as signal:
        page.done.click()
    assert signal.args[0] == Person("shopper", "青松")
    page.group.button(1).click()
    page.branches.search.setText("bhl")
    page.branches.choose(0)
    page.due.chosen.emit(20)
    assert page.person == Person("branch_head", "青松", "10002", "滨河路支行", 20)
