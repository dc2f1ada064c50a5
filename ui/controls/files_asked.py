"""A file dialog that begins where one was last: in Pictures the first time, not in the program's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

LAST = "evidence_folder"
"""The application's property that holds the folder of the last photo or recording."""


def ask_for_files(
    parent: QWidget, title: str, pattern: str, chosen: Callable[[list[Path]], object], *, several: bool = True
) -> QFileDialog:
    """Open a dialog that stops nothing else; `chosen(paths)` when files were picked."""
    dialog = QFileDialog(parent, title, first_folder(), pattern)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles if several else QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def take(names: list[str]) -> None:
        remember(str(Path(names[0]).parent))
        chosen([Path(name) for name in names])

    dialog.filesSelected.connect(take)
    dialog.open()
    return dialog


def remember(folder: str) -> None:
    """Where the next dialog begins."""
    app = QApplication.instance()
    if app is not None:
        app.setProperty(LAST, folder)


def last_folder() -> str:
    """Where a photo or recording was taken from last, or ""."""
    app = QApplication.instance()
    return str((app.property(LAST) if app is not None else "") or "")


def first_folder() -> str:
    """The last folder while it is there, else Pictures, else home."""
    last = last_folder()
    if last and Path(last).is_dir():
        return last
    pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
    return pictures if pictures and Path(pictures).is_dir() else str(Path.home())
