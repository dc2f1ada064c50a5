"""Conditions and computed values: well formed, about things there are, of the right type, and not constant."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auditor.checklist.conditions import bound, option_words
from auditor.checklist.outline import MOST_LANGUAGE, Flaw, Outline, Path, PlacedItem
from auditor.errors import AuditorError
from auditor.expressions.checking import Known, Type, constant, doubts

_TYPES: dict[str, Type] = {
    "choice": "option",
    "multi": "options",
    "occurrences": "number",
    "number": "number",
    "rating": "number",
    "duration": "number",
    "time": "time",
    "date": "date",
    "text": "words",
    "signature": "words",
    "photo": "nothing",
    "info": "nothing",
}


def expressions(outline: Outline) -> Iterator[Flaw]:
    """Each expression parses, reads what there is, and may turn out either way."""
    if not outline.conditions_fit:
        yield Flaw(("sections",), "too_much_language", {"most": MOST_LANGUAGE})
        return
    known = _known(outline)
    for section in outline.sections:
        around = section.above[-1].repeat if section.above else ""
        inside = outline.items[section.start : section.end]
        yield from _shown(section.section.show_if, section.path, known(inside=around), inside)
    for one in outline.items:
        seen = known(inside=one.home.repeat)
        yield from _shown(one.item.show_if, one.path, seen, [one])
        for key, text in (("require_if", one.item.require_if), ("valid_if", one.item.valid_if)):
            yield from _judged(text, (*one.path, key), seen, "condition")[0]
        yield from _judged(one.item.value, (*one.path, "value"), seen, "number")[0]


def _shown(text: str | None, path: Path, known: Known, items: list[PlacedItem]) -> Iterator[Flaw]:
    """A `show_if`, and the items it never shows."""
    flaws, always = _judged(text, (*path, "show_if"), known, "condition")
    yield from flaws
    for one in items if always is False else ():
        yield Flaw((*one.path, "id"), "unreachable", {"id": one.item.id}, warning=True)


def _known(outline: Outline) -> partial[Known]:
    """What expressions of this checklist may speak of; `inside` is still to be said."""
    return partial(
        Known,
        types={one.item.id: _TYPES[one.item.kind] for one in reversed(outline.items)},
        options=option_words(outline.checklist),
        sections=[one.section.id for one in outline.sections],
        repeated={one.item.id: one.home.repeat for one in outline.items if one.home.repeat},
    )


def _judged(text: str | None, path: Path, known: Known, wanted: Type) -> tuple[list[Flaw], bool | None]:
    """What is wrong with an expression; and, of a condition, whether it always comes out the same."""
    if text is None:
        return [], None
    try:
        expr = bound(text, known.options)
    except AuditorError as error:
        name = error.key.partition(".")[2]
        return [Flaw(path, name, error.values, offset=error.values["offset"], area="expressions")], None
    found = [Flaw(path, one.name, one.values, offset=one.at, area="expressions") for one in doubts(expr, known, wanted)]
    always = constant(expr, known) if wanted == "condition" and not found else None
    if always is not None:
        name = "always_true" if always else "always_false"
        found.append(Flaw(path, name, {"text": text[:60]}, warning=True, area="expressions"))
    return found, always
