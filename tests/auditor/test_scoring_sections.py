"""S5: sections, weights, declared points, the cap of deductions, repeating sections."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditor.checklist.model import Checklist
from auditor.scoring import score
from tests.auditor.builders import audit, checklist, choice, group, item, option, part, section, statuses

STEPS = [option(f"d{n}", deduct=n) for n in range(11)]
"""`d3` takes three points."""


def points(id: str, full: int = 10, **more: Any) -> dict[str, Any]:
    return choice(id, full, options=STEPS, **more)


# -- sums, clamping --------------------------------------------------------------------------------------------


def test_without_weights_points_add_up_through_all_levels() -> None:
    sheet = checklist(
        group("g", section("s", points("a")), section("t", points("b", 30))), section("u", points("c", 20))
    )
    result = score(audit(sheet, {"a": "d5", "b": "d0", "c": "d10"}))
    # 5/10, 30/30, then 35/40, 10/20: 45/60
    assert [str(part(result, name).ratio) for name in ("s", "t", "g", "u")] == ["1/2", "1", "7/8", "1/2"]
    assert (part(result, "g").earned, part(result, "g").possible) == (35, 40)
    assert result.exact == Fraction(45, 60) * 100


def test_a_sections_ratio_is_clamped_and_the_parent_sums_what_is_left() -> None:
    """A section below 0 counts 0, one above 1 counts 1; nothing spills into its neighbours."""
    sheet = checklist(
        section("low", points("a", 4, floor=-10)),
        section("high", points("b", 4), points("plus", 3, role="bonus")),
        section("mid", points("c", 8)),
    )
    result = score(audit(sheet, {"a": "d10", "b": "d0", "plus": "d0", "c": "d4"}))
    assert [(part(result, name).earned, part(result, name).ratio) for name in ("low", "high", "mid")] == [
        (0, 0),
        (4, 1),
        (4, Fraction(1, 2)),
    ]
    assert result.exact == Fraction(8, 16) * 100


def test_over_lifts_the_upper_bound_only() -> None:
    sheet = checklist(
        group("g", section("s", points("a", 4), points("plus", 4, role="bonus"), over=True), over=True),
        section("low", points("b", 4, floor=-10), over=True),
        ceiling=200,
    )
    result = score(audit(sheet, {"a": "d0", "plus": "d0", "b": "d10"}))
    assert (part(result, "s").ratio, part(result, "g").ratio, part(result, "low").ratio) == (2, 2, 0)
    # 8 of 8: the checklist itself is not clamped
    assert result.exact == 100
    whole = score(audit(sheet, {"a": "d0", "plus": "d0", "b": "d0"}))
    assert whole.exact == Fraction(12, 8) * 100


def test_the_whole_is_not_clamped_before_what_stands_on_the_total() -> None:
    """Ratio 1.2 less 10 is 110, below a ceiling of 115; clamped first it would be 90."""
    sheet = checklist(
        section(
            "s",
            points("a"),
            points("plus", 2, role="bonus"),
            points("minus", 15, role="penalty", on="total"),
            over=True,
        ),
        ceiling=115,
    )
    minus = {"minus": "d10"}
    assert score(audit(sheet, {"a": "d0", "plus": "d0", **minus})).exact == 110
    assert score(audit(sheet, {"a": "d1", "plus": "d0", **minus})).exact == 100


# -- weights ---------------------------------------------------------------------------------------------------


def weighted(**more: Any) -> Checklist:
    return checklist(
        section("s", points("a"), weight=30),
        section("t", points("b", 40), weight="50.5"),
        section("u", points("c"), weight=0, **more),
    )


def test_with_weights_ratios_are_averaged_by_weight() -> None:
    result = score(audit(weighted(), {"a": "d5", "b": "d4", "c": "d10"}))
    # (30 × 1/2 + 50.5 × 9/10) / 80.5
    assert result.exact == (15 + Fraction("45.45")) / Fraction("80.5") * 100
    assert str(result.total) == "75.1"
    assert [part(result, name).weight for name in ("s", "t", "u")] == [30, Fraction(101, 2), 0]


def test_a_section_with_nothing_possible_leaves_and_the_others_scale_up() -> None:
    """S3."""
    result = score(audit(weighted(), {"a": "d5", "b": {"na": "not_observed"}, "c": "d0"}))
    assert result.exact == 50
    assert part(result, "t").status == "empty"
    assert part(result, "t").ratio is None


def test_weight_0_is_scored_and_its_threshold_works_but_it_leaves_the_total() -> None:
    sheet = weighted(**{"pass": 80})
    result = score(audit(sheet, {"a": "d0", "b": "d0", "c": "d5"}))
    assert result.exact == 100
    assert (part(result, "u").ratio, part(result, "u").passed) == (Fraction(1, 2), False)
    assert result.passed is False


def test_weights_that_sum_to_0_are_no_score() -> None:
    assert score(audit(weighted(), {"c": "d0"})).exact is None


def test_a_weighted_group_earns_its_ratio_of_what_counts_with_weight() -> None:
    """possible = Σ of those that count with weight > 0; earned = ratio × possible, and that is what the parent sums."""
    sheet = checklist(
        group(
            "g",
            section("s", points("a"), weight=1),
            section("t", points("b", 40), weight=3),
            section("z", points("c"), weight=0),
        ),
        section("u", points("d")),
    )
    result = score(audit(sheet, {"a": "d10", "b": "d0", "c": "d0", "d": "d0"}))
    g = part(result, "g")
    # ratio 3/4 of 10 + 40, although points alone would say 40/50
    assert (g.ratio, g.possible, g.earned) == (Fraction(3, 4), 50, Fraction(75, 2))
    assert result.exact == (Fraction(75, 2) + 10) / 60 * 100


# -- declared points -------------------------------------------------------------------------------------------


def declared(first: int, second: int, **more: Any) -> Checklist:
    return checklist(section("s", points("a", 60), points=first), section("t", points("b", 40), points=second), **more)


def test_declared_points_that_agree_change_nothing() -> None:
    """60 + 40 = 100 = the scale: points add up, and na takes an item out without scaling its section up."""
    sheet = checklist(
        section("s", points("a", 30), points("a2", 30), points=60), section("t", points("b", 40), points=40)
    )
    result = score(audit(sheet, {"a": "d10", "a2": {"na": "not_observed"}, "b": "d0"}))
    # 20 + 40 of 70; by weights it would be 60 × 2/3 + 40 = 80
    assert result.exact == Fraction(60, 70) * 100
    assert part(result, "s").weight is None


@pytest.mark.parametrize(
    ("first", "second", "scale", "total"),
    [
        (61, 40, 100, Fraction(61 * 5, 6) + 40),  # items add to 60, declared 61
        (60, 41, 100, Fraction(60 * 5, 6) + 41),
        (60, 40, 1000, None),
    ],
)
def test_declared_points_that_do_not_agree_are_weights(
    first: int, second: int, scale: int, total: Fraction | None
) -> None:
    sheet = declared(first, second, scale=scale)
    result = score(audit(sheet, {"a": "d10", "b": "d0"}))
    whole = Fraction(first + second)
    ratio = (first * Fraction(50, 60) + second) / whole
    assert result.exact == ratio * scale
    assert total is None or total / whole * 100 == result.exact
    assert part(result, "s").weight == first


def test_nested_declared_points_agree_with_the_section_above() -> None:
    """Module 1 = 90 = 50 + 40 agrees; module 2 = 10 holds items of 12, so only the modules become weights."""
    sheet = checklist(
        group("m1", section("s", points("a", 50), points=50), section("t", points("b", 40), points=40), points=90),
        section("m2", points("c", 12), points=10),
    )
    result = score(audit(sheet, {"a": "d5", "b": "d4", "c": "d6"}))
    assert [part(result, name).weight for name in ("m1", "s", "t", "m2")] == [90, None, None, 10]
    # (90 × 81/90 + 10 × 1/2) / 100
    assert result.exact == 86


def test_bonuses_and_repeated_instances_do_not_add_to_declared_points() -> None:
    sheet = checklist(
        section("s", points("a", 60), points("plus", 5, role="bonus"), points=60, repeat={"max": 3}),
        section("t", points("b", 40), points=40),
    )
    assert part(score(audit(sheet, {"s#1/a": "d0", "s#2/a": "d0", "b": "d0"})), "s").weight is None


# -- the cap of a section's deductions -------------------------------------------------------------------------


def capped(**more: Any) -> Checklist:
    lose = [option("d0"), option("d8", deduct=8), option("lose", lose=["c"])]
    return checklist(
        section(
            "s",
            choice("a", 10, options=lose),
            points("b"),
            points("c"),
            *more.pop("items", ()),
            max_deduction=6,
            **more,
        )
    )


def test_answered_items_lose_at_most_max_deduction_together() -> None:
    # 8 + 4 + 1 = 13 lost, at most 6: 24 of 30
    assert score(audit(capped(), {"a": "d8", "b": "d4", "c": "d1"})).exact == 80
    # 5 lost: below the cap
    assert score(audit(capped(), {"a": "d0", "b": "d4", "c": "d1"})).exact == Fraction(25, 30) * 100


def test_lost_items_bonuses_and_penalties_stand_outside_the_cap() -> None:
    result = score(audit(capped(), {"a": "lose", "b": "d10", "c": "d10"}))
    # b loses 10, capped at 6; c is lost with all of its 10
    assert statuses(result)["c"] == "lost"
    assert result.exact == Fraction(10 + 4 + 0, 30) * 100
    sheet = capped(items=(points("plus", 2, role="bonus"), points("minus", 5, role="penalty")))
    # 24 of 30 after the cap, then + 2 − 5
    result = score(audit(sheet, {"a": "d8", "b": "d4", "c": "d1", "plus": "d0", "minus": "d5"}))
    assert result.exact == Fraction(21, 30) * 100


def test_the_cap_counts_deductions_below_0_too() -> None:
    sheet = checklist(section("s", points("a", 2, floor=-10), points("b", 8), max_deduction=3))
    # a: 2 − 9 = −7, so 9 lost; at most 3: 7 of 10
    assert score(audit(sheet, {"a": "d9", "b": "d0"})).exact == 70


def test_the_cap_is_per_instance() -> None:
    sheet = checklist(section("s", points("a"), points("b"), max_deduction=4, repeat={"max": 5}))
    result = score(audit(sheet, {"s#1/a": "d5", "s#1/b": "d5", "s#2/a": "d1", "s#2/b": "d0"}))
    assert [part(result, path).ratio for path in ("s#1", "s#2")] == [Fraction(16, 20), Fraction(19, 20)]
    assert result.exact == Fraction(35, 40) * 100


# -- repeating sections ----------------------------------------------------------------------------------------


def repeated(combine: str, *items: dict[str, Any], **more: Any) -> Checklist:
    made = items or (points("a"), points("b", 30))
    return checklist(section("teller", *made, repeat={"max": 9, "combine": combine}, **more), section("t", points("z")))


THREE = {
    "teller#1/a": "d5",
    "teller#1/b": "d0",  # 35/40
    "teller#2/a": "d0",
    "teller#2/b": {"na": "not_observed"},  # 10/10
    "teller#3/a": {"na": "not_observed"},
    "teller#3/b": {"na": "not_observed"},  # nothing possible
    "teller#4/a": "d0",
    "teller#4/b": "d10",  # 30/40
    "z": "d5",
}


def test_mean_of_the_instances_that_count() -> None:
    result = score(audit(repeated("mean"), THREE))
    teller = part(result, "teller")
    # ratios 7/8, 1, 3/4; possibles 40, 10, 40
    assert (teller.ratio, teller.possible) == (Fraction(7, 8), 30)
    assert teller.earned == Fraction(7, 8) * 30
    assert part(result, "teller#3").status == "empty"
    assert result.exact == (Fraction(210, 8) + 5) / 40 * 100


def test_worst_is_the_instance_of_lowest_ratio() -> None:
    teller = part(score(audit(repeated("worst"), THREE)), "teller")
    assert (teller.ratio, teller.earned, teller.possible) == (Fraction(3, 4), 30, 40)


def test_worst_takes_the_first_on_a_tie() -> None:
    answers = {"teller#1/a": "d5", "teller#2/a": "d0", "teller#2/b": "d10", "teller#3/a": "d0", "teller#3/b": "d10"}
    sheet = repeated("worst", points("a"), points("b", 10))
    # 5/10 and 10/20: the first has 10 possible
    teller = part(score(audit(sheet, answers)), "teller")
    assert (teller.earned, teller.possible) == (5, 10)


def test_any_fault_an_item_earns_full_when_every_counting_instance_did() -> None:
    teller = part(score(audit(repeated("any_fault"), THREE)), "teller")
    # a: faulty in 1; b: faulty in 4
    assert (teller.earned, teller.possible) == (0, 40)
    answers = THREE | {"teller#1/a": "d0"}
    teller = part(score(audit(repeated("any_fault"), answers)), "teller")
    assert (teller.earned, teller.possible) == (10, 40)


def test_any_fault_counts_answered_lost_and_na_full() -> None:
    lose = [option("d0"), option("lose", lose=["c"])]
    sheet = repeated("any_fault", choice("a", 10, options=lose), points("b", na="full"), points("c"), points("d"))
    answers = {
        "teller#1/a": "d0",
        "teller#1/b": {"na": "not_observed"},
        "teller#1/c": "d0",
        "teller#1/d": {"na": "not_observed"},
        "teller#2/a": "lose",
        "teller#2/b": "d0",
    }
    teller = part(score(audit(sheet, answers)), "teller")
    # a full in both, b full as na and as answered, c lost in 2, d counts nowhere
    assert (teller.earned, teller.possible) == (20, 30)


def test_no_instances_is_nothing_possible() -> None:
    for combine in ("mean", "worst", "any_fault"):
        result = score(audit(repeated(combine), {"z": "d5"}))
        assert part(result, "teller").status == "empty"
        assert result.exact == 50


def test_paths_of_instances_and_what_lies_in_them() -> None:
    sheet = checklist(group("desk", section("in", points("a")), section("out", points("b")), repeat={"max": 3}))
    result = score(audit(sheet, {"desk#2/a": "d5", "desk#2/b": "d0", "desk#7/a": "d0"}))
    assert [(one.path, one.parent) for one in result.sections] == [
        ("desk", ""),
        ("desk#2", "desk"),
        ("desk#2/in", "desk#2"),
        ("desk#2/out", "desk#2"),
        ("desk#7", "desk"),
        ("desk#7/in", "desk#7"),
        ("desk#7/out", "desk#7"),
    ]
    assert [(one.path, one.section) for one in result.items][:2] == [
        ("desk#2/a", "desk#2/in"),
        ("desk#2/b", "desk#2/out"),
    ]
    # 15/20 and 10/10
    assert part(result, "desk").ratio == Fraction(7, 8)


def test_any_fault_over_sections_within_the_instances() -> None:
    sheet = checklist(
        group(
            "desk",
            section("in", points("a"), weight=1),
            section("out", points("b"), weight=3),
            repeat={"combine": "any_fault"},
        )
    )
    result = score(audit(sheet, {"desk#1/a": "d5", "desk#1/b": "d0", "desk#2/a": "d0", "desk#2/b": "d0"}))
    # a faulty, b full: (1 × 0 + 3 × 1) / 4
    assert part(result, "desk").ratio == Fraction(3, 4)


def test_lose_from_outside_reaches_all_instances_from_inside_its_own() -> None:
    outside = [option("yes"), option("no", lose=["a"]), option("all", lose=["teller"])]
    inside = [option("d0"), option("own", lose=["a"]), option("section", lose=["teller"]), option("far", lose=["z"])]
    sheet = checklist(
        section("s", choice("gate", options=outside)),
        section("teller", choice("b", options=inside), points("a"), repeat={"max": 3}),
        section("t", points("z")),
    )
    base = {"gate": "yes", "teller#1/a": "d0", "teller#1/b": "d0", "teller#2/a": "d0", "teller#2/b": "d0", "z": "d0"}

    def lost(**changes: str) -> list[str]:
        answers = base | {path.replace("__", "/").replace("_n", "#"): value for path, value in changes.items()}
        return [path for path, status in statuses(score(audit(sheet, answers))).items() if status == "lost"]

    assert lost(gate="no") == ["teller#1/a", "teller#2/a"]
    assert lost(gate="all") == ["teller#1/b", "teller#1/a", "teller#2/b", "teller#2/a"]
    assert lost(teller_n2__b="own") == ["teller#2/a"]
    assert lost(teller_n2__b="section") == ["teller#2/b", "teller#2/a"]
    assert lost(teller_n2__b="far") == ["z"]


def test_skip_from_inside_an_instance_skips_its_rest_and_what_lies_between_never_another_instance() -> None:
    """S2."""
    inside = [option("d0"), option("on", skip="z")]
    sheet = checklist(
        section("teller", choice("a", options=inside), points("b"), repeat={"max": 3}),
        section("m", points("c")),
        section("t", points("z")),
    )
    answers = {f"teller#{n}/{name}": "d0" for n in (1, 2, 3) for name in "ab"} | {
        "teller#2/a": "on",
        "c": "d0",
        "z": "d0",
    }
    result = score(audit(sheet, answers))
    assert [path for path, status in statuses(result).items() if status == "skipped"] == ["teller#2/b", "c"]


def test_a_bonus_on_the_total_acts_once_per_instance() -> None:
    sheet = checklist(
        section(
            "teller",
            choice("a", 10, options=[option("half", share="0.5")]),
            choice("x", 2, role="bonus", on="total"),
            repeat={},
        )
    )
    answers = {f"teller#{n}/a": "half" for n in (1, 2, 3)} | {f"teller#{n}/x": "yes" for n in (1, 3)}
    result = score(audit(sheet, answers))
    assert (result.exact, result.bonus) == (54, 4)


@pytest.mark.parametrize("combine", ["mean", "worst"])
def test_a_section_bonus_belongs_to_its_instance(combine: str) -> None:
    sheet = repeated(combine, points("a"), choice("x", 2, role="bonus"))
    result = score(audit(sheet, {"teller#1/a": "d5", "teller#1/x": "yes", "teller#2/a": "d5"}))
    assert part(result, "teller#1").ratio == Fraction(7, 10)
    assert part(result, "teller").ratio == (Fraction(6, 10) if combine == "mean" else Fraction(5, 10))


def test_an_instance_header_is_no_item() -> None:
    sheet = checklist(section("teller", points("a"), repeat={"header": [{"id": "window", "text": "Window"}]}))
    made = audit(sheet, {"teller#1/a": "d0"})
    assert [one.path for one in score(made).items] == ["teller#1/a"]


def test_information_counts_nothing() -> None:
    sheet = checklist(section("s", item("i", "info"), points("a")))
    assert score(audit(sheet, {"a": "d5"})).exact == 50
