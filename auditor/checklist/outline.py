"""A checklist laid out for its checks: every section and item with its path in the document and its neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any

from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Consequences, Grade

MOST_LANGUAGE = 300_000
"""Characters of all conditions and computed values of one checklist."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A Problem before its place in a file is known: a sentence of the area `checklist`, and a path."""

    path: Path
    name: str
    values: dict[str, Any] = field(default_factory=dict)
    warning: bool = False
    offset: int = 0
    """Characters into the text at the path (an expression)."""
    first: Path | None = None
    """Another place the sentence names, as `{first}`: its line."""
    area: str = "checklist"


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section, where it stands, and what it stands in."""

    section: Section
    path: Path
    above: tuple[PlacedSection, ...]
    """Outermost first."""
    start: int
    """The number of its first item in reading order."""
    end: int
    """One more than that of its last."""

    @property
    def repeat(self) -> str:
        """The repeating section this is, or stands in; else an empty text."""
        return next((one.section.id for one in (self, *self.above) if one.section.repeat), "")


@dataclass(frozen=True, slots=True)
class PlacedItem:
    """An item, its number in reading order, its path and its section."""

    item: Item
    path: Path
    home: PlacedSection
    number: int

    @property
    def optional(self) -> bool:
        """May stay open at finishing (S4)."""
        return self.item.role != "normal" or not self.item.required

    def outcomes(self) -> Iterator[tuple[Path, Consequences]]:
        """Its options and bands, with their paths."""
        for n, option in enumerate(self.item.options):
            yield (*self.path, "options", n), option
        for n, band in enumerate(self.item.bands):
            yield (*self.path, "bands", n), band


class Outline:
    """The whole checklist, indexed once."""

    def __init__(self, checklist: Checklist) -> None:
        self.checklist = checklist
        self.sections: list[PlacedSection] = []
        self.items: list[PlacedItem] = []
        self._lay(checklist.sections, (), ("sections",))
        self.section_at = {one.section.id: one for one in reversed(self.sections)}
        self.item_at = {one.item.id: one for one in reversed(self.items)}

    def _lay(self, sections: tuple[Section, ...], above: tuple[PlacedSection, ...], path: Path) -> None:
        """Sections in reading order, each before what it holds."""
        for n, section in enumerate(sections):
            here = (*path, n)
            start = len(self.items)
            placed = PlacedSection(section, here, above, start, start + _count(section))
            self.sections.append(placed)
            for m, item in enumerate(section.items):
                self.items.append(PlacedItem(item, (*here, "items", m), placed, len(self.items)))
            self._lay(section.sections, (*above, placed), (*here, "sections"))

    @cached_property
    def siblings(self) -> list[tuple[PlacedSection | None, list[PlacedSection]]]:
        """Sections side by side, with the one that holds them (None: the checklist)."""
        groups: dict[Path, list[PlacedSection]] = {}
        for one in self.sections:
            groups.setdefault(one.path[:-1], []).append(one)
        return [(group[0].above[-1] if group[0].above else None, group) for group in groups.values()]

    @cached_property
    def grades(self) -> list[tuple[Path, Checklist | Section, tuple[Grade, ...]]]:
        """The checklist and every section that has grades or a pass rule, with its path."""
        holders: list[tuple[Path, Checklist | Section]] = [((), self.checklist)]
        holders += [(one.path, one.section) for one in self.sections]
        return [(path, one, one.grades) for path, one in holders if one.grades or one.pass_ is not None]

    def inner(self, section: PlacedSection) -> Iterator[PlacedSection]:
        """The sections within one, at any depth."""
        at = self.section_number[section.path] + 1
        while at < len(self.sections) and section in self.sections[at].above:
            yield self.sections[at]
            at += 1

    @cached_property
    def section_number(self) -> dict[Path, int]:
        """By path: where a section stands in reading order."""
        return {one.path: n for n, one in enumerate(self.sections)}

    def target(self, id: str) -> tuple[int, int] | None:
        """The items an id stands for, as a range of numbers: one item, or all of a section; None: no such id."""
        item = self.item_at.get(id)
        if item:
            return item.number, item.number + 1
        section = self.section_at.get(id)
        return (section.start, section.end) if section else None

    def scores(self, reach: tuple[int, int]) -> bool:
        """Whether any of a range of items is scored."""
        return self._scored[reach[1]] > self._scored[reach[0]]

    @cached_property
    def conditions_fit(self) -> bool:
        """Whether all conditions and computed values together are within `MOST_LANGUAGE`."""
        texts = [text for one in self.items for text in (one.item.show_if, one.item.require_if, one.item.valid_if)]
        texts += [one.item.value for one in self.items] + [one.section.show_if for one in self.sections]
        return sum(len(text) for text in texts if text) <= MOST_LANGUAGE

    @cached_property
    def _scored(self) -> list[int]:
        """How many items before each number are scored."""
        return [0, *accumulate(one.item.scored for one in self.items)]

    @cached_property
    def ids(self) -> list[str]:
        """The ids of all items and sections."""
        return [*self.item_at, *self.section_at]


def _count(section: Section) -> int:
    return len(section.items) + sum(map(_count, section.sections))
