"""Where the window stood and how large it was, kept as one line of text."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QMainWindow

LEAST, MOST = (640, 480), (8000, 8000)
USUAL = (1280, 800)


def described(window: QMainWindow) -> str:
    """`width,height,x,y`, with `,max` behind it when the window fills the screen."""
    box = window.normalGeometry()
    return f"{box.width()},{box.height()},{box.x()},{box.y()}" + (",max" if window.isMaximized() else "")


def restore(window: QMainWindow, text: str) -> bool:
    """Size and place as described, as far as they make sense on the screens there are; whether to open maximised."""
    parts = text.split(",")
    numbers = [int(one) for one in parts[:4] if one.removeprefix("-").isascii() and one.removeprefix("-").isdigit()]
    if len(numbers) < 4:
        window.resize(*USUAL)
        return False
    width, height, x, y = numbers
    window.resize(max(LEAST[0], min(width, MOST[0])), max(LEAST[1], min(height, MOST[1])))
    place = QPoint(max(-MOST[0], min(x, MOST[0])), max(-MOST[1], min(y, MOST[1])))
    if any(screen.geometry().contains(place) for screen in QApplication.screens()):
        window.move(place)
    return parts[-1] == "max"
