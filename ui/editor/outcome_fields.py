"""What an answer is worth and what it entails: points, limits, critical effects, items lost, a condition."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, get_args

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.checklist.parts import EffectName
from auditor.figures import plain
from auditor.words import tr
from ui.editor.fields import ChipsField, ChoiceField, LineField, words_of
from ui.editor.surroundings import Surroundings
from ui.look.style import SMALL
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label

EFFECTS: tuple[str, ...] = get_args(EffectName)


def as_percent(share: str) -> str:
    """`0.5` → `50`; what is no number stays as it was typed."""
    return _times(share, Decimal(100))


def as_share(percent: str) -> str:
    """`50` → `0.5`."""
    return _times(percent.rstrip("%％ "), Decimal("0.01"))


def _times(text: str, factor: Decimal) -> str:
    try:
        return plain(Decimal(text) * factor)
    except (InvalidOperation, ValueError):
        return text


class WorthField(QWidget):
    """Full points, a share of them, or points off: `edited({path: value})` says both keys at once."""

    edited = Signal(object)
    says_its_name = True

    def __init__(self, name: str, _around: Surroundings) -> None:
        super().__init__()
        self._mode = "full"
        modes = [(one, tr(f"editor.worth.{one}")) for one in ("full", "share", "deduct")]
        self.mode = ChoiceField(name, modes)
        self.mode.fit()
        self.figure = LineField(tr("editor.worth.figure"), width=76)
        self.unit = label("", "body", "quiet")
        self.mode.edited.connect(self._on_mode)
        self.figure.edited.connect(self._on_figure)
        row = _row(self)
        row.addWidget(self.mode, 1)
        row.addWidget(self.figure)
        row.addWidget(self.unit)

    def show_value(self, raw: object) -> None:
        node = raw if isinstance(raw, dict) else {}
        self._mode = "deduct" if "deduct" in node else "share" if "share" in node else "full"
        self.mode.show_value(self._mode)
        said = words_of(node.get(self._mode))
        self.figure.show_value(as_percent(said) if self._mode == "share" else said)
        self.figure.setVisible(self._mode != "full")
        self.unit.setVisible(self._mode != "full")
        self.unit.setText(tr(f"editor.worth.{self._mode}_unit"))

    def flush(self) -> None:
        self.figure.flush()

    def take_focus(self) -> None:
        self.mode.take_focus()

    def _on_mode(self, mode: str) -> None:
        said = {"full": (None, None), "share": ("0", None), "deduct": (None, "1")}[mode]
        self.edited.emit({("share",): said[0], ("deduct",): said[1]})

    def _on_figure(self, text: str | None) -> None:
        figure = text or "0"
        self.edited.emit({(self._mode,): as_share(figure) if self._mode == "share" else figure})


class LimitField(QWidget):
    """Where a band ends: at a figure, or nowhere (`else`)."""

    edited = Signal(object)
    says_its_name = True

    def __init__(self, name: str, _around: Surroundings) -> None:
        super().__init__()
        self.mode = ChoiceField(name, [(one, tr(f"editor.limit.{one}")) for one in ("up_to", "else")])
        self.mode.fit()
        self.figure = LineField(tr("editor.limit.figure"), width=110)
        self.mode.edited.connect(self._on_mode)
        self.figure.edited.connect(lambda text: self.edited.emit({("up_to",): text or "0"}))
        row = _row(self)
        row.addWidget(self.mode)
        row.addWidget(self.figure)
        row.addStretch(1)

    def show_value(self, raw: object) -> None:
        node = raw if isinstance(raw, dict) else {}
        last = "else" in node
        self.mode.show_value("else" if last else "up_to")
        self.figure.setVisible(not last)
        self.figure.show_value(node.get("up_to"))

    def flush(self) -> None:
        self.figure.flush()

    def take_focus(self) -> None:
        self.mode.take_focus()

    def _on_mode(self, mode: str) -> None:
        last = mode == "else"
        self.edited.emit({("up_to",): None if last else "0", ("else",): "true" if last else None})


class EffectsField(QWidget):
    """Critical effects as chips; a cap has a figure."""

    edited = Signal(object)

    def __init__(self, name: str, _around: Surroundings) -> None:
        super().__init__()
        self._raw: list[Any] = []
        self.chips = ChipsField(name, [(one, tr(f"common.effect.{one}")) for one in EFFECTS])
        self.cap = LineField(tr("editor.effect.cap_at"), placeholder="59.9", width=110)
        self._cap_row = QWidget()
        row = _row(self._cap_row)
        row.addWidget(label(tr("editor.effect.cap_at"), "body", "quiet"))
        row.addWidget(self.cap)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.chips)
        column.addWidget(self._cap_row)
        self.chips.edited.connect(self._on_chips)
        self.cap.edited.connect(self._on_cap)

    def show_value(self, raw: object) -> None:
        self._raw = raw if isinstance(raw, list) else []
        names = [_name(one) for one in self._raw]
        self.chips.show_value(names)
        self._cap_row.setVisible("cap" in names)
        self.cap.show_value(next((_cap(one) for one in self._raw if _name(one) == "cap"), ""))

    def flush(self) -> None:
        self.cap.flush()

    def take_focus(self) -> None:
        self.chips.take_focus()

    def _on_chips(self, names: list[str] | None) -> None:
        known = {_name(one): one for one in self._raw}
        self.edited.emit([known.get(one, {"cap": "59.9"} if one == "cap" else one) for one in names or []] or None)

    def _on_cap(self, figure: str | None) -> None:
        self.edited.emit([{"cap": figure or "0"} if _name(one) == "cap" else one for one in self._raw])


def _name(effect: Any) -> str:
    if isinstance(effect, dict):
        return "cap" if "cap" in effect else words_of(effect.get("name"))
    return words_of(effect)


def _cap(effect: Any) -> str:
    return words_of(effect.get("cap", effect.get("at"))) if isinstance(effect, dict) else ""


class RefsField(QWidget):
    """Things by name (连带扣分, or faults a fault replaces): taken out by their chip, put in from a list."""

    edited = Signal(object)

    def __init__(self, name: str, choices: Callable[[], list[tuple[str, str]]]) -> None:
        super().__init__()
        self._name, self._choices = name, choices
        self._raw: list[str] = []
        self.chips = Flow()
        self.adding = ChoiceField(name, [])
        self.adding.edited.connect(self._on_add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.chips)
        column.addWidget(self.adding)

    def show_value(self, raw: object) -> None:
        self._raw = [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else []
        known = dict(self._choices())
        self.chips.clear()
        self.chips.setVisible(bool(self._raw))
        for id in self._raw:
            words = known.get(id, id)
            name = tr("editor.take_out", name=words)
            self.chips.addWidget(button(words, "chip", icon="cross", name=name, on_click=partial(self._drop, id)))
        left = [(id, words) for id, words in known.items() if id not in self._raw]
        self.adding.show_choices([("", tr("editor.choose")), *left])
        self.adding.show_value("")

    def flush(self) -> None:
        """Nothing is typed here."""

    def take_focus(self) -> None:
        self.adding.take_focus()

    def _on_add(self, id: str | None) -> None:
        if id:
            self._later([*self._raw, id])

    def _drop(self, id: str) -> None:
        self._later([one for one in self._raw if one != id] or None)

    def _later(self, raw: list[str] | None) -> None:
        """The chip that was tapped goes; it must have finished telling of its tap."""
        QTimer.singleShot(0, self, lambda: self.edited.emit(raw))


class TargetField(ChoiceField):
    """One later item or section to go on with, or none."""

    def __init__(self, name: str, around: Surroundings) -> None:
        self._around = around
        super().__init__(name, [("", tr("editor.nowhere"))])

    def show_value(self, raw: object) -> None:
        self._shown = words_of(raw)
        choices = [("", tr("editor.nowhere")), *self._around.others()]
        if choices != getattr(self, "_offered", None):
            self._offered = choices
            self.show_choices(choices)
            return
        super().show_value(raw)


def _row(owner: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(owner)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SMALL)
    return row
