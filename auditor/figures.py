"""Exact figures (S1): fractions inside, rounded once, half up, when shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

_BILLION = 10**9


def half_up(x: Fraction, decimals: int) -> Fraction:
    """`x` rounded to `decimals` places, ties away from zero."""
    return Fraction(whole(x, decimals), 10**decimals)


def whole(x: Fraction, decimals: int) -> int:
    """`x` rounded half up, in units of the last of `decimals` places."""
    top, bottom = x.numerator, x.denominator
    rounded: int = (2 * abs(top) * 10**decimals + bottom) // (2 * bottom)
    return rounded if top >= 0 else -rounded


def shown(x: Fraction, decimals: int, times: int = 1) -> Decimal:
    """The figure a person reads (S1): `half_up(half_up(x × times, 9), decimals)` with exactly `decimals` places."""
    return _shown(x.numerator * times, x.denominator, decimals)


@lru_cache(maxsize=16384)
def _shown(top: int, bottom: int, decimals: int) -> Decimal:
    billionths = (2 * abs(top) * _BILLION + bottom) // (2 * bottom)
    last = (2 * billionths * 10**decimals + _BILLION) // (2 * _BILLION)
    return Decimal(last if top >= 0 else -last).scaleb(-decimals)


def plain(x: Decimal | Fraction | int) -> str:
    """A number as typed by a person: no exponent, no trailing zeros (`0.5`, `3`, `-1.25`)."""
    value = shown(x, 6) if isinstance(x, Fraction) else Decimal(x)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def number(x: Fraction | None, decimals: int = 6) -> float | None:
    """For JSON: to `decimals` places, or null."""
    return None if x is None else float(half_up(x, decimals))
