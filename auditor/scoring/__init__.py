"""What the answers are worth: S1 to S9 as pure functions over (checklist, answers)."""

from auditor.scoring.engine import ENGINE, score
from auditor.scoring.tree import Fired, ItemScore, Score, SectionScore

__all__ = ["ENGINE", "Fired", "ItemScore", "Score", "SectionScore", "score"]
