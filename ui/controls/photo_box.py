"""Where photos come in: chosen from files, dropped, or pasted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.words import tr
from ui.controls.files_asked import ask_for_files
from ui.look.style import SMALL, TARGET, Tone, look
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import label

Sources = list[Path | bytes]
SHEETS = (".xlsx", ".yaml", ".yml")
SUFFIXES = ("jpg", "jpeg", "png", "webp", "bmp", "tif", "tiff", "gif", "heic", "heif")


class PhotoBox(QWidget):
    """The control of an item whose answer is its photos. `answered` carries what to add: files or image bytes."""

    answered = Signal(object)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = tr("capture.add_photos")
        self.choose = button(words, icon="camera", name=f"{item.text} {words}", on_click=self.ask)
        self.paste = button(
            tr("capture.paste"), "quiet", name=f"{item.text} {tr('capture.paste')}", on_click=self._paste
        )
        self.words = label(tr("capture.drop_here"), "body", "quiet", wrap=True)
        self.words.setMinimumHeight(look().px(TARGET))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Flow(self.choose, self.paste, self.words, spacing=SMALL))

    def show_answer(self, answer: Answer, _tone: Tone = "brand") -> None:
        count = len(answer.photos)
        self.words.setText(tr("capture.photo_count", n=count) if count else tr("capture.drop_here"))

    def take_focus(self) -> None:
        self.choose.setFocus()

    def ask(self) -> None:
        ask_for_photos(self, self.answered.emit)

    def _paste(self) -> None:
        found = photos_in(QGuiApplication.clipboard().mimeData())
        if found:
            self.answered.emit(found)


def ask_for_photos(parent: QWidget, chosen: Callable[[list[Path]], object]) -> None:
    """Open a file dialog that stops nothing else; `chosen(paths)` when files were picked."""
    pattern = " ".join(f"*.{suffix} *.{suffix.upper()}" for suffix in SUFFIXES)
    ask_for_files(parent, tr("capture.add_photos"), f"{tr('capture.pictures')} ({pattern})", chosen)


def photos_in(held: QMimeData | None) -> Sources:
    """The picture files, or the one picture, in what was dropped or copied."""
    if held is None:
        return []
    if held.hasUrls():
        return [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
    image = held.imageData() if held.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", 100)  # type: ignore[call-overload]  # unpacked: packing would hold the window up
    return [bytes(data.data())]


def takes_photos(event: QDragEnterEvent | QDropEvent) -> bool:
    """A workbook dragged over a card is meant for the whole visit."""
    held = event.mimeData()
    names = [Path(url.toLocalFile()) for url in held.urls() if url.isLocalFile()]
    return held.hasImage() or any(one.suffix.lower() not in SHEETS for one in names)
