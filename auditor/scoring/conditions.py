"""What a condition or a computed value can see of a visit (scoring.md, "Conditions and computed values")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.audit import Value
from auditor.scoring.layout import Node, Place

if TYPE_CHECKING:
    from auditor.scoring.plan import SectionPlan
    from auditor.scoring.status import Run


@dataclass(frozen=True, slots=True)
class View:
    """A visit as seen from one instance of a repeating section, or from outside. A `Lookup` of the language."""

    run: Run
    repeat: SectionPlan | None = None
    instance: int = 0

    def node(self, item: str) -> Node | None:
        """The one node that a name means from here; a repeated item means nothing outside its instance (S5)."""
        known = self.run.plan.by_id.get(item)
        if known is None:
            return None
        home = known.section.repeat
        if home is not None and home is not self.repeat:
            return None
        nodes = self.run.layout.of.get(known.index, ())
        return next((one for one in nodes if home is None or one.instance == self.instance), None)

    def value(self, item: str, /) -> Value:
        node = self.node(item)
        return None if node is None else self.run.value(node)

    def answered(self, item: str, /) -> bool:
        node = self.node(item)
        return node is not None and self.run.has_value(node)

    def is_na(self, item: str, /) -> bool:
        node = self.node(item)
        return node is not None and self.run.is_na(node)

    def score(self, section: str, /) -> Fraction | None:
        place = self._place(section)
        ratio = None if place is None else self.run.ratio(place)
        return None if ratio is None else ratio * 100

    def _place(self, section: str) -> Place | None:
        plan = self.run.plan.sections.get(section)
        if plan is None:
            return None
        if plan.repeat is None or (plan.repeat is plan and plan is not self.repeat):
            return self.run.layout.place_at.get(section)
        if plan.repeat is not self.repeat:
            return None
        own = f"{plan.repeat.section.id}#{self.instance}"
        return self.run.layout.place_at.get(own if plan is plan.repeat else f"{own}/{section}")

    def today(self) -> str:
        """The visit's date, never the clock."""
        return self.run.audit.header.visited[:10]

    def instances(self, items: frozenset[str], /) -> Sequence[View] | None:
        """One view per instance of the repeating section the items stand in; None where they are read as they are."""
        known = (self.run.plan.by_id.get(name) for name in items)
        homes = {one.section.repeat for one in known if one is not None}
        home = next((one for one in homes if one is not None and one is not self.repeat), None)
        if home is None:
            return None
        place = self.run.layout.place_at.get(home.section.id)
        return [View(self.run, home, one.instance) for one in place.children] if place else []


def view_of(run: Run, section: SectionPlan, instance: int) -> View:
    """What is seen from a place in a section."""
    return View(run, section.repeat if instance else None, instance)


def figure(worth: object) -> Fraction | None:
    """A computed value as a number; anything else is empty."""
    if isinstance(worth, bool) or not isinstance(worth, (int, Fraction, Decimal)):
        return None
    return Fraction(worth)
