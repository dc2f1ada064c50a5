"""Reading a PDF back: its text, its outline, every byte in it."""

from __future__ import annotations

import contextlib
import zlib
from io import BytesIO

from pypdf import PdfReader


def bare(text: str) -> str:
    """Text without any blank: lines are broken where they must be."""
    return "".join(text.split())


def pages(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(data), strict=True).pages]


def whole(data: bytes) -> str:
    """The text of all pages, without blanks."""
    return bare("".join(pages(data)))


def inflated(data: bytes) -> bytes:
    """The file and every compressed stream in it, found by their marks, whatever the file says of them."""
    parts = [data]
    at = data.find(b"stream")
    while at >= 0:
        with contextlib.suppress(zlib.error):
            parts.append(zlib.decompressobj().decompress(data[at + 6 :].lstrip(b"\r\n")))
        at = data.find(b"stream", at + 6)
    return b"\n".join(parts)
