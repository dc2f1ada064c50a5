"""The tokens of the look (design §6, the sketches' colours): spacing, type, colours, and the look in force."""

from __future__ import annotations

from typing import Literal, NamedTuple

from PySide6.QtGui import QColor, QFont

Theme = Literal["system", "light", "dark"]
Tone = Literal["ink", "quiet", "brand", "good", "lost", "failed"]
Role = Literal["quiet", "small", "body", "strong", "title", "figure"]

TIGHT, SMALL, MEDIUM, LARGE, WIDE = SPACING = (4, 8, 12, 16, 24)
RADIUS = 10
TARGET = 48
"""The least height and width of anything touched, at 100 %."""
ANSWER = 52
TYPE: dict[Role, float] = {"quiet": 12.5, "small": 12.5, "body": 14, "strong": 16, "title": 22, "figure": 34}
SCALES = (100, 110, 125, 150, 175, 200)


class Colours(NamedTuple):
    """Every colour of one theme, as `#RRGGBB`.

    Those of the sketches, but for two inks of the light theme that reach only 4.4:1 and 4.2:1 on their own grounds
    there (`#2E7D4F`, `#B25E09`) and are a shade darker here.
    """

    ground: str
    card: str
    ink: str
    quiet: str
    line: str
    brand: str
    brand_ground: str
    on_brand: str
    good: str
    good_ground: str
    lost: str
    lost_ground: str
    failed: str
    failed_ground: str
    well: str
    """Hovered rows, quiet badges, tracks of scroll bars."""
    edge: str
    """The outline of a control that must be found without its text (3:1)."""
    brand_pressed: str

    def tone(self, name: Tone) -> tuple[str, str]:
        """(ink, ground) of a tone."""
        if name == "ink":
            return self.ink, self.card
        if name == "quiet":
            return self.quiet, self.well
        return getattr(self, name), getattr(self, f"{name}_ground")


LIGHT = Colours(
    ground="#F5F6F4",
    card="#FFFFFF",
    ink="#1B2430",
    quiet="#5B6673",
    line="#E1E4E1",
    brand="#0F5F6B",
    brand_ground="#E3F0F1",
    on_brand="#FFFFFF",
    good="#2D7A4D",
    good_ground="#E6F3EA",
    lost="#A65808",
    lost_ground="#FCF0DF",
    failed="#B3261E",
    failed_ground="#FBE9E7",
    well="#EFF1EF",
    edge="#868F99",
    brand_pressed="#0B4A54",
)
DARK = Colours(
    ground="#12171C",
    card="#1B2229",
    ink="#E9EDF0",
    quiet="#9AA7B2",
    line="#2D3740",
    brand="#5FC3CF",
    brand_ground="#17333A",
    on_brand="#0C1418",
    good="#6CCB8F",
    good_ground="#17301F",
    lost="#F0B565",
    lost_ground="#38290F",
    failed="#FF8A80",
    failed_ground="#3B1A18",
    well="#242D35",
    edge="#6B7883",
    brand_pressed="#8AD5DE",
)


class Look(NamedTuple):
    """What is in force: colours, text size in per cent, and the families the fonts came with."""

    colours: Colours
    scale: int
    family: str
    bold_family: str

    @property
    def dark(self) -> bool:
        return self.colours is DARK

    def px(self, size: float) -> int:
        """A size at 100 % as whole pixels at the chosen text size."""
        return round(size * self.scale / 100)

    def colour(self, name: Tone = "ink") -> QColor:
        return QColor(self.colours.tone(name)[0])

    def ground(self, name: Tone) -> QColor:
        return QColor(self.colours.tone(name)[1])

    def font(self, role: Role = "body", *, bold: bool | None = None) -> QFont:
        """The font of a role, for painting; `bold` overrides what the role says."""
        heavy = role in ("strong", "title", "figure") if bold is None else bold
        font = QFont(self.bold_family if heavy else self.family)
        font.setPixelSize(self.px(TYPE[role]))
        font.setBold(heavy)
        return font
