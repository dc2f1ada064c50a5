"""The library: searched, filtered and sorted; its figures honest; damaged audits shown as such (design §6, P4)."""

from __future__ import annotations

import time
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.store import Row
from auditor.words import use_language
from tests.ui.rows import draft, row
from ui.initials import initials
from ui.library import figures as library_figures
from ui.library.cards import Losses
from ui.library.listing import LibraryList, Wanted
from ui.library.page import LibraryPage
from ui.library.row import MENU, ROW, before, conclusion, figure, moment, spoken, state

pytestmark = pytest.mark.usefixtures("dressed")
ROWS = [
    draft("d", branch_name="人民广场支行", branch="10002", visited="2026-10-01T09:00:00+08:00"),
    row("a"),
    row("b", branch_name="滨河路支行", branch="10003", kind="self", checklist="self", title_zh="网点服务自查",
        title_en="Branch self-inspection", total=81.0, before_critical=81.0, visited="2026-08-15T16:42:00+08:00"),
    row("c", branch_name="高新区支行", branch="10004", total=59.9, before_critical=88.0, passed=False,
        effects=("fail",), grade_zh="不合格", grade_en="Failed", visited="2026-09-18T09:10:00+08:00"),
    row("x", state="damaged", total=None, before_critical=None, passed=None, visited="2026-07-01T09:00:00+08:00"),
]  # fmt: skip


@pytest.fixture
def page(qtbot: QtBot) -> LibraryPage:
    made = LibraryPage()
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show_rows(ROWS)
    made.show()
    return made


def ids(page: LibraryPage) -> list[str]:
    model = page.table.model()
    return [model.index(number, 0).data(ROW).id for number in range(model.rowCount())]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("城东", "ax"),
        ("10003", "b"),
        ("CDZH", "ax"),
        ("自查", "b"),
        ("self-insp", "b"),
        ("滨河路 自查", "b"),
        ("无", ""),
    ],
)
def test_search_finds_branch_code_initials_checklist(page: LibraryPage, typed: str, found: str) -> None:
    page.look_for(typed)
    assert sorted(ids(page)) == sorted(found)
    assert page.shown == len(found)


def test_filters_are_combined(page: LibraryPage) -> None:
    page.filter_by("state", "finished")
    assert sorted(ids(page)) == ["a", "b", "c"]
    page.filter_by("kind", "mystery")
    assert sorted(ids(page)) == ["a", "c"]
    page.filter_by("month", "2026-09")
    page.look_for("高新")
    assert ids(page) == ["c"]
    page.clear_filters()
    assert page.shown == len(ROWS)


def test_filters_offer_what_there_is_with_its_count(page: LibraryPage) -> None:
    chip = page._chips["state"]
    words = [action.text() for action in chip.menu_of_choices().actions()]
    assert words == ["全部", "已完成  3", "填写中  1", "已损坏  1"]


def test_nothing_found_offers_a_way_out(page: LibraryPage) -> None:
    page.look_for("没有这个网点")
    assert page._results.currentIndex() == 1
    page.clear_filters()
    assert page._results.currentIndex() == 0
    assert page.search.text() == ""


@pytest.mark.parametrize(
    ("column", "falling", "order"),
    [
        ("visited", True, "dacbx"),
        ("visited", False, "xbcad"),
        ("score", True, "abc"),
        ("score", False, "cba"),
    ],
)
def test_sorting_by_a_header(page: LibraryPage, column: str, falling: bool, order: str) -> None:
    """Audits without a score come last whichever way the scores go."""
    page._sort(column, falling)
    assert "".join(ids(page)).startswith(order)


def test_a_row_reads_as_the_sketch_has_it() -> None:
    capped = ROWS[3]
    assert (figure(capped), before(capped)) == ("59.9", "原 88.0")
    assert "不合格" in conclusion(capped)
    assert state(ROWS[0]) == "填写中 37%"
    assert figure(ROWS[0]) == "–"
    assert moment("2020-09-22T10:04:00+08:00") == "2020-09-22"
    assert moment(f"{date.today().year}-09-22T10:04:00+08:00") == "09-22 10:04"


def test_a_damaged_audit_says_so_and_shows_no_figure() -> None:
    """P2: no wrong figure; P4: the others are there."""
    damaged = ROWS[4]
    assert (state(damaged), figure(damaged)) == ("已损坏", "–")
    assert conclusion(damaged)


def test_what_is_not_passed_is_said_in_words() -> None:
    assert conclusion(row(passed=False, grade=None, grade_zh="")) == "不达标"
    assert conclusion(row(passed=True, grade=None, grade_zh="")) == "达标"


def test_a_screen_reader_hears_the_column_and_the_figure_before() -> None:
    assert spoken(ROWS[3], "score") == "得分 59.9 原 88.0"


def test_both_languages() -> None:
    use_language("en")
    assert conclusion(ROWS[1]) == "Excellent"
    assert state(ROWS[0]) == "Draft 37%"
    assert before(ROWS[3]) == "was 88.0"


def test_a_tap_opens_and_the_dots_offer_more(page: LibraryPage, qtbot: QtBot) -> None:
    index = page.table.model().index(1, 1)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=page.table.visualRect(index).center())
    assert opened.args == ["a"]
    with qtbot.assertNotEmitted(page.opened), qtbot.waitSignal(page.table.menu_wanted) as asked:
        dots = page.table.visualRect(page.table.model().index(1, MENU)).center()
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=dots)
    assert asked.args[0] == "a"


def test_the_menu_fits_the_audit(page: LibraryPage) -> None:
    def words(audit: str) -> list[str]:
        menu = page.menu_for(audit)
        assert menu is not None
        return [action.text() for action in menu.actions() if action.isEnabled()]

    assert words("a") == ["打开", "导出报告", "从工作簿读入…", "清除个人信息", "移到回收站"]
    assert words("d") == ["继续填写", "导出报告", "从工作簿读入…", "移到回收站"]
    assert words("x") == ["打开", "移到回收站", "校验数据"]
    assert page.menu_for("unknown") is None


def test_the_keyboard_does_what_touch_does(page: LibraryPage, qtbot: QtBot) -> None:
    page.table.setFocus()
    page.table.selectRow(2)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.delete_wanted) as deleted:
        qtbot.keyClick(page.table, Qt.Key.Key_Delete)
    assert opened.args == deleted.args == ["c"]


def test_the_first_run_invites(qtbot: QtBot) -> None:
    page = LibraryPage()
    qtbot.addWidget(page)
    page.show_rows([])
    page.show()
    assert page.sample.isVisible()
    assert not page.start.isVisible()
    with qtbot.waitSignal(page.sample_wanted):
        page.sample.click()


def test_columns_give_way_where_it_is_narrow(page: LibraryPage) -> None:
    header = page.table.horizontalHeader()
    assert not header.isSectionHidden(2)
    page.resize(640, 800)
    QApplication.processEvents()
    assert header.isSectionHidden(3)
    assert not header.isSectionHidden(1)
    assert header.length() <= page.table.width()


# --- the figures


def test_the_mean_rests_on_one_checklist_in_one_version() -> None:
    """S8: other versions, other kinds, drafts and other months are left out, and n says how many are in."""
    today = date(2026, 9, 30)
    rows = [
        row("1", total=90.0),
        row("2", total=80.0, visited="2026-07-02T10:00:00+08:00"),
        row("3", total=10.0, version="2"),
        row("4", total=10.0, kind="self"),
        row("5", total=10.0, visited="2026-03-31T10:00:00+08:00"),
        draft("6"),
    ]
    found = library_figures.recent(rows, today)
    assert found is not None
    assert (found.mean, found.n) == (85.0, 2)
    assert found.months == (("2026-07", 80.0), ("2026-09", 90.0))
    assert found.change == 75.0


def test_no_recent_visit_is_no_figure(page: LibraryPage) -> None:
    assert library_figures.recent([draft("1"), row("2", total=None)], date(2026, 9, 30)) is None
    page.cards.recent.show_recent(None)
    assert page.cards.recent.figure.figure.text() == "–"


def test_no_change_without_earlier_visits() -> None:
    found = library_figures.recent([row("1")], date(2026, 9, 30))
    assert found is not None
    assert found.change is None


@pytest.mark.parametrize(("months", "expected"), [(0, "2026-01"), (1, "2025-12"), (13, "2024-12")])
def test_months_are_counted_over_the_new_year(months: int, expected: str) -> None:
    assert library_figures.month_before(date(2026, 1, 15), months) == expected


def test_the_draft_that_waits_longest_is_offered(page: LibraryPage, qtbot: QtBot) -> None:
    found = library_figures.drafts([draft("new"), draft("old", visited="2026-01-01T09:00:00+08:00"), ROWS[4]])
    assert (found.n, found.damaged) == (2, 1)
    assert found.oldest is not None
    page.cards.drafts.show_drafts(found)
    with qtbot.waitSignal(page.opened) as opened:
        page.cards.drafts.resume.click()
    assert opened.args == ["old"]


def test_losses_are_shown_with_the_number_they_rest_on(page: LibraryPage) -> None:
    page.show_losses(Losses((("等候引导", 6.5), ("风险提示", 4.0)), 12))
    assert "12" in page.cards.losses.heading.text()
    page.show_losses(None)
    assert "12" not in page.cards.losses.heading.text()


# --- speed and initials


def many(count: int) -> list[Row]:
    return [
        row(
            f"{number:08}",
            branch_name=f"第{number % 500}支行",
            branch=f"{number % 500:05}",
            total=60 + number % 400 / 10,
        )
        for number in range(count)
    ]


def test_a_large_library_is_filtered_within_a_frame_or_two() -> None:
    """A list of our own instead of a proxy model: 100,000 rows took 3 s there. Generous, for a busy machine."""
    rows = LibraryList(many(30_000))
    rows.numbers(Wanted(text="支行"))
    started = time.perf_counter()
    found = rows.numbers(Wanted(text="第499支行", filters={"state": "finished"}, column="score"))
    assert time.perf_counter() - started < 0.5
    assert len(found) == 60


@pytest.mark.parametrize(
    ("name", "letters"), [("城东支行", "cdzh"), ("上海浦东分行", "shpdfh"), ("重庆ABC 1号", "cqabc1h"), ("", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_point_is_where_the_menu_opens(page: LibraryPage, qtbot: QtBot) -> None:
    page.table.selectRow(0)
    with qtbot.waitSignal(page.table.menu_wanted) as asked:
        page.table.viewport().setFocus()
        dots = page.table.visualRect(page.table.model().index(0, MENU))
        qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=dots.center())
    assert page.table.viewport().rect().contains(page.table.viewport().mapFromGlobal(asked.args[1]) - QPoint(0, 2))
