"""A signature as it was drawn, on its way into a document: the strokes alone, dark on white."""

from __future__ import annotations

from io import BytesIO

_PALE = 200
"""Greys from here on are paper."""
_EDGE = 12
"""Pixels of paper left around the strokes."""


def cropped(data: bytes | None) -> bytes | None:
    """The strokes of a drawing as a grey JPEG without metadata; None where it cannot be read or is empty."""
    if data is None:
        return None
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=["JPEG"]) as image:
            grey = image.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
    strokes = grey.point(_inked).getbbox()
    if strokes is None:
        return None
    left, top, right, low = strokes
    around = max(0, left - _EDGE), max(0, top - _EDGE), min(grey.width, right + _EDGE), min(grey.height, low + _EDGE)
    out = BytesIO()
    grey.crop(around).point(_whitened).save(out, "JPEG", quality=90)
    return out.getvalue()


def _inked(value: int) -> int:
    return 255 if value < _PALE else 0


def _whitened(value: int) -> int:
    return value if value < _PALE else 255
