"""What a page must not do, measured on the page itself: clip words, offer small targets, leave controls unnamed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
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
        if button.text() and (button.width() < size.width() - 1 or button.height() < size.height() - 1):
            found.append(f"{button.text()[:40]} {button.size().toTuple()} < {size.toTuple()}")
    return found


def small_targets(page: QWidget) -> list[str]:
    """Buttons below 48 px, at the text size in force."""
    least = look().px(TARGET)
    return [
        f"{type(one).__name__} {one.accessibleName()} {one.width()}x{one.height()}"
        for one in shown(page, QAbstractButton)
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
    """Controls that lie, wholly or partly, right or left of the page, where no scrolling brings them back."""
    found = []
    for one in shown(page, QAbstractButton):
        holder: QWidget = page
        above = one.parentWidget()
        while above is not None and above is not page:
            if isinstance(above, QAbstractScrollArea):
                holder = above.viewport()
                break
            above = above.parentWidget()
        box = QRect(one.mapTo(holder, QPoint(0, 0)), one.size())
        if box.left() < -1 or box.right() > holder.width() + 1:
            found.append(f"{one.accessibleName()} {box.left()}…{box.right()} of {holder.width()}")
    return found
