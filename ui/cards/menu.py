"""What the “more” button of a card offers: words, photos and recordings, not applicable, clearing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from auditor.checklist.model import NaCode
from auditor.words import tr
from ui.cards.clips import ask_for_clips
from ui.controls.camera import camera_present
from ui.controls.photo_box import ask_for_photos

if TYPE_CHECKING:
    from ui.cards.item_card import ItemCard


def offer(card: ItemCard) -> None:
    """Open the menu below the button that asked for it."""
    more = card.header.more
    if more is None:
        return
    menu = QMenu(card)
    menu.setObjectName("card_menu")
    fill(menu, card)
    menu.aboutToHide.connect(menu.deleteLater)
    spot = more.mapToGlobal(QPoint(0, more.height()))
    shift = 0 if card.setting.hand == "left" else menu.sizeHint().width() - more.width()
    menu.popup(QPoint(spot.x() - shift, spot.y()))


def fill(menu: QMenu, card: ItemCard) -> None:
    """Put into a menu what can be done to the item just now."""
    state = card.state

    def add(text: str, act: Callable[[], object]) -> None:
        menu.addAction(text).triggered.connect(lambda: act())

    def choose(code: NaCode | None) -> Callable[[], None]:
        return lambda: card.say("na", code)

    add(tr("capture.write_note"), lambda: card.extras.open("note"))
    if card.item.scored:
        add(tr("capture.write_reason"), lambda: card.extras.open("reasons"))
    add(tr("capture.add_photos"), card.ask_for_photos)
    if camera_present():
        add(tr("photos.camera"), lambda: card.say("take_photo"))
    add(tr("capture.paste"), card.paste_photos)
    for jot in state.jotted:
        shots = (*state.answer.photos, *([jot.photo] if jot.photo else []))
        add(tr("jot.jotted_photo", time=jot.at[11:16]), partial(card.say, "photos", shots))
    if state.lost and not state.blind:
        add(tr("photos.fixed"), lambda: ask_for_fixed(card))
    add(tr("photos.clip_add"), lambda: ask_for_clips(card, lambda paths: card.say("add_clips", paths)))
    if card.setting.flags:
        add(tr("praise.not_highlight" if state.highlight else "praise.highlight"), lambda: card.say("highlight"))
        add(tr("praise.give"), lambda: card.extras.open("praise"))
    menu.addSeparator()
    for code in card.setting.na_codes:
        if code != state.answer.na:
            add(tr(f"common.na.{code}"), choose(code))
    if state.answer.na is not None:
        add(tr("capture.not_na"), choose(None))
    if not state.answer.empty:
        add(tr("capture.clear"), lambda: card.say("clear"))


def ask_for_fixed(card: ItemCard) -> None:
    """The photo of after the fault was put right on the spot (立查立改)."""
    ask_for_photos(card, lambda paths: card.say("add_fixed", paths))
