"""A condition: typed, or put together from three lists; and what it says in plain words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.words import tr
from ui.editor.condition_words import in_words
from ui.editor.fields import ChoiceField, LineField, words_of
from ui.editor.surroundings import Surroundings, words_of_text
from ui.look.style import SMALL, TIGHT
from ui.widgets.buttons import button
from ui.widgets.labels import label

_COMPARED = ("=", "!=", "<=", ">")


class ConditionField(QWidget):
    """A condition as written, what it says in plain words, and three lists that write a simple one."""

    edited = Signal(object)

    def __init__(self, name: str, around: Surroundings) -> None:
        super().__init__()
        self._around = around
        self.line = LineField(name, placeholder=tr("editor.condition.placeholder"))
        self.line.edited.connect(self.edited)
        self.line.field.textChanged.connect(self._say)
        self.words = label("", "small", "brand", wrap=True)
        self.item = ChoiceField(tr("editor.condition.item"), [])
        self.operator = ChoiceField(
            tr("editor.condition.operator"), [(one, tr(f"editor.condition.op.{n}")) for n, one in enumerate(_COMPARED)]
        )
        self.value = ChoiceField(tr("editor.condition.value"), [])
        self.figure = LineField(tr("editor.condition.value"), width=100)
        self.item.edited.connect(lambda id: self._offer(id or ""))
        put = button(tr("editor.condition.put"), "quiet", on_click=self._on_put)
        row = QHBoxLayout()
        row.setSpacing(SMALL)
        for one, stretch in ((self.item, 3), (self.operator, 2), (self.value, 3), (self.figure, 1)):
            row.addWidget(one, stretch)
        row.addWidget(put)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addWidget(self.line)
        column.addWidget(self.words)
        column.addLayout(row)
        self._chosen = ""

    def show_value(self, raw: object) -> None:
        self.line.show_value(raw)
        places = [one for one in self._around.items() if one.id and one.id != self._around.here]
        self.item.show_choices([("", tr("editor.condition.pick")), *[(one.id, one.words) for one in places]])
        self._offer(self._chosen)
        self._say()

    def flush(self) -> None:
        self.line.flush()

    def take_focus(self) -> None:
        self.line.take_focus()

    def _say(self) -> None:
        said = in_words(self.line.field.text(), self._around)
        self.words.setText(tr("editor.condition.means", words=said) if said else "")
        self.words.setVisible(bool(said))

    def _offer(self, id: str) -> None:
        """The answers of the item that was picked; a figure where it has none."""
        place = self._around.find(id)
        self._chosen = id if place is not None else ""
        self.item.show_value(self._chosen)
        raw = place.raw.get("options") if place is not None else None
        options = [one for one in raw if isinstance(one, dict)] if isinstance(raw, list) else []
        choices = [(words_of(one.get("id")), words_of_text(one.get("text"))) for one in options]
        if choices:
            self.value.show_choices(choices)
            self.value.show_value(choices[0][0])
        self.operator.show_value("=" if choices or not self._chosen else "<=")
        self.value.setVisible(bool(choices))
        self.figure.setVisible(bool(self._chosen) and not choices)

    def _on_put(self) -> None:
        value = self.value.value if not self.value.isHidden() else self.figure.field.text().strip()
        if not self._chosen or not value:
            return
        one = f"{self._chosen} {self.operator.value} {value}"
        before = self.line.field.text().strip()
        self.edited.emit(f"{before} and {one}" if before else one)
