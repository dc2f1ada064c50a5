"""What was jotted down, and one line for three more words; what is typed is kept as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from auditor.words import tr
from ui.controls.drawing import LEFT, box, fill_box
from ui.controls.painted_button import PaintedButton
from ui.controls.text_commit import TextCommit
from ui.jot.night import night
from ui.look.style import MEDIUM, RADIUS, SMALL, TARGET, look
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card, row, scrolling

Keep = Callable[[str, str], str]
"""(number or "", text) → the number under which it is kept, "" when it is not, or no longer, there."""


class Entry(PaintedButton):
    """One line of the pad: when, and what."""

    def __init__(self, number: str, time: str, text: str, *, changeable: bool) -> None:
        super().__init__()
        self.number, self.time, self.words = number, time, text
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr("jot.entry_note" if changeable else "jot.entry", time=time, text=text))

    def sizeHint(self) -> QSize:
        return QSize(look().px(200), look().px(TARGET))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(100), look().px(TARGET))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = night()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.hovered or self.isDown() or (self._ring and self.hasFocus()):
                edge = now.colours.brand if self._ring and self.hasFocus() else now.colours.well
                fill_box(painter, box(self.rect().adjusted(1, 1, -1, -1).toRectF(), RADIUS), now.colours.well, edge)
            area = self.rect().adjusted(SMALL, 0, -SMALL, 0)
            painter.setFont(now.font("strong", bold=False))
            painter.setPen(QColor(now.colours.quiet))
            painter.drawText(area, LEFT, self.time)
            wide = painter.fontMetrics().horizontalAdvance("00:00") + now.px(10)
            area.setLeft(area.left() + wide)
            painter.setPen(QColor(now.colours.ink))
            words = painter.fontMetrics().elidedText(self.words, Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(area, LEFT, words)


class NotesCard(Card):
    """`show_entries` in; `deleted(number)` out. Text goes through `keep` while it is typed: one note, one number,
    until Return, leaving the line, or `finish`."""

    deleted = Signal(str)

    def __init__(self, keep: Keep) -> None:
        super().__init__(spacing=SMALL)
        self._keep = keep
        self._number = ""
        self._shown: list[tuple[str, str, str, bool]] = []
        self.entries: list[Entry] = []
        self.empty = label(tr("jot.no_notes"), "body", "quiet")
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._lines.addWidget(self.empty)
        self._lines.addStretch(1)
        self.area = scrolling(self._list, name=tr("jot.notes"))
        self.area.setMinimumHeight(look().px(TARGET) * 2)
        bar = self.area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
        self.line = QLineEdit()
        self.line.setPlaceholderText(tr("jot.note_line"))
        self.line.setAccessibleName(tr("jot.note_line"))
        self.line.setMinimumHeight(look().px(TARGET))
        self.line.setMaxLength(2000)
        self.typing = TextCommit(self.line)
        self.typing.committed.connect(self._on_typed)
        self.line.returnPressed.connect(self.finish)
        self.line.installEventFilter(self)
        self.delete = button(tr("jot.note_delete"), on_click=self._on_delete)
        self.delete.hide()
        self.column.addWidget(label(tr("jot.notes"), "body", "quiet"))
        self.column.addWidget(self.area, 1)
        foot = row(self.line, self.delete, spacing=MEDIUM)
        foot.setStretch(0, 1)
        self.column.addLayout(foot)

    @property
    def composing(self) -> bool:
        return self.typing.composing

    def show_entries(self, entries: Sequence[tuple[str, str, str, bool]]) -> None:
        """(number, time, words, whether it is a note) of each, oldest first; the newest is in sight."""
        if list(entries) == self._shown:
            return
        self._shown = list(entries)
        for one in self.entries:
            self._lines.removeWidget(one)
            one.hide()
            one.deleteLater()
        self.entries = [Entry(number, time, words, changeable=note) for number, time, words, note in entries]
        for at, one in enumerate(self.entries):
            one.clicked.connect(lambda _=False, entry=one: self.edit(entry.number))
            self._lines.insertWidget(at, one)
        self.empty.setVisible(not self.entries)

    def edit(self, number: str) -> None:
        """Take a line of the pad up again: a note to change, anything to delete."""
        self.finish()
        found = next((one for one in self._shown if one[0] == number), None)
        if found is None:
            return
        self._number = number
        self.line.setReadOnly(not found[3])
        self.typing.show(found[2])
        self.delete.show()
        self.line.setFocus()

    def finish(self) -> None:
        """What stands in the line is a note of its own; the next is another. Nothing happens during composition."""
        self.typing.flush()
        if self.typing.composing or (self.typing.text().strip() and not self._number):
            return  # it could not be kept: it stays
        self._number = ""
        self.line.setReadOnly(False)
        self.typing.show("")
        self.delete.hide()

    def join(self, word: str) -> bool:
        """Put a word behind what is being typed; whether something was."""
        typed = not self.line.isReadOnly() and self.typing.text().strip()
        if not typed or not self.line.hasFocus() or self.typing.composing:
            return False
        self.line.insert(f" {word}")
        return True

    def flush(self) -> None:
        self.typing.flush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            QTimer.singleShot(0, self, self._left)
        return super().eventFilter(watched, event)

    def _left(self) -> None:
        if not self.line.hasFocus() and not self.delete.hasFocus():
            self.finish()

    def _on_typed(self, text: str) -> None:
        if self.line.isReadOnly() or not (text.strip() or self._number):
            return
        kept = self._keep(self._number, text)
        if kept or not text.strip():
            self._number = kept
            self.typing.show(text)
            self.delete.setVisible(bool(kept))

    def _on_delete(self) -> None:
        number, self._number = self._number, ""
        self.typing.show("")
        self.line.setReadOnly(False)
        self.delete.hide()
        if number:
            self.deleted.emit(number)
