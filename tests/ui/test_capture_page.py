"""The capture page over a real store: sections, cards, keys, fingers, conditions (design §6)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScroller, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Reason
from auditor.words import speaking
from tests.faults.disk import DISK_FULL, Failing, seam
from tests.ui.scene import both, item, open_session, settle
from tests.ui.test_session import fill
from ui.capture.page import CapturePage
from ui.capture.rail_row import RailRow, RowState
from ui.capture.route import Route
from ui.cards.item_card import ItemCard
from ui.look.style import look
from ui.session import AuditSession
from ui.widgets.panels import TOUCH_AFTER

pytestmark = pytest.mark.usefixtures("dressed")
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def session(data: Path) -> Iterator[AuditSession]:
    with open_session(data) as opened:
        yield opened


def open_page(qtbot: QtBot, session: AuditSession, width: int = 1280, height: int = 800) -> CapturePage:
    page = CapturePage(session)
    qtbot.addWidget(page)
    page.resize(width, height)
    page.show()
    page.activateWindow()
    settle()
    return page


@pytest.fixture
def page(qtbot: QtBot, session: AuditSession) -> CapturePage:
    """The page at its second section, choices all of them."""
    made = open_page(qtbot, session)
    made.show_place("hall")
    settle()
    return made


def tap(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle(1)


def answer(card: ItemCard, number: int) -> QWidget:
    return card.control.buttons[number]  # type: ignore[union-attr]


def key(page: CapturePage, code: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(page.window().focusWidget() or page, code, held)
    settle(1)


def test_a_tap_is_saved_painted_and_counted(page: CapturePage, qtbot: QtBot) -> None:
    card = page.column.cards["smiles"]
    tap(qtbot, answer(card, 1))
    assert page.session.current("smiles").value == "no"
    assert card.control.buttons[1].isChecked()  # type: ignore[union-attr]
    assert page.head.filter.buttons()[2].text() == "扣分 1"
    assert "−2" in page.rail.rows["hall"].accessibleName()
    assert page.rail.counts.text() == "已答 1 / 23"
    assert page.rail.saved.text() == f"已保存 {page.session.saved_at:%H:%M:%S}"


def test_what_is_counted_anew_is_what_a_fresh_count_gives(page: CapturePage) -> None:
    """Whatever is answered, added or taken back, the route is as if it were measured from nothing."""
    session, dice = page.session, random.Random(5)
    paths = [path for place in page.route.places for path in place.paths()]
    for _ in range(60):
        path = dice.choice(paths)
        options = [one.id for one in session.item(path).options]
        match dice.randrange(8):
            case 0:
                session.set_na(path, "not_observed")
            case 1:
                session.clear(path)
            case 2:
                session.answer("teller#1/window", str(dice.random()))
            case 3:
                session.add_instance("teller")
            case 4:
                session.undo()
            case _ if options:
                session.answer(path, dice.choice(options))
        fresh = Route()
        fresh.lay(session.audit)
        fresh.measure(session.scores, session.score, session.audit.answers)
        assert page.route.progress == fresh.progress


def test_a_tap_that_could_not_be_saved_shows_the_old_answer(page: CapturePage, qtbot: QtBot) -> None:
    """P1, design §2: painted is what was saved."""
    card = page.column.cards["smiles"]
    tap(qtbot, answer(card, 0))
    errors: list[Exception] = []
    page.session.failed.connect(errors.append)
    with seam(Failing(1, DISK_FULL, ("write", "sync"), lasting=True)):
        tap(qtbot, answer(card, 1))
    assert [one.isChecked() for one in card.control.buttons][:2] == [True, False]  # type: ignore[union-attr]
    assert len(errors) == 1


def test_the_filters_stand_in_the_line_of_the_buttons_beside_them(page: CapturePage) -> None:
    head = page.head

    def middle(one: QWidget) -> int:
        return one.mapTo(head, one.rect().center()).y()

    assert abs(middle(head.filter.buttons()[0]) - middle(head.search)) <= 1


def test_digits_answer_the_focused_card_and_arrows_move(page: CapturePage) -> None:
    page.column.reveal("smiles")
    key(page, Qt.Key.Key_2)
    key(page, Qt.Key.Key_Down)
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_Up)
    key(page, Qt.Key.Key_Up)
    key(page, Qt.Key.Key_1)
    said = {path: one.value for path, one in page.session.audit.answers.items()}
    assert said == {"smiles": "no", "signs": "yes", "greets": "yes"}


def test_an_instruction_on_top_does_not_keep_the_keyboard_from_the_first_item(qtbot: QtBot, data: Path) -> None:
    """Design §6: 1–9 answer at once, arrows go past what cannot be answered."""
    kinds = ("info", "choice", "info", "rating")
    items = [item(kind, id=f"at{number}") for number, kind in enumerate(kinds)]
    sections = [{"id": "only", "title": both("唯一", "Only"), "items": items}]
    with open_session(data, sections=sections) as session:
        page = open_page(qtbot, session)
        key(page, Qt.Key.Key_2)
        assert session.current("at1").value == "partly"
        assert page.column.area.verticalScrollBar().value() == 0
        key(page, Qt.Key.Key_Down)
        key(page, Qt.Key.Key_4)
        assert session.current("at3").value is not None
        key(page, Qt.Key.Key_Up)
        focused = page.column.focused()
        assert focused is not None
        assert focused.path == "at1"


def test_another_section_keeps_the_keyboard_among_the_cards(page: CapturePage, qtbot: QtBot) -> None:
    tap(qtbot, answer(page.column.cards["smiles"], 0))
    page.rail.place_chosen.emit("kinds")
    settle()
    key(page, Qt.Key.Key_Down)
    key(page, Qt.Key.Key_3)
    assert page.session.current("q_choice").value == "no"


def test_n_is_not_applicable(page: CapturePage) -> None:
    page.column.reveal("smiles")
    key(page, Qt.Key.Key_N)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_2)
    settle(1)
    assert page.session.current("smiles").na == "not_observed"


def test_undo_and_redo_by_key(page: CapturePage) -> None:
    page.column.reveal("smiles")
    key(page, Qt.Key.Key_2)
    key(page, Qt.Key.Key_Z, CTRL)
    assert page.session.current("smiles").empty
    key(page, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert page.session.current("smiles").value == "no"


def test_undo_shows_where_it_happened(page: CapturePage, qtbot: QtBot) -> None:
    page.session.answer("teller#1/hands", "no")
    assert page.place is not None
    assert page.place.key == "hall"
    tap(qtbot, page.bar.undo)
    assert page.place.key == "teller#1"
    assert page.session.current("teller#1/hands").empty


def test_no_key_acts_while_text_is_written(page: CapturePage) -> None:
    """design §6: no such key acts while text or an input method is being composed."""
    page.session.answer("greets", "no")
    settle(1)
    card = page.column.cards["greets"]
    field = card.extras.row("reasons").lines[0].text  # type: ignore[union-attr]
    field.setFocus()
    QApplication.sendEvent(field, QInputMethodEvent("wei qi li", []))
    before = dict(page.session.audit.answers)
    for code in (Qt.Key.Key_1, Qt.Key.Key_N, Qt.Key.Key_Down):
        key(page, code)
    for code in (Qt.Key.Key_J, Qt.Key.Key_Z):
        key(page, code, CTRL)
    assert dict(page.session.audit.answers) == before
    assert page.window().focusWidget() is field
    QApplication.sendEvent(field, QInputMethodEvent())
    key(page, Qt.Key.Key_Escape)
    key(page, Qt.Key.Key_1)
    assert page.session.current("greets").value == "yes"


def test_next_unanswered_goes_round_the_whole_visit(page: CapturePage) -> None:
    page.column.reveal("more7")
    key(page, Qt.Key.Key_J, CTRL)
    assert page.place is not None
    assert page.place.key == "teller#1"
    key(page, Qt.Key.Key_1)
    key(page, Qt.Key.Key_J, CTRL)
    assert page.place.key == "kinds"
    assert page.column.focused() is page.column.cards["q_choice"]


def test_when_nothing_is_open_the_button_leads_to_the_next_section(page: CapturePage, qtbot: QtBot) -> None:
    fill(page.session)
    settle(1)
    assert page.bar.next.text() == "下一节"
    tap(qtbot, page.bar.next)
    assert page.place is not None
    assert page.place.key == "teller#1"
    assert not page.bar.next.isEnabled()


def test_the_filter_shows_open_or_lost_and_an_answered_card_stays(page: CapturePage, qtbot: QtBot) -> None:
    tap(qtbot, answer(page.column.cards["smiles"], 1))
    tap(qtbot, page.head.filter.buttons()[2])
    assert list(page.column.cards) == ["smiles"]
    tap(qtbot, page.head.filter.buttons()[1])
    assert "smiles" not in page.column.cards
    tap(qtbot, answer(page.column.cards["signs"], 0))
    assert "signs" in page.column.cards, "nothing vanishes under the finger"
    tap(qtbot, page.head.filter.buttons()[0])
    assert list(page.column.cards)[:3] == ["greets", "smiles", "signs"]


def test_a_condition_brings_a_card_without_the_page_jumping(page: CapturePage) -> None:
    page.column.reveal("more5")
    settle()
    card = page.column.cards["more5"]
    before = card.mapTo(page, QPoint(0, 0)).y()
    page.session.answer("greets", "no")
    settle()
    assert list(page.column.cards)[:2] == ["greets", "why"]
    assert card.mapTo(page, QPoint(0, 0)).y() == before
    page.session.answer("why", "yes")
    page.session.answer("greets", "yes")
    settle()
    assert "why" not in page.column.cards
    assert page.column.cards["more5"] is card, "cards that stay are not built anew"
    assert card.mapTo(page, QPoint(0, 0)).y() == before


def test_tellers_are_added_named_and_removed(page: CapturePage, qtbot: QtBot) -> None:
    add = page.rail.findChild(QAbstractButton, "add:teller")
    assert add.text() == "添加柜员 2"
    tap(qtbot, add)
    assert page.place is not None
    assert (page.place.key, page.head.title.text()) == ("teller#2", "柜员 2")
    assert page._instance is not None
    QTest.keyClicks(page._instance.fields["window"], "3")
    page.flush()
    assert page.session.current("teller#2/window").value == "3"
    tap(qtbot, page._instance.remove)
    assert page.place.key == "teller#1"
    assert set(page.rail.rows) == {"kinds", "hall", "teller#1"}
    page.session.add_instance("teller")
    page.session.add_instance("teller")
    assert page.rail.findChild(QWidget, "add:teller") is None or len(page.rail.rows) == 5


def test_the_page_opens_where_the_last_answer_was_given(qtbot: QtBot, data: Path) -> None:
    with open_session(data) as first:
        first.answer("more6", "yes")
        audit = first.audit.id
    with open_session(data, audit) as again:
        page = open_page(qtbot, again)
        assert page.place is not None
        assert page.place.key == "hall"
        assert page.column.focused() is page.column.cards["more6"]
        seen = page.column.cards["more6"].mapTo(page.column, QPoint(0, 0)).y()
        assert 0 <= seen < page.column.height()


def test_coming_back_shows_the_same_place_and_the_stopwatch_goes_on(qtbot: QtBot, session: AuditSession) -> None:
    """From the review, or when language and look change, the page is built anew."""
    first = open_page(qtbot, session)
    tap(qtbot, first.column.cards["q_duration"].control.toggle)  # type: ignore[union-attr]
    first.show_place("teller#1")
    first.close()
    again = open_page(qtbot, session)
    assert again.place is not None
    assert again.place.key == "teller#1"
    again.show_place("kinds")
    assert again.column.cards["q_duration"].control.is_running  # type: ignore[union-attr]


def test_leaving_commits_what_is_being_typed(page: CapturePage, qtbot: QtBot) -> None:
    page.show_place("kinds")
    field = page.column.cards["q_text"].control.field  # type: ignore[union-attr]
    field.setFocus()
    QTest.keyClicks(field, "half a sent")
    with qtbot.waitSignal(page.closed):
        page.rail.back.click()
    assert page.session.current("q_text").value == "half a sent"


def test_the_score_is_explained_down_to_the_item(page: CapturePage, qtbot: QtBot) -> None:
    """S8: every node has its derivation in words."""
    page.session.answer("smiles", "no")
    tap(qtbot, page.head.score)
    assert page.explanation.isVisible()
    page.explanation._open("hall")
    assert page.explanation.title.text() == "厅堂"
    page.explanation._open("smiles")
    texts = [one.text() for one in page.explanation.findChildren(QLabel)]
    assert any("2" in text for text in texts)
    page.session.answer("smiles", "yes")
    assert page.explanation.title.text() == "微笑"
    tap(qtbot, page.head.score)
    assert page.explanation.isHidden()


def test_a_blind_checklist_shows_no_points(qtbot: QtBot, data: Path) -> None:
    """design §3: the shopper sees wording, never points."""
    with open_session(data, blind=True) as session:
        page = open_page(qtbot, session)
        page.show_place("hall")
        session.answer("signs", "no")
        session.answer("smiles", "no")
        settle()
        assert page.head.score.isHidden()
        assert [one.text() for one in page.head.filter.buttons() if not one.isHidden()] == ["全部", "未答 9"]
        assert "−" not in page.rail.rows["hall"].accessibleName()
        assert page.column.cards["signs"].state.tone == "brand"
        assert page.column.cards["signs"].accessibleDescription() == ""


def test_a_sheet_without_points_says_nothing_of_points(qtbot: QtBot, data: Path) -> None:
    read = {"id": "read", "kind": "info", "text": both("请先读", "Read first")}
    mood = {"id": "mood", "kind": "rating", "text": both("心情", "Mood")}
    told = [("first", "填写前", [read]), ("asked", "问卷", [mood])]
    sections = [{"id": name, "title": both(title, name), "items": items} for name, title, items in told]
    with open_session(data, sections=sections) as session:
        page = open_page(qtbot, session)
        session.answer("mood", 4)
        settle()
        assert page.head.score.isHidden()
        assert [one.text() for one in page.head.filter.buttons() if not one.isHidden()] == ["全部", "未答 0"]
        said = {key: row.accessibleName() for key, row in page.rail.rows.items()}
        assert "1/1" in said["asked"]
        assert "扣分" not in said["asked"]
        assert "0/0" not in said["first"]


def test_a_finished_audit_can_only_be_read(page: CapturePage, qtbot: QtBot) -> None:
    fill(page.session)
    assert page.session.finish("青松")
    settle(1)
    before = dict(page.session.audit.answers)
    tap(qtbot, answer(page.column.cards["smiles"], 1))
    page.column.reveal("smiles")
    key(page, Qt.Key.Key_2)
    assert dict(page.session.audit.answers) == before
    assert page.bar.undo.isHidden()
    assert page.bar.review.text() == "查看结果"


def test_in_a_narrow_window_the_rail_is_rings(qtbot: QtBot, session: AuditSession) -> None:
    page = open_page(qtbot, session, 724, 1280)
    assert page.rail.compact
    assert page.rail.width() < 100
    assert "已答 0 / 23" in page.head.note.text()
    assert "已保存" in page.head.note.text()
    page.resize(1280, 800)
    settle()
    assert not page.rail.compact
    assert "已保存" not in page.head.note.text()


class Finger:
    """Synthetic touch on a page's window, once its scroll areas take gestures."""

    def __init__(self, page: CapturePage) -> None:
        self._page, self.device = page, QTest.createTouchDevice()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        QTest.qWait(TOUCH_AFTER + 100)

    def stroke(self, widget: QWidget, up: int) -> None:
        """Put down in the middle of a widget, move up by so many pixels, lift; 0 is a tap."""
        window = self._page.windowHandle()
        spot = widget.mapTo(self._page, widget.rect().center())
        QTest.touchEvent(window, self.device).press(0, spot, window)
        for step in range(14, up + 1, 14):
            QTest.qWait(16)
            QTest.touchEvent(window, self.device).move(0, spot - QPoint(0, step), window)
        QTest.touchEvent(window, self.device).release(0, spot - QPoint(0, up), window)
        QTest.qWait(50)

    def rest(self) -> None:
        """Wait until the page has come to rest."""
        scroller = QScroller.scroller(self._page.column.area.viewport())
        for _ in range(300):
            if scroller.state() == QScroller.State.Inactive:
                break
            QTest.qWait(20)


def test_a_drag_that_begins_on_a_button_scrolls_and_answers_nothing(page: CapturePage) -> None:
    """design §6: whether the page rests or is in flight; Qt alone would answer."""
    finger, bar = Finger(page), page.column.area.verticalScrollBar()
    for number in range(4):
        bar.setValue(0)
        finger.stroke(answer(page.column.cards["signs"], 1), 210)
        assert bar.value() > 50, number
        if number % 2:
            finger.rest()
    finger.rest()
    assert dict(page.session.audit.answers) == {}


def test_a_tap_by_finger_answers(page: CapturePage) -> None:
    finger = Finger(page)
    finger.stroke(answer(page.column.cards["signs"], 1), 0)
    settle()
    assert page.session.current("signs").value == "no"


def test_a_finger_signs_without_scrolling_the_page(page: CapturePage) -> None:
    page.show_place("kinds")
    finger = Finger(page)
    page.column.reveal("q_signature")
    page.column.area.ensureWidgetVisible(page.column.cards["q_signature"], 0, 100)
    settle()
    bar = page.column.area.verticalScrollBar()
    before = bar.value()
    pad = page.column.cards["q_signature"].control.pad  # type: ignore[union-attr]
    finger.stroke(pad, 56)
    assert bar.value() == before
    assert len(pad.strokes) == 1
    assert len(pad.strokes[0]) >= 3
    finger.stroke(page.column.cards["q_photo"], 140)
    assert bar.value() != before, "beside the pad the page scrolls again"


def test_every_control_is_named_and_reached_by_tab(page: CapturePage) -> None:
    """design §6: names for screen readers, a sane order for the keyboard."""
    page.show_place("kinds")
    settle()
    nameless = [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and not (one.accessibleName() or getattr(one, "text", str)())
    ]
    assert nameless == []
    page.column.cards["q_choice"].take_focus()
    reached = []
    for _ in range(40):
        QTest.keyClick(page.window().focusWidget(), Qt.Key.Key_Tab)
        card = page.column.focused()
        if card is not None and card.path not in reached:
            reached.append(card.path)
    shown = list(page.column.cards)
    assert [shown.index(path) for path in reached] == sorted(shown.index(path) for path in reached)
    assert len(reached) >= 8


def test_all_words_are_there_in_both_languages(qtbot: QtBot, session: AuditSession) -> None:
    for code in ("zh", "en"):
        with speaking(code):
            page = open_page(qtbot, session)
            for key_ in ("kinds", "hall", "teller#1"):
                page.show_place(key_)
                texts = [getattr(one, "text", str)() for one in page.findChildren(QWidget) if one.isVisible()]
                assert not [text for text in texts if isinstance(text, str) and text.startswith("capture.")]
            page.close()


def test_reasons_given_on_the_card_are_saved(page: CapturePage, qtbot: QtBot) -> None:
    page.show_place("kinds")
    card = page.column.cards["q_choice"]
    tap(qtbot, answer(card, 1))
    tap(qtbot, card.extras.row("chips").chips[0])  # type: ignore[union-attr]
    field = card.extras.row("reasons").lines[0].text  # type: ignore[union-attr]
    field.setFocus()
    QTest.keyClicks(field, "!")
    page.flush()
    assert page.session.current("q_choice").reasons == (Reason("坐着招呼!"),) or page.session.current(
        "q_choice"
    ).reasons == (Reason("!坐着招呼"),)


def test_keys_that_mean_nothing_are_left_to_others(page: CapturePage) -> None:
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    page.keyPressEvent(event)
    assert not event.isAccepted()


def test_points_lost_take_nothing_from_a_title_in_the_rail(qtbot: QtBot) -> None:
    """They stand at the end of the line below it."""
    row = RailRow("asked")
    qtbot.addWidget(row)
    row.resize(row.sizeHint())
    pictures = []
    for badge in ("", "−10"):
        row.show_row(RowState("误区二：框架式服务缺温度", "5/5", 1.0, "lost", badge))
        pictures.append(row.grab().toImage())
    above = QRect(0, 0, row.width(), look().px(28))
    assert pictures[0] != pictures[1]
    assert pictures[0].copy(above) == pictures[1].copy(above)
