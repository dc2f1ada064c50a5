"""Scoring 120 items from scratch, without explanation, against a bare loop over the same 120 integers.

Two visits in turn that share no answer: nothing of the scoring before serves again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import cycle
from typing import Any

from auditor.audit import Answer, Audit, Header
from auditor.checklist.model import Checklist
from auditor.scoring import explain, score
from tests.bench.pairs import Figure, pair

SECTIONS, PER_SECTION = 8, 15
TURNS = 200


def sheet() -> Checklist:
    """Eight weighted sections of fifteen items each, deducting halves of points."""
    sections = [
        {"id": f"s{n}", "title": f"S{n}", "weight": 5 + n, "items": [_item(f"q{n}_{m}") for m in range(PER_SECTION)]}
        for n in range(SECTIONS)
    ]
    return Checklist.model_validate({"id": "sheet", "version": "1", "title": "Sheet", "sections": sections})


def _item(id: str) -> dict[str, Any]:
    options = [
        {"id": "yes", "text": "yes"},
        {"id": "partly", "text": "partly", "deduct": "0.5"},
        {"id": "no", "text": "no", "share": 0},
    ]
    return {"id": id, "text": id, "points": 2, "options": options}


def visit(checklist: Checklist, first: int = 0) -> Audit:
    """Every item answered, one in seven with a deduction."""

    chosen = ("yes", "yes", "partly", "yes", "yes", "yes", "yes")
    answers = {item.id: Answer(value=chosen[(first + n) % len(chosen)]) for n, item in enumerate(checklist.items())}
    header = Header(kind="mystery", visited="2026-03-05T10:12:00+08:00")
    return Audit("20260305T021200Z-abcdef", header, checklist, "", header.visited, "finished", answers)


def figures() -> Iterator[Figure]:
    checklist = sheet()
    audit = visit(checklist)
    came_to = score(audit)
    halves = [
        [int((one.earned or 0) * 2) for one in came_to.items if one.section == place.path] for place in came_to.sections
    ]
    weights = [int(place.weight or 0) for place in came_to.sections]
    assert _by_hand(halves, weights) == came_to.exact

    def bare() -> Fraction:
        return _by_hand(halves, weights)

    turns = cycle([audit, visit(checklist, 1)])
    yield pair("score", _often(lambda: score(next(turns))), _often(bare), peer_name="bare loop", bar=8.0)
    explained = _often(lambda: explain(audit, score(audit)), 10)
    yield pair("explained", explained, _often(bare), peer_name="bare loop", bar=None)


def _often(work: Callable[[], object], turns: int = TURNS) -> Callable[[], float]:
    """Milliseconds of one turn: a single one is too short for the clock."""

    def measured() -> float:
        started = time.perf_counter()
        for _ in range(turns):
            work()
        return (time.perf_counter() - started) / turns * 1000

    return measured


def _by_hand(halves: list[list[int]], weights: list[int]) -> Fraction:
    """What the eight sections come to, by nothing but sums and eight fractions."""
    whole = Fraction(0)
    for weight, section in zip(weights, halves, strict=True):
        earned = 0
        for one in section:
            earned += one
        whole += weight * Fraction(earned, 4 * len(section))
    return whole / sum(weights) * 100
