"""Several short words on one line: the rows of the course's instruments that a checklist covers."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.editor.fields import LineField

_BETWEEN = re.compile(r"[\s,，、;；]+")


class ListField(QWidget):
    """A list of words, typed with commas or blanks between them, each once; nothing typed is nothing said."""

    edited = Signal(object)

    def __init__(self, name: str, *, placeholder: str = "") -> None:
        super().__init__()
        self.line = LineField(name, placeholder=placeholder)
        self.line.edited.connect(self._on_text)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.line)

    def show_value(self, raw: object) -> None:
        words = [one for one in raw if isinstance(one, str)] if isinstance(raw, list) else [raw] if raw else []
        self.line.show_value(", ".join(map(str, words)))

    def flush(self) -> None:
        self.line.flush()

    def take_focus(self) -> None:
        self.line.take_focus()

    def _on_text(self, text: str | None) -> None:
        words = list(dict.fromkeys(filter(None, _BETWEEN.split(text or ""))))
        self.show_value(words)
        self.edited.emit(words or None)
