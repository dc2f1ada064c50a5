"""The fields a form is made of: one `show_value(raw)` in, one `edited(raw)` out; None takes the key away.

Raw values are what the document holds: text, lists and dicts, whatever nonsense an author may have typed there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from auditor.words import tr
from ui.controls.fields import GrowingText
from ui.controls.text_commit import TextCommit
from ui.look.style import SMALL, TARGET, TIGHT, look
from ui.widgets.buttons import bold_width, button
from ui.widgets.flow import Flow
from ui.widgets.labels import label

Choices = Sequence[tuple[str, str]]
"""(value, words); the value "" is "nothing said"."""


def words_of(raw: object) -> str:
    """A raw value as a line of text; what is no text shows as nothing."""
    return raw if isinstance(raw, str) else ""


def is_true(raw: object) -> bool:
    return words_of(raw).strip().lower() in ("true", "yes", "on", "1", "y", "t")


class LineField(QWidget):
    """One line: a figure, an id, a condition."""

    edited = Signal(object)

    def __init__(self, name: str, *, placeholder: str = "", width: int = 0) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(placeholder)
        if width:
            self.field.setMaximumWidth(look().px(width))
        self.typing = TextCommit(self.field)
        self.typing.committed.connect(lambda text: self.edited.emit(text.strip() or None))
        across = _row(self)
        across.addWidget(self.field, 1)
        if width:
            across.addStretch(0)  # a short field stands below the beginning of its caption

    def show_value(self, raw: object) -> None:
        self.typing.show(words_of(raw))

    def flush(self) -> None:
        self.typing.flush()

    def take_focus(self) -> None:
        self.field.setFocus()
        self.field.selectAll()


class PairField(QWidget):
    """A text in Chinese and English, side by side. A plain text serves both and stays plain while both agree."""

    edited = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._raw: object = None
        self.fields: dict[str, GrowingText] = {}
        self._typing: dict[str, TextCommit] = {}
        row = _row(self)
        for code in ("zh", "en"):
            field = GrowingText()
            field.setAccessibleName(tr("editor.in_language", name=name, language=tr(f"editor.language.{code}")))
            field.setPlaceholderText(tr(f"editor.language.{code}"))
            typing = TextCommit(field)
            typing.committed.connect(lambda text, code=code: self._on_text(code, text))
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            self.fields[code], self._typing[code] = field, typing

    def show_value(self, raw: object) -> None:
        self._raw = raw
        for code, typing in self._typing.items():
            typing.show(words_of(raw.get(code)) if isinstance(raw, dict) else words_of(raw))

    def flush(self) -> None:
        for typing in self._typing.values():
            typing.flush()

    def take_focus(self) -> None:
        field = self.fields["zh"]
        field.setFocus()
        field.selectAll()

    def _on_text(self, code: str, text: str) -> None:
        raw = self._raw
        both = dict(raw) if isinstance(raw, dict) else dict.fromkeys(("zh", "en"), words_of(raw))
        both[code] = text.strip()
        said = {key: value for key, value in both.items() if value}
        plain = isinstance(raw, str) and len(set(said.values())) == 1 and len(said) == 2
        self._raw = (said["zh"] if plain else said) or None
        self.edited.emit(self._raw)


class QuietCombo(QComboBox):
    """A list of choices that the wheel scrolls past: only a person who opened it changes it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceField(QWidget):
    """One of several words."""

    edited = Signal(object)

    def __init__(self, name: str, choices: Choices) -> None:
        super().__init__()
        self.box = QuietCombo()
        self.box.setAccessibleName(name)
        self.box.setMinimumHeight(look().px(TARGET))
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(4)
        self._values: list[str] = []
        self._shown = ""
        self.show_choices(choices)
        self.box.activated.connect(lambda at: self.edited.emit(self._values[at] or None))
        _row(self).addWidget(self.box)

    def show_choices(self, choices: Choices) -> None:
        """Other words to choose from; what is chosen stays."""
        if [value for value, _ in choices] != self._values or any(
            self.box.itemText(n) != words for n, (_, words) in enumerate(choices)
        ):
            self._values = [value for value, _ in choices]
            self.box.clear()
            self.box.addItems([words for _, words in choices])
        self.show_value(self._shown)

    def fit(self) -> None:
        """Be wide enough for every choice."""
        room = max(bold_width(self.box.itemText(n)) for n in range(self.box.count()))
        self.box.setMinimumWidth(room + look().px(64))

    def show_value(self, raw: object) -> None:
        self._shown = words_of(raw)
        if self._shown not in self._values:
            self._values.append(self._shown)
            self.box.addItem(self._shown)
        self.box.setCurrentIndex(self._values.index(self._shown))

    @property
    def value(self) -> str:
        """What is chosen now."""
        at = self.box.currentIndex()
        return self._values[at] if at >= 0 else ""

    def flush(self) -> None:
        """A choice is made at once."""

    def take_focus(self) -> None:
        self.box.setFocus()


class CheckField(QWidget):
    """Yes or no; what goes without saying is not written."""

    edited = Signal(object)

    def __init__(self, words: str, *, usual: bool = False) -> None:
        super().__init__()
        self._usual = usual
        self.box = QCheckBox(words)
        self.box.setMinimumSize(look().px(TARGET), look().px(TARGET))
        self.box.clicked.connect(self._on_click)
        row = _row(self)
        row.addWidget(self.box)
        row.addStretch(1)

    def show_value(self, raw: object) -> None:
        self.box.setChecked(is_true(raw) if raw is not None else self._usual)

    def flush(self) -> None:
        """A tick is made at once."""

    def take_focus(self) -> None:
        self.box.setFocus()

    def _on_click(self, on: bool) -> None:
        self.edited.emit(None if on == self._usual else "true" if on else "false")


class ChipsField(QWidget):
    """Any of several words, as chips. `unsaid` is the chip for "nothing said"; without it nothing chosen is that."""

    edited = Signal(object)

    def __init__(self, name: str, choices: Choices, *, unsaid: str = "", all_by_default: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._all = all_by_default
        self._raw: object = None
        self._flow = Flow()
        self.chips: dict[str, QPushButton] = {}
        for value, words in [*([("", unsaid)] if unsaid else []), *choices]:
            chip = button(words, "chip", tone="brand", name=f"{name} {words}")
            chip.setProperty("tone", "brand")
            chip.setCheckable(True)
            chip.setMinimumWidth(bold_width(words) + 2 * look().px(16) + 2)
            chip.clicked.connect(lambda _=False, value=value: self._on_click(value))
            self.chips[value] = chip
            self._flow.addWidget(chip)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._flow)

    def show_value(self, raw: object) -> None:
        self._raw = raw
        chosen = self._chosen()
        for value, chip in self.chips.items():
            chip.setChecked(value in chosen if value else raw is None)

    def flush(self) -> None:
        """A chip is tapped at once."""

    def take_focus(self) -> None:
        next(iter(self.chips.values())).setFocus()

    def _chosen(self) -> list[str]:
        if isinstance(self._raw, list):
            return [one for one in self._raw if isinstance(one, str)]
        return [one for one in self.chips if one] if self._all and self._raw is None else []

    def _on_click(self, value: str) -> None:
        chosen = self._chosen()
        if not value:
            self._emit(None)
            return
        wanted = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
        ordered = [one for one in self.chips if one in wanted] if self._all else wanted
        every = self._all and set(ordered) >= {one for one in self.chips if one}
        self._emit(None if every else ordered)

    def _emit(self, raw: list[str] | None) -> None:
        self.show_value(raw)
        self.edited.emit(raw)


class Captioned(QWidget):
    """A field under its caption, with a hint below where there is one."""

    def __init__(self, caption: str, field: QWidget, hint: str = "") -> None:
        super().__init__()
        self.inner: Any = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        if caption:
            column.addWidget(label(caption, "small", "quiet", wrap=True))
        column.addWidget(field)
        if hint:
            column.addWidget(label(hint, "quiet", wrap=True))


class LeavesOnEnter(QObject):
    """Enter in a single line goes on to the next field, as in a spreadsheet."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(watched, QLineEdit):
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.focusNextChild()
                return True
        return False


def _row(owner: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SMALL)
    return row
