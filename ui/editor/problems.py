"""What is wrong, as it is typed: one line each, and a tap leads to the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from auditor.words import tr
from checklists.editing import Located
from checklists.tree import Path
from ui.editor.surroundings import Place, owner
from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TARGET, TIGHT, look, put
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card, touch_scroll

ROWS = 3
"""Shown at once; the others are scrolled to."""


class ProblemList(Card):
    """`show_problems` in, `chosen(path)` out. Folded to its summary on demand."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("strip", margin=0, spacing=0)
        self._found: Sequence[Located] = ()
        self.picture, self.summary = QLabel(), label("", "body")
        self.fold = button("", "icon", icon="chevron-down", tone="quiet", name=tr("editor.problems.fold"))
        self.fold.clicked.connect(self._on_fold)
        self._unfolded = True
        self.summary.setMinimumHeight(look().px(TARGET - SMALL))
        head = QHBoxLayout()
        head.setContentsMargins(LARGE, 0, SMALL, 0)
        head.setSpacing(MEDIUM)
        head.addWidget(self.picture)
        head.addWidget(self.summary, 1)
        head.addWidget(self.fold)
        self.rows = QListWidget()
        self.rows.setAccessibleName(tr("editor.problems"))
        self.rows.setWordWrap(True)
        self.rows.setIconSize(QSize(look().px(20), look().px(20)))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.itemClicked.connect(self._on_row)
        self.rows.itemActivated.connect(self._on_row)
        touch_scroll(self.rows)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(SMALL, 0, SMALL, TIGHT)
        column.addWidget(self.rows)
        self.column.addLayout(head)
        self.column.addWidget(inside)
        self._inside = inside
        self.show_problems((), ())

    def show_problems(self, found: Sequence[Located], places: Sequence[Place]) -> None:
        """Errors first; nothing wrong is one quiet line."""
        self._found = sorted(found, key=lambda one: one.problem.severity != "error")
        errors = sum(one.problem.severity == "error" for one in found)
        rest = len(found) - errors
        words = [tr(f"editor.problems.{name}", count=count) for name, count in _counted(errors, rest) if count]
        self.summary.setText(tr("common.comma").join(words) or tr("editor.problems.none"))
        put(self.summary, "tone", "failed" if errors else "lost" if rest else "good")
        colours, name = look().colours, "warning" if found else "check"
        tone = colours.failed if errors else colours.lost if rest else colours.good
        self.picture.setPixmap(icons.pixmap(name, tone, look().px(20)))
        self.rows.clear()
        for one in self._found:
            row = QListWidgetItem(_words(one, places))
            row.setIcon(icons.icon("warning", "failed" if one.problem.severity == "error" else "lost"))
            row.setToolTip(one.problem.remedy())
            self.rows.addItem(row)
        self.fold.setVisible(bool(found))
        self._show_rows()

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self._show_rows()

    def _show_rows(self) -> None:
        self._inside.setVisible(self._unfolded and bool(self._found))
        self.fold.setIcon(icons.icon("chevron-down" if self._unfolded else "chevron-up", "quiet"))
        self.rows.setFixedHeight(min(ROWS, max(1, len(self._found))) * look().px(TARGET + 4) + TIGHT)

    def _on_row(self, row: QListWidgetItem) -> None:
        self.chosen.emit(self._found[self.rows.row(row)].path)


def marks(found: Sequence[Located], places: Sequence[Place]) -> dict[Path, str]:
    """The worst that is said of each node."""
    made: dict[Path, str] = {}
    for one in found:
        path = owner(places, one.path)
        if made.get(path) != "error":
            made[path] = one.problem.severity
    return made


def _counted(errors: int, rest: int) -> tuple[tuple[str, int], tuple[str, int]]:
    return ("errors", errors), ("warnings", rest)


def _words(one: Located, places: Sequence[Place]) -> str:
    """`2.1 微笑：…`: the node nearest to the place, then what is wrong and how to mend it."""
    path = owner(places, one.path)
    where = next((place.words for place in places if place.path == path), tr("editor.whole"))
    said = one.problem.message()
    remedy = one.problem.remedy()
    return tr("editor.problem", where=where, said=said) + (f"\n{remedy}" if remedy else "")
