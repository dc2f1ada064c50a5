"""When typed text becomes an answer: after a rest, on leaving, on closing, after composition, never during it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

REST = 400
"""Milliseconds after the last key (design §5)."""

Field = QLineEdit | QPlainTextEdit


class TextCommit(QObject):
    """Watches one field and says `committed(text)` when its text differs from what is saved.

    `show(text)` is the saved truth; it never overwrites what a person is typing. What could not be saved
    stays in the field and is offered again at the next key or on leaving. `ready(text)` says whether a resting
    text can be an answer yet (half a date cannot); on leaving the field it is offered in any case.
    """

    committed = Signal(str)

    def __init__(self, field: Field, *, ready: Callable[[str], object] | None = None) -> None:
        super().__init__(field)
        self._field = field
        self._ready = ready
        self._saved = ""
        self._touched = False
        self._composing = False
        self._sending = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._on_rest)
        field.installEventFilter(self)
        field.textChanged.connect(self._on_text)

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word."""
        return self._composing

    def text(self) -> str:
        field = self._field
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def show(self, text: str) -> None:
        """Paint what was saved, unless it is being typed over."""
        self._saved = text
        if not (self._touched or self._sending or self._composing):
            self._write(text)

    def flush(self) -> None:
        """Commit now, unless an input method is composing or nothing changed."""
        self._rest.stop()
        if self._composing or self._sending:
            return
        text, before = self.text(), self._saved
        self._touched = text.strip() != before.strip()
        if not self._touched:
            return
        self._sending = True
        try:
            self.committed.emit(text)
        finally:
            self._sending = False
        self._touched = self._saved == before and text.strip() != before.strip()
        if not (self._touched or self._field.hasFocus()):
            self._write(self._saved)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            was, self._composing = self._composing, bool(event.preeditString())
            if was and not self._composing:
                QTimer.singleShot(0, self, self.flush)
        elif kind == QEvent.Type.FocusOut:
            self._composing = False
            QTimer.singleShot(0, self, self.flush)
        elif kind in (QEvent.Type.Hide, QEvent.Type.Close):
            self._composing = False
            self.flush()
        return super().eventFilter(watched, event)

    def _on_text(self) -> None:
        self._touched = self.text() != self._saved
        if self._touched and not self._composing:
            self._rest.start()

    def _on_rest(self) -> None:
        if self._ready is None or self._ready(self.text().strip()):
            self.flush()

    def _write(self, text: str) -> None:
        if text == self.text():
            return
        self._field.blockSignals(True)
        if isinstance(self._field, QLineEdit):
            self._field.setText(text)
        else:
            self._field.setPlainText(text)
        self._field.blockSignals(False)
