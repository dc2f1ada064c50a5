"""Ids are unique, and every reference leads somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.checklist.outline import Flaw, Outline, Path
from auditor.expressions.parsing import WORDS
from auditor.guess import nearest


def unique_ids(outline: Outline) -> Iterator[Flaw]:
    """Sections and items share one set of ids; options, faults, grades, personas, scenarios and header fields of one
    owner each have their own."""
    placed = [(one.section.id, one.path) for one in outline.sections] + [
        (one.item.id, one.path) for one in outline.items
    ]
    yield from _twice(sorted(placed, key=lambda pair: _order(pair[1])))
    for one in outline.items:
        yield from _twice(_ids((*one.path, "options"), one.item.options))
        yield from _twice(_ids((*one.path, "faults"), one.item.faults))
    for path, _, grades in outline.grades:
        yield from _twice(_ids((*path, "grades"), grades))
    for section in outline.sections:
        if section.section.repeat:
            header = _ids((*section.path, "repeat", "header"), section.section.repeat.header)
            own = [(one.item.id, one.path) for one in outline.items[section.start : section.end]]
            yield from _twice([*own, *header] if header else [])
    yield from _twice(_ids(("personas",), outline.checklist.personas))
    yield from _twice(_ids(("scenarios",), outline.checklist.scenarios))


def _ids(path: Path, parts: Iterable[Any]) -> list[tuple[str, Path]]:
    return [(part.id, (*path, n)) for n, part in enumerate(parts)]


def _order(path: Path) -> tuple[int, ...]:
    return tuple(step for step in path if isinstance(step, int))


def _twice(ids: list[tuple[str, Path]]) -> Iterator[Flaw]:
    seen: dict[str, Path] = {}
    for id, path in ids:
        if id in seen:
            yield Flaw((*path, "id"), "same_id_twice", {"id": id}, first=(*seen[id], "id"))
        seen.setdefault(id, path)


def words_of_the_language(outline: Outline) -> Iterator[Flaw]:
    """No id is a word of the checklist language: a condition could not name it."""
    placed = [(one.item.id, one.path) for one in outline.items] + [
        (one.section.id, one.path) for one in outline.sections
    ]
    for id, path in placed:
        if id in WORDS:
            yield Flaw((*path, "id"), "word_as_id", {"id": id, "words": ", ".join(sorted(WORDS))})


def known_targets(outline: Outline) -> Iterator[Flaw]:
    """`lose` and `skip` name items or sections."""
    for one in outline.items:
        for path, outcome in one.outcomes():
            for n, id in enumerate(outcome.lose):
                yield from _known(id, (*path, "lose", n), outline.ids, outline)
            if outcome.skip:
                yield from _known(outcome.skip, (*path, "skip"), outline.ids, outline)


def _known(id: str, path: Path, among: Iterable[str], outline: Outline | None = None) -> Iterator[Flaw]:
    known = list(among)
    if outline.target(id) is None if outline else id not in known:
        guess = nearest(id, known)
        values = {"id": id, "guess": guess, "known": ", ".join(known[:20])}
        yield Flaw(path, "unknown_target_guess" if guess else "unknown_target", values)


def known_options(outline: Outline) -> Iterator[Flaw]:
    """`replaces` names other faults of the same item, and none that replaces some itself (S5)."""
    for one in outline.items:
        options = {option.id: option for option in one.item.options}
        for n, option in enumerate(one.item.options):
            for m, id in enumerate(option.replaces):
                path = (*one.path, "options", n, "replaces", m)
                if id not in options:
                    yield from _known(id, path, options)
                elif id == option.id:
                    yield Flaw(path, "replaces_itself", {"id": id})
                elif options[id].replaces:
                    yield Flaw(path, "replaced_replaces", {"id": id, "by": option.id})


def known_grades(outline: Outline) -> Iterator[Flaw]:
    """A pass rule given as a name is one of the grades beside it (S7)."""
    for path, owner, grades in outline.grades:
        if isinstance(owner.pass_, str):
            yield from _known(owner.pass_, (*path, "pass"), [grade.id for grade in grades])


def kinds_of_check(outline: Outline) -> Iterator[Flaw]:
    """A checklist serves some kind of check."""
    if not outline.checklist.checks:
        yield Flaw(("checks",), "no_entries", {"part": "checks"})


def known_personas(outline: Outline) -> Iterator[Flaw]:
    """A scenario plays a persona there is; a persona nobody plays is suspicious (A12)."""
    personas = [persona.id for persona in outline.checklist.personas]
    for n, scenario in enumerate(outline.checklist.scenarios):
        if scenario.persona:
            yield from _known(scenario.persona, ("scenarios", n, "persona"), personas)
    played = {scenario.persona for scenario in outline.checklist.scenarios}
    for n, id in enumerate(personas):
        if id not in played:
            yield Flaw(("personas", n, "id"), "unused_persona", {"id": id}, warning=True)
