"""The keys of the capture page. None acts while text or an input method is being composed (design §6)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QPlainTextEdit, QWidget

from ui.capture.column import CardColumn

Act = Callable[[], object]
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def is_typing(widget: QWidget | None) -> bool:
    """Whether a widget takes text."""
    return isinstance(widget, QLineEdit | QPlainTextEdit | QAbstractSpinBox)


class CaptureKeys:
    """1–9 answer the focused card, N is not applicable, F flags it, arrows move; Ctrl with J, Z, Shift+Z, V."""

    def __init__(self, column: CardColumn, *, next_open: Act, undo: Act, redo: Act) -> None:
        self._column = column
        self._commands: dict[tuple[Qt.Key, Qt.KeyboardModifier], Act] = {
            (Qt.Key.Key_J, _CTRL): next_open,
            (Qt.Key.Key_Z, _CTRL): undo,
            (Qt.Key.Key_Z, _CTRL | _SHIFT): redo,
            (Qt.Key.Key_Y, _CTRL): redo,
            (Qt.Key.Key_V, _CTRL): self._paste,
        }

    def take(self, event: QKeyEvent, focus: QWidget | None) -> bool:
        """Act on a key; False when it is none of ours, or text is being typed."""
        if is_typing(focus):
            return self._leave_text(event)
        key, held = Qt.Key(event.key()), event.modifiers()
        command = self._commands.get((key, held))
        if command is not None:
            command()
            return True
        return held in _PLAIN and self._plain(key)

    def _plain(self, key: Qt.Key) -> bool:
        card = self._column.focused()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            other = self._column.next_of(card, 1 if key == Qt.Key.Key_Down else -1)
            if other is not None:
                self._column.reveal(other.path)
            return other is not None
        if card is None:
            return False
        if key == Qt.Key.Key_N:
            return card.press_na()
        if key == Qt.Key.Key_F:
            return card.press_flag()
        digit = key - Qt.Key.Key_0
        return 0 <= digit <= 9 and card.press(digit)

    def _leave_text(self, event: QKeyEvent) -> bool:
        """Escape hands the keyboard back to the card's buttons."""
        card = self._column.focused()
        if event.key() != Qt.Key.Key_Escape or card is None:
            return False
        card.flush()
        card.take_focus()
        beside = card.header.flag or card.header.more or card.header.info
        if is_typing(card.window().focusWidget()) and beside is not None:  # all there is to answer it is a field
            beside.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _paste(self) -> None:
        card = self._column.focused()
        if card is not None:
            card.paste_photos()
