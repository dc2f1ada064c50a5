"""The score as a tree of frozen nodes: exact fractions inside, shown figures as Decimal.

Structs, because dozens are made at every tap: a frozen dataclass takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

import msgspec

from auditor.checklist.parts import EffectName

ZERO = Fraction(0)
Status = Literal["hidden", "lost", "skipped", "na", "answered", "open", "unscored"]


class Fired(msgspec.Struct, frozen=True):
    """A critical effect that an answer triggered."""

    path: str
    effect: EffectName
    at: Decimal | None = None
    """The cap's figure."""


class ItemScore(msgspec.Struct, frozen=True):
    """One item, or one item of one instance."""

    path: str
    section: str
    """Path of the section, or of the instance (`teller#2`), it stands in."""
    status: Status
    earned: Fraction | None
    """None where it does not count (hidden, skipped, open, na under exclude, unscored)."""
    possible: Fraction | None
    in_force: bool = True
    """Whether its answer is in force (S2)."""
    lost_by: tuple[str, ...] = ()
    """Paths of the answers that lose it (连带扣分)."""
    missing: tuple[str, ...] = ()
    """What keeps an answered item open: `value`, `note`, `reason`, `photo`, `na_reason`, `valid`, `require`."""

    @property
    def deducted(self) -> Fraction:
        """Points lost, never below 0."""
        if self.earned is None or self.possible is None or self.earned is self.possible:
            return ZERO
        above, below = self.earned.as_integer_ratio()
        whole, parts = self.possible.as_integer_ratio()
        short = whole * below - above * parts
        return Fraction(short, below * parts) if short > 0 else ZERO


class SectionScore(msgspec.Struct, frozen=True):
    """One section, one instance (`teller#2`, parent `teller`), or the combined repeating section (`teller`)."""

    path: str
    parent: str
    """Path of the section above, "" at the top."""
    status: Literal["counted", "empty", "hidden", "zeroed"]
    """`empty`: nothing possible, so it leaves the total."""
    earned: Fraction
    possible: Fraction
    ratio: Fraction | None
    weight: Fraction | None
    """Its weight (or declared points where these serve as weights); None where points add up."""
    figure: Decimal | None
    """ratio × 100 as shown (S7)."""
    passed: bool | None
    grade: str | None
    answered: int
    applicable: int


class Score(msgspec.Struct, frozen=True):
    """What the answers come to."""

    so_far: bool
    total: Decimal | None
    before_critical: Decimal | None
    scale: Decimal
    passed: bool | None
    grade: str | None
    """A grade id."""
    critical: tuple[Fired, ...]
    answered: int
    applicable: int
    sections: tuple[SectionScore, ...]
    """In reading order, parents before children."""
    items: tuple[ItemScore, ...]
    """In reading order."""
    exact: Fraction | None = None
    """The total before rounding, after effects."""
    bonus: Fraction = Fraction(0)
    """What bonuses and penalties on the total add."""
    computed: Mapping[str, Decimal | str | None] = msgspec.field(default_factory=dict)
    """Values of computed items, by path."""

    def item(self, path: str) -> ItemScore | None:
        return next((one for one in self.items if one.path == path), None)

    def section(self, path: str) -> SectionScore | None:
        return next((one for one in self.sections if one.path == path), None)
