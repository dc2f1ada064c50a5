"""Finding an item: a field, and below it the items that match, each leading to its card."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from auditor.words import tr
from ui.capture.search import Entry, flagged, matching
from ui.cards.link_row import LinkRow
from ui.look.style import MEDIUM, SMALL, TIGHT, look, put
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import row, scrolling

WIDTH = 340


class SearchPanel(QFrame):
    """`look_for(entries)` in; `item_asked(path)` and `closed` out. Without a word it lists what is flagged."""

    item_asked = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "rail")
        put(self, "side", "right")
        self.setAccessibleName(tr("finding.search"))
        self._entries: Callable[[], Sequence[Entry]] = tuple
        self.rows: list[LinkRow] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("finding.search_hint"))
        self.field.setAccessibleName(tr("finding.search"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(lambda _: self.refresh())
        self.field.returnPressed.connect(self._open_first)
        self.close_button = button("", "icon", icon="cross", name=tr("finding.search_close"), on_click=self.closed.emit)
        self.words = label("", "quiet", wrap=True)
        inside = QWidget()
        self._list = QVBoxLayout(inside)
        self._list.setContentsMargins(MEDIUM, 0, MEDIUM, MEDIUM)
        self._list.setSpacing(TIGHT)
        head = row(self.field, self.close_button)
        head.setStretch(0, 1)
        head.setContentsMargins(MEDIUM, 0, SMALL, 0)
        self.words.setContentsMargins(MEDIUM + TIGHT, 0, MEDIUM, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, MEDIUM, 1, 1)
        column.addLayout(head)
        column.addWidget(self.words)
        column.addWidget(scrolling(inside, name=tr("finding.search")), 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumWidth(WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDTH), look().px(WIDTH))

    def look_for(self, entries: Callable[[], Sequence[Entry]]) -> None:
        """Search among what `entries` gives, asked anew each time."""
        self._entries = entries
        self.refresh()
        self.field.setFocus()
        self.field.selectAll()

    def refresh(self) -> None:
        """The list as it is now."""
        text, entries = self.field.text().strip(), self._entries()
        found = matching(entries, text) if text else flagged(entries)
        if text:
            words = tr("finding.search_found", n=len(found)) if found else _nothing(text)
        else:
            words = tr("finding.search_flagged", n=len(found)) if found else tr("finding.search_start")
        self.words.setText(words)
        while (held := self._list.takeAt(0)) is not None:
            widget = held.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.rows = [self._row(one) for one in found]
        for made in self.rows:
            self._list.addWidget(made)
        self._list.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.rows:
            self._move(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int) -> None:
        """From the field down the list and back."""
        focused = self.window().focusWidget()
        at = next((number for number, one in enumerate(self.rows) if one is focused), -1) + step
        if at < 0:
            self.field.setFocus()
        elif at < len(self.rows):
            self.rows[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, one: Entry) -> LinkRow:
        small = " · ".join((one.where, tr("finding.flagged")) if one.flagged else (one.where,))
        made = LinkRow(one.number, one.text, small, one.badge, one.tone)
        made.setObjectName(f"found:{one.path}")
        made.clicked.connect(partial(self._ask, one.path))
        return made

    def _ask(self, path: str, _checked: bool = False) -> None:
        self.item_asked.emit(path)

    def _open_first(self) -> None:
        if self.rows:
            self.rows[0].click()


def _nothing(text: str) -> str:
    return f"{tr('finding.search_none', text=text)}\n{tr('finding.search_none.remedy')}"
