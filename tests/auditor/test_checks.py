"""What needs the whole checklist: each rule bites where it should, at its place, and nowhere else (S2, S4–S7)."""

from __future__ import annotations

import ast
import inspect
import sys
from typing import Any

import pytest

from auditor.checklist import snapshot
from auditor.checklist.checks import RULES, check
from auditor.checklist.model import Checklist
from auditor.checklist.outline import Outline
from auditor.words import catalogue
from tests.auditor.builders import choice, group, item, option, section

YES = option("yes")
NO = option("no", share=0)


def flaws(*sections: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """(name, path) of every flaw; the checklist is sound but for what the test says."""
    plain = {"id": "c", "version": "1", "title": "c", "sections": list(sections), **more}
    return [(flaw.name, ".".join(str(step) for step in flaw.path)) for flaw in check(Checklist.model_validate(plain))]


def of(*items: dict[str, Any], **more: Any) -> list[tuple[str, str]]:
    """The flaws of these items in one section, paths from the item on."""
    found = flaws(section("s", *items), **more)
    return [(name, path.removeprefix("sections.0.items.")) for name, path in found]


def test_a_sound_checklist_has_no_flaws() -> None:
    assert (
        flaws(
            section(
                "hall",
                choice("a", 5),
                choice("b", 3, options=[YES, option("no", deduct=1, critical=["fail"], lose=["a"])]),
                weight=40,
            ),
            section(
                "teller", choice("c", 2), item("n", "number", show_if="c = no"), weight=60, repeat={"combine": "worst"}
            ),
            grades=[{"id": "good", "title": "g", "from": 80}, {"id": "poor", "title": "p", "from": 0}],
            **{"pass": "good"},
        )
        == []
    )


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([choice("a"), choice("a")], ("same_id_twice", "1.id")),
        ([choice("s")], ("same_id_twice", "0.id")),
        ([choice("a", options=[YES, NO, YES])], ("same_id_twice", "0.options.2.id")),
        ([choice("a", faults=[option("f"), option("f")])], ("same_id_twice", "0.faults.1.id")),
        ([choice("and")], ("word_as_id", "0.id")),
        ([choice("a", options=[YES, option("no", share=0, lose=["x"])])], ("unknown_target", "0.options.1.lose.0")),
        (
            [choice("first"), choice("b", options=[YES, option("no", share=0, lose=["frist"])])],
            ("unknown_target_guess", "1.options.1.lose.0"),
        ),
        ([choice("a", options=[YES, option("no", share=0, skip="x")])], ("unknown_target", "0.options.1.skip")),
    ],
)
def test_ids_are_unique_and_references_lead_somewhere(items: list[dict[str, Any]], expected: tuple[str, str]) -> None:
    assert of(*items) == [expected]


def multi(*options: dict[str, Any]) -> dict[str, Any]:
    return item("m", "multi", points=4, options=[option("fine", exclusive=True), *options])


@pytest.mark.parametrize(
    ("options", "name"),
    [
        ([option("x", deduct=1, replaces=["y"])], "unknown_target"),
        ([option("x", deduct=1, replaces=["x"])], "replaces_itself"),
        ([option("x", replaces=["y"]), option("y", replaces=["z"]), option("z", deduct=1)], "replaced_replaces"),
    ],
)
def test_a_replaced_fault_replaces_nothing(options: list[dict[str, Any]], name: str) -> None:
    """S5"""
    assert of(multi(*options)) == [(name, "0.options.1.replaces.0")]


def test_a_checklist_serves_some_kind_of_check() -> None:
    assert flaws(section("s", choice("a")), checks=[]) == [("no_entries", "checks")]


def test_personas_are_played_and_known() -> None:
    """A12"""
    persona = {"id": "p", "title": "p"}
    scene = {"id": "z", "title": "z", "persona": "q"}
    assert flaws(section("s", choice("a")), personas=[persona], scenarios=[scene]) == [
        ("unknown_target", "scenarios.0.persona"),
        ("unused_persona", "personas.0.id"),
    ]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (item("a", "number", options=[YES, option("no")]), ("key_of_other_kind", "0.options")),
        (choice("a", unit=1), ("key_of_other_kind", "0.unit")),
        (choice("a", high=9), ("key_of_other_kind", "0.high")),
        (
            choice("a", options=[YES, option("no", share=0, exclusive=True)]),
            ("key_of_other_kind", "0.options.1.exclusive"),
        ),
        (item("a", "info", na_codes=[]), ("key_of_info", "0.na_codes")),
        (item("a", "number", value="1 + 1", na_reason=True), ("key_of_computed", "0.na_reason")),
        (choice("a", valid_text="x"), ("key_needs", "0.valid_text")),
        (choice("a", on="total"), ("key_needs", "0.on")),
        (choice("a", options=[YES]), ("options_wanted", "0")),
        (item("a", "multi"), ("options_wanted", "0")),
        (item("a", "multi", points=1, options=[option("x", deduct=1)]), ("no_fault_wanted", "0.options")),
        (item("a", "occurrences", points=1), ("unit_wanted", "0")),
        (item("a", "number", points=1), ("bands_wanted", "0.points")),
        (choice("a", 1, floor=2), ("floor_above", "0.floor")),
        (choice("a", None, floor=-1, options=[YES, option("no")]), ("points_missing", "0.floor")),
        (choice("a", None), ("points_missing", "0.options.1.share")),
        (choice("a", None, role="bonus", options=[YES, option("no")]), ("points_missing", "0.role")),
        (choice("a", options=[YES, option("no", deduct=2)]), ("deducts_more", "0.options.1.deduct")),
        (choice("a", options=[YES, option("no")]), ("same_points", "0.options")),
        (choice("a", trap=True), ("trap_points", "0.trap")),
        (choice("a", required=False), ("scored_not_required", "0.required")),
        (choice("a", require_if="b = yes"), ("required_anyway", "0.require_if")),
        (item("a", "rating", low=5, high=1), ("rating_ends", "0.high")),
        (item("a", "rating", labels=["x"]), ("rating_labels", "0.labels")),
    ],
)
def test_keys_fit_their_kind(part: dict[str, Any], expected: tuple[str, str]) -> None:
    """S4, S5"""
    assert of(part, choice("b")) == [expected]


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        ([{"up_to": 5}, {"up_to": 5, "share": 0}, {"else": True}], ("bands_overlap", "0.bands.1.up_to")),
        ([{"up_to": 9}, {"up_to": 5, "share": 0}, {"else": True}], ("bands_overlap", "0.bands.1.up_to")),
        ([{"up_to": 5}], ("else_missing", "0.bands.0")),
        ([{"else": True}, {"up_to": 5}, {"else": True}], ("else_not_last", "0.bands.0.else")),
        ([{"up_to": -1}, {"else": True}], ("band_never", "0.bands.0.up_to")),
    ],
)
def test_bands_rise_and_are_closed(bands: list[dict[str, Any]], expected: tuple[str, str]) -> None:
    """S5"""
    assert of(item("a", "duration", points=1, bands=bands)) == [expected]


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([section("a", choice("q"), weight=1), section("b", choice("r"))], ("weight_missing", "sections.1")),
        ([section("a", choice("q"), weight=1, points=1)], ("weight_and_points", "sections.0.points")),
        ([section("a", choice("q", 100), points=100), section("b", choice("r"))], ("declared_missing", "sections.1")),
        ([section("a", choice("q"), weight=0)], ("weights_zero", "sections.0.weight")),
        ([section("a", choice("q", 101), points=101)], ("scale_sum", "sections.0.points")),
        ([section("a", choice("q", 99), points=100)], ("items_sum", "sections.0.points")),
        ([group("a", section("b", choice("q", 60), points=60), points=100)], ("sections_sum", "sections.0.points")),
        (
            [{**section("a", choice("q")), "sections": [section("b", choice("r"))]}],
            ("items_and_sections", "sections.0.sections"),
        ),
        ([section("a", choice("q")), section("b")], ("empty_section", "sections.1")),
        (
            [group("a", section("b", choice("q"), repeat={}), repeat={})],
            ("nested_repeat", "sections.0.sections.0.repeat"),
        ),
        ([section("a", choice("q"), repeat={"min": 3, "max": 2})], ("repeat_ends", "sections.0.repeat")),
        (
            [section("a", choice("q"), repeat={"combine": "any_fault"}, max_deduction=1)],
            ("any_fault_cap", "sections.0.max_deduction"),
        ),
        (
            [section("a", choice("q"), choice("r", role="bonus"), repeat={"combine": "any_fault"})],
            ("any_fault_bonus", "sections.0.items.1.role"),
        ),
        ([group("a", section("b", choice("q")), max_deduction=1)], ("cap_of_sections", "sections.0.max_deduction")),
        (
            [section("a", choice("q"), repeat={"header": [option("q")]})],
            ("same_id_twice", "sections.0.repeat.header.0.id"),
        ),
    ],
)
def test_sections_stand_together(sections: list[dict[str, Any]], expected: tuple[str, str]) -> None:
    """S5"""
    assert flaws(*sections) == [expected]


def test_a_real_sheet_that_adds_up_to_101_is_only_warned_of() -> None:
    """Issue example c"""
    plain = {
        "id": "c",
        "version": "1",
        "title": "c",
        "sections": [section("a", choice("q", 60), points=60), section("b", choice("r", 41), points=41)],
    }
    (flaw,) = check(Checklist.model_validate(plain))
    assert (flaw.name, flaw.warning, flaw.values["sum"]) == ("scale_sum", True, "101")


def critical(*effects: Any, **more: Any) -> dict[str, Any]:
    return choice("a", options=[YES, option("no", share=0, critical=list(effects))], **more)


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (critical({"cap": 59.95}), ("cap_decimals", "0.options.1.critical.0")),
        (critical("fail", "grade_down"), ("grade_down_grades", "0.options.1.critical.1")),
        (critical("fail", role="bonus"), ("critical_optional", "0.options.1.critical.0")),
        (critical("fail", role="penalty"), ("critical_optional", "0.options.1.critical.0")),
        (
            item("a", "number", required=False, bands=[{"up_to": 1, "critical": ["fail"]}, {"else": True}]),
            ("critical_optional", "0.bands.0.critical.0"),
        ),
    ],
)
def test_critical_effects_have_what_they_need(part: dict[str, Any], expected: tuple[str, str]) -> None:
    """S6"""
    assert of(part) == [expected]


def test_a_cap_as_fine_as_the_figures_is_fine() -> None:
    assert of(critical({"cap": "59.9"})) == []
    assert of(critical({"cap": "59.95"}), decimals=2) == []


def grades(*bounds: float) -> list[dict[str, Any]]:
    return [{"id": f"g{n}", "title": "g", "from": bound} for n, bound in enumerate(bounds)]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"grades": grades(80, 80, 0)}, ("grades_fall", "grades.1.from")),
        ({"grades": grades(60, 80, 0)}, ("grades_fall", "grades.1.from")),
        ({"grades": grades(80, 60)}, ("grades_end", "grades.1.from")),
        ({"grades": grades(120, 0)}, ("grade_unreachable", "grades.0.from")),
        ({"grades": grades(50, 0), "pass": "g11"}, ("unknown_target_guess", "pass")),
        ({"pass": "good"}, ("unknown_target", "pass")),
        ({"pass": 101}, ("pass_unreachable", "pass")),
    ],
)
def test_grades_fall_to_zero_and_can_be_reached(more: dict[str, Any], expected: tuple[str, str]) -> None:
    """S7"""
    assert flaws(section("s", choice("a")), **more) == [expected]
    prefixed = (expected[0], f"sections.0.{expected[1]}")
    assert flaws(section("s", choice("a"), **more)) == [prefixed]


def test_grades_of_a_checklist_that_scores_nothing_are_idle() -> None:
    found = flaws(section("s", item("a", "text")), grades=grades(50, 0), scale=100)
    assert found == [("nothing_scored", "scale"), ("nothing_scored", "grades")]


def leads(**consequence: Any) -> dict[str, Any]:
    return choice("a", options=[YES, option("no", share=0, **consequence)])


@pytest.mark.parametrize(
    ("sections", "expected"),
    [
        ([section("s", choice("b"), leads(skip="b"))], ("skip_back", "sections.0.items.1.options.1.skip")),
        ([section("s", leads(skip="a"))], ("skip_back", "sections.0.items.0.options.1.skip")),
        ([section("s", leads(skip="s"))], ("skip_back", "sections.0.items.0.options.1.skip")),
        (
            [section("s", leads(skip="b")), section("t", choice("b"), repeat={})],
            ("skip_into_repeat", "sections.0.items.0.options.1.skip"),
        ),
        (
            [section("s", leads(lose=["p"]), choice("p", role="penalty"))],
            ("lose_penalty", "sections.0.items.0.options.1.lose.0"),
        ),
        (
            [section("s", leads(lose=["t"]), item("t", "text"))],
            ("lose_unscored", "sections.0.items.0.options.1.lose.0"),
        ),
    ],
)
def test_skips_go_forward_and_what_is_lost_has_points(
    sections: list[dict[str, Any]], expected: tuple[str, str]
) -> None:
    """S2"""
    assert flaws(*sections) == [expected]


def test_a_skip_to_a_whole_repeating_section_or_within_an_instance_is_fine() -> None:
    assert flaws(section("s", leads(skip="t")), section("t", choice("b"), repeat={})) == []
    assert flaws(section("t", leads(skip="c"), choice("b"), choice("c"), repeat={})) == []


def test_an_item_that_every_answer_skips_is_seen_by_nobody() -> None:
    jump = choice("a", na_codes=[], options=[option("yes", skip="c"), option("no", share=0, skip="d")])
    assert of(jump, choice("b"), choice("c"), choice("d")) == [("unreachable", "1.id")]
    assert of({**jump, "na_codes": ["not_observed"]}, choice("b"), choice("c"), choice("d")) == []


def test_an_item_whose_condition_never_holds_is_seen_by_nobody() -> None:
    never = "a = yes and a = no"
    assert of(choice("a"), choice("b", show_if=never)) == [("always_false", "1.show_if"), ("unreachable", "1.id")]
    found = flaws(section("s", choice("a")), section("t", choice("b"), choice("c"), show_if=never))
    assert found == [
        ("always_false", "sections.1.show_if"),
        ("unreachable", "sections.1.items.0.id"),
        ("unreachable", "sections.1.items.1.id"),
    ]
    assert of(choice("a"), choice("b", show_if="a = yes or a != yes")) == [("always_true", "1.show_if")]


@pytest.mark.parametrize(
    ("key", "text", "name"),
    [
        ("show_if", "a =", "ends"),
        ("require_if", "a = xx", "option"),
        ("valid_if", "nobody > 1", "unknown"),
        ("value", "a = yes", "wants_number"),
        ("show_if", "score(nowhere) > 1", "unknown"),
    ],
)
def test_expressions_are_checked_at_their_offset(key: str, text: str, name: str) -> None:
    plain = {
        "id": "c",
        "version": "1",
        "title": "c",
        "sections": [section("s", choice("a"), item("n", "number", **{key: text}))],
    }
    (flaw,) = check(Checklist.model_validate(plain))
    assert (flaw.area, flaw.name, flaw.path) == ("expressions", name, ("sections", 0, "items", 1, key))
    assert flaw.offset == {"ends": 3, "option": 4, "unknown": flaw.offset, "wants_number": 2}[name]


def test_a_repeated_item_is_read_from_outside_only_by_aggregates() -> None:
    """S5"""
    repeated = section("t", choice("b"), choice("c", show_if="b = yes"), repeat={})
    assert flaws(repeated, section("s", choice("a", show_if="b = yes"))) == [("repeated", "sections.1.items.0.show_if")]
    assert flaws(repeated, section("s", choice("a", show_if="any(b = yes)"))) == []


def number(id: str, **more: Any) -> dict[str, Any]:
    return item(id, "number", **more)


@pytest.mark.parametrize(
    ("sections", "cycle"),
    [
        ([section("s", choice("a", show_if="a = yes"))], "a → a"),
        ([section("s", choice("a", show_if="b = yes"), choice("b", show_if="a = yes"))], "a → b → a"),
        ([section("s", number("a", value="b + 1"), number("b", value="c"), number("c", value="a"))], "a → b → c → a"),
        ([section("s", number("a", require_if="answered(b)"), number("b", require_if="answered(a)"))], "a → b → a"),
        ([section("s", choice("a"), show_if="a = yes")], "a → s → a"),
        (
            [
                section(
                    "s",
                    choice("a", show_if="c = yes", options=[option("yes", skip="c"), NO]),
                    choice("b"),
                    choice("c", show_if="b = yes"),
                )
            ],
            "a → c → b → a",
        ),
        ([section("s", number("a", value="score(s)"), choice("b"))], "a → score(s) → a"),
        (
            [
                section("s", choice("b")),
                section("t", choice("a", show_if="score(s) > 1", options=[YES, option("no", share=0, lose=["b"])])),
            ],
            "a → score(s) → a",
        ),
        (
            [
                group("g", section("s", choice("b"))),
                section("t", choice("a", show_if="score(s) > 1", options=[YES, option("no", share=0, lose=["g"])])),
            ],
            "a → score(s) → a",
        ),
        (
            [section("s", number("b", valid_if="b < a")), section("t", number("a", value="score(s)"))],
            "a → score(s) → a",
        ),
    ],
)
def test_nothing_waits_for_itself(sections: list[dict[str, Any]], cycle: str) -> None:
    """S2: conditions, computed values and skips form no cycle, `lose` none through score(s)."""
    plain = {"id": "c", "version": "1", "title": "c", "sections": sections}
    found = [flaw for flaw in check(Checklist.model_validate(plain)) if flaw.name == "cycle"]
    assert [flaw.values["cycle"] for flaw in found] == [cycle]


def test_losing_each_other_is_no_cycle() -> None:
    """S2: being lost never changes which answers are in force."""
    a = choice("a", options=[YES, option("no", share=0, lose=["b", "s"])])
    b = choice("b", options=[YES, option("no", share=0, lose=["a"])])
    assert of(a, b) == []


def test_a_later_condition_after_a_skip_is_no_cycle() -> None:
    jump = choice("a", options=[YES, option("no", share=0, skip="d")])
    assert (
        of(jump, choice("b", show_if="a = yes"), choice("c", show_if="b = yes"), choice("d", show_if="b = yes")) == []
    )


def test_a_missing_language_is_reported_a_plain_text_is_not() -> None:
    found = flaws(
        section("s", {**choice("a"), "text": {"zh": "甲"}, "faults": [{"id": "f", "text": {"en": "f"}}]}),
        title={"en": "c"},
    )
    assert found == [
        ("no_zh", "title"),
        ("no_en", "sections.0.items.0.text"),
        ("no_zh", "sections.0.items.0.faults.0.text"),
    ]


def test_every_rule_has_its_words() -> None:
    """A rule that says something no catalogue knows would show its key."""
    known = catalogue("zh", "checklist").keys() | catalogue("zh", "expressions").keys()
    for rule in RULES:
        tree = ast.parse(inspect.getsource(sys.modules[rule.__module__]))
        calls = [
            node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Flaw"
        ]
        said = {one.args[1].value for one in calls if len(one.args) > 1 and isinstance(one.args[1], ast.Constant)}
        assert said <= known, rule


def test_ranges_of_items_are_found_by_id() -> None:
    plain = {
        "id": "c",
        "version": "1",
        "title": "c",
        "sections": [
            group("g", section("s", choice("a"), choice("b")), section("t", choice("d"))),
            section("u", choice("e")),
        ],
    }
    outline = Outline(Checklist.model_validate(plain))
    assert [outline.target(id) for id in ("a", "s", "g", "u", "x")] == [(0, 1), (0, 2), (0, 3), (3, 4), None]


def full() -> Checklist:
    plain = {
        "id": "c",
        "version": "1.10",
        "title": {"zh": "表"},
        "pass": "80.50",
        "evidence": {"reason": "loses"},
        "na": "full",
        "grades": grades(90, 0),
        "instruments": ["A1"],
        "changes": [{"version": "1", "date": "2026-03-05", "note": "n"}],
        "sections": [
            section(
                "s",
                critical("fail", {"cap": "59.90"}, clause="2.1", floor="-1.0"),
                item("d", "duration", points="2.50", bands=[{"up_to": "15.0"}, {"else": "true", "share": "0"}]),
                repeat={"combine": "worst"},
            )
        ],
    }
    return Checklist.model_validate(plain)


def test_a_snapshot_gives_back_the_same_checklist() -> None:
    """design §1: an audit carries the snapshot of its checklist."""
    checklist = full()
    again = snapshot.load(snapshot.dump(checklist))
    assert again == checklist
    assert snapshot.dump(again) == snapshot.dump(checklist)
    assert snapshot.fingerprint(again) == snapshot.fingerprint(checklist)


def test_the_fingerprint_knows_every_change_and_no_spelling() -> None:
    """S9"""
    plain = snapshot.dump(full())
    spelled = {**plain, "pass": "80.5", "scale": "100.00", "version": "1.10"}
    assert snapshot.fingerprint(snapshot.load(spelled)) == snapshot.fingerprint(full())
    for change in ({"version": "1.1"}, {"na": "exclude"}, {"title": {"zh": "表", "en": "c"}}, {"pass": "80.6"}):
        assert snapshot.fingerprint(snapshot.load({**plain, **change})) != snapshot.fingerprint(full())
