"""Below the cards: back, undo, what is next, and checking before finishing."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QFrame, QWidget

from auditor.words import tr
from ui.controls import Hand
from ui.look import icons
from ui.look.style import MEDIUM, WIDE, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.panels import row


class CaptureBar(QFrame):
    """Four buttons, in two lines where there is no room for them in one."""

    previous_asked = Signal()
    undo_asked = Signal()
    next_asked = Signal()
    review_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "strip")
        self.previous = button(tr("capture.previous"), on_click=self.previous_asked.emit)
        self.undo = button(tr("capture.undo"), on_click=self.undo_asked.emit)
        self.undo.setToolTip("Ctrl+Z")
        self.next = button(tr("capture.next_open", n=0), on_click=self.next_asked.emit)
        self.next.setToolTip("Ctrl+J")
        self.review = button(tr("capture.review"), "primary", on_click=self.review_asked.emit)
        self.review.setObjectName("review")
        gap = QWidget()
        self._line = Flow(self.previous, self.undo, gap, self.next, self.review, spacing=MEDIUM, growing=gap)
        line = row(self._line)
        line.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        self.setLayout(line)

    def show_hand(self, hand: Hand) -> None:
        """What is tapped most often stands at the thumb's side."""
        if hand == "left":
            self._line.reverse()

    def show_read_only(self, read_only: bool) -> None:
        self.undo.setVisible(not read_only)
        self.review.setText(tr("capture.result" if read_only else "capture.review"))

    def show_next(self, open_count: int, has_next: bool) -> None:
        """How many items are open in the whole visit; without any, the button goes to the next section."""
        self.next.setText(tr("capture.next_open", n=open_count) if open_count else tr("capture.next"))
        self.next.setAccessibleName(self.next.text())
        self.next.setEnabled(bool(open_count) or has_next)

    def show_previous(self, has_previous: bool) -> None:
        self.previous.setEnabled(has_previous)

    def show_undo(self, can_undo: bool) -> None:
        self.undo.setEnabled(can_undo)

    def show_compact(self, compact: bool) -> None:
        """Icons instead of words where there is little room."""
        for one, name, icon in ((self.previous, "previous", "back"), (self.undo, "undo", "undo")):
            one.setText("" if compact else tr(f"capture.{name}"))
            one.setIconSize(QSize(look().px(20), look().px(20)))
            one.setIcon(icons.icon(icon) if compact else QIcon())
            one.setAccessibleName(tr(f"capture.{name}"))
