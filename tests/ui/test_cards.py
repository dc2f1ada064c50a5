"""An item's card alone: it paints a state and says what a person did (design §2, §6; report conventions)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from auditor.audit import Answer, Photo, Reason
from auditor.checklist import Checklist
from auditor.kinds import KINDS, na_codes
from auditor.scoring.tree import Fired, ItemScore
from auditor.words import speaking
from checklists import library
from tests.faults.scene import picture
from tests.ui.scene import FAULTS, checklist, item, settle
from ui.cards import words
from ui.cards.instance_card import InstanceCard
from ui.cards.item_card import ItemCard
from ui.cards.photos import PhotoStrip
from ui.cards.reasons import Reasons, is_named, toggled
from ui.cards.state import CardState
from ui.controls import Setting

pytestmark = pytest.mark.usefixtures("dressed")


@pytest.fixture
def photos(tmp_path: Path) -> tuple[Photo, ...]:
    """Two photos that lie in `tmp_path` under their names."""
    for name in "ab":
        (tmp_path / (name * 64)).write_bytes(picture())
    return (Photo("a" * 64, "门头.jpg"), Photo("b" * 64, inside=True))


def make(qtbot: QtBot, kind: str, *, blind: bool = False, folder: Path = Path(), **more: Any) -> Any:
    """A card of an item, on the screen, with what it says in `card.heard`."""
    asked = item(kind, **more)
    setting = Setting(na_codes(checklist(), asked), blind, asked.id)
    card: Any = ItemCard(asked, setting, "2.1", lambda name: folder / name)
    card.heard = []
    card.said.connect(lambda _, deed, what: card.heard.append((deed, what)))
    card.show_state(CardState(blind=blind))
    qtbot.addWidget(card)
    card.resize(900, card.sizeHint().height())
    card.show()
    return card


def state(kind: str, answer: Answer, **more: Any) -> CardState:
    """The state of a scored item with this answer: what the engine makes of it alone."""
    asked = item(kind)
    worth = None if answer.value is None else KINDS[kind].points(asked, answer.value)
    full = Fraction(asked.points) if asked.points is not None else None
    earned = worth.earned if worth is not None else None
    score = ItemScore(asked.id, "s", "answered" if answer.value is not None else "open", earned, full)
    return CardState(**{"answer": answer, "score": score, "worth": worth, "full": full, **more})


def shown_rows(card: ItemCard) -> set[str]:
    return {name for name in ("guidance", "chips", "reasons", "note", "photos", "hint") if card.extras.row(name)}  # type: ignore[arg-type]


def press(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def menu_of(qtbot: QtBot, card: ItemCard) -> QMenu:
    assert card.header.more is not None
    press(qtbot, card.header.more)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


def test_a_card_builds_only_what_it_needs(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    assert shown_rows(card) == set()
    card.show_state(state("choice", Answer("yes")))
    assert shown_rows(card) == set()
    card.show_state(state("choice", Answer("partly")))
    assert shown_rows(card) == {"chips", "reasons"}
    card.show_state(state("choice", Answer("yes")))
    assert shown_rows(card) == set()


def test_a_card_says_its_path(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    with qtbot.waitSignal(card.said) as said:
        press(qtbot, card.control.buttons[2])
    assert said.args == ["q_choice", "answer", "no"]


@pytest.mark.parametrize(
    ("answer", "tone"), [(Answer("yes"), "brand"), (Answer("partly"), "lost"), (Answer(na="not_observed"), "brand")]
)
def test_amber_where_points_are_lost_only(answer: Answer, tone: str) -> None:
    assert state("choice", answer).tone == tone


def test_red_where_an_effect_fired() -> None:
    """S6: effects hang on the answer."""
    fired = state("multi", Answer(("papers",)), fired=(Fired("q_multi", "cap", Decimal("59.9")),))
    assert fired.tone == "failed"
    assert ("总分封顶", "failed") in words.badges(item("multi"), fired)
    assert ("−5", "failed") in words.badges(item("multi"), fired)


def test_a_losing_answer_without_its_reason_is_amber_but_deducts_nothing() -> None:
    """S4: an answer that lacks its evidence leaves the item open; the card says what is missing."""
    worth = KINDS["choice"].points(item("choice"), "partly")
    score = ItemScore("q_choice", "s", "open", None, None, missing=("reason", "photo"))
    pending = CardState(Answer("partly"), score, worth=worth, full=Fraction(3))
    assert pending.tone == "lost"
    assert words.badges(item("choice"), pending) == []
    assert words.hint(item("choice"), pending) == ("还需填写：扣分原因、照片", "lost")


def test_a_blind_shopper_sees_wording_never_points(qtbot: QtBot) -> None:
    """design §3: blind scoring."""
    blind = state("choice", Answer("no"), blind=True, fired=(Fired("q_choice", "fail"),))
    assert blind.tone == "brand"
    assert words.badges(item("choice"), blind) == []
    assert words.points_line(item("occurrences"), blind=True) == ""
    assert not any("−" in line for line in words.guidance_lines(item("choice", guidance="看仔细"), blind=True))
    card = make(qtbot, "multi", blind=True)
    assert [chip.badge for chip in card.control.chips] == ["", "", ""]


def test_a_cascade_is_named() -> None:
    """report conventions: 由2.1.1连带扣分."""
    score = ItemScore("q_choice", "s", "lost", Fraction(0), Fraction(3), lost_by=("greets",))
    lost = CardState(score=score, lost_by=("2.1",))
    assert words.hint(item("choice"), lost)[0] == "由 2.1 连带扣分，本项计 0 分"
    assert lost.tone == "lost"


def test_chips_compose_the_reason_and_take_it_back(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    card.show_state(state("choice", Answer("partly")))
    flow = card.extras.row("chips")
    press(qtbot, flow.chips[0])
    assert card.heard[-1] == ("reasons", (Reason("坐着招呼"),))
    card.show_state(state("choice", Answer("partly", reasons=(Reason("坐着招呼", "10:12", "3号窗口"),))))
    assert flow.chips[0].isChecked()
    press(qtbot, flow.chips[1])
    assert card.heard[-1] == ("reasons", (Reason("坐着招呼；边操作电脑边说话", "10:12", "3号窗口"),))
    press(qtbot, flow.chips[0])
    assert card.heard[-1] == ("reasons", (Reason("", "10:12", "3号窗口"),))


def test_a_chip_knows_its_words_in_every_language() -> None:
    fault = item("choice").faults[0]
    with speaking("en"):
        said = toggled(fault, ())
    assert said == (Reason(FAULTS[0]["text"]["en"]),)  # type: ignore[index]
    assert is_named(fault, said[0].text)
    assert toggled(fault, said) == ()


def test_time_place_and_post_are_fields_of_the_reason(qtbot: QtBot) -> None:
    """report conventions: the time is a field, not typed text."""
    reasons = Reasons("起立迎接")
    qtbot.addWidget(reasons)
    heard: list[tuple[Reason, ...]] = []
    reasons.changed.connect(heard.append)
    reasons.changed.connect(reasons.show_reasons)
    reasons.show_reasons((Reason("未起立"),))
    reasons.show()
    line = reasons.lines[0]
    press(qtbot, line.stamp)
    fields = {
        field.placeholderText(): field for field in line.findChildren(QWidget) if hasattr(field, "placeholderText")
    }
    for name, text in (("时间", "10:12"), ("地点或窗口", "3"), ("岗位", "teller")):
        QTest.keyClicks(fields[name], text)
        reasons.flush()
    assert heard[-1] == (Reason("未起立", "10:12", "3", "teller"),)
    assert line.stamp.text() == "10:12 · 3 · teller"


def test_each_occurrence_has_a_reason_of_its_own(qtbot: QtBot) -> None:
    """S5: occurrences: a reason for each."""
    card = make(qtbot, "occurrences")
    card.show_state(state("occurrences", Answer(3)))
    reasons = card.extras.row("reasons")
    assert sum(not line.isHidden() for line in reasons.lines) == 3
    QTest.keyClicks(reasons.lines[2].text, "third")
    card.flush()
    assert card.heard[-1] == ("reasons", (Reason(), Reason(), Reason("third")))


def test_a_note_is_written_by_the_menu(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    choose(menu_of(qtbot, card), "写备注")
    field = card.extras.row("note")
    QTest.keyClicks(field, "on the phone")
    card.flush()
    assert card.heard == [("note", "on the phone")]


def test_every_kind_can_be_not_applicable(qtbot: QtBot) -> None:
    """S3: by code, in the menu where the control has no button for it."""
    card = make(qtbot, "duration")
    choose(menu_of(qtbot, card), "未观察到")
    card.show_state(state("duration", Answer(na="not_observed")))
    assert words.badges(card.item, card.state) == [("未观察到", "quiet")]
    choose(menu_of(qtbot, card), "恢复为需要填写")
    assert card.heard == [("na", "not_observed"), ("na", None)]


def test_a_reason_for_not_applicable_is_asked_on_the_spot(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    score = ItemScore("q_choice", "s", "open", None, None, missing=("na_reason",))
    card.show_state(CardState(Answer(na="cannot_judge"), score))
    assert shown_rows(card) == {"note", "hint"}
    assert card.extras.row("note").placeholderText() == "不计的原因"


def test_everything_said_can_be_cleared(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    menu = menu_of(qtbot, card)
    assert "清除回答" not in [action.text() for action in menu.actions()]
    menu.close()
    card.show_state(state("choice", Answer("no", note="x")))
    choose(menu_of(qtbot, card), "清除回答")
    assert card.heard == [("clear", None)]


def test_guidance_opens_in_the_card(qtbot: QtBot) -> None:
    card = make(qtbot, "choice", guidance="以第一声问候为准", clause="2.1.3")
    press(qtbot, card.header.info)
    said = [one.text() for one in card.extras.row("guidance").findChildren(QLabel)]
    assert said == ["以第一声问候为准", "扣分标准：符合 0；部分符合 −1；不符合 −3", "依据：2.1.3"]
    press(qtbot, card.header.info)
    assert shown_rows(card) == set()


def test_photos_dropped_on_a_card_are_taken(qtbot: QtBot, tmp_path: Path) -> None:
    card = make(qtbot, "choice")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / "一.jpg")), QUrl("https://example.org/x.jpg")])
    actions, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    card.dropEvent(QDropEvent(QPointF(5, 5), actions, held, Qt.MouseButton.LeftButton, none))
    assert card.heard == [("add_photos", [tmp_path / "一.jpg"])]


def test_photos_are_captioned_kept_inside_and_removed(qtbot: QtBot, tmp_path: Path, photos: tuple[Photo, ...]) -> None:
    strip = PhotoStrip("门头", lambda name: tmp_path / name)
    qtbot.addWidget(strip)
    heard: list[tuple[Photo, ...]] = []
    strip.changed.connect(heard.append)
    strip.changed.connect(strip.show_photos)
    strip.show_photos(photos)
    strip.resize(700, 300)
    strip.show()
    settle()
    assert [tile.inside for tile in strip.tiles] == [False, True]
    press(qtbot, strip.tiles[0])
    QTest.keyClicks(strip.caption, "messy desk")
    strip.flush()
    press(qtbot, strip.inside)
    assert heard[-1][0] == Photo("a" * 64, "门头.jpg", "messy desk", inside=True)
    press(qtbot, strip.remove)
    assert heard[-1] == (photos[1],)
    assert len(strip.tiles) == 1


def test_read_only_cards_take_nothing(qtbot: QtBot) -> None:
    card = make(qtbot, "choice")
    card.show_state(state("choice", Answer("no"), read_only=True))
    press(qtbot, card.control.buttons[0])
    assert not card.press(1)
    assert not card.press_na()
    assert card.header.more.isHidden()
    assert card.heard == []


def test_cards_and_their_buttons_have_names_and_room(qtbot: QtBot) -> None:
    """design §6: targets of 48 px and more, names for screen readers."""
    card = make(qtbot, "choice", guidance="说明")
    card.show_state(state("choice", Answer("no")))
    card.resize(900, card.heightForWidth(900))
    settle()
    assert card.accessibleName() == "2.1 项目choice"
    assert "−3" in card.accessibleDescription()
    targets = [*card.control.buttons, card.header.info, card.header.more, *card.extras.row("chips").chips]
    for one in targets:
        assert one.text() or one.accessibleName()
        assert min(one.width(), one.height()) >= 48


def test_long_words_wrap_and_are_not_cut(qtbot: QtBot) -> None:
    card = make(qtbot, "choice", text="大堂经理" * 30)
    narrow, wide = card.header.height(300), card.header.height(1200)
    assert narrow > wide * 2


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("choice", "满分 3 分"),
        ("occurrences", "满分 4 分 · 每发现一处扣 0.5 分"),
        ("text", "不计分 · 选填"),
        ("info", ""),
    ],
)
def test_the_small_print_says_what_an_item_is_worth(kind: str, line: str) -> None:
    assert words.points_line(item(kind)) == line


def test_an_instance_has_its_own_fields(qtbot: QtBot) -> None:
    repeat = checklist().sections[2].repeat
    assert repeat is not None
    card = InstanceCard(repeat, "柜员 1", removable=True)
    qtbot.addWidget(card)
    heard: list[tuple[str, object]] = []
    card.answered.connect(lambda field, text: heard.append((field, text)))
    card.show()
    QTest.keyClicks(card.fields["window"], "3")
    card.flush()
    assert heard == [("window", "3")]
    with qtbot.waitSignal(card.removed):
        press(qtbot, card.remove)


def test_a_drag_over_the_card_is_seen(qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtGui import QDragEnterEvent

    card = make(qtbot, "choice")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(tmp_path / "一.jpg"))])
    none = Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, held, Qt.MouseButton.LeftButton, none)
    card.dragEnterEvent(event)
    assert event.isAccepted()


@cache
def shipped_checklists() -> list[Checklist]:
    return library.listed(None)[0]


def cut_off(card: ItemCard) -> list[str]:
    """Widgets of a card that stand out of what holds them."""
    found = []
    for one in card.findChildren(QWidget):
        above = one.parentWidget()
        if one.isVisibleTo(card) and above is not None and not above.rect().contains(one.geometry()):
            found.append(f"{card.path} {type(one).__name__} {one.geometry()} in {above.rect()}")
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [420, 900])
def test_nothing_of_a_shipped_item_is_cut_off(qapp: QApplication, language: str, width: int) -> None:
    """Every item of every shipped checklist, in both languages, in narrow and wide windows."""
    found: list[str] = []
    with speaking(language):
        for shipped in shipped_checklists():
            for one in shipped.items():
                card = ItemCard(one, Setting(na_codes(shipped, one), path=one.id), "4.1.6")
                card.show_state(CardState())
                card.resize(width, card.heightForWidth(width))
                card.show()
                found += [f"{shipped.id} {text}" for text in cut_off(card)]
                card.deleteLater()  # thousands of cards: 2 GB if they stayed
            qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert found == []
