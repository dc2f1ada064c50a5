"""S5, *Items* and *Bonus and penalty*: what one answer earns, exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditor.scoring import score
from tests.auditor.builders import audit, checklist, choice, item, option, section


def earns(made: dict[str, Any], value: Any) -> Fraction | None:
    """What the one item of a sheet earns."""
    sheet = checklist(section("s", made))
    found = score(audit(sheet, {made["id"]: value})).item(made["id"])
    assert found is not None
    return found.earned


CHOICE = [
    option("whole"),
    option("most", share="0.8"),
    option("half", deduct="0.5"),
    option("none", share=0),
    option("minus", share=-1),
    option("more", deduct=9),
]


@pytest.mark.parametrize(
    ("value", "plain", "floor_minus_two"),
    [
        ("whole", "2", "2"),
        ("most", "1.6", "1.6"),
        ("half", "1.5", "1.5"),
        ("none", "0", "0"),
        ("minus", "0", "-2"),
        ("more", "0", "-2"),
    ],
)
def test_a_choice_earns_its_share_or_full_less_its_deduction_within_floor_and_points(
    value: str, plain: str, floor_minus_two: str
) -> None:
    assert earns(choice("a", 2, options=CHOICE), value) == Fraction(plain)
    assert earns(choice("a", 2, options=CHOICE, floor=-2), value) == Fraction(floor_minus_two)


def multi(**more: Any) -> dict[str, Any]:
    options = [
        option("none", exclusive=True),
        option("a", deduct="0.5"),
        option("b", deduct=1),
        option("both", deduct="1.2", replaces=["a", "b"]),
        option("grave", deduct=5),
    ]
    return item("m", "multi", points=3, options=options, **more)


@pytest.mark.parametrize(
    ("chosen", "points"),
    [
        (["none"], "3"),
        (["a"], "2.5"),
        (["a", "b"], "1.5"),
        (["a", "b", "both"], "1.8"),
        (["both", "b"], "1.8"),
        (["grave"], "0"),
        (["a", "grave", "both"], "0"),
    ],
)
def test_faults_add_up_a_combined_one_replaces_others_then_the_floor(chosen: list[str], points: str) -> None:
    assert earns(multi(), chosen) == Fraction(points)


def test_nothing_chosen_is_unanswered() -> None:
    assert earns(multi(), []) is None


def test_a_replaced_fault_keeps_its_other_effects() -> None:
    options = [option("a", deduct=1, lose=["x"], critical=["fail"]), option("b", deduct=2, replaces=["a"])]
    sheet = checklist(section("s", item("m", "multi", points=3, options=options), choice("x")))
    result = score(audit(sheet, {"m": ["a", "b"], "x": "yes"}))
    assert [one.earned for one in result.items] == [1, 0]
    assert [one.effect for one in result.critical] == ["fail"]


@pytest.mark.parametrize(("count", "points"), [(0, "3"), (1, "2.5"), (3, "1.5"), (4, "1"), (5, "1"), (100, "1")])
def test_occurrences_take_count_times_unit_at_most_max(count: int, points: str) -> None:
    """每发现一处扣 0.5 分，最多扣 2 分。"""
    assert earns(item("o", "occurrences", points=3, unit="0.5", max=2), count) == Fraction(points)


@pytest.mark.parametrize(("count", "points"), [(5, "0.5"), (6, "0"), (7, "0")])
def test_occurrences_without_max_go_down_to_the_floor_only(count: int, points: str) -> None:
    """扣完为止。"""
    assert earns(item("o", "occurrences", points=3, unit="0.5"), count) == Fraction(points)
    assert earns(item("o", "occurrences", points=3, unit="0.5", floor=-10), count) == 3 - Fraction(count, 2)


@pytest.mark.parametrize(
    ("value", "plain", "reversed_"), [(1, "0", "2"), (2, "2/3", "4/3"), (3, "4/3", "2/3"), (4, "2", "0")]
)
def test_ratings_earn_their_place_on_the_scale(value: int, plain: str, reversed_: str) -> None:
    """(v − lo)/(hi − lo), reversed (hi − v)/(hi − lo): thirds stay thirds (S1)."""
    assert earns(item("r", "rating", points=2, low=1, high=4), value) == Fraction(plain)
    assert earns(item("r", "rating", points=2, low=1, high=4, reversed=True), value) == Fraction(reversed_)


def test_a_rating_by_table() -> None:
    table = [{"up_to": 1, "share": "0.1"}, {"up_to": 2, "share": "0.4"}, {"else": True, "share": 1}]
    rated = item("r", "rating", points=10, high=3, bands=table)
    assert [earns(rated, value) for value in (1, 2, 3)] == [1, 4, 10]


BANDS = [{"up_to": 15, "share": 1}, {"up_to": 30, "deduct": 1}, {"else": True, "share": 0}]


@pytest.mark.parametrize(
    ("raw", "points"),
    [("14.9", "4"), ("15", "4"), ("15.04", "4"), ("15.05", "3"), ("30", "3"), ("30.04", "3"), ("30.1", "0")],
)
def test_bands_include_their_limit_and_the_stored_value_is_the_banded_value(raw: str, points: str) -> None:
    """15.04 s is stored, shown and banded as 15.0 s; 15.05 s as 15.1 s."""
    assert earns(item("d", "duration", points=4, bands=BANDS), raw) == Fraction(points)


def test_a_number_is_banded_at_the_items_decimals() -> None:
    bands = [{"up_to": "2.5", "share": 1}, {"else": True, "share": 0}]
    assert earns(item("n", "number", points=1, decimals=1, bands=bands), "2.54") == 1
    assert earns(item("n", "number", points=1, decimals=2, bands=bands), "2.54") == 0


def test_the_first_band_that_matches_wins() -> None:
    bands = [{"up_to": 10, "share": 1}, {"up_to": 10, "share": 0}, {"else": True, "share": 0}]
    assert earns(item("n", "number", points=1, bands=bands), 10) == 1


@pytest.mark.parametrize(
    ("kind", "raw"), [("text", "seen"), ("time", "10:05"), ("date", "2026-03-05"), ("signature", "Li"), ("number", 3)]
)
def test_what_is_only_given_earns_full_points(kind: str, raw: Any) -> None:
    assert earns(item("g", kind, points=2), raw) == 2


def test_an_item_without_points_and_a_trap_are_unscored() -> None:
    assert earns(choice("a", None), "no") is None
    assert earns(choice("a", 5, trap=True), "no") is None


# -- bonus and penalty -----------------------------------------------------------------------------------------


def with_extra(extra: dict[str, Any], value: Any, base: str = "half", **more: Any) -> Fraction | None:
    """The total of a ten-point item at half plus one bonus or penalty."""
    options = [option("whole"), option("half", share="0.5"), option("none", share=0)]
    sheet = checklist(section("s", choice("base", 10, options=options), extra), **more)
    answers = {"base": base} if value is None else {"base": base, extra["id"]: value}
    return score(audit(sheet, answers)).exact


@pytest.mark.parametrize(
    ("extra", "value", "total"),
    [
        (choice("x", 2, role="bonus"), "yes", 70),  # (5 + 2) / 10
        (choice("x", 2, role="bonus"), "no", 50),
        (choice("x", 2, role="bonus"), None, 50),
        (choice("x", 2, role="bonus"), {"na": "not_observed"}, 50),
        (choice("x", 2, role="bonus", on="total"), "yes", 52),
        (choice("x", 2, role="bonus", on="total", na="full"), {"na": "not_observed"}, 50),
        (choice("x", 3, role="penalty"), "no", 20),  # (5 − 3) / 10
        (choice("x", 3, role="penalty"), "yes", 50),
        (choice("x", 3, role="penalty", on="total"), "no", 47),
        (choice("x", 3, role="penalty", on="total"), None, 50),
        (item("x", "occurrences", points=3, unit="0.5", role="bonus", on="total"), 4, 52),
        (item("x", "occurrences", points=3, unit="0.5", role="bonus", on="total"), 40, 53),
        (item("x", "occurrences", points=3, unit="0.5", max=1, role="bonus", on="total"), 40, 51),
        (item("x", "occurrences", points=3, unit="0.5", role="penalty", on="total"), 4, 48),
        (item("x", "occurrences", points=3, unit="0.5", role="penalty", on="total"), 40, 47),
    ],
)
def test_bonus_and_penalty_act_on_the_section_or_on_the_total(extra: dict[str, Any], value: Any, total: int) -> None:
    assert with_extra(extra, value) == total


def test_all_are_summed_then_floor_and_ceiling_once() -> None:
    """98 + 5 − 3 = 100, not 100 − 3 = 97."""
    base = choice("base", 100, options=[option("most", deduct=2)])
    plus, minus = choice("plus", 5, role="bonus", on="total"), choice("minus", 3, role="penalty", on="total")
    sheet = checklist(section("s", base, plus, minus))
    assert score(audit(sheet, {"base": "most", "plus": "yes", "minus": "no"})).exact == 100
    assert score(audit(sheet, {"base": "most", "plus": "yes"})).exact == 100


def test_the_ceiling_is_the_scale_or_a_figure_and_the_floor_is_0() -> None:
    plus = choice("x", 20, role="bonus", on="total")
    assert with_extra(plus, "yes", "whole") == 100
    assert with_extra(plus, "yes", "whole", ceiling=110) == 110
    assert with_extra(plus, "yes", "whole", ceiling=150) == 120
    assert with_extra(choice("x", 20, role="penalty", on="total"), "no", "none") == 0


def test_total_bonuses_are_in_scale_units() -> None:
    assert with_extra(choice("x", 2, role="bonus", on="total"), "yes", scale=1000) == 502


def test_a_section_bonus_where_nothing_is_possible_is_void_and_no_score_stays_no_score() -> None:
    sheet = checklist(
        section("s", choice("a"), choice("x", 5, role="bonus")),
        section("t", choice("b", 4, options=[option("half", share="0.5")])),
    )
    assert score(audit(sheet, {"a": {"na": "not_observed"}, "x": "yes", "b": "half"})).exact == 50
    alone = checklist(section("s", choice("a"), choice("x", 5, role="bonus", on="total")))
    assert score(audit(alone, {"a": {"na": "not_observed"}, "x": "yes"})).exact is None


def test_a_bonus_that_is_not_applicable_is_0_of_0_where_na_is_full() -> None:
    sheet = checklist(section("s", choice("a"), choice("x", 5, role="bonus")), na="full")
    found = score(audit(sheet, {"a": "no", "x": {"na": "not_observed"}})).item("x")
    assert found is not None
    assert (found.status, found.earned, found.possible) == ("na", 0, 0)


def test_a_bonus_has_possible_0() -> None:
    found = score(
        audit(checklist(section("s", choice("a"), choice("x", 5, role="bonus"))), {"a": "yes", "x": "yes"})
    ).item("x")
    assert found is not None
    assert (found.earned, found.possible, found.deducted) == (5, 0, 0)
