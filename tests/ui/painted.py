"""What widgets paint with their own hands, watched while they do it: each text, its room, and whether it has enough."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

RATIO = 2
"""Pixels painted to a logical one: thin strokes reach their own colour then."""
SLACK = 2
"""Pixels by which the box of a font, not its ink, may stand out."""
LEAST_LEFT = 6
"""How many letters of a line must be left where it is shortened."""


class Painted(NamedTuple):
    """A text as it was painted: by which widget, where in the picture (its pixels; nowhere
    where a part is scrolled away), and what it lacked there."""

    text: str
    widget: QWidget
    box: QRect
    lacks: str


class Seen(NamedTuple):
    """A page as it was painted once: the picture, and the texts its widgets painted themselves."""

    picture: QImage
    texts: list[Painted]


def render(window: QWidget) -> Seen:
    """Paint the window, `RATIO` pixels to a logical one."""
    picture = QImage(window.size() * RATIO, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(RATIO)
    with _watched() as said:
        window.render(picture)
    return Seen(picture, said)


def cramped(seen: Seen) -> list[str]:
    """Painted texts that stand out of the room they were given, or of their widget, or are down to next to nothing."""
    return [f"{type(one.widget).__name__} paints {one.text[:40]} {one.lacks}" for one in seen.texts if one.lacks]


@contextmanager
def _watched() -> Iterator[list[Painted]]:
    said: list[Painted] = []
    plain = QPainter.drawText

    def watching(painter: QPainter, *how: Any) -> Any:
        widget, text = painter.device(), next((one for one in how if isinstance(one, str)), "")
        if isinstance(widget, QWidget) and text.strip():
            said.append(_painted(painter, widget, text, how))
        return plain(painter, *how)

    QPainter.drawText = watching  # type: ignore[method-assign,assignment]
    try:
        yield said
    finally:
        QPainter.drawText = plain  # type: ignore[method-assign]


def _painted(painter: QPainter, widget: QWidget, text: str, how: tuple[Any, ...]) -> Painted:
    room, needed = _room_and_need(painter, text, how)
    to_picture = painter.deviceTransform()
    of_widget = painter.worldTransform().inverted()[0] * to_picture  # type: ignore[index]
    box, ground = to_picture.mapRect(needed), of_widget.mapRect(widget.rect())
    lacks = ""
    if not _around(room).contains(needed):
        lacks = f"{_size(needed)} in {_size(room)}"
    elif not _around(ground, SLACK * RATIO).contains(box) and not isinstance(widget.parent(), QAbstractScrollArea):
        lacks = f"at {box.getRect()} of {ground.getRect()}"
    elif text.endswith("…") and len(text) <= LEAST_LEFT:
        lacks = "shortened"
    seen = box if ground.contains(box) else QRect()
    return Painted(text, widget, seen, lacks)


def _room_and_need(painter: QPainter, text: str, how: tuple[Any, ...]) -> tuple[QRect, QRect]:
    """Where a text was to stand and what it takes there; a text painted at a point has all the room it takes."""
    first, numbers = how[0], [one for one in how if isinstance(one, int | float)]
    if isinstance(first, QRectF | QRect) or len(how) >= len("x y w h flags text".split()):
        room = QRectF(first) if isinstance(first, QRectF | QRect) else QRectF(*numbers[:4])
        flags = how[how.index(text) - 1]
        return room.toRect(), painter.boundingRect(room.toRect(), flags, text)
    at = QPointF(first) if isinstance(first, QPoint | QPointF) else QPointF(*numbers[:2])
    metrics = painter.fontMetrics()
    needed = QRect(at.toPoint() - QPoint(0, metrics.ascent()), QSize(metrics.horizontalAdvance(text), metrics.height()))
    return needed, needed


def _around(box: QRect, slack: int = SLACK) -> QRect:
    return box.adjusted(-slack, -slack, slack, slack)


def _size(box: QRect) -> str:
    return f"{box.width()}x{box.height()}"
