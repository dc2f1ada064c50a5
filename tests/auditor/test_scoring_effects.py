"""S6 and S7: critical effects in their order, pass rules and grades."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from auditor.checklist.model import Checklist
from auditor.scoring import Score, score
from tests.auditor.builders import audit, checklist, choice, item, option, part, section

GRADES = [
    {"id": "top", "title": "Top", "from": 90},
    {"id": "good", "title": "Good", "from": 70},
    {"id": "poor", "title": "Poor", "from": 0},
]


def veto(id: str, *effects: Any, full: int = 10, **more: Any) -> dict[str, Any]:
    """An item of which `bad` earns as much as `ok` but triggers effects."""
    return choice(
        id, full, options=[option("ok"), option("bad", critical=list(effects)), option("half", share="0.5")], **more
    )


def run(*effects: Any, **more: Any) -> Score:
    """A sheet at 100, of which one answer triggers the effects."""
    sheet = checklist(
        section("s", veto("a", *effects)), section("t", veto("b")), **{"grades": GRADES, "pass": 60, **more}
    )
    return score(audit(sheet, {"a": "bad", "b": "ok"}))


# -- S6 --------------------------------------------------------------------------------------------------------


def test_effects_hang_on_the_answer_that_triggers_them() -> None:
    sheet = checklist(section("s", veto("a", "fail")))
    assert score(audit(sheet, {"a": "ok"})).critical == ()
    assert [(one.path, one.effect, one.at) for one in score(audit(sheet, {"a": "bad"})).critical] == [
        ("a", "fail", None)
    ]


def test_effects_hang_on_bands_too() -> None:
    bands = [{"up_to": 15, "share": 1}, {"else": True, "share": 0, "critical": [{"cap": "59.9"}]}]
    sheet = checklist(section("s", item("d", "duration", points=1, bands=bands), veto("a", full=99)))
    assert str(score(audit(sheet, {"d": "15.1", "a": "ok"})).total) == "59.9"


def test_fail_leaves_figure_and_grade() -> None:
    result = run("fail")
    assert (str(result.total), result.grade, result.passed) == ("100.0", "top", False)


def test_no_award_changes_nothing_else() -> None:
    result = run("no_award")
    assert (str(result.total), result.grade, result.passed) == ("100.0", "top", True)
    assert [one.effect for one in result.critical] == ["no_award"]


def test_the_lowest_cap_is_the_minimum_of_total_and_cap() -> None:
    result = run({"cap": 80}, {"cap": "59.9"})
    assert (str(result.total), str(result.before_critical), result.grade, result.passed) == (
        "59.9",
        "100.0",
        "poor",
        False,
    )
    assert [one.at for one in result.critical] == [Decimal(80), Decimal("59.9")]
    sheet = checklist(section("s", veto("a", {"cap": 80}), veto("b", full=30)))
    # 10 + 15 of 40 is below the cap
    assert score(audit(sheet, {"a": "bad", "b": "half"})).exact == Fraction(25, 40) * 100


def test_a_cap_comes_after_bonuses_on_the_total() -> None:
    sheet = checklist(section("s", veto("a", {"cap": 80}), choice("x", 30, role="bonus", on="total")))
    assert score(audit(sheet, {"a": "bad", "x": "yes"})).exact == 80


def test_zero_total() -> None:
    result = run("zero_total", {"cap": 50})
    assert (result.total, str(result.before_critical), result.grade, result.passed) == (0, "100.0", "poor", False)


def test_grade_down_is_one_step_once_and_not_below_the_last() -> None:
    assert run("grade_down", "grade_down").grade == "good"
    assert run("grade_down", {"cap": 10}).grade == "poor"


def test_the_grade_follows_the_cap_and_then_goes_down() -> None:
    assert run("grade_down", {"cap": 75}).grade == "poor"


def test_zero_section_takes_the_nearest_section() -> None:
    result = run("zero_section")
    assert [(part(result, name).earned, part(result, name).status) for name in "st"] == [(0, "zeroed"), (10, "counted")]
    assert (str(result.total), str(result.before_critical)) == ("50.0", "100.0")
    assert part(result, "s").ratio == 0


def test_zero_section_takes_the_nearest_instance() -> None:
    sheet = checklist(section("teller", veto("a", "zero_section"), repeat={"combine": "mean"}))
    result = score(audit(sheet, {"teller#1/a": "bad", "teller#2/a": "ok"}))
    assert [part(result, path).ratio for path in ("teller", "teller#1", "teller#2")] == [Fraction(1, 2), 0, 1]


def test_zero_section_takes_its_bonuses_also_those_on_the_total_but_penalties_on_the_total_stand() -> None:
    sheet = checklist(
        section(
            "s",
            veto("a", "zero_section"),
            choice("x", 4, role="bonus"),
            choice("y", 5, role="bonus", on="total"),
            choice("z", 7, role="penalty", on="total"),
        ),
        section("t", veto("b", full=20), choice("w", 1, role="bonus", on="total")),
    )
    result = score(audit(sheet, {"a": "bad", "x": "yes", "y": "yes", "z": "no", "b": "half", "w": "yes"}))
    # without: (10 + 10) / 30 × 100 + 5 − 7 + 1; zeroed: 10 / 30 × 100 − 7 + 1
    assert str(result.before_critical) == "65.7"
    assert result.exact == Fraction(100, 3) - 6
    assert result.bonus == -6


def test_zero_section_under_any_fault_makes_each_item_of_the_instance_0() -> None:
    sheet = checklist(
        section("teller", veto("a", "zero_section"), veto("b"), veto("c"), repeat={"combine": "any_fault"})
    )
    answers = {"teller#1/a": "bad", "teller#1/b": "ok", "teller#2/a": "ok", "teller#2/b": "ok", "teller#2/c": "ok"}
    result = score(audit(sheet, answers))
    # a and b count in the zeroed instance and are 0 there; c counts only in the other
    assert (part(result, "teller").earned, part(result, "teller").possible) == (10, 30)
    assert str(result.before_critical) == "100.0"


def test_before_critical_is_the_whole_computation_without_any_effect() -> None:
    result = run("zero_section", {"cap": 30}, "zero_total", "fail")
    assert (result.total, str(result.before_critical)) == (0, "100.0")


def test_a_lost_answer_still_triggers_its_effects() -> None:
    lose = choice("a", 1, options=[option("ok"), option("bad", lose=["b"])])
    sheet = checklist(section("s", lose, veto("b", "fail")), **{"pass": 0})
    assert score(audit(sheet, {"a": "bad", "b": "bad"})).passed is False


def test_a_section_with_nothing_possible_is_empty_even_when_zeroed() -> None:
    sheet = checklist(
        section("s", choice("a", None, options=[option("ok"), option("bad", critical=["zero_section"])])),
        section("t", veto("b")),
    )
    result = score(audit(sheet, {"a": "bad", "b": "ok"}))
    assert (part(result, "s").status, result.exact) == ("empty", 100)


def test_a_trap_has_no_effects() -> None:
    """It is unscored and absent from reports."""
    trap = choice("a", None, trap=True, options=[option("ok"), option("bad", critical=["fail"])])
    assert score(audit(checklist(section("s", trap, veto("b"))), {"a": "bad", "b": "ok"})).critical == ()


# -- S7 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deducted", "grade", "passed"),
    [
        ("9.9", "top", True),
        ("10", "top", True),
        ("10.04", "top", True),
        ("10.05", "top", True),
        ("10.06", "good", False),
    ],
)
def test_pass_marks_and_grades_are_decided_on_the_shown_figure(deducted: str, grade: str, passed: bool) -> None:
    """S1: 89.95 is shown as 90.0 and passes at 90."""
    sheet = checklist(
        section("s", choice("a", 100, options=[option("x", deduct=deducted)])), grades=GRADES, **{"pass": 90}
    )
    result = score(audit(sheet, {"a": "x"}))
    assert (result.grade, result.passed) == (grade, passed)


@pytest.mark.parametrize(("rule", "passed"), [("top", False), ("good", True), ("poor", True), (70, True), (71, False)])
def test_a_pass_rule_is_a_figure_or_a_grade(rule: Any, passed: bool) -> None:
    sheet = checklist(section("s", choice("a", 100, options=[option("x", deduct=30)])), grades=GRADES, **{"pass": rule})
    assert score(audit(sheet, {"a": "x"})).passed is passed


def test_a_pass_rule_by_grade_looks_at_the_grade_after_grade_down() -> None:
    assert run("grade_down", **{"pass": "top"}).passed is False
    assert run("grade_down", **{"pass": "good"}).passed is True
    assert run("grade_down", **{"pass": 90}).passed is True


def two(first: dict[str, Any], answers: dict[str, Any], **more: Any) -> Score:
    sheet = checklist(section("s", veto("a"), **first), section("t", veto("b", full=90)), **more)
    return score(audit(sheet, answers))


def test_every_pass_rule_must_be_met() -> None:
    rule = {"pass": 80}
    assert two(rule, {"a": "half", "b": "ok"}, **{"pass": 90}).passed is False
    assert two(rule, {"a": "ok", "b": "ok"}, **{"pass": 90}).passed is True
    assert two(rule, {"a": "ok", "b": "half"}, **{"pass": 90}).passed is False


def test_without_a_rule_there_is_no_verdict_unless_fail_fired() -> None:
    assert run("no_award", **{"pass": None}).passed is None
    assert run("fail", **{"pass": None}).passed is False


def test_a_threshold_of_a_section_that_does_not_count_is_not_tested() -> None:
    answers = {"a": {"na": "not_observed"}, "b": "ok"}
    result = two({"pass": 80}, answers, **{"pass": 90})
    assert (part(result, "s").passed, result.passed) == (None, True)


def test_no_score_has_no_grade_and_no_verdict_but_fail_fails() -> None:
    options = [option("ok"), option("bad", critical=["fail"])]
    sheet: Checklist = checklist(
        section("s", veto("a"), choice("b", None, options=options)), grades=GRADES, **{"pass": 60}
    )
    nothing = {"a": {"na": "not_observed", "note": "closed"}}
    result = score(audit(sheet, {**nothing, "b": "ok"}))
    assert (result.total, result.grade, result.passed) == (None, None, None)
    result = score(audit(sheet, {**nothing, "b": "bad"}))
    assert (result.total, result.grade, result.passed) == (None, None, False)


def test_a_sections_figure_is_its_ratio_in_hundredths_with_the_checklists_decimals() -> None:
    grades = [{"id": "ok", "title": "OK", "from": "66.67"}, {"id": "no", "title": "No", "from": 0}]
    sheet = checklist(
        section("s", item("a", "rating", points=2, low=1, high=4), grades=grades, **{"pass": "ok"}),
        scale=1000,
        decimals=2,
    )
    result = score(audit(sheet, {"a": 3}))
    # 2/3: 66.67 of 100, although the total is 666.67 of 1,000
    assert (str(part(result, "s").figure), part(result, "s").grade, part(result, "s").passed) == ("66.67", "ok", True)
    assert str(result.total) == "666.67"


def test_a_repeating_sections_rule_looks_at_the_combined_figure() -> None:
    sheet = checklist(section("teller", veto("a"), repeat={}, **{"pass": 75}))
    result = score(audit(sheet, {"teller#1/a": "ok", "teller#2/a": "half"}))
    assert (part(result, "teller").passed, result.passed) == (True, True)
    assert (part(result, "teller#2").passed, part(result, "teller#2").figure) == (None, Decimal("50.0"))


def test_a_zeroed_section_misses_its_threshold() -> None:
    sheet = checklist(section("s", veto("a", "zero_section"), **{"pass": 1}), section("t", veto("b", full=90)))
    result = score(audit(sheet, {"a": "bad", "b": "ok"}))
    assert (str(part(result, "s").figure), part(result, "s").passed, result.passed) == ("0.0", False, False)
