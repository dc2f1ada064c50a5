"""A stamp put right in place: typed, taken now, cleared, and how its time is known."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from auditor.audit import Jot
from auditor.jotting import Mark
from auditor.words import tr
from ui.controls.text_commit import TextCommit
from ui.look.style import ANSWER, MEDIUM, SMALL, look
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row

PROOFS = ("estimated", "ticket", "receipt", "photo")


class StampEditor(Card):
    """`show_mark` in. Out: `typed(name, text, proof)`, `proven(name, proof)` of a time that stands, `now_wanted`,
    `cleared` with a name. It asks nothing and stops nothing."""

    typed = Signal(str, str, str)
    proven = Signal(str, str)
    now_wanted = Signal(str)
    cleared = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=MEDIUM, spacing=SMALL)
        self.name = ""
        self._proof = "estimated"
        self.title = label("", "body", "quiet", wrap=True)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("jot.editor.hint"))
        self.field.setInputMethodHints(Qt.InputMethodHint.ImhTime)
        self.field.setFixedWidth(look().px(150))
        self.field.setMinimumHeight(look().px(ANSWER))
        self.typing = TextCommit(self.field, ready=lambda text: len(text) > 6 and text[-3] in ":：")
        self.typing.committed.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_return)
        self.proof = SegmentedButtons([(one, tr(f"jot.known.{one}")) for one in PROOFS], name=tr("jot.editor.known"))
        self.proof.chosen.connect(self._on_proof)
        self.now = button(tr("jot.editor.now"), on_click=lambda: self.now_wanted.emit(self.name))
        self.clear = button(tr("jot.editor.clear"), on_click=lambda: self.cleared.emit(self.name))
        self.done = button(tr("jot.editor.done"), on_click=self.close_editor)
        for one in (self.now, self.clear, self.done):
            one.setMinimumHeight(look().px(ANSWER))
        self.wrong = label("", "body", "lost", wrap=True)
        line = row(self.title, spacing=MEDIUM)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.column.addLayout(line)
        self.column.addWidget(Flow(self.field, self.proof, self.now, self.clear, self.done))
        self.column.addWidget(self.wrong)
        self.hide()

    def open_editor(self, mark: Mark, jot: Jot | None) -> None:
        """For one stamp; what is being typed for another is committed first."""
        self.flush()
        self.name = mark.name
        self.title.setText(mark.title)
        self.field.setAccessibleName(tr("jot.editor.time", title=mark.title))
        self.show_wrong("")
        self.show_jot(jot)
        self.show()

    def show_jot(self, jot: Jot | None) -> None:
        """Paint what is saved of the stamp that is open."""
        self._proof = jot.proof if jot is not None and jot.proof in PROOFS else "estimated"
        self.typing.show(jot.at[11:19] if jot is not None else "")
        self.proof.show_value(None if jot is not None and jot.proof == "tapped" else self._proof)
        self.clear.setEnabled(jot is not None)

    def show_wrong(self, words: str) -> None:
        """Why a typed time was not taken; it stays in the field."""
        self.wrong.setText(words)
        self.wrong.setVisible(bool(words))

    def close_editor(self) -> None:
        self.flush()
        if not self.wrong.text():
            self.dismiss()

    def dismiss(self) -> None:
        self.name = ""
        self.hide()

    def flush(self) -> None:
        self.typing.flush()

    def _on_return(self) -> None:
        if not self.typing.composing:
            self.close_editor()

    def _on_typed(self, text: str) -> None:
        if self.name and text.strip():
            self.typed.emit(self.name, text, self._proof)

    def _on_proof(self, proof: object) -> None:
        self._proof = str(proof)
        self.proof.show_value(self._proof)
        self.proven.emit(self.name, self._proof)
