"""A whole visit through the real window, by what is to be seen on the screen: start, answer every item, close in the
middle, come back, finish, export, and read both reports (design §6, P1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from auditor import scoring
from auditor.audit import Audit
from auditor.scoring.tree import Score
from auditor.store import Store
from auditor.words import tr
from checklists import library
from tests.ui.scene import settle
from ui.app import open_window
from ui.capture.page import CapturePage
from ui.cards.item_card import ItemCard
from ui.controls.chips import FaultChips
from ui.controls.choice import ChoiceButtons
from ui.controls.fields import NumberBox, StampBox, TextBox
from ui.controls.stepper import Stepper
from ui.controls.stopwatch import Stopwatch
from ui.export.page import ExportPage
from ui.main_window import MainWindow
from ui.review.page import ReviewPage
from ui.start.page import StartPage

CHECKLIST = "greeting"
BRANCH = "Chengdong"


@dataclass
class Hand:
    """Touches what can be seen, and nothing else."""

    qtbot: QtBot
    window: MainWindow
    touches: int = 0

    def tap(self, widget: QWidget | None) -> None:
        assert widget is not None
        self.bring_into_sight(widget)
        assert widget.isVisible()
        assert widget.isEnabled(), widget
        spot = widget.mapTo(self.window, widget.rect().center())
        there = self.window.childAt(spot)
        assert there is widget or (there is not None and widget.isAncestorOf(there)), f"{widget} is covered by {there}"
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.touches += 1
        settle(1)

    def tap_words(self, words: str) -> None:
        """The one visible button with these words."""
        found = [
            one
            for one in self.window.findChildren(QAbstractButton)
            if one.isVisible() and words in (one.text(), one.accessibleName())
        ]
        assert found, f"no button says {words}"
        self.tap(found[0])

    def write(self, field: QWidget, text: str) -> None:
        self.bring_into_sight(field)
        assert field.isVisible()
        field.setFocus()
        QTest.keyClicks(field, text)

    def bring_into_sight(self, widget: QWidget) -> None:
        """Scroll as far as needed, once what was just asked for is laid out."""
        settle(2)
        above = widget.parentWidget()
        while above is not None:
            if isinstance(above, QScrollArea):
                above.ensureWidgetVisible(widget, 0, 80)
            above = above.parentWidget()
        QApplication.processEvents()


@pytest.fixture
def opened(qtbot: QtBot, data: Path) -> Iterator[list[Hand]]:
    """Windows opened on the data folder; the last one is closed at the end."""
    hands: list[Hand] = []
    yield hands
    for hand in hands:
        hand.window.close()
    settle()
    del qtbot, data


def open_hand(qtbot: QtBot, data: Path, language: str, hands: list[Hand]) -> Hand:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    window = open_window(app, data, language)
    window.resize(1280, 800)
    hand = Hand(qtbot, window)
    hands.append(hand)
    settle()
    return hand


def start(hand: Hand) -> CapturePage:
    """A new audit: checklist, branch, go (issue: at most three touches where the branch was visited before)."""
    hand.tap_words(tr("window.start_check"))
    page = hand.window.current_page()
    assert isinstance(page, StartPage)
    qt_wait(lambda: bool(page._tiles.buttons()))
    title = str(library.find(CHECKLIST, None).title)
    tile = next(one for one in page._tiles.buttons() if title in (one.accessibleName() or one.text()))
    hand.tap(tile)
    hand.write(page.branches.search, BRANCH)
    settle(1)
    listed = page.branches.list
    spot = listed.visualRect(listed.model().index(0, 0)).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    hand.tap(page.start)
    return capture(hand)


def capture(hand: Hand) -> CapturePage:
    page = hand.window.current_page()
    assert isinstance(page, CapturePage)
    return page


def qt_wait(what: object, seconds: float = 20) -> None:
    for _ in range(int(seconds * 50)):
        if what():  # type: ignore[operator]
            return
        QTest.qWait(20)
    raise AssertionError("nothing came of it")


def answer(hand: Hand, card: ItemCard, number: int) -> None:
    """Every third item loses points, with a reason by chip or in words."""
    control, loses = card.control, number % 3 == 2
    if isinstance(control, ChoiceButtons):
        last = len(control.buttons) - (2 if card.setting.na_codes else 1)
        hand.tap(control.buttons[min(1, last) if loses else 0])
    elif isinstance(control, FaultChips):
        hand.tap(control.chips[1 if loses else 0])
    elif isinstance(control, Stepper):
        hand.tap(control.more if loses else control.none.buttons[0])
    elif isinstance(control, Stopwatch):
        hand.tap(control.toggle)
        hand.tap(control.toggle)
    elif isinstance(control, NumberBox | StampBox | TextBox):
        text = {"number": "4", "time": "10:05", "date": "2026-03-05"}.get(card.item.kind, "All in order")
        hand.write(control.field, text)
        control.flush()
    give_reasons(hand, card)


def give_reasons(hand: Hand, card: ItemCard) -> None:
    chips, reasons = card.extras.row("chips"), card.extras.row("reasons")
    if chips is not None and not card.state.answer.reasons:
        hand.tap(chips.chips[0])  # type: ignore[attr-defined]
    elif reasons is not None and not card.state.answer.reasons:
        hand.write(reasons.lines[0].text, "Nobody stood up")  # type: ignore[attr-defined]
        card.flush()
    settle(1)


def answer_place(hand: Hand, page: CapturePage, key: str) -> None:
    hand.tap(page.rail.rows[key])
    done: set[str] = set()
    while waiting := [path for path in page.column.cards if path not in done]:
        path = waiting[0]
        done.add(path)
        if page.session.current(path).empty:
            answer(hand, page.column.cards[path], len(done))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_whole_visit(qtbot: QtBot, data: Path, tmp_path: Path, opened: list[Hand], language: str) -> None:
    hand = open_hand(qtbot, data, language, opened)
    page = start(hand)
    keys = [one.key for one in page.route.places]
    answer_place(hand, page, keys[0])
    audit = page.session.audit.id
    before = dict(page.session.audit.answers)
    hand.window.close()
    settle()

    hand = open_hand(qtbot, data, language, opened)
    page = resume(hand, audit)
    assert dict(page.session.audit.answers) == before, "P1: every acknowledged change is there after restart"
    assert page.place is not None
    assert page.place.key == keys[0], "it opens where it was"
    for key in keys[1:]:
        answer_place(hand, page, key)
    assert page.route.open_count() == 0
    files = finish(hand, page, tmp_path)

    with Store.open(data) as store:
        saved = store.read(audit)
    assert saved.state == "finished"
    check_workbook(next(path for path in files if path.suffix == ".xlsx"), scoring.current(saved))
    check_pdf(next(path for path in files if path.suffix == ".pdf"), saved, scoring.current(saved))


def resume(hand: Hand, audit: str) -> CapturePage:
    """Touch the draft in the list."""
    table = hand.window.library.table
    row = table.model().number_of(audit)  # type: ignore[attr-defined]
    box = table.visualRect(table.model().index(row, 1))
    assert table.viewport().rect().intersects(box)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box.center() + QPoint(0, 1))
    settle()
    return capture(hand)


def finish(hand: Hand, page: CapturePage, folder: Path) -> list[Path]:
    """Check, finish, export as PDF and Excel."""
    hand.tap(page.bar.review)
    review = hand.window.current_page()
    assert isinstance(review, ReviewPage)
    hand.tap(review.findChild(QWidget, "finish"))
    hand.tap_words(tr("capture.export"))
    export = hand.window.current_page()
    assert isinstance(export, ExportPage)
    field = export.folder
    assert isinstance(field, QLineEdit)
    field.selectAll()
    hand.write(field, str(folder))
    with hand.qtbot.waitSignal(export.exported, timeout=60_000) as said:
        hand.tap(export.start)
    settle()
    files: list[Path] = said.args[0]
    assert all(path.parent == folder and path.stat().st_size > 1000 for path in files)
    return files


def check_workbook(path: Path, score: Score) -> None:
    """The engine's figure is to be read in the workbook, and some cells calculate."""
    assert score.total is not None
    values = load_workbook(path, data_only=True)
    cells = [cell for sheet in values for row in sheet.iter_rows(values_only=True) for cell in row]
    figures = {round(float(cell), 6) for cell in cells if isinstance(cell, int | float)}
    assert float(score.total) in figures
    formulas = load_workbook(path)
    assert any(str(cell.value).startswith("=") for sheet in formulas for row in sheet for cell in row)


def check_pdf(path: Path, audit: Audit, score: Score) -> None:
    """Text can be selected: the outlet, the total, what was lost."""
    text = "".join(page.extract_text() for page in PdfReader(path).pages).replace("\n", "").replace(" ", "")
    assert audit.header.branch_name in text
    assert f"{score.total:f}" in text
    lost = next(one for one in score.items if one.deducted)
    item = next(one for one in audit.checklist.items() if one.id == lost.path.rpartition("/")[2])
    assert str(item.text).replace(" ", "")[:6] in text
