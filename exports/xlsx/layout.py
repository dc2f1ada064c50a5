"""Where everything stands in the workbook: sections, items, faults and lists of choices, by path.

Sheets are known by key; their titles are words of the report's language. The rows follow the checklist's reading
order, instances of a repeating section one after the other (S5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from auditor.audit import Audit, item_path
from auditor.checklist.model import Item, Section
from exports.xlsx.formula import Area, Cell

SHEETS = ("summary", "sections", "items", "faults", "losses", "actions", "evidence", "changes", "codebook", "lists")
FIRST_ROW = 5
"""The first row of a table: title, subtitle, a blank row and the header stand above."""


class ItemColumn(IntEnum):
    """Items sheet: the conventions' eight columns, the inputs, then what leads from answer to points."""

    NUMBER = 1
    NAME = 2
    STANDARD = 3
    FULL = 4
    DEDUCTED = 5
    EARNED = 6
    REASON = 7
    FIGURES = 8
    ANSWER = 9
    NA = 10
    STATUS = 11
    NOTE = 12
    PATH = 14
    GIVEN = 15
    """The answer as a number, or empty."""
    PICK = 16
    """Which option or band, counted from 1; 0 none."""
    HAS = 17
    HIDDEN = 18
    SKIPPED = 19
    LOST = 20
    SEEN = 21
    """The answer in force: 0 none, 1 not applicable, 2 answered."""
    FORCE = 22
    """PICK where the answer is in force, else 0."""
    VALUE = 23
    """The answer as conditions see it; empty when not in force."""
    LACKING = 24
    """Open for want of evidence, a reason or a valid value (S4)."""
    WORTH = 25
    PLAIN_EARNED = 26
    PLAIN_POSSIBLE = 27
    EXTRA = 28
    """Bonus or penalty on the section."""
    BONUS = 29
    """On the total."""
    PENALTY = 30
    CUT = 31
    """What an answered item loses, for max_deduction."""
    ANY_POSSIBLE = 32
    ANY_BEFORE = 33
    ANY_AFTER = 34
    ZERO_SECTION = 35
    CAP = 36
    ZERO_TOTAL = 37
    GRADE_DOWN = 38
    FAIL = 39
    NO_AWARD = 40
    CAN = 41
    """Can take an answer now."""
    DONE = 42
    PHOTOS = 43
    REASONS = 44


class SectionColumn(IntEnum):
    """Sections sheet; BEFORE is the computation without critical effects, AFTER with them (S6)."""

    NUMBER = 1
    TITLE = 2
    WEIGHT = 3
    POSSIBLE = 4
    DEDUCTED = 5
    EARNED = 6
    FIGURE = 7
    GRADE = 8
    VERDICT = 9
    STATUS = 10
    DONE = 11
    CAN = 12
    PATH = 14
    HIDDEN = 15
    BASE = 16
    """Earned by its items after max_deduction, bonuses and penalties."""
    BEFORE_POSSIBLE = 17
    BEFORE_RATIO = 18
    BEFORE_EARNED = 19
    BEFORE_EXTRA = 20
    """What its items add to the total."""
    ZEROED = 21
    AFTER_RATIO = 22
    AFTER_EXTRA = 23
    AFTER_POSSIBLE = 24


class FaultColumn(IntEnum):
    """Faults sheet: one row per fault of a multi item, chosen with a tick."""

    NUMBER = 1
    NAME = 2
    FAULT = 3
    DEDUCTION = 4
    CHOSEN = 5
    PATH = 7
    FORCE = 8
    TAKEN = 9


@dataclass(frozen=True, slots=True)
class Place:
    """A section as it stands in an audit: plain, one instance of a repeating one, inside an instance, or combined."""

    path: str
    parent: str
    section: Section
    depth: int
    repeating: str = ""
    """The repeating section it is an instance of, or lies in."""
    instance: int = 0
    combined: bool = False

    @property
    def is_instance(self) -> bool:
        return self.repeating == self.section.id and not self.combined

    def item(self, item: Item) -> str:
        return item_path(item.id, self.repeating, self.instance)


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows by path. `places` and `items` are in reading order."""

    places: Mapping[str, Place]
    section_rows: Mapping[str, int]
    items: Mapping[str, tuple[Item, Place]]
    item_rows: Mapping[str, int]
    band_rows: Mapping[str, int]
    """Heading rows of the Items sheet, by section path."""
    fault_rows: Mapping[tuple[str, str], int]
    total_row: int
    """The last row of Sections: the checklist itself."""
    last_item_row: int
    told_rows: Mapping[str, int] = field(default_factory=dict)
    """Of a workbook to fill in: rows of information that nobody answers, by path."""
    field_rows: Mapping[str, int] = field(default_factory=dict)
    """Of a workbook to fill in: rows of the header fields of instances, by path."""

    def item(self, path: str, column: ItemColumn) -> Cell:
        return Cell("items", self.item_rows[path], column)

    def column(self, column: ItemColumn) -> Area:
        return Area(Cell("items", FIRST_ROW, column), Cell("items", self.last_item_row, column))

    def section(self, path: str, column: SectionColumn) -> Cell:
        """A cell of a section; the empty path is the checklist."""
        return Cell("sections", self.section_rows[path] if path else self.total_row, column)

    def fault(self, path: str, option: str, column: FaultColumn) -> Cell:
        return Cell("faults", self.fault_rows[path, option], column)

    def children(self, path: str) -> list[Place]:
        """Instances of a combined section, else the sections directly below; of "" the topmost."""
        return [place for place in self.places.values() if place.parent == path]

    def items_of(self, path: str) -> list[str]:
        """Paths of the items that stand directly in a place."""
        return [name for name, (_, place) in self.items.items() if place.path == path]

    def block(self, path: str, column: ItemColumn) -> Area | None:
        """The cells of one column for the items directly in a place; None where it has no rows."""
        rows = [self.item_rows[name] for name in self.items_of(path)]
        return Area(Cell("items", min(rows), column), Cell("items", max(rows), column)) if rows else None


Wanted = Callable[[Item], bool]


def places(audit: Audit, wanted: Wanted) -> dict[str, Place]:
    """Every section of the audit with a wanted item, by path, parents before children."""
    top = Place("", "", _NONE, -1)
    return {place.path: place for place in _places(audit, audit.checklist.sections, top, wanted)}


_NONE = Section.model_construct(id="", title=None)


def _places(audit: Audit, sections: tuple[Section, ...], above: Place, wanted: Wanted) -> Iterator[Place]:
    for section in sections:
        if not _has_rows(section, wanted):
            continue
        path = item_path(section.id, above.repeating, above.instance)
        if section.repeat is None or above.instance:
            place = Place(path, above.path, section, above.depth + 1, above.repeating, above.instance)
            yield place
            yield from _places(audit, section.sections, place, wanted)
            continue
        combined = Place(path, above.path, section, above.depth + 1, combined=True)
        yield combined
        for number in audit.instances.get(section.id, ()):
            one = Place(f"{section.id}#{number}", path, section, above.depth + 2, section.id, number)
            yield one
            yield from _places(audit, section.sections, one, wanted)


def _has_rows(section: Section, wanted: Wanted) -> bool:
    """Whether anything in it is printed: a copy may leave all of a section's items out."""
    return any(map(wanted, section.items)) or any(_has_rows(one, wanted) for one in section.sections)


def printed(item: Item) -> bool:
    """Whether an item has a row: traps are absent from reports, information is not answered."""
    return not item.trap and item.kind != "info"


def every(_: Item) -> bool:
    """All items: a workbook to fill in asks for traps and tells information too."""
    return True


def lay_out(audit: Audit, extra: Mapping[str, int], wanted: Wanted = printed) -> Layout:
    """Give everything its row. `extra` says how many continuation rows an item's long texts need; where `every` item is
    `wanted`, information and the header fields of instances have rows of their own."""
    found = places(audit, wanted)
    items: dict[str, tuple[Item, Place]] = {}
    item_rows: dict[str, int] = {}
    bands: dict[str, int] = {}
    faults: dict[tuple[str, str], int] = {}
    told: dict[str, int] = {}
    fields: dict[str, int] = {}
    row = FIRST_ROW
    for place in found.values():
        bands[place.path] = row
        row += 1
        repeat = place.section.repeat if wanted is every and place.is_instance else None
        for one in repeat.header if repeat else ():
            fields[f"{place.path}/{one.id}"] = row
            row += 1
        for item in () if place.combined else filter(wanted, place.section.items):
            path = place.item(item)
            if item.kind == "info":
                told[path] = row
                row += 1
                continue
            items[path], item_rows[path] = (item, place), row
            row += 1 + extra.get(path, 0)
            for option in item.options if item.kind == "multi" else ():
                faults[path, option.id] = FIRST_ROW + len(faults)
    section_rows = {path: FIRST_ROW + i for i, path in enumerate(found)}
    total, last = FIRST_ROW + len(found), max(row - 1, FIRST_ROW)
    return Layout(found, section_rows, items, item_rows, bands, faults, total, last, told, fields)
