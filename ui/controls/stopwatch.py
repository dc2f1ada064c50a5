"""A duration: started and stopped with one thumb, or typed."""

from __future__ import annotations

import sys
import time
from collections.abc import MutableMapping
from decimal import Decimal
from fractions import Fraction

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.figures import half_up
from auditor.words import tr
from ui.controls.bands import band_badge
from ui.look.style import LARGE, MEDIUM, SMALL, Tone, look, put
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge

TICK = 100


def clock() -> float:
    """Seconds that go on while the machine sleeps, where it has such a clock; nobody can set it."""
    boot = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None) if sys.platform == "darwin" else None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class Stopwatch(QWidget):
    """The time on a large display that can also be typed into, the band it falls into, and start, stop, restart.

    `answered` carries seconds as Decimal, typed text, or None. `running` maps `key` to when it was started: it
    belongs to whoever makes the widget, so that a stopwatch goes on while its page is not shown.
    """

    answered = Signal(object)

    def __init__(
        self,
        item: Item,
        *,
        blind: bool = False,
        running: MutableMapping[str, float] | None = None,
        key: str = "",
        left_handed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._item, self._blind, self._key = item, blind, key
        self._running: MutableMapping[str, float] = {} if running is None else running
        self._saved: Decimal | None = None
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._show_running)
        self.display = QLineEdit()
        self.display.setProperty("look", "figure")
        self.display.setPlaceholderText("00:00.0")
        self.display.setAccessibleName(f"{item.text} {tr('capture.duration')}")
        self.display.editingFinished.connect(self._on_typed)
        self.badge = Badge()
        self.toggle = button(tr("capture.start_clock"), "primary", on_click=self._on_toggle)
        self.toggle.setMinimumWidth(look().px(132))
        self._build(left_handed)
        if self._key in self._running:
            self._tick.start()
        self._show_running()

    def _build(self, left_handed: bool) -> None:
        face = QFrame()
        face.setProperty("panel", "field")
        inside = QHBoxLayout(face)
        inside.setContentsMargins(LARGE, SMALL - 2, LARGE, SMALL - 2)
        inside.setSpacing(MEDIUM)
        inside.addWidget(self.display)
        inside.addWidget(self.badge)
        inside.addStretch(1)
        things = (self.toggle, face) if left_handed else (face, self.toggle)
        across = QVBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(Flow(*things, spacing=MEDIUM + 2, growing=face))
        policy = self.toggle.sizePolicy()
        policy.setVerticalPolicy(policy.Policy.Expanding)
        self.toggle.setSizePolicy(policy)

    def show_answer(self, answer: Answer, _tone: Tone = "brand") -> None:
        self._saved = Decimal(answer.value) if isinstance(answer.value, int | Decimal) else None
        words, band_tone = band_badge(self._item, self._saved, blind=self._blind)
        self.badge.setVisible(bool(words))
        if words:
            self.badge.show_state(words, band_tone)
        self._show_running()

    def take_focus(self) -> None:
        self.toggle.setFocus()

    @property
    def is_running(self) -> bool:
        return self._key in self._running

    def _on_toggle(self) -> None:
        started = self._running.pop(self._key, None)
        if started is None:
            self._running[self._key] = clock()
            self._tick.start()
            self._show_running()
            return
        self._tick.stop()
        took = half_up(Fraction(clock() - started), 1)
        self.answered.emit(Decimal(took.numerator * 10 // took.denominator) / 10)
        self._show_running()

    def _on_typed(self) -> None:
        text = self.display.text().strip()
        if not self.display.isModified() or text == shown(self._saved):
            return
        self._running.pop(self._key, None)
        self._tick.stop()
        self.display.setModified(False)
        self.answered.emit(text or None)
        self._show_running()

    def _show_running(self) -> None:
        started = self._running.get(self._key)
        if started is not None:
            self.display.setText(shown(Decimal(int((clock() - started) * 10)) / 10))
        elif not (self.display.hasFocus() and self.display.isModified()):
            self.display.setText(shown(self._saved))
        metrics = QFontMetrics(look().font("figure"))
        self.display.setFixedWidth(metrics.horizontalAdvance(self.display.text() or "00:00.0") + SMALL)
        words = "stop_clock" if started is not None else "start_clock" if self._saved is None else "restart_clock"
        self.toggle.setText(tr(f"capture.{words}"))
        self.toggle.setAccessibleName(f"{self._item.text} {tr(f'capture.{words}')}")
        self.badge.setVisible(started is None and bool(self.badge.text()) and self._saved is not None)
        put(self.display, "running", started is not None)


def shown(seconds: Decimal | None) -> str:
    """`00:11.8`, `1:02:05.0`; "" where there is none."""
    if seconds is None:
        return ""
    tenths = int((seconds * 10).to_integral_value())
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    text = f"{minutes:02}:{rest // 10:02}.{rest % 10}"
    return f"{hours}:{text}" if hours else text
