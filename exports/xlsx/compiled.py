"""All formulas of one workbook with their values; what Excel cannot hold is a value, and listed (design §7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from auditor.scoring import score as rescored
from auditor.scoring.tree import ItemScore, Score, SectionScore
from exports.xlsx import formula as f
from exports.xlsx.compilation import EFFECT_COLUMNS, Compilation
from exports.xlsx.evaluate import Result, evaluate_all
from exports.xlsx.formula import Cell, Node
from exports.xlsx.inputs import Typed, input_formulas
from exports.xlsx.items import any_fault_formulas, fault_formulas, item_formulas
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.lists import Lists
from exports.xlsx.sections import section_formulas
from exports.xlsx.total import Step, step, total_formulas

NEAR = 1e-9
TOO_LONG = "exceeds"
"""Why a formula is given up that only Excel cannot hold: its value is still worked out here."""
ROUNDS = 12
"""Of writing values for formulas that differ: items, sections from the inside out, the total."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """Formulas and values by cell; `exceptions` are the cells that hold a value instead, with the reason."""

    work: Compilation
    formulas: Mapping[Cell, Node]
    values: Mapping[Cell, Result]
    exceptions: Mapping[Cell, str] = field(default_factory=dict)


def compiled(work: Compilation, score: Score, typed: Typed, titles: Mapping[str, str]) -> Compiled:
    """Formulas of all sheets, the engine's figures beside them.

    `typed` are the typed cells that formulas read. A formula too long or too deep for Excel, one the language has
    none for, and one whose value differs from the engine's become values.
    """
    unsaid: dict[Cell, str] = {}
    formulas = _formulas(work, unsaid) | input_formulas(work, typed)
    known = engine_values(work, score)
    for cell, node in formulas.items():
        if cell not in unsaid and _exceeds(node, cell, titles):
            unsaid[cell] = TOO_LONG
    known_cells = {**typed, **_list_cells(work.lists)}
    values: dict[Cell, Result] = {}
    for _ in range(ROUNDS):
        fixed = {cell: known.get(cell, 0.0) for cell, why in unsaid.items() if why != TOO_LONG}
        live = {cell: node for cell, node in formulas.items() if cell not in fixed}
        failed: set[Cell] = set()
        values = {**evaluate_all(live, {**known_cells, **fixed}, failed), **fixed}
        if failed:
            unsaid.update(dict.fromkeys(failed, "differs"))
            continue
        wrong = [cell for cell in live if _checked(work, cell) and differs(values[cell], known.get(cell, values[cell]))]
        if not wrong:
            break
        first = min(_stage(work, cell) for cell in wrong)
        unsaid.update({cell: "differs" for cell in wrong if _stage(work, cell) == first})
    live = {cell: node for cell, node in formulas.items() if cell not in unsaid}
    return Compiled(work, live, values, unsaid)


_CHECKED: Mapping[str, set[I] | set[S]] = {
    "items": {I.STATUS, I.EARNED},
    "sections": {S.EARNED, S.POSSIBLE, S.AFTER_RATIO, S.FIGURE, S.GRADE},
}


def _checked(work: Compilation, cell: Cell) -> bool:
    """Whether the engine's figure must come out of a formula: what a reader sees, not the flags on the way."""
    return cell.column in _CHECKED.get(cell.sheet, set[S]()) or (
        cell.sheet == "sections" and cell.row > work.layout.total_row
    )


def _stage(work: Compilation, cell: Cell) -> int:
    """Items before sections, inner sections before outer ones, the total last: what follows from it is right again."""
    if cell.sheet == "items":
        return 0
    depths = {work.layout.section_rows[path]: place.depth for path, place in work.layout.places.items()}
    return 100 - depths[cell.row] if cell.row in depths else 101 + cell.row


def _formulas(work: Compilation, unsaid: dict[Cell, str]) -> dict[Cell, Node]:
    found: dict[Cell, Node] = {}
    for path, (item, _) in work.layout.items.items():
        found.update(item_formulas(work, path, unsaid))
        if item.kind == "multi" and path not in work.withheld:
            found.update(fault_formulas(work, path))
    for place in work.layout.places.values():
        repeat = place.section.repeat
        if place.combined and repeat is not None and repeat.combine == "any_fault":
            found.update(any_fault_formulas(work, place))
    found.update(section_formulas(work, unsaid))
    found.update(total_formulas(work))
    return found


def _exceeds(node: Node, cell: Cell, titles: Mapping[str, str]) -> bool:
    try:
        return len(f.render(node, cell.sheet, titles)) >= f.LONGEST or f.depth(node) > f.DEEPEST
    except RecursionError:
        return True


def _list_cells(lists: Lists) -> dict[Cell, Any]:
    found: dict[Cell, Any] = {}
    for row, entry in enumerate(lists.entries, 2):
        found[Cell("lists", row, 1)], found[Cell("lists", row, 2)] = entry.words, entry.id
        if entry.figure is not None:
            found[Cell("lists", row, 3)] = float(entry.figure)
    return found


def differs(ours: Result, engine: Result) -> bool:
    if isinstance(ours, str) or isinstance(engine, str):
        return ours != engine
    return abs(float(ours) - float(engine)) > NEAR


def engine_values(work: Compilation, score: Score) -> dict[Cell, Result]:
    """What the engine says of the cells it knows: per item and section, and of the total."""
    found: dict[Cell, Result] = {}
    for item in score.items:
        if item.path in work.layout.items:
            found.update(_item_values(work, item, score))
    for section in score.sections:
        if section.path in work.layout.places:
            found.update(_section_values(work, section))
    before = score if score.so_far or not score.critical else rescored(replace(work.audit, state="draft"))
    for section in before.sections:
        if section.path in work.layout.places:
            found[work.layout.section(section.path, S.BEFORE_RATIO)] = _figure(section.ratio)
            found[work.layout.section(section.path, S.BEFORE_POSSIBLE)] = float(section.possible)
    words = {None: "", True: work.speech.tr("common.passed"), False: work.speech.tr("common.failed")}
    found[step(work, Step.BEFORE)] = _figure(score.before_critical)
    found[step(work, Step.TOTAL)] = _figure(score.total)
    found[step(work, Step.GRADE)] = work.grade_title("", score.grade)
    found[step(work, Step.VERDICT)] = words[score.passed]
    return found


def _item_values(work: Compilation, item: ItemScore, score: Score) -> dict[Cell, Result]:
    def at(column: I) -> Cell:
        return work.layout.item(item.path, column)

    lost = item.status == "lost"
    incomplete = bool({"note", "reason", "photo", "na_reason", "valid"} & set(item.missing))
    found: dict[Cell, Result] = {
        at(I.STATUS): work.speech.tr(f"common.status.{item.status}"),
        at(I.HIDDEN): float(item.status == "hidden"),
        at(I.SKIPPED): float(item.status == "skipped" or (lost and not item.in_force)),
        at(I.LOST): float(lost),
        at(I.LACKING): float(incomplete and not lost),
        at(I.CAN): float(item.status not in ("hidden", "skipped", "lost")),
        at(I.DONE): float(item.status in ("answered", "na") or (item.status == "unscored" and not item.missing)),
    }
    if work.scored(item.path):
        found[at(I.EARNED)] = _figure(item.earned)
        found[at(I.CUT)] = float(item.deducted) if item.status == "answered" else 0.0
    if item.path in score.computed:
        value = score.computed[item.path]
        found[at(I.GIVEN)] = value if isinstance(value, str) else _figure(value)
    for fired in score.critical:
        if fired.path == item.path and item.path in work.withheld:
            found[at(EFFECT_COLUMNS[fired.effect])] = float(fired.at or 1)
    return found


def _section_values(work: Compilation, section: SectionScore) -> dict[Cell, Result]:
    def at(column: S) -> Cell:
        return work.layout.section(section.path, column)

    place = work.layout.places[section.path]
    found: dict[Cell, Result] = {
        at(S.EARNED): float(section.earned),
        at(S.POSSIBLE): float(section.possible),
        at(S.AFTER_RATIO): _figure(section.ratio),
        at(S.AFTER_POSSIBLE): float(section.possible),
        at(S.FIGURE): _figure(section.figure),
    }
    if not place.is_instance and place.section.grades:
        found[at(S.GRADE)] = work.grade_title(place.section.id, section.grade)
    return found


def _figure(x: Fraction | Any | None) -> Result:
    return "" if x is None else float(x)
