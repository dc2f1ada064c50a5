"""A checklist to choose, as a tile."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from auditor.checklist.model import Checklist
from ui.checklists.words import facts
from ui.look.style import LARGE, MEDIUM, TIGHT
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label


def tile(checklist: Checklist) -> QPushButton:
    """A checklist to choose: its title on up to two lines, and what it comes to."""
    made = button("", "tile", name=f"{checklist.title} {facts(checklist)}")
    made.setCheckable(True)
    made.setProperty("lines", 3)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(LARGE, MEDIUM, LARGE, MEDIUM)
    inside.setSpacing(TIGHT)
    title = label(str(checklist.title), "strong", wrap=True)
    title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    inside.addWidget(title, 1)
    inside.addWidget(ElidedLabel(facts(checklist), "quiet"))
    for one in made.findChildren(QWidget):
        one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
