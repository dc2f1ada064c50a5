"""The bundled icon set: our own strokes on a 24-unit grid, drawn in whatever colour is asked for."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QPainter, QPixmap

from ui.look.style import Tone, look
from ui.look.stylesheet import ICONS

DEFAULT_SIZE = 24


def names() -> list[str]:
    """Every icon there is."""
    return sorted(path.stem for path in ICONS.glob("*.svg") if not path.stem.startswith("style-"))


@cache
def pixmap(name: str, colour: str, size: int = DEFAULT_SIZE, ratio: float = 1.0) -> QPixmap:
    """Icon `name` in `colour` (`#RRGGBB`), `size` logical pixels wide, for a screen of `ratio` pixels each."""
    image = _strokes(name, max(1, round(size * ratio))).copy()
    painter = QPainter(image)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(image.rect(), QColor(colour))
    painter.end()
    made = QPixmap.fromImage(image)
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _strokes(name: str, side: int) -> QImage:
    """An icon drawn once, for every colour it is wanted in."""
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(ICONS / f"{name}.svg")).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return image


def _sharpest() -> float:
    """Pixels to a logical pixel on the finest screen there is."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


def icon(name: str, tone: Tone = "ink", *, checked: Tone | None = None, colour: str | None = None) -> QIcon:
    """An icon for a button in a tone of the look in force; `checked` is its tone while the button is checked."""
    now = look()
    made = QIcon()
    plain = colour or now.colours.tone(tone)[0]
    size = now.px(DEFAULT_SIZE)
    for ratio in {1.0, _sharpest()}:
        made.addPixmap(pixmap(name, plain, size, ratio))
        made.addPixmap(pixmap(name, now.colours.edge, size, ratio), QIcon.Mode.Disabled)  # Qt's own is next to nothing
        if checked is not None:
            made.addPixmap(pixmap(name, now.colours.tone(checked)[0], size, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made
