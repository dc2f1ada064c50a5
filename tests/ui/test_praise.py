"""Highlights (亮点) and praise by name (点名表扬): from the card they begin at to the review page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from auditor.audit import Praise
from auditor.words import speaking
from tests.ui.scene import open_session, settle
from ui.capture.page import CapturePage
from ui.cards.item_card import ItemCard
from ui.cards.praise_row import PraiseRow
from ui.review.page import ReviewPage
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    with open_session(data) as opened:
        yield opened


@pytest.fixture
def page(qtbot: QtBot, session: AuditSession) -> CapturePage:
    made = CapturePage(session)
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.show_place("hall")
    settle()
    return made


def choose(card: ItemCard, words: str) -> None:
    more = card.header.more
    assert more is not None
    more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == words).trigger()
    menu.close()
    settle(1)


def badges(card: ItemCard) -> str:
    return card.accessibleDescription()


def test_a_highlight_begins_with_the_items_words_and_its_note(page: CapturePage) -> None:
    page.session.note("smiles", "对老人俯身\n说话")
    choose(page.column.cards["smiles"], "记为亮点")
    assert page.session.audit.header.highlights == ("微笑：对老人俯身 说话",)
    assert "亮点" in badges(page.column.cards["smiles"])
    choose(page.column.cards["smiles"], "不再记为亮点")
    assert page.session.audit.header.highlights == ()
    assert "亮点" not in badges(page.column.cards["smiles"])


def test_a_highlight_stays_one_in_the_other_language(page: CapturePage) -> None:
    choose(page.column.cards["smiles"], "记为亮点")
    with speaking("en"):
        assert page.maker.state_of("smiles").highlight
        assert not page.maker.state_of("signs").highlight


def test_of_a_teller_the_instance_is_named(page: CapturePage) -> None:
    page.show_place("teller#1")
    settle(1)
    choose(page.column.cards["teller#1/hands"], "记为亮点")
    assert page.session.audit.header.highlights == ("柜员 1：双手递接",)


def test_undo_takes_a_highlight_back(page: CapturePage) -> None:
    choose(page.column.cards["smiles"], "记为亮点")
    assert page.session.undo()
    assert "亮点" not in badges(page.column.cards["smiles"])


def test_somebody_is_praised_on_the_card(page: CapturePage) -> None:
    card = page.column.cards["smiles"]
    choose(card, "点名表扬…")
    row = card.extras.row("praise")
    assert isinstance(row, PraiseRow)
    assert row.text.text() == "微笑"
    assert not row.keep.isEnabled(), "praise by name needs a name"
    row.person.setText("0123")
    QTest.mouseClick(row.keep, Qt.MouseButton.LeftButton)
    settle(1)
    assert page.session.audit.header.praises == (Praise("0123", "微笑"),)
    assert card.extras.row("praise") is None
    assert "已表扬" in badges(card)


def test_praise_is_kept_edited_and_removed_on_the_review_page(qtbot: QtBot, session: AuditSession) -> None:
    page = ReviewPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    card = page.praises
    assert card is not None
    card.add.click()
    card.lines[0].text.setText("主动撑伞")
    page.flush()
    assert session.audit.header.praises == ()
    card.lines[0].person.setText("李明")
    page.flush()
    assert session.audit.header.praises == (Praise("李明", "主动撑伞"),)
    card.lines[0].text.setText("主动撑伞送到车站")
    page.flush()
    assert session.audit.header.praises == (Praise("李明", "主动撑伞送到车站"),)
    card.lines[0].remove.click()
    assert session.audit.header.praises == ()
    assert card.lines == []


def test_what_was_flagged_is_named_before_finishing(qtbot: QtBot, session: AuditSession) -> None:
    session.flag("signs", True)
    page = ReviewPage(session)
    qtbot.addWidget(page)
    page.resize(1280, 800)
    page.show()
    settle(1)
    asked: list[str] = []
    page.item_requested.connect(asked.append)
    from ui.cards.link_row import LinkRow

    next(one for one in page.findChildren(LinkRow) if one.accessibleName() == "2.4 · 未代客户签字").click()
    assert asked == ["signs"]
    assert any(one.startswith("已标记 1 项") for one in texts(page))


def texts(page: ReviewPage) -> list[str]:
    from PySide6.QtWidgets import QLabel

    return [one.text() for one in page.findChildren(QLabel)]
