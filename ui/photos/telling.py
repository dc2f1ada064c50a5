"""How far a recording is read, in the strip of the window, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from auditor.words import tr
from ui.messages import MessageStrip
from ui.photos.listening import Listening

EVERY = 10
"""Per cent between two sentences: a screen reader says each of them."""


class Telling(QObject):
    """Stands between one session's recordings and the strip, as long as the page that owns it."""

    def __init__(self, listening: Listening, messages: MessageStrip, parent: QObject) -> None:
        super().__init__(parent)
        self._listening, self._messages = listening, messages
        self._said = ""
        listening.progressed.connect(self._on_progress)
        listening.ended.connect(self._on_end)

    def _on_progress(self, name: str, percent: int) -> None:
        if percent % EVERY == 0:
            self._said = tr("photos.clip_hashing", name=name, percent=percent)
            stop = (tr("photos.clip_stop"), self._listening.stop)
            self._messages.say(self._said, actions=[stop], seconds=None)

    def _on_end(self, said: str) -> None:
        if said:
            self._messages.say_done(said)
        elif self._messages.text == self._said:
            self._messages.clear()
