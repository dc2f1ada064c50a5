"""S2, S3, S4: one status per item, whose answers are in force, not applicable, and open items."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from auditor.audit import Answer, Photo, Reason
from auditor.checklist.model import Checklist
from auditor.scoring import score
from tests.auditor.builders import audit, checklist, choice, earned, item, option, part, section, statuses


def loses(*targets: str, **more: Any) -> list[dict[str, Any]]:
    """Options of which `no` takes the points of others."""
    return [option("yes"), option("no", share=0, lose=list(targets), **more)]


def skips(target: str, **more: Any) -> list[dict[str, Any]]:
    return [option("yes"), option("no", share=0, skip=target, **more)]


# -- S2: hidden, lost, skipped, na, answered, open -------------------------------------------------------------


def test_the_first_status_that_fits_is_taken() -> None:
    """Hidden before lost before skipped before na before answered before open."""
    sheet = checklist(
        section(
            "s",
            choice("a", options=loses("hid", "los", "skp")),
            choice("b", options=skips("last")),
            choice("hid", show_if="a = yes"),
            choice("los"),
            choice("skp2"),
            choice("last"),
            choice("na"),
            choice("open"),
            choice("skp"),
        )
    )
    everything = {"a": "no", "b": "no", "hid": "yes", "los": {"na": "not_observed"}, "skp2": "yes", "last": "yes"}
    result = score(audit(sheet, everything | {"na": {"na": "not_observed"}}))
    assert statuses(result) == {
        "a": "answered",
        "b": "answered",
        "hid": "hidden",
        "los": "lost",
        "skp2": "skipped",
        "last": "answered",
        "na": "na",
        "open": "open",
        "skp": "lost",
    }


def test_hidden_and_skipped_items_leave_both_sides() -> None:
    sheet = checklist(
        section("s", choice("a", options=skips("c")), choice("b", 5), choice("c", 3), choice("d", 7, show_if="c = no"))
    )
    result = score(audit(sheet, {"a": "no", "b": "no", "c": "yes", "d": "no"}))
    assert earned(result) == {"a": ("0", "1"), "c": ("3", "3")}
    assert str(result.total) == "75.0"


def test_a_hidden_or_skipped_answer_is_not_in_force_and_does_nothing() -> None:
    """It earns nothing, loses nothing, skips nothing, triggers nothing, and no condition sees it."""
    sheet = checklist(
        section(
            "s",
            choice("gate"),
            choice("h", show_if="gate = yes", options=loses("x", skip="y", critical=["fail"])),
            choice("x"),
            choice("z", show_if="answered(h)"),
            choice("y"),
        )
    )
    result = score(audit(sheet, {"gate": "no", "h": "no", "x": "yes", "z": "yes", "y": "yes"}))
    assert statuses(result) == {"gate": "answered", "h": "hidden", "x": "answered", "z": "hidden", "y": "answered"}
    assert result.critical == ()
    assert [one.path for one in result.items if not one.in_force] == ["h", "z"]


def test_a_lost_item_counts_0_of_its_full_points_answered_or_not() -> None:
    sheet = checklist(section("s", choice("a", options=loses("b", "c")), choice("b", 2), choice("c", 3)))
    result = score(audit(sheet, {"a": "no", "b": "yes"}))
    assert earned(result) == {"a": ("0", "1"), "b": ("0", "2"), "c": ("0", "3")}
    assert result.item("c").lost_by == ("a",)  # type: ignore[union-attr]


def test_a_lost_answer_stays_in_force() -> None:
    """It goes on losing, skipping, triggering, and is seen by conditions."""
    sheet = checklist(
        section(
            "s",
            choice("a", options=loses("b")),
            choice("b", options=loses("c", skip="e", critical=["fail"])),
            choice("c"),
            choice("d"),
            choice("e", show_if="b = no"),
        )
    )
    result = score(audit(sheet, {"a": "no", "b": "no", "c": "yes", "d": "yes", "e": "yes"}))
    assert statuses(result) == {"a": "answered", "b": "lost", "c": "lost", "d": "skipped", "e": "answered"}
    assert [one.effect for one in result.critical] == ["fail"]


def test_lost_and_skipped_is_lost_with_its_answer_out_of_force() -> None:
    sheet = checklist(
        section(
            "s", choice("a", options=loses("b", skip="d")), choice("b", options=loses("c")), choice("c"), choice("d")
        )
    )
    result = score(audit(sheet, {"a": "no", "b": "no", "c": "yes", "d": "yes"}))
    assert statuses(result) == {"a": "answered", "b": "lost", "c": "skipped", "d": "answered"}
    lost = result.item("b")
    assert lost is not None
    assert (lost.earned, lost.possible, lost.in_force) == (0, 1, False)


def test_a_section_target_includes_the_item_itself() -> None:
    sheet = checklist(
        section("s", choice("a", 4, options=[option("yes"), option("half", share="0.5", lose=["s"])]), choice("b", 6))
    )
    assert earned(score(audit(sheet, {"a": "half", "b": "yes"}))) == {"a": ("0", "4"), "b": ("0", "6")}


def test_lose_takes_points_only_and_points_back_without_a_cycle() -> None:
    sheet = checklist(section("s", choice("a", options=loses("b")), choice("b", options=loses("a"))))
    result = score(audit(sheet, {"a": "no", "b": "no"}))
    assert statuses(result) == {"a": "lost", "b": "lost"}
    assert result.total == 0


def test_a_lost_bonus_earns_0_and_a_penalty_cannot_be_lost() -> None:
    sheet = checklist(
        section(
            "s",
            choice("a", 10, options=[option("yes"), option("no", deduct=1, lose=["plus", "minus"])]),
            choice("plus", 2, role="bonus"),
            choice("minus", 3, role="penalty"),
        )
    )
    result = score(audit(sheet, {"a": "no", "plus": "yes", "minus": "no"}))
    assert statuses(result) == {"a": "answered", "plus": "lost", "minus": "answered"}
    # (10 − 1 + 0 − 3) / 10
    assert result.exact == 60


def test_skip_reaches_later_items_only() -> None:
    sheet = checklist(section("s", choice("a"), choice("b", options=skips("a")), choice("c")))
    assert set(statuses(score(audit(sheet, {"a": "yes", "b": "no", "c": "yes"}))).values()) == {"answered"}


def test_skip_to_a_section_goes_on_with_its_first_item() -> None:
    sheet = checklist(
        section("s", choice("a", options=skips("t")), choice("b")), section("r", choice("c")), section("t", choice("d"))
    )
    result = score(audit(sheet, {"a": "no", "b": "yes", "c": "yes", "d": "yes"}))
    assert statuses(result) == {"a": "answered", "b": "skipped", "c": "skipped", "d": "answered"}
    assert part(result, "r").status == "empty"


def test_conditions_computed_values_and_skips_are_settled_in_dependency_order() -> None:
    """The first item waits for the last one, which a computed value shows, which a skip could hide."""
    sheet = checklist(
        section(
            "s",
            choice("first", show_if="last = yes"),
            item("n", "number"),
            item("twice", "number", value="n * 2"),
            choice("mid", options=skips("end"), show_if="twice > 10"),
            choice("last"),
            choice("end"),
        )
    )
    answers = {"first": "yes", "n": 6, "mid": "yes", "last": "yes", "end": "yes"}
    assert statuses(score(audit(sheet, answers)))["first"] == "answered"
    skipped = statuses(score(audit(sheet, answers | {"mid": "no"})))
    assert (skipped["last"], skipped["first"]) == ("skipped", "hidden")
    assert statuses(score(audit(sheet, answers | {"mid": "no", "n": 5})))["first"] == "answered"


def test_an_item_of_a_hidden_section_is_hidden() -> None:
    sheet = checklist(section("s", choice("a")), section("t", choice("b"), choice("c", None), show_if="a = yes"))
    result = score(audit(sheet, {"a": "no", "b": "no", "c": "yes"}))
    assert statuses(result) == {"a": "answered", "b": "hidden", "c": "hidden"}
    assert part(result, "t").status == "hidden"
    assert (result.answered, result.applicable) == (1, 1)


# -- S3: not applicable ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["not_applicable", "not_observed", "cannot_judge"])
def test_na_exclude_takes_the_item_from_both_sides(code: str) -> None:
    sheet = checklist(section("s", choice("a", 3), choice("b", 2)))
    result = score(audit(sheet, {"a": "no", "b": {"na": code}}))
    assert earned(result) == {"a": ("0", "3")}
    assert statuses(result)["b"] == "na"


def test_na_full_means_no_deduction_and_an_item_may_differ() -> None:
    sheet = checklist(section("s", choice("a", 3), choice("b", 2), choice("c", 5, na="exclude")), na="full")
    result = score(audit(sheet, {"a": "no", "b": {"na": "not_observed"}, "c": {"na": "not_observed"}}))
    assert earned(result) == {"a": ("0", "3"), "b": ("2", "2")}
    assert str(result.total) == "40.0"


def test_na_with_a_reason_where_the_checklist_says_so() -> None:
    sheet = checklist(section("s", choice("a"), choice("b", na_reason=False)), na_reason=True)
    open_ = score(audit(sheet, {"a": {"na": "not_observed"}, "b": {"na": "not_observed"}}, finished=False))
    assert statuses(open_) == {"a": "open", "b": "na"}
    assert open_.item("a").missing == ("na_reason",)  # type: ignore[union-attr]
    for said in ({"note": "counter closed"}, {"reason": "counter closed"}):
        assert statuses(score(audit(sheet, {"a": {"na": "not_observed", **said}})))["a"] == "na"


def test_na_on_an_item_with_a_critical_option_always_needs_a_reason() -> None:
    """S6."""
    options = [option("yes"), option("no", share=0, critical=["fail"])]
    sheet = checklist(section("s", choice("a", options=options, na_reason=False)))
    assert statuses(score(audit(sheet, {"a": {"na": "not_observed"}}))) == {"a": "open"}


def test_a_code_that_is_not_allowed_is_no_answer() -> None:
    sheet = checklist(section("s", choice("a", na_codes=["not_observed"])))
    assert statuses(score(audit(sheet, {"a": Answer(na="cannot_judge")}))) == {"a": "open"}


def test_nothing_possible_anywhere_is_no_score() -> None:
    sheet = checklist(section("s", choice("a")), **{"pass": 60, "grades": [{"id": "a", "title": "A", "from": 0}]})
    result = score(audit(sheet, {"a": {"na": "not_observed"}}))
    assert (result.total, result.exact, result.passed, result.grade) == (None, None, None, None)


# -- S4: open items --------------------------------------------------------------------------------------------


def test_the_running_figure_leaves_out_open_items_and_nothing_else() -> None:
    sheet = checklist(section("s", choice("a", 2), choice("b", 2), choice("c", 4), choice("d", 1)), na="full")
    result = score(audit(sheet, {"a": "yes", "b": "no", "c": {"na": "not_observed"}}, finished=False))
    # (2 + 0 + 4) of (2 + 2 + 4)
    assert result.exact == 75
    assert result.so_far
    assert (result.answered, result.applicable) == (3, 4)


def test_a_draft_has_no_verdict_and_its_effects_are_listed_but_not_applied() -> None:
    options = [option("yes"), option("no", share=0, critical=["zero_total", "fail"])]
    grades = [{"id": "a", "title": "A", "from": 0}]
    sheet = checklist(
        section("s", choice("a", options=options), choice("b"), **{"pass": 60}), grades=grades, **{"pass": 60}
    )
    result = score(audit(sheet, {"a": "no", "b": "yes"}, finished=False))
    assert (str(result.total), str(result.before_critical)) == ("50.0", "50.0")
    assert [one.effect for one in result.critical] == ["zero_total", "fail"]
    assert (result.passed, result.grade, part(result, "s").passed) == (None, None, None)


EVIDENCE = [
    ("always", "yes", ("note", "reason", "photo")),
    ("always", "no", ("note", "reason", "photo")),
    ("loses", "yes", ()),
    ("loses", "no", ("note", "reason", "photo")),
    ("optional", "no", ()),
    ("never", "no", ()),
]


@pytest.mark.parametrize(("demand", "given", "missing"), EVIDENCE)
def test_compulsory_evidence(demand: str, given: str, missing: tuple[str, ...]) -> None:
    evidence = {"note": demand, "reason": demand, "photo": demand}
    sheet = checklist(section("s", choice("a", 2, evidence=evidence)))
    result = score(audit(sheet, {"a": given}, finished=False)).item("a")
    assert result is not None
    assert result.missing == missing
    assert (result.status, result.earned) == (("open", None) if missing else ("answered", 2 if given == "yes" else 0))
    whole = {"value": given, "note": "seen", "reason": "seated", "photos": [Photo("ab")]}
    assert statuses(score(audit(sheet, {"a": whole}))) == {"a": "answered"}


def test_an_options_demand_goes_before_its_items_and_that_before_the_checklists() -> None:
    options = [
        option("yes"),
        option("no", share=0, evidence={"note": "never"}),
        option("half", share="0.5", evidence={"photo": "always"}),
    ]
    sheet = checklist(
        section("s", choice("a", options=options, evidence={"note": "always"}), choice("b")),
        evidence={"note": "loses", "reason": "always"},
    )

    def missing(path: str, value: str) -> tuple[str, ...]:
        found = score(audit(sheet, {path: value})).item(path)
        assert found is not None
        return found.missing

    assert missing("a", "yes") == ("note", "reason")
    assert missing("a", "no") == ("reason",)
    assert missing("a", "half") == ("note", "reason", "photo")
    assert missing("b", "no") == ("note", "reason")
    assert missing("b", "yes") == ("reason",)


def test_occurrences_that_need_a_reason_need_one_for_each() -> None:
    sheet = checklist(section("s", item("a", "occurrences", points=3, unit="0.5", evidence={"reason": "loses"})))
    two = {"value": 2, "reasons": ["paper on the floor", Reason(place="counter 3")]}
    assert statuses(score(audit(sheet, {"a": two}))) == {"a": "answered"}
    assert statuses(score(audit(sheet, {"a": two | {"reasons": ["paper", Reason()]}}))) == {"a": "open"}
    assert statuses(score(audit(sheet, {"a": 0}))) == {"a": "answered"}


def test_an_answer_without_its_evidence_earns_nothing_but_is_seen() -> None:
    """Conditions, lose, skip and critical effects see it."""
    options = [
        option("yes"),
        option("no", share=0, lose=["b"], skip="d", critical=["fail"], evidence={"note": "always"}),
    ]
    sheet = checklist(
        section("s", choice("a", options=options), choice("b"), choice("c"), choice("d", show_if="a = no"))
    )
    result = score(audit(sheet, {"a": "no", "b": "yes", "c": "yes", "d": "yes"}, finished=False))
    assert statuses(result) == {"a": "open", "b": "lost", "c": "skipped", "d": "answered"}
    assert earned(result) == {"b": ("0", "1"), "d": ("1", "1")}
    assert [one.path for one in result.critical] == ["a"]
    assert result.answered == 1


def test_an_invalid_answer_leaves_the_item_open_and_an_empty_reading_is_not_tested() -> None:
    sheet = checklist(section("s", item("a", "number", points=1), item("b", "number", points=1, valid_if="b >= a")))
    assert statuses(score(audit(sheet, {"a": 3, "b": 2}))) == {"a": "answered", "b": "open"}
    assert score(audit(sheet, {"a": 3, "b": 2})).item("b").missing == ("valid",)  # type: ignore[union-attr]
    assert statuses(score(audit(sheet, {"b": 2}))) == {"a": "open", "b": "answered"}


def test_answered_and_applicable_count_what_can_take_an_answer() -> None:
    """design §8: not hidden, lost, skipped, info, computed; unscored items count like any other."""
    sheet = checklist(
        section(
            "s",
            choice("a", options=loses("lost")),
            choice("lost"),
            choice("plain", None),
            choice("trap", None, trap=True),
            item("i", "info"),
            item("n", "number"),
            item("c", "number", value="n + 1"),
            choice("plus", 1, role="bonus"),
            choice("na"),
        )
    )
    answers = {"a": "no", "lost": "yes", "plain": "yes", "trap": "no", "na": {"na": "not_observed"}}
    result = score(audit(sheet, answers))
    assert (result.answered, result.applicable) == (4, 6)
    assert statuses(result)["plain"] == statuses(result)["trap"] == statuses(result)["i"] == "unscored"


def test_a_value_the_item_does_not_know_is_no_answer() -> None:
    sheet = checklist(section("s", choice("a"), item("r", "rating", points=1)))
    assert set(statuses(score(audit(sheet, {"a": Answer(value="gone"), "r": Answer(value=9)}))).values()) == {"open"}


def test_a_photo_item_is_answered_by_its_photos() -> None:
    sheet = checklist(section("s", item("p", "photo", points=2), choice("a", show_if="answered(p)")))
    assert score(audit(sheet, {})).item("p").missing == ("photo",)  # type: ignore[union-attr]
    result = score(audit(sheet, {"p": Answer(photos=(Photo("ab"),)), "a": "yes"}))
    assert earned(result) == {"p": ("2", "2"), "a": ("1", "1")}


def wordless() -> Checklist:
    return checklist(section("s", choice("a", 1), choice("b", 3)))


@pytest.mark.parametrize("said", [Answer(), Answer(note="later"), Answer(value=())])
def test_a_note_alone_is_no_answer(said: Answer) -> None:
    result = score(audit(wordless(), {"a": "yes", "b": said}))
    assert statuses(result)["b"] == "open"
    assert result.exact == Fraction(100)
