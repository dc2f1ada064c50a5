"""The checklist editor (issue 3): outline, form, preview and problems of one document, kept as a draft all the time."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.checklist.model import Checklist
from auditor.errors import AuditorError, ProblemsError
from auditor.words import tr
from checklists.editing import Located, checked
from checklists.tree import Path
from ui import background
from ui.editor import changes, moves
from ui.editor.form_side import FormSide
from ui.editor.head import EditorHead
from ui.editor.outline_side import OutlineSide
from ui.editor.preview import Preview
from ui.editor.problems import ProblemList, marks
from ui.editor.sides import Sides
from ui.editor.state import Editing
from ui.editor.surroundings import Place, Surroundings, owner, words_of_text
from ui.editor.undo_keys import UndoKeys

CHECK_AFTER, DRAW_AFTER, KEEP_AFTER = 250, 120, 1500
"""Milliseconds of rest until the document is checked, drawn, written as a draft."""
KEYS = (("Ctrl+S", "save"), ("Ctrl+Z", "undo"), ("Ctrl+Y", "redo"), ("Ctrl+Shift+Z", "redo"))
ACTION_KEYS = (
    ("Ctrl+Return", "item"), ("Ctrl+Shift+Return", "section"), ("Ctrl+D", "duplicate"),
    ("Alt+Up", "raise"), ("Alt+Down", "lower"), ("Ctrl+Delete", "delete"),
)  # fmt: skip


class EditorPage(QWidget):
    """One document. Every gesture is one step of undo; nothing is asked that undo could answer."""

    closed = Signal()
    saved = Signal(object)
    """The Checklist that audits use from now on."""
    failed = Signal(object)
    deleted = Signal(object)
    """The Editing whose draft was taken away."""

    def __init__(self, editing: Editing) -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.editing, self.document = editing, editing.document
        self.around = Surroundings()
        self.problems: list[Located] = []
        self._kept_at, self._checked = "", ""
        self.head, self.outline, self.form = EditorHead(), OutlineSide(), FormSide(self.around)
        self.preview, self.list = Preview(), ProblemList()
        self.sides = Sides(self.outline, self.form, self.preview)
        self._lay_out()
        self._connect()
        self._check, self._draw = self._timer(CHECK_AFTER, self.check), self._timer(DRAW_AFTER, self._show_preview)
        self._keep = self._timer(KEEP_AFTER, self.keep)
        if editing.opened.restored:
            action = "editor.restored.discard" if editing.in_use else "editor.restored.delete"
            self.form.show_notice(tr("editor.restored"), tr(action), self._discard)
        self._show_node(editing.path)
        self.check()

    # --- what is chosen

    @property
    def path(self) -> Path:
        return self.editing.path

    def reveal(self, path: Path) -> None:
        """Go to the node a path leads to, and to the field within it."""
        node = owner(self.around.places, path)
        self._choose(node)
        self.outline.tree.show_current(node)
        self.sides.show_side("form")
        self.form.reveal(path[len(node) :])

    def show_search(self) -> None:
        self.sides.show_side("outline")
        self.outline.search.setFocus()
        self.outline.search.selectAll()

    def _choose(self, path: Path) -> None:
        if path != self.path:
            self.form.flush()
            self._show_node(path)

    def _show_node(self, path: Path) -> None:
        self.editing.path = path if isinstance(self.document.get(path), dict) else ()
        self._show()
        self.outline.tree.show_current(self.path)

    def _place(self) -> Place | None:
        return next((one for one in self.around.places if one.path == self.path), None)

    # --- what is changed

    def change(self, said: dict[Path, Any]) -> None:
        """Changes of the node in the form, as one step."""
        changes.put(self.document, self.path, self._place(), said)
        self._changed()

    def act(self, name: str) -> None:
        """What the buttons and keys of the outline do: add, duplicate, move by one, delete."""
        self.form.flush()
        path = changes.act(self.document, self.path, name)
        if path is None:
            return
        self._go(path)
        if name in ("item", "section"):
            self.sides.show_side("form")
            self.form.take_focus()
        elif name == "delete":
            self.outline.tree.setFocus()

    def drop(self, path: Path, place: Path, at: int) -> None:
        """Something was dropped elsewhere in the outline."""
        self.form.flush()
        target = moves.dropped(self.document, path, place, at)
        if target is None:
            self.failed.emit(AuditorError("editor.cannot_move"))
            return
        self._go(self.document.move(path, *target))

    def undo(self) -> None:
        self.form.flush()
        if self.document.can_undo:
            self._go(self.document.undo())

    def redo(self) -> None:
        if self.document.can_redo:
            self._go(self.document.redo())

    def _go(self, path: Path) -> None:
        while path and not isinstance(self.document.get(path), dict):
            path = path[:-1]
        self.editing.path = path
        self._changed()
        self.outline.tree.show_current(self.path)

    def _changed(self) -> None:
        for timer in (self._check, self._draw, self._keep):
            timer.start()
        self._show()

    # --- what is painted

    def _show(self) -> None:
        root, document = self.document.root, self.document
        self.around.show(root)
        place = self._place()
        node = document.get(self.path, {})
        self.around.here = place.id if place is not None else ""
        self.around.kind = (node.get("kind") or "choice") if place is not None and place.is_item else ""
        title = words_of_text(root.get("title")) or tr("editor.unnamed")
        self.outline.tree.show_places(title, self.around.places, marks(self.problems, self.around.places))
        kind = "checklist" if place is None else "item" if place.is_item else "section"
        self.form.show_node(kind, self.path, place.words if place is not None else title, node)
        self.outline.show_allowed(changes.allowed(document, self.path))
        self._show_head(title)
        self._draw.start()

    def _show_head(self, title: str) -> None:
        state, tone = self.editing.said(self._kept_at)
        self.head.show_state(title, state, tone, can_undo=self.document.can_undo, can_redo=self.document.can_redo)

    def _show_preview(self) -> None:
        if self.sides.shows_preview:
            numbers = {one.id: one.number for one in self.around.places}
            self.preview.show_node(self.document.get(self.path, {}), self.document.root, numbers)

    # --- what is checked and kept

    def check(self) -> None:
        """Have the reader look at the document, off the window's thread."""
        text = self._checked = self.document.text()
        background.run(partial(checked, text), partial(self._on_checked, text), self.failed.emit)

    def _on_checked(self, text: str, found: tuple[Checklist | None, list[Located]]) -> None:
        if not isValid(self) or text != self._checked:
            return
        self.problems = found[1]
        self.list.show_problems(self.problems, self.around.places)
        title = words_of_text(self.document.root.get("title")) or tr("editor.unnamed")
        self.outline.tree.show_places(title, self.around.places, marks(self.problems, self.around.places))

    def keep(self) -> None:
        """Write what is not in a file yet as a draft."""
        self._keep.stop()
        try:
            if self.editing.keep():
                self._kept_at = f"{datetime.now():%H:%M:%S}"
        except AuditorError as error:
            self.failed.emit(error)
        self._show_head(self.head.title.text())

    def flush(self) -> None:
        """Take up what is being typed, and write the draft (leaving, closing, another language)."""
        self.form.flush()
        self.keep()

    def save(self) -> None:
        """Replace the checklist; one that is in use is asked for its next version first."""
        self.form.flush()
        if not self.document.changed:
            return
        checklist, self.problems = self.document.check()
        self.list.show_problems(self.problems, self.around.places)
        if checklist is None:
            self.keep()
            errors = [one for one in self.problems if one.problem.severity == "error"]
            self.failed.emit(ProblemsError("editor.not_saved", [one.problem for one in errors], count=len(errors)))
            self.reveal(errors[0].path)
        elif self.editing.in_use:
            self.sides.show_side("form")
            self.form.version.ask(self.editing.opened.saved_version, *self.editing.proposed(checklist))
        else:
            self._save()

    def _save(self, version: str = "", note: str = "") -> None:
        try:
            checklist = self.editing.save(version, note)
        except AuditorError as error:
            self.failed.emit(error)
            return
        self._keep.stop()
        self.form.hide_notice()
        self._show()
        self._check.start()
        self.saved.emit(checklist)

    def _discard(self) -> None:
        """Forget the edits of another day: back to the checklist in use, or no draft any more. Both can be undone."""
        self.form.hide_notice()
        try:
            if not self.editing.in_use:
                self.editing.delete()
                self.deleted.emit(self.editing)
                return
            self.editing.discard()
        except AuditorError as error:
            self.failed.emit(error)
            return
        self._go(self.path)

    # --- how it hangs together

    def _connect(self) -> None:
        self.head.left.connect(self.closed)
        self.head.undone.connect(self.undo)
        self.head.redone.connect(self.redo)
        self.head.saved.connect(self.save)
        self.head.side_chosen.connect(self.sides.show_side)
        self.sides.arranged.connect(self._on_arranged)
        self.outline.acted.connect(self.act)
        self.outline.tree.chosen.connect(self._choose)
        self.outline.tree.moved.connect(self.drop)
        self.form.edited.connect(self.change)
        self.form.version.confirmed.connect(self._save)
        self.list.chosen.connect(self.reveal)
        near = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for keys, name in KEYS:
            QShortcut(QKeySequence(keys), self, getattr(self, name), context=near)
        for keys, name in ACTION_KEYS:
            QShortcut(QKeySequence(keys), self, partial(self.act, name), context=near)
        self._undo_keys = UndoKeys(self)
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self._undo_keys)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.sides, 1)
        column.addWidget(self.list)

    def _on_arranged(self, crowded: bool) -> None:
        self.head.sides.setVisible(crowded)
        self.head.sides.show_value(self.sides.chosen)
        self._show_preview()

    def _timer(self, rest: int, act: Any) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(rest)
        made.timeout.connect(act)
        return made
