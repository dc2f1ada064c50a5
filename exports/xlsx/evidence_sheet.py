"""The Evidence sheet: a small picture of each photo beside what it proves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from openpyxl.drawing.image import Image as SheetImage
from PIL import Image, UnidentifiedImageError

from exports.xlsx import styles
from exports.xlsx.layout import FIRST_ROW
from exports.xlsx.page import Page

Photos = Callable[[str], bytes | None]
LONG, HIGH = 240, 180
"""Pixels of a thumbnail at most; twice what is shown, for sharp printing."""


def write_evidence(page: Page, photos: Photos) -> None:
    made = page.made
    page.widths((8, 24, 12, 34, 60))
    page.titled(made.titles["evidence"], 5)
    words = ("xlsx.col_figure_number", "xlsx.col_photo", "xlsx.col_number", "report.col.item", "xlsx.col_caption")
    page.headed([page.say(word) for word in words])
    for at, one in enumerate(made.report.photos, FIRST_ROW):
        page.write(at, 1, page.say("report.figure", n=one.number), styles.CENTRE)
        page.write(at, 3, made.names.number(one.path), styles.CENTRE)
        page.write(at, 4, made.names.item(one.path), styles.BODY)
        page.write(at, 5, one.caption, styles.BODY)
        small = thumbnail(photos(one.sha256))
        gone = "" if small else page.say("report.photo_gone")
        page.write(at, 2, gone, replace(styles.CENTRE, colour=styles.FAILED, size=9))
        page.sheet.row_dimensions[at].height = 74 if small else 24
        if small:
            picture = SheetImage(small)
            share = min(160 / picture.width, 92 / picture.height)
            picture.width, picture.height = int(picture.width * share), int(picture.height * share)
            page.sheet.add_image(picture, f"B{at}")
    page.printed(5, FIRST_ROW + len(made.report.photos) - 1)


def thumbnail(data: bytes | None) -> BytesIO | None:
    """A small JPEG of pixels alone, nothing of what the file said besides; None where it cannot be read."""
    if data is None:
        return None
    try:
        with Image.open(BytesIO(data)) as image:
            pixels = image.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    pixels.thumbnail((LONG, HIGH))
    small = Image.new("RGB", pixels.size)
    small.paste(pixels)
    out = BytesIO()
    small.save(out, "JPEG", quality=80)
    out.seek(0)
    return out
