"""S5 for one answer as formulas, by kind of item: is there an answer, which option or band is it, what does it earn."""

from __future__ import annotations

from collections.abc import Callable

from exports.xlsx import formula as f
from exports.xlsx import language
from exports.xlsx.compilation import Compilation
from exports.xlsx.formula import Cell, Literal, Node
from exports.xlsx.layout import FaultColumn
from exports.xlsx.layout import ItemColumn as I
from exports.xlsx.lists import FIGURES, IDS, WORDS, item_key

NUMERIC = ("number", "duration", "rating", "occurrences")


def given(work: Compilation, path: str) -> Node:
    """The stored value (S5): numbers to the item's decimals, durations to 0.1 s, days as text; empty where none."""
    item, place = work.layout.items[path]
    answer = work.layout.item(path, I.ANSWER)
    if item.computed:
        expr = work.plan.by_id[item.id].value
        assert expr is not None
        value = language.computed(expr, work.scope(place.repeating, place.instance))
        return f.call("IFERROR", f.rounded(value, _places(item.kind, item.decimals)), "")
    if item.kind in NUMERIC:
        places = _places(item.kind, item.decimals)
        return f.choose(f.call("ISNUMBER", answer), f.call("ROUND", answer, places), "")
    if item.kind == "date":
        month, day = (f.call("RIGHT", Literal("0") & f.call(part, answer), 2) for part in ("MONTH", "DAY"))
        text = f.call("YEAR", answer) & "-" & month & "-" & day
        return f.choose(f.call("ISNUMBER", answer), text, "")
    return Literal(0)


def _places(kind: str, decimals: int) -> int:
    return 1 if kind == "duration" else decimals if kind == "number" else 0


def pick(work: Compilation, path: str) -> Node:
    """Which option or band, from 1; the words are compared letter by letter, a band by the limits it is above."""
    item, _ = work.layout.items[path]
    area = work.lists.area(item_key(item), WORDS)
    if area is None:
        return Literal(0)
    if item.kind == "choice":
        answer = work.layout.item(path, I.ANSWER)
        return f.total_of([f.choose(f.call("EXACT", answer, cell), n, 0) for n, cell in enumerate(area.cells(), 1)])
    value = work.layout.item(path, I.GIVEN)
    above = [f.flag(f.gt(value, one.up_to)) for one in item.bands if one.up_to is not None]
    return f.choose(f.eq(value, ""), 0, f.total_of([Literal(1), *above]))


def has_answer(work: Compilation, path: str) -> Node:
    item, _ = work.layout.items[path]
    answer = work.layout.item(path, I.ANSWER)
    if item.kind == "choice":
        return f.flag(f.gt(work.layout.item(path, I.PICK), 0))
    if item.kind == "multi":
        ticks = [f.compare("<>", work.layout.fault(path, one.id, FaultColumn.CHOSEN), "") for one in item.options]
        return f.flag(f.any_of(ticks))
    if item.computed or item.kind in NUMERIC:
        return f.flag(f.compare("<>", work.layout.item(path, I.GIVEN), ""))
    if item.kind == "photo":
        return f.flag(f.gt(work.layout.item(path, I.PHOTOS), 0))
    return f.flag(f.gt(f.call("LEN", f.call("TRIM", answer)), 0))


def value_in_force(work: Compilation, path: str) -> Node:
    """The answer as conditions see it."""
    item, _ = work.layout.items[path]
    seen = f.eq(work.layout.item(path, I.SEEN), 2)
    if item.kind == "choice":
        ids = work.lists.area(item_key(item), IDS)
        assert ids is not None
        return f.choose(seen, f.call("INDEX", ids, work.layout.item(path, I.PICK)), "")
    if item.kind == "multi":
        force = [(f.eq(work.layout.fault(path, one.id, FaultColumn.FORCE), 1), f",{one.id}") for one in item.options]
        words = [f.choose(in_force, name, "") for in_force, name in force]
        return f.choose(seen, f.words_of_parts([*words, Literal(",")]), "")
    if item.computed or item.kind in NUMERIC or item.kind == "date":
        return f.choose(seen, work.layout.item(path, I.GIVEN), "")
    if item.kind == "photo":
        return Literal("")
    return f.choose(seen, f.call("TRIM", work.layout.item(path, I.ANSWER)), "")


def worth(work: Compilation, path: str) -> Node:
    """What the answer earns within [floor, points]; a penalty's is what it takes (at most 0)."""
    item, _ = work.layout.items[path]
    return WORTH.get(item.kind, _full)(work, path)


def _full(work: Compilation, path: str) -> Node:
    """Time, text, date, signature, photo: giving it earns full points."""
    item, _ = work.layout.items[path]
    return Literal(0) if item.role == "penalty" else work.layout.item(path, I.FULL)


def _listed(work: Compilation, path: str) -> Node:
    """What the option or band earns stands in the lists."""
    item, _ = work.layout.items[path]
    area = work.lists.area(item_key(item), FIGURES)
    assert area is not None
    picked = work.layout.item(path, I.PICK)
    return f.choose(f.eq(picked, 0), "", f.call("INDEX", area, picked))


def _within(work: Compilation, path: str, earned: Node, *, at_most_full: bool = False) -> Node:
    """Within [floor, points], then by role."""
    item, _ = work.layout.items[path]
    full = work.layout.item(path, I.FULL)
    kept = f.call("MAX", f.wrap(item.floor), f.call("MIN", full, earned) if at_most_full else earned)
    kept = f.call("MIN", full, kept) if item.points is not None and item.floor > item.points else kept
    return kept - full if item.role == "penalty" else kept


def _multi(work: Compilation, path: str) -> Node:
    item, _ = work.layout.items[path]
    taken = [work.layout.fault(path, one.id, FaultColumn.TAKEN) for one in item.options]
    area = f.Area(taken[0], taken[-1])
    return _within(work, path, work.layout.item(path, I.FULL) - f.call("SUM", area))


def _occurrences(work: Compilation, path: str) -> Node:
    item, _ = work.layout.items[path]
    value = work.layout.item(path, I.GIVEN)
    amount: Node = value * (item.unit or 0)
    amount = amount if item.max is None else f.call("MIN", item.max, amount)
    earned = amount if item.role == "bonus" else work.layout.item(path, I.FULL) - amount
    return f.choose(f.eq(value, ""), "", _within(work, path, earned, at_most_full=True))


def _measured(work: Compilation, path: str) -> Node:
    item, _ = work.layout.items[path]
    return _listed(work, path) if item.bands else _full(work, path)


def _rating(work: Compilation, path: str) -> Node:
    item, _ = work.layout.items[path]
    if item.bands:
        return _listed(work, path)
    value: Cell = work.layout.item(path, I.GIVEN)
    steps = f.wrap(item.high) - value if item.reversed else value - item.low
    full = work.layout.item(path, I.FULL)
    earned = full if item.high == item.low else full * steps / (item.high - item.low)
    return f.choose(f.eq(value, ""), "", _within(work, path, earned))


WORTH: dict[str, Callable[[Compilation, str], Node]] = {
    "choice": _listed,
    "multi": _multi,
    "occurrences": _occurrences,
    "number": _measured,
    "duration": _measured,
    "rating": _rating,
}
