"""One person and one day for every loss that is not put right yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit

from auditor.words import tr
from ui.corrective.day_field import DEADLINES, DayField
from ui.look.style import LARGE, TARGET, TIGHT, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card


class BulkPanel(Card):
    """`wanted(owner, due)`; what is left empty stays as it is."""

    wanted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("well")
        self.owner = QLineEdit()
        self.owner.setAccessibleName(tr("corrective.all_owner"))
        self.owner.setPlaceholderText(tr("corrective.hint.owner"))
        self.owner.setMinimumHeight(look().px(TARGET))
        self.due = DayField(tr("corrective.all_due"), DEADLINES)
        self.set = button(tr("corrective.set_all"), "primary", on_click=self._on_set)
        self.set.setEnabled(False)
        self.owner.textChanged.connect(lambda _: self._follow())
        self.due.box.field.textChanged.connect(lambda _: self._follow())
        grid = QGridLayout()
        grid.setHorizontalSpacing(LARGE)
        grid.setVerticalSpacing(TIGHT)
        for at, (name, field) in enumerate((("all_owner", self.owner), ("all_due", self.due))):
            grid.addWidget(label(tr(f"corrective.{name}"), "quiet"), 2 * at, 0)
            grid.addWidget(field, 2 * at + 1, 0)
        self.column.addLayout(grid)
        note = label(tr("corrective.all_note"), "quiet", wrap=True)
        self.column.addWidget(Flow(note, self.set, growing=note))

    def _follow(self) -> None:
        self.set.setEnabled(bool(self.owner.text().strip() or self.due.day))

    def _on_set(self) -> None:
        self.wanted.emit(self.owner.text().strip(), self.due.day)
