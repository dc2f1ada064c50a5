"""Taking photos on the spot: what the camera sees over the whole window, one large button, no sound and no flash."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QColor, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.words import tr
from ui.look.style import LARGE, MEDIUM, look
from ui.widgets.buttons import button
from ui.widgets.labels import label
from ui.widgets.panels import row

GROUND = "#0B0E10"
QUALITY = 95


class Seeing(Protocol):
    """A camera as the viewfinder knows it."""

    frame_seen: SignalInstance
    failed: SignalInstance

    def start(self) -> None: ...

    def stop(self) -> None: ...


class Viewfinder(QWidget):
    """Covers `window` until it is closed. `taken(bytes)` with each photo, a JPEG."""

    taken = Signal(bytes)

    def __init__(self, window: QWidget, camera: Seeing) -> None:
        super().__init__(window)
        self._window, self._camera, self._frame, self._count = window, camera, QImage(), 0
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("photos.viewfinder"))
        self.said = label(tr("photos.camera_wait"), "body")
        self.said.setStyleSheet(f"color: white; background: {GROUND}; padding: 8px;")
        self.shutter = button(tr("photos.take"), "primary", icon="camera", on_click=self.take)
        self.shutter.setMinimumSize(look().px(160), look().px(64))
        self.shutter.setEnabled(False)
        self.done = button(tr("photos.done"), "plain", on_click=self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(LARGE, LARGE, LARGE, LARGE)
        column.addLayout(row(1, self.said, 1))
        column.addStretch(1)
        column.addLayout(row(1, self.shutter, self.done, 1, spacing=MEDIUM))
        camera.frame_seen.connect(self._see)
        camera.failed.connect(self._say_failed)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus()
        camera.start()

    def take(self) -> None:
        """Hand out what is seen now."""
        if self._frame.isNull():
            return
        data, buffer = QByteArray(), QBuffer()
        buffer.setBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._frame.save(buffer, "JPEG", QUALITY)  # type: ignore[call-overload]
        self._count += 1
        self.said.setText(tr("photos.taken_count", count=self._count))
        self.said.show()
        self.taken.emit(bytes(data.data()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._camera.stop()
        self._window.removeEventFilter(self)
        super().closeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._window.rect())
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(GROUND))
            if not self._frame.isNull():
                size = self._frame.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
                place = QRect(0, 0, size.width(), size.height())
                place.moveCenter(self.rect().center())
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(place, self._frame)

    def _see(self, frame: QImage) -> None:
        if self._frame.isNull():
            self.said.hide()
            self.shutter.setEnabled(True)
        self._frame = frame
        self.update()

    def _say_failed(self, said: str) -> None:
        self.said.setText(tr("photos.camera_failed", said=said))
        self.said.show()
        self.shutter.setEnabled(False)
