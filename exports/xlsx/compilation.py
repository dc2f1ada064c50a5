"""What the formulas of one workbook are made from: the audit, where everything stands, and which words are used."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from auditor.audit import Audit
from auditor.checklist.model import Checklist, Item
from auditor.checklist.parts import Consequences
from auditor.expressions import Expr, names
from auditor.scoring.plan import ItemPlan, Plan, plan_of
from exports.speech import Speech
from exports.xlsx.formula import Cell, Literal, Node, eq, gt
from exports.xlsx.language import Scope
from exports.xlsx.layout import FaultColumn, ItemColumn, Layout, Place, SectionColumn, printed
from exports.xlsx.lists import Lists, grades_key
from exports.xlsx.operators import Type, Typed, Unsaid

Formulas = dict[Cell, Node]
Exceptions = dict[Cell, str]
"""Cells that no formula can hold, with the reason: a key of `xlsx.why_…`."""

SECTION_STATUS = ("counted", "empty", "hidden", "zeroed")


@dataclass(frozen=True)
class Compilation:
    """One workbook's formulas in the making. `withheld`: paths whose answers the copy does not show."""

    audit: Audit
    """Whole; what the copy shows of it is in `layout` and the typed cells."""
    shown: Checklist
    """What the copy shows of the checklist."""
    layout: Layout
    lists: Lists
    speech: Speech
    withheld: frozenset[str] = frozenset()
    to_fill: bool = False
    """Whether people fill the workbook in: every item has a row, and what they type is counted."""

    @property
    def finished(self) -> bool:
        """A draft's effects are shown, not applied; it has no verdict and no grade (S4)."""
        return self.audit.state == "finished"

    @property
    def checklist(self) -> Checklist:
        return self.audit.checklist

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.checklist)

    @cached_property
    def section_status(self) -> Mapping[str, str]:
        return {name: self.speech.tr(f"xlsx.section_{name}") for name in SECTION_STATUS}

    @cached_property
    def read(self) -> frozenset[str]:
        """Ids of the items whose values some condition reads."""
        return frozenset(name for expr in self.expressions() for name in names(expr))

    @cached_property
    def skipping(self) -> Sequence[tuple[str, int, int]]:
        """(path, number of the option or band from 1, index of the item to go on with) of everything that skips."""
        return [
            (path, number, self.plan.targets(said.skip)[0])
            for path, (item, _) in self.layout.items.items()
            for number, said in enumerate(consequences(item), 1)
            if said.skip
        ]

    @cached_property
    def losing(self) -> Sequence[tuple[str, int, frozenset[str]]]:
        """(path, number of the option or band, ids of the items it loses) of everything that loses points."""
        return [
            (path, number, frozenset(one for name in said.lose for one in self._ids(name)))
            for path, (item, _) in self.layout.items.items()
            for number, said in enumerate(consequences(item), 1)
            if said.lose
        ]

    def _ids(self, name: str) -> list[str]:
        first, last = self.plan.targets(name)
        return [one.item.id for one in self.plan.items[first:last]]

    def expressions(self) -> Iterator[Expr]:
        for one in self.plan.items:
            yield from (expr for expr in (one.show, one.valid, one.value) if expr is not None)
        yield from (one.show for one in self.plan.sections.values() if one.show is not None)

    @cached_property
    def silent(self) -> Sequence[ItemPlan]:
        """Items without a row: traps, and what the copy does not show."""
        if self.to_fill:
            return ()
        shown = {item.id for item in self.shown.items() if printed(item)}
        return [one for one in self.plan.items if one.item.id not in shown]

    def item_plan(self, path: str) -> ItemPlan:
        return self.plan.by_id[self.layout.items[path][0].id]

    def share(self, path: str) -> Fraction | None:
        """A section's weight, or its declared points where these serve as weights; instances have none."""
        place = self.layout.places[path]
        return None if place.is_instance else self.plan.sections[place.section.id].share

    def scored(self, path: str) -> bool:
        return self.layout.items[path][0].scored

    def counts(self, path: str) -> bool:
        """Whether an item has points that its section adds up; bonuses and penalties stand outside."""
        return self.scored(path) and self.layout.items[path][0].role == "normal"

    def used(self, path: str, column: ItemColumn) -> bool:
        """Whether any item directly in a place can have something in a column of points or effects."""
        return any(
            column in columns_of(self.layout.items[name][0], self.finished) for name in self.layout.items_of(path)
        )

    def fires(self, path: str, number: int) -> Node:
        """Whether an option or band (from 1) of an item is the answer in force."""
        item, _ = self.layout.items[path]
        if path in self.withheld:
            raise Unsaid("withheld")
        if item.kind == "multi":
            return eq(self.layout.fault(path, item.options[number - 1].id, FaultColumn.FORCE), 1)
        return eq(self.layout.item(path, ItemColumn.FORCE), number)

    def hidden_section(self, path: str) -> Node:
        """Whether a section is hidden; FALSE where no condition can hide it."""
        place = self.layout.places[path]
        can = place.section.show_if or any(one.section.show_if for one in self.around(place))
        return eq(self.layout.section(path, SectionColumn.HIDDEN), 1) if can else Literal(False)

    def around(self, place: Place) -> Iterator[Place]:
        """The places around one, innermost first."""
        while place.parent:
            place = self.layout.places[place.parent]
            yield place

    def grade_title(self, section: str, grade: str | None) -> str:
        """A grade's words, by the section's id ("" the checklist's own)."""
        key = grades_key(section)
        known = self.lists.of(key) if key in self.lists.starts else ()
        return next((one.words for one in known if one.id == grade), "")

    def zeroed(self, path: str) -> Node:
        return gt(self.layout.section(path, SectionColumn.ZEROED), 0)

    def scope(self, repeating: str, instance: int) -> Scope:
        return View(self, repeating, instance)


def consequences(item: Item) -> Sequence[Consequences]:
    """The options, or the bands, that PICK numbers from 1."""
    return item.options if item.kind in ("choice", "multi") else item.bands


_EFFECTS = {
    "zero_section": ItemColumn.ZERO_SECTION,
    "cap": ItemColumn.CAP,
    "zero_total": ItemColumn.ZERO_TOTAL,
    "grade_down": ItemColumn.GRADE_DOWN,
    "fail": ItemColumn.FAIL,
    "no_award": ItemColumn.NO_AWARD,
}
EFFECT_COLUMNS: Mapping[str, ItemColumn] = _EFFECTS


def columns_of(item: Item, finished: bool) -> set[ItemColumn]:
    """The columns of points and effects an item can have something in."""
    found: set[ItemColumn] = set()
    if item.scored:
        found.add(_points_column(item))
        found |= {ItemColumn.PLAIN_POSSIBLE, ItemColumn.CUT} if item.role == "normal" else set()
    for said in consequences(item):
        found |= {_EFFECTS[one.name] for one in said.critical if finished or one.name != "zero_section"}
    return found


def _points_column(item: Item) -> ItemColumn:
    if item.role == "normal":
        return ItemColumn.PLAIN_EARNED
    if item.on == "section":
        return ItemColumn.EXTRA
    return ItemColumn.BONUS if item.role == "bonus" else ItemColumn.PENALTY


_TYPES: dict[str, Type] = {"choice": "option", "multi": "multi", "time": "time", "date": "date"}
_TYPES |= {"text": "text", "signature": "text"}


@dataclass(frozen=True, slots=True)
class View:
    """What an expression sees of the workbook from one instance of a repeating section, or from outside."""

    work: Compilation
    repeating: str = ""
    instance: int = 0

    def _path(self, item: str) -> str | None:
        """The one path a name means from here; none for a repeated item seen from outside (S5)."""
        plan = self.work.plan.by_id.get(item)
        home = plan.section.repeat.section.id if plan and plan.section.repeat else ""
        if plan is None or (home and home != self.repeating):
            return None
        path = f"{home}#{self.instance}/{item}" if home else item
        if path not in self.work.layout.items or path in self.work.withheld:
            raise Unsaid("withheld")
        return path

    def value(self, item: str, /) -> Typed:
        path = self._path(item)
        if path is None:
            return Typed(Literal(""), "text")
        kind = self.work.layout.items[path][0].kind
        return Typed(self.work.layout.item(path, ItemColumn.VALUE), _TYPES.get(kind, "number"))

    def seen(self, item: str, /) -> Node:
        path = self._path(item)
        return Literal(0) if path is None else self.work.layout.item(path, ItemColumn.SEEN)

    def score(self, section: str, /) -> Node:
        plan = self.work.plan.sections.get(section)
        if plan is None:
            return Literal("")
        home = plan.repeat.section.id if plan.repeat else ""
        if home and home == self.repeating:
            path = f"{home}#{self.instance}" + ("" if plan.repeat is plan else f"/{section}")
        elif not home or plan.repeat is plan:
            path = section
        else:
            return Literal("")
        if path and path not in self.work.layout.section_rows:  # the copy withholds all that stands in it
            raise Unsaid("withheld")
        return self.work.layout.section(path, SectionColumn.BEFORE_RATIO)

    def today(self) -> str:
        return self.work.audit.header.visited[:10]

    def instances(self, items: frozenset[str], /) -> Sequence[Scope] | None:
        known = (self.work.plan.by_id.get(name) for name in items)
        homes = {one.section.repeat.section.id for one in known if one and one.section.repeat}
        home = next((one for one in homes if one != self.repeating), None)
        if home is None:
            return None
        return [View(self.work, home, number) for number in sorted(self.work.audit.instances.get(home, ()))]
