"""The bank's own at the head of the first page: its logo, and the slot for the red head of a circular."""

from __future__ import annotations

from exports.letterhead import Letterhead
from exports.pdf import jpeg
from exports.pdf.flow import Piece
from exports.pdf.ink import Box, Ink, Picture, Rule
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND, MM, OFFICIAL, PORTRAIT, Style

_WIDEST = 150.0
SLOT = 35 * MM
_RED = Style(30, 40, OFFICIAL, True)


def emblem(letterhead: Letterhead, high: float) -> tuple[list[Ink], float]:
    """The logo at most `high` points high, or the program's square; and the height it takes."""
    logo = bank_logo(letterhead, high)
    return ([logo], logo.height) if logo else ([Box(0, 0, 16, 16, BRAND, radius=4)], 16.0)


def bank_logo(letterhead: Letterhead, high: float, wide: float = _WIDEST) -> Picture | None:
    """The bank's own, where it has one: on papers that carry no mark of the program's."""
    logo = jpeg.read(letterhead.logo) if letterhead.logo else None
    if logo is None:
        return None
    scale = min(high / logo.height, wide / logo.width)
    return Picture(0, 0, logo.width * scale, logo.height * scale, logo)


def red_head(letterhead: Letterhead, setter: Typesetter, width: float = PORTRAIT) -> list[Piece]:
    """An empty slot with a red line below, in it the issuing body's name where it is to be printed."""
    if not letterhead.red_head:
        return []
    inks: list[Ink] = [Rule(0, SLOT, width, SLOT, OFFICIAL, 2.2)]
    words = letterhead.red_words
    if words:
        sizes = (_RED._replace(size=size) for size in (30, 26, 22, 18, 15, 12))
        style = next((one for one in sizes if setter.width(words, one) <= width), _RED._replace(size=12))
        shown = setter.fitted(words, style, width)
        inks.append(setter.line((width - setter.width(shown, style)) / 2, SLOT / 2 - 20, shown, style))
    return [Piece(SLOT + 14, inks)]
