"""Exact figures (S1): fractions inside, rounded once, half up, when shown."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

_BILLION = 10**9


def half_up(x: Fraction, decimals: int) -> Fraction:
    """`x` rounded to `decimals` places, ties away from zero."""
    scaled = abs(x) * 10**decimals
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(whole if x >= 0 else -whole, 10**decimals)


def shown(x: Fraction, decimals: int) -> Decimal:
    """The figure a person reads (S1): `half_up(half_up(x, 9), decimals)` with exactly `decimals` places."""
    top, bottom = x.numerator, x.denominator
    billionths = (2 * abs(top) * _BILLION + bottom) // (2 * bottom)
    whole = (2 * billionths * 10**decimals + _BILLION) // (2 * _BILLION)
    return Decimal(whole if top >= 0 else -whole).scaleb(-decimals)


def plain(x: Decimal | Fraction | int) -> str:
    """A number as typed by a person: no exponent, no trailing zeros (`0.5`, `3`, `-1.25`)."""
    value = shown(x, 6) if isinstance(x, Fraction) else Decimal(x)
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def number(x: Fraction | None, decimals: int = 6) -> float | None:
    """For JSON: to `decimals` places, or null."""
    return None if x is None else float(half_up(x, decimals))
