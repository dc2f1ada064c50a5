"""Stand-in photos: a drawn counter, so that a sample report shows where photos go. Nobody's face, nobody's papers."""

from __future__ import annotations

import io
import zlib
from functools import lru_cache

from PIL import Image, ImageDraw

from auditor.store import photos

SIZE = (1280, 960)
WALLS = ("#DCE6E4", "#E8E1D6", "#D9DFE8", "#E3DDE6")


SCENES = 12
"""How many there are in a sample bank: of ten thousand visits each is drawn once."""


def ready(seed: str, *, tidy: bool = False) -> photos.Picture:
    """One of the sample bank's scenes, ready to be kept; the same seed gives the same one."""
    return _scene(zlib.crc32(seed.encode()) % SCENES, tidy)


@lru_cache(maxsize=2 * SCENES)
def _scene(number: int, tidy: bool) -> photos.Picture:
    return photos.load(picture(f"scene {number}", tidy=tidy))


def picture(seed: str, *, tidy: bool = False) -> bytes:
    """A JPEG of a drawn branch scene; the same seed gives the same picture, `tidy` the same scene put right."""
    number = zlib.crc32(seed.encode())
    image = Image.new("RGB", SIZE, WALLS[number % len(WALLS)])
    draw = ImageDraw.Draw(image)
    width, height = SIZE
    draw.rectangle((0, height * 0.72, width, height), fill="#B9B2A6")
    for window in range(3):
        left = 90 + window * 400
        draw.rectangle((left, 250, left + 300, 560), fill="#F6F8F7", outline="#0F5F6B", width=8)
        draw.rectangle((left, 180, left + 300, 240), fill="#0F5F6B")
        draw.ellipse((left + 115, 330, left + 185, 400), fill="#5B6673")
        draw.rounded_rectangle((left + 80, 410, left + 220, 560), 40, fill="#35424F")
    draw.rectangle((40, 560, width - 40, 690), fill="#8C6F52")
    if tidy:
        draw.rounded_rectangle((560, 585, 720, 665), 8, fill="#0F5F6B")
        draw.rectangle((580, 605, 700, 613), fill="#F6F8F7")
        draw.rectangle((580, 630, 670, 638), fill="#F6F8F7")
    for sheet in range(0 if tidy else number % 5 + 2):
        left = 120 + (number // (sheet + 3)) % 900
        top = 570 + (number // (sheet + 7)) % 70
        draw.polygon([(left, top), (left + 90, top + 12), (left + 78, top + 62), (left - 8, top + 48)], fill="#FFFFFF")
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=88)
    return stream.getvalue()
