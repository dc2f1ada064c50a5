"""What a condition or a computed value can see of a visit (scoring.md, "Conditions and computed values")."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.audit import Value
from auditor.scoring.layout import Node, Place

if TYPE_CHECKING:
    from auditor.scoring.plan import SectionPlan
    from auditor.scoring.status import Run


class View:
    """A visit as seen from one instance of a repeating section, or from outside. A `Lookup` of the language."""

    __slots__ = ("inside", "instance", "repeat", "run")

    def __init__(self, run: Run, repeat: SectionPlan | None, instance: int, inside: str) -> None:
        self.run = run
        self.repeat = repeat
        self.instance = instance
        self.inside = inside
        """How the paths of its own instance begin."""

    def node(self, item: str) -> Node | None:
        """The one node that a name means from here; a repeated item means nothing outside its instance (S5)."""
        nodes = self.run.layout.by_path
        return nodes.get(item) or (nodes.get(self.inside + item) if self.inside else None)

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
        return self.run.layout.place_at.get(self.inside[:-1] if plan is plan.repeat else self.inside + section)

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
        return [self.run.view(one) for one in place.children] if place else []


def figure(worth: object) -> Fraction | None:
    """A computed value as a number; anything else is empty."""
    return worth if isinstance(worth, Fraction) else None
