"""The table of audits: a model over row numbers, and a view that is used by touch, mouse and keyboard alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from auditor.words import tr
from ui.library.listing import COLUMNS, LibraryList, Wanted
from ui.library.row import HEIGHT, MENU, ROW, Index, RowPainter, spoken, text
from ui.look.style import MEDIUM, TARGET, look
from ui.widgets.panels import touch_scroll

if TYPE_CHECKING:
    from auditor.store import Row

WIDTHS = {"visited": 124, "kind": 0, "state": 120, "score": 132, "conclusion": 160}
"""Columns at 100 %; a kind is as wide as its usual words, the others share what is left."""
SHARES = {"branch": 2, "checklist": 3}
LEAST_SHARE = 76
FIRST_TO_GO = ("kind", "conclusion", "checklist", "score", "state")
"""Columns left out, in this order, where the window is narrow."""


class LibraryModel(QAbstractTableModel):
    """The rows wanted, in order. What it holds is a list of numbers."""

    def __init__(self) -> None:
        super().__init__()
        self._all, self._shown = LibraryList(), list[int]()

    def show_rows(self, rows: LibraryList, wanted: Wanted) -> None:
        self.beginResetModel()
        self._all, self._shown = rows, rows.numbers(wanted)
        self.endResetModel()

    def row(self, number: int) -> Row:
        return self._all.rows[self._shown[number]]

    def number_of(self, audit: str) -> int:
        """Where an audit stands among the rows shown, or -1."""
        return next((at for at, number in enumerate(self._shown) if self._all.rows[number].id == audit), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row(index.row())
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return "" if index.column() == MENU else text(row, COLUMNS[index.column()])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return tr("window.row_menu") if index.column() == MENU else spoken(row, COLUMNS[index.column()])
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if way == Qt.Orientation.Vertical or section >= MENU:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return tr(f"window.column.{COLUMNS[section]}")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if COLUMNS[section] == "score" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class LibraryTable(QTableView):
    """The audits: a tap or Enter opens one, the dots or the menu key offer what else can be done with it."""

    opened = Signal(str)
    menu_wanted = Signal(str, QPoint)
    delete_wanted = Signal(str)
    sorted_by = Signal(str, bool)

    def __init__(self, model: LibraryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self._painter = RowPainter(self)
        self.setItemDelegate(self._painter)
        self.setModel(model)
        self.setAccessibleName(tr("window.audits"))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        touch_scroll(self)
        self._set_up_headers()
        self.clicked.connect(self._tapped)
        self.entered.connect(lambda index: self._point_at(index.row()))
        self.viewportEntered.connect(lambda: self._point_at(-1))

    def _set_up_headers(self) -> None:
        side, top = self.verticalHeader(), self.horizontalHeader()
        side.hide()
        side.setDefaultSectionSize(look().px(HEIGHT))
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        top.setHighlightSections(False)
        top.setMinimumSectionSize(look().px(TARGET))
        top.setSectionsClickable(True)
        top.setSortIndicatorShown(True)
        top.setSortIndicator(0, Qt.SortOrder.DescendingOrder)
        top.sortIndicatorChanged.connect(self._sort)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width(event.size().width())

    def _share_width(self, width: int) -> None:
        """Fixed columns as wide as their words ask, the others share the rest; the least needed go first."""
        px, shown = look().px, list(COLUMNS)
        rest = width - px(TARGET)
        widths = {name: px(wide) for name, wide in WIDTHS.items()} | {"kind": _kind_width()}

        def left(columns: list[str]) -> int:
            return rest - sum(widths.get(name, 0) for name in columns)

        for name in FIRST_TO_GO:
            if left(shown) >= px(LEAST_SHARE) * sum(SHARES.get(one, 0) for one in shown):
                break
            shown.remove(name)
        free, shares = max(0, left(shown)), sum(SHARES.get(name, 0) for name in shown) or 1
        for at, name in enumerate(COLUMNS):
            self.setColumnHidden(at, name not in shown)
            share = SHARES.get(name, 0)
            self.setColumnWidth(at, free * share // shares if share else widths[name])
        self.setColumnWidth(MENU, px(TARGET))
        self._painter.narrow = "checklist" not in shown

    def _point_at(self, row: int) -> None:
        """The row under the mouse, -1 for none."""
        self._painter.hovered = row
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(-1)
        super().leaveEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self._painter.chosen != current.row():
            self._painter.chosen = current.row()
            self.viewport().update()

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if column < MENU:
            self.sorted_by.emit(COLUMNS[column], order == Qt.SortOrder.DescendingOrder)

    def _tapped(self, index: QModelIndex) -> None:
        audit = self._rows.row(index.row()).id
        if index.column() == MENU:
            self.menu_wanted.emit(audit, self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()))
        else:
            self.opened.emit(audit)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            where = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
            self.selectRow(index.row())
            self.menu_wanted.emit(self._rows.row(index.row()).id, where)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._rows.row(index.row()).id)
        elif index.isValid() and event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit(self._rows.row(index.row()).id)
        else:
            super().keyPressEvent(event)


def _kind_width() -> int:
    """Room for a mystery visit and a self-inspection in the language in force; longer kinds are shortened."""
    metrics = QFontMetrics(look().font("strong", bold=False))
    return max(metrics.horizontalAdvance(tr(f"common.kind.{kind}")) for kind in ("mystery", "self")) + 2 * MEDIUM
