"""One control per kind of item: dumb, `show_answer(answer)` in, `answered(value)` out."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from auditor.checklist.model import Item, NaCode
from ui.controls.chips import FaultChips
from ui.controls.choice import ChoiceButtons, option_words, rating_words
from ui.controls.fields import NumberBox, StampBox, TextBox
from ui.controls.photo_box import PhotoBox
from ui.controls.signature import SignaturePad
from ui.controls.stepper import Stepper
from ui.controls.stopwatch import Stopwatch

Control = ChoiceButtons | FaultChips | NumberBox | StampBox | TextBox | PhotoBox | SignaturePad | Stepper | Stopwatch


Hand = Literal["both", "left", "right"]
"""At which side the thumb is that answers."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a control needs to know besides its item."""

    na_codes: tuple[NaCode, ...] = ()
    blind: bool = False
    path: str = ""
    running: MutableMapping[str, float] = field(default_factory=dict)
    """Stopwatches under way, by path: when they were started."""
    hand: Hand = "both"
    flags: bool = False
    """Whether items can be flagged: on a visit, not when a card is only tried out."""
    suggested: str = ""
    """How a highlight or a praise of the item begins."""
    last: str = ""
    """What was answered last time, in words."""
    asleep: bool = False
    """Whether buttons are made later, when the card comes into sight."""


def _choice(item: Item, setting: Setting) -> Control:
    return _buttons([one.id for one in item.options], option_words(item), setting)


def _rating(item: Item, setting: Setting) -> Control:
    return _buttons(range(item.low, item.high + 1), rating_words(item), setting)


def _buttons(values: Sequence[str | int], words: Sequence[str], setting: Setting) -> ChoiceButtons:
    return ChoiceButtons(values, words, setting.na_codes, asleep=setting.asleep, hand=setting.hand)


def _duration(item: Item, setting: Setting) -> Control:
    left = setting.hand == "left"
    return Stopwatch(item, blind=setting.blind, running=setting.running, key=setting.path, left_handed=left)


def _nothing(_item: Item, _setting: Setting) -> None:
    """Information takes no answer."""


CONTROLS: dict[str, Callable[[Item, Setting], Control | None]] = {
    "choice": _choice,
    "multi": lambda item, setting: FaultChips(item, blind=setting.blind),
    "occurrences": lambda item, _: Stepper(item),
    "number": lambda item, setting: NumberBox(item, blind=setting.blind),
    "rating": _rating,
    "duration": _duration,
    "time": lambda item, _: StampBox(item),
    "text": lambda item, _: TextBox(item),
    "date": lambda item, _: StampBox(item),
    "photo": lambda item, _: PhotoBox(item),
    "signature": lambda item, _: SignaturePad(item),
    "info": _nothing,
}
"""A kind of item → its control; None where nothing is answered."""
