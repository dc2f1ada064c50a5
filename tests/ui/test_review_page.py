"""Before finishing and after it: what is missing, what was lost and why; finish, reopen, export (S2, S4, S6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Reason
from auditor.words import speaking
from tests.ui.scene import open_session, settle
from tests.ui.test_session import fill
from ui.cards.link_row import LinkRow
from ui.export.page import ExportPage
from ui.review.page import ReviewPage
from ui.session import AuditSession

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    with open_session(data) as opened:
        yield opened


def open_page(qtbot: QtBot, session: AuditSession) -> ReviewPage:
    page = ReviewPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    settle()
    return page


def texts(page: QWidget) -> list[str]:
    return [one.text() for one in page.findChildren(QLabel) if one.isVisibleTo(page)]


def rows(page: QWidget) -> dict[str, LinkRow]:
    """Rows that lead to items, by what a screen reader says."""
    return {one.accessibleName(): one for one in page.findChildren(LinkRow) if one.isVisibleTo(page)}


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle(1)


def find(page: QWidget, name: str) -> QPushButton:
    found = [one for one in page.findChildren(QPushButton, name) if one.isVisibleTo(page)]
    assert len(found) == 1
    return found[0]


def test_what_is_missing_leads_to_its_item(qtbot: QtBot, session: AuditSession) -> None:
    fill(session)
    session.answer("smiles", None)
    page = open_page(qtbot, session)
    assert "还有 1 项需要填写" in texts(page)
    assert not find(page, "finish").isEnabled()
    with qtbot.waitSignal(page.item_requested) as said:
        press(qtbot, page.findChild(LinkRow, "missing:smiles"))
    assert said.args == ["smiles"]


def test_losses_stand_heaviest_first_with_their_reasons(qtbot: QtBot, session: AuditSession) -> None:
    fill(session)
    session.answer("q_choice", "partly")
    session.set_reasons("q_choice", (Reason("坐着招呼", "10:12", "3号窗口", "柜员"),))
    session.answer("q_occurrences", 4)
    page = open_page(qtbot, session)
    lost = [name for name in rows(page) if "−" in name]
    assert len(lost) == 2
    assert lost[0].endswith("−2")
    assert "10:12" in lost[1]
    assert "坐着招呼" in lost[1]


def test_a_cascade_names_where_it_comes_from(qtbot: QtBot, session: AuditSession) -> None:
    fill(session)
    session.answer("greets", "no")
    session.answer("why", "yes")
    page = open_page(qtbot, session)
    assert any("由2.1连带扣分" in name for name in rows(page))


def test_effects_are_named_with_the_total_before_and_after(qtbot: QtBot, session: AuditSession) -> None:
    """S6: the report names which answer did it; so does the page."""
    fill(session)
    session.answer("q_multi", ["papers"])
    page = open_page(qtbot, session)
    assert "一票否决与其他后果" in texts(page)
    assert any("总分封顶 59.9" in name for name in rows(page))
    session.finish("青松")
    settle()
    before, after = session.score.before_critical, session.score.total
    assert f"触发前 {before} 分，触发后 {after} 分。" in texts(page)


def test_answers_set_aside_are_named_before_finishing(qtbot: QtBot, session: AuditSession) -> None:
    """S2: answers not in force are set aside at finishing, after a notice that names them."""
    fill(session)
    session.answer("greets", "no")
    session.answer("why", "yes")
    session.answer("greets", "yes")
    page = open_page(qtbot, session)
    assert "不再生效的回答" in texts(page)
    press(qtbot, find(page, "finish"))
    assert session.audit.set_aside == frozenset({"why"})


def test_finishing_freezes_and_offers_the_report(qtbot: QtBot, session: AuditSession) -> None:
    fill(session)
    page = open_page(qtbot, session)
    with qtbot.waitSignal(page.finished):
        press(qtbot, find(page, "finish"))
    assert session.audit.state == "finished"
    assert "检查结果" in texts(page)
    with qtbot.waitSignal(page.export_requested):
        press(qtbot, find(page, "export"))


def test_reopening_needs_a_reason_which_is_recorded(qtbot: QtBot, session: AuditSession) -> None:
    fill(session)
    session.finish("青松")
    page = open_page(qtbot, session)
    reopen = find(page, "reopen")
    assert not reopen.isEnabled()
    QTest.keyClicks(page.reason, "wrong window number")
    press(qtbot, reopen)
    assert session.audit.state == "draft"
    assert find(page, "finish").isEnabled()


def test_highlights_and_appraisal_are_saved_as_typed(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session)
    assert page.words is not None
    QTest.keyClicks(page.words.highlights, "helped an old man")
    QTest.keyClick(page.words.highlights, Qt.Key.Key_Return)
    QTest.keyClicks(page.words.highlights, "quick")
    QTest.keyClicks(page.words.summary, "good")
    page.flush()
    header = session.audit.header
    assert (header.highlights, header.summary) == (("helped an old man", "quick"), "good")


def test_a_blind_shopper_finishes_without_seeing_points(qtbot: QtBot, data: Path) -> None:
    with open_session(data, blind=True) as session:
        fill(session)
        session.answer("signs", "no")
        page = open_page(qtbot, session)
        assert not any("−" in name or "否决" in name for name in rows(page))
        assert not any("100" in text for text in texts(page))
        press(qtbot, find(page, "finish"))
        assert any("一票否决" in name for name in rows(page))


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_word_is_there(qtbot: QtBot, session: AuditSession, code: str) -> None:
    with speaking(code):
        fill(session)
        page = open_page(qtbot, session)
        assert not [text for text in [*texts(page), *rows(page)] if text.startswith(("capture.", "common.", "review."))]


def test_an_export_that_fails_says_why_and_leaves_the_page_usable(
    qtbot: QtBot, session: AuditSession, data: Path, tmp_path: Path
) -> None:
    """P3: nothing is left under the final name."""
    from auditor.store import Store

    fill(session)
    session.finish("青松")
    page = ExportPage(Store.open(data), session.audit, str(tmp_path / "no" / "such" / "folder"))
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    settle()
    page.start.setFocus()
    with qtbot.waitSignal(page.failed, timeout=20_000):
        press(qtbot, page.start)
    settle()
    assert "没有导出" in texts(page)
    assert page.start.hasFocus(), "the keyboard stays on the page"
    assert page.start.isEnabled()
    assert not (tmp_path / "no").exists()
    page.folder.setText(str(tmp_path))
    page.formats["xlsx"].click()
    with qtbot.waitSignal(page.exported, timeout=20_000) as said:
        press(qtbot, page.start)
    assert [path.suffix for path in said.args[0]] == [".pdf"]
    assert said.args[0][0].exists()


def test_an_export_wants_a_format_and_a_folder(qtbot: QtBot, session: AuditSession, data: Path) -> None:
    from auditor.store import Store

    page = ExportPage(Store.open(data), session.audit, str(data))
    qtbot.addWidget(page)
    page.show()
    assert page.start.isEnabled()
    page.folder.clear()
    assert not page.start.isEnabled()
    page.folder.setText(str(data))
    for one in ("pdf", "xlsx"):
        press(qtbot, page.formats[one])
    assert not page.start.isEnabled()


@pytest.mark.parametrize("finished", [False, True])
def test_a_sheet_without_points_is_looked_over_without_score_and_losses(
    qtbot: QtBot, data: Path, finished: bool
) -> None:
    mood = {"id": "mood", "kind": "rating", "text": {"zh": "心情", "en": "Mood"}}
    sections = [{"id": "asked", "title": {"zh": "问卷", "en": "Asked"}, "items": [mood]}]
    with open_session(data, sections=sections) as session:
        session.answer("mood", 4)
        if finished:
            session.finish("青松")
        page = open_page(qtbot, session)
        said = " ".join(one.text() for one in page.findChildren(QLabel))
        for words in ("得分", "扣分", "/ 100"):
            assert words not in said, words
