"""S5 and S6 as formulas: what each section earns, first without critical effects, then with them.

Ratios that are equal on paper may differ in their last bit as doubles, so whatever is decided on them is decided
on 12 places; figures are rounded as S1 says.
"""

from __future__ import annotations

from exports.xlsx import language
from exports.xlsx.compilation import Compilation, Exceptions
from exports.xlsx.formula import (
    Cell,
    Literal,
    Node,
    all_of,
    any_of,
    call,
    choose,
    eq,
    flag,
    gt,
    rounded,
    total_of,
    wrap,
)
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.layout import Place
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.operators import Unsaid

Formulas = dict[Cell, Node]

BEFORE = (S.BEFORE_RATIO, S.BEFORE_POSSIBLE, S.BEFORE_EARNED, S.BEFORE_EXTRA)
AFTER = (S.AFTER_RATIO, S.AFTER_POSSIBLE, S.EARNED, S.AFTER_EXTRA)


def section_formulas(work: Compilation, unsaid: Exceptions) -> Formulas:
    """Every section, and the checklist itself in the last row."""
    found: Formulas = {}
    for place in work.layout.places.values():
        found.update(_figures(work, place))
        found.update(_shown(work, place.path))
        found.update(_counts(work, place))
        hidden = work.layout.section(place.path, S.HIDDEN)
        try:
            found[hidden] = _hidden(work, place)
        except (Unsaid, RecursionError) as why:
            found[hidden], unsaid[hidden] = Literal(""), str(why) if isinstance(why, Unsaid) else "depth"
    found.update(_parent(work, "", 1, BEFORE))
    found.update(_parent(work, "", 1, AFTER))
    found.update(_shown(work, ""))
    tops = [one.path for one in work.layout.children("")]
    for column in (S.DONE, S.CAN):
        found[work.layout.section("", column)] = total_of([work.layout.section(one, column) for one in tops])
    return found


def _hidden(work: Compilation, place: Place) -> Node:
    """Hidden with what is around it, or by its own condition; a repeating section's stands outside its instances."""
    reasons = [work.hidden_section(place.parent)] if place.parent else []
    show = work.plan.sections[place.section.id].show
    if show is not None and not place.is_instance:
        reasons.append(call("NOT", language.condition(show, work.scope(place.repeating, place.instance))))
    real = [one for one in reasons if one != Literal(False)]
    return flag(any_of(real)) if real else Literal(0)


def _counts(work: Compilation, place: Place) -> Formulas:
    """How many items can take an answer now, and how many have one."""
    below = [one.path for one in work.layout.children(place.path)]
    found: Formulas = {}
    for mine, theirs in ((S.DONE, I.DONE), (S.CAN, I.CAN)):
        area = work.layout.block(place.path, theirs)
        parts: list[Node] = [work.layout.section(one, mine) for one in below]
        found[work.layout.section(place.path, mine)] = total_of(parts if area is None else [area])
    return found


def _figures(work: Compilation, place: Place) -> Formulas:
    if place.combined:
        return {**_combined(work, place, BEFORE), **_combined(work, place, AFTER)}
    if place.section.sections:
        most = 0 if place.section.over else 1
        return {**_parent(work, place.path, most, BEFORE), **_parent(work, place.path, most, AFTER)}
    return _leaf(work, place)


def _sum(work: Compilation, place: Place, column: I) -> Node:
    area = work.layout.block(place.path, column)
    return Literal(0) if area is None or not work.used(place.path, column) else call("SUM", area)


def _leaf(work: Compilation, place: Place) -> Formulas:
    """A section of items: what they earn, its deductions capped, bonuses and penalties on it added."""
    at = work.layout.section
    earned, extra = _sum(work, place, I.PLAIN_EARNED), _sum(work, place, I.EXTRA)
    parts = [one for one in (earned, _kept(work, place), extra) if one != Literal(0)]
    path, ratio, possible = place.path, at(place.path, S.BEFORE_RATIO), at(place.path, S.BEFORE_POSSIBLE)
    zeroed = work.used(path, I.ZERO_SECTION)
    bonus, penalty = _sum(work, place, I.BONUS), _sum(work, place, I.PENALTY)
    after = choose(eq(at(path, S.ZEROED), 1), choose(eq(ratio, ""), "", 0), ratio) if zeroed else ratio
    most = 0 if place.section.over else 1
    kept = choose(eq(at(path, S.ZEROED), 1), penalty, total_of([bonus, penalty]))
    return {
        at(path, S.BASE): parts[0] if len(parts) == 1 else total_of(parts),
        possible: _sum(work, place, I.PLAIN_POSSIBLE),
        ratio: choose(gt(possible, 0), clamped(at(path, S.BASE) / possible, most), ""),
        at(path, S.BEFORE_EARNED): choose(eq(ratio, ""), 0, ratio * possible),
        at(path, S.BEFORE_EXTRA): total_of([bonus, penalty]),
        at(path, S.ZEROED): flag(gt(_sum(work, place, I.ZERO_SECTION), 0)) if zeroed else Literal(0),
        at(path, S.AFTER_RATIO): after,
        at(path, S.AFTER_POSSIBLE): possible,
        at(path, S.EARNED): choose(eq(at(path, S.AFTER_RATIO), ""), 0, at(path, S.AFTER_RATIO) * possible),
        at(path, S.AFTER_EXTRA): kept if zeroed else at(path, S.BEFORE_EXTRA),
    }


def _kept(work: Compilation, place: Place) -> Node:
    """What `max_deduction` gives back of the points that answered items lost."""
    most = place.section.max_deduction
    return Literal(0) if most is None else call("MAX", 0, _sum(work, place, I.CUT) - most)


def clamped(ratio: Node, most: int) -> Node:
    """Within 0…1; `most` 0: no upper bound (`over: true`)."""
    return call("MAX", 0, call("MIN", most, ratio)) if most else call("MAX", 0, ratio)


def _parent(work: Compilation, path: str, most: int, chain: tuple[S, ...]) -> Formulas:
    """A section of sections, or the checklist, which is not clamped before bonuses and penalties."""
    at, (ratio, possible, earned, extra) = work.layout.section, chain
    below = [one.path for one in work.layout.children(path)]
    if any(work.share(one) is not None for one in below):
        quotient, counts = _weighted(work, below, ratio)
        parts = [at(one, possible) for one in below if work.share(one)]
    else:
        quotient = total_of([at(one, earned) for one in below]) / at(path, possible)
        counts = gt(at(path, possible), 0)
        parts = [at(one, possible) for one in below]
    value = clamped(quotient, most) if path else quotient
    return {
        at(path, possible): total_of(parts),
        at(path, ratio): choose(counts, value, ""),
        at(path, earned): choose(eq(at(path, ratio), ""), 0, at(path, ratio) * at(path, possible)),
        at(path, extra): total_of([at(one, extra) for one in below]),
    }


def _weighted(work: Compilation, below: list[str], ratio: S) -> tuple[Node, Node]:
    """Σ weight × ratio / Σ weight of the children that count, and whether there is such a weight."""
    at = work.layout.section
    weights = [(at(one, S.WEIGHT), at(one, ratio)) for one in below if work.share(one)]
    counting = total_of([choose(eq(r, ""), 0, w) for w, r in weights])
    return total_of([w * call("N", r) for w, r in weights]) / counting, gt(counting, 0)


def _combined(work: Compilation, place: Place, chain: tuple[S, ...]) -> Formulas:
    """A repeating section over its instances: mean, worst, or full only where every instance is full."""
    at, path, (ratio, possible, earned, extra) = work.layout.section, place.path, chain
    below = [one.path for one in work.layout.children(path)]
    repeat = place.section.repeat
    how = repeat.combine if repeat else "mean"
    ratios = [at(one, ratio) for one in below]
    possibles = [at(one, possible) for one in below]
    figure: Node
    whole: Node
    if not below:
        figure, whole = Literal(""), Literal(0)
    elif how == "any_fault":
        figure, whole = _any_fault(work, below[0], chain)
    elif how == "worst":
        figure, whole = _worst(ratios, possibles)
    else:
        count = call("COUNT", *ratios)
        figure = choose(eq(count, 0), "", total_of([*ratios]) / count)
        whole = choose(eq(count, 0), 0, total_of([*possibles]) / count)
    return {
        at(path, ratio): figure,
        at(path, possible): whole,
        at(path, earned): choose(eq(at(path, ratio), ""), 0, at(path, ratio) * at(path, possible)),
        at(path, extra): total_of([at(one, extra) for one in below]),
    }


def _worst(ratios: list[Cell], possibles: list[Cell]) -> tuple[Node, Node]:
    """The lowest ratio, and what is possible in the first instance that has it."""
    lowest = call("MIN", *ratios)
    whole: Node = Literal(0)
    for ratio, possible in reversed(list(zip(ratios, possibles, strict=True))):
        tie = call("IFERROR", eq(call("ROUND", ratio - lowest, 12), 0), False)
        whole = choose(tie, possible, whole)
    return choose(eq(call("COUNT", *ratios), 0), "", lowest), whole


def _any_fault(work: Compilation, first: str, chain: tuple[S, ...]) -> tuple[Node, Node]:
    """Items taken over all instances: the first instance's sections put together from what stands in its rows."""
    column = I.ANY_BEFORE if chain is BEFORE else I.ANY_AFTER
    return _merged(work, work.layout.places[first], column)


def _merged(work: Compilation, place: Place, column: I) -> tuple[Node, Node]:
    """Ratio and possible of a section of the first instance, over all instances."""
    most = 0 if place.section.over else 1
    if not place.section.sections:
        names = [name for name in work.layout.items_of(place.path) if work.counts(name)]
        whole = total_of([work.layout.item(name, I.ANY_POSSIBLE) for name in names])
        earned = total_of([work.layout.item(name, column) for name in names])
        return choose(gt(whole, 0), clamped(earned / whole, most), ""), whole
    below = [(work.share(one.path), *_merged(work, one, column)) for one in work.layout.children(place.path)]
    if any(share is not None for share, _, _ in below):
        counting = total_of([choose(eq(ratio, ""), 0, share) for share, ratio, _ in below if share])
        value = total_of([wrap(share) * call("N", ratio) for share, ratio, _ in below if share]) / counting
        whole = total_of([possible for share, _, possible in below if share])
        return choose(gt(counting, 0), clamped(value, most), ""), whole
    whole = total_of([possible for _, _, possible in below])
    earned = total_of([call("N", ratio) * possible for _, ratio, possible in below])
    return choose(gt(whole, 0), clamped(earned / whole, most), ""), whole


def _shown(work: Compilation, path: str) -> Formulas:
    """The figures a person reads: ratio × 100 by S1, points possible and lost, grade and verdict (S7)."""
    at = work.layout.section
    ratio, possible = at(path, S.AFTER_RATIO), at(path, S.AFTER_POSSIBLE)
    found: Formulas = {
        at(path, S.POSSIBLE): possible,
        at(path, S.DEDUCTED): call("MAX", 0, possible - at(path, S.EARNED)),
    }
    if path:
        found[at(path, S.FIGURE)] = choose(eq(ratio, ""), "", rounded(ratio * 100, work.checklist.decimals))
        found[at(path, S.STATUS)] = _status(work, path)
    return found


def _status(work: Compilation, path: str) -> Node:
    say = work.section_status
    zeroed, ratio = work.layout.section(path, S.ZEROED), work.layout.section(path, S.AFTER_RATIO)
    counted: Node = choose(eq(ratio, ""), say["empty"], say["counted"])
    if work.used(path, I.ZERO_SECTION):
        counted = choose(all_of([eq(zeroed, 1), gt(work.layout.section(path, S.POSSIBLE), 0)]), say["zeroed"], counted)
    hidden = work.hidden_section(path)
    return choose(hidden, say["hidden"], counted) if hidden != Literal(False) else counted
