"""What a card is told to paint: the saved answer and what the engine made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from auditor.audit import Answer, Jot
from auditor.kinds import Worth
from auditor.scoring.tree import Fired, ItemScore
from ui.look.style import Tone


@dataclass(frozen=True, slots=True)
class CardState:
    """One card's truth."""

    answer: Answer = field(default_factory=Answer)
    score: ItemScore | None = None
    fired: tuple[Fired, ...] = ()
    """Critical effects that this answer triggered."""
    lost_by: tuple[str, ...] = ()
    """Numbers of the items that lose this one."""
    computed: Decimal | str | None = None
    full: Fraction | None = None
    """Full points of the item; None where it is unscored."""
    read_only: bool = False
    blind: bool = False
    highlight: bool = False
    """Whether the visit's highlights name it."""
    praised: bool = False
    """Whether somebody is praised by name for it."""
    jotted: tuple[Jot, ...] = ()
    """Photos caught during the visit that this item does not have yet."""
    worth: Worth | None = None
    """What the value comes to by itself, evidence or not."""

    @property
    def lost(self) -> bool:
        """Whether points are lost, or will be once the evidence is there (S4)."""
        if self.score is None or self.answer.na is not None:
            return False
        earned = self.worth.earned if self.worth is not None else None
        pending = self.score.status == "open" and earned is not None and earned < (self.full or 0)
        return self.score.status == "lost" or self.score.deducted > 0 or pending

    @property
    def given(self) -> bool:
        """Whether a value or photos were given."""
        return self.answer.value is not None or bool(self.answer.photos)

    @property
    def missing(self) -> tuple[str, ...]:
        """What an answered item still lacks (S4)."""
        if self.score is None or not (self.given or self.answer.na):
            return ()
        return tuple(one for one in self.score.missing if one != "value")

    @property
    def tone(self) -> Tone:
        """Red where an effect fired, amber where points are lost, else the accent; blind: no judgement."""
        if self.blind:
            return "brand"
        return "failed" if self.fired else "lost" if self.lost else "brand"
