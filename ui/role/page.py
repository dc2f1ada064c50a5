"""Choosing who one works as: three cards, and what goes with the one that is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QLineEdit, QPushButton, QVBoxLayout, QWidget

from auditor.words import tr
from ui.controls.slider import Slider
from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, TIGHT, WIDE, look
from ui.role.today import ROLES, Person
from ui.start.branch_picker import BranchPicker, Choice, choices
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row, scrolling
from ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from auditor.store import Branch, Row

PICTURES = {"shopper": "eye-off", "branch_head": "branch", "officer": "shield"}
NARROW = 860
LAST_DAY = 28
"""The latest due day: every month has it."""


class RolePage(QWidget):
    """`chosen(Person)` when it is done; `left` when nothing is to change."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, person: Person, rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows = list(rows)
        self.group = QButtonGroup(self)
        page = ReadingColumn()
        page.append(label(tr("role.title"), "title"))
        page.append(label(tr("role.below"), "body", "quiet", wrap=True))
        self._tiles = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tiles.setSpacing(MEDIUM)
        for at, role in enumerate(ROLES):
            tile = _tile(role)
            self.group.addButton(tile, at)
            self._tiles.addWidget(tile, 1)
        page.column.insertLayout(page.column.count() - 1, self._tiles)
        self._alias_card, self._branch_card = self._shopper(person), self._branch_head(person)
        page.append(self._alias_card)
        page.append(self._branch_card)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scrolling(page, name=tr("role.title")), 1)
        column.addWidget(self._foot())
        self.group.idToggled.connect(lambda _at, _on: self._follow())
        if person.role in ROLES:
            self.group.button(ROLES.index(person.role)).setChecked(True)
        self._person = person
        self._follow()

    @property
    def person(self) -> Person:
        """As it stands on the page."""
        at, branch = self.group.checkedId(), self.branches.choice
        own = (branch.code or branch.name, branch.name) if branch else (self._person.branch, self._person.branch_name)
        role = ROLES[at] if at >= 0 else ""
        return Person(role, self.alias.text().strip(), *own, self.due.value)

    def show_branches(self, branches: Sequence[Branch]) -> None:
        self.branches.show_choices(choices(branches, self._rows))
        if self._person.branch:
            self.branches.take_up(Choice(self._person.branch_name or self._person.branch, self._person.branch))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < look().px(NARROW)
        self._tiles.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def _shopper(self, person: Person) -> Card:
        card = Card(spacing=SMALL)
        self.alias = QLineEdit(person.alias)
        self.alias.setPlaceholderText(tr("role.alias_hint"))
        self.alias.setAccessibleName(tr("role.alias"))
        self.alias.setMinimumHeight(look().px(TARGET))
        self.alias.returnPressed.connect(self._done)
        card.column.addWidget(label(tr("role.alias"), "strong"))
        card.column.addWidget(self.alias)
        return card

    def _branch_head(self, person: Person) -> Card:
        card = Card(spacing=SMALL)
        self.branches = BranchPicker()
        self.branches.setMinimumHeight(look().px(320))
        self.branches.show_choices(choices((), self._rows))
        self.due = Slider(1, LAST_DAY, tr("role.due_day"))
        self.due.chosen.connect(self._show_due)
        self._day = label("", "strong")
        self._day.setMinimumWidth(look().px(150))
        less, more = f"{tr('role.due_day')} {tr('capture.one_less')}", f"{tr('role.due_day')} {tr('capture.one_more')}"
        sliding = QWidget()
        sliding.setLayout(
            row(
                button("", "icon", icon="minus", name=less, on_click=lambda: self._show_due(self.due.value - 1)),
                self.due,
                button("", "icon", icon="plus", name=more, on_click=lambda: self._show_due(self.due.value + 1)),
            )
        )
        self._show_due(person.due_day)
        card.column.addWidget(label(tr("role.own_branch"), "strong"))
        card.column.addWidget(self.branches)
        card.column.addWidget(label(tr("role.due_day"), "strong"))
        card.column.addWidget(Flow(self._day, sliding, spacing=LARGE, growing=sliding))
        return card

    def _show_due(self, day: int) -> None:
        self.due.show_step(min(LAST_DAY, max(1, day)))
        self._day.setText(tr("role.due_day_of", day=self.due.value))

    def _foot(self) -> Card:
        foot = Card("strip", margin=MEDIUM)
        self.done = button(tr("role.done"), "primary", on_click=self._done)
        line = row(button(tr("role.later"), "plain", on_click=self.left.emit), 0, self.done, spacing=LARGE)
        line.setStretch(1, 1)
        line.setContentsMargins(WIDE + SMALL - MEDIUM, 0, WIDE + SMALL - MEDIUM, 0)
        foot.column.addLayout(line)
        return foot

    def _follow(self) -> None:
        role = ROLES[self.group.checkedId()] if self.group.checkedId() >= 0 else ""
        self._alias_card.setVisible(role == "shopper")
        self._branch_card.setVisible(role == "branch_head")
        self.done.setEnabled(bool(role))

    def _done(self) -> None:
        if self.done.isEnabled():
            self.chosen.emit(self.person)


def _tile(role: str) -> QPushButton:
    name, about = tr(f"role.{role}"), tr(f"role.{role}.about")
    made = button("", "tile", name=f"{name} {about}")
    made.setCheckable(True)
    made.setProperty("lines", 4)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
    inside.setSpacing(TIGHT)
    picture = label("")
    side = look().px(28)
    picture.setPixmap(icons.pixmap(PICTURES[role], look().colours.brand, side, made.devicePixelRatioF()))
    words = label(about, "small", "quiet", wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignTop)
    inside.addWidget(row_of(picture, label(name, "strong", wrap=True)))
    inside.addWidget(words, 1)
    for one in made.findChildren(QWidget):
        one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made


def row_of(*things: QWidget) -> QWidget:
    made = QWidget()
    line = row(*things, spacing=MEDIUM)
    line.setStretch(len(things) - 1, 1)
    made.setLayout(line)
    return made
