"""The fixed list of functions of the checklist language. Nothing here reads a clock, a file or Python."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from auditor.figures import half_up

Worth = Fraction | str | bool | tuple[str, ...] | None
"""What an expression comes to; None is empty."""

_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?")


def clock(text: Worth) -> Fraction | None:
    """Seconds since midnight of `HH:MM` or `HH:MM:SS`, else empty."""
    return _clock(text) if isinstance(text, str) and len(text) <= 8 and ":" in text else None


@lru_cache(maxsize=1024)
def _clock(text: str) -> Fraction | None:
    hit = _CLOCK.fullmatch(text)
    return Fraction(int(hit[1]) * 3600 + int(hit[2]) * 60 + int(hit[3] or 0)) if hit else None


def day(text: Worth) -> date | None:
    """The day of `YYYY-MM-DD`, else empty."""
    if not isinstance(text, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def seconds_between(start: Worth, end: Worth) -> Worth:
    """Seconds from one time of day to a later one; negative when it is earlier."""
    first, last = clock(start), clock(end)
    return None if first is None or last is None else last - first


def minutes_between(start: Worth, end: Worth) -> Worth:
    seconds = seconds_between(start, end)
    return seconds / 60 if isinstance(seconds, Fraction) else None


def days_between(start: Worth, end: Worth) -> Worth:
    first, last = day(start), day(end)
    return None if first is None or last is None else Fraction((last - first).days)


def rounded(x: Worth, decimals: Worth = Fraction(0)) -> Worth:
    """Half up, ties away from zero (S1), to 0 … 9 decimals."""
    if isinstance(x, bool) or not isinstance(x, Fraction) or not isinstance(decimals, Fraction):
        return None
    if decimals.denominator != 1 or not 0 <= decimals <= 9:
        return None
    return half_up(x, int(decimals))


def absolute(x: Worth) -> Worth:
    return abs(x) if isinstance(x, Fraction) else None


def length(x: Worth) -> Worth:
    """Characters of a text, or how many faults of a multi were chosen."""
    return Fraction(len(x)) if isinstance(x, (str, tuple)) else None


@dataclass(frozen=True, slots=True)
class Signature:
    """How a function is called: its arguments' types, how many of them must be given, its result's type."""

    takes: tuple[str, ...]
    needs: int
    gives: str
    many: bool = False
    """Any number of arguments of the first type."""
    do: Callable[..., Worth] | None = None
    """For the functions that need only the values of their arguments."""


SIGNATURES: dict[str, Signature] = {
    "answered": Signature(("item",), 1, "condition"),
    "is_na": Signature(("item",), 1, "condition"),
    "score": Signature(("section",), 1, "number"),
    "any": Signature(("condition",), 1, "condition", many=True),
    "all": Signature(("condition",), 1, "condition", many=True),
    "count": Signature(("any",), 1, "number", many=True),
    "min": Signature(("number",), 1, "number", many=True),
    "max": Signature(("number",), 1, "number", many=True),
    "mean": Signature(("number",), 1, "number", many=True),
    "today": Signature((), 0, "date"),
    "minutes_between": Signature(("time", "time"), 2, "number", do=minutes_between),
    "seconds_between": Signature(("time", "time"), 2, "number", do=seconds_between),
    "days_between": Signature(("date", "date"), 2, "number", do=days_between),
    "if": Signature(("condition", "any", "any"), 3, "any"),
    "round": Signature(("number", "number"), 1, "number", do=rounded),
    "abs": Signature(("number",), 1, "number", do=absolute),
    "length": Signature(("words",), 1, "number", do=length),
}
