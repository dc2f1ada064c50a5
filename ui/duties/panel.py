"""Sharing out the sections of a self-inspection (分工): names typed once, then one tap for each section."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from auditor.checklist.model import Checklist
from auditor.duties import shareable
from auditor.errors import AuditorError
from auditor.numbering import numbering
from auditor.text import clean_text
from auditor.words import tr
from ui.duties.sharing import Sharing
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, label
from ui.widgets.panels import row, scrolling

WIDTH = 360
LONGEST = 40
"""Characters of a name."""


class DutiesPanel(QFrame):
    """A field for names, and below it each section with a chip for everybody; `closed`."""

    closed = Signal()
    failed = Signal(object)

    def __init__(self, sharing: Sharing, checklist: Checklist) -> None:
        super().__init__()
        self._sharing = sharing
        wanted, numbers = set(shareable(checklist)), numbering(checklist)
        self._titles = {one.id: f"{numbers[one.id]} {one.title}" for one, _ in checklist.walk() if one.id in wanted}
        self._named: list[str] = []
        self.setProperty("panel", "rail")
        self.setProperty("side", "right")
        self.setAccessibleName(tr("duties.title"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("duties.name"))
        self.name.setAccessibleName(tr("duties.name"))
        self.name.setMaxLength(LONGEST)
        self.name.setMinimumHeight(look().px(TARGET))
        self.name.returnPressed.connect(self._on_add)
        self.add = button(tr("duties.add"), on_click=self._on_add)
        self._inside = QWidget()
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(LARGE, SMALL, LARGE, LARGE)
        self._list.setSpacing(LARGE)
        self._build()
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), look().px(WIDTH))

    @property
    def people(self) -> list[str]:
        """Who can be given a section: everybody who has one, and who was named here."""
        return list(dict.fromkeys((*self._named, *self._sharing.people)))

    def refresh(self) -> None:
        """Paint who has what now."""
        while (held := self._list.takeAt(0)) is not None:
            if (old := held.widget()) is not None:
                old.hide()
                old.deleteLater()
        for id_, title in self._titles.items():
            self._list.addWidget(self._section(id_, title))
        self._list.addStretch(1)

    def _build(self) -> None:
        close = button("", "icon", icon="cross", name=tr("capture.close"), on_click=self.closed.emit)
        head = row(label(tr("duties.title"), "strong"), 1, close)
        head.setContentsMargins(LARGE, 0, SMALL, 0)
        note = label(tr("duties.note"), "quiet", wrap=True)
        note.setContentsMargins(LARGE, 0, LARGE, SMALL)
        typed = row(self.name, self.add)
        typed.setStretch(0, 1)
        typed.setContentsMargins(LARGE, 0, LARGE, SMALL)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SMALL, 1, 1)
        column.addLayout(head)
        column.addWidget(note)
        column.addLayout(typed)
        column.addWidget(scrolling(self._inside, name=tr("duties.title")), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(look().px(WIDTH))

    def _section(self, id_: str, title: str) -> QWidget:
        duty, made = self._sharing.duties.get(id_), QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        head = row(label(title, "body", wrap=True), spacing=MEDIUM)
        head.setStretch(0, 1)
        if duty is not None and duty.signed:
            head.addWidget(Badge(tr("duties.signed_badge"), "good"))
        column.addLayout(head)
        chips = Flow()
        for person in self.people:
            has = duty is not None and duty.person == person
            chip = button(person, "chip", name=f"{title} {person}")
            chip.setProperty("tone", "brand")
            chip.setCheckable(True)
            chip.setChecked(has)
            chip.setEnabled(duty is None or not duty.signed)
            chip.clicked.connect(partial(self._on_chip, id_, "" if has else person))
            chips.addWidget(chip)
        chips.setVisible(bool(self.people))
        column.addWidget(chips)
        return made

    def _on_chip(self, id_: str, person: str, _checked: bool = False) -> None:
        if not self._sharing.assign([id_], person):
            self.refresh()

    def _on_add(self) -> None:
        try:
            name = " ".join(clean_text(self.name.text(), LONGEST).split())
        except AuditorError as error:
            self.failed.emit(error)
            return
        if name and name not in self._named:
            self._named.append(name)
        self.name.clear()
        self.refresh()
