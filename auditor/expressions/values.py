"""What operators make of values (scoring.md, "Conditions and computed values"): exact and total.

Empty is None. `=` with empty is false and `!=` its opposite; order comparisons with empty are false; arithmetic with
empty, division by zero, values of the wrong type and numbers beyond `MOST_BITS` come to empty; nothing here raises.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

from auditor.expressions.functions import Worth, clock

MOST_BITS = 512
"""Numbers whose numerator or denominator needs more are empty: computed values may feed on each other."""

Raw = Fraction | Decimal | int | str | bool | tuple[str, ...] | None


def plain(raw: Raw) -> Worth:
    """A stored value as expressions see it: numbers exact, nothing given empty."""
    if raw is None or isinstance(raw, (str, tuple)):
        return raw or None
    return raw if isinstance(raw, (bool, Fraction)) else Fraction(raw)


def truth(x: Worth) -> bool:
    """As a condition: empty is false, a number true unless 0, anything else true."""
    return bool(x)


def equal(a: Worth, b: Worth) -> bool:
    """`=`: false with empty and between types; two times of day are compared as such; a multi equals the one fault
    that alone was chosen."""
    if a is None or b is None:
        return False
    if isinstance(a, tuple) or isinstance(b, tuple):
        return set(a if isinstance(a, tuple) else (a,)) == set(b if isinstance(b, tuple) else (b,))
    if isinstance(a, bool) is not isinstance(b, bool):
        return False
    if isinstance(a, str) and isinstance(b, str) and a != b:
        moment = clock(a)
        return moment is not None and moment == clock(b)
    return a == b


def before(a: Worth, b: Worth) -> bool | None:
    """`a < b` for two numbers, or two texts (times of day as such); None: they have no order."""
    if isinstance(a, str) and isinstance(b, str):
        first, second = clock(a), clock(b)
        return a < b if first is None or second is None else first < second
    numbers = isinstance(a, Fraction) and isinstance(b, Fraction)
    return a < b if numbers else None  # type: ignore[operator]


def contains(a: Worth, group: Worth | list[Worth]) -> bool:
    """`a in group`: one of the listed values, or one of the chosen faults of a multi."""
    if isinstance(group, tuple):
        return a in group
    return any(equal(a, one) for one in (group if isinstance(group, list) else [group]))


def bounded(x: Fraction) -> Worth:
    """A number, empty beyond `MOST_BITS`."""
    big = x.numerator.bit_length() > MOST_BITS or x.denominator.bit_length() > MOST_BITS
    return None if big else x


def _arithmetic(do: Callable[[Fraction, Fraction], Fraction]) -> Callable[[Worth, Worth], Worth]:
    def applied(a: Worth, b: Worth) -> Worth:
        if isinstance(a, bool) or isinstance(b, bool) or not isinstance(a, Fraction) or not isinstance(b, Fraction):
            return None
        return bounded(do(a, b))

    return applied


_divide = _arithmetic(lambda a, b: a / b)
OPERATORS: dict[str, Callable[[Worth, Worth], Worth]] = {
    "=": equal,
    "in": contains,
    "!=": lambda a, b: not equal(a, b),
    "<": lambda a, b: before(a, b) is True,
    ">": lambda a, b: before(b, a) is True,
    "<=": lambda a, b: before(b, a) is False,
    ">=": lambda a, b: before(a, b) is False,
    "+": _arithmetic(lambda a, b: a + b),
    "-": _arithmetic(lambda a, b: a - b),
    "*": _arithmetic(lambda a, b: a * b),
    "/": lambda a, b: None if b == 0 else _divide(a, b),
}
