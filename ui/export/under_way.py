"""Work on many audits while it is under way: how far it is, and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, Signal
from PySide6.QtWidgets import QProgressBar

from auditor.words import tr
from exports.batch import Progress
from ui.look.style import SMALL
from ui.progress import progress_words
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card

EVERY = 100
"""Milliseconds between two looks at how far it is."""


class _Told(QObject):
    """Carries progress from the thread that works to the window's."""

    moved = Signal(object)


class UnderWay(Card):
    """Seen while something runs. Its `cancel` button stands elsewhere on the page."""

    changed = Signal()
    """It began, is to stop, or has ended."""
    moved = Signal(object)
    """The Progress, while it runs."""

    def __init__(self, waiting: str) -> None:
        """`waiting` is said while nothing can be counted."""
        super().__init__(spacing=SMALL)
        self.running = False
        self.stop = threading.Event()
        self.destroyed.connect(self.stop.set)
        self._waiting = waiting
        self.cancel = button(tr("batch.cancel"), on_click=self.ask_to_stop)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("capture.exporting"))
        self._said = label("", "body", wrap=True)
        self.column.addWidget(self._said)
        self.column.addWidget(self.bar)
        self._show_state()

    def begin(self) -> Callable[[Progress], None]:
        """Show that it runs. What is given back is called by the working thread, as often as it likes."""
        self.running = True
        self.stop.clear()
        self.show_progress(None)
        self._show_state()
        told, clock = _Told(), QElapsedTimer()
        told.moved.connect(self._on_moved)

        def tell(progress: Progress) -> None:
            if not clock.isValid() or clock.elapsed() >= EVERY or progress.done == progress.total:
                clock.start()
                told.moved.emit(progress)

        return tell

    def show_progress(self, progress: Progress | None) -> None:
        """How far it is; None while nothing can be counted."""
        self.bar.setRange(0, progress.total if progress else 0)
        if progress is not None:
            self.bar.setValue(progress.done)
        self._said.setText(progress_words(progress) if progress else self._waiting)

    def ask_to_stop(self) -> None:
        """Let what runs come to an end early."""
        if self.running:
            self.stop.set()
            self._show_state()

    def end(self) -> None:
        self.running = False
        self.stop.clear()
        self._show_state()

    def _on_moved(self, progress: Progress) -> None:
        if self.running:
            self.moved.emit(progress)

    def _show_state(self) -> None:
        stopping = self.stop.is_set()
        self.cancel.setVisible(self.running)
        self.cancel.setEnabled(not stopping)
        self.cancel.setText(tr("batch.cancelling" if stopping else "batch.cancel"))
        self.setVisible(self.running)
        self.changed.emit()
