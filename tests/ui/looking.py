"""What a page must not do, measured on the page itself: clip words, offer small targets, leave controls unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollBar,
    QWidget,
)

from ui.look.style import TARGET, look
from ui.widgets.labels import ElidedLabel

INSIDE = 14
"""What a field keeps free left and right of its words, in pixels."""
LONG_HINT, HINT = 24, 0.6
"""A hint of more letters than that is a sentence, and so much of it is enough."""
LEAST_LEFT = 6
"""How many letters of a line must be left where it is shortened."""
SHARED = 2
"""How far neighbours may share a border, in pixels."""
WORDS = re.compile(r"[^\s\u2e80-\u9fff\uff00-\uffef/·—–-]+")
"""What no line is broken in."""
CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractSlider)


def settle() -> None:
    """Let layouts and what they post to each other come to rest."""
    for _ in range(4):
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, 0)


def shown(page: QWidget, kind: type) -> Iterator[QWidget]:
    """Visible widgets of a kind, without the insides of Qt's own controls."""
    for one in page.findChildren(kind):
        inner = isinstance(one.parent(), QLineEdit | QAbstractSpinBox | QComboBox)
        if one.isVisible() and not inner and not isinstance(one, QScrollBar):
            yield one


def clipped(page: QWidget) -> list[str]:
    """Texts of labels and buttons that have less room than they need."""
    found = []
    for one in shown(page, QLabel):
        assert isinstance(one, QLabel)
        if isinstance(one, ElidedLabel) or not one.text():
            continue
        wanted = one.heightForWidth(one.width()) if one.wordWrap() else one.sizeHint().height()
        wide = 0 if one.wordWrap() else one.sizeHint().width()
        if one.height() < wanted - 1 or one.width() < wide - 1:
            found.append(f"{one.text()[:40]} {one.width()}x{one.height()} < {wide}x{wanted}")
    for button in shown(page, QAbstractButton):
        assert isinstance(button, QAbstractButton)
        size = button.sizeHint()
        if button.hasHeightForWidth():  # it wraps, or shortens, what it paints
            size = QSize(button.minimumSizeHint().width(), button.heightForWidth(button.width()))
        if button.text() and (button.width() < size.width() - 1 or button.height() < size.height() - 1):
            found.append(f"{button.text()[:40]} {button.size().toTuple()} < {size.toTuple()}")
    return [*found, *_fields_too_small(page), *_too_short(page), *_broken_words(page)]


def _fields_too_small(page: QWidget) -> list[str]:
    """Fields whose hint, and choices whose words, have less room than they need."""
    found = []
    for field in shown(page, QLineEdit):
        assert isinstance(field, QLineEdit)
        inside = 2 if field.property("look") == "figure" else INSIDE
        hint, room = field.fontMetrics().horizontalAdvance(field.placeholderText()), field.width() - 2 * inside
        if (
            not field.text()
            and hint * (HINT if hint > LONG_HINT * field.fontMetrics().averageCharWidth() else 1) > room
        ):
            found.append(f"hint {field.placeholderText()[:40]} {room} < {hint}")
    for box in shown(page, QComboBox):
        assert isinstance(box, QComboBox)
        if box.width() < box.sizeHint().width() - 1:
            found.append(f"choice {box.currentText()[:40]} {box.width()} < {box.sizeHint().width()}")
    return found


def _too_short(page: QWidget) -> list[str]:
    """Lines that may be shortened, and are down to next to nothing."""
    found = []
    for one in shown(page, ElidedLabel):
        assert isinstance(one, ElidedLabel)
        least = min(one.fontMetrics().horizontalAdvance(one.text()), one.fontMetrics().averageCharWidth() * LEAST_LEFT)
        if one.contentsRect().width() < least - 1:
            found.append(f"shortened {one.text()[:40]} {one.contentsRect().width()} < {least}")
    return found


def _broken_words(page: QWidget) -> list[str]:
    """Words wider than the label that wraps them: they are cut at its edge."""
    found = []
    for one in shown(page, QLabel):
        assert isinstance(one, QLabel)
        if not one.wordWrap():
            continue
        for word in WORDS.findall(one.text()):
            wide = one.fontMetrics().horizontalAdvance(word)
            if wide > one.contentsRect().width() + 1:
                found.append(f"word {word} {one.contentsRect().width()} < {wide}")
    return found


def small_targets(page: QWidget) -> list[str]:
    """Controls below 48 px, at the text size in force."""
    least = look().px(TARGET)
    return [
        f"{type(one).__name__} {one.accessibleName()} {one.width()}x{one.height()}"
        for kind in CONTROLS
        for one in shown(page, kind)
        if one.height() < least or one.width() < least
    ]


def unnamed(page: QWidget) -> list[str]:
    """Controls a screen reader could not name."""
    return [
        f"{type(one).__name__} {one.objectName()}"
        for kind in CONTROLS
        for one in shown(page, kind)
        if not one.accessibleName() and not getattr(one, "text", str)()
    ]


def beside_the_page(page: QWidget) -> list[str]:
    """Controls and words that lie, even in part, outside of what holds them, where no scrolling brings them back."""
    found = []
    for kind in (*CONTROLS, QLabel, QAbstractScrollArea):
        for one in shown(page, kind):
            if (isinstance(one, QLabel) and not one.text()) or one.window() is not page.window():
                continue
            said = _outside(one, page)
            if said:
                found.append(f"{_called(one)} {said}")
    return found


def _outside(one: QWidget, page: QWidget) -> str:
    """Where a widget stands out of something it lies in: sideways anywhere, up and down where nothing scrolls."""
    holder, above = _holder(one, page), one
    while above is not holder:
        above = above.parentWidget()
        at = one.mapTo(above, QPoint(0, 0))
        if at.x() < -1 or at.x() + one.width() > above.width() + 1:
            return f"{at.x()}…{at.x() + one.width()} of {above.width()}"
        scrolls = above is holder and holder is not page
        if not scrolls and (at.y() < -1 or at.y() + one.height() > above.height() + 1):
            return f"{at.y()}…{at.y() + one.height()} of {above.height()} high"
    return ""


def overlapping(page: QWidget) -> list[str]:
    """Words and controls that lie upon one another: neither is part of the other, both are to be seen."""
    places: dict[QWidget, list[tuple[QRect, QWidget]]] = {}
    for kind in (*CONTROLS, QLabel):
        for one in shown(page, kind):
            if not isinstance(one, QLabel) or one.text() or not one.pixmap().isNull():
                holder = _holder(one, page)
                places.setdefault(holder, []).append((QRect(one.mapTo(holder, QPoint(0, 0)), one.size()), one))
    found = []
    for boxes in places.values():
        for at, (box, one) in enumerate(boxes):
            for other_box, other in boxes[at + 1 :]:
                both = box.intersected(other_box)
                nested = one.isAncestorOf(other) or other.isAncestorOf(one)
                if min(both.width(), both.height()) > SHARED and not nested:
                    found.append(f"{_called(one)} over {_called(other)} by {both.width()}x{both.height()}")
    return found


def _called(one: QWidget) -> str:
    return f"{type(one).__name__} {(one.accessibleName() or getattr(one, 'text', str)())[:30]}"


def _holder(one: QWidget, page: QWidget) -> QWidget:
    """What a widget scrolls in, else the page."""
    above = one.parentWidget()
    while above is not None and above is not page:
        if isinstance(above, QAbstractScrollArea) and above.viewport().isAncestorOf(one):
            return above.viewport()
        above = above.parentWidget()
    return page
