"""Below a generation: put back all that is missing or damaged, or one audit; confirmed in place."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from auditor.words import tr
from ui.look.style import MEDIUM, SMALL, Tone
from ui.safety.backup_state import Held
from ui.safety.words import moment
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, ElidedLabel, label
from ui.widgets.panels import Card, row

MOST = 6
"""So many audits are listed; the rest is found by typing."""


class RestorePanel(Card):
    """`show_held` in, `restore_wanted(audit, made)` out; an empty audit means all that is missing or damaged."""

    restore_wanted = Signal(str, object)

    def __init__(self, made: datetime) -> None:
        super().__init__("well", margin=MEDIUM, spacing=MEDIUM)
        self._made = made
        self._held: tuple[Held, ...] = ()
        self._inside = QVBoxLayout()
        self._inside.setSpacing(MEDIUM)
        self.column.addLayout(self._inside)
        self.count = label(tr("safety.looking"), "body", wrap=True)
        self.all = button(tr("safety.restore_all"), "plain", icon="refresh", on_click=self._ask_all)
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("safety.find_audit"))
        self.search.setAccessibleName(tr("safety.find_audit"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._list())
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SMALL)
        self._choice = QWidget()
        choice = QVBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        choice.setSpacing(MEDIUM)
        choice.addWidget(self.count)
        choice.addWidget(Flow(self.all))
        choice.addWidget(self.search)
        choice.addLayout(self._rows)
        self._inside.addWidget(self._choice)
        self.question: QWidget | None = None

    def show_held(self, held: tuple[Held, ...]) -> None:
        """The audits of the generation, the missing and damaged first."""
        self._held = held
        wanting = sum(one.condition != "sound" for one in held)
        self.count.setText(tr("safety.wanting" if wanting else "safety.wanting_none", count=wanting, of=len(held)))
        self._list()

    @property
    def listed(self) -> list[str]:
        """Audits that are listed now."""
        return [one.audit for one in self._found()]

    def _found(self) -> list[Held]:
        words = self.search.text().lower().split()
        if not words:
            return [one for one in self._held if one.condition != "sound"][:MOST]
        return [one for one in self._held if all(word in f"{one.words} {one.audit}".lower() for word in words)][:MOST]

    def _list(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for one in self._found():
            self._rows.addWidget(self._row(one))
        if self.search.text() and not self._found():
            self._rows.addWidget(label(tr("safety.none_such"), "quiet", wrap=True))

    def _row(self, one: Held) -> QWidget:
        tone: Tone = "failed" if one.condition != "sound" else "good"
        words = ElidedLabel(one.words)
        restore = button(
            tr("safety.restore_this"),
            "quiet",
            name=f"{tr('safety.restore_this')} {one.words}",
            on_click=partial(self._ask_one, one),
        )
        made = QWidget()
        across = row(words, Badge(tr(f"safety.condition.{one.condition}"), tone), restore, spacing=SMALL)
        across.setStretch(0, 1)
        made.setLayout(across)
        return made

    def _ask_all(self) -> None:
        self._ask("", tr("safety.restore_all_ask", when=moment(self._made)), tr("safety.restore_all_note"))

    def _ask_one(self, one: Held) -> None:
        title = tr("safety.restore_one_ask", audit=one.words, when=moment(self._made))
        note = "safety.restore_sound_note" if one.condition == "sound" else "safety.restore_note"
        self._ask(one.audit, title, tr(note))

    def _ask(self, audit: str, title: str, note: str) -> None:
        """The question in the place of the choice."""
        self._choice.hide()
        self.question = QWidget()
        column = QVBoxLayout(self.question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(label(title, "strong", wrap=True))
        column.addWidget(label(note, "body", wrap=True))
        yes = button(tr("safety.restore_yes"), "primary", on_click=partial(self._yes, audit))
        yes.setObjectName("restore_yes")
        column.addWidget(Flow(yes, button(tr("window.cancel"), on_click=self._back)))
        self._inside.addWidget(self.question)

    def _yes(self, audit: str) -> None:
        self._back()
        self.restore_wanted.emit(audit, self._made)

    def _back(self) -> None:
        if self.question is not None:
            self.question.hide()
            self.question.deleteLater()
            self.question = None
        self._choice.show()
