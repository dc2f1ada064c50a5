"""S4 as formulas: an answer that lacks its compulsory evidence, or is not valid, leaves the item open."""

from __future__ import annotations

from auditor.checklist.model import Item
from auditor.checklist.parts import Demand
from exports.xlsx import formula as f
from exports.xlsx import language
from exports.xlsx.compilation import Compilation, consequences
from exports.xlsx.formula import Literal, Node
from exports.xlsx.layout import FaultColumn
from exports.xlsx.layout import ItemColumn as I

_STRICTNESS: tuple[Demand, ...] = ("never", "optional", "loses", "always")
EVIDENCE = ("note", "reason", "photo")


def lacking(work: Compilation, path: str) -> Node:
    """1 where what was answered does not bring what it must; 0 where nothing is ever demanded."""
    plan, place = work.item_plan(path), work.layout.items[path][1]
    seen = work.layout.item(path, I.SEEN)
    causes: list[Node] = []
    for name in EVIDENCE if not plan.value else ():
        wanted = _wanted(work, path, name)
        if wanted != Literal(False):
            causes.append(f.all_of([wanted, f.call("NOT", _brought(work, path, name))]))
    if plan.valid is not None:
        scope = work.scope(place.repeating, place.instance)
        holds = language.condition(plan.valid, scope)
        causes.append(f.all_of([language.reads_all(plan.valid, scope), f.call("NOT", holds)]))
    answered = f.all_of([f.eq(seen, 2), f.any_of(causes)]) if causes else Literal(False)
    na: Node = Literal(False)
    if plan.na_codes and plan.na_reason:
        some = f.any_of([_brought(work, path, "note"), f.gt(work.layout.item(path, I.REASONS), 0)])
        na = f.all_of([f.eq(seen, 1), f.call("NOT", some)])
    parts = [one for one in (answered, na) if one != Literal(False)]
    return f.flag(f.any_of(parts)) if parts else Literal(0)


def demands(work: Compilation, path: str, name: str) -> list[Demand]:
    """What each option or band demands of one kind of evidence; one entry where the kind has neither."""
    item, _ = work.layout.items[path]
    general: Demand = getattr(work.item_plan(path).evidence, name) or "optional"
    own = [getattr(one.evidence, name) if one.evidence else None for one in consequences(item)]
    return [one or general for one in own] or [general]


def demanded(work: Compilation, path: str, name: str) -> bool:
    """Whether any answer can demand this evidence."""
    item, _ = work.layout.items[path]
    if name == "reason" and work.item_plan(path).na_reason:
        return True
    return not item.computed and any(one in ("loses", "always") for one in demands(work, path, name))


def _wanted(work: Compilation, path: str, name: str) -> Node:
    """Whether the answer demands this evidence; FALSE where none can."""
    item, _ = work.layout.items[path]
    found = demands(work, path, name)
    if item.kind == "multi":
        return _wanted_of_faults(work, path, name)
    loses = _loses(work, path)
    if len(set(found)) == 1:
        return {"always": Literal(True), "loses": loses}.get(found[0], Literal(False))
    picked = work.layout.item(path, I.PICK)
    parts = [
        f.eq(picked, n) if one == "always" else f.all_of([f.eq(picked, n), loses])
        for n, one in enumerate(found, 1)
        if one in ("loses", "always")
    ]
    return f.any_of(parts)


def _wanted_of_faults(work: Compilation, path: str, name: str) -> Node:
    """Of several chosen faults the strictest own demand holds; where none has one, the item's."""
    item, _ = work.layout.items[path]
    ticked = {one.id: f.compare("<>", work.layout.fault(path, one.id, FaultColumn.CHOSEN), "") for one in item.options}
    own = {one.id: getattr(one.evidence, name) for one in item.options if one.evidence and getattr(one.evidence, name)}
    general = getattr(work.item_plan(path).evidence, name) or "optional"
    loses = _loses(work, path)

    def some(*wanted: str) -> list[Node]:
        return [ticked[name] for name, demand in own.items() if demand in wanted]

    parts = [*some("always")]
    if some("loses"):
        parts.append(f.all_of([f.any_of(some("loses")), loses]))
    if general in ("loses", "always"):
        none = [f.call("NOT", f.any_of([ticked[name] for name in own]))] if own else []
        parts.append(f.all_of([*none, *([loses] if general == "loses" else [])]))
    return f.any_of(parts)


def _loses(work: Compilation, path: str) -> Node:
    """Whether the answer earns less than full points (of a penalty: takes anything)."""
    item, _ = work.layout.items[path]
    if not item.scored or item.role == "bonus":
        return _loses_bonus(work, path, item)
    earned = f.call("N", work.layout.item(path, I.WORTH))
    full: Node = work.layout.item(path, I.FULL) if item.role == "normal" else Literal(0)
    return f.gt(f.call("ROUND", full - earned, 9), 0)


def _loses_bonus(work: Compilation, path: str, item: Item) -> Node:
    """A bonus loses only below a negative floor; an unscored item never."""
    if not item.scored or item.floor >= 0:
        return Literal(False)
    return f.compare("<", f.call("ROUND", f.call("N", work.layout.item(path, I.WORTH)), 9), 0)


def _brought(work: Compilation, path: str, name: str) -> Node:
    item, _ = work.layout.items[path]
    if name == "note":
        return f.gt(f.call("LEN", f.call("TRIM", work.layout.item(path, I.NOTE))), 0)
    if name == "photo":
        return f.gt(work.layout.item(path, I.PHOTOS), 0)
    wanted: Node = Literal(1)
    if item.kind == "occurrences":
        wanted = f.call("MAX", 1, f.call("N", work.layout.item(path, I.GIVEN)))
    return f.ge(work.layout.item(path, I.REASONS), wanted)


def reasons(work: Compilation, path: str, printed: str, count: int) -> Node:
    """How many reasons there are: as counted while the printed text stands, else one a line."""
    text = work.layout.item(path, I.REASON)
    breaks = f.call("LEN", text) - f.call("LEN", f.call("SUBSTITUTE", text, f.call("CHAR", 10), ""))
    lines = f.choose(f.eq(f.call("TRIM", text), ""), 0, breaks + 1)
    if not printed:
        return lines
    if len(printed) <= _COMPARED:
        same: Node = f.call("EXACT", text, printed)
    else:
        same = f.eq(f.call("LEN", text), len(printed.encode("utf-16-le")) // 2)
    return f.choose(same, count, lines)


_COMPARED = 200
"""Longer texts are told apart by their length."""
