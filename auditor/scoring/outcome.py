"""What one item comes to, on the way to the score."""

from __future__ import annotations

from dataclasses import dataclass, field

from auditor.kinds import Worth
from auditor.scoring.tree import ItemScore


@dataclass(eq=False, slots=True)
class Outcome:
    """What one item comes to. Outcomes are values: found out once per answer, then shared by every scoring."""

    score: ItemScore
    earned: int = 0
    """Scaled; 0 where it does not count, and of a bonus or penalty."""
    possible: int = 0
    extra: int = 0
    """What a bonus or penalty adds, scaled."""
    answered: int = 0
    """1 when it is among the answered."""
    applicable: int = 0
    """1 when it can take an answer."""
    worth: Worth | None = None
    acts: bool = False
    """Whether the answer loses, skips or triggers something."""
    needs: tuple[str, ...] = ()
    """Evidence the answer must bring: `note`, `reason`, `photo`."""
    reasons: int = 1
    """How many reasons it must bring where it needs one."""
    open: dict[tuple[str, ...], Outcome] = field(default_factory=dict)
    """What it comes to where it is left open, by what is lacking."""
