"""The hour in the branch and the half hour after it (issue: in the field): a covert visit and a self-inspection shared
by two, each in both languages, by mouse and by finger, by nothing but what is to be seen on the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Audit, Header
from auditor.store import Branch, Store
from auditor.words import tr, use_language
from checklists import library
from tests.checklists.sample_visits import best
from tests.ui import scene
from tests.ui.hands import FingerHand, MouseHand
from tests.ui.scene import settle
from ui.app import open_window
from ui.capture.page import CapturePage
from ui.cards.item_card import ItemCard
from ui.controls.chips import FaultChips
from ui.controls.choice import ChoiceButtons
from ui.controls.fields import NumberBox, StampBox, TextBox
from ui.controls.photo_box import PhotoBox
from ui.controls.signature import SignaturePad
from ui.controls.stepper import Stepper
from ui.controls.stopwatch import Stopwatch
from ui.duties.band import DutyBand
from ui.duties.panel import DutiesPanel
from ui.jot.page import JotPage
from ui.look import style
from ui.review.page import ReviewPage
from ui.settings import stored
from ui.settings.stored import Settings
from ui.start.page import StartPage

COVERT, SHARED = "branch_mystery_visit", "branch_self_inspection"
WAYS = [
    pytest.param("zh", MouseHand, id="zh-mouse"),
    pytest.param("zh", FingerHand, id="zh-finger"),
    pytest.param("en", MouseHand, id="en-mouse"),
    pytest.param("en", FingerHand, id="en-finger", marks=pytest.mark.full),
]
TYPED = {"number": "4", "time": "10:05", "date": "2026-12-05"}


@pytest.fixture
def hands(qapp: QApplication, qtbot: QtBot, data: Path) -> Iterator[Any]:
    """Opens the window with a hand in a language, as somebody."""
    made: list[MouseHand] = []

    def work(language: str, kind: type[MouseHand], **person: str) -> MouseHand:
        stored.save(data, Settings(language=language, theme="light", **person))  # type: ignore[arg-type]
        window = open_window(qapp, data, language)
        window.resize(1280, 800)
        qtbot.waitUntil(lambda: window.desk.store is not None, timeout=20_000)
        settle()
        made.append(kind(qtbot, window))
        return made[-1]

    yield work
    for one in made:
        one.window.close()
    settle()
    use_language("zh")
    style.apply(qapp, "light", 100)


# --- starting


def begin(hand: MouseHand, checklist: str) -> QWidget:
    """From the first page: start a check, the branch where it is not one's own, start. Three touches at most."""
    hand.tap(hand.window.library.start)
    page = hand.window.current_page()
    assert isinstance(page, StartPage)
    hand.qtbot.waitUntil(lambda: bool(page._tiles.buttons()) and page.branches.model.rowCount() > 0, timeout=20_000)
    settle()
    title = str(library.find(checklist, None).title)
    assert title in page._tiles.checkedButton().accessibleName(), "the one used last is chosen already"
    if page.branches.choice is None:
        hand.tap_row(page.branches.list, 0)
    if page.scenario.chosen:
        story, view = page.scenario._story, page._area.viewport()
        shown = [one for one in story.findChildren(QLabel) if one.isVisible()]
        assert shown
        assert all(view.rect().contains(one.mapTo(view, one.rect().center())) for one in shown), "read before started"
        assert page.start.text() == tr("window.start_acknowledged")
    hand.tap(page.start)
    settle()
    assert hand.touches <= 3
    return hand.window.current_page()


# --- answering


def answer(hand: MouseHand, page: CapturePage, card: ItemCard, *, loses: bool) -> None:
    """One touch for a choice; what the answer then demands is asked for on its card."""
    control, before = card.control, hand.touches
    if isinstance(control, ChoiceButtons):
        last = len(control.buttons) - (2 if card.setting.na_codes else 1)
        hand.tap(control.buttons[min(1, last) if loses else 0])
        assert hand.touches == before + 1
        assert page.session.current(card.path).value is not None, "one touch answers a choice"
    elif isinstance(control, FaultChips):
        hand.tap(control.chips[1 if loses else 0])
    elif isinstance(control, Stepper):
        hand.tap(control.more if loses else control.none.buttons[0])
    elif isinstance(control, Stopwatch):
        hand.tap(control.toggle)
        hand.tap(control.toggle)
    elif isinstance(control, NumberBox | StampBox | TextBox):
        hand.write(control.field, TYPED.get(card.item.kind, "All in order"))
        control.flush()
    elif isinstance(control, SignaturePad):
        hand.draw(control.pad)
        hand.tap(control.keep)
        hand.write(control.name, "Chen")
        control.flush()
    elif isinstance(control, PhotoBox):
        copy_picture()
        hand.tap(control.paste)
        settle()
    settle(1)
    give_evidence(hand, page, card)


def give_evidence(hand: MouseHand, page: CapturePage, card: ItemCard) -> None:
    """Reasons by chip, else in words; photos from the clipboard, by the menu of the card."""
    state = card.state
    if state.missing and card.control is not None:
        asked = card.extras.row("hint")
        assert asked is not None or card.extras.row("reasons") is not None, "what is demanded is said on the spot"
    if "reason" in state.missing or (state.lost and card.extras.row("chips") is not None):
        chips, reasons = card.extras.row("chips"), card.extras.row("reasons")
        if chips is not None:
            before = hand.touches
            hand.tap(chips.chips[0])  # type: ignore[attr-defined]
            assert hand.touches == before + 1
        elif reasons is not None:
            hand.write(reasons.lines[0].text, "Nobody stood up")  # type: ignore[attr-defined]
            card.flush()
        assert page.session.current(card.path).reasons
    if "photo" in card.state.missing:
        copy_picture()
        hand.tap(card.header.more)
        hand.choose(tr("capture.paste"))
        settle()
        assert page.session.current(card.path).photos
    if "note" in card.state.missing:
        hand.write(card.extras.row("note"), "Seen at once")  # type: ignore[arg-type]
        card.flush()


def picture() -> QImage:
    made = QImage(320, 240, QImage.Format.Format_RGB32)
    made.fill(QColor("#4060a0"))
    return made


def picture_bytes() -> bytes:
    held = QBuffer()
    held.open(QIODevice.OpenModeFlag.WriteOnly)
    picture().save(held, "PNG")  # type: ignore[call-overload]
    return bytes(held.data().data())


def copy_picture() -> None:
    QGuiApplication.clipboard().setImage(picture())


def answer_place(hand: MouseHand, page: CapturePage, key: str, *, leave: str = "") -> None:
    """Every item that is shown, also those that come with an answer; every fourth loses points."""
    if not page.rail.rows[key].isVisible():
        return  # what was answered before leaves nothing to ask here
    hand.tap(page.rail.rows[key])
    assert page.place is not None
    assert page.place.key == key
    if page._instance is not None:
        for field in page._instance.fields.values():
            hand.write(field, "3")
        page.flush()
    done = {leave}
    while waiting := [path for path in page.column.cards if path not in done]:
        path = waiting[0]
        done.add(path)
        if page.session.current(path).value is None and page.column.cards[path].item.kind != "info":
            answer(hand, page, page.column.cards[path], loses=len(done) % 4 == 3)


def capture(hand: MouseHand) -> CapturePage:
    page = hand.window.current_page()
    assert isinstance(page, CapturePage)
    return page


# --- finishing


def finish(hand: MouseHand, page: CapturePage, left_open: str) -> None:
    """The check names what was left open and leads there; then it finishes, and nothing can be changed."""
    hand.tap(page.bar.review)
    review = hand.window.current_page()
    assert isinstance(review, ReviewPage)
    lines = [one for one in review.findChildren(QWidget) if one.objectName().startswith("missing:")]
    assert [one.objectName() for one in lines] == [f"missing:{left_open}"]
    assert not review.findChild(QPushButton, "finish").isEnabled()
    hand.tap(lines[0])
    settle()
    page = capture(hand)
    card, view = page.column.cards[left_open], page.column.area.viewport()
    assert view.rect().intersects(QRect(card.mapTo(view, QPoint(0, 0)), card.size())), "it leads to the item"
    answer(hand, page, card, loses=False)


def close(hand: MouseHand, audit: str, data: Path) -> Audit:
    """Finish, and see on the page and on the disk that it is; a touch changes nothing any more."""
    hand.tap(capture(hand).bar.review)
    review = hand.window.current_page()
    assert isinstance(review, ReviewPage)
    said = [one.text() for one in review.findChildren(QLabel) if one.isVisible()]
    assert tr("capture.review_complete") in said, said
    hand.tap(review.findChild(QPushButton, "finish"))
    settle()
    assert review.is_finished
    back = next(one for one in review.findChildren(QPushButton) if one.text() == tr("capture.see_items"))
    hand.tap(back)
    settle()
    page = capture(hand)
    hand.tap(page.rail.rows[page.route.places[0].key])
    card = next(one for one in page.column.cards.values() if isinstance(one.control, ChoiceButtons))
    button = card.control.buttons[-1]  # type: ignore[union-attr]
    hand.bring_into_sight(button)
    before = page.session.audit.answers
    hand.press(button, button.rect().center())
    settle()
    assert page.session.audit.answers == before
    with Store.open(data) as store:
        saved = store.read(audit)
    assert saved.state == "finished"
    assert saved.answers == before
    return saved


# --- the covert visit


@pytest.fixture
def visited_before(data: Path) -> None:
    """A register, and a visit to another branch some weeks ago."""
    with Store.open(data, write=True) as store:
        store.branches.merge([Branch("10001", "城东支行", "江城分行"), Branch("10002", "滨河路支行", "江城分行")])
        about = Header("mystery", "2026-10-01T10:00:00+08:00", branch="10001", branch_name="城东支行")
        store.create(library.find(COVERT, None), about).close()


def jot(hand: MouseHand, page: JotPage) -> None:
    """On the spot: one touch for a moment, two for what is timed, three words, a word that lies ready."""
    names = list(page.stamps.stamps)
    for name in names[:2]:
        before = hand.touches
        hand.tap(page.stamps.stamps[name])
        assert hand.touches == before + 1
        assert page.stamps.stamps[name].time
    hand.tap(page.watch.toggle)
    hand.tap(page.chips.chips[0])
    hand.write(page.notes.line, "no one greets")
    QTest.keyClick(page.notes.line, Qt.Key.Key_Return)
    hand.tap(page.bar.cover)
    assert not page.cover.isHidden()
    hand.tap(page.cover, page.cover.corner.center())
    assert page.cover.isHidden()
    hand.tap(page.watch.toggle)
    hand.tap(page.stamps.stamps["left"])
    assert page.stamps.stamps["left"].time


@pytest.mark.usefixtures("visited_before")
@pytest.mark.parametrize(("language", "kind"), WAYS)
def test_a_covert_visit_is_jotted_then_completed(data: Path, hands: Any, language: str, kind: type[MouseHand]) -> None:
    hand = hands(language, kind, role="shopper", alias="青松")
    pad = begin(hand, COVERT)
    assert isinstance(pad, JotPage)
    session = pad.session
    assert (session.audit.header.shopper, bool(session.audit.header.scenario)) == ("青松", True)
    assert session.audit.header.acknowledged
    jot(hand, pad)
    hand.tap(pad.bar.unfold)
    page = capture(hand)
    assert page.head.leaving.text(), "how long ago he left is to be read"
    places = [one.key for one in page.route.places]
    left_open = next(one for one in page.route.progress[places[1]].open_paths if session.item(one).kind == "choice")
    for key in places:
        answer_place(hand, page, key, leave=left_open)
    assert page.route.open_count() == 1
    finish(hand, page, left_open)
    saved = close(hand, session.audit.id, data)
    assert "no one greets" in saved.header.narrative
    assert saved.header.left
    timing = next(one for one in saved.jots.values() if one.kind == "timing")
    assert not timing.name or f"{saved.answers[timing.name].value:.1f}" == timing.seconds


# --- the self-inspection


@pytest.fixture
def last_month(data: Path) -> str:
    """The branch's self-inspection of the month before, finished: one item lost points then. Its item's path."""
    day = datetime.now().astimezone().replace(day=1) - timedelta(days=5)
    sheet = library.find(SHARED, None)
    with Store.open(data, write=True) as store:
        store.branches.merge([Branch("10001", "城东支行", "江城分行"), Branch("10002", "滨河路支行", "江城分行")])
        about = Header("self", day.isoformat(timespec="seconds"), branch="10001", branch_name="城东支行")
        opened = store.create(sheet, about)
        opened.apply({path: replace(one, photos=()) for path, one in best(sheet).items() if one.value is not None})
        for item in sheet.items():
            if item.kind in ("photo", "signature"):
                opened.add_photo(item.id, picture_bytes())
        opened.finish()
        opened.close()
    return next(item.id for item in sheet.items() if item.kind == "choice")


def share_out(hand: MouseHand, page: CapturePage) -> None:
    """Two names, typed once, then one touch for each section."""
    hand.tap(band(page).share)
    panel = next(one for one in page.findChildren(DutiesPanel) if one.isVisible())
    for name in ("Wang", "Li"):
        hand.write(panel.name, name)
        hand.tap(panel.add)
    for at, title in enumerate(panel._titles.values()):
        wanted = f"{title} {('Wang', 'Li')[at % 2]}"
        before = hand.touches
        shown = [one for one in panel.findChildren(QPushButton) if one.isVisible()]
        hand.tap(next(one for one in shown if one.accessibleName() == wanted))
        assert hand.touches == before + 1
    close = next(one for one in panel.findChildren(QPushButton) if one.accessibleName() == tr("capture.close"))
    hand.tap(close)
    assert len({one.person for one in page.session.audit.duties.values()}) == 2


def band(page: CapturePage) -> DutyBand:
    settle(1)
    (found,) = [one for one in page.findChildren(DutyBand) if one.isVisible()]
    return found


def sign(hand: MouseHand, page: CapturePage) -> None:
    hand.tap(band(page).sign)
    pad = band(page).pad
    assert pad is not None, band(page).note.text()
    hand.draw(pad.pad)
    hand.tap(pad.keep)
    settle()


@pytest.mark.parametrize(("language", "kind"), WAYS)
def test_a_self_inspection_is_shared_and_signed(
    data: Path, last_month: str, hands: Any, language: str, kind: type[MouseHand]
) -> None:
    """By two persons, last month's result beside each item, every section signed by who has it."""
    hand = hands(language, kind, role="branch_head", own_branch="10001", own_branch_name="城东支行")
    page = begin(hand, SHARED)
    assert isinstance(page, CapturePage)
    session = page.session
    assert (session.audit.header.kind, session.audit.header.branch) == ("self", "10001")
    share_out(hand, page)
    assert page.column.cards[last_month].setting.last
    last = [one for one in page.route.places if page.route.progress[one.key].open_paths][-1]
    left_open = page.route.progress[last.key].open_paths[0]
    for key in [one.key for one in page.route.places]:
        answer_place(hand, page, key, leave=left_open)
        if key != last.key:
            sign(hand, page)
            assert all(card.state.read_only for card in page.column.cards.values())
    finish_shared(hand, page, left_open, last.section.id)
    saved = close(hand, session.audit.id, data)
    assert all(one.signed and one.drawing for one in saved.duties.values())
    assert {one.person for one in saved.duties.values()} == {"Wang", "Li"}
    changes = [edit.path for one in history(data, saved.id) for edit in one.edits]
    assert last_month in changes


def finish_shared(hand: MouseHand, page: CapturePage, left_open: str, section: str) -> None:
    """The check leads to what is open; the section that nobody signed is signed then."""
    hand.tap(page.bar.review)
    review = hand.window.current_page()
    assert isinstance(review, ReviewPage)
    lines = {one.objectName(): one for one in review.findChildren(QWidget) if one.objectName().startswith("missing:")}
    assert set(lines) == {f"missing:{left_open}", f"missing:{section}"}
    hand.tap(lines[f"missing:{left_open}"])
    settle()
    page = capture(hand)
    answer(hand, page, page.column.cards[left_open], loses=False)
    sign(hand, page)


def history(data: Path, audit: str) -> list[Any]:
    with Store.open(data) as store:
        return list(store.history(audit))


def test_quick_taps_by_finger_are_counted_one_by_one(data: Path, hands: Any) -> None:
    """Design §6: Qt takes the second for a double click, which its touch scrolling swallows."""
    with Store.open(data, write=True) as store:
        opened = store.create(scene.checklist(), scene.header())
        opened.close()
    hand = hands("zh", FingerHand)
    hand.window.open_audit(opened.audit.id)
    settle()
    page = capture(hand)
    hand.tap(page.rail.rows["kinds"])
    stepper, rating = (page.column.cards[one].control for one in ("q_occurrences", "q_rating"))
    assert isinstance(stepper, Stepper)
    assert isinstance(rating, ChoiceButtons)
    for _ in range(5):
        hand.tap(stepper.more)
    assert page.session.current("q_occurrences").value == 5
    for number in (0, 1, 2, 3):
        hand.tap(rating.buttons[number])
        assert page.session.current("q_rating").value == number + 1


def test_a_control_under_something_else_is_not_pressed(qtbot: QtBot, hands: Any) -> None:
    """The hands of this file do not cheat: what is covered cannot be pressed."""
    hand = hands("zh", MouseHand)
    cover = QWidget(hand.window)
    cover.resize(hand.window.size())
    cover.show()
    with pytest.raises(AssertionError, match="covered"):
        hand.tap(hand.window.navigation)
    del qtbot
