"""Conditions and computed values as the engine lets them see a visit (scoring.md, last paragraph; S2, S5)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from auditor.scoring import score
from tests.auditor.builders import audit, checklist, choice, earned, group, item, option, part, section, statuses


def shown(condition: str, answers: dict[str, Any], **more: Any) -> bool:
    """Whether an item shown on a condition is shown."""
    sheet = checklist(
        section(
            "s", choice("gate"), choice("a"), item("n", "number"), item("t", "time"), choice("probe", show_if=condition)
        ),
        **more,
    )
    return statuses(score(audit(sheet, answers)))["probe"] != "hidden"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("a = yes", True),
        ("a != yes", False),
        ("n = 3", False),
        ("n != 3", True),
        ("n < 3", False),
        ("n >= 3", False),
        ("n + 1 > 0", False),
        ("answered(n)", False),
        ("is_na(n)", False),
        ("not answered(n)", True),
        ("answered(a) and not is_na(a)", True),
        ("n", False),
    ],
)
def test_an_answer_not_given_is_empty(condition: str, expected: bool) -> None:
    assert shown(condition, {"a": "yes"}) is expected


@pytest.mark.parametrize(
    ("condition", "expected"), [("a = yes", False), ("answered(a)", False), ("is_na(a)", True), ("a != yes", True)]
)
def test_not_applicable_is_empty_and_known_as_such(condition: str, expected: bool) -> None:
    assert shown(condition, {"a": {"na": "not_observed"}}) is expected


def test_an_answer_not_in_force_is_empty() -> None:
    sheet = checklist(
        section("s", choice("gate"), choice("a", show_if="gate = yes"), choice("probe", show_if="a = yes or is_na(a)"))
    )
    assert statuses(score(audit(sheet, {"gate": "no", "a": "yes"})))["probe"] == "hidden"
    assert statuses(score(audit(sheet, {"gate": "no", "a": {"na": "not_observed"}})))["probe"] == "hidden"


def test_today_is_the_visits_date() -> None:
    sheet = checklist(section("s", item("d", "date"), choice("probe", show_if="days_between(d, today()) > 30")))
    made = {"d": "2026-02-02"}
    assert statuses(score(audit(sheet, made, visited="2026-03-05T23:59:00+08:00")))["probe"] == "open"
    assert statuses(score(audit(sheet, made, visited="2026-03-04T00:01:00+08:00")))["probe"] == "hidden"


# -- computed values -------------------------------------------------------------------------------------------


def test_a_computed_item_is_answered_when_it_has_a_value_and_scored_by_its_bands() -> None:
    bands = [{"up_to": 10, "share": 1}, {"else": True, "share": 0, "critical": ["no_award"], "lose": ["b"]}]
    wait = item("wait", "number", points=4, value="minutes_between(taken, called)", bands=bands)
    sheet = checklist(section("s", item("taken", "time"), item("called", "time"), wait, choice("b")))
    quick = score(audit(sheet, {"taken": "10:00", "called": "10:10", "b": "yes"}))
    assert earned(quick) == {"wait": ("4", "4"), "b": ("1", "1")}
    assert quick.computed == {"wait": Decimal(10)}
    slow = score(audit(sheet, {"taken": "10:00", "called": "10:11", "b": "yes"}))
    assert earned(slow) == {"wait": ("0", "4"), "b": ("0", "1")}
    assert [one.effect for one in slow.critical] == ["no_award"]


def test_a_computed_item_without_a_value_is_na_exclude() -> None:
    """Also where the checklist says `na: full`; and it is not in `answered` or `applicable`."""
    sheet = checklist(
        section("s", item("n", "number"), item("c", "number", points=5, value="10 / n"), choice("a")), na="full"
    )
    for n in (None, 0):
        result = score(audit(sheet, {"n": n, "a": "yes"}))
        assert statuses(result)["c"] == "na"
        assert earned(result) == {"a": ("1", "1")}
        assert result.computed == {"c": None}
        assert (result.answered, result.applicable) == (2 if n == 0 else 1, 2)


def test_is_na_of_a_computed_item_tells_whether_it_is_empty() -> None:
    sheet = checklist(
        section("s", item("n", "number"), item("c", "number", value="n + 1"), choice("probe", show_if="is_na(c)"))
    )
    assert statuses(score(audit(sheet, {})))["probe"] == "open"
    assert statuses(score(audit(sheet, {"n": 1})))["probe"] == "hidden"


def test_a_computed_value_is_stored_half_up_and_read_as_stored() -> None:
    third = item("third", "number", decimals=1, value="n / 3")
    sheet = checklist(section("s", item("n", "number"), third, item("again", "number", decimals=3, value="third * 3")))
    assert score(audit(sheet, {"n": 2})).computed == {"third": Decimal("0.7"), "again": Decimal("2.100")}
    assert score(audit(sheet, {"n": -2})).computed == {"third": Decimal("-0.7"), "again": Decimal("-2.100")}


def test_a_hidden_computed_item_is_empty() -> None:
    sheet = checklist(
        section(
            "s", choice("gate"), item("c", "number", value="5", show_if="gate = yes"), choice("probe", show_if="c = 5")
        )
    )
    assert statuses(score(audit(sheet, {"gate": "no"})))["probe"] == "hidden"
    assert statuses(score(audit(sheet, {"gate": "yes"})))["probe"] == "open"


def test_an_answer_at_the_path_of_a_computed_item_is_ignored() -> None:
    from auditor.audit import Answer

    sheet = checklist(section("s", item("c", "number", points=1, value="1 + 1")))
    assert score(audit(sheet, {"c": Answer(value=Decimal(9))})).computed == {"c": Decimal(2)}


# -- score(s) --------------------------------------------------------------------------------------------------


HALF = [option("yes"), option("half", share="0.5"), option("no", share=0, critical=["zero_section"])]


def scored_section(condition: str, **more: Any) -> Any:
    lose = choice("lose", None, options=[option("keep"), option("take", lose=["b"])])
    return checklist(
        section("s", choice("a", 1, options=HALF), choice("b", 3, options=HALF, **more)),
        section("t", lose, choice("probe", None, show_if=condition)),
    )


def test_score_is_the_exact_ratio_by_the_running_figure() -> None:
    sheet = scored_section("score(s) = 62.5")
    # (1 + 1.5) / 4
    assert statuses(score(audit(sheet, {"a": "yes", "b": "half"})))["probe"] == "unscored"
    # b open: 1 / 1
    assert statuses(score(audit(sheet, {"a": "yes"})))["probe"] == "hidden"
    assert statuses(score(audit(scored_section("score(s) = 100"), {"a": "yes"})))["probe"] == "unscored"


def test_score_is_exact_not_rounded() -> None:
    sheet = checklist(
        section("s", item("r", "rating", points=1, low=0, high=3)),
        section(
            "t",
            choice("above", None, show_if="score(s) > 33.3333333"),
            choice("same", None, show_if="score(s) * 3 = 100"),
        ),
    )
    assert set(statuses(score(audit(sheet, {"r": 1}))).values()) == {"answered", "unscored"}


def test_score_comes_before_critical_effects() -> None:
    sheet = scored_section("score(s) = 75")
    result = score(audit(sheet, {"a": "no", "b": "yes"}))
    assert part(result, "s").ratio == 0
    assert statuses(result)["probe"] == "unscored"


def test_score_waits_for_what_can_lose_something_in_its_section() -> None:
    assert (
        statuses(score(audit(scored_section("score(s) = 25"), {"a": "yes", "b": "yes", "lose": "take"})))["probe"]
        == "unscored"
    )


def test_score_leaves_out_invalid_answers() -> None:
    sheet = checklist(
        section("s", item("n", "number", points=1, valid_if="n < 10"), choice("a", 1)),
        section("t", choice("probe", None, show_if="score(s) = 0")),
    )
    assert statuses(score(audit(sheet, {"n": 50, "a": "no"})))["probe"] == "unscored"
    assert statuses(score(audit(sheet, {"n": 5, "a": "no"})))["probe"] == "hidden"


LATER = "score(s) = 100"


def early(*later: dict[str, Any]) -> Any:
    """An item shown on a score that is settled only further down."""
    return checklist(section("t", choice("probe", None, show_if=LATER), choice("gate", None)), *later)


def test_score_waits_for_what_hides_something_in_its_section() -> None:
    sheet = early(section("s", choice("x"), choice("y", show_if="gate = yes")))
    assert statuses(score(audit(sheet, {"gate": "no", "x": "yes", "y": "no"})))["probe"] == "unscored"
    assert statuses(score(audit(sheet, {"gate": "yes", "x": "yes", "y": "no"})))["probe"] == "hidden"


def test_score_waits_for_whether_a_losing_answer_is_in_force() -> None:
    take = [option("keep"), option("take", lose=["s"])]
    sheet = early(section("s", choice("x")), section("u", choice("z", None, options=take, show_if="gate = yes")))
    assert statuses(score(audit(sheet, {"gate": "no", "x": "yes", "z": "take"})))["probe"] == "unscored"
    assert statuses(score(audit(sheet, {"gate": "yes", "x": "yes", "z": "take"})))["probe"] == "hidden"


def test_score_waits_for_whether_a_skip_is_in_force() -> None:
    jump = [option("on"), option("off", skip="end")]
    sheet = early(
        section("u", choice("z", None, options=jump, show_if="gate = yes")),
        section("s", choice("x"), choice("y")),
        section("v", choice("end")),
    )
    assert statuses(score(audit(sheet, {"gate": "no", "x": "yes", "y": "yes", "z": "off"})))["probe"] == "unscored"
    assert statuses(score(audit(sheet, {"gate": "yes", "x": "yes", "y": "yes", "z": "off"})))["probe"] == "hidden"


def test_score_waits_for_what_says_whether_its_answers_are_valid() -> None:
    sheet = early(
        section("s", choice("x"), item("n", "number", points=1, bands=ZERO, valid_if="n < most")),
        section("u", item("most", "number", show_if="gate = yes")),
    )
    # most is 1 where it is shown: n is not valid and stays out
    assert statuses(score(audit(sheet, {"gate": "yes", "x": "yes", "n": 5, "most": 1})))["probe"] == "unscored"
    assert statuses(score(audit(sheet, {"gate": "no", "x": "yes", "n": 5, "most": 1})))["probe"] == "hidden"


ZERO = [{"else": True, "share": 0}]


def test_score_is_empty_when_nothing_is_possible() -> None:
    nothing = {"a": {"na": "not_observed", "note": "x"}, "b": {"na": "not_observed", "note": "x"}}
    assert statuses(score(audit(scored_section("score(s) >= 0"), nothing)))["probe"] == "hidden"


# -- repeating sections ----------------------------------------------------------------------------------------


def tellers(condition: str, where: str = "outside") -> Any:
    probe = choice("probe", None, show_if=condition)
    inside = [choice("a", 1), item("n", "number"), *([probe] if where == "inside" else [])]
    return checklist(
        section("teller", *inside, repeat={}), section("t", *([probe] if where == "outside" else [choice("z")]))
    )


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("any(a = no)", True),
        ("all(a = yes)", False),
        ("count(a = yes) = 2", True),
        ("count(n) = 2", True),
        ("min(n) = 3 and max(n) = 8", True),
        ("mean(n) = 5.5", True),
        ("a = yes", False),
        ("score(teller) > 66 and score(teller) < 67", True),
    ],
)
def test_outside_its_instance_a_repeated_item_is_read_through_aggregates_only(condition: str, expected: bool) -> None:
    answers = {"teller#1/a": "yes", "teller#2/a": "no", "teller#3/a": "yes", "teller#1/n": 3, "teller#3/n": 8}
    assert (statuses(score(audit(tellers(condition), answers)))["probe"] != "hidden") is expected


@pytest.mark.parametrize(
    ("condition", "expected"),
    [("any(a = no)", False), ("all(a = yes)", False), ("count(n) = 0", True), ("min(n) = 0", False)],
)
def test_over_no_values(condition: str, expected: bool) -> None:
    assert (statuses(score(audit(tellers(condition), {})))["probe"] != "hidden") is expected


def test_inside_an_instance_a_name_means_its_own() -> None:
    sheet = tellers("a = no", "inside")
    found = statuses(score(audit(sheet, {"teller#1/a": "yes", "teller#2/a": "no"})))
    assert (found["teller#1/probe"], found["teller#2/probe"]) == ("hidden", "unscored")


def test_an_instance_does_not_see_into_another_section_s_instances() -> None:
    sheet = checklist(
        section("teller", choice("a"), repeat={}),
        section(
            "caller", choice("one", None, show_if="a = yes"), choice("many", None, show_if="any(a = yes)"), repeat={}
        ),
    )
    found = statuses(score(audit(sheet, {"teller#1/a": "yes", "caller#1/one": "yes", "caller#1/many": "yes"})))
    assert (found["caller#1/one"], found["caller#1/many"]) == ("hidden", "unscored")


def test_a_repeating_sections_condition_stands_outside_its_instances() -> None:
    sheet = checklist(section("s", choice("gate")), section("teller", choice("a"), repeat={}, show_if="gate = yes"))
    result = score(audit(sheet, {"gate": "no", "teller#1/a": "yes"}))
    assert statuses(result)["teller#1/a"] == "hidden"
    assert [part(result, path).status for path in ("teller", "teller#1")] == ["hidden", "hidden"]


def test_a_section_within_an_instance_is_shown_by_that_instance() -> None:
    sheet = checklist(
        group("desk", section("in", choice("a")), section("out", choice("b"), show_if="a = yes"), repeat={})
    )
    result = score(audit(sheet, {"desk#1/a": "yes", "desk#1/b": "no", "desk#2/a": "no", "desk#2/b": "no"}))
    assert [part(result, f"desk#{n}/out").status for n in (1, 2)] == ["counted", "hidden"]
    assert part(result, "desk").ratio == Fraction(1, 4)


# -- require_if ------------------------------------------------------------------------------------------------


def test_require_if_demands_what_is_optional() -> None:
    sheet = checklist(
        section(
            "s",
            choice("a"),
            item("why", "text", required=False, require_if="a = no"),
            choice("plus", 1, role="bonus", require_if="a = no"),
        )
    )
    for answer, missing in (("no", ("require",)), ("yes", ())):
        result = score(audit(sheet, {"a": answer}))
        assert [one.missing for one in result.items] == [(), missing, missing]
    assert score(audit(sheet, {"a": "no", "why": "late", "plus": "no"})).item("why").missing == ()  # type: ignore[union-attr]
