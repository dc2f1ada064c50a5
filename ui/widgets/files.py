"""Asking for a file on this machine, in Qt's own dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def chosen_file(parent: QWidget, title: str, about: str, pattern: str) -> Path | None:
    """One existing file that fits `pattern` (`*.xlsx *.csv`); None when none was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), f"{about} ({pattern})")
    return Path(name) if name else None
