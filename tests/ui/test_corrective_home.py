"""What a branch still has to put right, on its first page, and in the list of audits."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from auditor.audit import Finding, Reason
from auditor.errors import AuditorError
from auditor.store import Store
from tests.ui.rows import draft, row
from tests.ui.scene import header, open_session, settle
from tests.ui.test_session import fill
from ui.app import open_window
from ui.corrective.home_card import Waiting, most_urgent, waiting
from ui.library.listing import LibraryList, Wanted
from ui.library.page import LibraryPage
from ui.role.today import Person
from ui.role.wiring import become

pytestmark = pytest.mark.usefixtures("dressed")
HEAD = Person("branch_head", "", "10001", "城东支行", 25)
TODAY = date(2026, 9, 20)
NOW = date.today()


def in_days(days: int) -> str:
    return (NOW + timedelta(days=days)).isoformat()


def test_what_waits_is_counted_from_the_rows() -> None:
    """Due today is not overdue; what has no day counts, but is never late."""
    rows = [
        row("1", unmet=3, dues=("2026-09-18", "2026-09-20")),
        row("2", unmet=1, dues=("2026-09-01",)),
        row("3"),
        draft("4"),
    ]
    assert waiting(rows, TODAY) == Waiting(4, 2, "2", "2026-09-01")
    assert waiting(rows[2:], TODAY) == Waiting()
    newer = row("6", unmet=1, visited="2026-09-25T10:00:00+08:00")
    assert waiting([row("5", unmet=1), newer], TODAY) == Waiting(2, 0, "6", "")


def test_a_branch_head_reads_what_is_late_instead_of_how_many_drafts(qtbot: QtBot) -> None:
    page = LibraryPage(HEAD)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    card = page.cards.corrective
    assert card is not None
    page.show_rows([row("1", unmet=4, dues=(in_days(-2), in_days(3))), row("2", branch="9", unmet=7)])
    settle()
    assert card.isVisible()
    assert not page.cards.drafts.isVisible()
    assert card.figure.figure.text() == "4"
    assert card.overdue.text() == "1 项逾期"
    with qtbot.waitSignal(page.opened) as said:
        card.open.click()
    assert said.args == ["1"]
    page.show_rows([row("1")])
    assert card.below.text() == "没有待整改的问题"
    assert not card.open.isVisible()
    assert LibraryPage(Person("officer")).cards.corrective is None


def test_the_list_is_narrowed_to_what_waits_or_is_late() -> None:
    late, waits = row("1", unmet=1, dues=(in_days(-1),)), row("2", unmet=2)
    listed = LibraryList([late, waits, row("3"), draft("4")])
    assert dict(listed.choices("state")) == {"finished": 3, "draft": 1, "pending": 2, "overdue": 1}
    assert set(listed.numbers(Wanted(filters={"state": "pending"}))) == {0, 1}
    assert set(listed.numbers(Wanted(filters={"state": "overdue"}))) == {0}
    assert set(listed.numbers(Wanted(filters={"state": "finished"}))) == {0, 1, 2}
    assert dict(LibraryList([row("3")]).choices("state")) == {"finished": 1}


def test_all_that_waits_is_listed_from_the_card(qtbot: QtBot) -> None:
    page = LibraryPage(HEAD)
    qtbot.addWidget(page)
    page.show_rows([row("1", unmet=1), row("2"), draft("3"), row("4", unmet=1, branch="9", branch_name="他处")])
    assert page.cards.corrective is not None
    page.cards.corrective.all.click()
    assert page.shown == 1


def finished_with_losses(data: Path) -> str:
    with open_session(data) as session:
        fill(session)
        for path in ("more1", "more2"):
            session.answer(path, "no")
            session.set_reasons(path, (Reason("宣传册过期"),))
        session.finish()
        session.correcting.set("more2", Finding(due=in_days(2)))
        return session.audit.id


def test_the_most_urgent_is_named_by_its_item(data: Path) -> None:
    audit = finished_with_losses(data)
    with Store.open(data) as store:
        assert most_urgent(store, audit) == "其他2"
        with pytest.raises(AuditorError):
            most_urgent(store, "20200101T000000Z-aaaaaa")


def test_from_the_first_page_to_the_action_and_back(qtbot: QtBot, data: Path) -> None:
    """The card names it, opens its audit, and follows what was done there."""
    audit = finished_with_losses(data)
    window = open_window(QApplication.instance(), data)  # type: ignore[arg-type]
    qtbot.addWidget(window)
    qtbot.waitUntil(lambda: window.desk.store is not None, timeout=10_000)
    about = header()
    become(window, Person("branch_head", "", about.branch, about.branch_name, 25))
    settle()
    card = window.library.cards.corrective
    assert card is not None
    assert (card.waiting.n, card.waiting.audit) == (2, audit)
    assert card.below.text().startswith("其他2 · 应于")
    card.open.click()
    settle()
    assert window.page == "review"
    assert window.session is not None
    losses = window.current_page().losses  # type: ignore[attr-defined]
    assert [path for path, one in losses.rows.items() if one.opened] == ["more2"]
    assert losses.rows["more2"].visibleRegion().boundingRect().height() > 100
    window.session.correcting.set("more2", Finding(done_on=NOW.isoformat()))
    window.go("home")
    settle()
    card = window.library.cards.corrective
    assert card is not None
    assert card.waiting == Waiting(1, 0, audit, "")
    assert card.below.text() == "其他1 · 尚未定整改期限"
    window.close()
