"""How far a long job is: words, a bar, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from auditor.words import tr
from ui.look.style import MEDIUM, SMALL
from ui.safety.jobs import Running
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import row


class JobBar(QWidget):
    """`show_running` in, `stopped` out; hidden while nothing runs."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "body")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(tr("safety.stop"), "quiet", on_click=self.stopped.emit)
        left = QVBoxLayout()
        left.setSpacing(SMALL)
        left.addWidget(self.words)
        left.addWidget(self.bar)
        line = row(spacing=MEDIUM)
        line.addLayout(left, 1)
        line.addWidget(self.stop)
        self.setLayout(line)
        self.hide()

    def show_running(self, running: Running | None) -> None:
        self.setVisible(running is not None)
        if running is None:
            return
        known = running.of > 0
        key = f"safety.running.{running.name}{running.part and f'_{running.part}'}"
        words = tr(f"{key}.of", done=f"{running.done:,}", of=f"{running.of:,}") if known else tr(key)
        self.words.setText(words)
        self.bar.setAccessibleName(words)
        self.bar.setRange(0, max(running.of, 0))
        self.bar.setValue(running.done)
