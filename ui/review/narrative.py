"""The course of the visit (访问经过): drafted from what was jotted, in the shopper's own words once he changes it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor import jotting
from auditor.audit import Audit
from auditor.check_kinds import COVERT
from auditor.words import tr
from ui.controls.fields import GrowingText
from ui.controls.text_commit import TextCommit
from ui.look.style import SMALL
from ui.widgets.buttons import button
from ui.widgets.flow import Flow, beside
from ui.widgets.labels import label
from ui.widgets.panels import Card, row


def has_course(audit: Audit) -> bool:
    """Whether the visit has a course to tell: a covert one, or one with jots or a narrative."""
    if audit.state == "finished":
        return bool(audit.header.narrative)
    return bool(audit.header.kind in COVERT or audit.jots or audit.header.narrative)


class NarrativeCard(Card):
    """`show_audit` in; `changed(text)` out. A text somebody wrote in is replaced only after asking, in place."""

    changed = Signal(str)

    def __init__(self, audit: Audit, *, read_only: bool) -> None:
        super().__init__(spacing=SMALL)
        self._audit, self._read_only = audit, read_only
        self.field = GrowingText()
        self.field.setAccessibleName(tr("jot.narrative"))
        self.field.setPlaceholderText(tr("jot.narrative.hint"))
        self.field.setReadOnly(read_only)
        self.typing = TextCommit(self.field)
        self.typing.committed.connect(lambda text: self.changed.emit(text.strip()))
        self.note = label(tr("jot.narrative.note"), "body", "quiet", wrap=True)
        self.redraft = button(tr("jot.narrative.redraft"), "quiet", on_click=self._on_redraft)
        self.question = QWidget()
        words = QVBoxLayout()
        words.addWidget(label(tr("jot.narrative.ask"), "body", "lost", wrap=True))
        self.replace = button(tr("jot.narrative.replace"), on_click=self._take_draft)
        self.keep = button(tr("jot.narrative.keep"), on_click=self._on_keep)
        self.question.setLayout(row(beside(words, Flow(self.replace, self.keep))))
        self.question.hide()
        self.column.addWidget(label(tr("jot.narrative"), "strong"))
        for one in (self.note, self.field, self.question):
            self.column.addWidget(one)
        self.column.addLayout(row(self.redraft, 1))
        self.show_audit(audit)

    def show_audit(self, audit: Audit) -> None:
        self._audit = audit
        self.typing.show(audit.header.narrative)
        draft = jotting.narrative(audit)
        self.note.setVisible(bool(draft) and draft == audit.header.narrative and not self._read_only)
        self.redraft.setVisible(bool(draft) and draft != audit.header.narrative and not self._read_only)
        if draft == audit.header.narrative:
            self.question.hide()

    def flush(self) -> None:
        self.typing.flush()

    def _on_redraft(self) -> None:
        self.flush()
        if jotting.is_drafted(self._audit):
            self._take_draft()
        else:
            self.question.show()
            self.redraft.hide()

    def _on_keep(self) -> None:
        self.question.hide()
        self.redraft.show()

    def _take_draft(self) -> None:
        self.question.hide()
        self.changed.emit(jotting.narrative(self._audit))
