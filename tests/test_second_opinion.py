"""Random visits scored twice: by the engine, and by a naive scoring written from the sentences of the rules (S1–S7)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from auditor.scoring import Score, score
from tests.exports.random_checklists import random_audit, random_checklist
from tests.naive_scoring import NaiveScore

SEEDS, DRAFT_EVERY = 500, 4


def compare(seed: int) -> None:
    """One visit of one random checklist, every fourth of them a draft."""
    random = Random(seed)
    audit = random_audit(random, random_checklist(random), finished=seed % DRAFT_EVERY != 0)
    engine, naive = score(audit), NaiveScore(audit)
    assert told(engine) == {
        "total": naive.total(),
        "before_critical": naive.before_critical(),
        "grade": naive.grade(),
        "passed": naive.passed(),
        "items": {naive.path(item, n): naive.status(item, n) for item, n in naive.everywhere()},
        "sections": sections(naive),
    }, f"seed {seed}"


def told(engine: Score) -> dict[str, object]:
    return {
        "total": _exact(engine.total),
        "before_critical": _exact(engine.before_critical),
        "grade": engine.grade,
        "passed": engine.passed,
        "items": {one.path: one.status for one in engine.items},
        "sections": {one.path: _exact(one.figure) for one in engine.sections},
    }


def sections(naive: NaiveScore) -> dict[str, Fraction | None]:
    """The figure of every section, of every instance, and of the repeating sections over all their instances."""
    found: dict[str, Fraction | None] = {}
    for section in naive.sections.values():
        repeats = naive.repeater(section)
        if repeats is None or repeats is section:
            found[section.id] = naive.figure(section, 0)
        if repeats is not None:
            inside = "" if repeats is section else f"/{section.id}"
            found |= {f"{repeats.id}#{n}{inside}": naive.figure(section, n) for n in naive.numbers(repeats)}
    return found


def _exact(figure: Decimal | None) -> Fraction | None:
    return None if figure is None else Fraction(figure)


@pytest.mark.parametrize("tens", range(SEEDS // 10))
def test_a_second_opinion(tens: int) -> None:
    """Totals, grades, passes, every item's status and every section's figure are the same."""
    for seed in range(tens * 10, tens * 10 + 10):
        compare(seed)


@pytest.mark.full
@pytest.mark.parametrize("hundreds", range(SEEDS // 100, 200))
def test_a_second_opinion_on_twenty_thousand(hundreds: int) -> None:
    for seed in range(hundreds * 100, hundreds * 100 + 100):
        compare(seed)
