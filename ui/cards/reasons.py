"""Why points were lost: the fact as a line of text, with its time, place and post as fields of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.audit import Reason
from auditor.checklist.parts import Fault
from auditor.words import LANGUAGES, tr
from ui.controls.fields import GrowingText
from ui.controls.text_commit import TextCommit
from ui.look.style import SMALL, TARGET, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow

_FIELDS: tuple[Literal["time", "place", "post"], ...] = ("time", "place", "post")
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(:\d{2})?|")
_BREAK = re.compile(r"[；;]\s*")


class ReasonLine(QWidget):
    """One reason. `changed` carries it as edited."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._reason = Reason()
        self._details: QWidget | None = None
        self._typing: dict[str, TextCommit] = {}
        self.text = GrowingText()
        self.text.setAccessibleName(name)
        self.text.setPlaceholderText(tr("capture.reason_hint"))
        self._watch("text", self.text)
        self.stamp = button("", icon="clock", name=f"{name} {tr('capture.stamp')}", on_click=self._on_stamp)
        self.stamp.setCheckable(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        self.line = Flow(self.stamp, self.text, growing=self.text)
        column.addWidget(self.line)

    def show_reason(self, reason: Reason) -> None:
        self._reason = reason
        for name, typing in self._typing.items():
            typing.show(getattr(reason, name))
        words = " · ".join(part for part in (reason.time, reason.place, reason.post) if part)
        metrics = self.stamp.fontMetrics()
        shown = self.isVisible()
        room = max(0, min(look().px(180), self.width() - 2 * look().px(TARGET))) if shown else look().px(180)
        self.stamp.setText(metrics.elidedText(words, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
        self.stamp.setToolTip(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words about when and where leave room for what happened."""
        super().resizeEvent(event)
        self.show_reason(self._reason)

    def take_focus(self) -> None:
        self.text.setFocus()

    def flush(self) -> None:
        for typing in self._typing.values():
            typing.flush()

    def _watch(self, name: str, field: QLineEdit | GrowingText) -> None:
        typing = TextCommit(field, ready=_TIME.fullmatch if name == "time" else None)
        typing.committed.connect(lambda text, n=name: self._on_text(n, text))
        self._typing[name] = typing

    def _on_text(self, name: str, text: str) -> None:
        text = text.replace("：", ":").strip() if name == "time" else text
        self.changed.emit(replace(self._reason, **{name: text}))

    def _on_stamp(self) -> None:
        if self._details is None:
            self._details = self._make_details()
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._details)
            self.show_reason(self._reason)
        self._details.setVisible(self.stamp.isChecked())

    def _make_details(self) -> QWidget:
        flow = Flow()
        for name in _FIELDS:
            field = _ShortField(look().px(110 if name == "time" else 170))
            field.setPlaceholderText(tr(f"capture.reason_{name}"))
            field.setAccessibleName(f"{self._name} {tr(f'capture.reason_{name}')}")
            self._watch(name, field)
            flow.addWidget(field)
            if name == "time":
                flow.addWidget(button(tr("capture.now"), on_click=self._on_now))
        return flow

    def _on_now(self) -> None:
        self.changed.emit(replace(self._reason, time=f"{datetime.now():%H:%M}"))


class _ShortField(QLineEdit):
    def __init__(self, wide: int) -> None:
        super().__init__()
        self._wide = wide

    def sizeHint(self) -> QSize:
        return QSize(self._wide, super().sizeHint().height())


class Reasons(QWidget):
    """The reasons of one answer: one line, or one for each occurrence. `changed` carries all of them."""

    changed = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._reasons: tuple[Reason, ...] = ()
        self.lines: list[ReasonLine] = []
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SMALL)

    def show_reasons(self, reasons: tuple[Reason, ...], count: int = 1) -> None:
        """At least `count` lines; more where more reasons were given."""
        self._reasons = reasons
        wanted = max(1, count, len(reasons))
        while len(self.lines) < wanted:
            self._add_line()
        for number, line in enumerate(self.lines):
            line.setVisible(number < wanted)
            line.show_reason(reasons[number] if number < len(reasons) else Reason())

    def flush(self) -> None:
        for line in self.lines:
            line.flush()

    def _add_line(self) -> None:
        number = len(self.lines)
        name = f"{self._name} {tr('common.reason')}"
        line = ReasonLine(name if not number else f"{name} {number + 1}")
        line.changed.connect(lambda reason, n=number: self._on_change(n, reason))
        self.lines.append(line)
        self.column.addWidget(line)

    def _on_change(self, number: int, reason: Reason) -> None:
        reasons = [*self._reasons, *([Reason()] * (number + 1 - len(self._reasons)))]
        reasons[number] = reason
        while reasons and reasons[-1] == Reason():
            reasons.pop()
        self.changed.emit(tuple(reasons))


def phrases(text: str) -> list[str]:
    """The parts of a reason that chips put together."""
    return [part for part in _BREAK.split(text) if part]


def is_named(fault: Fault, text: str) -> bool:
    """Whether a reason names a usual fault, in any language."""
    said = phrases(text)
    return any(fault.text.in_(code) in said for code in LANGUAGES)


def toggled(fault: Fault, reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """The reasons with a usual fault put in, or taken out where it was named."""
    first = reasons[0] if reasons else Reason()
    parts = phrases(first.text)
    words = {fault.text.in_(code) for code in LANGUAGES}
    parts = [part for part in parts if part not in words] if words & set(parts) else [*parts, str(fault.text)]
    changed = (replace(first, text=tr("common.semicolon").join(parts)), *reasons[1:])
    return () if changed == (Reason(),) else changed
