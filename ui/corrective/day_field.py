"""A day: typed, picked from a calendar, put in as today, or so many days from now at one tap."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.errors import AuditorError
from auditor.kinds import KINDS
from auditor.words import tr
from ui.controls.fields import StampBox
from ui.look.style import SMALL
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label

DEADLINES = (3, 7, 15, 30)
"""Days that are usually given."""


class DayField(QWidget):
    """`show_day` in; `changed` carries an ISO day, or "". What is no day is said below the field and not saved."""

    changed = Signal(str)

    def __init__(self, name: str, deadlines: Sequence[int] = ()) -> None:
        super().__init__()
        self._item = Item.model_validate({"id": "day", "kind": "date", "text": name})
        self.box = StampBox(self._item)
        self.box.stamp.setVisible(not deadlines)
        self.box.answered.connect(self._on_answered)
        self.wrong = label("", "small", "failed", wrap=True)
        self.wrong.hide()
        self.chips = [
            button(
                tr("corrective.days", n=days),
                "chip",
                name=f"{name} {tr('corrective.days', n=days)}",
                on_click=partial(self._after, days),
            )
            for days in deadlines
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(self.box)
        if self.chips:
            column.addWidget(Flow(*self.chips))
        column.addWidget(self.wrong)

    @property
    def day(self) -> str:
        """As typed, where it is a day; else ""."""
        try:
            return str(KINDS["date"].accept(self._item, self.box.field.text().strip() or None) or "")
        except AuditorError:
            return ""

    def show_day(self, day: str) -> None:
        self.wrong.hide()
        self.box.show_answer(Answer(value=day or None))

    def show_read_only(self, read_only: bool) -> None:
        self.box.setEnabled(not read_only)
        for chip in self.chips:
            chip.setVisible(not read_only)

    def flush(self) -> None:
        self.box.flush()

    def _after(self, days: int) -> None:
        day = (date.today() + timedelta(days=days)).isoformat()
        self.box.field.setText(day)
        self._on_answered(day)

    def _on_answered(self, raw: object) -> None:
        try:
            day = str(KINDS["date"].accept(self._item, raw) or "")
        except AuditorError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        self.wrong.hide()
        self.changed.emit(day)
