"""Buttons: one maker for every look, and a row of buttons of which one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QPushButton, QSizePolicy, QWidget

from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, TIGHT, Tone, look, put

ButtonLook = Literal["primary", "plain", "quiet", "chip", "danger", "answer", "icon", "row", "tile"]


class _Button(QPushButton):
    """At least a target in size, and never narrower than its words: a minimum that is set would hide what it needs."""

    def sizeHint(self) -> QSize:
        least = look().px(TARGET)
        return super().sizeHint().expandedTo(QSize(least, least))


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
    made = _Button(text.replace("&", "&&"))
    made.setProperty("look", kind)
    made.setAccessibleName(name or text)
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

    Arrow keys move the choice, as in any group of radio buttons. Where there is no room for one row, several as long
    as each other; `equal` buttons share the whole width.
    """

    chosen = Signal(object)

    def __init__(
        self, choices: Sequence[tuple[Hashable, str]], value: Hashable = None, *, name: str = "", equal: bool = False
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._equal = equal
        self._group = QButtonGroup(self)
        self._values = [one for one, _ in choices]
        for at, (_, text) in enumerate(choices):
            made = button(text, "answer", name=f"{name} {text}".strip())
            made.setCheckable(True)
            made.setProperty("place", _place(at, len(choices)))
            made.setParent(self)
            made.setMinimumWidth(max(bold_width(text) + 2 * MEDIUM + 2, look().px(TARGET)))
            self._group.addButton(made, at)
        across = QSizePolicy.Policy.Expanding if equal else QSizePolicy.Policy.Maximum
        policy = QSizePolicy(across, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
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
        others = [pair for pair in zip(self._group.buttons(), texts, strict=True) if pair[0].text() != pair[1]]
        for one, text in others:
            one.setText(text)
            one.setAccessibleName(text)
            one.setMinimumWidth(max(bold_width(text) + 2 * MEDIUM + 2, look().px(TARGET)))
        if others:
            self._lay()

    def show_only(self, values: Collection[Hashable]) -> None:
        """Leave out the choices that mean nothing now; the corners stay round at both ends."""
        pairs = list(zip(self._group.buttons(), self._values, strict=True))
        others = [one for one, value in pairs if one.isHidden() == (value in values)]
        for one in others:
            one.setVisible(one.isHidden())
        if others:
            self._lay()

    def offers(self, value: Hashable) -> bool:
        """Whether a choice is not left out now."""
        return not self._group.button(self._values.index(value)).isHidden()

    @property
    def value(self) -> Hashable:
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def buttons(self) -> list[QPushButton]:
        return [one for one in self._group.buttons() if isinstance(one, QPushButton)]

    # --- where they stand

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width))
        return lines * self._tall() + (lines - 1) * TIGHT

    def sizeHint(self) -> QSize:
        return QSize(sum(one.minimumWidth() for one in self._shown()), self._tall())

    def minimumSizeHint(self) -> QSize:
        widest = max((one.minimumWidth() for one in self._shown()), default=0)
        return QSize(widest, self.heightForWidth(max(self.width(), widest)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._lay()
        return super().event(event)

    def _shown(self) -> list[QPushButton]:
        return [one for one in self.buttons() if not one.isHidden()]

    def _tall(self) -> int:
        return max((one.sizeHint().height() for one in self._shown()), default=look().px(TARGET))

    def _lines(self, width: int) -> list[list[QPushButton]]:
        shown = self._shown()
        widest = max((one.minimumWidth() for one in shown), default=0)
        for count in range(1, len(shown) + 1):
            each = -(-len(shown) // count)
            needed = sum(one.minimumWidth() for one in shown) if count == 1 and not self._equal else each * widest
            if needed <= width or each == 1:
                return [shown[at : at + each] for at in range(0, len(shown), each)]
        return []

    def _lay(self) -> None:
        tall, lines = self._tall(), self._lines(self.width())
        alike = self._equal or len(lines) > 1
        top = max(0, (self.height() - self.heightForWidth(self.width())) // 2)
        for number, line in enumerate(lines):
            room = max(self.width(), 1) if self._equal else min(self.width(), len(lines[0]) * max(map(_least, line)))
            at = 0
            for place, one in enumerate(line):
                end = (place + 1) * room // len(lines[0]) if alike else at + one.minimumWidth()
                one.setGeometry(at, top + number * (tall + TIGHT), end - at, tall)
                put(one, "place", _place(place, len(line)))
                at = end
        self.updateGeometry()


def _least(one: QPushButton) -> int:
    return one.minimumWidth()


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
