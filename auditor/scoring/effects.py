"""S6: critical effects, each a function, in the order in which they apply."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from auditor.checklist.parts import EffectName, Grade
from auditor.scoring.layout import Node
from auditor.scoring.outcome import Outcome
from auditor.scoring.status import Run, entails
from auditor.scoring.tree import Fired

ZERO = Fraction(0)


def fired(run: Run) -> list[tuple[Node, Fired]]:
    """Every effect that an answer in force triggers, complete or not (S2, S4), in reading order; a trap has none."""
    return [
        (node, Fired(node.path, effect.name, effect.at))
        for node in sorted(run.acting, key=lambda one: one.position)
        if not node.plan.item.trap
        for said in entails(run, node)
        for effect in said.critical
    ]


def zero_section(found: Sequence[tuple[Node, Fired]]) -> frozenset[str]:
    """The sections and instances that earn 0: the nearest around each answer that says so."""
    return frozenset(node.place.path for node, one in found if one.effect == "zero_section")


def on_total(run: Run, outcomes: Sequence[Outcome], zeroed: frozenset[str] = frozenset()) -> Fraction:
    """What bonuses and penalties add to the total, once per instance; of a zeroed section only the penalties stand."""
    added = 0
    for plan in run.plan.extras:
        for node in run.layout.of.get(plan.index, ()):
            if plan.item.role == "penalty" or node.place.path not in zeroed:
                added += outcomes[node.position].extra
    return Fraction(added, run.plan.unit)


def cap(total: Fraction, found: Sequence[Fired]) -> Fraction:
    """The lowest cap: the lesser of the total and it."""
    return min(total, *(Fraction(one.at) for one in found if one.at is not None))


def zero_total(_total: Fraction, _found: Sequence[Fired]) -> Fraction:
    return ZERO


ON_TOTAL: dict[EffectName, Callable[[Fraction, Sequence[Fired]], Fraction]] = {"cap": cap, "zero_total": zero_total}
"""Applied to the total in this order; the grade is found after them."""


def after_effects(total: Fraction | None, found: Sequence[Fired]) -> Fraction | None:
    """The total with the caps and the zeroing of all effects that fired; no score stays no score."""
    for name, apply in ON_TOTAL.items():
        if total is not None and any(one.effect == name for one in found):
            total = apply(total, found)
    return total


def grade_down(grade: str | None, grades: Sequence[Grade]) -> str | None:
    """One step, once, not below the last."""
    ids = [one.id for one in grades]
    return ids[min(ids.index(grade) + 1, len(ids) - 1)] if grade in ids else grade
