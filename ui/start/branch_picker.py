"""Choosing a branch: recent ones first, found by name, code or first letters; a name the register lacks will do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from auditor.words import tr
from ui.initials import initials
from ui.library.row import pill, write
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, TARGET, look
from ui.widgets import panels
from ui.widgets.buttons import button

if TYPE_CHECKING:
    from auditor.store import Branch, Row

Index = QModelIndex | QPersistentModelIndex
HEIGHT = 56
RECENT = 6


@dataclass(frozen=True, slots=True)
class Choice:
    """A branch one can choose; `code` is empty where the register lacks it."""

    name: str
    code: str = ""
    parent: str = ""
    recent: bool = False
    free: bool = False
    """What was typed, taken as it is."""

    @property
    def key(self) -> str:
        return f"{self.name} {self.code} {self.parent} {initials(self.name)} {initials(self.parent)}".lower()


def choices(branches: Sequence[Branch], rows: Sequence[Row]) -> list[Choice]:
    """Every branch in business: those visited last first, then by code. `rows` are newest first."""
    known = {one.code: one for one in branches if one.status != "closed"}
    found: dict[str, Choice] = {}
    for row in rows:
        key = row.branch or row.branch_name
        if not key or key in found:
            continue
        branch = known.get(row.branch)
        name = branch.name if branch else row.branch_name or row.branch
        found[key] = Choice(name, branch.code if branch else "", branch.parent if branch else "", recent=True)
        if len(found) == RECENT:
            break
    rest = [Choice(one.name, one.code, one.parent) for one in known.values() if one.code not in found]
    return [*found.values(), *rest]


class BranchModel(QAbstractListModel):
    """Those choices that hold every word typed, and what was typed itself where none is called so."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Choice] = []
        self._keys: list[str] = []
        self.shown: list[Choice] = []

    def show_choices(self, found: list[Choice]) -> None:
        self._all, self._keys = found, [one.key for one in found]
        self.look_for("")

    def look_for(self, text: str) -> None:
        words = text.lower().split()
        self.beginResetModel()
        pairs = zip(self._all, self._keys, strict=True)
        self.shown = [one for one, key in pairs if all(word in key for word in words)]
        name = " ".join(text.split())
        if name and not any(name in (one.name, one.code) for one in self._all):
            self.shown.append(Choice(name, free=True))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        one = self.shown[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return one
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{one.name} {one.code} {one.parent}".strip()
        return None


class BranchPainter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(look().px(200), look().px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now, one = look(), index.data(Qt.ItemDataRole.UserRole)
        box, chosen = option.rect, bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.colours.brand_ground if chosen else now.colours.well))
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 8, 8)
        inside = box.adjusted(MEDIUM, 0, -MEDIUM, 0)
        if chosen:
            side = now.px(20)
            tick = icons.pixmap("check", now.colours.brand, side, painter.device().devicePixelRatioF())
            painter.drawPixmap(inside.right() - side, inside.center().y() - side // 2, tick)
            inside.adjust(0, 0, -side - SMALL, 0)
        elif one.recent:
            words = tr("window.recent_branch")
            wide = painter.fontMetrics().horizontalAdvance(words) + 16
            pill(painter, inside.adjusted(inside.width() - wide, 0, 0, 0), words, "quiet")
            inside.adjust(0, 0, -wide - SMALL, 0)
        below = tr("window.not_registered") if one.free else " · ".join(part for part in (one.code, one.parent) if part)
        half = inside.height() // 2
        painter.setFont(now.font("strong", bold=True))
        painter.setPen(now.colour("brand" if chosen else "ink"))
        top = inside.adjusted(0, 4, 0, -half + 4) if below else inside
        write(painter, top, tr("window.use_name", name=one.name) if one.free else one.name)
        painter.setFont(now.font("quiet"))
        painter.setPen(now.colour("lost" if one.free else "quiet"))
        if below:
            write(painter, inside.adjusted(0, half, 0, -6), below)
        painter.restore()


class BranchPicker(QWidget):
    """A search field over a list. `chosen(Choice | None)`."""

    chosen = Signal(object)
    register_wanted = Signal()
    """A register of branches is to be read from a file."""

    def __init__(self) -> None:
        super().__init__()
        self.model = BranchModel()
        self.search = QLineEdit()
        self.search.setProperty("search", True)
        self.search.setPlaceholderText(tr("window.search_branch"))
        self.search.setAccessibleName(tr("window.search_branch"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumHeight(look().px(TARGET))
        self.search.addAction(icons.icon("search", "quiet"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(self._look_for)
        self.search.returnPressed.connect(self._take_first)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(BranchPainter(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(tr("common.branch"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(look().px(3 * HEIGHT))
        self.list.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        panels.touch_scroll(self.list)
        self.list.selectionModel().currentChanged.connect(lambda _a, _b: self._tell())
        self.list.clicked.connect(lambda _index: self._tell())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        read = button("", "icon", icon="import", name=tr("branches.import"), on_click=self.register_wanted.emit)
        line = panels.row(self.search, read)
        line.setStretch(0, 1)
        column.addLayout(line)
        column.addWidget(self.list, 1)
        self._told: Choice | None = None

    def show_choices(self, found: list[Choice]) -> None:
        before = self.choice
        self.model.show_choices(found)
        self._look_for(self.search.text())
        self.take_up(before)

    def take_up(self, before: Choice | None) -> None:
        """Choose what was chosen before, where it is there; a name that was only typed is typed again."""
        if before is None:
            return
        if before.free:
            self.search.setText(before.name)
        same = (at for at, one in enumerate(self.model.shown) if before.name in (one.name, one.code))
        exact = (at for at, one in enumerate(self.model.shown) if before.code and before.code == one.code)
        at = next(exact, next(same, -1))
        if at >= 0:
            self.choose(at)

    @property
    def choice(self) -> Choice | None:
        """What is chosen, or None."""
        index = self.list.currentIndex()
        return self.model.shown[index.row()] if index.isValid() else None

    def choose(self, number: int) -> None:
        """Choose the branch at a place of the list, as a tap does."""
        self.list.setCurrentIndex(self.model.index(number, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
            if not self.list.currentIndex().isValid():
                self.choose(0)
        else:
            super().keyPressEvent(event)

    def _look_for(self, text: str) -> None:
        self.model.look_for(text)
        self._tell()

    def _take_first(self) -> None:
        if self.model.shown:
            self.choose(0)

    def _tell(self) -> None:
        if self.choice != self._told:
            self._told = self.choice
            self.chosen.emit(self._told)
