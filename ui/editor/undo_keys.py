"""Ctrl+Z in a text field takes back what is typed there; with nothing left to take back it is the editor's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit


class UndoKeys(QObject):
    """Installed on the application while the editor is open."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        undoing, redoing = event.matches(QKeySequence.StandardKey.Undo), event.matches(QKeySequence.StandardKey.Redo)
        if not (undoing or redoing):
            return False
        if isinstance(watched, QLineEdit):
            own = watched.isUndoAvailable() if undoing else watched.isRedoAvailable()
        elif isinstance(watched, QPlainTextEdit):
            text = watched.document()
            own = text.isUndoAvailable() if undoing else text.isRedoAvailable()
        else:
            return False
        if own:
            return False
        event.ignore()
        return True
