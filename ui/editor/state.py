"""The checklist open in the editor: it outlives the page, which is built anew in another language or look."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from auditor.checklist.model import Checklist
from auditor.errors import ProblemsError
from auditor.words import tr
from checklists import drafts, reader
from checklists.diff import compare
from checklists.drafts import Opened
from checklists.editing import Document
from checklists.source import read_text
from checklists.tree import Path, next_version
from ui.look.style import Tone

MOST_CHANGES = 3
"""Named in a change note that is proposed."""


@dataclass(slots=True)
class Editing:
    """What is edited, where in it one is, and what the reader said of it last."""

    opened: Opened
    path: Path = ()
    kept: object = field(default=None)
    """The tree that is in a file."""

    def __post_init__(self) -> None:
        self.kept = self.document.root

    @property
    def document(self) -> Document:
        return self.opened.document

    @property
    def in_use(self) -> bool:
        """Whether audits can be begun with a version of it."""
        return bool(self.opened.saved_version)

    def said(self, kept_at: str) -> tuple[str, Tone]:
        """What becomes of the edits, in a line: which version is in use, whether a draft holds what is new."""
        version = self.opened.saved_version
        used = tr("editor.state.used", version=version) if version else tr("editor.state.unused")
        if not self.document.changed:
            return used, "quiet"
        kept = kept_at and self.document.root is self.kept
        now = tr("editor.state.kept", time=kept_at) if kept else tr("editor.state.unsaved")
        return tr("editor.state.both", used=used, now=now), "lost"

    def keep(self) -> bool:
        """Write what is not in a file yet beside the checklist. True when there was something. Raises `store.…`."""
        if self.document.root is self.kept:
            return False
        if self.document.changed:
            drafts.keep(self.opened)
        else:
            drafts.discard(self.opened)
        self.kept = self.document.root
        return True

    def discard(self) -> None:
        """Back to the checklist in use, as a step that can be undone. Raises `store.…`, ProblemsError."""
        saved = Document(read_text(drafts.saved_file(self.opened)))
        self.document.change(lambda _: saved.root)
        self.document.mark_saved()
        self.keep()

    def delete(self) -> None:
        """Take away a draft that never was a checklist; nothing more is written. Raises `store.…`."""
        drafts.discard(self.opened)
        self.kept = self.document.root

    def restore(self) -> None:
        """Write a draft that was deleted again. Raises `store.…`."""
        drafts.keep(self.opened)

    def proposed(self, checklist: Checklist) -> tuple[str, str]:
        """(version, change note) for saving a checklist that is in use."""
        version = str(self.document.get(("version",), ""))
        if version == self.opened.saved_version:
            version = next_version(version)
        before = self._before()
        found = list(compare(before, checklist)) if before is not None else []
        return version, tr("common.semicolon").join(one.text() for one in found[:MOST_CHANGES])

    def save(self, version: str = "", note: str = "") -> Checklist:
        """Replace the file, as the next version where one is given. Raises ProblemsError, `store.…`."""
        before = self.document.root
        if version:
            drafts.with_change(self.document, version, note)
        try:
            checklist = drafts.save(self.opened)
        except Exception:
            if self.document.root is not before:
                self.document.undo()
            raise
        self.opened = replace(self.opened, saved_version=checklist.version, restored=False)
        self.kept = self.document.root
        return checklist

    def _before(self) -> Checklist | None:
        try:
            return reader.read(drafts.saved_file(self.opened))
        except ProblemsError:
            return None
