"""The bank's logo on the summary, at the right of the line below the title."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from exports.xlsx.page import Page

HIGH, WIDE = 34, 150
"""Pixels at most."""
_PIXELS = 7.0
"""Of a unit of column width."""
ROW = 2


def put_logo(page: Page, last: int) -> None:
    """At the right end of row 2, whose height grows with it; nothing where there is no logo."""
    data = page.made.report.letterhead.logo
    if not data:
        return
    image: Any = Image(BytesIO(data))
    scale = min(HIGH / image.height, WIDE / image.width)
    width, height = round(image.width * scale), round(image.height * scale)
    column, room = last, page.width(last, last) * _PIXELS
    while room < width and column > 1:
        column -= 1
        room += page.width(column, column) * _PIXELS
    pixels: Any = pixels_to_EMU
    at = AnchorMarker(col=column - 1, colOff=pixels(max(0, round(room - width))), row=ROW - 1, rowOff=0)
    image.anchor = OneCellAnchor(_from=at, ext=XDRPositiveSize2D(pixels(width), pixels(height)))
    page.sheet.row_dimensions[ROW].height = height * 0.75 + 4
    page.sheet.add_image(image)
