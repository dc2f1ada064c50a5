"""In which order it is found out which items stand: what a condition reads comes before it (S2)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from auditor.expressions import Expr, names, sections
from auditor.scoring.plan import ItemPlan, Plan, enclosing, entailments

if TYPE_CHECKING:
    from collections.abc import Iterable


def dependency_order(plan: Plan) -> list[ItemPlan]:
    """The items that can be hidden, skipped or computed, each after those it depends on.

    A cycle is a Problem when the checklist is read; here the link that would close one is left out.
    """
    reading = _Reading(plan)
    order: list[ItemPlan] = []
    entered = [False] * len(plan.items)
    for root in range(len(plan.items)):
        if entered[root]:
            continue
        entered[root] = True
        trail = [(root, reading.of(root, entered))]
        while trail:
            index, rest = trail[-1]
            deeper = next((one for one in rest if not entered[one]), None)
            if deeper is not None:
                entered[deeper] = True
                trail.append((deeper, reading.of(deeper, entered)))
                continue
            trail.pop()
            if reading.moves[index]:
                order.append(plan.items[index])
    return order


def asked_about(plan: Plan) -> tuple[list[ItemPlan], bool]:
    """The items whose answers decide what stands, and whether section scores do too: what conditions and computed
    values read, and what can skip."""
    asking = [expr for one in plan.items for expr in (one.show, one.valid, one.require, one.value) if expr is not None]
    asking += [section.show for section in plan.sections.values() if section.show is not None]
    read = {name for expr in asking for name in names(expr)}
    asked = [one for one in plan.items if one.item.id in read or any(said.skip for said in entailments(one.item))]
    return asked, any(sections(expr) for expr in asking)


class _Reading:
    """Which items an item's standing depends on."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.skips = [(one.index, max(_skip_ends(plan, one), default=0)) for one in plan.items]
        self.loses = [(one.index, plan.targets(name)) for one in plan.items for name in _losing(one)]
        covered = [0] * (len(plan.items) + 1)
        for index, end in self.skips:
            if end > index + 1:
                covered[index + 1] += 1
                covered[end] -= 1
        self.moves = [
            under > 0 or one.value is not None or any(_shows(one))
            for one, under in zip(plan.items, accumulate(covered), strict=False)
        ]

    def of(self, index: int, entered: list[bool]) -> Iterator[int]:
        """Items to be settled before this one."""
        one = self.plan.items[index]
        yield from (source for source, end in self.skips[_first_new(entered, index) : index] if end > index)
        for expr in (*_shows(one), one.value):
            if expr is not None:
                yield from self.read(expr, set())

    def read(self, expr: Expr, seen: set[str]) -> Iterable[int]:
        """What an expression reads; of a section's score everything in it (each item waits for what can skip it), what
        can lose something in it, and what says whether its answers are valid."""
        yield from (self.plan.by_id[name].index for name in names(expr) if name in self.plan.by_id)
        for name in sections(expr) - seen:
            seen.add(name)
            first, last = self.plan.targets(name)
            yield from range(first, last)
            yield from (source for source, (low, high) in self.loses if low < last and high > first)
            for one in self.plan.items[first:last]:
                if one.valid is not None:
                    yield from self.read(one.valid, seen)


def _shows(one: ItemPlan) -> Iterator[Expr]:
    """The conditions on which an item is shown: its own and those of the sections around it."""
    if one.show is not None:
        yield one.show
    yield from (above.show for above in enclosing(one.section) if above.show is not None)


def _skip_ends(plan: Plan, one: ItemPlan) -> Iterator[int]:
    return (plan.targets(said.skip)[0] for said in entailments(one.item) if said.skip)


def _losing(one: ItemPlan) -> Iterator[str]:
    return (name for said in entailments(one.item) for name in said.lose)


def _first_new(entered: list[bool], before: int) -> int:
    """Where the items not yet entered begin."""
    return next((at for at in range(before) if not entered[at]), before)
