"""The machine's camera, where QtMultimedia is installed (PySide6-Essentials lacks it) and a camera is there."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

MOST_PIXELS = 12_000_000
"""Larger pictures would be scaled down again when they are kept."""


def camera_present() -> bool:
    """Whether a photo can be taken. Loads QtMultimedia, where there is one."""
    if find_spec("PySide6.QtMultimedia") is None:
        return False
    try:
        from PySide6.QtMultimedia import QMediaDevices
    except ImportError:  # a library of the system is missing: as good as no camera
        return False
    return bool(QMediaDevices.videoInputs())


class Camera(QObject):
    """What the first camera sees: `frame_seen(QImage)` again and again, `failed(what the camera said)`."""

    frame_seen = Signal(QImage)
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        """Raises ImportError without QtMultimedia."""
        super().__init__(parent)
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QVideoSink

        self._camera, self._sink, self._session = QCamera(self), QVideoSink(self), QMediaCaptureSession(self)
        best = _best_format(self._camera.cameraDevice().videoFormats())
        if best is not None:
            self._camera.setCameraFormat(best)
        self._session.setCamera(self._camera)
        self._session.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(lambda frame: self.frame_seen.emit(frame.toImage()))
        self._camera.errorOccurred.connect(lambda _error, said: self.failed.emit(said))

    def start(self) -> None:
        self._camera.start()

    def stop(self) -> None:
        self._camera.stop()


def _best_format(formats: list[Any]) -> Any:
    """The largest picture that is not scaled down again; None where the camera names no formats."""

    def pixels(one: Any) -> int:
        size = one.resolution()
        return int(size.width() * size.height())

    fitting = [one for one in formats if pixels(one) <= MOST_PIXELS]
    return max(fitting, key=pixels, default=None)
