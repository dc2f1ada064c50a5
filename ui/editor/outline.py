"""The outline: sections and items in a tree, chosen, searched, and put in another order by drag or by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QDropEvent, QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from auditor.words import tr
from checklists.tree import Path
from ui.editor.surroundings import Place
from ui.look import icons
from ui.look.style import TARGET, Tone, look
from ui.widgets.panels import touch_scroll

_PATH = Qt.ItemDataRole.UserRole
_MARK = Qt.ItemDataRole.UserRole + 1
_TONES: Mapping[str, Tone] = {"error": "failed", "warning": "lost"}


class Outline(QTreeWidget):
    """`show_places` in; `chosen(path)` and `moved(path, place, at)` out. The tree itself changes nothing."""

    chosen = Signal(object)
    moved = Signal(object, object, int)
    delete_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setAccessibleName(tr("editor.outline"))
        self.setIndentation(look().px(20))
        self.setUniformRowHeights(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setIconSize(QSize(look().px(18), look().px(18)))
        touch_scroll(self)
        self._nodes: dict[Path, QTreeWidgetItem] = {}
        self._shape: list[Path] = []
        self._sought = ""
        self.currentItemChanged.connect(self._on_current)

    def show_places(self, title: str, places: Sequence[Place], marks: Mapping[Path, str]) -> None:
        """Paint the tree; it is built anew only when something came, went or moved."""
        shape = [one.path for one in places]
        with QSignalBlocker(self):
            if shape != self._shape or not self._nodes:
                self._rebuild(places)
            self._paint((), title, marks.get((), ""))
            for one in places:
                self._paint(one.path, one.words or tr("editor.unnamed"), marks.get(one.path, ""))
        self.seek(self._sought)

    def show_current(self, path: Path) -> None:
        """Choose a node without telling anybody."""
        node = self._nodes.get(path)
        if node is None:
            return
        with QSignalBlocker(self):
            self.setCurrentItem(node)
        self.scrollToItem(node)

    @property
    def current(self) -> Path:
        node = self.currentItem()
        return node.data(0, _PATH) if node is not None else ()

    def seek(self, text: str) -> list[Path]:
        """Show only what holds the words sought, and what it stands in; the hits in order."""
        self._sought = text
        wanted = text.strip().lower()
        hits = [path for path, node in self._nodes.items() if wanted and wanted in node.text(0).lower() and path]
        for path, node in self._nodes.items():
            node.setHidden(bool(wanted) and not any(hit[: len(path)] == path for hit in hits))
        return hits

    def target(self, point: QPoint) -> tuple[Path, int] | None:
        """(list, index) where something dropped at a point would go; None where nothing can."""
        node = self.itemAt(point)
        if node is None:
            return None
        path: Path = node.data(0, _PATH)
        where = self.dropIndicatorPosition()
        if not path or where == QAbstractItemView.DropIndicatorPosition.OnViewport:
            return None
        if where == QAbstractItemView.DropIndicatorPosition.OnItem:
            return ((*path, "items"), 99_999) if path[-2] == "sections" else (path[:-1], int(path[-1]) + 1)
        below = where == QAbstractItemView.DropIndicatorPosition.BelowItem
        return path[:-1], int(path[-1]) + (1 if below else 0)

    def dropEvent(self, event: QDropEvent) -> None:
        """The document moves the node; the tree is painted from it afterwards."""
        target = self.target(event.position().toPoint())
        dragged = self.current
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        if target is not None and dragged:
            self.moved.emit(dragged, *target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.delete_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _rebuild(self, places: Sequence[Place]) -> None:
        folded = {path for path, node in self._nodes.items() if not node.isExpanded() and node.childCount()}
        self.clear()
        top = self._node((), None)
        for one in places:
            self._node(one.path, self._nodes.get(one.path[:-2], top))
        self._shape = [one.path for one in places]
        for path, node in self._nodes.items():
            node.setExpanded(path not in folded)

    def _node(self, path: Path, above: QTreeWidgetItem | None) -> QTreeWidgetItem:
        node = QTreeWidgetItem()
        if above is None:
            self._nodes = {}
            self.addTopLevelItem(node)
        else:
            above.addChild(node)
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        if path:
            flags |= Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemIsDropEnabled
        node.setFlags(flags)
        node.setData(0, _PATH, path)
        self._nodes[path] = node
        return node

    def _paint(self, path: Path, words: str, mark: str) -> None:
        node = self._nodes[path]
        if node.text(0) != words:
            node.setText(0, words)
            node.setToolTip(0, words)
            node.setFont(0, look().font("body", bold=not path or path[-2] == "sections"))
            node.setSizeHint(0, QSize(look().px(80), look().px(TARGET)))
        if node.data(0, _MARK) != mark:
            node.setData(0, _MARK, mark)
            node.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, tr(f"editor.mark.{mark}") if mark else "")
            node.setIcon(0, icons.icon("warning", _TONES[mark]) if mark else QIcon())

    def _on_current(self, node: QTreeWidgetItem | None) -> None:
        if node is not None:
            self.chosen.emit(node.data(0, _PATH))
