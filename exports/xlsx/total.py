"""S5 to S7 for the whole checklist as formulas: total, caps and zeroing, grade, verdict, and the check cell.

They stand below the table of sections, one step a row, so that a reader can follow them.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import IntEnum

from auditor.checklist.model import Checklist, Section
from auditor.checklist.parts import Grade
from exports.xlsx import formula as f
from exports.xlsx.compilation import Compilation
from exports.xlsx.formula import Cell, Literal, Node
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.layout import Place
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.lists import FIGURES, WORDS, grades_key

Formulas = dict[Cell, Node]
At = Callable[["Step"], Cell]


class Step(IntEnum):
    """Rows below the sections, counted from the table's last."""

    RATIO = 3
    BASE = 4
    BONUS = 5
    BEFORE = 6
    AFTER = 7
    """With sections zeroed, before caps."""
    CAP = 8
    ZEROED = 9
    TOTAL = 10
    GRADE_PLACE = 11
    """Place of the grade among the grades, the lowest 1."""
    GRADE = 12
    VETO = 13
    PASSED = 14
    """1, 0 or empty."""
    VERDICT = 15
    AWARD = 16
    ANSWERED = 17
    APPLICABLE = 18
    ENGINE = 19
    DIFFERENCE = 20


LABEL, VALUE = S.TITLE, S.EARNED


def step(work: Compilation, which: Step) -> Cell:
    return Cell("sections", work.layout.total_row + which, VALUE)


def total_formulas(work: Compilation) -> Formulas:
    found: Formulas = {}

    def put(which: Step, node: Node) -> None:
        found[step(work, which)] = node

    def at(which: Step) -> Cell:
        return step(work, which)

    ratio, after = work.layout.section("", S.BEFORE_RATIO), work.layout.section("", S.AFTER_RATIO)
    put(Step.RATIO, f.choose(f.eq(ratio, ""), "", f.rounded(ratio * 100, work.checklist.decimals)))
    put(Step.BASE, f.choose(f.eq(ratio, ""), "", ratio * work.checklist.scale))
    put(Step.BONUS, work.layout.section("", S.BEFORE_EXTRA))
    put(Step.BEFORE, f.choose(f.eq(ratio, ""), "", _figure(work, at(Step.BASE) + at(Step.BONUS))))
    put(Step.AFTER, f.choose(f.eq(after, ""), "", _after(work, after)))
    put(Step.CAP, _cap(work))
    put(Step.ZEROED, _fired(work, I.ZERO_TOTAL))
    put(Step.TOTAL, _total(work, at(Step.AFTER), at(Step.CAP), at(Step.ZEROED)))
    put(Step.GRADE_PLACE, _place(work, at(Step.TOTAL)))
    put(Step.GRADE, _grade(work, at(Step.GRADE_PLACE)))
    put(Step.VETO, _fired(work, I.FAIL))
    put(Step.PASSED, _passed(work, at))
    put(Step.VERDICT, _verdict(work, at(Step.PASSED)))
    put(Step.AWARD, _fired(work, I.NO_AWARD))
    put(Step.ANSWERED, f.call("SUM", work.layout.column(I.DONE)))
    put(Step.APPLICABLE, f.call("SUM", work.layout.column(I.CAN)))
    difference = f.call("ROUND", f.call("N", at(Step.TOTAL)) - f.call("N", at(Step.ENGINE)), 9)
    put(Step.DIFFERENCE, difference)
    found.update(_section_verdicts(work))
    return found


def _figure(work: Compilation, total: Node) -> Node:
    """Floor 0 and the ceiling, once; then rounded as shown (S5, S1)."""
    return f.rounded(_bounded(work, total), work.checklist.decimals)


def _bounded(work: Compilation, total: Node) -> Node:
    checklist = work.checklist
    ceiling = checklist.scale if checklist.ceiling is None else checklist.ceiling
    return f.call("MAX", 0, f.call("MIN", ceiling, total))


def _after(work: Compilation, ratio: Node) -> Node:
    return _bounded(work, ratio * work.checklist.scale + work.layout.section("", S.AFTER_EXTRA))


def _any(work: Compilation, column: I) -> bool:
    return work.finished and any(work.used(path, column) for path in work.layout.places)


def _cap(work: Compilation) -> Node:
    if not _any(work, I.CAP):
        return Literal("")
    caps = work.layout.column(I.CAP)
    return f.choose(f.eq(f.call("COUNT", caps), 0), "", f.call("MIN", caps))


def _fired(work: Compilation, column: I) -> Node:
    """1 when an answer in force fires the effect and the audit is finished (S4)."""
    return f.flag(f.gt(f.call("SUM", work.layout.column(column)), 0)) if _any(work, column) else Literal(0)


def _total(work: Compilation, after: Cell, cap: Cell, zeroed: Cell) -> Node:
    value: Node = after
    if _any(work, I.CAP):
        value = f.choose(f.eq(cap, ""), after, f.call("MIN", after, cap))
    if _any(work, I.ZERO_TOTAL):
        value = f.choose(f.eq(zeroed, 1), 0, value)
    return f.choose(f.eq(after, ""), "", f.rounded(value, work.checklist.decimals))


def _place(work: Compilation, total: Cell) -> Node:
    """The grade that the shown figure reaches, one step lower where an answer says so, not below the last."""
    bounds = work.lists.area(grades_key(""), FIGURES)
    if bounds is None or not work.finished:
        return Literal("")
    place: Node = f.call("MATCH", total, bounds, 1)
    if _any(work, I.GRADE_DOWN):
        down = f.gt(f.call("SUM", work.layout.column(I.GRADE_DOWN)), 0)
        place = f.call("MAX", 1, place - f.choose(down, 1, 0))
    return f.choose(f.eq(total, ""), "", f.call("IFERROR", place, ""))


def _grade(work: Compilation, place: Cell) -> Node:
    titles = work.lists.area(grades_key(""), WORDS)
    if titles is None or not work.finished:
        return Literal("")
    return f.choose(f.eq(place, ""), "", f.call("INDEX", titles, place))


def grade_number(grades: tuple[Grade, ...], wanted: str) -> int:
    """A grade's place, the lowest 1; beyond all of them where there is no such grade."""
    rising = sorted(grades, key=lambda one: one.from_)
    return next((n for n, one in enumerate(rising, 1) if one.id == wanted), len(rising) + 1)


def _rule(of: Checklist | Section, figure: Node, place: Node) -> Node:
    """Whether a pass rule, a figure or the name of a grade, is met (S7)."""
    if isinstance(of.pass_, Decimal):
        return f.ge(figure, of.pass_)
    assert isinstance(of.pass_, str)
    return f.ge(f.call("N", place), grade_number(of.grades, of.pass_))


def _passed(work: Compilation, at: At) -> Node:
    """Every rule met and no `fail`; empty without a rule or without a score. The rule of a section that does not
    count is not tested."""
    if not work.finished:
        return Literal("")
    total, veto = at(Step.TOTAL), at(Step.VETO)
    sections = [work.layout.section(path, S.VERDICT) for path, place in work.layout.places.items() if _decides(place)]
    failed = work.speech.tr("common.failed")
    met: list[Node] = [f.compare("<>", one, failed) for one in sections]
    if work.checklist.pass_ is not None:
        met.insert(0, _rule(work.checklist, total, at(Step.GRADE_PLACE)))
    tested: Node = f.flag(f.all_of(met)) if work.plan.has_rules else Literal("")
    result: Node = tested if tested == Literal("") else f.choose(f.eq(total, ""), "", tested)
    return f.choose(f.eq(veto, 1), 0, result) if _any(work, I.FAIL) else result


def _decides(place: Place) -> bool:
    return place.section.pass_ is not None and not place.is_instance


def _verdict(work: Compilation, passed: Cell) -> Node:
    good, bad = (work.speech.tr(f"common.{word}") for word in ("passed", "failed"))
    return f.choose(f.eq(passed, ""), "", f.choose(f.eq(passed, 1), good, bad))


def _section_verdicts(work: Compilation) -> Formulas:
    """Grade and verdict of each section, by its shown figure; a section that does not count is not tested (S7)."""
    found: Formulas = {}
    good, bad = (work.speech.tr(f"common.{word}") for word in ("passed", "failed"))
    for path, place in work.layout.places.items():
        if place.is_instance or not work.finished:
            continue
        section, figure = place.section, work.layout.section(path, S.FIGURE)
        key = grades_key(section.id)
        bounds, titles = work.lists.area(key, FIGURES), work.lists.area(key, WORDS)
        reached: Node = Literal(0)
        if bounds is not None and titles is not None:
            reached = f.call("IFERROR", f.call("MATCH", figure, bounds, 1), 0)
            grade = f.choose(f.eq(reached, 0), "", f.call("INDEX", titles, reached))
            found[work.layout.section(path, S.GRADE)] = f.choose(f.eq(figure, ""), "", grade)
        if section.pass_ is not None:
            met = f.choose(_rule(section, figure, reached), good, bad)
            found[work.layout.section(path, S.VERDICT)] = f.choose(f.eq(figure, ""), "", met)
    return found
