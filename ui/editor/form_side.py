"""The middle: what was restored, the next version, and the form of the chosen node."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.words import tr
from checklists.tree import Path
from ui.editor.entries import EntryList
from ui.editor.form import Form
from ui.editor.saving import VersionPanel
from ui.editor.specs import FORMS
from ui.editor.surroundings import Surroundings
from ui.look.style import LARGE, MEDIUM
from ui.widgets.buttons import button
from ui.widgets.flow import beside
from ui.widgets.labels import label
from ui.widgets.panels import Card, scrolling


class FormSide(QWidget):
    """`show_node` in, `edited({path: value})` out."""

    edited = Signal(object)

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self._shown: tuple[str, Path] | None = None
        self.form: Form | None = None
        self.version = VersionPanel()
        self._notice = Card("brand", margin=MEDIUM)
        self._notice.hide()
        self._heading = label("", "strong", wrap=True)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        self._column.setSpacing(MEDIUM)
        for one in (self._notice, self.version, self._heading):
            self._column.addWidget(one)
        self._column.addStretch(1)
        self.area = scrolling(self._inside, name=tr("editor.form"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)

    def show_node(self, kind: str, path: Path, words: str, raw: dict[str, Any]) -> None:
        """The form of a node: made anew when it is another one, else painted with what it says now."""
        if self._shown != (kind, path) or self.form is None:
            self._replace(kind)
            self._shown = kind, path
        self._heading.setText(tr(f"editor.heading.{kind}", words=words))
        assert self.form is not None
        self.form.show_value(raw)

    def reveal(self, inner: Path) -> None:
        """Give the keyboard to the field that a path inside the node leads to."""
        form = self.form
        if form is None:
            return
        for length in range(len(inner), 0, -1):
            key = ".".join(str(one) for one in inner[:length])
            field = form.field(key)
            if field is None:
                continue
            if isinstance(field, EntryList) and len(inner) > length:
                field.reveal(inner[length:])
            else:
                field.take_focus()
            return
        form.take_focus()

    def flush(self) -> None:
        if self.form is not None:
            self.form.flush()

    def take_focus(self) -> None:
        if self.form is not None:
            self.form.take_focus()

    def show_notice(self, words: str, action: str, act: Callable[[], object]) -> None:
        said = QVBoxLayout()
        said.addWidget(label(words, "body", wrap=True))
        self._notice.column.addWidget(beside(said, button(action, "quiet", on_click=act)))
        self._notice.show()

    def hide_notice(self) -> None:
        self._notice.hide()

    def _replace(self, kind: str) -> None:
        if self.form is not None:
            self.form.edited.disconnect()
            self.form.hide()
            self.form.deleteLater()
        self.form = Form(kind, FORMS[kind], self._around)
        self.form.edited.connect(self.edited)
        self._column.insertWidget(self._column.count() - 1, self.form)
        self.area.verticalScrollBar().setValue(0)
