"""Net promoter score: what many answers to one 0–10 recommendation item come to (the source course's scorecard, F1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from auditor.audit import Audit, split_path
from auditor.checklist.model import Checklist, Item
from auditor.errors import AuditorError

PROMOTERS_FROM, DETRACTORS_TO = 9, 6


@dataclass(frozen=True, slots=True)
class Recommendation:
    """How many answered 9–10, 7–8, and 0–6."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @property
    def answers(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def score(self) -> Fraction | None:
        """Share of promoters less share of detractors, × 100: −100 to 100; None without answers."""
        return Fraction(100 * (self.promoters - self.detractors), self.answers) if self.answers else None


def recommendation(values: Iterable[int]) -> Recommendation:
    """The answers counted; each is a whole number from 0 to 10."""
    given = list(values)
    promoters = sum(value >= PROMOTERS_FROM for value in given)
    detractors = sum(value <= DETRACTORS_TO for value in given)
    return Recommendation(promoters, len(given) - promoters - detractors, detractors)


def recommendation_item(checklist: Checklist, item: str) -> Item | None:
    """The item of that id when it asks from 0 to 10. Raises `scoring.not_a_recommendation` when it asks otherwise."""
    found = next((one for one in checklist.items() if one.id == item), None)
    if found is not None and (found.kind != "rating" or (found.low, found.high) != (0, 10)):
        raise AuditorError("scoring.not_a_recommendation", item=item, checklist=checklist.id)
    return found


def answers_to(audit: Audit, item: str) -> list[int]:
    """What was answered at an item in one audit, in every instance; set-aside answers are left out (S2)."""
    return [
        answer.value
        for path, answer in audit.answers.items()
        if split_path(path)[2] == item and path not in audit.set_aside and isinstance(answer.value, int)
    ]
