"""A field with its name above it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.look.style import TIGHT
from ui.widgets.labels import label


def named(name: str, field: QWidget) -> QWidget:
    """A field under its name."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(TIGHT)
    column.addWidget(label(name, "quiet"))
    column.addWidget(field)
    return made
