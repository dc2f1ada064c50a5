"""The stopwatch: one thumb starts and stops it; which thing it times is chosen below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy

from auditor.audit import Jot
from auditor.formats import duration
from auditor.jotting import Mark
from auditor.words import tr
from ui.controls.stopwatch import shown
from ui.jot.night import night
from ui.jot.timings import Timings
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, look, put
from ui.widgets.buttons import bold_width, button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row

TICK = 200
DONE, RUNNING = " ✓", " ▶"
_LONGEST = 14
"""Characters of a name on a chip, as wide as Chinese ones."""


class WatchCard(Card):
    """Shows one of the marks; `started(mark)`, `stopped(mark)`, `again_wanted(mark)` out."""

    started = Signal(object)
    stopped = Signal(object)
    again_wanted = Signal(object)

    def __init__(self, marks: Sequence[Mark], timings: Timings) -> None:
        super().__init__(spacing=SMALL)
        self._timings = timings
        self.marks = (*marks, Mark("", tr("jot.watch.free"), timed=True))
        self.mark = self.marks[0]
        self.title = ElidedLabel("", "body", "quiet")
        self.note = label("", "body", "quiet")
        self.figure = label("")
        self.figure.setProperty("role", "watch")
        self.figure.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.toggle = button("", "plain", on_click=self.press)
        self.again = button(tr("jot.watch.again"), "plain", on_click=lambda: self.again_wanted.emit(self.mark))
        self._chips: dict[str, QPushButton] = {}
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._show_figure)
        self._build()

    def _build(self) -> None:
        for one in (self.toggle, self.again):
            one.setProperty("thumb", True)
            one.setMinimumHeight(look().px(64))
            one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = row(self.title, self.note, spacing=MEDIUM)
        head.setStretch(0, 1)
        self.column.addLayout(head)
        self.column.addStretch(1)
        self.column.addWidget(self.figure)
        self.column.addStretch(1)
        chips = Flow()
        for mark in self.marks:
            chip = button(_short(mark.title), "chip", name=mark.title)
            chip.setCheckable(True)
            chip.setProperty("tone", "brand")
            chip.clicked.connect(lambda _=False, mark=mark: self.choose(mark.name))
            self._chips[mark.name] = chip
            chips.addWidget(chip)
        chips.setVisible(len(self.marks) > 1)
        self._names = chips
        self.column.addWidget(chips)
        self.column.addLayout(row(self.toggle, self.again, spacing=MEDIUM))

    def show_thumb_first(self, first: bool) -> None:
        """Where the pad scrolls, start and stop stand above what is timed, and so in sight."""
        self.column.removeWidget(self._names)
        self.column.insertWidget(self.column.count() - (0 if first else 1), self._names)

    def choose(self, name: str) -> None:
        """Time this from now on; what runs goes on."""
        self.mark = next((one for one in self.marks if one.name == name), self.mark)
        self.refresh()

    def press(self) -> None:
        """Start, or stop."""
        if self._timings.is_running(self.mark):
            self.stopped.emit(self.mark)
        elif self._timings.last(self.mark) is None:
            self.started.emit(self.mark)

    def refresh(self) -> None:
        """Paint what is saved."""
        found = self._timings.last(self.mark)
        running = self._timings.is_running(self.mark)
        self.title.setText(self.mark.title if self.mark.name else tr("jot.watch"))
        self.toggle.setText(tr("jot.watch.stop" if running else "jot.watch.start"))
        self.toggle.setEnabled(running or found is None)
        self.toggle.setAccessibleName(f"{self.mark.title} {self.toggle.text()}")
        self.again.setEnabled(found is not None)
        self.again.setAccessibleName(f"{self.mark.title} {self.again.text()}")
        self.note.setText(tr("jot.watch.started", time=found[1].at[11:19]) if found else "")
        put(self.figure, "tone", "brand" if running else "ink")
        self._show_chips()
        self._show_figure()
        self._tick.start() if running else self._tick.stop()

    def _show_chips(self) -> None:
        for mark in self.marks:
            chip, found = self._chips[mark.name], self._timings.last(mark)
            chip.setChecked(mark == self.mark)
            state = "" if found is None else DONE if found[1].seconds else RUNNING
            text = f"{_short(mark.title)}{state}"
            chip.setText(text.replace("&", "&&"))
            chip.setMinimumWidth(max(bold_width(text) + 2 * LARGE + 2, look().px(TARGET)))
            words = {DONE: "jot.watch.done", RUNNING: "jot.watch.running"}.get(state, "")
            took = duration(Decimal(found[1].seconds)) if found and found[1].seconds else ""
            chip.setAccessibleName(tr(words, title=mark.title, duration=took) if words else mark.title)

    def _show_figure(self) -> None:
        """Minutes and seconds while it runs, to the tenth once it stands."""
        found = self._timings.last(self.mark)
        if found is None:
            text = "00:00"
        elif found[1].seconds:
            text = shown(Decimal(found[1].seconds))
        else:
            took = self._timings.elapsed(self.mark)
            text = "--:--" if took is None else shown(Decimal(int(took.seconds)))[:-2]
        self.figure.setText(text)
        self.figure.setAccessibleName(f"{self.mark.title} {text}")


def timed_words(jot: Jot, titles: Mapping[str, str]) -> str:
    """How a finished timing stands in the list."""
    return f"{titles.get(jot.name, '') or jot.text} {duration(Decimal(jot.seconds))}"


def _short(title: str) -> str:
    """A title that fits on a chip."""
    metrics = QFontMetrics(night().font("body"))
    return metrics.elidedText(title, Qt.TextElideMode.ElideRight, metrics.horizontalAdvance("字" * _LONGEST))
