"""S8: every node's derivation in words and figures, built only when asked, in the language in force."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from auditor.audit import Answer, Audit
from auditor.checklist.model import Checklist, Section
from auditor.figures import plain
from auditor.numbering import number_at, numbering
from auditor.scoring.engine import start
from auditor.scoring.explain_items import fig, item_text
from auditor.scoring.layout import Place
from auditor.scoring.outcome import Outcome
from auditor.scoring.sections import Tally, combined, together_lost
from auditor.scoring.status import Run, stand
from auditor.scoring.tree import Fired, Score, SectionScore
from auditor.words import tr

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Explanation:
    """How one node came about."""

    path: str
    """"" is the total."""
    text: str
    """Its derivation in words, figures to 4 decimals."""
    parts: tuple[str, ...] = ()
    """Paths of the nodes it is made of."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the telling of one score draws on."""

    run: Run
    outcomes: list[Outcome]
    score: Score
    numbers: dict[str, str]
    sections: dict[str, SectionScore]


def explain(audit: Audit, score: Score) -> dict[str, Explanation]:
    """The derivation of the total (path ""), of every section and instance, and of every item, by path.

    Figures are those of `score`; a frozen one is told as it was frozen.
    """
    run = start(audit)
    told = Told(run, stand(run), score, numbering(audit.checklist), {one.path: one for one in score.sections})
    top = tuple(one.path for one in run.layout.top)
    found = {"": Explanation("", _total_text(told), top)}
    for place in run.layout.places:
        if place.path in told.sections:
            found[place.path] = Explanation(place.path, _section_text(told, place), _parts(run, place))
    for one in score.items:
        node = run.layout.by_path.get(one.path)
        if node is not None:
            answer = audit.answers.get(one.path, Answer())
            value = run.standing.computed.get(one.path) if node.plan.value is not None else answer.value
            found[one.path] = Explanation(one.path, item_text(node.plan.item, answer, value, one, told.numbers))
    return found


def _parts(run: Run, place: Place) -> tuple[str, ...]:
    if place.children:
        return tuple(one.path for one in place.children)
    return tuple(node.path for node in run.layout.nodes[place.first : place.last] if node.plan.item.kind != "info")


def _section_text(told: Told, place: Place) -> str:
    score = told.sections[place.path]
    if score.status in ("hidden", "empty"):
        return tr(f"scoring.section.{score.status}")
    if score.status == "zeroed":
        by = [one.path for one in told.score.critical if one.effect == "zero_section"]
        mine = [path for path in by if told.run.layout.by_path[path].place is place]
        sources = tr("common.comma").join(number_at(told.numbers, path) for path in mine)
        lines = [tr("scoring.section.zeroed", by=sources, possible=fig(score.possible))]
    elif place.repeats:
        lines = [_repeated(told, place, score)]
    elif place.children:
        lines = combined_lines(told.sections, place.children, score.ratio or ZERO, place.plan.section.over)
    else:
        lines = _items(told, place, score)
    return tr("scoring.join").join([*lines, *_standing(place.plan.section, score)])


def _items(told: Told, place: Place, score: SectionScore) -> list[str]:
    """Σ earned ÷ Σ possible, the cap of deductions, bonuses and penalties, the bounds."""
    own = told.outcomes[place.first : place.last]
    unit = told.run.plan.unit
    earned, possible = sum(one.earned for one in own), sum(one.possible for one in own)
    lines = []
    cap, lost = place.plan.cap, together_lost(own)
    if cap is not None and lost > cap:
        lines.append(tr("scoring.section.cap", lost=fig(Fraction(lost, unit)), cap=fig(Fraction(cap, unit))))
        earned += lost - cap
    if place.plan.extras:
        extra = sum(told.outcomes[place.first + offset].extra for offset in place.plan.extras)
        earned += extra
        lines.append(tr("scoring.section.extra", extra=fig(Fraction(extra, unit))))
    ratio = Fraction(earned, possible or 1)
    figures = {"earned": fig(Fraction(earned, unit)), "possible": fig(Fraction(possible, unit))}
    lines.append(tr("scoring.section.sum", ratio=percent(ratio), **figures))
    return lines + clamp_lines(ratio, score.ratio or ZERO, place.plan.section.over)


def clamp_lines(ratio: Fraction, kept: Fraction, over: bool) -> list[str]:
    """Said where the bounds of S5 changed the ratio."""
    if ratio == kept:
        return []
    return [tr("scoring.section.not_below" if over else "scoring.section.clamped", ratio=percent(kept))]


def combined_lines(
    sections: dict[str, SectionScore], children: list[Place], kept: Fraction, over: bool = False
) -> list[str]:
    """Sections put together by weights, by declared points serving as weights, or by points."""
    parts = [(one.plan, sections[one.path]) for one in children]
    counting = [(plan, one) for plan, one in parts if one.ratio is not None]
    if all(plan.share is None for plan, _ in parts):
        earned = sum((one.earned for _, one in counting), ZERO)
        possible = sum((one.possible for _, one in counting), ZERO)
        ratio = earned / possible if possible else ZERO
        told = tr("scoring.section.sum", earned=fig(earned), possible=fig(possible), ratio=percent(ratio))
        return [told, *clamp_lines(ratio, kept, over)]
    weighed = [(plan.share or ZERO, one.ratio or ZERO) for plan, one in counting if plan.share]
    weights = sum((share for share, _ in weighed), ZERO)
    ratio = sum((share * one for share, one in weighed), ZERO) / weights if weights else ZERO
    terms = " + ".join(f"{fig(share)} × {percent(one)}%" for share, one in weighed)
    key = "scoring.section.weights" if parts[0][0].section.weight is not None else "scoring.section.declared"
    return [tr(key, terms=terms, weights=fig(weights), ratio=percent(ratio)), *clamp_lines(ratio, kept, over)]


def _repeated(told: Told, place: Place, score: SectionScore) -> str:
    """How the instances that count make one."""
    counting = [one for one in (told.sections[child.path] for child in place.children) if one.ratio is not None]
    repeat, ratio = place.plan.section.repeat, percent(score.ratio or ZERO)
    if repeat is not None and repeat.combine == "any_fault":
        figures = {"earned": fig(score.earned), "possible": fig(score.possible)}
        return tr("scoring.section.any_fault", ratio=ratio, **figures)
    if repeat is not None and repeat.combine == "worst":
        which = next(one.path for one in counting if one.ratio == score.ratio)
        return tr("scoring.section.worst", n=len(counting), which=number_at(told.numbers, which), ratio=ratio)
    terms = " + ".join(f"{percent(one.ratio or ZERO)}%" for one in counting)
    return tr("scoring.section.mean", n=len(counting), terms=terms, ratio=ratio)


def _standing(section: Section, score: SectionScore) -> list[str]:
    """Points that count above, weight 0, grade and threshold."""
    lines = [tr("scoring.section.counts", earned=fig(score.earned), possible=fig(score.possible))]
    if score.weight == 0:
        lines.append(tr("scoring.section.weight_zero"))
    if score.grade is not None:
        lines.append(tr("scoring.section.grade", grade=grade_name(section, score.grade)))
    if score.passed is not None:
        verdict = tr("common.passed" if score.passed else "common.failed")
        if isinstance(section.pass_, str):
            mark = grade_name(section, section.pass_)
            lines.append(tr("scoring.section.pass_grade", mark=mark, verdict=verdict))
        elif section.pass_ is not None:
            mark = plain(section.pass_)
            lines.append(tr("scoring.section.pass_figure", verdict=verdict, mark=mark, figure=score.figure))
    return lines


def _total_text(told: Told) -> str:
    """Ratio × scale, bonuses and penalties, the bounds, the effects, the rounding, grade and verdict."""
    score, checklist = told.score, told.run.plan.checklist
    if score.exact is None:
        return tr("scoring.join").join([tr("scoring.total.none"), *_verdict(told)])
    lines, ratio = _whole(told)
    points = ratio * Fraction(checklist.scale)
    lines.append(tr("scoring.total.scaled", ratio=percent(ratio), scale=fig(checklist.scale), points=fig(points)))
    if told.run.plan.extras:
        lines.append(tr("scoring.total.extra", extra=fig(score.bonus)))
    ceiling = Fraction(checklist.scale if checklist.ceiling is None else checklist.ceiling)
    kept = min(ceiling, max(ZERO, points + score.bonus))
    if kept != points + score.bonus:
        lines.append(tr("scoring.total.limited", ceiling=fig(ceiling), figure=fig(kept)))
    lines += [_effect(told, one) for one in score.critical]
    if score.critical and not score.so_far:
        lines.append(tr("scoring.total.before", figure=score.before_critical))
    lines.append(tr("scoring.total.rounded", decimals=checklist.decimals, figure=score.total))
    return tr("scoring.join").join([*lines, *_verdict(told)])


def _whole(told: Told) -> tuple[list[str], Fraction]:
    """How the sections at the top make the ratio of the whole, which is not clamped (S5)."""
    top = told.run.layout.top
    parts = [Tally(one.earned, one.possible, one.ratio) for one in (told.sections[place.path] for place in top)]
    ratio = combined(top, parts, clamped=False).ratio or ZERO
    return combined_lines(told.sections, top, ratio), ratio


def _effect(told: Told, one: Fired) -> str:
    by = number_at(told.numbers, one.path)
    if one.at is not None:
        return tr("scoring.effect.cap", by=by, at=plain(one.at))
    return tr("scoring.effect", by=by, effect=tr(f"common.effect.{one.effect}"))


def _verdict(told: Told) -> list[str]:
    score, checklist = told.score, told.run.plan.checklist
    if score.so_far:
        return [tr("scoring.total.so_far")]
    lines = []
    if score.grade is not None:
        lines.append(tr("scoring.total.grade", grade=grade_name(checklist, score.grade)))
    if isinstance(checklist.pass_, str):
        lines.append(tr("scoring.total.pass_grade", mark=grade_name(checklist, checklist.pass_)))
    elif checklist.pass_ is not None:
        lines.append(tr("scoring.total.pass_figure", mark=plain(checklist.pass_)))
    if score.passed is not None:
        lines.append(tr("scoring.total.passed", verdict=tr("common.passed" if score.passed else "common.failed")))
    return lines


def grade_name(of: Section | Checklist, grade: str) -> str:
    """A grade's title."""
    return next((str(one.title) for one in of.grades if one.id == grade), grade)


def percent(ratio: Fraction) -> str:
    """A ratio as per cent, to 4 decimals, without the sign."""
    return fig(ratio * 100)
