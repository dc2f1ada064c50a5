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


def ask_to_save(parent: QWidget, title: str, at: Path, chosen: Callable[[Path], object]) -> QFileDialog:
    """Open a dialog that stops nothing else, at a file's suggested name; `chosen(path)` has the same ending."""
    dialog = QFileDialog(parent, title, str(at.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(f"{at.suffix[1:].upper()} (*{at.suffix})")
    dialog.setDefaultSuffix(at.suffix[1:])
    dialog.selectFile(at.name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: chosen(_ending_in(Path(name), at.suffix)))
    dialog.open()
    return dialog


def _ending_in(path: Path, suffix: str) -> Path:
    """A name typed without the ending gets it; one with a dot in it keeps all of its words."""
    return path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)


def default_folder() -> str:
    """The person's documents, else the home folder."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if found and Path(found).is_dir() else str(Path.home())


def open_outside(path: Path) -> None:
    """Show a file or folder in the program that this machine has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
