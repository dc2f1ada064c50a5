"""Values as a person reads them, in the language in force."""

from __future__ import annotations

from decimal import Decimal

from auditor import formats
from auditor.audit import Value
from auditor.checklist.model import Item
from auditor.words import tr


def choice(item: Item, value: Value) -> str:
    return next((str(one.text) for one in item.options if one.id == value), str(value or ""))


def multi(item: Item, value: Value) -> str:
    chosen = value if isinstance(value, tuple) else ()
    return tr("common.comma").join(choice(item, one) for one in chosen)


def occurrences(_: Item, value: Value) -> str:
    return "" if value is None else tr("answer.count", n=value)


def number(item: Item, value: Value) -> str:
    if value is None:
        return ""
    figure = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return tr("answer.measured", figure=figure, measure=item.measure) if item.measure else figure


def rating(item: Item, value: Value) -> str:
    """The word of the step where the scale has words, else `4 / 5`."""
    if not isinstance(value, int):
        return ""
    step = value - item.low
    if 0 <= step < len(item.labels):
        return str(item.labels[step])
    return tr("answer.rated", value=value, high=item.high)


def duration(_: Item, value: Value) -> str:
    return formats.duration(Decimal(value)) if isinstance(value, (Decimal, int)) else ""


def text(_: Item, value: Value) -> str:
    return "" if value is None else str(value)


def nothing(_item: Item, _value: Value) -> str:
    return ""
