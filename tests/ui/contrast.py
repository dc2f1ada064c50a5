"""How well what is painted can be told from its ground, measured on the pixels of the window (design §6: 4.5:1)."""

from __future__ import annotations

from functools import cache

from PIL import Image
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from tests.ui.looking import shown
from tests.ui.painted import RATIO, Seen

TEXT, OTHER = 4.5, 3.0
"""Words; and words that cannot be used now, or icons that can."""
LEAST_INK = 6
"""Pixels of one colour that count as painted, not as the edge of something."""
BORDER = 4
_WRITES = (QLabel, QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)


def contrast(one: int, other: int) -> float:
    """Of two colours `0xAARRGGBB`, by WCAG 2."""
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _light(colour: int) -> float:
    parts = [(colour >> shift & 0xFF) / 255 for shift in (16, 8, 0)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def faint(window: QWidget, page: Seen) -> list[str]:
    """Words and icons that stand out less than they must from what they are painted on."""
    picture, said = page
    pixels = Image.frombuffer("I", picture.size().toTuple(), bytes(picture.constBits()), "raw", "I", 0, 1)
    found = []
    for kind in _WRITES:
        for one in shown(window, kind):
            seen = _seen(one, window)
            words = getattr(one, "text", str)() or getattr(one, "placeholderText", str)()
            if seen.isEmpty() or (not words and (isinstance(one, QLabel) or not one.isEnabled())):
                continue
            least_ink = LEAST_INK if words else 1  # no pixel of a thin slanting stroke has the colour of another
            best = _best(pixels, QRect(seen.topLeft() * RATIO, seen.size() * RATIO), least_ink)
            least = TEXT if one.isEnabled() and words else OTHER
            if best and best < least - 0.005:
                found.append(f"{type(one).__name__} {(words or one.accessibleName())[:30]} {best:.2f}")
    for part in said:
        least, best = TEXT if part.widget.isEnabled() else OTHER, 0.0
        if part.box.isValid() and _uncovered(part.widget, part.box, window):
            best = _best(pixels, part.box, LEAST_INK)
        if best and best < least - 0.005:
            found.append(f"{type(part.widget).__name__} paints {part.text[:30]} {best:.2f}")
    return found


def _best(pixels: Image.Image, box: QRect, least_ink: int) -> float:
    """The greatest contrast of anything in `box` to its commonest colour; 0 where it is all one colour."""
    part = pixels.crop((box.left(), box.top(), box.right() + 1, box.bottom() + 1))
    counts = sorted(part.getcolors(part.width * part.height) or [], reverse=True)
    ground = counts[0][1]
    return max((contrast(ground, one) for n, one in counts[1:] if n >= least_ink), default=0.0)


def _uncovered(one: QWidget, box: QRect, window: QWidget) -> bool:
    """Whether all of a box of the picture is to be seen, wherever its widget is cut off."""
    seen = QRect(QPoint(0, 0), window.size() * RATIO)
    above: QWidget | None = one
    while above is not None and above is not window:
        seen &= QRect(above.mapTo(window, QPoint(0, 0)) * RATIO, above.size() * RATIO)
        above = above.parentWidget()
    return seen.contains(box)


def _seen(one: QWidget, window: QWidget) -> QRect:
    """Where a widget is painted in the window, without its border; nothing where a part of it is cut off."""
    box = QRect(one.mapTo(window, QPoint(0, 0)), one.size())
    above = one.parentWidget()
    while above is not None and above is not window:
        if not QRect(above.mapTo(window, QPoint(0, 0)), above.size()).contains(box):
            return QRect(QPoint(0, 0), QSize(0, 0))
        above = above.parentWidget()
    return box if isinstance(one, QLabel) else box.adjusted(BORDER, BORDER, -BORDER, -BORDER)
