"""Whose report it is: the bank's name, logo, colour, header and footer line, as plain values (report conventions).

Reports take them as they are; where they are kept is no concern of the exports.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from auditor.errors import AuditorError

COLOUR = "0F5F6B"
"""The program's own."""
GROUND = "E3F0F1"
LONGEST = 60
"""Characters of a header or footer line, and of the bank's name."""
LOGO_SIDE = 800
_LEAST_CONTRAST = 4.5
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")


@dataclass(frozen=True)
class Letterhead:
    """What a bank puts on its reports; what is empty is as the program has it."""

    bank: str = ""
    """Before the outlet's name in the title."""
    header: str = ""
    """A line at the top of every page, instead of the kind of check on the first."""
    footer: str = ""
    """Instead of 内部资料 at the foot; a public copy keeps its own."""
    colour: str = ""
    """`RRGGBB`: titles, rules, bars."""
    logo: bytes = b""
    """A JPEG as `read_logo` makes it."""
    red_head: bool = False
    """A slot for the red head of a circular (通报) above the title."""
    red_words: str = ""
    """What is printed in the slot; nothing where the paper has it already."""

    @cached_property
    def colours(self) -> dict[str, str]:
        """The program's colours and what stands for them: the main one, and its ground for heads of tables."""
        if not self.colour or self.colour == COLOUR:
            return {}
        return {COLOUR: self.colour, GROUND: _ground(self.colour)}


PLAIN = Letterhead()


def read_colour(text: str) -> str:
    """`RRGGBB` from `#rrggbb`; nothing for nothing. Raises `letterhead.not_a_colour`, `letterhead.too_light`."""
    if not text.strip():
        return ""
    found = _COLOUR.fullmatch(text.strip())
    if found is None:
        raise AuditorError("letterhead.not_a_colour", text=text[:40])
    if contrast(found[1]) < _LEAST_CONTRAST:
        raise AuditorError("letterhead.too_light", text=text[:40])
    return found[1].upper()


def read_line(text: str) -> str:
    """A name, header or footer line: one line, cleaned. Raises `letterhead.too_long`, `answer.too_long`."""
    from auditor.text import clean_text

    line = " ".join(clean_text(text).split())
    if len(line) > LONGEST:
        raise AuditorError("letterhead.too_long", count=len(line), most=LONGEST)
    return line


def read_logo(source: Path | bytes, name: str = "") -> bytes:
    """A picture through the gate of photos (P6): plain pixels on white, at most 800 a side, no metadata.

    Raises `letterhead.logo_unusable` saying why.
    """
    from PIL import Image

    from auditor.store import photos

    name = name or (source.name if isinstance(source, Path) else "")
    try:
        safe = photos.load(source, name).data
    except AuditorError as error:
        raise AuditorError("letterhead.logo_unusable", file=name, said=str(error)) from error
    out = io.BytesIO()
    with Image.open(io.BytesIO(safe), formats=["JPEG"]) as image:
        image.thumbnail((LOGO_SIDE, LOGO_SIDE), Image.Resampling.LANCZOS)
        image.save(out, "JPEG", quality=92, subsampling=0, optimize=True)
    return out.getvalue()


def contrast(colour: str) -> float:
    """Of `RRGGBB` against white paper, 1 to 21."""
    return 1.05 / (_light(colour) + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _ground(colour: str) -> str:
    """A tenth of the colour on white."""
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return "".join(f"{round(255 - (255 - one) * 0.1):02X}" for one in parts)
