"""How sections stand together: what they hold, weights, declared points, repeats (S5)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.checklist.outline import Flaw, Outline, PlacedSection
from auditor.figures import plain


def items_or_sections(outline: Outline) -> Iterator[Flaw]:
    """A section holds items or sections: not both, not neither."""
    for one in outline.sections:
        if one.section.items and one.section.sections:
            yield Flaw((*one.path, "sections"), "items_and_sections", {"id": one.section.id})
        elif not one.section.items and not one.section.sections:
            yield Flaw(one.path, "empty_section", {"id": one.section.id})


def weights_of_all(outline: Outline) -> Iterator[Flaw]:
    """Sibling sections all have a weight or none; the same of declared points; never both."""
    for _, group in outline.siblings:
        weighted = [one for one in group if one.section.weight is not None]
        declared = [one for one in group if one.section.points is not None]
        for one in group:
            if weighted and one.section.weight is None:
                yield Flaw(one.path, "weight_missing", {"id": one.section.id}, first=(*weighted[0].path, "weight"))
            if weighted and one.section.points is not None:
                yield Flaw((*one.path, "points"), "weight_and_points", {"id": one.section.id})
            if declared and not weighted and one.section.points is None:
                yield Flaw(one.path, "declared_missing", {"id": one.section.id}, first=(*declared[0].path, "points"))
        if weighted and not sum(one.section.weight or 0 for one in weighted):
            yield Flaw((*weighted[0].path, "weight"), "weights_zero", {}, warning=True)


def repeats(outline: Outline) -> Iterator[Flaw]:
    """No repeat within a repeat; at least as many instances at most as at least."""
    for one in outline.sections:
        repeat = one.section.repeat
        if repeat is None:
            continue
        around = next((above for above in one.above if above.section.repeat), None)
        if around:
            yield Flaw((*one.path, "repeat"), "nested_repeat", {"id": one.section.id, "around": around.section.id})
        if repeat.min > repeat.max:
            yield Flaw((*one.path, "repeat"), "repeat_ends", {"min": repeat.min, "max": repeat.max})


def any_fault(outline: Outline) -> Iterator[Flaw]:
    """Under `combine: any_fault` bonuses and penalties of the section, and caps of deductions, make no sense."""
    for one in outline.sections:
        around = next((a.section for a in (one, *one.above) if a.section.repeat), None)
        if around is None or around.repeat is None or around.repeat.combine != "any_fault":
            continue
        if one.section.max_deduction is not None:
            yield Flaw((*one.path, "max_deduction"), "any_fault_cap", {"id": around.id})
        for n, item in enumerate(one.section.items):
            if item.role != "normal" and item.on == "section":
                yield Flaw((*one.path, "items", n, "role"), "any_fault_bonus", {"id": item.id, "section": around.id})


def caps_of_deductions(outline: Outline) -> Iterator[Flaw]:
    """`max_deduction` stands on a section of items."""
    for one in outline.sections:
        if one.section.max_deduction is not None and one.section.sections:
            yield Flaw((*one.path, "max_deduction"), "cap_of_sections", {"id": one.section.id})


def declared_points(outline: Outline) -> Iterator[Flaw]:
    """Declared points that do not add up serve as weights: legal, and said (S5). A real bank's sheet adds to 101."""
    for holder, group in outline.siblings:
        if any(one.section.points is None or one.section.weight is not None for one in group):
            continue
        for one in group:
            yield from _items_against_declared(one)
        total = sum((one.section.points or Decimal(0) for one in group), Decimal(0))
        wanted = holder.section.points if holder else outline.checklist.scale
        if wanted is not None and total != wanted:
            path = (*holder.path, "points") if holder else (*group[0].path, "points")
            name = "sections_sum" if holder else "scale_sum"
            values = {"sum": plain(total), "wanted": plain(wanted), "id": holder.section.id if holder else ""}
            yield Flaw(path, name, values, warning=True)


def _items_against_declared(one: PlacedSection) -> Iterator[Flaw]:
    items = [item for item in one.section.items if item.scored and item.role == "normal"]
    total = sum((item.points or Decimal(0) for item in items), Decimal(0))
    if items and total != one.section.points:
        values = {"id": one.section.id, "sum": plain(total), "wanted": plain(one.section.points or 0)}
        yield Flaw((*one.path, "points"), "items_sum", values, warning=True)


def something_scored(outline: Outline) -> Iterator[Flaw]:
    """A scale, grades or a pass rule of a checklist that scores nothing are idle."""
    checklist = outline.checklist
    if any(one.item.scored and one.item.role == "normal" for one in outline.items):
        return
    for key, said in (
        ("scale", "scale" in checklist.model_fields_set),
        ("grades", checklist.grades),
        ("pass", checklist.pass_),
    ):
        if said:
            yield Flaw((key,), "nothing_scored", {"key": key}, warning=True)
