"""How cells look: a few looks, each made once per workbook. Reads in black and white; colour only underlines."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

FONT = "Microsoft YaHei"
INK, QUIET, LINE, EDGE = "1B2430", "5B6673", "C5CBC7", "8A949C"
BRAND, BRAND_GROUND = "0F5F6B", "E3F0F1"
GOOD, GOOD_GROUND = "2E7D4F", "E6F3EA"
LOST, LOST_GROUND = "B25E09", "FCF0DF"
FAILED, FAILED_GROUND = "B3261E", "FBE9E7"
INPUT_GROUND = "FFFBEA"
"""Cells that may be changed."""
WELL = "F5F6F4"


NORMAL = Font(FONT, sz=10)
"""The font by whose digits the widths of columns are counted."""


@dataclass(frozen=True, slots=True)
class Look:
    """One look. `fill` is a colour or nothing; `frame` a thin border all round."""

    size: float = 10
    bold: bool = False
    italic: bool = False
    colour: str = INK
    fill: str = ""
    frame: bool = True
    under: str = ""
    """The colour of a line below, instead of the frame."""
    across: str = "left"
    down: str = "center"
    wrap: bool = True
    indent: int = 0
    number: str = "General"
    locked: bool = True


TITLE = Look(size=18, bold=True, colour=BRAND, frame=False)
SUBTITLE = Look(size=9.5, colour=QUIET, frame=False, wrap=False)
DRAFT = Look(size=14, bold=True, colour=FAILED, frame=False, across="right", wrap=False)
HEADING = Look(size=12, bold=True, colour=BRAND, frame=False, under=BRAND, wrap=False)
HEADER = Look(bold=True, colour=BRAND, fill=BRAND_GROUND, across="center")
BAND = Look(bold=True, fill=WELL)
BODY = Look()
TOP = Look(down="top")
CENTRE = Look(across="center")
NUMBER = Look(across="center", wrap=False)
"""The number of an item: 3.1.2（1）."""
QUIET_TEXT = Look(colour=QUIET)
PLAIN = Look(frame=False, down="top")
QUIET_PLAIN = Look(frame=False, colour=QUIET, size=9, wrap=False)
LABEL = Look(colour=QUIET, fill=WELL)
FIGURE = Look(across="right")
BAND_FIGURE = Look(bold=True, fill=WELL, across="right")
INPUT = Look(fill=INPUT_GROUND, locked=False)
HELPER = Look(size=8, colour=QUIET, frame=False, wrap=False)
HELPER_HEADER = Look(size=8, colour=QUIET, frame=False, across="center")
EXCEPTION_GROUND = LOST_GROUND


@dataclass
class Paint:
    """Gives cells their looks; what openpyxl makes of a look is made once."""

    colours: Mapping[str, str] = field(default_factory=dict)
    """A bank's own colours, by those they stand for."""
    made: dict[Look, Any] = field(default_factory=dict)

    def __call__(self, cell: Cell, look: Look) -> None:
        known = self.made.get(look)
        styled: Any = cell  # the style's own value is not in the type stubs
        if known is None:
            _apply(cell, self._tinted(look))
            self.made[look] = copy(styled._style)
        else:
            styled._style = copy(known)

    def _tinted(self, look: Look) -> Look:
        of = self.colours
        if not of:
            return look
        return replace(
            look,
            colour=of.get(look.colour, look.colour),
            fill=of.get(look.fill, look.fill),
            under=of.get(look.under, look.under),
        )


def _apply(cell: Cell, look: Look) -> None:
    cell.font = Font(
        FONT,
        sz=look.size,
        b=look.bold,
        i=look.italic,
        color=look.colour,
    )
    if look.fill:
        cell.fill = PatternFill("solid", fgColor=look.fill)
    if look.frame:
        thin = Side("thin", color=LINE)
        cell.border = Border(thin, thin, thin, thin)
    elif look.under:
        cell.border = Border(bottom=Side("medium", color=look.under))
    cell.alignment = Alignment(look.across, look.down, wrap_text=look.wrap, indent=look.indent)
    cell.number_format = look.number + "_ " if look.across == "right" and look.number != "@" else look.number
    cell.protection = Protection(locked=look.locked)


def places(decimals: int) -> str:
    """A number format with that many places."""
    return "0." + "0" * decimals if decimals else "0"


def points(exact: bool) -> str:
    """Points as typed (0.5, 3); where a figure has no end, two places."""
    return "General" if exact else "0.00"


def units(text: str) -> float:
    """Width of a text's longest line, in digits: a Chinese character is two wide."""
    return max((sum(2.0 if ord(c) > 0x2E7F else 0.98 for c in line) for line in text.split("\n")), default=0)


def lines(text: str, width: float) -> int:
    """Lines a text takes in a column or merged range of that width."""
    return sum(max(1, int(-(-units(line) // max(1.0, width - 0.7)))) for line in text.split("\n"))
