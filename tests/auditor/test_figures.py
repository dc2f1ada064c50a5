"""S1: exact inside, rounded once, ties away from zero."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.figures import half_up, shown


@pytest.mark.parametrize(
    ("x", "decimals", "figure"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction("2.675"), 2, "2.68"),
        (Fraction("89.95"), 1, "90.0"),
        (Fraction(2, 3) * 100, 1, "66.7"),
        # to nine places first: 0.4999999996 is half for a reader of nine places, as it is for Excel
        (Fraction("0.4499999999"), 1, "0.5"),
        (Fraction("0.4499999994"), 1, "0.4"),
        (Fraction(0), 2, "0.00"),
    ],
)
def test_a_shown_figure_is_rounded_to_nine_places_and_then_half_up(x: Fraction, decimals: int, figure: str) -> None:
    assert str(shown(x, decimals)) == figure


@given(st.fractions(-(10**6), 10**6), st.integers(0, 4))
def test_shown_is_the_rule_as_written(x: Fraction, decimals: int) -> None:
    assert Fraction(shown(x, decimals)) == half_up(half_up(x, 9), decimals)
    assert -shown(x, decimals).as_tuple().exponent == decimals  # type: ignore[operator]


@given(st.decimals(-(10**6), 10**6, places=4))
def test_what_needs_no_rounding_stays_as_it_is(x: Decimal) -> None:
    assert shown(Fraction(x), 4) == x
