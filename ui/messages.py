"""The strip at the bottom: what happened, what to do, and one or two buttons. Never a dialog (design §6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditor.errors import AuditorError
from auditor.words import language, tr
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, WIDE, Tone, look
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card

Action = tuple[str, Callable[[], object]]
"""(words on the button, what it does)."""

SECONDS = 8
MOST_BEHIND = 9
ICONS: dict[Tone, str] = {"good": "check", "lost": "warning", "failed": "warning"}


class MessageStrip(Card):
    """One message at a time. News goes after some seconds, what went wrong stays until it is closed; what it hides of
    the same kind comes back then."""

    def __init__(self) -> None:
        super().__init__("strip", margin=0)
        self.setObjectName("messages")
        self._row = QHBoxLayout()
        self._row.setContentsMargins(WIDE, SMALL, MEDIUM, SMALL)
        self._row.setSpacing(MEDIUM)
        self.column.addLayout(self._row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._close)
        self.text, self.detail = "", ""
        self._behind: list[tuple[str, str, Sequence[Action]]] = []
        self._wrong: tuple[str, str, Sequence[Action]] | None = None
        self.hide()

    def say(
        self,
        text: str,
        detail: str = "",
        *,
        actions: Sequence[Action] = (),
        tone: Tone = "ink",
        seconds: int | None = SECONDS,
    ) -> None:
        """Show a sentence, and what to do about it; `seconds` None keeps it until it is closed or replaced."""
        self._keep((text, detail, actions) if tone == "failed" else None)
        self.text, self.detail = text, detail
        self._empty()
        picture = QLabel()
        picture.setPixmap(icons.pixmap(ICONS.get(tone, "info"), look().colours.tone(tone)[0], look().px(24)))
        self._row.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(text, "body", tone if tone == "failed" else "ink", wrap=True))
        if detail:
            words.addWidget(label(detail, "quiet", wrap=True))
        self._row.addLayout(words, 1)
        for caption, act in actions:
            self._row.addWidget(button(caption, "quiet", on_click=self._closing(act)))
        self._row.addWidget(
            button("", "icon", icon="cross", tone="quiet", name=tr("window.close"), on_click=self._close)
        )
        self.setAccessibleName(f"{text} {detail}".strip())
        self.show()
        from PySide6.QtGui import QAccessible, QAccessibleEvent

        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
        self._timer.stop()
        if seconds is not None:
            self._timer.start(seconds * 1000)

    def say_done(self, text: str, detail: str = "", *, actions: Sequence[Action] = ()) -> None:
        self.say(text, detail, actions=actions, tone="good")

    def say_wrong(self, error: Exception, *, also: str = "", actions: Sequence[Action] = ()) -> None:
        """What went wrong, what `also` follows from it, and its remedy; it stays until closed. Anything unforeseen
        gets one honest sentence."""
        if isinstance(error, AuditorError):
            found = error.problems()
            detail = error.remedy() or (found[0].remedy() if found else "")
            text = f"{error}{'' if language() == 'zh' else ' '}{also}".strip()
            self.say(text, detail, actions=actions, tone="failed", seconds=None)
        else:
            kind = type(error).__name__
            self.say(tr("window.unforeseen", kind=kind), tr("window.unforeseen.remedy"), tone="failed", seconds=None)

    def clear(self) -> None:
        """Nothing more to say."""
        self._timer.stop()
        self._behind, self._wrong = [], None
        self.text, self.detail = "", ""
        self.hide()
        self._empty()

    def _keep(self, wrong: tuple[str, str, Sequence[Action]] | None) -> None:
        """What went wrong and nobody has closed yet goes behind the new message."""
        held = self._behind if self._wrong is None else [*self._behind, self._wrong]
        self._behind = [one for one in held if wrong is None or one[:2] != wrong[:2]][-MOST_BEHIND:]
        self._wrong = wrong

    def _close(self) -> None:
        """Away with this one; the one behind it comes forward."""
        behind = self._behind
        self.clear()
        if behind:
            text, detail, actions = behind[-1]
            self._behind = behind[:-1]
            self.say(text, detail, actions=actions, tone="failed", seconds=None)

    def _closing(self, act: Callable[[], object]) -> Callable[[], object]:
        def both() -> None:
            self._close()
            act()

        return both

    def _empty(self) -> None:
        _delete_all(self._row)


def _delete_all(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if isinstance(inner, QHBoxLayout | QVBoxLayout):
            _delete_all(inner)
        if isinstance(widget, QWidget):
            widget.hide()
            widget.deleteLater()
