"""What the answers are worth: S1 to S9 as pure functions over (checklist, answers)."""

from __future__ import annotations

from auditor.scoring.as_json import as_json
from auditor.scoring.engine import ENGINE, score
from auditor.scoring.explain import Explanation, explain
from auditor.scoring.frozen import current, freeze, thaw
from auditor.scoring.tree import Fired, ItemScore, Score, SectionScore

__all__ = [
    "ENGINE",
    "Explanation",
    "Fired",
    "ItemScore",
    "Score",
    "SectionScore",
    "as_json",
    "current",
    "explain",
    "freeze",
    "score",
    "thaw",
]
