"""A checklist made ready for scoring, once: places in reading order, points as scaled integers, parsed conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import TYPE_CHECKING

from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Consequences, Evidence
from auditor.kinds import na_codes
from auditor.kinds.points import full
from auditor.scoring.asking import Sum, Test, computed, refuted, test
from auditor.scoring.layout import Layout, lay_out

if TYPE_CHECKING:
    from auditor.expressions import Expr

ENOUGH = 64
"""Layouts kept per plan, plans kept in all."""


@dataclass(eq=False, slots=True)
class SectionPlan:
    """One section as its author wrote it; instances come with the layout."""

    section: Section
    parent: SectionPlan | None
    repeat: SectionPlan | None
    """The repeating section it is or stands in."""
    show: Expr | None
    is_shown: Test | None
    """`show`, made ready."""
    first: int = 0
    last: int = 0
    """Its items in reading order: `plan.items[first:last]`."""
    children: list[SectionPlan] = field(default_factory=list)
    items: list[ItemPlan] = field(default_factory=list)
    share: Fraction | None = None
    """Its weight, or its declared points where these serve as weights (S5); None: points add up."""
    weight: int = 0
    """`share` on a scale on which it is whole for all siblings."""
    cap: int | None = None
    """`max_deduction`, scaled."""
    extras: list[int] = field(default_factory=list)
    """Which of its items are bonuses and penalties on the section."""


@dataclass(eq=False, slots=True)
class ItemPlan:
    """One item as its author wrote it."""

    item: Item
    index: int
    section: SectionPlan
    unit: int
    """Points are integers in 1/unit of a point (S1)."""
    points: int
    """Full points, scaled; 0 of bonus, penalty and unscored items: their possible is 0 (S5)."""
    required: bool
    """Whether finishing demands an answer (S4); `require_if` may demand one besides."""
    full_when_na: bool
    """`na: full` (S3)."""
    na_codes: tuple[str, ...]
    na_reason: bool
    """Whether not applicable needs a reason (S3, S6)."""
    evidence: Evidence
    """The item's demands, else the checklist's."""
    show: Expr | None
    valid: Expr | None
    require: Expr | None
    value: Expr | None
    is_shown: Test | None
    is_refuted: Test | None
    is_demanded: Test | None
    """`require`, where nothing else demands an answer."""
    computes: Sum | None
    may_act: bool
    """Whether an answer of it can lose, skip or trigger something."""

    def scaled(self, points: Fraction) -> int:
        """Points as an integer; exact, because every denominator divides `unit`."""
        return points.numerator * (self.unit // points.denominator)


@dataclass(eq=False, slots=True)
class Plan:
    """What scoring needs to know of a checklist."""

    checklist: Checklist
    top: list[SectionPlan]
    sections: dict[str, SectionPlan]
    items: list[ItemPlan]
    by_id: dict[str, ItemPlan]
    unit: int
    """Points are integers in 1/unit of a point (S1)."""
    words: dict[str, list[str]] = field(default_factory=dict)
    """By item: its option ids, which conditions may name bare."""
    scale: Fraction = Fraction(0)
    ceiling: Fraction = Fraction(0)
    has_rules: bool = False
    """Whether checklist or sections have a pass rule (S7)."""
    order: list[ItemPlan] = field(default_factory=list)
    """Items whose being shown, skipped or computed must be found out, in dependency order (S2)."""
    extras: list[ItemPlan] = field(default_factory=list)
    """Bonuses and penalties on the total."""
    checked: list[ItemPlan] = field(default_factory=list)
    """Items with `valid_if` or `require_if`."""
    asked: list[ItemPlan] = field(default_factory=list)
    """Items that conditions and computed values read, or that can skip."""
    asks_scores: bool = False
    """Whether conditions or computed values read the score of a section: then any answer can matter to them."""
    layouts: dict[tuple[tuple[str, tuple[int, ...]], ...], Layout] = field(default_factory=dict)

    def layout(self, instances: Mapping[str, tuple[int, ...]]) -> Layout:
        """Every item and section at its path, for these instances of the repeating sections."""
        key = tuple(instances.items())
        found = self.layouts.get(key)
        if found is None:
            if len(self.layouts) >= ENOUGH:
                self.layouts.clear()
            found = self.layouts[key] = lay_out(self, instances)
        return found

    def parsed(self, text: str | None) -> Expr | None:
        """A condition made ready; the language is loaded only where a checklist uses it."""
        if text is None:
            return None
        from auditor.expressions import bind, parse

        return bind(parse(text), self.words)

    def targets(self, name: str) -> tuple[int, int]:
        """The items that an id stands for, as a range of indices in reading order."""
        if name in self.by_id:
            index = self.by_id[name].index
            return index, index + 1
        section = self.sections.get(name)
        return (section.first, section.last) if section else (0, 0)


_plans: dict[int, Plan] = {}


def plan_of(checklist: Checklist) -> Plan:
    """The plan of this very checklist object, made once (checklists are frozen)."""
    plan = _plans.get(id(checklist))
    if plan is None or plan.checklist is not checklist:
        if len(_plans) >= ENOUGH:
            _plans.clear()
        plan = _plans[id(checklist)] = make_plan(checklist)
    return plan


def make_plan(checklist: Checklist) -> Plan:
    plan = Plan(checklist, [], {}, [], {}, unit_of(checklist))
    plan.words = {item.id: [one.id for one in item.options] for item in checklist.items() if item.options}
    plan.top = [_section(plan, one, None) for one in checklist.sections]
    plan.scale = Fraction(checklist.scale)
    plan.ceiling = Fraction(checklist.scale if checklist.ceiling is None else checklist.ceiling)
    _share_out(plan.top, plan.scale)
    plan.has_rules = checklist.pass_ is not None or any(one.pass_ is not None for one, _ in checklist.walk())
    plan.extras = [one for one in plan.items if one.item.role != "normal" and one.item.on == "total"]
    plan.checked = [one for one in plan.items if one.valid or one.require]
    if any(_moves(one) for one in plan.items):
        from auditor.scoring.order import dependency_order

        plan.order = dependency_order(plan)
    if plan.order or plan.checked:
        from auditor.scoring.order import asked_about

        plan.asked, plan.asks_scores = asked_about(plan)
    return plan


def _moves(one: ItemPlan) -> bool:
    """Whether this item makes the standing of any item depend on answers (S2)."""
    return (
        one.show is not None
        or one.value is not None
        or any(said.skip for said in entailments(one.item))
        or any(above.show for above in enclosing(one.section))
    )


def enclosing(section: SectionPlan | None) -> Iterator[SectionPlan]:
    """A section and those around it, innermost first."""
    while section is not None:
        yield section
        section = section.parent


def entailments(item: Item) -> Iterable[Consequences]:
    """All options and bands of an item."""
    yield from item.options
    yield from item.bands


def _section(plan: Plan, section: Section, parent: SectionPlan | None) -> SectionPlan:
    above = parent.repeat if parent else None
    show = plan.parsed(section.show_if)
    made = SectionPlan(section, parent, above, show, test(show), first=len(plan.items))
    if section.repeat and above is None:
        made.repeat = made
    plan.sections[section.id] = made
    for item in section.items:
        one = _item(plan, item, made)
        made.items.append(one)
        plan.items.append(one)
        plan.by_id[item.id] = one
    made.extras = [at for at, one in enumerate(section.items) if one.role != "normal" and one.on == "section"]
    made.children = [_section(plan, one, made) for one in section.sections]
    _share_out(made.children, None if section.points is None else Fraction(section.points))
    made.last = len(plan.items)
    if section.max_deduction is not None:
        made.cap = int(Fraction(section.max_deduction) * plan.unit)
    return made


def _item(plan: Plan, item: Item, section: SectionPlan) -> ItemPlan:
    checklist = plan.checklist
    demands = {
        name: getattr(item.evidence, name) or getattr(checklist.evidence, name) for name in ("note", "reason", "photo")
    }
    critical = any(said.critical for said in entailments(item))
    required = _required(item)
    may_be_demanded = not required and not item.computed and item.kind != "info"
    show, valid, require, value = (
        plan.parsed(one) for one in (item.show_if, item.valid_if, item.require_if, item.value)
    )
    return ItemPlan(
        item,
        len(plan.items),
        section,
        plan.unit,
        int(full(item) * plan.unit) if item.role == "normal" else 0,
        required=required,
        full_when_na=not item.computed and (item.na or checklist.na) == "full",
        na_codes=na_codes(checklist, item),
        na_reason=critical or (checklist.na_reason if item.na_reason is None else item.na_reason),
        evidence=Evidence(**demands),
        show=show,
        valid=valid,
        require=require,
        value=value,
        is_shown=test(show),
        is_refuted=refuted(valid),
        is_demanded=test(require) if may_be_demanded else None,
        computes=computed(value),
        may_act=any(said.critical or said.lose or said.skip for said in entailments(item)),
    )


def _required(item: Item) -> bool:
    """Scored items are; bonus and penalty items are not; an unscored one where it says so and no condition does."""
    if item.kind == "info" or item.computed or item.role != "normal":
        return False
    return item.scored or (item.required and item.require_if is None)


def unit_of(checklist: Checklist) -> int:
    """The smallest scale on which every figure that points can take is whole (S1)."""
    parts = [1]
    for section, _ in checklist.walk():
        parts.append(Fraction(section.max_deduction or 0).denominator)
    for item in checklist.items():
        points = Fraction(item.points or 0)
        parts += (
            points.denominator * max(1, abs(item.high - item.low)) if item.kind == "rating" else points.denominator,
        )
        parts += (Fraction(one or 0).denominator for one in (item.floor, item.unit, item.max))
        for said in entailments(item):
            parts += (Fraction(said.deduct or 0).denominator, (Fraction(said.share or 0) * points).denominator)
    return lcm(*parts)


def _share_out(siblings: list[SectionPlan], whole: Fraction | None) -> None:
    """Weights of sibling sections, or declared points where these do not agree with the items (S5).

    `whole` is what declared points must add up to: the scale at the top, below it the declared points of the section
    above; where that one declares none, only the items of each section are compared.
    """
    sections = [one.section for one in siblings]
    if not sections:
        return
    if all(one.weight is not None for one in sections):
        shares = [one.weight for one in sections]
    elif all(one.points is not None for one in sections) and not points_agree(sections, whole):
        shares = [one.points for one in sections]
    else:
        return
    exact = [Fraction(share or 0) for share in shares]
    unit = lcm(*[share.denominator for share in exact])
    for one, share in zip(siblings, exact, strict=True):
        one.share, one.weight = share, int(share * unit)


def points_agree(sections: Iterable[Section], whole: Fraction | None) -> bool:
    """Whether each section's items add up to its declared points, and these to the whole (S5)."""
    declared = [Fraction(one.points or 0) for one in sections]
    return all(points_within(one) == said for one, said in zip(sections, declared, strict=True)) and (
        whole is None or sum(declared) == whole
    )


def points_within(section: Section) -> Fraction:
    """Full points of a section's items, of one instance where it repeats; bonuses and penalties stand outside."""
    own = sum((Fraction(one.points or 0) for one in section.items if one.scored and one.role == "normal"), Fraction(0))
    return sum((points_within(one) for one in section.sections), own)
