"""S8: how one item earned what it earned, in words and figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from auditor.audit import Answer, Value
from auditor.checklist.model import Item
from auditor.checklist.parts import Consequences, Effect
from auditor.figures import plain, shown
from auditor.kinds import KINDS
from auditor.kinds.points import band_of, full
from auditor.numbering import number_at
from auditor.scoring.tree import ItemScore
from auditor.words import tr


def fig(x: Fraction | Decimal | int) -> str:
    """A figure as typed by a person, to 4 decimals."""
    return plain(shown(Fraction(x), 4))


def item_text(item: Item, answer: Answer, value: Value, score: ItemScore, numbers: dict[str, str]) -> str:
    """The derivation of one item; `value` is its answer's or, of a computed item, the computed one."""
    told = TOLD.get(score.status, _answered)(item, answer, value, score, numbers)
    fires = _fires(item, value) if score.in_force and not answer.na else ""
    return tr("scoring.join").join(filter(None, (told, fires)))


def _hidden(*_: object) -> str:
    return tr("scoring.item.hidden")


def _skipped(*_: object) -> str:
    return tr("scoring.item.skipped")


def _lost(item: Item, _answer: Answer, _value: Value, score: ItemScore, numbers: dict[str, str]) -> str:
    by = tr("common.comma").join(number_at(numbers, path) for path in score.lost_by)
    return tr("scoring.item.lost_bonus" if item.role == "bonus" else "scoring.item.lost", by=by, points=fig(full(item)))


def _na(item: Item, answer: Answer, _value: Value, score: ItemScore, _numbers: dict[str, str]) -> str:
    if item.computed:
        return tr("scoring.item.computed_empty")
    code = tr(f"common.na.{answer.na}")
    if score.earned is None:
        return tr("scoring.item.na_exclude", code=code)
    return tr("scoring.item.na_full" if score.possible else "scoring.item.na_extra", code=code, points=fig(full(item)))


def _open(_item: Item, answer: Answer, value: Value, score: ItemScore, _numbers: dict[str, str]) -> str:
    if value is None and answer.na is None and not answer.photos:
        return tr("scoring.item.open")
    lacking = tr("common.comma").join(tr(f"scoring.missing.{name}") for name in score.missing)
    return tr("scoring.item.lacking", missing=lacking) if lacking else tr("scoring.item.open")


def _unscored(*_: object) -> str:
    return tr("scoring.item.unscored")


def _answered(item: Item, _answer: Answer, value: Value, score: ItemScore, _numbers: dict[str, str]) -> str:
    how = [*HOW[item.kind](item, value), *_limits(item, value, score)]
    answer = KINDS[item.kind].show(item, value) or tr("common.evidence")
    answer = answer if len(answer) <= 60 else f"{answer[:60]}…"
    words = {"answer": answer, "how": tr("common.semicolon").join(how), "earned": fig(abs(score.earned or Fraction(0)))}
    if item.role == "normal":
        return tr("scoring.item.earned", **{**words, "earned": fig(score.earned or 0)})
    return tr(f"scoring.item.{item.role}", where=tr(f"scoring.on.{item.on}"), **words)


Told = Callable[[Item, Answer, Value, ItemScore, dict[str, str]], str]
TOLD: dict[str, Told] = {
    "hidden": _hidden,
    "skipped": _skipped,
    "lost": _lost,
    "na": _na,
    "open": _open,
    "unscored": _unscored,
}


def _of_part(item: Item, said: Consequences | None) -> list[str]:
    """By an option or band: `2 − 0.5 = 1.5`, `2 × 80% = 1.6`, or full points."""
    points = full(item)
    if said is not None and said.deduct is not None:
        return [f"{fig(points)} − {fig(said.deduct)} = {fig(points - Fraction(said.deduct))}"]
    if said is not None and said.share is not None:
        share = Fraction(said.share)
        return [f"{fig(points)} × {fig(share * 100)}% = {fig(points * share)}"]
    return [tr("scoring.how.full", points=fig(points))]


def _choice(item: Item, value: Value) -> list[str]:
    return _of_part(item, next((one for one in item.options if one.id == value), None))


def _multi(item: Item, value: Value) -> list[str]:
    chosen = [one for one in item.options if isinstance(value, tuple) and one.id in value]
    names = {name for one in chosen for name in one.replaces}
    replaced = [one for one in chosen if one.id in names]
    taken = [one for one in chosen if one.id not in names and (one.deduct is not None or one.share is not None)]
    points = full(item)
    amounts = [
        Fraction(one.deduct) if one.deduct is not None else points * (1 - Fraction(one.share or 0)) for one in taken
    ]
    if not amounts:
        how = [tr("scoring.how.full", points=fig(points))]
    else:
        how = [f"{fig(points)} − {' − '.join(map(fig, amounts))} = {fig(points - sum(amounts))}"]
    if replaced:
        how.append(tr("scoring.how.replaced", faults=tr("common.comma").join(str(one.text) for one in replaced)))
    return how


def _occurrences(item: Item, value: Value) -> list[str]:
    unit, count = Fraction(item.unit or 0), value if isinstance(value, int) else 0
    amount = count * unit
    how = [f"{count} × {fig(unit)} = {fig(amount)}"]
    if item.max is not None and amount > item.max:
        amount = Fraction(item.max)
        how.append(tr("scoring.how.capped", most=fig(amount)))
    if item.role != "bonus":
        how.append(f"{fig(full(item))} − {fig(amount)} = {fig(full(item) - amount)}")
    return how


def _measured(item: Item, value: Value) -> list[str]:
    return _of_part(item, band_of(item, Decimal(value)) if isinstance(value, (int, Decimal)) else None)


def _rating(item: Item, value: Value) -> list[str]:
    if item.bands or not isinstance(value, int) or item.high == item.low:
        return _measured(item, value)
    span = item.high - item.low
    above, below = (item.high, value) if item.reversed else (value, item.low)
    earned = full(item) * Fraction(above - below, span)
    return [f"({above} − {below}) ÷ ({item.high} − {item.low}) × {fig(full(item))} = {fig(earned)}"]


def _given(item: Item, _: Value) -> list[str]:
    return [tr("scoring.how.full", points=fig(full(item)))]


HOW: dict[str, Callable[[Item, Value], list[str]]] = {
    "choice": _choice,
    "multi": _multi,
    "occurrences": _occurrences,
    "number": _measured,
    "rating": _rating,
    "duration": _measured,
    **dict.fromkeys(("time", "text", "date", "photo", "signature", "info"), _given),
}


def _limits(item: Item, value: Value, score: ItemScore) -> list[str]:
    """Said where the floor cuts the figure, and how a penalty is what falls short of full points."""
    free = item.model_copy(update={"floor": Decimal(-(10**9)), "role": "normal"})
    worth = KINDS[item.kind].points(free, value)
    points, earned = full(item), score.earned or Fraction(0)
    as_normal = earned + points if item.role == "penalty" else earned
    how = []
    if item.role != "bonus" and worth is not None and worth.earned != as_normal:
        how.append(tr("scoring.how.limited", low=fig(item.floor), high=fig(points)))
    if item.role == "penalty":
        how.append(f"{fig(as_normal)} − {fig(points)} = {fig(earned)}")
    return how


def _fires(item: Item, value: Value) -> str:
    worth = KINDS[item.kind].points(item, value) if value is not None else None
    effects = [effect_name(one) for said in (worth.entails if worth else ()) for one in said.critical]
    return tr("scoring.item.fires", effects=tr("common.comma").join(effects)) if effects and not item.trap else ""


def effect_name(effect: Effect) -> str:
    """`总分封顶 59.9`."""
    name = tr(f"common.effect.{effect.name}")
    return name if effect.at is None else f"{name} {plain(effect.at)}"
