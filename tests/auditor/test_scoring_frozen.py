"""S8 and S9: what is printed, frozen and explained is the score itself."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.scoring import ENGINE, as_json, current, explain, freeze, score, thaw
from auditor.words import speaking
from tests.auditor.builders import audit, checklist, choice, group, item, option, section


def rich(finished: bool = True) -> Audit:
    """A visit with a little of everything."""
    veto = [option("ok"), option("bad", deduct=1, lose=["b"], critical=[{"cap": "59.9"}, "zero_section"])]
    bands = [{"up_to": 10, "share": 1}, {"else": True, "deduct": "0.5"}]
    sheet = checklist(
        group(
            "g",
            section(
                "s",
                choice("a", 3, options=veto),
                choice("b", 2),
                choice("c", 2, na="full"),
                max_deduction=1,
                **{"pass": 50},
            ),
            section("hidden", choice("h"), show_if="a = ok"),
        ),
        section(
            "teller",
            item("r", "rating", points=1, low=1, high=4),
            item("d", "duration", points=1, bands=bands),
            choice("x", 1, role="bonus"),
            repeat={"combine": "mean"},
        ),
        section(
            "t",
            item("o", "occurrences", points=3, unit="0.5", max=2),
            item("n", "number"),
            item("twice", "number", points=1, value="n * 2"),
            choice("minus", 1, role="penalty", on="total"),
            choice("word", None),
        ),
        grades=[
            {"id": "good", "title": {"zh": "好", "en": "good"}, "from": 80},
            {"id": "poor", "title": {"zh": "差", "en": "poor"}, "from": 0},
        ],
        **{"pass": "good"},
    )
    answers: dict[str, Any] = {
        "a": "bad",
        "b": "yes",
        "c": {"na": "not_observed"},
        "h": "yes",
        "teller#1/r": 2,
        "teller#1/d": "10.1",
        "teller#1/x": "yes",
        "teller#3/r": 4,
        "o": 5,
        "n": 4,
        "minus": "no",
        "word": "yes",
    }
    return audit(sheet, answers, finished=finished)


# -- score --json (design §8) ----------------------------------------------------------------------------------


def test_the_json_has_exactly_the_agreed_shape() -> None:
    made = rich()
    found = as_json(made, score(made))
    assert list(found) == [
        "audit", "checklist", "version", "state", "so_far", "total", "scale", "before_critical", "passed", "grade",
        "critical", "answered", "applicable", "sections", "items",
    ]  # fmt: skip
    assert list(found["critical"][0]) == ["path", "effect"]
    assert list(found["sections"][0]) == ["path", "parent", "status", "earned", "possible", "ratio", "weight", "passed"]
    assert list(found["items"][0]) == ["path", "status", "earned", "possible"]
    assert json.loads(json.dumps(found)) == found


def test_the_json_holds_figures_of_the_score() -> None:
    """a 2/3, b lost, c in full: zeroed 0/7; tellers (1/3 + 1/2 + 1) / 2 and 1/1, clamped; o 1/3, twice 1/1; −1."""
    made = rich()
    found = as_json(made, score(made))
    paths = {one["path"]: one for one in found["sections"]}
    zeroed = {"status": "zeroed", "earned": 0.0, "possible": 7.0, "ratio": 0.0, "weight": None, "passed": False}
    assert paths["s"] == {"path": "s", "parent": "g", **zeroed}
    assert paths["hidden"]["status"] == "hidden"
    assert (paths["teller#1"]["parent"], paths["teller#1"]["ratio"]) == ("teller", 0.916667)
    # possibles 7 + (2 + 1) / 2 + 4; earned 0 + 23/24 × 1.5 + 2
    total = Fraction(23, 24) * Fraction(3, 2) + 2
    assert found["total"] == float(round(total / Fraction(25, 2) * 100 - 1, 1))
    assert (found["so_far"], found["passed"], found["grade"], found["state"]) == (False, False, "poor", "finished")
    assert found["critical"] == [{"path": "a", "effect": "cap"}, {"path": "a", "effect": "zero_section"}]


def test_a_drafts_json_is_so_far() -> None:
    made = rich(finished=False)
    found = as_json(made, score(made))
    assert (found["so_far"], found["passed"], found["grade"], found["state"]) == (True, None, None, "draft")
    assert found["total"] == found["before_critical"] is not None
    assert {one["status"] for one in found["sections"]} == {"counted", "hidden"}


def test_no_score_is_null() -> None:
    made = audit(checklist(section("s", choice("a"))), {})
    found = as_json(made, score(made))
    assert (found["total"], found["before_critical"], found["sections"][0]["ratio"]) == (None, None, None)


# -- S9 --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("finished", [True, False])
def test_a_frozen_score_is_the_same_score_after_json(finished: bool) -> None:
    found = score(rich(finished))
    assert thaw(json.loads(json.dumps(freeze(found), ensure_ascii=False))) == found


def test_a_frozen_score_carries_the_engines_number() -> None:
    assert freeze(score(rich()))["engine"] == ENGINE


def test_the_frozen_score_is_shown_for_ever() -> None:
    """Even where today's engine would say something else."""
    made = rich()
    frozen = freeze(score(made)) | {"total": "12.3"}
    kept = replace(made, frozen_score=frozen)
    assert str(current(kept).total) == "12.3"
    assert current(replace(kept, state="draft")) == score(replace(made, state="draft"))
    assert current(made) == score(made)


@pytest.mark.parametrize(
    "damage", [{"sections": None}, {"exact": "a/b"}, {"exact": "1/0"}, {"total": "x"}, {"items": [{}]}, {"bonus": None}]
)
def test_a_frozen_score_that_cannot_be_read_is_said_to_be(damage: dict[str, Any]) -> None:
    with pytest.raises(AuditorError) as caught:
        thaw(freeze(score(rich())) | damage | {"engine": 7})
    with speaking("en"):
        assert "engine 7" in str(caught.value)
        assert caught.value.remedy()


# -- S8: explained ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("finished", [True, False])
def test_every_node_has_its_derivation_in_both_languages(language: str, finished: bool) -> None:
    made = rich(finished)
    found = score(made)
    with speaking(language):
        told = explain(made, found)
    assert set(told) == {"", *(one.path for one in found.sections), *(one.path for one in found.items)}
    assert all(one.path == path and one.text and set(one.parts) <= set(told) for path, one in told.items())
    assert not [one.text for one in told.values() if "scoring." in one.text or "{" in one.text or "None" in one.text]


def test_derivations_carry_the_figures_of_the_score() -> None:
    made = rich()
    found = score(made)
    with speaking("en"):
        told = {path: one.text for path, one in explain(made, found).items()}
    assert told["a"] == "bad: 3 − 1 = 2; earns 2. Triggers: Total capped 59.9, Section zeroed."
    assert told["b"] == "Lost by cascade from 1.1.1: all of its 2 are gone, earns 0."
    assert told["c"] == "Not observed: no deduction, counts in full (2)."
    assert told["s"].startswith("Zeroed by 1.1.1: 0 of 7 points.")
    assert told["h"] == "Its condition is not met: it does not count."
    assert told["teller#1/r"] == "2 of 4: (2 − 1) ÷ (4 − 1) × 1 = 0.3333; earns 0.3333."
    assert told["teller#1/d"] == "10.1 s: 1 − 0.5 = 0.5; earns 0.5."
    assert told["teller#1/x"] == "yes: full 1; adds 1 to the section."
    assert told["teller#1"].startswith("Bonuses and penalties: 1 points. Earned 1.8333 ÷ possible 2 = 91.6667%.")
    assert told["teller"].startswith("Mean of 2: (91.6667% + 100%) ÷ 2 = 95.8333%.")
    assert told["o"] == "5 found: 5 × 0.5 = 2.5; at most 2; 3 − 2 = 1; earns 1."
    assert told["minus"] == "no: 1 × 0% = 0; 0 − 1 = -1; takes 1 from the total."
    assert told[""].endswith(
        f"Rounded half up (decimals: 1): {found.total} points. Grade: poor. “good” is wanted. Verdict: Fail."
    )
    assert "Before critical effects" in told[""]


def test_a_computed_item_and_what_is_missing_are_explained() -> None:
    sheet = checklist(
        section(
            "s",
            item("n", "number", evidence={"note": "always"}, points=1),
            item("c", "number", points=1, value="n + 1", bands=[{"else": True, "share": "0.5"}]),
            item("m", "number"),
            item("e", "number", points=1, value="m + 1"),
        )
    )
    made = audit(sheet, {"n": 1}, finished=False)
    with speaking("en"):
        told = explain(made, score(made))
    assert told["n"].text == "Still lacks a note: does not count so far."
    assert told["c"].text == "2: 1 × 50% = 0.5; earns 0.5."
    assert told["e"].text == "A value it is computed from is missing: counts neither as earned nor as possible."


def test_weights_declared_points_and_bounds_are_explained() -> None:
    steps = [option("d0"), option("d9", deduct=9)]
    sheet = checklist(
        group(
            "w", section("s", choice("a", 10, options=steps), weight=1), section("z", choice("b"), weight=0), points=61
        ),
        section("t", choice("c", 4, options=steps, floor=-10), points=40),
    )
    made = audit(sheet, {"a": "d9", "b": "no", "c": "d9"})
    with speaking("en"):
        told = {path: one.text for path, one in explain(made, score(made)).items()}
    assert told["w"] == "By weight: (1 × 10%) ÷ 1 = 10%. Counts 1 of 10 points."
    assert "Weight 0: scored by itself, outside the total." in told["z"]
    assert told["t"] == "Earned -5 ÷ possible 4 = -125%. Kept within 0 to 100%: 0%. Counts 0 of 4 points."
    assert "serve as weights: (61 × 10% + 40 × 0%) ÷ 101 = 6.0396%. 6.0396% × 100 = 6.0396 points." in told[""]


def test_the_floor_of_an_item_is_explained() -> None:
    sheet = checklist(section("s", item("o", "occurrences", points=1, unit=1)))
    made = audit(sheet, {"o": 3})
    with speaking("en"):
        assert explain(made, score(made))["o"].text == "3 found: 3 × 1 = 3; 1 − 3 = -2; kept within 0 to 1; earns 0."


def test_frozen_figures_are_told_as_frozen() -> None:
    made = rich()
    found = msgspec.structs.replace(score(made), total=Decimal("12.3"))
    assert "12.3" in explain(made, found)[""].text
