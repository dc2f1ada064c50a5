"""S2 to S5 for one item as formulas: answer → in force → status → earned → what its section adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from auditor.checklist.model import Item
from auditor.checklist.parts import Consequences
from auditor.scoring.plan import ItemPlan
from exports.xlsx import formula as f
from exports.xlsx import language
from exports.xlsx.compilation import EFFECT_COLUMNS, Compilation, Exceptions, Formulas, columns_of, consequences
from exports.xlsx.evidence import lacking
from exports.xlsx.formula import Cell, Literal, Node
from exports.xlsx.layout import FaultColumn, Place
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.operators import Unsaid
from exports.xlsx.worth import given, has_answer, pick, value_in_force, worth

At = Callable[[I], Cell]
PENDING = Literal("")
"""Stands for a value that no formula yields; the engine's takes its place."""


def item_formulas(work: Compilation, path: str, unsaid: Exceptions) -> Formulas:
    """Every formula in the row of one item."""
    if path in work.withheld:
        return _withheld(work, path, unsaid)
    item, place = work.layout.items[path]
    found: Formulas = {}

    def at(column: I) -> Cell:
        return work.layout.item(path, column)

    def put(column: I, build: Callable[[], Node]) -> None:
        try:
            found[at(column)] = build()
        except (Unsaid, RecursionError) as why:
            unsaid[at(column)] = str(why) if isinstance(why, Unsaid) else "depth"
            found[at(column)] = PENDING

    put(I.HIDDEN, lambda: _hidden(work, item, place))
    put(I.SKIPPED, lambda: _skipped(work, path))
    put(I.LOST, lambda: _lost(work, path))
    put(I.GIVEN, lambda: given(work, path))
    found[at(I.PICK)] = pick(work, path)
    found[at(I.HAS)] = has_answer(work, path)
    found[at(I.SEEN)] = _seen(work, path, found)
    if consequences(item) and item.kind != "multi":
        found[at(I.FORCE)] = f.choose(f.eq(at(I.SEEN), 2), at(I.PICK), 0)
    if item.id in work.read:
        found[at(I.VALUE)] = value_in_force(work, path)
    put(I.LACKING, lambda: lacking(work, path))
    found[at(I.STATUS)] = _status(work, path, found)
    found[at(I.CAN)] = _can(item, at, found)
    found[at(I.DONE)] = f.flag(f.all_of([f.eq(at(I.CAN), 1), f.gt(at(I.SEEN), 0), *_complete(at, found)]))
    if item.scored:
        found.update(_points(work, path, found))
    found.update(_effects(work, path))
    return {cell: node for cell, node in found.items() if not _idle(cell, node)}


def _withheld(work: Compilation, path: str, unsaid: Exceptions) -> Formulas:
    """A row whose answer the copy does not show: the engine's values, and formulas only for what follows from them."""
    item, _ = work.layout.items[path]
    columns = [I.STATUS, I.CAN, I.DONE]
    columns += [I.EARNED, I.CUT] if item.scored else []
    columns += [column for column in EFFECT_COLUMNS.values() if column in columns_of(item, work.finished)]
    found: Formulas = {work.layout.item(path, column): PENDING for column in columns}
    unsaid.update(dict.fromkeys(found, "withheld"))
    if item.scored:
        found.update(_sums(work, path))
    return found


def _idle(cell: Cell, node: Node) -> bool:
    """Helper cells that are always 0 stay blank, which reads as 0."""
    return node == Literal(0) and cell.column > I.PATH


def _hidden(work: Compilation, item: Item, place: Place) -> Node:
    reasons = [work.hidden_section(place.path)]
    show = work.plan.by_id[item.id].show
    if show is not None:
        reasons.append(f.call("NOT", language.condition(show, work.scope(place.repeating, place.instance))))
    return _flag(reasons)


def _flag(reasons: list[Node]) -> Node:
    """1 when one of the conditions holds; 0 where there is none that can."""
    real = [one for one in reasons if one != Literal(False)]
    return f.flag(f.any_of(real)) if real else Literal(0)


def _skipped(work: Compilation, path: str) -> Node:
    """Whether an answer in force jumps over it: from inside an instance never over another's items (S2)."""
    mine, plan = work.layout.items[path][1], work.item_plan(path)
    reasons = []
    if any(one.index < plan.index < work.plan.targets(said.skip)[0] for one, said in _silent(work) if said.skip):
        raise Unsaid("withheld")
    for source, number, end in work.skipping:
        theirs = work.layout.items[source][1]
        meets = not theirs.repeating or theirs.repeating != mine.repeating or theirs.instance == mine.instance
        if work.item_plan(source).index < plan.index < end and meets:
            reasons.append(work.fires(source, number))
    return _flag(reasons)


def _lost(work: Compilation, path: str) -> Node:
    """Whether an answer in force takes its points; a penalty cannot be lost, a hidden item is hidden (S2)."""
    item, mine = work.layout.items[path]
    if not item.scored or item.role == "penalty":
        return Literal(0)
    reasons = []
    index = work.item_plan(path).index
    targets = (work.plan.targets(name) for _, said in _silent(work) for name in said.lose)
    if any(first <= index < last for first, last in targets):
        raise Unsaid("withheld")
    for source, number, ids in work.losing:
        theirs = work.layout.items[source][1]
        own = bool(theirs.repeating) and theirs.repeating == mine.repeating
        if item.id in ids and (not own or theirs.instance == mine.instance):
            reasons.append(work.fires(source, number))
    if not reasons:
        return Literal(0)
    shown = f.eq(work.layout.item(path, I.HIDDEN), 0)
    return f.flag(f.all_of([shown, f.any_of(reasons)]))


def _silent(work: Compilation) -> Iterator[tuple[ItemPlan, Consequences]]:
    """What the options and bands of items without a row entail."""
    return ((one, said) for one in work.silent for said in consequences(one.item))


def _clear(at: At, found: Formulas, *columns: I) -> list[Node]:
    """That none of these flags is set, leaving out those that never are."""
    cells = [at(column) for column in columns]
    return [f.eq(cell, 0) for cell in cells if found.get(cell, Literal(0)) != Literal(0)]


def _complete(at: At, found: Formulas) -> list[Node]:
    return _clear(at, found, I.LACKING)


def _seen(work: Compilation, path: str, found: Formulas) -> Node:
    item, _ = work.layout.items[path]

    def at(column: I) -> Cell:
        return work.layout.item(path, column)

    answered = f.choose(f.eq(at(I.HAS), 1), 2, 1 if item.computed else 0)
    with_na = f.choose(f.compare("<>", at(I.NA), ""), 1, answered) if work.item_plan(path).na_codes else answered
    standing = _clear(at, found, I.HIDDEN, I.SKIPPED)
    return f.choose(f.all_of(standing), with_na, 0) if standing else with_na


def _status(work: Compilation, path: str, found: Formulas) -> Node:
    """S2's word, the first that fits."""
    item, _ = work.layout.items[path]

    def at(column: I) -> Cell:
        return work.layout.item(path, column)

    def word(name: str) -> Node:
        return Literal(work.speech.tr(f"common.status.{name}"))

    if item.scored:
        seen: Node = f.choose(
            f.eq(at(I.SEEN), 2), word("answered"), f.choose(f.eq(at(I.SEEN), 1), word("na"), word("open"))
        )
        if _complete(at, found):
            seen = f.choose(f.eq(at(I.LACKING), 1), word("open"), seen)
    else:
        seen = word("unscored")
    for name, column in (("skipped", I.SKIPPED), ("lost", I.LOST), ("hidden", I.HIDDEN)):
        if found[at(column)] != Literal(0):
            seen = f.choose(f.eq(at(column), 1), word(name), seen)
    return seen


def _can(item: Item, at: At, found: Formulas) -> Node:
    """Whether it can take an answer now: shown, not lost, not skipped, not computed."""
    if item.computed:
        return Literal(0)
    standing = _clear(at, found, I.HIDDEN, I.SKIPPED, I.LOST)
    return f.flag(f.all_of(standing)) if standing else f.flag(True)


def _points(work: Compilation, path: str, found: Formulas) -> Formulas:
    """What the answer is worth, and what of that counts."""
    item, place = work.layout.items[path]

    def at(column: I) -> Cell:
        return work.layout.item(path, column)

    made: Formulas = {at(I.WORTH): worth(work, path)}
    in_force = f.choose(f.eq(at(I.SEEN), 2), at(I.WORTH), "")
    if work.item_plan(path).full_when_na:
        full = at(I.FULL) if item.role == "normal" else Literal(0)
        in_force = f.choose(f.eq(at(I.SEEN), 1), full, in_force)
    if _complete(at, found):
        in_force = f.choose(f.eq(at(I.LACKING), 1), "", in_force)
    lost = found[at(I.LOST)] != Literal(0)
    made[at(I.EARNED)] = f.choose(f.eq(at(I.LOST), 1), 0, in_force) if lost else in_force
    made.update(_sums(work, path))
    if place.section.max_deduction is not None and item.role == "normal":
        kept = [f.eq(at(I.SEEN), 2), *_clear(at, found, I.LOST), f.call("ISNUMBER", at(I.EARNED))]
        made[at(I.CUT)] = f.choose(f.all_of(kept), at(I.FULL) - at(I.EARNED), 0)
    return made


def _sums(work: Compilation, path: str) -> Formulas:
    """Deducted, and what was earned in the column that its role adds up in."""
    item, _ = work.layout.items[path]

    def at(column: I) -> Cell:
        return work.layout.item(path, column)

    made: Formulas = {}
    counts = f.call("ISNUMBER", at(I.EARNED))
    whole = at(I.FULL) if item.role == "normal" else Literal(0)
    made[at(I.DEDUCTED)] = f.choose(counts, f.call("MAX", 0, whole - at(I.EARNED)), "")
    columns = columns_of(item, work.finished)
    for column in (I.PLAIN_EARNED, I.EXTRA, I.BONUS, I.PENALTY):
        if column in columns:
            made[at(column)] = f.call("N", at(I.EARNED))
    if item.role == "normal":
        made[at(I.PLAIN_POSSIBLE)] = f.choose(counts, at(I.FULL), 0)
    return made


def _effects(work: Compilation, path: str) -> Formulas:
    """1 in the column of each critical effect that an answer in force fires; of a cap, its figure (S6)."""
    item, _ = work.layout.items[path]
    fired: dict[I, list[tuple[int, Fraction]]] = {}
    for number, said in enumerate(consequences(item), 1):
        for effect in said.critical:
            fired.setdefault(EFFECT_COLUMNS[effect.name], []).append((number, Fraction(effect.at or 0)))
    found: Formulas = {}
    for column, causes in fired.items():
        if column == I.CAP:
            cap: Node = Literal("")
            for number, figure in sorted(causes, key=lambda one: one[1], reverse=True):
                cap = f.choose(work.fires(path, number), figure, cap)
            found[work.layout.item(path, column)] = cap
        else:
            found[work.layout.item(path, column)] = f.flag(f.any_of([work.fires(path, number) for number, _ in causes]))
    return found


def any_fault_formulas(work: Compilation, place: Place) -> Formulas:
    """`any_fault`: in the rows of the first instance, each item over all instances (S5)."""
    below = work.layout.children(place.path)
    found: Formulas = {}
    first = [name for name, (_, where) in work.layout.items.items() if below and where.instance == below[0].instance]
    for name in first:
        item, where = work.layout.items[name]
        if where.repeating != place.section.id or not work.counts(name):
            continue
        twins = [(f"{place.section.id}#{one.instance}/{item.id}", one) for one in below]
        earned = [work.layout.item(path, I.EARNED) for path, _ in twins]
        lost = [work.layout.item(path, I.DEDUCTED) for path, _ in twins]
        whole, before = work.layout.item(name, I.ANY_POSSIBLE), work.layout.item(name, I.ANY_BEFORE)
        found[whole] = f.choose(f.eq(f.call("COUNT", *earned), 0), 0, work.layout.item(name, I.FULL))
        found[before] = f.choose(f.gt(f.rounded(f.call("SUM", *lost), 9), 0), 0, whole)
        dead = [
            f.all_of(
                [work.zeroed(work.layout.items[path][1].path), f.call("ISNUMBER", work.layout.item(path, I.EARNED))]
            )
            for path, _ in twins
            if work.used(work.layout.items[path][1].path, I.ZERO_SECTION)
        ]
        found[work.layout.item(name, I.ANY_AFTER)] = f.choose(f.any_of(dead), 0, before) if dead else before
    return found


def fault_formulas(work: Compilation, path: str) -> Formulas:
    """The rows of a multi item on the Faults sheet: which faults are in force, and what each takes."""
    item, _ = work.layout.items[path]
    found: Formulas = {}
    for option in item.options:
        chosen = f.compare("<>", work.layout.fault(path, option.id, FaultColumn.CHOSEN), "")
        rivals = [
            f.compare("<>", work.layout.fault(path, one.id, FaultColumn.CHOSEN), "")
            for one in item.options
            if option.id in one.replaces
        ]
        seen = f.eq(work.layout.item(path, I.SEEN), 2)
        found[work.layout.fault(path, option.id, FaultColumn.FORCE)] = f.flag(f.all_of([seen, chosen]))
        if item.scored:
            taken: Node = work.layout.fault(path, option.id, FaultColumn.DEDUCTION)
            taken = f.choose(f.any_of(rivals), 0, taken) if rivals else taken
            found[work.layout.fault(path, option.id, FaultColumn.TAKEN)] = f.choose(chosen, taken, 0)
    return found
