"""Colours, sizes and measures of the page: calm, and legible on a black-and-white printer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

Colour = tuple[float, float, float]


def _rgb(code: str) -> Colour:
    return (int(code[:2], 16) / 255, int(code[2:4], 16) / 255, int(code[4:], 16) / 255)


def colours(by_code: Mapping[str, str]) -> dict[Colour, Colour]:
    """`RRGGBB` → `RRGGBB` as the pen sees them."""
    return {_rgb(code): _rgb(other) for code, other in by_code.items()}


INK = _rgb("1B2430")
QUIET = _rgb("5B6673")
LINE = _rgb("C9CFCC")
FAINT = _rgb("E1E4E1")
GROUND = _rgb("F5F6F4")
WHITE = _rgb("FFFFFF")
BRAND = _rgb("0F5F6B")
BRAND_GROUND = _rgb("E3F0F1")
GOOD = _rgb("2E7D4F")
GOOD_GROUND = _rgb("E6F3EA")
LOST = _rgb("B25E09")
LOST_GROUND = _rgb("FCF0DF")
FAILED = _rgb("B3261E")
FAILED_GROUND = _rgb("FBE9E7")
WATERMARK = _rgb("ECEEEC")
OFFICIAL = _rgb("C00000")
"""The red head of a circular, whatever the bank's colour."""


class Style(NamedTuple):
    """How words are set: points, colour, and the height of a line in points."""

    size: float
    leading: float
    colour: Colour = INK
    bold: bool = False

    def over(self, top: float) -> float:
        """The baseline of a line whose upper edge is at `top`, measured downwards."""
        return top + self.leading / 2 + self.size * 0.37


BODY = Style(9.5, 15.5)
STRONG = Style(9.5, 15.5, INK, True)
SMALL = Style(8.5, 12.5)
SMALL_BOLD = Style(8.5, 12.5, INK, True)
SMALL_QUIET = Style(8.5, 12.5, QUIET)
TINY = Style(7.5, 11, QUIET)
TINY_INK = Style(7.5, 11, INK)
TINY_BOLD = Style(7.5, 11, INK, True)
HEAD = Style(8.5, 12.5, QUIET, True)
TITLE = Style(19, 27, INK, True)
CHAPTER = Style(13.5, 20, INK, True)
SUBHEAD = Style(10.5, 16, INK, True)
FIGURE = Style(38, 42, BRAND, True)

MM = 72 / 25.4
SHORT, LONG = 595.28, 841.89
"""A4 in points."""
MARGIN = 46.0
TOP = 58.0
"""Upper edge of the text on pages with a running title."""
BOTTOM = 50.0
PORTRAIT = SHORT - 2 * MARGIN
"""Width of the text on an upright page."""
LANDSCAPE = LONG - 2 * MARGIN


class Sides(NamedTuple):
    """A paper's sides in points. The text is as wide on every paper; the margins share what is left."""

    short: float
    long: float


class Margins(NamedTuple):
    """Blank points round the text, where they are not the program's own."""

    top: float
    bottom: float
    left: float
    right: float


PAPERS = {"a4": Sides(SHORT, LONG), "letter": Sides(612.0, 792.0)}


def body_height(landscape: bool) -> float:
    """Room for text on an A4 page with a running title and a footer."""
    return (SHORT if landscape else LONG) - TOP - BOTTOM
