"""A form made from a table: groups of rows of fields, each bound to a key of the node it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.words import tr
from checklists.tree import Path, with_value
from ui.editor.fields import Captioned
from ui.editor.group_heading import GroupHeading
from ui.editor.surroundings import Surroundings
from ui.look.style import MEDIUM, SMALL
from ui.widgets.panels import line

Maker = Callable[[str, Surroundings], Any]
"""(name for a screen reader, the rest of the checklist) → a field."""


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: the key it stands for (`evidence.photo`; "" is the whole node, changed in several keys at once)."""

    key: str
    make: Maker
    kinds: frozenset[str] | None = None
    """The kinds of item it is for; None is all."""
    stretch: int = 1
    word: str = ""
    """The caption's name in the catalogue, where it is not the key."""

    @property
    def path(self) -> Path:
        return tuple(self.key.split(".")) if self.key else ()


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of fields; a group with a name has a heading that folds it away."""

    rows: tuple[tuple[Spec, ...], ...]
    name: str = ""
    opened: bool = False


class Form(QWidget):
    """`show_value(node)` in, `edited({path: value})` out: all changes of one gesture. A folded group is not built."""

    edited = Signal(object)

    def __init__(self, owner: str, groups: tuple[Group, ...], around: Surroundings) -> None:
        super().__init__()
        self.owner, self.around = owner, around
        self.raw: dict[str, Any] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(MEDIUM)
        self.parts = [_GroupView(self, group) for group in groups]
        for part in self.parts:
            self._column.addWidget(part)

    def show_value(self, raw: object) -> None:
        self.raw = raw if isinstance(raw, dict) else {}
        for part in self.parts:
            part.show_node()

    def field(self, key: str) -> Any:
        """The field of a key; its group is opened for it. None where there is none."""
        for part in self.parts:
            if any(spec.key == key for spec in part.specs):
                part.open()
                return part.fields[key]
        return None

    def flush(self) -> None:
        for part in self.parts:
            for field in list(part.fields.values()):
                field.flush()

    def take_focus(self) -> None:
        for part in self.parts:
            for field in part.fields.values():
                field.take_focus()
                return

    def say(self, changes: Mapping[Path, Any]) -> None:
        """Something was edited: painted here at once, then told."""
        for path, value in changes.items():
            self.raw = with_value(self.raw, path, value)
        self.edited.emit(dict(changes))


class _GroupView(QWidget):
    """The rows of one group under their heading."""

    def __init__(self, form: Form, group: Group) -> None:
        super().__init__()
        self._form, self._group = form, group
        self.specs = [spec for row in group.rows for spec in row]
        self.fields: dict[str, Any] = {}
        self._shown: list[tuple[QWidget, list[tuple[Spec, QWidget]]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        self._inside = QWidget()
        self._rows = QVBoxLayout(self._inside)
        self._rows.setContentsMargins(0, 0, 0, SMALL if group.name else 0)
        self._rows.setSpacing(MEDIUM)
        self.heading: GroupHeading | None = None
        if group.name:
            column.addWidget(line())
            self.heading = GroupHeading(self._on_heading)
            column.addWidget(self.heading)
        column.addWidget(self._inside)
        self._inside.setVisible(not group.name or group.opened)
        if not group.name or group.opened:
            self._build()

    @property
    def is_open(self) -> bool:
        return not self._inside.isHidden()

    def open(self) -> None:
        if not self.is_open:
            self._on_heading()

    def show_node(self) -> None:
        kind, raw = self._form.around.kind, self._form.raw
        wanted = [spec for spec in self.specs if spec.kinds is None or kind in spec.kinds]
        self.setVisible(bool(wanted))
        if self.heading is not None:
            said = sum(_value(raw, spec.path) not in (None, {}, []) for spec in wanted if spec.key not in ("", "id"))
            words = tr(f"editor.group.{self._group.name}")
            filled = tr("editor.group_filled", name=words, count=said) if said else words
            self.heading.show_words(filled, opened=self.is_open)
        for row, members in self._shown:
            for spec, holder in members:
                holder.setVisible(spec in wanted)
            row.setVisible(any(spec in wanted for spec, _ in members))
        for spec in self.specs:
            field = self.fields.get(spec.key)
            if field is not None and spec in wanted:
                field.show_value(raw if not spec.key else _value(raw, spec.path))

    def _on_heading(self) -> None:
        opening = not self.is_open
        if opening and not self.fields:
            self._build()
        self._inside.setVisible(opening)
        self.show_node()

    def _build(self) -> None:
        for row in self._group.rows:
            holder = QWidget()
            across = QHBoxLayout(holder)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(MEDIUM)
            members = []
            for spec in row:
                made = self._make(spec)
                across.addWidget(made, spec.stretch, Qt.AlignmentFlag.AlignTop if len(row) > 1 else _NOWHERE)
                members.append((spec, made))
            self._rows.addWidget(holder)
            self._shown.append((holder, members))

    def _make(self, spec: Spec) -> QWidget:
        key = f"editor.{self._form.owner}.{spec.word or spec.key}"
        name = tr(key, default="")
        field = spec.make(name, self._form.around)
        self.fields[spec.key] = field
        if spec.key:
            field.edited.connect(lambda value, path=spec.path: self._form.say({path: value}))
        else:
            field.edited.connect(self._form.say)
        captioned = not getattr(field, "says_its_name", False)
        return Captioned(name if captioned else "", field, tr(f"{key}.hint", default=""))


_NOWHERE = Qt.AlignmentFlag(0)


def _value(raw: Any, path: Path) -> Any:
    for step in path:
        raw = raw.get(step) if isinstance(raw, dict) else None
    return raw
