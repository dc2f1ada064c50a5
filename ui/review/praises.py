"""Who is praised by name, one line each, on the review page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Praise
from auditor.words import tr
from ui.controls.text_commit import TextCommit
from ui.look.style import SMALL, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row


class _Line(QWidget):
    """One praise; its two fields commit by themselves."""

    changed = Signal()

    def __init__(self, number: int, *, read_only: bool) -> None:
        super().__init__()
        self.person, self.text = QLineEdit(), QLineEdit()
        self.typing: list[TextCommit] = []
        for field, name in ((self.person, "person"), (self.text, "text")):
            field.setPlaceholderText(tr(f"praise.{name}"))
            field.setAccessibleName(f"{tr('praise.title')} {number} {tr(f'praise.{name}')}")
            field.setReadOnly(read_only)
            typing = TextCommit(field)
            typing.committed.connect(lambda _: self.changed.emit())
            self.typing.append(typing)
        self.person.setFixedWidth(look().px(170))
        name = tr("praise.remove", n=number)
        self.remove = button("", "icon", icon="trash", name=name)
        self.remove.setVisible(not read_only)
        self.setLayout(row(Flow(self.person, self.text, self.remove, growing=self.text)))

    @property
    def praise(self) -> Praise:
        return Praise(self.person.text().strip(), self.text.text().strip())


class PraisesCard(Card):
    """`show_praises` in; `changed` carries all that name somebody."""

    changed = Signal(object)

    def __init__(self, praises: Sequence[Praise], *, read_only: bool) -> None:
        super().__init__(spacing=SMALL)
        self._read_only = read_only
        self.lines: list[_Line] = []
        self.column.addWidget(label(tr("praise.title"), "strong"))
        self.column.addWidget(label(tr("praise.note"), "quiet", wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(SMALL)
        self.column.addLayout(self._list)
        self.add = button(tr("praise.add"), "quiet", icon="plus", on_click=self._add_empty)
        self.add.setVisible(not read_only)
        self.column.addLayout(row(self.add, 1))
        self.show_praises(praises)

    def show_praises(self, praises: Sequence[Praise]) -> None:
        """Paint what was saved; lines that name nobody yet stay behind it."""
        unnamed = [one.praise for one in self.lines if not one.praise.person]
        wanted = [*praises, *unnamed]
        while len(self.lines) > len(wanted):
            gone = self.lines.pop()
            self._list.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.lines) < len(wanted):
            self._add_line()
        for line, praise in zip(self.lines, wanted, strict=True):
            line.typing[0].show(praise.person)
            line.typing[1].show(praise.text)

    def flush(self) -> None:
        for line in self.lines:
            for typing in line.typing:
                typing.flush()

    def _add_line(self) -> _Line:
        made = _Line(len(self.lines) + 1, read_only=self._read_only)
        made.changed.connect(self._say)
        made.remove.clicked.connect(partial(self._remove, made))
        self.lines.append(made)
        self._list.addWidget(made)
        return made

    def _add_empty(self) -> None:
        self._add_line().person.setFocus()

    def _remove(self, line: _Line, _checked: bool = False) -> None:
        self.lines.remove(line)
        self._list.removeWidget(line)
        line.hide()
        line.deleteLater()
        self._say()

    def _say(self) -> None:
        self.changed.emit(tuple(one.praise for one in self.lines if one.praise.person))
