"""What is wrong in a file that was read in, each with its place and its remedy; stays until it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditor.errors import AuditorError, Problem
from auditor.words import tr
from ui.look import icons
from ui.look.style import LARGE, MEDIUM, SMALL, TIGHT, look
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import Card, scrolling

HIGH = 260
"""Of the list; what is longer is scrolled."""


class FillProblems(Card):
    """A panel above the page."""

    def __init__(self, error: AuditorError) -> None:
        super().__init__("strip", margin=0, spacing=0)
        self.setObjectName("fill-problems")
        self.found: Sequence[Problem] = error.problems()
        head = QHBoxLayout()
        head.setContentsMargins(LARGE, SMALL, SMALL, SMALL)
        head.setSpacing(MEDIUM)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("warning", look().colours.failed, look().px(24)))
        words = QVBoxLayout()
        words.setSpacing(TIGHT)
        words.addWidget(label(str(error), "strong", wrap=True))
        if error.remedy():
            words.addWidget(label(error.remedy(), "quiet", wrap=True))
        head.addWidget(picture)
        head.addLayout(words, 1)
        head.addWidget(button("", "icon", icon="cross", tone="quiet", name=tr("window.close"), on_click=self.leave))
        self.column.addLayout(head)
        if any(one.key != error.key for one in self.found):
            self.column.addWidget(self._rows())

    def _rows(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(LARGE, 0, LARGE, MEDIUM)
        column.setSpacing(SMALL)
        for one in self.found:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(f"{_place(one)}{one.message()}", "body", wrap=True))
            if one.remedy():
                pair.addWidget(label(one.remedy(), "quiet", wrap=True))
            column.addLayout(pair)
        column.addStretch(1)
        area = scrolling(inside, name=tr("filling.problems"))
        area.setMaximumHeight(look().px(HIGH))
        area.setMinimumHeight(min(look().px(HIGH), inside.sizeHint().height()))
        return area

    def leave(self) -> None:
        self.hide()
        self.deleteLater()


def _place(problem: Problem) -> str:
    """`Items!F12`, or the line of a text file."""
    if problem.cell:
        return f"{problem.cell}{tr('common.colon')}"
    return tr("filling.line", file=Path(problem.file).name, line=problem.line) if problem.line else ""
