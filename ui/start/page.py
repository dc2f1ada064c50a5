"""A new audit in at most three touches: the checklist, the branch, start; the rest is filled in already."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDateTime, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QDateTimeEdit,
    QFrame,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditor.audit import Header
from auditor.check_kinds import MYSTERY
from auditor.checklist.model import CheckKind, Checklist
from auditor.words import tr
from ui.checklists.tile import tile
from ui.initials import initials
from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, WIDE, look
from ui.role.today import FIRST_KINDS, NOBODY, Person
from ui.start.branch_picker import BranchPicker, Choice, choices
from ui.start.choices import Kept
from ui.start.scenario_card import ScenarioCard
from ui.widgets.buttons import button, chip
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.named_field import named
from ui.widgets.panels import Card, row, scrolling

if TYPE_CHECKING:
    from auditor.store import Branch, Row

MOMENT = "yyyy-MM-dd HH:mm"
NARROW = 900
"""Below this width, at 100 % text size, the steps stand one below the other."""
LEAST_SUM = 160
"""Room for what was chosen, in one line at the foot, at 100 % text size."""
TWO_ABREAST = 600
"""From this width on, checklists stand two in a row with their titles on at most two lines."""


class StartPage(QWidget):
    """`started(Checklist, Header)` when a person has chosen; `left` when not."""

    started = Signal(object, object)
    left = Signal()

    def __init__(self, rows: Sequence[Row] = (), person: Person = NOBODY) -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows, self._checklists, self._abreast = list(rows), list[Checklist](), 2
        self._checklist: Checklist | None = None
        self._kept: Kept | None = None
        self._tiles, self._kinds = QButtonGroup(self), QButtonGroup(self)
        self._tiles.idClicked.connect(lambda at: self._choose(self._checklists[at]))
        self._kinds.idClicked.connect(lambda _: self._sum_up())
        self.branches = BranchPicker()
        self.branches.chosen.connect(lambda _: self._on_choice())
        self.branches.show_choices(choices((), self._rows))
        self._person = person
        self.alias, self.moment = QLineEdit(person.alias), QDateTimeEdit(QDateTime.currentDateTime())
        self.scenario = ScenarioCard()
        self.scenario.changed.connect(self._on_choice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._area = scrolling(self._middle(), name=tr("window.start_check"))
        column.addWidget(self._area, 1)
        column.addWidget(self._foot())
        self._sum_up()

    # --- what it shows

    def show_checklists(self, found: Sequence[Checklist]) -> None:
        """The checklists to choose from: the one used last first, and chosen."""
        used: dict[str, int] = {}
        for at, visit in enumerate(self._rows):
            used.setdefault(visit.checklist, at)
        kinds = set(FIRST_KINDS.get(self._person.role, ()))
        self._checklists = sorted(
            found, key=lambda one: (bool(kinds) and not kinds & set(one.checks[:1]), used.get(one.id, len(self._rows)))
        )
        self._wait.hide()
        for at, one in enumerate(self._checklists):
            self._tiles.addButton(tile(one), at)
        self._grid.setRowStretch(len(self._checklists) + 1, 1)
        self._show_matching(self._wanted.text())
        before = self._kept.checklist if self._kept else ""
        first = next((at for at, one in enumerate(self._checklists) if one.id == before), 0)
        if self._checklists and (before or self._rows):
            self._tiles.button(first).setChecked(True)
            self._choose(self._checklists[first])
            self._choose_again()
        self._share()

    def kept(self) -> Kept:
        if self._kept is not None:
            return self._kept
        checklist = self._checklist.id if self._checklist is not None else ""
        visit = self.branches.choice, self.alias.text(), self.moment.dateTime()
        return Kept(checklist, self.kind, self.scenario.chosen, *visit, self._wanted.text())

    def take_up(self, kept: Kept) -> None:
        """Go on where the page before was left; checklists that are still being read are chosen when they are there."""
        self._kept = kept
        self.alias.setText(kept.alias)
        self.moment.setDateTime(kept.moment)
        self._wanted.setText(kept.wanted)
        self.branches.take_up(kept.branch)

    def _choose_again(self) -> None:
        kept, self._kept = self._kept, None
        checklist = self._checklist
        if kept is None or checklist is None or checklist.id != kept.checklist:
            return
        if kept.kind in checklist.checks:
            self._kinds.button(checklist.checks.index(kept.kind)).setChecked(True)
        self.scenario.choose(kept.scenario)
        self._sum_up()

    def _show_matching(self, wanted: str) -> None:
        """Only the checklists whose title, id or instrument has what was typed; pinyin initials will do."""
        typed, at = wanted.strip().lower(), 0
        for number, one in enumerate(self._checklists):
            shown = self._tiles.button(number)
            title = f"{one.title.in_('zh')} {one.title.in_('en')} {one.id} {' '.join(one.instruments)}"
            fits = typed in title.lower() or typed in initials(one.title.in_("zh"))
            shown.setVisible(fits)
            if fits:
                self._grid.addWidget(shown, at // self._abreast, at % self._abreast)
                at += 1

    def show_branches(self, branches: Sequence[Branch]) -> None:
        self.branches.show_choices(choices(branches, self._rows))
        own = self._person
        if own.role == "branch_head" and own.branch and self.branches.choice is None and self._kept is None:
            self.branches.take_up(Choice(own.branch_name or own.branch, own.branch))

    def show_search(self) -> None:
        """Type to look for a branch."""
        self.branches.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def kind(self) -> CheckKind | None:
        at = self._kinds.checkedId()
        return self._checklist.checks[at] if self._checklist is not None and at >= 0 else None

    # --- how it is built

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        narrow = self.width() < look().px(NARROW)
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._level.setVisible(not narrow)
        self._tile_area.setMinimumHeight(look().px(340 if narrow else 200))
        room = self.width() if narrow else self.width() * 6 // 11
        abreast = 2 if room >= look().px(TWO_ABREAST) else 1
        if abreast != self._abreast:
            self._abreast = abreast
            self._grid.setColumnStretch(1, abreast - 1)
            self._show_matching(self._wanted.text())

    def _middle(self) -> QWidget:
        made = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, made)
        self._sides.setContentsMargins(WIDE + SMALL, WIDE, WIDE + SMALL, LARGE)
        self._sides.setSpacing(WIDE)
        self._sides.addLayout(self._checklist_side(), 6)
        self._sides.addLayout(self._branch_side(), 5)
        return made

    def _checklist_side(self) -> QVBoxLayout:
        tiles, self._grid = QWidget(), QGridLayout()
        tiles.setLayout(self._grid)
        self._grid.setContentsMargins(0, 0, SMALL, 0)
        self._grid.setSpacing(MEDIUM)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self._wait = label(tr("window.reading_checklists"), "body", "quiet")
        self._grid.addWidget(self._wait, 0, 0)
        side = QVBoxLayout()
        side.setSpacing(MEDIUM)
        side.addWidget(label(tr("window.start_check"), "title"))
        side.addWidget(label(tr("window.step_checklist"), "strong"))
        self._wanted = QLineEdit()
        self._wanted.setProperty("search", True)
        self._wanted.setPlaceholderText(tr("window.search_checklist"))
        self._wanted.setAccessibleName(tr("window.search_checklist"))
        self._wanted.setClearButtonEnabled(True)
        self._wanted.setMinimumHeight(look().px(TARGET))
        self._wanted.addAction(icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self._wanted.textChanged.connect(self._show_matching)
        side.addWidget(self._wanted)
        self._tile_area = scrolling(tiles, name=tr("window.step_checklist"))
        # as high as there is room, never higher: what it would like to be must not push the third step off the page
        self._tile_area.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        side.addWidget(self._tile_area, 1)
        return side

    def _branch_side(self) -> QVBoxLayout:
        card = Card(spacing=SMALL)
        card.column.addWidget(self.branches)
        side = QVBoxLayout()
        side.setSpacing(MEDIUM)
        self._level = label("", "title")
        side.addWidget(self._level)
        side.addWidget(label(tr("window.step_branch"), "strong"))
        side.addWidget(card, 1)
        side.addWidget(label(tr("window.step_visit"), "strong"))
        side.addWidget(self._visit())
        return side

    def _visit(self) -> Card:
        card = Card(spacing=MEDIUM)
        self._kind_place = Flow()
        self.alias.setPlaceholderText(tr("window.alias_hint"))
        self.alias.setAccessibleName(tr("window.alias"))
        self.moment.setDisplayFormat(MOMENT)
        self.moment.setAccessibleName(tr("window.visited"))
        if (inner := self.moment.lineEdit()) is not None:
            inner.setTextMargins(MEDIUM, 0, 0, 0)
        for field in (self.alias, self.moment):
            field.setMinimumHeight(look().px(TARGET))
        alias = named(tr("window.alias"), self.alias)
        card.column.addWidget(self._kind_place)
        card.column.addWidget(Flow(named(tr("window.visited"), self.moment), alias, spacing=MEDIUM, growing=alias))
        card.column.addWidget(self.scenario)
        return card

    def _foot(self) -> QFrame:
        foot = Card("strip", margin=MEDIUM)
        self._sum = ElidedLabel("", "body", "quiet")
        self._sum.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.start = button(tr("window.start"), "primary", on_click=self._start)
        back = button(tr("window.cancel"), "plain", on_click=self.left.emit)
        self._sum.setMinimumWidth(look().px(LEAST_SUM))
        line = row(Flow(back, self._sum, self.start, spacing=LARGE, growing=self._sum))
        line.setContentsMargins(WIDE + SMALL - MEDIUM, 0, WIDE + SMALL - MEDIUM, 0)
        foot.column.addLayout(line)
        return foot

    # --- what happens

    def _choose(self, checklist: Checklist) -> None:
        before, self._checklist = self.kind, checklist
        for one in self._kinds.buttons():
            self._kinds.removeButton(one)
        self._kind_place.clear()
        for at, kind in enumerate(checklist.checks):
            made = chip(tr(f"common.kind.{kind}"))
            self._kinds.addButton(made, at)
            self._kind_place.addWidget(made)
        at = checklist.checks.index(before) if before in checklist.checks else 0
        self._kinds.button(at).setChecked(True)
        turn = sum(one.checklist == checklist.id for one in self._rows)
        self.scenario.show_scenarios(checklist, turn if self.kind in MYSTERY else None)
        self._sum_up()

    def _on_choice(self) -> None:
        """What the start button says was read is in sight by then."""
        self._sum_up()
        if self.scenario.chosen and self.branches.choice is not None:
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(self.scenario, 0, SMALL))

    def _sum_up(self) -> None:
        branch, parts = self.branches.choice, list[str]()
        if self._checklist is not None:
            parts.append(str(self._checklist.title))
        if branch is not None:
            parts.append(branch.name)
        if self.kind is not None:
            parts.append(tr(f"common.kind.{self.kind}"))
        self._sum.setText(" · ".join(parts))
        ready = self._checklist is not None and branch is not None
        self.start.setEnabled(ready)
        words = tr("window.start_acknowledged" if self.scenario.chosen else "window.start")
        self.start.setText(words)
        self.start.setAccessibleName(words)
        if not ready:
            self._sum.setText(tr("window.choose_branch" if self._checklist is not None else "window.choose_checklist"))

    def _start(self) -> None:
        checklist, branch = self._checklist, self.branches.choice
        if checklist is None or branch is None:
            return
        moment = cast(datetime, self.moment.dateTime().toPython()).astimezone()
        self.started.emit(checklist, self._header(checklist, branch, moment))

    def _header(self, checklist: Checklist, branch: Choice, moment: datetime) -> Header:
        return Header(
            kind=self.kind or checklist.checks[0],
            visited=moment.isoformat(timespec="seconds"),
            branch=branch.code or branch.name,
            branch_name=branch.name,
            parent=branch.parent,
            shopper=self.alias.text().strip(),
            scenario=self.scenario.chosen,
            acknowledged=datetime.now().astimezone().isoformat(timespec="seconds") if self.scenario.chosen else "",
        )
