"""Where the shapes on a photo are: found under a finger, moved, resized. Shares of the photo's width and height."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

from auditor.store.marks import Mark, MarkKind

Grip = Literal["", "body", "start", "end"]
"""What of a shape is held: nothing, all of it, its first or its second corner."""
LEAST = 0.02
NEW: dict[MarkKind, tuple[float, float, float, float]] = {
    "arrow": (0.35, 0.65, 0.5, 0.5),
    "box": (0.4, 0.4, 0.6, 0.6),
    "blur": (0.42, 0.4, 0.58, 0.6),
}
"""Where a shape made by key begins."""


def fresh(kind: MarkKind) -> Mark:
    """A shape in the middle of the photo."""
    return Mark(kind, *NEW[kind])


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """The shape moved, as far as it stays on the photo."""
    dx = _within(dx, mark.x0, mark.x1)
    dy = _within(dy, mark.y0, mark.y1)
    return replace(mark, x0=mark.x0 + dx, y0=mark.y0 + dy, x1=mark.x1 + dx, y1=mark.y1 + dy)


def with_end(mark: Mark, x: float, y: float, grip: Grip = "end") -> Mark:
    """The shape with one of its corners somewhere else on the photo."""
    x, y = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
    return replace(mark, x0=x, y0=y) if grip == "start" else replace(mark, x1=x, y1=y)


def is_speck(mark: Mark) -> bool:
    """Whether it is a slip of the finger rather than a shape."""
    wide, high = abs(mark.x1 - mark.x0), abs(mark.y1 - mark.y0)
    return max(wide, high) < LEAST or (mark.kind != "arrow" and min(wide, high) < LEAST / 4)


def grip_of(mark: Mark, x: float, y: float, reach: tuple[float, float]) -> Grip:
    """What of a shape lies under a finger that covers `reach` (shares across and down) around a point."""
    for grip, at in (("end", (mark.x1, mark.y1)), ("start", (mark.x0, mark.y0))):
        if abs(x - at[0]) <= reach[0] and abs(y - at[1]) <= reach[1]:
            return grip  # type: ignore[return-value]
    if mark.kind == "arrow":
        return "body" if _distance(mark, x / reach[0], y / reach[1], reach) <= 1 else ""
    left, right = sorted((mark.x0, mark.x1))
    top, bottom = sorted((mark.y0, mark.y1))
    return "body" if left <= x <= right and top <= y <= bottom else ""


def _distance(mark: Mark, x: float, y: float, reach: tuple[float, float]) -> float:
    """From an arrow's line, in fingers."""
    x0, y0, x1, y1 = mark.x0 / reach[0], mark.y0 / reach[1], mark.x1 / reach[0], mark.y1 / reach[1]
    length = (x1 - x0) ** 2 + (y1 - y0) ** 2
    along = max(0.0, min(1.0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) if length else 0.0
    return math.hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0))


def _within(shift: float, *places: float) -> float:
    return max(-min(places), min(1 - max(places), shift))
