"""The head of one instance of a repeating section: window, staff number, time; and taking it away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from auditor.audit import Answer
from auditor.checklist.model import Repeat
from auditor.words import tr
from ui.controls.text_commit import TextCommit
from ui.look.style import look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.panels import Card


class InstanceCard(Card):
    """`show_answer` in; `answered(field id, text)`, `removed` and `added` out."""

    answered = Signal(str, object)
    removed = Signal()
    added = Signal()
    """One more of its kind is wanted."""

    def __init__(self, repeat: Repeat, name: str, *, removable: bool, more: str = "") -> None:
        """`more` is the name of the instance that may be added, "" where none may."""
        super().__init__()
        self._typing: dict[str, TextCommit] = {}
        self.fields: dict[str, QLineEdit] = {}
        flow = Flow()
        for one in repeat.header:
            field = QLineEdit()
            field.setPlaceholderText(str(one.text))
            field.setToolTip(str(one.text))
            field.setAccessibleName(f"{name} {one.text}")
            field.setMinimumWidth(look().px(150))
            self.fields[one.id] = field
            self._typing[one.id] = typing = TextCommit(field)
            typing.committed.connect(partial(self._on_text, one.id))
            flow.addWidget(field)
        self.remove = button(tr("capture.remove_instance", name=name), "danger", on_click=self.removed.emit)
        self.remove.setVisible(removable)
        flow.addWidget(self.remove)
        words = tr("capture.add_instance", title=more)
        self.add = button(words, "quiet", icon="plus", on_click=self.added.emit)
        self.add.setVisible(bool(more))
        flow.addWidget(self.add)
        self.column.addWidget(flow)

    def _on_text(self, field: str, text: str) -> None:
        self.answered.emit(field, text)

    def show_answer(self, field: str, answer: Answer) -> None:
        if field in self._typing:
            self._typing[field].show(str(answer.value or ""))

    def show_read_only(self, read_only: bool) -> None:
        for field in self.fields.values():
            field.setReadOnly(read_only)
        self.remove.setEnabled(not read_only)

    def flush(self) -> None:
        for typing in self._typing.values():
            typing.flush()
