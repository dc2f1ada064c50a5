"""What many visits come to: by outlet, branch, module and item. Exact inside, shown once (S1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from auditor.figures import shown
from exports.register.options import STANDARD, Marked, Options
from exports.register.visits import Look, Outlet, Visit

TOP = 10


@dataclass
class OutletSum:
    """An outlet's visits in the period; those without a score are listed but not counted."""

    outlet: Outlet
    options: Options = STANDARD
    visits: list[Visit] = field(default_factory=list)

    @property
    def scored(self) -> list[Visit]:
        """The visits behind the figure: with a score, and of a kind that counts."""
        return [one for one in self.visits if one.exact is not None and self.options.counts(one.kind)]

    @property
    def vetoes(self) -> int:
        return sum(one.vetoes > 0 for one in self.visits)


@dataclass
class ModuleSum:
    """A module of one version of a checklist at one outlet."""

    outlet: Outlet
    checklist: str
    version: str
    title: str
    number: str
    section: str
    name: str
    options: Options = STANDARD
    marks: list[Marked] = field(default_factory=list)
    """Of each visit that counts: its ratio, and the points the module could earn."""
    lost: Decimal = Decimal(0)

    @property
    def ratios(self) -> list[Fraction]:
        return [one.figure for one in self.marks]

    @property
    def ratio(self) -> Fraction | None:
        """What its visits come to, taken together as the ranking takes an outlet's."""
        return self.options.figure(self.marks)


@dataclass
class ItemSum:
    """An item by its stable id, over all versions of its checklist (S8)."""

    checklist: str
    title: str
    item: str
    name: str
    looked: int = 0
    lost: int = 0
    points: Decimal = Decimal(0)
    outlets: set[str] = field(default_factory=set)
    versions: set[str] = field(default_factory=set)


class Summed:
    """Gathers what the short sheets need while visits pass by; an item row is never kept."""

    def __init__(self, options: Options = STANDARD) -> None:
        self.options = options
        self.outlets: dict[str, OutletSum] = {}
        self.modules: dict[tuple[str, str, str, str], ModuleSum] = {}
        self.items: dict[tuple[str, str], ItemSum] = {}
        self.days: list[str] = []
        self._scales: set[Decimal] = set()

    def add(self, look: Look) -> None:
        visit, key = look.visit, look.visit.outlet.key
        self.outlets.setdefault(key, OutletSum(visit.outlet, self.options)).visits.append(visit)
        if visit.day:
            self.days.append(visit.day)
        if visit.exact is not None and self.options.counts(visit.kind):
            self._scales.add(visit.scale)
        for row in look.sections if self.options.counts(visit.kind) else ():
            if row.depth or row.instance or row.path not in look.ratios:
                continue
            at = (key, visit.checklist, visit.version, row.path)
            module = self.modules.get(at)
            if module is None:
                named = (visit.outlet, visit.checklist, visit.version, visit.title, row.number, row.path, row.title)
                module = self.modules[at] = ModuleSum(*named, self.options)
            module.marks.append(Marked(visit.kind, look.ratios[row.path], Fraction(row.possible)))
            module.lost += row.lost
        for item in look.items:
            if item.earned is None or item.status not in ("answered", "lost"):
                continue
            name = item.path.rpartition("/")[2]
            summed = self.items.get((visit.checklist, name))
            if summed is None:
                named_item = ItemSum(visit.checklist, visit.title, name, item.name)
                summed = self.items[visit.checklist, name] = named_item
            summed.looked += 1
            summed.versions.add(visit.version)
            if item.deducted:
                summed.lost += 1
                summed.points += item.deducted
                summed.outlets.add(key)

    @property
    def visits(self) -> list[Visit]:
        return [visit for one in self.outlets.values() for visit in one.visits]

    @property
    def scale(self) -> Decimal:
        """The scale of the figures: that of all checklists, or 100 where they differ."""
        return next(iter(self._scales)) if len(self._scales) == 1 else Decimal(100)

    def figure(self, visit: Visit) -> Fraction | None:
        """A visit's exact total on the register's scale."""
        return on_scale(visit.exact, visit.scale, self.scale)

    def ranked(self) -> list[tuple[int | None, OutletSum, Fraction | None]]:
        """Outlets by their shown figures, or by code: ties keep the rank; those without a score have none."""
        outlets = list(self.outlets.values())
        exact = [self.options.blended(self.by_kind(one)) for one in outlets]
        places = ranks([None if one is None else shown(one, self.options.places) for one in exact])
        rows = list(zip(places, outlets, exact, strict=True))
        if self.options.order == "code":
            return sorted(rows, key=lambda row: row[1].outlet.key)
        return sorted(rows, key=lambda row: (row[0] is None, row[0] or 0, row[1].outlet.key))

    def by_kind(self, one: OutletSum) -> dict[str, Fraction]:
        """An outlet's exact figure of each kind of check that is blended, on the register's scale."""
        figures = ((visit, self.figure(visit)) for visit in one.scored)
        return self.options.by_kind(Marked(v.kind, x, v.points) for v, x in figures if x is not None)

    def most_frequent(self) -> list[tuple[int, ItemSum]]:
        """Items by how often they lost points, with all that share the tenth place."""
        lost = sorted((one for one in self.items.values() if one.lost), key=lambda one: (-one.lost, -one.points))
        places = ranks([one.lost for one in lost])
        return [(place, one) for place, one in zip(places, lost, strict=True) if place is not None and place <= TOP]


def on_scale(exact: Fraction | None, scale: Decimal, to: Decimal) -> Fraction | None:
    if exact is None or not scale:
        return None
    return exact if scale == to else exact * Fraction(to) / Fraction(scale)


def mean(figures: Sequence[Fraction]) -> Fraction | None:
    return sum(figures, Fraction(0)) / len(figures) if figures else None


def ranks(figures: Sequence[Decimal | int | None]) -> list[int | None]:
    """1 for the highest; ties keep the rank and the next one is left out; None has none."""
    order = sorted((one for one in figures if one is not None), reverse=True)
    first: dict[Decimal | int, int] = {}
    for place, one in enumerate(order, 1):
        first.setdefault(one, place)
    return [None if one is None else first[one] for one in figures]
