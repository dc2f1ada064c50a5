"""Asking for a file or folder on this machine, in Qt's own dialog, and showing one in the program it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def chosen_file(parent: QWidget, title: str, about: str, pattern: str) -> Path | None:
    """One existing file that fits `pattern` (`*.xlsx *.csv`); None when none was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(Path.home()), f"{about} ({pattern})")
    return Path(name) if name else None


def ask_for_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> None:
    """Open a dialog that stops nothing else; `chosen(folder)` when one was picked."""
    dialog = QFileDialog(parent, title, start)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def default_folder() -> str:
    """The person's documents, else the home folder."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if found and Path(found).is_dir() else str(Path.home())


def open_outside(path: Path) -> None:
    """Show a file or folder in the program that this machine has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
