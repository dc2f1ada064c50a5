"""The surface of a card: its edge says whether points are lost, it failed, or it was looked for."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui.controls.drawing import box, fill_box, inner
from ui.look.style import RADIUS, Tone, look

_EDGE = 5


def paint_frame(painter: QPainter, rect: QRectF, tone: Tone, *, lit: bool, framed: bool, found: bool) -> None:
    """`lit`: on the accent's ground (an instruction, a drop), `framed` then in its colour; `found` by a search."""
    colours, area = look().colours, inner(rect)
    line = colours.line if tone == "brand" else colours.tone(tone)[0]
    if lit:
        edge = colours.brand if framed else colours.brand_ground
        fill_box(painter, box(area, RADIUS), colours.brand_ground, edge, 2 if framed else 1)
    elif tone == "brand":
        fill_box(painter, box(area, RADIUS), colours.card, line)
    else:
        fill_box(painter, box(area, RADIUS), line, line)
        fill_box(painter, box(area.adjusted(_EDGE, 0.5, -0.5, -0.5), RADIUS - 1), colours.card, colours.card)
    if found:
        fill_box(painter, box(inner(rect, 1.5), RADIUS), "#00000000", colours.brand, 3)
