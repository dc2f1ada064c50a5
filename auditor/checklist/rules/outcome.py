"""What answers entail: critical effects (S6), grades and pass rules (S7), lost points and skips (S2)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from auditor.checklist.model import Checklist, Section
from auditor.checklist.outline import Flaw, Outline, PlacedItem
from auditor.figures import plain


def critical_effects(outline: Outline) -> Iterator[Flaw]:
    """A cap is shown as it is, `grade_down` has grades to go down, a critical option is never on an optional item."""
    checklist = outline.checklist
    for one in outline.items:
        for path, outcome in one.outcomes():
            for n, effect in enumerate(outcome.critical):
                here = (*path, "critical", n)
                if effect.at is not None and _decimals(effect.at) > checklist.decimals:
                    yield Flaw(here, "cap_decimals", {"cap": effect.at, "decimals": checklist.decimals})
                if effect.name == "grade_down" and not checklist.grades:
                    yield Flaw(here, "grade_down_grades")
                if one.optional:
                    yield Flaw(here, "critical_optional", {"id": one.item.id})
                elif one.item.trap:
                    yield Flaw(here, "critical_trap", {"id": one.item.id})


def _decimals(figure: Decimal) -> int:
    exponent = figure.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def falling_grades(outline: Outline) -> Iterator[Flaw]:
    """Lower bounds fall strictly, the last is 0; a grade above all figures is never reached."""
    for path, owner, grades in outline.grades:
        best = _best(owner)
        for n, grade in enumerate(grades):
            here = (*path, "grades", n, "from")
            if n and grade.from_ >= grades[n - 1].from_:
                yield Flaw(here, "grades_fall", {"from": grade.from_, "above": grades[n - 1].from_})
            elif grade.from_ > best:
                yield Flaw(here, "grade_unreachable", {"id": grade.id, "best": plain(best)}, warning=True)
        if grades and grades[-1].from_ != 0:
            yield Flaw((*path, "grades", len(grades) - 1, "from"), "grades_end", {"from": grades[-1].from_})


def reachable_pass(outline: Outline) -> Iterator[Flaw]:
    """A pass figure lies within what can be had."""
    for path, owner, _ in outline.grades:
        if isinstance(owner.pass_, Decimal) and owner.pass_ > _best(owner):
            values = {"pass": owner.pass_, "best": plain(_best(owner))}
            yield Flaw((*path, "pass"), "pass_unreachable", values, warning=True)


def _best(owner: Checklist | Section) -> Decimal:
    """The highest figure a checklist or a section can show (S7)."""
    if isinstance(owner, Checklist):
        return owner.scale if owner.ceiling is None else owner.ceiling
    return Decimal(10**9) if owner.over else Decimal(100)


def lost_points(outline: Outline) -> Iterator[Flaw]:
    """What is lost has points to lose; a penalty has none (S2)."""
    for one in outline.items:
        for path, outcome in one.outcomes():
            for n, id in enumerate(outcome.lose):
                item = outline.item_at.get(id)
                reach = outline.target(id)
                here = (*path, "lose", n)
                if item and item.item.role == "penalty":
                    yield Flaw(here, "lose_penalty", {"id": id})
                elif reach and not outline.scores(reach):
                    yield Flaw(here, "lose_unscored", {"id": id}, warning=True)


def skips_forward(outline: Outline) -> Iterator[Flaw]:
    """A skip goes on with something later, and never into an instance of another repeating section (S2)."""
    for one in outline.items:
        for path, outcome in one.outcomes():
            reach = outline.target(outcome.skip) if outcome.skip else None
            if reach is None:
                continue
            if reach[0] <= one.number:
                yield Flaw((*path, "skip"), "skip_back", {"id": outcome.skip, "from": one.item.id})
            elif _into_repeat(outline, one, str(outcome.skip)):
                yield Flaw((*path, "skip"), "skip_into_repeat", {"id": outcome.skip})


def _into_repeat(outline: Outline, one: PlacedItem, target: str) -> bool:
    item = outline.item_at.get(target)
    if item:
        return item.home.repeat not in ("", one.home.repeat)
    section = outline.section_at[target]
    return section.repeat not in ("", target, one.home.repeat)


def reachable_items(outline: Outline) -> Iterator[Flaw]:
    """An item that every answer of an earlier one skips is seen by nobody."""
    skipped: set[int] = set()
    for one in outline.items:
        item = one.item
        always_seen = item.show_if is None and not any(a.section.show_if for a in (one.home, *one.home.above))
        allowed = outline.checklist.na_codes if item.na_codes is None else item.na_codes
        ends = [outline.target(option.skip) if option.skip else None for option in item.options]
        if item.kind != "choice" or not always_seen or allowed or one.optional or None in ends:
            continue
        skipped |= set(range(one.number + 1, min((end[0] for end in ends if end), default=0)))
    for number in sorted(skipped):
        hidden = outline.items[number]
        yield Flaw((*hidden.path, "id"), "unreachable", {"id": hidden.item.id}, warning=True)
