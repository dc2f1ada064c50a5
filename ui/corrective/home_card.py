"""What a branch still has to put right, on its first page: how much, how much of it late, and the most urgent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from auditor.words import tr
from ui.corrective.words import month_day
from ui.look.style import LARGE, MEDIUM
from ui.widgets.buttons import button
from ui.widgets.labels import Badge, ElidedLabel
from ui.widgets.panels import Card, Figure, row

if TYPE_CHECKING:
    from auditor.store import Row, Store


class Waiting(NamedTuple):
    """What waits to be put right, counted from the rows."""

    n: int = 0
    overdue: int = 0
    audit: str = ""
    """The audit with the most urgent; where nothing has a day, the newest."""
    due: str = ""


def waiting(rows: Sequence[Row], today: date) -> Waiting:
    """Of finished audits; the rows know how much waits and by when, not what."""
    with_some = [row for row in rows if row.unmet]
    if not with_some:
        return Waiting()
    late = sum(day < today.isoformat() for row in with_some for day in row.dues)
    dated = [row for row in with_some if row.dues]
    urgent = min(dated, key=lambda row: row.dues[0]) if dated else max(with_some, key=lambda row: row.visited)
    return Waiting(sum(row.unmet for row in with_some), late, urgent.id, urgent.dues[0] if dated else "")


def most_urgent(store: Store, audit: str) -> str:
    """What it is that is most urgent in an audit, by its item's words; "" where nothing waits there any more. Reads
    the disk. Raises `store.*`."""
    from auditor import corrective, scoring

    found = store.read(audit)
    pending = corrective.pending(found, scoring.current(found), date.today())
    return str(pending[0].loss.item.text) if pending else ""


class CorrectiveCard(Card):
    """`show_rows`, then `show_urgent` in; `opened` (an audit) out, and `listed` when all are wanted."""

    opened = Signal(str)
    listed = Signal()
    urgent_wanted = Signal(str)
    """The audit whose most urgent action is to be named."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting = Waiting()
        self.figure = Figure(name=tr("corrective.card"))
        self.overdue, self.below = Badge("", "failed"), ElidedLabel("", "small")
        self.all = button(tr("corrective.card_all"), "quiet", on_click=self.listed.emit)
        self.open = button(tr("corrective.card_open"), "quiet", on_click=lambda: self.opened.emit(self._waiting.audit))
        inside = row(self.figure, self.overdue, 1, self.all, self.open, spacing=MEDIUM)
        self.column.addWidget(ElidedLabel(tr("corrective.card"), "quiet"))
        self.column.addLayout(inside, 1)
        self.column.addWidget(self.below)

    @property
    def waiting(self) -> Waiting:
        return self._waiting

    def show_rows(self, rows: Sequence[Row], today: date) -> None:
        """Count; what it is that is most urgent is asked for."""
        self.show_waiting(waiting(rows, today))
        if self._waiting.n:
            self.urgent_wanted.emit(self._waiting.audit)

    def show_waiting(self, found: Waiting) -> None:
        self._waiting = found
        self.figure.show_figure(str(found.n))
        self.overdue.setVisible(found.overdue > 0)
        self.overdue.setText(tr("corrective.card_overdue", n=found.overdue))
        self.open.setVisible(found.n > 0)
        self._make_room()
        self.show_urgent("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where figure, lateness and both buttons have no room beside each other, the list's own filter is enough."""
        things = (self.figure, self.open, self.all, *((self.overdue,) if self._waiting.overdue else ()))
        wanted = sum(one.sizeHint().width() + MEDIUM for one in things) + 2 * LARGE
        self.all.setVisible(self._waiting.n > 0 and self.width() >= wanted)

    def show_urgent(self, title: str) -> None:
        """The words of the most urgent, read by now: `柜面客户资料未收 · 应于9月18日完成`."""
        due = self._waiting.due
        when = tr("corrective.card_due", day=month_day(due)) if due else tr("corrective.card_no_day")
        words = " · ".join((title, when)) if title else when
        self.below.setText(words if self._waiting.n else tr("corrective.card_none"))
