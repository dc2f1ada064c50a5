"""The first page: what matters now, three figures, and every audit, searched, filtered and sorted (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from auditor.words import tr
from ui.library import figures as library_figures
from ui.library.cards import FigureCards, Losses, corrective_card
from ui.library.empty import none_found, welcome
from ui.library.listing import LibraryList, Wanted, filter_words
from ui.library.menu import audit_menu, export_menu
from ui.library.table import LibraryModel, LibraryTable
from ui.look import icons
from ui.look.style import LARGE, RADIUS, SMALL, TARGET, WIDE, look
from ui.role import today
from ui.role.today import NOBODY, Person
from ui.widgets.buttons import button
from ui.widgets.filter_chip import Choices, FilterChip
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, label
from ui.widgets.pages import Pages
from ui.widgets.panels import Card, line, row, scrolling

if TYPE_CHECKING:
    from auditor.store import Row
    from ui.role.drafts import DraftTiles

FILTERS = ("state", "kind", "checklist", "branch", "month")
LEAST_ROOM = 560
"""Below this height or width, at 100 % text size, the figures give way."""
LEAST_LIST = 160
"""Where there is less room than for this of the list, the page scrolls."""
TYPING = 120
"""Milliseconds after the last key before the list follows."""


class LibraryPage(QWidget):
    """Shows rows; says what a person wants done with them. Knows no store."""

    start_wanted = Signal()
    sample_wanted = Signal()
    opened = Signal(str)
    export_wanted = Signal(str)
    fill_wanted = Signal(str)
    """Read a filled-in workbook into this audit."""
    delete_wanted = Signal(str)
    export_shown_wanted = Signal(object)
    """The rows that pass search and filters."""
    register_wanted = Signal(object)
    """The same, as one register and comparison."""
    erase_wanted = Signal(str)
    check_wanted = Signal()
    role_wanted = Signal()
    self_check_wanted = Signal(str)
    """The draft of this month's self-inspection, "" to begin one."""
    practice_wanted = Signal()

    def __init__(self, person: Person = NOBODY) -> None:
        super().__init__()
        self._person = person
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._rows, self._wanted = LibraryList(), Wanted()
        self._model = LibraryModel()
        self._title, self._below = label("", "title", wrap=True), label("", "body", "quiet", wrap=True)
        self.start = button(tr("window.start_check"), "primary", icon="plus", on_click=self._begin)
        self._self_due, self._self_draft = False, ""
        self.cards = FigureCards(corrective_card(self, person.branch) if person.role == "branch_head" else None)
        self.cards.resumed.connect(self.opened)
        self.sample: QPushButton | None = None
        self._stack = Pages()
        column = QVBoxLayout(self)
        column.setContentsMargins(WIDE + SMALL, WIDE, WIDE + SMALL, WIDE)
        column.setSpacing(LARGE + 4)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._below)
        self.role = button(
            tr(f"role.{person.role}") if person.role else tr("role.none"),
            "quiet",
            icon="person",
            name=tr("role.as", role=tr(f"role.{person.role}")) if person.role else tr("role.none"),
            on_click=self.role_wanted.emit,
        )
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(SMALL)
        self._head.addLayout(words, 1)
        self._head.addWidget(Flow(self.role, self.start))
        column.addLayout(self._head)
        self._indexing = Badge("", "brand")
        self._indexing.hide()
        column.addWidget(self._indexing)
        column.addWidget(self._stack, 1)
        self._build_list()

    # --- what it shows

    def show_rows(self, rows: Sequence[Row]) -> None:
        """All audits of the library."""
        self._rows = LibraryList(rows)
        self.start.setVisible(bool(rows))
        now, own = datetime.now(), today.mine(rows, self._person)
        self._title.setText(today.title(self._person, now.hour))
        self._below.setText(today.below(rows, self._person, now.date()))
        self.cards.show_figures(library_figures.recent(own, now.date()), library_figures.drafts(own))
        if self.cards.corrective is not None:
            self.cards.corrective.show_rows(own, now.date())
        if self.tiles is not None:
            self.tiles.show_drafts(today.waiting(rows))
        self._offer_self_check(rows, now.date())
        self._refresh()
        if not self._stack.count():
            self._stack.addWidget(scrolling(self._inside, name=tr("window.home")))
        _turn(self._stack, 0 if rows or self._indexing.isVisibleTo(self) else 1, lambda: welcome(self))

    def show_indexing(self, done: int, of: int) -> None:
        """How far the index is rebuilt; nothing once it is done (0, 0)."""
        words = tr("safety.indexing", done=f"{done:,}", of=f"{of:,}")
        self._indexing.setText(" · ".join((words, tr("safety.indexing.note"))))
        self._indexing.setVisible(of > 0)

    def show_losses(self, losses: Losses | None) -> None:
        self.cards.show_losses(losses)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room for large text, the list comes before the figures."""
        super().resizeEvent(event)
        across = self.width() >= look().px(LEAST_ROOM)
        self._head.setDirection(QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom)
        room = across and self.height() >= look().px(LEAST_ROOM)
        self.cards.setVisible(room and self.tiles is None)

    def show_search(self) -> None:
        """Type to look for an audit."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def row(self, audit: str) -> Row | None:
        return next((one for one in self._rows.rows if one.id == audit), None)

    @property
    def shown(self) -> int:
        """How many audits pass search and filters."""
        return self._model.rowCount()

    def look_for(self, text: str) -> None:
        """Search at once (the search field does it a moment after the last key)."""
        with QSignalBlocker(self.search):
            self.search.setText(text)
        self._take_text()

    def filter_by(self, name: str, value: str) -> None:
        self._chips[name].show_value(value, filter_words(self._rows, name, value))
        self._take_filter(name, value)

    # --- how it is built

    def _build_list(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(LARGE + 4)
        column.addWidget(self.cards)
        self.tiles = self._draft_tiles() if self._person.role == "shopper" else None
        if self.tiles is not None:
            self.cards.hide()
            column.addWidget(self.tiles)
        panel = Card(margin=1, spacing=0)
        panel.column.setContentsMargins(1, 1, 1, RADIUS)
        panel.column.addWidget(self._tools())
        panel.column.addWidget(line())
        self.table = LibraryTable(self._model)
        self.table.opened.connect(self.opened)
        self.table.delete_wanted.connect(self.delete_wanted)
        self.table.menu_wanted.connect(self._offer)
        self.table.sorted_by.connect(self._sort)
        self._results = Pages()
        self._results.addWidget(self.table)
        panel.column.addWidget(self._results, 1)
        column.addWidget(panel, 1)
        self.table.setMinimumHeight(look().px(LEAST_LIST))
        self._inside = inside  # it is dressed as soon as it can be scrolled: once it says what it has to say

    def _tools(self) -> QWidget:
        place = QWidget()
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("window.search"))
        self.search.setAccessibleName(tr("window.search"))
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.setProperty("search", True)
        hint = self.search.fontMetrics().horizontalAdvance(tr("window.search")) + look().px(TARGET)
        self.search.setMinimumSize(max(look().px(220), hint), look().px(TARGET))
        self.search.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._typing.timeout.connect(self._take_text)
        self.search.textChanged.connect(self._typing.start)
        self._chips = {name: self._chip(name) for name in FILTERS}
        self.count = label("", "body", "quiet")
        self.export = button(tr("window.export_shown"), "quiet", icon="chevron-down", on_click=self._on_export)
        self.export.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        end = QWidget()
        end.setLayout(row(1, self.count, self.export))
        place.setLayout(row(Flow(self.search, *self._chips.values(), end, growing=end), margin=LARGE - 2))
        return place

    def _chip(self, name: str) -> FilterChip:
        def choices() -> Choices:
            return [(value, filter_words(self._rows, name, value), count) for value, count in self._rows.choices(name)]

        chip = FilterChip(tr(f"window.column.{name}"), choices)
        chip.chosen.connect(lambda value: self._take_filter(name, value))
        return chip

    def _draft_tiles(self) -> DraftTiles:
        from ui.role.drafts import DraftTiles

        tiles = DraftTiles()
        tiles.resumed.connect(self.opened)
        return tiles

    def _offer_self_check(self, rows: Sequence[Row], day: date) -> None:
        """For a branch head the one main button is this month's self-inspection, until it is done."""
        if self._person.role != "branch_head" or not self._person.branch:
            return
        check = today.self_check(rows, self._person, day)
        self._self_draft = check.row.id if check.row is not None and check.state == "draft" else ""
        words = {"none": "role.start_self", "draft": "role.resume_self", "done": "window.start_check"}[check.state]
        self._self_due = check.state != "done"
        self.start.setText(tr(words))
        self.start.setAccessibleName(tr(words))

    def _begin(self) -> None:
        if self._self_due:
            self.self_check_wanted.emit(self._self_draft)
        else:
            self.start_wanted.emit()

    # --- what happens

    def clear_filters(self) -> None:
        for chip in self._chips.values():
            chip.show_value("", "")
        self.look_for("")
        self._wanted = Wanted(column=self._wanted.column, falling=self._wanted.falling)
        self._refresh()

    def _take_text(self) -> None:
        self._typing.stop()
        self._want(text=self.search.text())

    def _take_filter(self, name: str, value: str) -> None:
        self._want(filters={**self._wanted.filters, name: value})

    def _sort(self, column: str, falling: bool) -> None:
        self._want(column=column, falling=falling)

    def _want(self, **changes: object) -> None:
        self._wanted = self._wanted._replace(**changes)  # type: ignore[arg-type]
        self._refresh()

    def _refresh(self) -> None:
        self._model.show_rows(self._rows, self._wanted)
        shown, every = self.shown, len(self._rows.rows)
        words = tr("window.count", count=every) if shown == every else tr("window.count_of", shown=shown, count=every)
        self.count.setText(words)
        self.export.setEnabled(shown > 0)
        _turn(self._results, 0 if shown else 1, lambda: none_found(self))

    def _on_export(self) -> None:
        rows = [self._model.row(at) for at in range(self.shown)]
        export_menu(self, rows).popup(self.export.mapToGlobal(self.export.rect().bottomLeft()))

    def _offer(self, audit: str, where: QPoint) -> None:
        menu = self.menu_for(audit)
        if menu is not None:
            edge = self.mapToGlobal(self.rect().bottomRight()).x() - LARGE
            menu.popup(QPoint(min(where.x(), edge - menu.sizeHint().width()), where.y()))

    def menu_for(self, audit: str) -> QMenu | None:
        """What can be done with an audit, as a menu."""
        found = self.row(audit)
        return None if found is None else audit_menu(self, found)


def _turn(stack: Pages, page: int, make: Callable[[], QWidget]) -> None:
    """Show a page of two; the second, seldom seen, is made when it is."""
    if page and stack.count() == page:
        stack.addWidget(make())
    stack.setCurrentIndex(page)
