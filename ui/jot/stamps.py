"""Large stamps: a tap notes the moment and shows what was saved; a second tap, or a long press, corrects it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from auditor.audit import Jot
from auditor.jotting import Mark
from auditor.words import tr
from ui.controls.drawing import box, fill_box, inner
from ui.controls.painted_button import PaintedButton
from ui.jot.night import night
from ui.look.style import MEDIUM, RADIUS, SMALL, look

HELD = 550
"""Milliseconds after which a press is a long one."""
WIDE, TALL = 160, 96


def expected(marks: Sequence[Mark], stamped: Mapping[str, Jot]) -> str:
    """The stamp that comes next: the first without a time behind the last that has one; "" when none does."""
    names = [mark.name for mark in marks]
    last = max((at for at, name in enumerate(names) if name in stamped), default=-1)
    return next((name for name in names[last + 1 :] if name not in stamped), "")


class Stamp(PaintedButton):
    """One moment of the visit. `held` after a long press, which is no click then."""

    held = Signal()

    def __init__(self, mark: Mark) -> None:
        super().__init__()
        self.mark = mark
        self.title = mark.title[:1].upper() + mark.title[1:]
        self._jot: Jot | None = None
        self._is_next = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HELD)
        self._timer.timeout.connect(self._on_held)
        self.pressed.connect(self._timer.start)
        self.released.connect(self._timer.stop)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_stamp(None, is_next=False)

    @property
    def time(self) -> str:
        """`10:05:20`, as saved; "" where there is none."""
        return self._jot.at[11:19] if self._jot is not None else ""

    def show_stamp(self, jot: Jot | None, *, is_next: bool) -> None:
        self._jot, self._is_next = jot, is_next
        state = "done" if jot is not None else "next" if is_next else "open"
        words = tr(f"jot.stamp_{state}", title=self.title, time=self.time).strip()
        self.setAccessibleName(f"{words} {self._known}".strip())
        self.update()

    @property
    def _known(self) -> str:
        return tr(f"jot.known.{self._jot.proof}") if self._jot is not None else ""

    def _on_held(self) -> None:
        if self.isDown():
            self.setDown(False)
            self.held.emit()

    def sizeHint(self) -> QSize:
        return QSize(look().px(WIDE), look().px(TALL))

    def minimumSizeHint(self) -> QSize:
        return QSize(look().px(100), look().px(TALL))

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = night()
        c = now.colours
        ground = c.brand_ground if self._is_next else c.well if self.isDown() or self.hovered else c.card
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            whole = box(inner(QRectF(self.rect())), RADIUS)
            fill_box(painter, whole, ground, c.brand if self._is_next else c.line)
            if self._ring and self.hasFocus():
                fill_box(painter, box(inner(QRectF(self.rect()), 1), RADIUS), "#00000000", c.brand, 2)
            pad = now.px(14)
            inside = self.rect().adjusted(pad, pad - 2, -pad, -pad + 2)
            self._paint_title(painter, inside)
            words = self.time or tr("jot.tap" if self._is_next else "jot.none")
            painter.setPen(QColor(c.ink if self.time else c.brand if self._is_next else c.quiet))
            painter.setFont(_fitting(words, inside.width()))
            low = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(inside, low, words)

    def _paint_title(self, painter: QPainter, inside: QRect) -> None:
        now, known = night(), self._known
        painter.setFont(now.font("body"))
        metrics = painter.fontMetrics()
        room = inside.width() - (metrics.horizontalAdvance(known) + SMALL if known else 0)
        top = Qt.AlignmentFlag.AlignTop
        painter.setPen(QColor(now.colours.brand if self._is_next else now.colours.quiet))
        title = metrics.elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeft | top, title)
        painter.setPen(QColor(now.colours.lost))
        painter.drawText(inside, Qt.AlignmentFlag.AlignRight | top, known)


def _fitting(words: str, room: int) -> QFont:
    """The large font, smaller where the words would not fit."""
    font = night().font("title")
    size = look().px(26)
    font.setPixelSize(size)
    wide = QFontMetrics(font).horizontalAdvance(words)
    if wide > room > 0:
        font.setPixelSize(max(look().px(13), size * room // wide))
    return font


class StampGrid(QWidget):
    """`show_stamps` in; `tapped(name)` where nothing stands yet, `correction_wanted(name)` otherwise."""

    tapped = Signal(str)
    correction_wanted = Signal(str)

    def __init__(self, marks: Sequence[Mark]) -> None:
        super().__init__()
        self.setAccessibleName(tr("jot.stamps"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(MEDIUM)
        self._columns = 0
        self.stamps = {mark.name: Stamp(mark) for mark in marks}
        for name, one in self.stamps.items():
            one.clicked.connect(lambda _=False, name=name: self._press(name))
            one.held.connect(lambda name=name: self.correction_wanted.emit(name))
        self._lay(len(self.stamps))

    def show_stamps(self, stamped: Mapping[str, Jot]) -> None:
        following = expected([one.mark for one in self.stamps.values()], stamped)
        for name, one in self.stamps.items():
            one.show_stamp(stamped.get(name), is_next=name == following)

    def press(self, number: int) -> bool:
        """Tap the stamp of a number, from 1; whether there is one."""
        names = list(self.stamps)
        if not 1 <= number <= len(names):
            return False
        self._press(names[number - 1])
        return True

    def _press(self, name: str) -> None:
        (self.correction_wanted if self.stamps[name].time else self.tapped).emit(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(1, (self.width() + MEDIUM) // (look().px(WIDE) + MEDIUM))
        rows = ceil(len(self.stamps) / room)
        self._lay(ceil(len(self.stamps) / max(1, rows)))

    def _lay(self, columns: int) -> None:
        """So many abreast, the rows as even as can be."""
        if columns == self._columns or not self.stamps:
            return
        self._columns = columns
        for at, one in enumerate(self.stamps.values()):
            self._grid.addWidget(one, at // columns, at % columns)
        for at in range(len(self.stamps)):
            self._grid.setColumnStretch(at, int(at < columns))
        self.updateGeometry()
