"""A photo on its way into a PDF: its JPEG stream passes through unchanged but for metadata, which is cut out (P7)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO

_SIZES = frozenset({0xC0, 0xC1, 0xC2})
"""Frames that PDF readers decode: baseline, extended, progressive."""
_KEPT = frozenset({0xE0, 0xEE})
"""JFIF and Adobe's colour transform; all other application segments and comments are dropped."""


@dataclass(frozen=True, slots=True)
class Jpeg:
    """Bytes without metadata, and the size in pixels. Its `str` names it in the document."""

    name: str
    data: bytes
    width: int
    height: int

    def __str__(self) -> str:
        return self.name

    def jpeg_fh(self) -> BytesIO:
        """What the canvas reads an image from."""
        return BytesIO(self.data)


def read(data: bytes) -> Jpeg | None:
    """The photo, or None where the bytes are no JPEG that can be shown."""
    if data[:2] != b"\xff\xd8":
        return None
    kept, size, at = [b"\xff\xd8"], None, 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _SIZES and data[at + 9 : at + 10] in (b"\x01", b"\x03"):
            size = int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        if marker == 0xDA:
            return _made(b"".join([*kept, data[at:]]), size)
        if not (0xE0 <= marker <= 0xEF or marker == 0xFE) or marker in _KEPT:
            kept.append(data[at:end])
        at = end
    return None


def _made(data: bytes, size: tuple[int, int] | None) -> Jpeg | None:
    if size is None or not all(size) or b"\xff\xd9" not in data[-64:]:
        return None
    return Jpeg(hashlib.sha256(data).hexdigest(), data, *size)
