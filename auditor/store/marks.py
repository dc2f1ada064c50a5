"""What is drawn on a photo, burnt into its pixels: arrows, boxes, and patches blurred beyond reading (P7)."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from auditor.errors import AuditorError
from auditor.store import files, photos
from auditor.store.photos import Picture

if TYPE_CHECKING:
    from PIL import Image

MarkKind = Literal["arrow", "box", "blur"]
Area = tuple[int, int, int, int]

INK = "#D92D20"
EDGE = "#FFFFFF"
CELLS = 6
"""A blurred patch is at most so many cells long: a face or a page comes to a few dozen flat colours."""
LEAST_CELL = 0.012
"""The least side of a cell, of the photo's long side: 24 pixels of 2,000, wider than a letter of a page."""
LEVELS = 16
"""Of brightness in a cell: fewer than would let averages be reckoned back into letters."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One shape, in shares of the photo's width and height from its upper left corner; an arrow points to its end."""

    kind: MarkKind
    x0: float
    y0: float
    x1: float
    y1: float


def stroke(long_side: float) -> float:
    """How wide a drawn line is on a photo of so many pixels."""
    return max(3.0, long_side / 220)


def burn(source: Path, marks: Sequence[Mark], name: str = "") -> Picture:
    """The photo with its marks as plain pixels: a new JPEG with a new hash. Raises `store.photo_broken`, `store.*`."""
    from PIL import Image

    data = files.read(source, photos.MOST_BYTES)
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as opened:
            image = opened.convert("RGB")
    except Exception as error:  # a broken picture makes a decoder raise anything at all
        raise AuditorError("store.photo_broken", file=name or source.name) from error
    for mark in sorted(marks, key=lambda one: one.kind != "blur"):
        _DRAW[mark.kind](image, mark)
    return photos.encoded(image)


def patch(mark: Mark, width: int, height: int) -> Area:
    """The whole pixels a mark covers (left, top, right, bottom), at least one, never beyond the photo."""
    left, right = sorted((mark.x0, mark.x1))
    top, bottom = sorted((mark.y0, mark.y1))
    x0, y0 = min(max(0, math.floor(left * width)), width - 1), min(max(0, math.floor(top * height)), height - 1)
    return (
        x0,
        y0,
        max(x0 + 1, min(width, math.ceil(right * width))),
        max(y0 + 1, min(height, math.ceil(bottom * height))),
    )


def cells(area: Area, long_side: int) -> tuple[int, int]:
    """How many cells across and down a blurred patch comes to."""
    wide, high = area[2] - area[0], area[3] - area[1]
    side = max(max(wide, high) / CELLS, long_side * LEAST_CELL)
    return max(1, round(wide / side)), max(1, round(high / side))


def _blur(image: Image.Image, mark: Mark) -> None:
    """Average each cell, keep few levels of it, and fill the cell with that: the rest is gone."""
    from PIL import Image

    area = patch(mark, *image.size)
    small = image.crop(area).resize(cells(area, max(image.size)), Image.Resampling.BOX)
    step = 256 // LEVELS
    flat = small.point(lambda value: value // step * step + step // 2)
    image.paste(flat.resize((area[2] - area[0], area[3] - area[1]), Image.Resampling.NEAREST), area[:2])


def _box(image: Image.Image, mark: Mark) -> None:
    from PIL import ImageDraw

    draw, wide = ImageDraw.Draw(image), stroke(max(image.size))
    x0, y0, x1, y1 = patch(mark, *image.size)
    edge = max(1, round(wide / 3))
    draw.rectangle((x0 - edge, y0 - edge, x1 + edge, y1 + edge), outline=EDGE, width=round(wide) + 2 * edge)
    draw.rectangle((x0, y0, x1, y1), outline=INK, width=round(wide))


def _arrow(image: Image.Image, mark: Mark) -> None:
    """Drawn at four times the size and brought down, or its slanted edges would be steps."""
    from PIL import Image, ImageDraw

    width, height = image.size
    outline, body = arrow_shapes(mark, width, height)
    xs, ys = [x for x, _ in outline], [y for _, y in outline]
    left, top = math.floor(min(xs)) - 2, math.floor(min(ys)) - 2
    size = (math.ceil(max(xs)) - left + 3, math.ceil(max(ys)) - top + 3)
    for points, colour in ((outline, EDGE), (body, INK)):
        mask = Image.new("L", (size[0] * 4, size[1] * 4))
        ImageDraw.Draw(mask).polygon([((x - left) * 4, (y - top) * 4) for x, y in points], fill=255)
        image.paste(colour, (left, top), mask.resize(size, Image.Resampling.BOX))


Points = list[tuple[float, float]]


def arrow_shapes(mark: Mark, width: float, height: float) -> tuple[Points, Points]:
    """The white outline and the red body of an arrow, as polygons on a picture of this size."""
    wide = stroke(max(width, height))
    return _arrow_points(mark, width, height, wide, wide / 3), _arrow_points(mark, width, height, wide, 0)


def _arrow_points(mark: Mark, width: float, height: float, wide: float, grow: float) -> Points:
    x0, y0, x1, y1 = mark.x0 * width, mark.y0 * height, mark.x1 * width, mark.y1 * height
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    head, half = min(wide * 5, length * 0.6), wide / 2 + grow
    barb = max(wide * 2.2, head * 0.5) + grow * 2

    def at(along: float, aside: float) -> tuple[float, float]:
        return x0 + ux * along - uy * aside, y0 + uy * along + ux * aside

    neck, tip = length - head, length + grow * 2
    return [
        *(at(-grow, half), at(neck - grow, half), at(neck - grow, barb), at(tip, 0)),
        *(at(neck - grow, -barb), at(neck - grow, -half), at(-grow, -half)),
    ]


_DRAW = {"blur": _blur, "box": _box, "arrow": _arrow}
