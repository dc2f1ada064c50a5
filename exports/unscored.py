"""Sheets without points: what a report says in place of a score, and what it withholds of an anonymous one (E8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.audit import Audit, split_path
from auditor.checklist.model import Checklist, Section
from exports.blocks import Fact, ItemRow

GROUP = 5
"""The fewest slips that an anonymous questionnaire asks for: fewer would tell who is who."""

COURSE = "E1"
"""The course's own instrument."""


def is_scored(checklist: Checklist) -> bool:
    """Whether any item earns points; without one there is no score, grade, veto or deduction to print."""
    return any(item.scored for item in checklist.items())


def is_course(audit: Audit) -> bool:
    """Whether a person was assessed at the end of the course (E1), not an outlet."""
    return COURSE in audit.checklist.instruments


def is_anonymous(checklist: Checklist) -> bool:
    """Unscored, signed by nobody, and no instance asks whose it is: then nobody is named and nobody signs."""
    signed = any(item.kind == "signature" for item in checklist.items())
    asked = any(section.repeat and section.repeat.header for section, _ in checklist.walk())
    return not is_scored(checklist) and not signed and not asked


def slips(checklist: Checklist) -> tuple[Section, ...]:
    """The sections of an anonymous sheet that gather at least `GROUP` slips: no single slip is ever printed."""
    if not is_anonymous(checklist):
        return ()
    return tuple(section for section, _ in checklist.walk() if section.repeat and section.repeat.min >= GROUP)


def withheld(checklist: Checklist, instances: Mapping[str, tuple[int, ...]]) -> frozenset[str]:
    """Ids of the items that stand on slips, and of all that is computed while there are too few of them."""
    within = {one.id for one in slips(checklist)}
    few = any(len(instances.get(name, ())) < GROUP for name in within)
    computed = [item.id for item in checklist.items() if item.computed and few]
    return frozenset(computed) | frozenset(
        item.id
        for section, above in checklist.walk()
        if within & {one.id for one in (*above, section)}
        for item in section.items
    )


def gathered(checklist: Checklist, instances: Mapping[str, tuple[int, ...]]) -> Iterable[tuple[Section, int]]:
    """Each repeating section with how many instances were filled in."""
    for section, _ in checklist.walk():
        if section.repeat and instances.get(section.id):
            yield section, len(instances[section.id])


def sums(checklist: Checklist, rows: Iterable[ItemRow]) -> tuple[Fact, ...]:
    """What an unscored sheet computes: means, counts. Nothing where points are given."""
    if is_scored(checklist):
        return ()
    computed = {item.id for item in checklist.items() if item.computed}
    return tuple(
        Fact(row.path, row.name, row.answer) for row in rows if split_path(row.path)[2] in computed and row.answer
    )
