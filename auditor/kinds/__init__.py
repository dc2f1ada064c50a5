"""The kinds of item, one entry each: how an answer is taken, how it reads, what it earns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from auditor.audit import Value
from auditor.checklist.model import Item
from auditor.kinds import accept, points, show
from auditor.kinds.accept import accept_na, na_codes
from auditor.kinds.points import Worth

__all__ = ["KINDS", "KindRule", "Worth", "accept_na", "na_codes"]


@dataclass(frozen=True, slots=True)
class KindRule:
    """What is to be known of one kind of item."""

    accept: Callable[[Item, object], Value]
    """`accept(item, raw) -> Value`: text, JSON and widget values, normalised; None clears the answer.
    Raises an `AuditorError` of the area `answer`, naming the item and what is allowed."""
    show: Callable[[Item, Value], str]
    """`show(item, value) -> str` as a person reads it, in the language in force; "" without a value."""
    points: Callable[[Item, Value], Worth | None]
    """`points(item, value) -> Worth`: what the value earns and entails (S5); None: not an answer of this item."""


KINDS: dict[str, KindRule] = {
    "choice": KindRule(accept.choice, show.choice, points.choice),
    "multi": KindRule(accept.multi, show.multi, points.multi),
    "occurrences": KindRule(accept.occurrences, show.occurrences, points.occurrences),
    "number": KindRule(accept.number, show.number, points.measured),
    "rating": KindRule(accept.rating, show.rating, points.rating),
    "duration": KindRule(accept.duration, show.duration, points.measured),
    "time": KindRule(accept.time, show.text, points.given),
    "text": KindRule(accept.text, show.text, points.given),
    "date": KindRule(accept.date, show.text, points.given),
    "photo": KindRule(accept.photo, show.nothing, points.photo),
    "signature": KindRule(accept.text, show.text, points.given),
    "info": KindRule(accept.info, show.nothing, points.nothing),
}
