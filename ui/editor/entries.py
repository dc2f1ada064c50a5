"""Lists inside a form: the options of an item, bands, usual faults, grades; and a part that is a small form itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.words import tr
from checklists.tree import Path, with_value
from ui.editor.fields import CheckField, PairField
from ui.editor.form import Form, Group, Spec
from ui.editor.surroundings import Surroundings
from ui.look.style import MEDIUM, SMALL
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.panels import Card, row

_NOWHERE = Qt.AlignmentFlag(0)

New = Callable[[list[Any], Surroundings], tuple[int, Any]]
"""(entries, around) → where one more goes and what it says."""


@dataclass(frozen=True, slots=True)
class EntryKind:
    """What the entries of one list are: `owner` names their words, `inside` the list for the order of keys."""

    owner: str
    inside: str
    new: New
    basic: tuple[Group, ...] = ()
    """Empty: the entry is a text in two languages, nothing else."""
    inline: tuple[Spec, ...] = ()
    """Fields on the line of the entry's buttons."""
    more: tuple[Group, ...] = ()
    most: int = 99


class EntryList(QWidget):
    """The entries under each other, each with its buttons, and one to add. `edited` carries the whole list."""

    edited = Signal(object)

    def __init__(self, name: str, kind: EntryKind, around: Surroundings) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name, self._kind, self._around = name, kind, around
        self._raw: list[Any] = []
        self.entries: list[Entry] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        self._place = QVBoxLayout()
        self._place.setSpacing(SMALL)
        column.addLayout(self._place)
        words = tr(f"editor.add.{kind.owner}")
        self.add = button(words, "quiet", icon="plus", name=f"{name} {words}", on_click=self._on_add)
        line = QHBoxLayout()
        line.addWidget(self.add)
        line.addStretch(1)
        column.addLayout(line)

    def show_value(self, raw: object) -> None:
        self._raw = list(raw) if isinstance(raw, list) else []
        while len(self.entries) > len(self._raw):
            gone = self.entries.pop()
            gone.hide()
            gone.deleteLater()
        while len(self.entries) < len(self._raw):
            self._grow()
        for n, (entry, value) in enumerate(zip(self.entries, self._raw, strict=True)):
            entry.show_value(value, n, len(self._raw))
        self.add.setEnabled(len(self._raw) < self._kind.most)

    def flush(self) -> None:
        for entry in list(self.entries):
            entry.flush()

    def take_focus(self) -> None:
        (self.entries[0] if self.entries else self.add).setFocus()

    def reveal(self, inner: Path) -> None:
        """Give the keyboard to an entry, or to the field of it that a path leads to."""
        number = inner[0]
        if not isinstance(number, int) or not 0 <= number < len(self.entries):
            self.take_focus()
            return
        entry = self.entries[number]
        field = entry.field(str(inner[1])) if len(inner) > 1 else None
        (field or entry).take_focus()

    def _grow(self) -> None:
        number = len(self.entries)
        made = Entry(self._name, self._kind, self._around)
        made.changed.connect(lambda value: self._replace(number, value))
        made.raised.connect(lambda: self._move(number, number - 1))
        made.lowered.connect(lambda: self._move(number, number + 1))
        made.removed.connect(lambda: self._remove(number))
        self.entries.append(made)
        self._place.addWidget(made)

    def _on_add(self) -> None:
        self.flush()
        at, value = self._kind.new(self._raw, self._around)
        self._say([*self._raw[:at], value, *self._raw[at:]])
        self.entries[at].take_focus()

    def _replace(self, number: int, value: Any) -> None:
        self._say([value if n == number else one for n, one in enumerate(self._raw)])

    def _remove(self, number: int) -> None:
        self._say([one for n, one in enumerate(self._raw) if n != number])
        (self.entries[min(number, len(self.entries) - 1)].delete if self.entries else self.add).setFocus()

    def _move(self, number: int, to: int) -> None:
        self.flush()
        entries = list(self._raw)
        entries.insert(to, entries.pop(number))
        self._say(entries)
        entry = self.entries[to]
        wanted = entry.up if to < number else entry.down
        (wanted if wanted.isEnabled() else entry.delete).setFocus()

    def _say(self, entries: list[Any]) -> None:
        self.show_value(entries)
        self.edited.emit(entries or None)


class Entry(Card):
    """One entry: its text, its line of fields and buttons, and more on demand."""

    changed = Signal(object)
    raised, lowered, removed = Signal(), Signal(), Signal()

    def __init__(self, name: str, kind: EntryKind, around: Surroundings) -> None:
        super().__init__("well", margin=MEDIUM, spacing=SMALL)
        self._kind, self._around, self._name = kind, around, name
        self._raw: Any = None
        self._forms: list[Form] = []
        self.text: PairField | None = None
        top, line = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(SMALL)
        line.setSpacing(SMALL)
        self.more = self._icon("more", "more", self._on_more)
        self.up = self._icon("chevron-up", "raise", self.raised.emit)
        self.down = self._icon("chevron-down", "lower", self.lowered.emit)
        self.delete = self._icon("trash", "remove", self.removed.emit)
        if kind.basic:
            top.addWidget(self._form(kind.basic), 1)
            top.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
            self.column.addLayout(top)
        else:
            self.text = PairField(name)
            self.text.edited.connect(self._on_text)
            line.addWidget(self.text, 1)
        inline = [self._form((Group((kind.inline,)),))] if kind.inline else []
        short = bool(kind.basic) and not kind.inline
        if kind.basic and kind.inline:
            buttons, gap = QWidget(), QWidget()
            buttons.setLayout(row(self.up, self.down, self.delete))
            line.addWidget(Flow(*inline, gap, buttons, growing=gap))
        else:
            edge = Qt.AlignmentFlag.AlignTop if short else Qt.AlignmentFlag.AlignBottom
            for one in (*inline, self.up, self.down, self.delete):
                (top if short else line).addWidget(one, 0, _NOWHERE if one in inline else edge)
        self.more.setVisible(bool(kind.more))
        self.more.setCheckable(True)
        if not short:
            self.column.addLayout(line)

    def show_value(self, raw: Any, number: int, count: int) -> None:
        self._raw = raw
        if self.text is not None:
            self.text.show_value(raw)
        for form in self._forms:
            form.show_value(raw)
        self.up.setEnabled(number > 0)
        self.down.setEnabled(number < count - 1)
        for one, words in ((self.more, "more"), (self.up, "raise"), (self.down, "lower"), (self.delete, "remove")):
            one.setAccessibleName(f"{self._name} {number + 1} {tr(f'editor.entry.{words}')}")
        self._name_fields(number)

    def _name_fields(self, number: int) -> None:
        """A screen reader tells the fields of one entry from those of the next; entries within name their own."""
        buttons = (self.more, self.up, self.down, self.delete)
        for one in self.findChildren(QWidget):
            owner, said = one.property("entry"), one.property("said") or one.accessibleName()
            if said and one not in buttons and owner in (None, self._name):
                one.setProperty("entry", self._name)
                one.setProperty("said", said)
                one.setAccessibleName(f"{self._name} {number + 1} {said}")

    def flush(self) -> None:
        if self.text is not None:
            self.text.flush()
        for form in self._forms:
            form.flush()

    def take_focus(self) -> None:
        if self.text is not None:
            self.text.take_focus()
        elif self._forms:
            self._forms[0].take_focus()

    def field(self, key: str) -> Any:
        """The field of a key, shown if it was folded away."""
        self.show_more()
        return next((found for form in self._forms if (found := form.field(key)) is not None), None)

    def show_more(self) -> None:
        if self._kind.more and not self.more.isChecked():
            self.more.click()

    def _form(self, groups: tuple[Group, ...]) -> Form:
        form = Form(self._kind.owner, groups, self._around)
        form.edited.connect(self._on_edited)
        self._forms.append(form)
        return form

    def _icon(self, icon: str, words: str, act: Callable[[], object]) -> Any:
        return button("", "icon", icon=icon, tone="quiet", name=tr(f"editor.entry.{words}"), on_click=act)

    def _on_more(self) -> None:
        known = 1 if self._kind.basic else 0
        known += 1 if self._kind.inline else 0
        if len(self._forms) == known:
            form = self._form(self._kind.more)
            self.column.addWidget(form)
            form.show_value(self._raw)
        self._forms[-1].setVisible(self.more.isChecked())

    def _on_edited(self, changes: dict[Any, Any]) -> None:
        raw = self._raw if isinstance(self._raw, dict) else {}
        for path, value in changes.items():
            raw = with_value(raw, path, value, self._kind.inside)
        self._on_text(raw)

    def _on_text(self, raw: Any) -> None:
        self._raw = raw
        self.changed.emit(raw if raw is not None else "")


Switch = tuple[str, dict[str, str]]
"""(the tick's words, what the part says when it is ticked)."""


class PartField(QWidget):
    """A value that is a small mapping: a clause, how a section repeats. A switch makes it and drops it."""

    edited = Signal(object)

    def __init__(
        self,
        owner: str,
        groups: tuple[Group, ...],
        around: Surroundings,
        normal: Callable[[object], object] = lambda raw: raw,
        switch: Switch | None = None,
    ) -> None:
        super().__init__()
        self._normal = normal
        self.form = Form(owner, groups, around)
        self.form.edited.connect(lambda _: self.edited.emit(self.form.raw or None))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.switch = CheckField(tr(f"editor.{owner}.{switch[0]}")) if switch else None
        if self.switch is not None and switch is not None:
            self.switch.edited.connect(lambda on: self.edited.emit(dict(switch[1]) if on else None))
            column.addWidget(self.switch)
        column.addWidget(self.form)

    def show_value(self, raw: object) -> None:
        if self.switch is not None:
            self.switch.show_value("true" if raw is not None else "false")
            self.form.setVisible(raw is not None)
        self.form.show_value(self._normal(raw))

    def flush(self) -> None:
        self.form.flush()

    def take_focus(self) -> None:
        (self.switch or self.form).take_focus()
