"""The checklists at hand, shipped and own: what each asks, what it is worth, for which kinds of check."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from auditor.checklist.model import Checklist, Item, Section
from auditor.errors import AuditorError
from auditor.figures import plain
from auditor.numbering import numbering
from auditor.words import tr
from checklists import drafts
from ui.checklists.words import facts, kinds, versioned
from ui.editor.begin import BeginPanel
from ui.look.style import LARGE, MEDIUM, SMALL, TIGHT, WIDE, look
from ui.widgets.buttons import button
from ui.widgets.files import open_outside
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, ElidedLabel, label
from ui.widgets.panels import Card, line, scrolling

LIST_WIDTH = 320
NARROW = 820
"""Below this width, at 100 % text size, the list and a checklist take turns."""


class ChecklistsPage(QWidget):
    """A list at the left, the chosen checklist at the right, and the ways into the editor."""

    start_wanted = Signal()
    new_wanted = Signal(str, str, str)
    """(id, version, title)"""
    copy_wanted = Signal(str, str, str, str)
    """(the id copied, id, version, title)"""
    edit_wanted = Signal(str)
    print_wanted = Signal(object)
    """The checklist whose blank form is wanted."""
    blank_wanted = Signal(object)
    """The checklist whose blank workbook is wanted."""

    def __init__(self, own_folder: Path) -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._folder = own_folder
        self._group = QButtonGroup(self)
        self._list = QVBoxLayout()
        self._list.setSpacing(SMALL)
        self._detail: QScrollArea | None = None
        self.begin: BeginPanel | None = None
        self._across = across = QHBoxLayout(self)
        across.setContentsMargins(WIDE + SMALL, WIDE, 0, 0)
        across.setSpacing(WIDE)
        self._list_side, self._detail_side = self._beside(), QWidget()
        self._place = QVBoxLayout(self._detail_side)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._back = button(tr("window.back_to_list"), "quiet", icon="back", on_click=self.show_list)
        self._place.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)
        across.addWidget(self._list_side)
        across.addWidget(self._detail_side, 1)
        self._chosen, self._narrow = False, False
        self._wait = label(tr("window.reading_checklists"), "body", "quiet")
        self._wait.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._place.addWidget(self._wait)

    def show_checklists(self, checklists: list[Checklist]) -> None:
        self._wait.hide()
        for id, title in drafts.unfinished(self._folder.parent):
            self._list.addWidget(self._unfinished(id, title))
        for at, one in enumerate(checklists):
            entry = self._entry(one)
            self._group.addButton(entry, at)
            self._list.addWidget(entry)
        self._list.addStretch(1)
        if checklists:
            self._group.buttons()[0].setChecked(True)
            self.show_checklist(checklists[0])

    def show_checklist(self, checklist: Checklist) -> None:
        """One checklist in full."""
        change = button(tr("editor.edit"), icon="note", on_click=lambda: self.edit_wanted.emit(checklist.id))
        copy = button(tr("editor.copy"), icon="copy", on_click=lambda: self.ask_for_copy(checklist))
        form = button(tr("layouts.print"), icon="pdf", on_click=lambda: self.print_wanted.emit(checklist))
        blank = button(tr("filling.blank"), icon="excel", on_click=lambda: self.blank_wanted.emit(checklist))
        self._show_detail(_details(checklist, change, copy, form, blank), str(checklist.title))

    def ask_for_new(self) -> None:
        """Ask, in place of a checklist, for the title and id of a new one."""
        id = drafts.suggested_id(self._folder.parent, "checklist")
        made = BeginPanel(
            tr("editor.begin.new"), tr("editor.begin.new.note"), title=tr("editor.begin.my"), id=id, version="1.0"
        )
        made.begun.connect(self.new_wanted)
        self._ask(made)

    def ask_for_copy(self, checklist: Checklist) -> None:
        """The same for a copy of a checklist."""
        title, id = str(checklist.title), drafts.suggested_id(self._folder.parent, checklist.id)
        made = BeginPanel(
            tr("editor.begin.copy", title=title),
            tr("editor.begin.copy.note"),
            title=tr("editor.copy_title", title=title),
            id=id,
            version="1.0",
        )
        made.begun.connect(lambda *said: self.copy_wanted.emit(checklist.id, *said))
        self._ask(made)

    def say_wrong(self, error: AuditorError) -> None:
        """What is wrong with what was asked for."""
        if self.begin is not None:
            self.begin.say_wrong(error)

    def _ask(self, panel: BeginPanel) -> None:
        self.begin = panel
        self._group.setExclusive(False)
        for one in self._group.buttons():
            one.setChecked(False)
        self._group.setExclusive(True)
        panel.cancelled.connect(self._on_cancel)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, WIDE + SMALL, WIDE)
        column.addWidget(panel)
        column.addStretch(1)
        self._show_detail(inside, tr("editor.new"))
        self._chosen = True
        self._share()
        panel.take_focus()

    def _on_cancel(self) -> None:
        first = next(iter(self._group.buttons()), None)
        if first is not None:
            first.click()

    def _show_detail(self, inside: QWidget, name: str) -> None:
        if self._detail is not None:
            self._detail.hide()
            self._detail.deleteLater()
        self._detail = scrolling(inside, name=name)
        self._place.addWidget(self._detail)

    def show_list(self) -> None:
        """Back from one checklist to all of them, where there is room for one side only."""
        self._chosen = False
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        self._narrow = self.width() < look().px(NARROW)
        self._back.setVisible(self._narrow)
        alone = self._narrow and not self._chosen
        self._across.setContentsMargins(WIDE + SMALL, WIDE, WIDE + SMALL if alone else 0, 0)
        self._list_side.setVisible(not self._narrow or not self._chosen)
        self._detail_side.setVisible(not self._narrow or self._chosen)
        self._list_side.setMaximumWidth(16_777_215 if self._narrow else look().px(LIST_WIDTH))

    def _choose(self, checklist: Checklist) -> None:
        self._chosen = True
        self.show_checklist(checklist)
        self._share()

    def _beside(self) -> QWidget:
        made = QWidget()
        made.setMinimumWidth(LIST_WIDTH)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, LARGE)
        column.setSpacing(LARGE)
        column.addWidget(label(tr("window.checklists"), "title"))
        column.addWidget(button(tr("editor.new"), "primary", icon="plus", on_click=self.ask_for_new))
        inside = QWidget()
        inside.setLayout(self._list)
        self._list.setContentsMargins(0, 0, SMALL, 0)
        column.addWidget(scrolling(inside, name=tr("window.checklists")), 1)
        column.addWidget(label(tr("window.own_checklists", folder=str(self._folder)), "quiet", wrap=True))
        column.addWidget(button(tr("window.show_folder"), icon="folder", on_click=lambda: _show(self._folder)))
        return made

    def _entry(self, checklist: Checklist) -> QPushButton:
        made = button("", "tile", name=f"{checklist.title} {facts(checklist)}")
        made.setCheckable(True)
        inside = QVBoxLayout(made)
        inside.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        inside.setSpacing(TIGHT)
        for one in (ElidedLabel(str(checklist.title), "strong"), ElidedLabel(facts(checklist), "quiet")):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            inside.addWidget(one)
        made.clicked.connect(lambda: self._choose(checklist))
        return made

    def _unfinished(self, id: str, title: str) -> QPushButton:
        """The tile of a draft that was never saved, or of an own file with errors: it leads to the editor."""
        note = tr("editor.unfinished.note")
        made = button("", "tile", name=f"{tr('editor.continue')} {title} {note}")
        made.setToolTip(note)
        inside = QVBoxLayout(made)
        inside.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
        inside.setSpacing(TIGHT)
        heading = QHBoxLayout()
        heading.addWidget(ElidedLabel(title, "strong"), 1)
        heading.addWidget(Badge(tr("editor.unfinished"), "lost"))
        inside.addLayout(heading)
        inside.addWidget(ElidedLabel(note, "quiet"))
        for one in made.findChildren(QLabel):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.clicked.connect(lambda: self.edit_wanted.emit(id))
        return made


def _show(folder: Path) -> None:
    there = next((one for one in (folder, *folder.parents) if one.is_dir()), folder)
    open_outside(there)


def _details(checklist: Checklist, *actions: QPushButton) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, WIDE + SMALL, WIDE)
    column.setSpacing(LARGE)
    column.addWidget(_head(checklist, *actions))
    numbers = numbering(checklist)
    for section, above in checklist.walk():
        if section.items:
            column.addWidget(_section(section, above, numbers))
    column.addStretch(1)
    return made


def _head(checklist: Checklist, *actions: QPushButton) -> Card:
    card = Card(margin=WIDE, spacing=MEDIUM)
    card.column.addWidget(label(str(checklist.title), "title", wrap=True))
    card.column.addWidget(label(f"{versioned(checklist)} · {facts(checklist)}", "body", "quiet", wrap=True))
    if checklist.description is not None:
        card.column.addWidget(label(str(checklist.description), "body", wrap=True))
    card.column.addWidget(Flow(*[Badge(tr(f"common.kind.{kind}"), "brand") for kind in checklist.checks]))
    if checklist.grades:
        grades = tr("common.comma").join(f"{one.title} ≥ {plain(one.from_)}" for one in checklist.grades)
        card.column.addWidget(label(tr("window.grades", grades=grades), "small", wrap=True))
    for change in checklist.changes[-3:]:
        words = tr("window.change", version=change.version, date=change.date.isoformat(), note=str(change.note))
        card.column.addWidget(label(words, "quiet", wrap=True))
    card.column.addWidget(Flow(*actions))
    return card


def _section(section: Section, above: tuple[Section, ...], numbers: dict[str, str]) -> Card:
    card = Card(margin=LARGE, spacing=MEDIUM)
    path = " · ".join(str(one.title) for one in (*above, section))
    heading = QHBoxLayout()
    heading.addWidget(label(f"{numbers.get(section.id, '')}  {path}".strip(), "strong", wrap=True), 1)
    badges: list[QWidget] = []
    worth = section.weight if section.weight is not None else section.points
    if worth is not None:
        words = "window.weight" if section.weight is not None else "common.points"
        badges.append(Badge(tr(words, figure=plain(worth)), "quiet"))
    if section.repeat is not None:
        badges.append(Badge(tr("window.repeats"), "quiet"))
    heading.addWidget(Flow(*badges))
    card.column.addLayout(heading)
    for item in section.items:
        card.column.addWidget(line())
        card.column.addLayout(_item(item, numbers.get(item.id, "")))
    return card


def _item(item: Item, number: str) -> QHBoxLayout:
    made = QHBoxLayout()
    made.setSpacing(MEDIUM)
    count = label(number, "quiet")
    count.setFixedWidth(look().px(52))
    count.setAlignment(Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(TIGHT)
    words.addWidget(label(str(item.text), "body", wrap=True))
    if item.standard is not None:
        words.addWidget(label(str(item.standard), "quiet", wrap=True))
    made.addWidget(count)
    made.addLayout(words, 1)
    made.addWidget(Flow(*_badges(item)))
    return made


def _badges(item: Item) -> list[Badge]:
    found = []
    effects = {effect.name for one in (*item.options, *item.bands) for effect in one.critical}
    for name in sorted(effects):
        found.append(Badge(tr(f"common.effect.{name}"), "failed"))
    found.append(Badge(kinds(item), "quiet"))
    if item.scored and item.points is not None:
        found.append(Badge(tr("common.points", figure=plain(item.points)), "quiet"))
    return found
