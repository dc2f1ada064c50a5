"""Scoring again after a change is scoring from scratch (S8): what the engine remembers never shows in a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest

from auditor.audit import Audit
from auditor.checklist import Checklist
from auditor.scoring import Score, score
from auditor.scoring.plan import plan_of
from checklists.library import find
from tests.auditor.builders import audit, checklist, choice, item, section
from tests.exports.random_checklists import paths, random_answer, random_audit, random_checklist

CHANGES, CHECKLISTS = 40, 60
SHIPPED = ("customer_journey", "course_assessment", "telephone_mystery_call")


def from_scratch(visit: Audit) -> Score:
    """The score by an engine that has seen no other state of the audit."""
    plan = plan_of(visit.checklist)
    remembered = dict(plan.layouts)
    plan.layouts.clear()
    try:
        return score(visit)
    finally:
        plan.layouts.clear()
        plan.layouts.update(remembered)


def changes(random: Random, sheet: Checklist) -> Iterator[Audit]:
    """Two visits in turn, each with one thing after another changed: an answer given, taken back, not applicable or
    without its evidence, an instance come or gone, finished and reopened, another day."""
    audits = [random_audit(random, sheet, finished=False) for _ in range(2)]
    for _ in range(CHANGES):
        at = random.choice((0, 0, 0, 1))
        audits[at] = _changed(random, audits[at])
        yield audits[at]


def _changed(random: Random, before: Audit) -> Audit:
    what = random.random()
    repeating = [one for one, _ in before.checklist.walk() if one.repeat]
    if what < 0.05:
        visited = f"2026-03-0{random.randint(1, 7)}T10:12:00+08:00"
        return replace(before, header=replace(before.header, visited=visited))
    if what < 0.1:
        return replace(before, state="draft" if before.state == "finished" else "finished")
    if what < 0.2 and repeating:
        numbers = tuple(sorted(random.sample(range(1, 6), random.randint(0, 3))))
        return replace(before, instances={**before.instances, random.choice(repeating).id: numbers})
    path, one = random.choice([*paths(before)] or [("", None)])
    if one is None:
        return before
    was, answers = before.answers.get(path), {**before.answers}
    bare = replace(was, note="", reasons=(), photos=()) if was and what < 0.3 else None
    given = bare or random_answer(random, before.checklist, one)
    answers.pop(path, None)
    return replace(before, answers={**answers, path: given} if given else answers)


@pytest.mark.parametrize("seed", range(CHECKLISTS))
def test_after_every_change_of_a_random_visit(seed: int) -> None:
    random = Random(seed)
    for number, visit in enumerate(changes(random, random_checklist(random))):
        assert score(visit) == from_scratch(visit), f"seed {seed}, change {number}"


@pytest.mark.full
@pytest.mark.parametrize("hundred", range(30))
def test_after_a_hundred_thousand_changes(hundred: int) -> None:
    for seed in range(CHECKLISTS + hundred * 100, CHECKLISTS + hundred * 100 + 100):
        test_after_every_change_of_a_random_visit(seed)


@pytest.mark.parametrize("name", SHIPPED)
def test_after_every_change_of_a_visit_by_a_shipped_checklist(name: str) -> None:
    random = Random(name)
    for number, visit in enumerate(changes(random, find(name))):
        assert score(visit) == from_scratch(visit), f"change {number}"


def test_every_condition_is_asked_again_when_what_it_reads_is_another() -> None:
    """`require_if`, `valid_if`, `today()`, the score of a section, and a hidden section without instances (S2, S4)."""
    by_answer = checklist(
        section("one", choice("seen"), choice("met"), item("why", "text", required=False, require_if="seen = no")),
        section("two", item("many", "number", points=1, valid_if="many > 2 and met = yes")),
        section("teller", choice("kind"), repeat={"min": 0, "max": 3}, show_if="met = no"),
        section("three", choice("late"), show_if='today() < "2026-03-07"'),
    )
    by_score = checklist(
        section("one", choice("seen"), choice("met")), section("two", choice("why", show_if="score(one) < 60"))
    )
    given: tuple[dict[str, str], ...] = (
        {},
        {"seen": "yes"},
        {"seen": "no"},
        {"seen": "no", "met": "no"},
        {"seen": "no", "met": "yes"},
    )
    for sheet, always in ((by_answer, {"many": 3}), (by_score, {})):
        told = set()
        for day in ("2026-03-05", "2026-03-08"):
            for answers in given:
                now = audit(sheet, {**answers, **always}, finished=False, visited=f"{day}T10:12:00+08:00")
                assert score(now) == from_scratch(now)
                told.add(repr(score(now)))
        assert len(told) == (10 if always else 5)
