"""Ten shapes of sheets that banks use, each with its figures worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from auditor.checklist.model import Checklist
from auditor.recommendation import answers_to, recommendation
from auditor.scoring import Score, score
from tests.auditor.builders import audit, checklist, choice, earned, group, item, option, part, section, statuses


def numbered(id: str, full: Any, **second: Any) -> dict[str, Any]:
    return choice(id, full, options=[option("1"), option("2", share=0, **second)])


# -- a. A mystery-visit sheet in areas A to E --------------------------------------------------------------------


def area_sheet() -> Checklist:
    """100 points: A 30 (A1–A4), B 25, C 20, D 15, E 10, and two items that deduct from the final total.

    A1 "guard present", A2 "hall open": answer 2 loses all of A to D. A3: answer 2 jumps to E0. B2 lists faults, of
    which "did both" replaces two.
    """
    faults = [
        option("fine", exclusive=True),
        option("no_greeting", deduct="0.5"),
        option("no_smile", deduct="0.5"),
        option("ignored", deduct=2, replaces=["no_greeting", "no_smile"]),
        option("phone", deduct=1),
    ]
    a_to_d = ["A", "B", "C", "D"]
    return checklist(
        section(
            "A",
            numbered("A1", 10, lose=a_to_d),
            numbered("A2", 10, lose=a_to_d),
            numbered("A3", "9.5", skip="E0"),
            numbered("A4", "0.5"),
        ),
        section("B", numbered("B1", 22), item("B2", "multi", points=3, options=faults)),
        section("C", numbered("C1", 20)),
        section("D", numbered("D1", 15)),
        section("E", choice("E0", None), numbered("E1", 10)),
        section(
            "F",
            item("F1", "occurrences", points=5, unit="0.5", role="penalty", on="total"),
            numbered("F2", 3) | {"role": "penalty", "on": "total"},
        ),
    )


RIGHT = {
    "A1": "1",
    "A2": "1",
    "A3": "1",
    "A4": "1",
    "B1": "1",
    "B2": ["fine"],
    "C1": "1",
    "D1": "1",
    "E0": "yes",
    "E1": "1",
}


def area(**changes: Any) -> Score:
    return score(audit(area_sheet(), RIGHT | changes))


def test_a_everything_right_is_100() -> None:
    assert str(area().total) == "100.0"


def test_a_half_point_items_and_a_combined_fault() -> None:
    # A4 loses 0.5; of B2 "ignored" replaces the greeting and the smile: 2 + 1 = 3 lost
    result = area(A4="2", B2=["no_greeting", "no_smile", "ignored", "phone"])
    assert str(result.total) == "96.5"
    # without the combined one: 0.5 + 0.5 + 1
    assert str(area(B2=["no_greeting", "no_smile", "phone"]).total) == "98.0"


def test_a_answer_2_loses_all_of_a_to_d_on_several_items_inside_a() -> None:
    # only E counts: 10 of 100; everything else is lost, A1 itself too
    result = area(A1="2", A2="2")
    assert str(result.total) == "10.0"
    assert {path for path, status in statuses(result).items() if status == "lost"} == {*RIGHT} - {"E0", "E1"}
    found = result.item("B2")
    assert found is not None
    assert found.lost_by == ("A1", "A2")


def test_a_answer_2_jumps_to_e0() -> None:
    # A3 earns 0 of 9.5; A4, B, C, D are skipped and leave both sides: (10 + 10 + 0 + 10) / (29.5 + 10)
    result = area(A3="2")
    assert result.exact == Fraction(30) / Fraction("39.5") * 100
    assert str(result.total) == "75.9"
    assert part(result, "B").status == "empty"


def test_a_jump_and_loss_together() -> None:
    # what is skipped is lost as well: 0 of its points
    result = area(A1="2", A3="2")
    assert str(result.total) == "10.0"
    lost = result.item("C1")
    assert lost is not None
    assert (lost.status, lost.in_force) == ("lost", False)


def test_a_two_items_deduct_from_the_final_total() -> None:
    # 97 of 100, then 3 × 0.5 and 3 off the total
    assert str(area(B2=["phone", "ignored"], F1=3, F2="2").total) == "92.5"
    # 20 found, but at most the 5 points it is worth
    assert str(area(F1=20, F2="1").total) == "95.0"
    assert str(area(A1="2", F1=20, F2="2").total) == "2.0"


# -- b. A sheet of 1,000 points that deducts ---------------------------------------------------------------------


def per_place(id: str, full: int) -> dict[str, Any]:
    """每发现一处扣 0.5 分，最多扣 3 分，扣完为止。"""
    return item(id, "occurrences", points=full, unit="0.5", max=3, evidence={"reason": "loses"})


def thousand() -> Checklist:
    """Module 1 = 90 = 15 + 20 + 55 in items of 2 to 3 points; the other modules are one item each, 910 together."""
    shop = [per_place(f"a{n}", 3) for n in range(5)]
    hall = [per_place(f"b{n}", 2) for n in range(10)]
    rest = [per_place(f"c{n}", 3) for n in range(15)] + [per_place(f"d{n}", 2) for n in range(5)]
    return checklist(
        group(
            "m1",
            section("shop", *shop, points=15),
            section("hall", *hall, points=20),
            section("rest", *rest, points=55),
            points=90,
        ),
        section(
            "m2",
            item("big", "number", points=910, bands=[{"up_to": 0, "share": 1}, {"else": True, "deduct": 110}]),
            points=910,
        ),
        scale=1000,
        na="full",
        decimals=1,
    )


def clean(sheet: Checklist) -> dict[str, Any]:
    return {one.id: 0 for one in sheet.items()}


def test_b_the_declared_points_agree() -> None:
    sheet = thousand()
    result = score(audit(sheet, clean(sheet)))
    assert [(one.path, one.possible, one.weight) for one in result.sections] == [
        ("m1", 90, None),
        ("shop", 15, None),
        ("hall", 20, None),
        ("rest", 55, None),
        ("m2", 910, None),
    ]
    assert str(result.total) == "1000.0"


def test_b_half_a_point_for_each_place_with_a_reason_for_each() -> None:
    sheet = thousand()
    reasons = ["paper on the floor", "dusty sill", "wilted plant"]
    answers = clean(sheet) | {
        "a0": {"value": 3, "reasons": reasons},  # −1.5
        "a1": {"value": 9, "reasons": reasons * 3},  # −4.5, at most −3
        "b0": {"value": 9, "reasons": reasons * 3},  # at most −3, but down to 0 only: −2
        "big": 1,  # −110
    }
    result = score(audit(sheet, answers))
    assert [earned(result)[name][0] for name in ("a0", "a1", "b0")] == ["3/2", "0", "0"]
    assert str(result.total) == "883.5"
    lacking = score(audit(sheet, answers | {"a0": {"value": 3, "reasons": reasons[:2]}}, finished=False)).item("a0")
    assert lacking is not None
    assert (lacking.status, lacking.missing) == ("open", ("reason",))


def test_b_not_applicable_is_full_points() -> None:
    sheet = thousand()
    result = score(audit(sheet, {name: {"na": "not_applicable"} for name in clean(sheet)}))
    assert str(result.total) == "1000.0"
    assert {one.status for one in result.items} == {"na"}


# -- c. 141 items in sections that add up to 101 -----------------------------------------------------------------

DECLARED = [12, 10, 9, 11, 8, 13, 10, 9, 11, 8]
COUNTS = [15, 14, 14, 14, 14, 14, 14, 14, 14, 14]


def hundred_and_one() -> Checklist:
    """Ten sections whose items do agree with their declared points; but 12 + 10 + … + 8 = 101."""
    sections = []
    for k, (points, count) in enumerate(zip(DECLARED, COUNTS, strict=True)):
        most = [choice(f"q{k}_{n}", "0.5") for n in range(count - 1)]
        last = choice(f"q{k}_{count - 1}", str(points - Decimal("0.5") * (count - 1)))
        sections.append(section(f"s{k}", *most, last, points=points))
    return checklist(*sections)


def test_c_sections_of_101_points_are_weights() -> None:
    sheet = hundred_and_one()
    items = [one.id for one in sheet.items()]
    assert (len(items), sum(DECLARED)) == (141, 101)
    assert str(score(audit(sheet, dict.fromkeys(items, "yes"))).total) == "100.0"
    # the whole second section wrong: 91 of 101, not 90
    wrong = {name: "no" if name.startswith("q1_") else "yes" for name in items}
    result = score(audit(sheet, wrong))
    assert result.exact == Fraction(91, 101) * 100
    assert str(result.total) == "90.1"
    # half a point of the first section's 12: (12 × 11.5/12 + 89) / 101
    result = score(audit(sheet, dict.fromkeys(items, "yes") | {"q0_0": "no"}))
    assert result.exact == Fraction("100.5") / 101 * 100
    assert part(result, "s0").weight == 12


def test_c_an_item_left_out_leaves_the_weight_of_its_section() -> None:
    sheet = hundred_and_one()
    answers = {one.id: "yes" for one in sheet.items()}
    answers |= {"q0_1": "no"}
    result = score(audit(sheet, answers | {"q0_0": {"na": "not_observed"}}))
    # 11 of 11.5 in a section that still weighs 12
    assert result.exact == (12 * Fraction(11) / Fraction("11.5") + 89) / 101 * 100


# -- d. Eight weighted groups and a critical one of weight 0 -----------------------------------------------------

WEIGHTS = [20, 15, 15, 15, 10, 10, 10, 5]


def eight() -> Checklist:
    groups = []
    for k, weight in enumerate(WEIGHTS):
        markable = {"na_codes": ["not_applicable"], "na_reason": True}
        groups.append(section(f"g{k}", choice(f"x{k}", 2), choice(f"y{k}", 3, **markable), weight=weight))
    veto = choice("cash", 1, options=[option("yes"), option("no", share=0, critical=["fail"])])
    return checklist(*groups, section("critical", veto, weight=0, **{"pass": 100}), na_codes=[], **{"pass": 80})


def all_yes() -> dict[str, Any]:
    return {f"{name}{k}": "yes" for k in range(8) for name in "xy"} | {"cash": "yes"}


def test_d_weights_of_100_and_a_zero_weight_critical_group() -> None:
    assert sum(WEIGHTS) == 100
    result = score(audit(eight(), all_yes() | {"x0": "no", "y7": "no"}))
    # 20 × 3/5 + 75 + 5 × 2/5
    assert result.exact == 12 + 75 + 2
    assert result.passed is True
    result = score(audit(eight(), all_yes() | {"cash": "no"}))
    assert (str(result.total), result.passed, part(result, "critical").passed) == ("100.0", False, False)


def test_d_not_applicable_only_where_marked_and_with_a_reason() -> None:
    answers = all_yes() | {"x0": "no"}
    marked = {"y0": {"na": "not_applicable", "reason": "no such counter here"}}
    # group 0 is renormalised before its weight: 0 of 2
    assert score(audit(eight(), answers | marked)).exact == 80
    bare = score(audit(eight(), answers | {"y0": {"na": "not_applicable"}}, finished=False))
    assert statuses(bare)["y0"] == "open"
    from auditor.audit import Answer

    unmarked = score(audit(eight(), all_yes() | {"x1": Answer(na="not_applicable", note="none")}, finished=False))
    assert statuses(unmarked)["x1"] == "open"


# -- e. A satisfaction scale in words ----------------------------------------------------------------------------

WORDS = ["poor", "weak", "fair", "good", "excellent"]
TABLE = [{"up_to": n, "share": share} for n, share in ((1, "0.1"), (2, "0.4"), (3, "0.65"), (4, "0.85"))] + [
    {"else": True, "share": 1}
]
SCALE_WEIGHTS = [20, 15, 15, 10, 10, 10, 10, 10]


def satisfaction() -> Checklist:
    sections = [
        section(f"s{k}", item(f"r{k}", "rating", points=1, labels=WORDS, bands=TABLE), weight=weight)
        for k, weight in enumerate(SCALE_WEIGHTS)
    ]
    veto = choice("shouting", None, options=[option("no"), option("yes", critical=["fail"])])
    grades = [
        {"id": name, "title": name, "from": low}
        for name, low in (("excellent", 90), ("good", 85), ("adequate", 80), ("failed", 0))
    ]
    return checklist(
        *sections,
        section("veto", veto, weight=0),
        blind=True,
        na_codes=["not_observed"],
        grades=grades,
        **{"pass": "adequate"},
    )


def rated(*steps: int, **more: Any) -> Score:
    answers = {f"r{k}": step for k, step in enumerate(steps)}
    return score(audit(satisfaction(), answers | {"shouting": "no"} | more))


@pytest.mark.parametrize(
    ("steps", "total", "grade", "passed"),
    [
        ((5, 5, 5, 5, 5, 5, 5, 5), "100.0", "excellent", True),
        # 85 × 0.65 … : 20×.85 + 15×1 + 15×1 + 10×1 + 10×.65 + 30 = 17+15+15+10+6.5+30
        ((4, 5, 5, 5, 3, 5, 5, 5), "93.5", "excellent", True),
        # 20×.85 + 15×.85 + 15×.85 + 5 × 10 × .85 = 85
        ((4, 4, 4, 4, 4, 4, 4, 4), "85.0", "good", True),
        # the first at .65: 85 − 20 × .2
        ((3, 4, 4, 4, 4, 4, 4, 4), "81.0", "adequate", True),
        # and one of ten at .4: 81 − 10 × .45
        ((3, 4, 4, 4, 4, 4, 4, 2), "76.5", "failed", False),
        ((1, 1, 1, 1, 1, 1, 1, 1), "10.0", "failed", False),
    ],
)
def test_e_words_are_points_by_a_table(steps: tuple[int, ...], total: str, grade: str, passed: bool) -> None:
    result = rated(*steps)
    assert (str(result.total), result.grade, result.passed) == (total, grade, passed)


def test_e_not_observed_leaves_and_the_veto_fails() -> None:
    # without the first: (15 + 15 + 50) × .85 of 80
    result = rated(1, 4, 4, 4, 4, 4, 4, 4, r0={"na": "not_observed"})
    assert str(result.total) == "85.0"
    result = rated(5, 5, 5, 5, 5, 5, 5, 5, shouting="yes")
    assert (str(result.total), result.grade, result.passed) == ("100.0", "excellent", False)


# -- f. Yes + 2, no − 2, zero tolerance, a bonus above the maximum ------------------------------------------------


def plus_minus() -> Checklist:
    yes_no = [option("yes"), option("no", share=-1)]
    strict = [option("yes"), option("no", share=-1, critical=["zero_total"])]
    items = [choice(f"q{n}", 2, options=yes_no, floor=-2) for n in range(9)]
    zero = choice("zero", 2, options=strict, floor=-2)
    extra = item("extra", "occurrences", points=6, unit=3, role="bonus", on="total")
    return checklist(section("s", *items, zero, extra), ceiling=110)


def plus(no: int, **more: Any) -> Score:
    answers = {f"q{n}": "no" if n < no else "yes" for n in range(9)}
    return score(audit(plus_minus(), answers | {"zero": "yes"} | more))


def test_f_yes_adds_two_and_no_takes_two() -> None:
    assert str(plus(0).total) == "100.0"
    # (18 − 2) / 20
    assert str(plus(1).total) == "80.0"
    # (10 − 10) / 20, and below 0 it stays 0
    assert str(plus(5).total) == "0.0"
    assert str(plus(7).total) == "0.0"


def test_f_a_zero_tolerance_answer_zeroes_the_total() -> None:
    result = plus(0, zero="no", extra=2)
    # (18 − 2) / 20 = 80, + 6
    assert (str(result.total), str(result.before_critical)) == ("0.0", "86.0")


def test_f_a_bonus_above_the_maximum() -> None:
    assert str(plus(0, extra=1).total) == "103.0"
    assert str(plus(0, extra=9).total) == "106.0"
    assert str(plus(1, extra=2).total) == "86.0"


# -- g. Reversed ratings and a recommendation item ----------------------------------------------------------------


def survey() -> Checklist:
    return checklist(
        section(
            "s",
            item("tidy", "rating", points=4),
            item("stress", "rating", points=4, reversed=True),
            item("noise", "rating", points=2, reversed=True),
        ),
        section("n", item("recommend", "rating", low=0, high=10)),
        decimals=2,
    )


def test_g_reversed_ratings() -> None:
    result = score(audit(survey(), {"tidy": 4, "stress": 4, "noise": 1, "recommend": 9}))
    # 4 × 3/4 + 4 × 1/4 + 2 × 4/4
    assert earned(result) == {"tidy": ("3", "4"), "stress": ("1", "4"), "noise": ("2", "2")}
    assert str(result.total) == "60.00"


def test_g_the_recommendation_item_is_kept_but_not_scored() -> None:
    """NPS over many audits is read from its values: of 10, 9, 8, 6 two promote and one detracts: 25."""
    values = [10, 9, 8, 6]
    audits = [audit(survey(), {"tidy": 5, "stress": 1, "noise": 1, "recommend": value}) for value in values]
    assert {str(score(one).total) for one in audits} == {"100.00"}
    counted = recommendation(value for one in audits for value in answers_to(one, "recommend"))
    assert (counted.promoters, counted.passives, counted.detractors) == (2, 1, 1)
    assert counted.score == 25
    assert recommendation([]).score is None


# -- h. The course assessment: four parts, each with its own rule -------------------------------------------------

LEVELS = [
    {"id": name, "title": name, "from": low}
    for name, low in (("excellent", 90), ("good", 80), ("adequate", 60), ("failed", 0))
]
SHARES = [
    option("excellent", share="0.95"),
    option("good", share="0.8"),
    option("adequate", share="0.6"),
    option("failed", share=0),
]


def assessment() -> Checklist:
    """E1: theory 30 % (80 points), skill 40 % (good), case 20 % (adequate), participation 10 % (good)."""
    star = choice("star", None, show_if="score(theory) >= 90 and score(skill) >= 90")
    return checklist(
        section("theory", item("paper", "number", points=100, bands=by_fives()), weight=30, **{"pass": 80}),
        section("skill", choice("demo", 10, options=SHARES), weight=40, grades=LEVELS, **{"pass": "good"}),
        section("case", choice("analysis", 10, options=SHARES), weight=20, grades=LEVELS, **{"pass": "adequate"}),
        section("part", choice("taking_part", 10, options=SHARES), weight=10, grades=LEVELS, **{"pass": "good"}),
        section("award", star, weight=0),
        grades=LEVELS,
    )


def by_fives() -> list[dict[str, Any]]:
    """Marks of a paper in steps of five, as points."""
    return [{"up_to": mark, "share": str(Decimal(mark) / 100)} for mark in range(0, 100, 5)] + [
        {"else": True, "share": 1}
    ]


def assessed(paper: int, demo: str, case: str, taking: str) -> Score:
    return score(audit(assessment(), {"paper": paper, "demo": demo, "analysis": case, "taking_part": taking}))


def test_h_each_part_has_its_own_rule() -> None:
    result = assessed(80, "good", "adequate", "good")
    # 30 × .8 + 40 × .8 + 20 × .6 + 10 × .8
    assert (str(result.total), result.grade, result.passed) == ("76.0", "adequate", True)
    assert [one.passed for one in result.sections] == [True, True, True, True, None]


@pytest.mark.parametrize(
    ("marks", "missed"),
    [
        ((75, "excellent", "excellent", "excellent"), "theory"),
        ((95, "adequate", "excellent", "excellent"), "skill"),
        ((95, "excellent", "failed", "excellent"), "case"),
        ((95, "excellent", "excellent", "adequate"), "part"),
    ],
)
def test_h_one_part_missed_is_no_certificate(marks: tuple[int, str, str, str], missed: str) -> None:
    result = assessed(*marks)
    assert result.passed is False
    assert [one.path for one in result.sections if one.passed is False] == [missed]


def test_h_the_service_star_is_for_the_outstanding() -> None:
    assert statuses(assessed(95, "excellent", "good", "good"))["star"] == "unscored"
    assert statuses(assessed(95, "good", "good", "good"))["star"] == "hidden"
    # 30 × .95 + 40 × .95 + 20 × .8 + 10 × .8
    assert str(assessed(95, "excellent", "good", "good").total) == "90.5"


# -- i. Three tellers in one visit --------------------------------------------------------------------------------

TELLERS = {
    # stands (2), smiles (3), both hands (5)
    "teller#1/stands": "yes", "teller#1/smiles": "no", "teller#1/hands": "yes",  # 7/10
    "teller#2/stands": "yes", "teller#2/smiles": "yes", "teller#2/hands": "no",  # 5/10
    "teller#3/stands": "no", "teller#3/smiles": {"na": "not_observed"}, "teller#3/hands": {"na": "not_observed"},  # 0/2
    "hall": "yes",
}  # fmt: skip


def tellers(combine: str, **changes: Any) -> Score:
    items = [choice("stands", 2), choice("smiles", 3), choice("hands", 5)]
    repeat = {"min": 1, "max": 5, "combine": combine, "header": [{"id": "window", "text": "Window"}]}
    sheet = checklist(
        section("teller", *items, repeat=repeat, weight=60), section("lobby", choice("hall", 4), weight=40)
    )
    return score(audit(sheet, TELLERS | {f"teller#2/{name}": value for name, value in changes.items()}))


def test_i_the_mean_of_three_tellers() -> None:
    result = tellers("mean")
    # (7/10 + 5/10 + 0) / 3 = 0.4; 60 × 0.4 + 40
    assert (part(result, "teller").ratio, part(result, "teller").possible) == (Fraction(2, 5), Fraction(22, 3))
    assert str(result.total) == "64.0"


def test_i_the_worst_of_three_tellers() -> None:
    result = tellers("worst")
    assert (part(result, "teller").ratio, part(result, "teller").possible) == (0, 2)
    assert str(result.total) == "40.0"


def test_i_any_fault_of_three_tellers() -> None:
    result = tellers("any_fault")
    # each of the three items was faulty somewhere
    assert (part(result, "teller").earned, part(result, "teller").possible) == (0, 10)
    again = tellers("any_fault", hands="yes")
    # hands: full with both tellers who were observed
    assert part(again, "teller").ratio == Fraction(1, 2)
    assert str(again.total) == "70.0"


# -- j. A section with its own mark inside a total; cap, fail and grade_down together ------------------------------


def marked() -> Checklist:
    grave = [option("yes"), option("no", share=0, critical=[{"cap": "59.9"}, "fail", "grade_down"])]
    grades = [
        {"id": name, "title": name, "from": low}
        for name, low in (("good", 85), ("adequate", 70), ("weak", 50), ("failed", 0))
    ]
    return checklist(
        section("privacy", choice("desk", 4), choice("screen", 6), **{"pass": 80}),
        section("service", choice("greet", 45), choice("smile", 30), choice("rule", 15, options=grave)),
        grades=grades,
        **{"pass": 70},
    )


GOOD = {"desk": "yes", "screen": "yes", "greet": "yes", "smile": "yes", "rule": "yes"}


def test_j_a_section_must_reach_80_inside_a_total_that_passes_at_70() -> None:
    result = score(audit(marked(), GOOD | {"desk": "no"}))
    # 96 of 100, but privacy at 6/10
    assert (str(result.total), result.grade, result.passed) == ("96.0", "good", False)
    result = score(audit(marked(), GOOD | {"smile": "no"}))
    assert (str(result.total), result.grade, result.passed) == ("70.0", "adequate", True)


def test_j_a_cap_together_with_fail_and_grade_down() -> None:
    result = score(audit(marked(), GOOD | {"rule": "no"}))
    # 85 before; capped at 59.9, which is weak, one step down is failed
    assert (str(result.before_critical), str(result.total), result.grade, result.passed) == (
        "85.0",
        "59.9",
        "failed",
        False,
    )
    assert [(one.path, one.effect) for one in result.critical] == [
        ("rule", "cap"),
        ("rule", "fail"),
        ("rule", "grade_down"),
    ]
    # below the cap already: the figure stands
    result = score(audit(marked(), GOOD | {"rule": "no", "greet": "no"}))
    assert (str(result.total), result.grade) == ("40.0", "failed")
