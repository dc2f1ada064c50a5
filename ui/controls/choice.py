"""One answer out of several: the options of a choice, the steps of a rating, and not applicable beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item, NaCode
from auditor.words import tr
from ui.controls.answer_bar import AnswerBar, Segment
from ui.look.style import Tone

KEYS = "123456789"


class ChoiceButtons(AnswerBar):
    """Answer buttons with the keys 1–9, and N for not applicable where the item allows a code.

    `answered` carries the option's id, the rating's number, or None when the chosen one is tapped again;
    `na_chosen` carries a code, or None when it is taken back.
    """

    answered = Signal(object)
    na_chosen = Signal(object)

    def __init__(
        self,
        values: Sequence[str | int],
        words: Sequence[str],
        na_codes: tuple[NaCode, ...] = (),
        parent: QWidget | None = None,
        *,
        asleep: bool = False,
        hand: Literal["both", "left", "right"] = "both",
    ) -> None:
        self._values = tuple(values)
        self._codes = na_codes
        self._answer = Answer()
        figures = [str(value) for value in self._values]
        plain = list(words) == figures and all(one.isdigit() for one in figures)
        self._keys = figures if plain else [KEYS[n] if n < len(KEYS) else "" for n in range(len(self._values))]
        shown = [""] * len(figures) if plain else self._keys
        segments = [Segment(key, text) for key, text in zip(shown, words, strict=True)]
        if na_codes:
            segments.append(Segment("N", self._na_words(None), quiet=True, menu=len(na_codes) > 1))
        super().__init__(segments, parent, asleep=asleep, hand=hand)

    def show_answer(self, answer: Answer, tone: Tone = "brand") -> None:
        self._answer = answer
        if self._codes:
            self.rename(len(self._values), self._na_words(answer.na))
        if answer.na is not None:
            self.show_chosen(len(self._values) if self._codes else None, "quiet")
        else:
            chosen = self._values.index(answer.value) if answer.value in self._values else None
            self.show_chosen(chosen, tone)

    def press(self, digit: int) -> bool:
        """Answer by key: 1 is the first button, on a bare scale the figure itself. False where there is none."""
        if str(digit) not in self._keys:
            return False
        self.tap(self._keys.index(str(digit)))
        return True

    def press_na(self) -> bool:
        if self._codes:
            self.tap(len(self._values))
        return bool(self._codes)

    def tap(self, index: int) -> None:
        """Say what a segment stands for."""
        if index == len(self._values):
            self._choose_na()
            return
        value = self._values[index]
        self.answered.emit(None if self._answer.na is None and self._answer.value == value else value)

    def _choose_na(self) -> None:
        if self._answer.na is not None:
            self.na_chosen.emit(None)
        elif len(self._codes) == 1:
            self.na_chosen.emit(self._codes[0])
        else:
            button = self.buttons[-1]
            menu = na_menu(self._codes, self)
            menu.triggered.connect(lambda action: self.na_chosen.emit(action.data()))
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    def _na_words(self, code: NaCode | None) -> str:
        if code is not None:
            return tr(f"common.na.{code}")
        return tr(f"common.na.{self._codes[0]}") if len(self._codes) == 1 else tr("capture.na")


def na_menu(codes: tuple[NaCode, ...], parent: QWidget) -> QMenu:
    """The codes an item allows, with the keys 1–3."""
    menu = QMenu(parent)
    menu.setObjectName("na_menu")
    for number, code in enumerate(codes, start=1):
        action = menu.addAction(f"&{number}  {tr(f'common.na.{code}')}")
        action.setData(code)
    return menu


def option_words(item: Item) -> list[str]:
    return [str(option.text) for option in item.options]


def rating_words(item: Item) -> list[str]:
    """The labels of a rating's steps, or their figures."""
    steps = range(item.low, item.high + 1)
    return [str(label) for label in item.labels] if item.labels else [str(step) for step in steps]
