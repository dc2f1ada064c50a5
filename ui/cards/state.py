"""What a card is told to paint: the saved answer and what the engine made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from auditor.audit import Answer
from auditor.scoring.tree import Fired, ItemScore
from ui.style import Tone


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
    read_only: bool = False
    blind: bool = False

    @property
    def lost(self) -> bool:
        return self.score is not None and (self.score.status == "lost" or self.score.deducted > 0)

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
