"""S7: figures as shown, pass rules and grades; and the whole score put together."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from auditor.checklist.model import Checklist
from auditor.checklist.parts import Grade
from auditor.figures import shown
from auditor.scoring import effects
from auditor.scoring.layout import Part, Place
from auditor.scoring.outcome import Outcome
from auditor.scoring.plan import Plan
from auditor.scoring.sections import Tally, lesser, overall, product, tally, within
from auditor.scoring.status import Run, section_shown
from auditor.scoring.tree import Fired, Score, SectionScore

ZERO = Fraction(0)
Standing = Literal["counted", "empty", "hidden", "zeroed"]


def assemble(run: Run, outcomes: list[Outcome], so_far: bool) -> Score:
    """The score of what every item came to. Of a draft: the running figure, effects listed but not applied (S4)."""
    checklist = run.plan.checklist
    found = effects.fired(run) if run.acting else []
    critical = tuple([one for _, one in found])
    parts = _parts(run, outcomes, frozenset(), so_far)
    without = exact = total_of(run, outcomes, frozenset(), parts)
    zeroed: frozenset[str] = frozenset()
    if critical and not so_far:
        zeroed = effects.zero_section(found)
        parts = _parts(run, outcomes, zeroed, so_far)
        exact = effects.after_effects(total_of(run, outcomes, zeroed, parts), critical)
    before = None if without is None else shown(without, checklist.decimals)
    total = before if exact is without else None if exact is None else shown(exact, checklist.decimals)
    sections = tuple([one for part in parts for one in part.sections])
    grade = None if so_far else _grade(checklist, total, critical)
    return Score(
        so_far,
        total,
        before,
        checklist.scale,
        None if so_far else _passed(run.plan, total, grade, critical, sections),
        grade,
        critical,
        sum([part.sections[0].answered for part in parts]),
        sum([part.sections[0].applicable for part in parts]),
        sections,
        tuple([one.score for one in outcomes]),
        exact,
        effects.on_total(run, outcomes, zeroed) if run.plan.extras else ZERO,
        dict(run.standing.computed),
    )


def _parts(run: Run, outcomes: list[Outcome], zeroed: frozenset[str], so_far: bool) -> list[Part]:
    """The sections of the top, each with all below it; one whose items come to the same as before is not added up."""
    parts = []
    for top in run.layout.top:
        made_of = (outcomes[top.first : top.last], run.standing, zeroed, so_far)
        part = top.part
        if part is None or part.made_of != made_of:
            kept: dict[str, Tally] = {}
            came_to = tally(top, outcomes, run.plan.unit, zeroed, kept)
            told = [_section(run, one, outcomes, kept[one.path], one.path in zeroed, so_far) for one in within(top)]
            part = top.part = Part(made_of, came_to, told)
        parts.append(part)
    return parts


def total_of(run: Run, outcomes: Sequence[Outcome], zeroed: frozenset[str], parts: Sequence[Part]) -> Fraction | None:
    """Ratio × scale plus what stands on the total, then floor 0 and ceiling, once (S5); None: no score."""
    plan = run.plan
    ratio = overall(run.layout.top, [part.tally for part in parts])
    if ratio is None:
        return None
    total = product(ratio, plan.scale)
    if plan.extras:
        total += effects.on_total(run, outcomes, zeroed)
    return ZERO if total.numerator < 0 else lesser(total, plan.ceiling)


def grade_of(figure: Decimal, grades: Sequence[Grade]) -> str | None:
    """The first grade whose lower bound the shown figure reaches."""
    return next((one.id for one in grades if figure >= one.from_), None)


def rule_met(rule: Decimal | str | None, figure: Decimal, grade: str | None, grades: Sequence[Grade]) -> bool | None:
    """A pass rule by figure or by name of a grade; None where there is no rule."""
    if rule is None or isinstance(rule, Decimal):
        return None if rule is None else figure >= rule
    ids = [one.id for one in grades]
    return grade in ids and rule in ids and ids.index(grade) <= ids.index(rule) if grade else False


def _grade(checklist: Checklist, total: Decimal | None, critical: Sequence[Fired]) -> str | None:
    grade = None if total is None else grade_of(total, checklist.grades)
    return effects.grade_down(grade, checklist.grades) if any(one.effect == "grade_down" for one in critical) else grade


def _passed(
    plan: Plan,
    total: Decimal | None,
    grade: str | None,
    critical: Sequence[Fired],
    sections: Sequence[SectionScore],
) -> bool | None:
    """Every rule met and no `fail`; None without any rule, or without a score. The threshold of a section that does
    not count is a rule all the same, only not tested."""
    if any(one.effect == "fail" for one in critical):
        return False
    if total is None or not plan.has_rules:
        return None
    checklist = plan.checklist
    met = [rule_met(checklist.pass_, total, grade, checklist.grades), *(one.passed for one in sections)]
    return False not in met


def _section(
    run: Run, place: Place, outcomes: Sequence[Outcome], came_to: Tally, zeroed: bool, so_far: bool
) -> SectionScore:
    """Its threshold and grades stand on the shown figure; of a repeating section on the combined one (S7)."""
    section = place.plan.section
    own = outcomes[place.first : place.last]
    earned, possible, ratio = came_to
    figure = None if ratio is None else shown(ratio, run.plan.checklist.decimals, times=100)
    decided = figure is not None and not so_far and not place.is_instance
    grade = grade_of(figure, section.grades) if decided and figure is not None else None
    return SectionScore(
        place.path,
        place.parent,
        _status(run, place, ratio, zeroed),
        earned,
        possible,
        ratio,
        None if place.is_instance else place.plan.share,
        figure,
        rule_met(section.pass_, figure, grade, section.grades) if decided and figure is not None else None,
        grade,
        sum([one.answered for one in own]),
        sum([one.applicable for one in own]),
    )


def _status(run: Run, place: Place, ratio: Fraction | None, zeroed: bool) -> Standing:
    if ratio is not None:
        return "zeroed" if zeroed else "counted"
    return "empty" if not run.plan.order or section_shown(run, place) else "hidden"
