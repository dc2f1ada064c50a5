"""The cover: a clock, large and plain. The corner that put it up takes it away; nothing on it says so."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.words import tr
from ui.jot.night import dress
from ui.look.style import MEDIUM, look
from ui.widgets.labels import label

KEYS = (Qt.Key.Key_F9, Qt.Key.Key_Pause)
"""The keys that put the cover up and take it away."""
CORNER = (220, 160)
"""Width and height of the corner, at 100 %."""


class Cover(QWidget):
    """Lies over the whole page. `lifted` when the corner or a key is pressed; every other press does nothing."""

    lifted = Signal()

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self._page = page
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        dress(self)
        self.corner = QRect()
        self.clock, self.day = label(""), label("")
        for one, role in ((self.clock, "cover"), (self.day, "cover-day")):
            one.setProperty("role", role)
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setSpacing(MEDIUM)
        column.addStretch(2)
        column.addWidget(self.clock)
        column.addWidget(self.day)
        column.addStretch(3)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self.show_time)
        self.hide()

    def put_up(self, spot: QRect) -> None:
        """Cover the page; `spot` is where the button was that asked for it."""
        page = self._page
        self.setGeometry(page.rect())
        wide, tall = (look().px(one) for one in CORNER)
        left = spot.center().x() < page.width() // 2
        corner = QRect(0 if left else page.width() - wide, page.height() - tall, wide, tall)
        self.corner = corner.united(spot)
        self.show_time()
        self.show()
        self.raise_()
        self.setFocus()
        self._tick.start()

    def take_away(self) -> None:
        self._tick.stop()
        self.hide()

    def show_time(self) -> None:
        now = datetime.now()
        day = tr(f"jot.day.{now.weekday()}")
        self.clock.setText(f"{now:%H:%M}")
        self.day.setText(tr("jot.date", month=now.month, day=now.day, weekday=day))
        self.setAccessibleName(tr("jot.clock", time=f"{now:%H:%M}"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if self.corner.contains(event.position().toPoint()):
            self.lifted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()
        if event.key() in KEYS:
            self.lifted.emit()

    def focusNextPrevChild(self, _next: bool) -> bool:
        return False
