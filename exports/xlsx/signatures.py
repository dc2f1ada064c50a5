"""The signature block of the Summary: lines to sign on, and what was signed in the program already."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from openpyxl.drawing.image import Image as SheetImage
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils.units import pixels_to_EMU

from exports.drawn import cropped
from exports.signed import Signature
from exports.xlsx import styles
from exports.xlsx.page import Page
from exports.xlsx.styles import Look

Photos = Callable[[str], bytes | None]
_A_ROW, _COLUMNS = 3, 3
"""Signatures side by side, and columns that each of them has."""
_WIDE, _HIGH = 150, 44
"""Pixels of a drawing at most."""
_PLAIN = Look(frame=False, wrap=False, down="bottom")
_DUTY = ((1, 3, "report.col.section"), (4, 5, "layouts.duty.person"), (6, 7, "layouts.duty.signature"))
_SIGNED = (8, 10, "layouts.duty.signed")


def write_signatures(page: Page, row: int, photos: Photos) -> int:
    """From `row` on; the last row of it. 45 mm square for the seal, which is never drawn."""
    signatures = page.made.report.signatures
    if page.made.report.duties:
        row = _duties(page, row, photos) + 1
    for start in range(0, len(signatures), _A_ROW):
        row = _side_by_side(page, row, signatures[start : start + _A_ROW], photos) + 1
    return row - 1 if signatures else row


def _side_by_side(page: Page, row: int, signatures: Sequence[Signature], photos: Photos) -> int:
    """Label and name, the drawings where there are any, room for the seal, the day."""
    drawn = [cropped(photos(one.drawing)) if one.drawing else None for one in signatures]
    seal = any(one.seal for one in signatures)
    label, sealed, dated = row + 1, row + 2 + any(drawn), row + 3 + any(drawn)
    for n, (one, data) in enumerate(zip(signatures, drawn, strict=True)):
        column = 1 + _COLUMNS * n
        page.write(label, column, _named(one), replace(_PLAIN, bold=True))
        if data:
            _put(page, label + 1, column, data)
        page.write(sealed, column, page.say("report.seal") if one.seal else "", replace(_PLAIN, colour=styles.QUIET))
        page.write(dated, column, one.signed or page.say("report.signed_on"), _PLAIN)
    heights = {row: 12, label: 30, label + 1: _HIGH * 0.75 + 6, sealed: 82 if seal else 12, dated: 24}
    for at, height in heights.items():
        page.sheet.row_dimensions[at].height = height
    page.keep(row, dated)
    return dated


def _named(one: Signature) -> str:
    return f"{one.label}{one.name}" if one.label.endswith("：") else f"{one.label} {one.name}".strip()


def _duties(page: Page, row: int, photos: Photos) -> int:
    """分工与签名: who answers for which section, with the signature or room for it."""
    page.wide(row, 1, _SIGNED[1], page.say("layouts.duties"), styles.HEADING)
    page.sheet.row_dimensions[row].height = 24
    first = row
    row += 1
    for left, right, word in (*_DUTY, _SIGNED):
        page.wide(row, left, right, page.say(word), replace(styles.HEADER, size=9))
    for one in page.made.report.duties:
        row += 1
        data = cropped(photos(one.drawing)) if one.drawing else None
        words = (f"{one.number} {one.section}".strip(), one.person, "" if data else one.signature, one.signed)
        for (left, right, _), value in zip((*_DUTY, _SIGNED), words, strict=True):
            page.wide(row, left, right, value, styles.BODY)
        page.sheet.row_dimensions[row].height = max(_HIGH * 0.75 + 6, page.sheet.row_dimensions[row].height or 0)
        if data:
            _put(page, row, _DUTY[-1][0], data)
    page.keep(first, first + 2)
    return row


def _put(page: Page, row: int, column: int, data: bytes) -> None:
    """A drawing in its cell, small and sharp: four of its pixels to one of the screen's at most."""
    image: Any = SheetImage(BytesIO(data))
    scale = min(_WIDE / image.width, _HIGH / image.height, 0.35)
    pixels: Any = pixels_to_EMU
    size = XDRPositiveSize2D(pixels(round(image.width * scale)), pixels(round(image.height * scale)))
    at = AnchorMarker(col=column - 1, colOff=pixels(4), row=row - 1, rowOff=pixels(3))
    image.anchor = OneCellAnchor(_from=at, ext=size)
    page.sheet.add_image(image)
