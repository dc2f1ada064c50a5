"""The cells that are typed: answers as the copy shows them, points, weights, and what evidence there is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from auditor.audit import Answer, Audit
from auditor.checklist.model import Item
from auditor.checklist.parts import Text
from auditor.kinds.points import deduction
from auditor.scoring.items import given_reasons
from auditor.scoring.tree import Score
from exports.blocks import ItemRow
from exports.copies import View
from exports.xlsx.compilation import Compilation, Formulas
from exports.xlsx.evidence import demanded, reasons
from exports.xlsx.formula import Cell, Literal, Node, call, choose, compare, flag, gt, words_of_parts
from exports.xlsx.layout import FaultColumn
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.layout import SectionColumn as S
from exports.xlsx.lists import TICK, exact, item_key
from exports.xlsx.text import gated, pieces
from exports.xlsx.total import Step, step

Typed = dict[Cell, Any]


def withheld(audit: Audit, view: View, score: Score) -> frozenset[str]:
    """Paths whose answers the copy shows differently from what was answered: coarser, or not at all (P7)."""
    found = {path for path, value in score.computed.items() if view.computed.get(path) != value}
    for item in score.items:
        true, seen = (one.answers.get(item.path, Answer()) for one in (audit, view.audit))
        if item.in_force and (true.value, true.na) != (seen.value, seen.na):
            found.add(item.path)
    return frozenset(found)


def typed_cells(work: Compilation, shown: Audit, score: Score, rows: Mapping[str, ItemRow]) -> Typed:
    """Every typed cell that a formula reads, with its value."""
    found: Typed = {step(work, Step.ENGINE): "" if score.total is None else score.total}
    for path in work.layout.places:
        share = work.share(path)
        if share is not None:
            found[work.layout.section(path, S.WEIGHT)] = exact(share)
    standing = {one.path: one.in_force for one in score.items}
    for path, (item, _) in work.layout.items.items():
        answer = shown.answers.get(path, Answer()) if standing.get(path, True) else Answer()
        found.update(_row(work, path, item, answer, rows.get(path)))
    return found


def _row(work: Compilation, path: str, item: Item, answer: Answer, row: ItemRow | None) -> Typed:
    def at(column: I) -> Cell:
        return work.layout.item(path, column)

    found: Typed = {}
    if item.scored:
        found[at(I.FULL)] = item.points
    if row is not None:
        found[at(I.REASON)], found[at(I.NOTE)] = pieces(row.reason)[0], pieces(row.note)[0]
    whole = work.audit.answers.get(path, Answer())
    if not work.to_fill and _asks_photos(work, path, item):
        found[at(I.PHOTOS)] = int(bool(whole.photos))
    if path in work.withheld:
        found[at(I.ANSWER)] = row.answer if row else ""
        return found
    if answer.na is not None:
        found[at(I.NA)] = work.speech.tr(f"common.na.{answer.na}")
    found[at(I.ANSWER)] = answer_cell(work, item, answer)
    for option in item.options if item.kind == "multi" else ():
        fault = work.layout.fault
        chosen = isinstance(answer.value, tuple) and option.id in answer.value
        found[fault(path, option.id, FaultColumn.FAULT)] = words_of(work, option.text)
        found[fault(path, option.id, FaultColumn.CHOSEN)] = TICK if chosen else ""
        found[fault(path, option.id, FaultColumn.DEDUCTION)] = exact(deduction(item, option)) if item.scored else None
    return {cell: value for cell, value in found.items() if value not in (None, "")}


def _asks_photos(work: Compilation, path: str, item: Item) -> bool:
    return item.kind == "photo" or demanded(work, path, "photo")


def words_of(work: Compilation, text: Text) -> str:
    """Words in one line, whatever languages the report has."""
    return gated(work.speech.say(lambda: str(text), " "))


def answer_cell(work: Compilation, item: Item, answer: Answer) -> Any:
    """The value of the answer's cell: the option's words, a number, a day, a text."""
    value = answer.value
    if item.kind == "choice":
        entries = work.lists.of(item_key(item))
        return next((one.words for one in entries if one.id == value), "")
    if item.kind == "date" and isinstance(value, str):
        return date.fromisoformat(value)
    if item.kind in ("multi", "photo", "info") or item.computed:
        return ""
    return pieces(value)[0] if isinstance(value, str) else value if isinstance(value, int | Decimal) else ""


def input_formulas(work: Compilation, typed: Typed) -> Formulas:
    """Formulas among the inputs: the chosen faults in words, computed values, how many reasons there are."""
    found: Formulas = {}
    for path, (item, _) in work.layout.items.items():
        if path in work.withheld:
            continue
        answer = work.layout.item(path, I.ANSWER)
        if item.kind == "multi":
            found[answer] = _faults_in_words(work, path, item)
        elif item.computed:
            found[answer] = work.layout.item(path, I.GIVEN)
        if work.to_fill and _asks_photos(work, path, item):
            named = call("LEN", call("TRIM", work.layout.item(path, I.FIGURES)))
            found[work.layout.item(path, I.PHOTOS)] = flag(gt(named, 0))
        if demanded(work, path, "reason"):
            printed = typed.get(work.layout.item(path, I.REASON), "")
            count = given_reasons(work.audit.answers.get(path, Answer()))
            shown = reasons(work, path, printed, count) if printed or not count else Literal(count)
            found[work.layout.item(path, I.REASONS)] = shown
    return found


def _faults_in_words(work: Compilation, path: str, item: Item) -> Node:
    words = []
    comma = work.speech.tr("common.comma") if work.speech.lang != "both" else "、"
    for option in item.options:
        fault = work.layout.fault(path, option.id, FaultColumn.FAULT)
        chosen = compare("<>", work.layout.fault(path, option.id, FaultColumn.CHOSEN), "")
        words.append(choose(chosen, Literal(comma) & fault, ""))
    return call("MID", words_of_parts(words), len(comma) + 1, 32767)
