"""The pages of a visit, in order: each section of items, once per instance where it repeats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.audit import Answer, Audit, item_path
from auditor.checklist.model import Item, Repeat, Section
from auditor.checklist.parts import EffectName
from auditor.figures import plain
from auditor.scoring.tree import ItemScore, Score
from auditor.words import tr

AWAY = ("hidden", "skipped")
"""Statuses of items that are not shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """One page: a section that holds items, inside an instance where it or a section above it repeats."""

    section: Section
    above: tuple[Section, ...] = ()
    repeat: str = ""
    """Id of the repeating section, or ""."""
    instance: int = 0

    @property
    def key(self) -> str:
        """Its path in the score: `section`, `teller#2`, or `teller#2/section` below a repeating one."""
        if self.instance and self.section.id == self.repeat:
            return f"{self.repeat}#{self.instance}"
        return item_path(self.section.id, self.repeat, self.instance)

    @property
    def repeating(self) -> Section | None:
        return next((one for one in (*self.above, self.section) if one.id == self.repeat), None)

    def path(self, item: Item) -> str:
        return item_path(item.id, self.repeat, self.instance)

    def paths(self) -> tuple[str, ...]:
        inside = item_path("", self.repeat, self.instance)
        return tuple([inside + item.id for item in self.section.items])

    def is_of(self, section: str, instance: int) -> bool:
        """Whether it stands in this instance of a repeating section."""
        return (self.repeat, self.instance) == (section, instance)

    def title(self) -> str:
        """The section's title, with the instance's name behind it."""
        title = str(self.section.title)
        owner = self.repeating
        if owner is None or not self.instance:
            return title
        name = instance_title(owner, self.instance)
        return name if owner is self.section else f"{name} · {title}"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a place has come."""

    answered: int = 0
    applicable: int = 0
    lost: Fraction = Fraction(0)
    """Points lost so far."""
    visible: bool = True
    open_paths: tuple[str, ...] = ()
    """Required items that wait for an answer or its evidence."""
    lost_count: int = 0
    """How many items lost points."""
    fired: tuple[EffectName, ...] = ()
    """The effects its answers triggered."""


def places(audit: Audit) -> tuple[Place, ...]:
    """Every place of the audit in reading order, hidden ones included."""
    return tuple(_places(audit, audit.checklist.sections, (), "", 0))


def _places(
    audit: Audit, sections: tuple[Section, ...], above: tuple[Section, ...], repeat: str, instance: int
) -> Iterator[Place]:
    for section in sections:
        numbers = audit.instances.get(section.id, ()) if section.repeat else (0,)
        for number in numbers:
            inside = (section.id, number) if number else (repeat, instance)
            if section.items or not section.sections:
                yield Place(section, above, *inside)
            yield from _places(audit, section.sections, (*above, section), *inside)


def instance_title(section: Section, number: int) -> str:
    """`柜员 2`: the instance's name as the checklist gives it."""
    repeat: Repeat | None = section.repeat
    if repeat is None or repeat.title is None:
        return tr("capture.instance", title=section.title, n=number)
    name = str(repeat.title)
    return name.replace("{n}", str(number)) if "{n}" in name else f"{name} {number}"


def instance_facts(place: Place, answers: Mapping[str, Answer]) -> str:
    """What tells an instance from the others: its window, its staff number, as they were given."""
    owner = place.repeating
    if owner is None or owner.repeat is None:
        return ""
    paths = (item_path(field.id, owner.id, place.instance) for field in owner.repeat.header)
    given = (str(answers[path].value or "") for path in paths if path in answers)
    return " · ".join(one for one in given if one)


def silent(audit: Audit) -> bool:
    """Whether nothing is said of points: a blind checklist, as long as it is filled in, and one that has none."""
    sheet = audit.checklist
    return (sheet.blind and audit.state == "draft") or not any(item.scored for item in sheet.items())


def progress(place: Place, scores: Mapping[str, ItemScore], score: Score, answers: Mapping[str, Answer]) -> Progress:
    """What the rail shows of a place, from the score's items by path."""
    here: set[str] = set()
    waiting, open_paths, lost, applicable = 0, [], [], 0
    for item, path in zip(place.section.items, place.paths(), strict=True):
        one = scores.get(path)
        if one is None or one.status in AWAY:
            continue
        here.add(path)
        if item.kind != "info" and not item.computed and one.status != "lost":
            applicable += 1
            if needs_answer(one, answers):
                waiting += 1
                open_paths += [path] if item.required else []
        if one.earned is not None and (points := one.deducted):
            lost.append(points)
    return Progress(
        answered=applicable - waiting,
        applicable=applicable,
        lost=sum(lost, Fraction(0)),
        visible=bool(here) or not place.section.items,
        open_paths=tuple(open_paths),
        lost_count=len(lost),
        fired=tuple(dict.fromkeys(one.effect for one in score.critical if one.path in here)),
    )


def needs_answer(one: ItemScore, answers: Mapping[str, Answer]) -> bool:
    """Whether an item still waits for something: an answer, or what the answer demands."""
    if one.status != "unscored":
        return one.status == "open"
    given = answers.get(one.path)
    return given is None or (given.value is None and given.na is None and not given.photos)


def has_veto(section: Section) -> bool:
    """Whether an answer in a section can fail the audit or bring its total to nothing."""
    said = (one for item in section.items for one in (*item.options, *item.bands))
    return any(effect.name in ("fail", "zero_total") for one in said for effect in one.critical)


def minus(lost: Fraction | Decimal) -> str:
    """Points lost as a badge: `−2.5`."""
    return f"−{plain(lost)}"
