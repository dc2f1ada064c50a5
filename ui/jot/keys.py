"""The keys of the note pad: 1–9 stamps, space the stopwatch, R a new timing, N a note, F9 or Pause the cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.capture.keys import is_typing
from ui.jot.cover import KEYS

if TYPE_CHECKING:
    from ui.jot.page import JotPage

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class JotKeys:
    """None acts while an input method composes (design §6); in a text field only the cover's keys and Escape do."""

    def __init__(self, page: JotPage) -> None:
        self._page = page

    def take(self, event: QKeyEvent) -> bool:
        """Act on a key; False when it is none of ours."""
        page, key, held = self._page, Qt.Key(event.key()), event.modifiers()
        if page.composing:
            return False
        if key in KEYS:
            page.put_cover()
            return True
        if is_typing(page.window().focusWidget()):
            if key == Qt.Key.Key_Escape:
                page.setFocus()
            return key == Qt.Key.Key_Escape
        if key == Qt.Key.Key_Z and held == Qt.KeyboardModifier.ControlModifier:
            page.undo()
            return True
        return held in _PLAIN and self._plain(key)

    def _plain(self, key: Qt.Key) -> bool:
        page, digit = self._page, key - Qt.Key.Key_0
        if 1 <= digit <= 9:
            return page.stamps.press(digit)
        if key == Qt.Key.Key_Space:
            page.watch.press()
        elif key == Qt.Key.Key_R:
            page.watch.again.click()
        elif key == Qt.Key.Key_N:
            page.notes.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            return False
        return True
