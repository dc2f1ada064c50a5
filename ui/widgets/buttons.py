"""Buttons: one maker for every look, and a row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, Tone, look, put

ButtonLook = Literal["primary", "plain", "quiet", "chip", "danger", "answer", "icon", "row", "tile"]


def button(
    text: str = "",
    kind: ButtonLook = "plain",
    *,
    icon: str = "",
    tone: Tone = "ink",
    name: str = "",
    on_click: Callable[[], object] | None = None,
) -> QPushButton:
    """A button at least 48 px high and wide. `name` is what a screen reader says; an icon alone needs one."""
    made = QPushButton(text.replace("&", "&&"))
    made.setProperty("look", kind)
    made.setAccessibleName(name or text)
    made.setMinimumSize(look().px(TARGET), look().px(TARGET))
    made.setAutoDefault(False)
    if kind == "chip":
        made.setMinimumWidth(max(bold_width(text) + 2 * LARGE + 2, look().px(TARGET)))
    if icon:
        colour = look().colours.on_brand if kind == "primary" else None
        quiet: Tone = {"quiet": "brand", "danger": "failed"}.get(kind, tone)  # type: ignore[assignment]
        made.setIcon(icons.icon(icon, quiet, colour=colour))
        side = look().px(20)
        made.setIconSize(QSize(side + (look().px(SMALL) if text else 0), side))
        if not text:
            made.setToolTip(name)
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def chip(text: str, checked: bool = False, on_click: Callable[[], object] | None = None) -> QPushButton:
    """A chip that is switched on and off, in the colour of the brand."""
    made = button(text, "chip", on_click=on_click)
    made.setCheckable(True)
    made.setChecked(checked)
    made.setProperty("tone", "brand")
    return made


class SegmentedButtons(QWidget):
    """A row of joined buttons, one of them chosen: `chosen(value)` when a person picks another.

    Arrow keys move the choice, as in any group of radio buttons.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[Hashable, str]], value: Hashable = None, *, name: str = "", equal: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._values = [one for one, _ in choices]
        for at, (_, text) in enumerate(choices):
            made = button(text, "answer", name=f"{name} {text}".strip())
            made.setCheckable(True)
            made.setProperty("place", _place(at, len(choices)))
            made.setMinimumWidth(max(bold_width(text) + 2 * MEDIUM + 2, look().px(TARGET)))
            if equal:
                made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            self._group.addButton(made, at)
            row.addWidget(made, 1 if equal else 0)
        if not equal:
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_value(value)
        self._group.idClicked.connect(lambda at: self.chosen.emit(self._values[at]))

    def show_value(self, value: Hashable) -> None:
        """Paint `value` as chosen; nothing is emitted."""
        at = self._values.index(value) if value in self._values else -1
        self._group.setExclusive(at >= 0)
        for number, one in enumerate(self._group.buttons()):
            one.setChecked(number == at)

    def show_texts(self, texts: Sequence[str]) -> None:
        """New words on the buttons (counts, say), in order."""
        for one, text in zip(self._group.buttons(), texts, strict=True):
            one.setText(text)
            one.setAccessibleName(text)

    def show_only(self, values: Collection[Hashable]) -> None:
        """Leave out the choices that mean nothing now; the corners stay round at both ends."""
        shown = [one for one, value in zip(self._group.buttons(), self._values, strict=True) if value in values]
        for one in self._group.buttons():
            one.setVisible(one in shown)
        for at, one in enumerate(shown):
            put(one, "place", _place(at, len(shown)))

    @property
    def value(self) -> Hashable:
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def buttons(self) -> list[QPushButton]:
        return [one for one in self._group.buttons() if isinstance(one, QPushButton)]


def bold_width(text: str) -> int:
    """Pixels `text` takes on a chosen button, which is bold: room for it is kept before it is chosen."""
    return QFontMetrics(look().font("body", bold=True)).horizontalAdvance(text)


def _place(at: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if at == 0 else "last" if at == count - 1 else "middle"


def focus_first(buttons: Sequence[QPushButton]) -> None:
    """Give the keyboard to the chosen button of a group, else to its first."""
    for one in buttons:
        if one.isChecked():
            one.setFocus(Qt.FocusReason.OtherFocusReason)
            return
    if buttons:
        buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
