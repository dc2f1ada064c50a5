"""What must hold of every sheet and every visit (S1, S5, S8, S9), tried on random ones."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import Answer, Audit, Photo, Reason
from auditor.checklist.model import NA_CODES, Checklist, Item
from auditor.kinds import KINDS
from auditor.scoring import as_json, explain, freeze, score, thaw
from auditor.scoring.plan import make_plan
from auditor.words import speaking
from tests.auditor.builders import audit, checklist, group, item, option, section

EFFECTS: list[Any] = ["zero_section", {"cap": "59.9"}, {"cap": 20}, "zero_total", "grade_down", "fail", "no_award"]
GRADES = [{"id": name, "title": name, "from": low} for name, low in (("high", 90), ("low", "62.5"), ("none", 0))]
halves = st.integers(0, 10).map(lambda n: str(Fraction(n, 2).__float__()))


@st.composite
def options(draw: st.DrawFn, names: list[str]) -> list[dict[str, Any]]:
    made = []
    for id in ("p", "q", "r"):
        more: dict[str, Any] = {}
        worth = draw(st.sampled_from(["full", "share", "deduct"]))
        if worth == "share":
            more["share"] = draw(st.sampled_from(["-1", "0", "0.3333", "0.5", "0.85"]))
        if worth == "deduct":
            more["deduct"] = draw(halves)
        if draw(st.integers(0, 9)) == 0:
            more["lose"] = draw(st.lists(st.sampled_from(names), min_size=1, max_size=2))
        if draw(st.integers(0, 9)) == 0:
            more["skip"] = draw(st.sampled_from(names))
        if draw(st.integers(0, 9)) == 0:
            more["critical"] = draw(st.lists(st.sampled_from(EFFECTS), min_size=1, max_size=2))
        made.append(option(id, **more))
    return made


@st.composite
def items(draw: st.DrawFn, id: str, names: list[str]) -> dict[str, Any]:
    kind = draw(st.sampled_from(["choice", "choice", "multi", "occurrences", "number", "rating", "duration", "text"]))
    more: dict[str, Any] = {"points": draw(halves), "floor": draw(st.sampled_from([0, 0, -2]))}
    if kind in ("choice", "multi"):
        more["options"] = draw(options(names))
    if kind == "occurrences":
        more |= {"unit": draw(halves), "max": draw(st.none() | halves)}
    if kind in ("number", "duration") or (kind == "rating" and draw(st.booleans())):
        more["bands"] = [{"up_to": 2, "share": 1}, {"up_to": 4, "deduct": draw(halves)}, {"else": True, "share": 0}]
    if kind == "rating":
        more |= {"high": draw(st.integers(3, 7)), "reversed": draw(st.booleans())}
    role = draw(st.sampled_from(["normal"] * 8 + ["bonus", "penalty"]))
    if role != "normal":
        more |= {"role": role, "on": draw(st.sampled_from(["section", "total"])), "floor": 0}
    if draw(st.integers(0, 5)) == 0:
        more["evidence"] = {"reason": draw(st.sampled_from(["loses", "always"]))}
    if draw(st.integers(0, 5)) == 0:
        more["na"] = "full"
    return item(id, kind, **more)


@st.composite
def sections(draw: st.DrawFn, id: str, names: list[str], weighted: bool, repeats: bool = True) -> dict[str, Any]:
    count = draw(st.integers(2, 4))
    made = [draw(items(f"{id}_{n}", names)) for n in range(count)]
    more: dict[str, Any] = {"weight": draw(st.integers(0, 40))} if weighted else {}
    if repeats and draw(st.integers(0, 3)) == 0:
        more["repeat"] = {"combine": draw(st.sampled_from(["mean", "worst", "any_fault"]))}
    if more.get("repeat") == {"combine": "any_fault"}:
        made = [one | {"on": "total"} for one in made]
    elif draw(st.integers(0, 4)) == 0:
        more["max_deduction"] = draw(halves)
    if draw(st.integers(0, 3)) == 0:
        more["pass"] = draw(st.sampled_from([50, 80]))
    return section(id, *made, **more)


@st.composite
def checklists(draw: st.DrawFn) -> Checklist:
    ids = ["a", "b", "c", "d"]
    names = [*ids, *(f"{id}_0" for id in ids), *(f"{id}_1" for id in ids)]
    weighted, inner = draw(st.booleans()), draw(st.booleans())
    made = [draw(sections(id, names, weighted)) for id in ids[:2]]
    deep = [draw(sections(id, names, inner, repeats=False)) for id in ids[2:]]
    made.append(group("g", *deep, **({"weight": draw(st.integers(0, 40))} if weighted else {})))
    return checklist(
        *made,
        grades=GRADES,
        na=draw(st.sampled_from(["exclude", "full"])),
        **{"pass": draw(st.sampled_from([60, "low"]))},
    )


RAW: dict[str, st.SearchStrategy[Any]] = {
    "choice": st.sampled_from(["p", "q", "r"]),
    "multi": st.lists(st.sampled_from(["p", "q", "r"]), min_size=1),
    "occurrences": st.integers(0, 12),
    "number": st.integers(-1, 6),
    "rating": st.integers(1, 3),
    "duration": st.decimals(0, 6, places=2),
    "text": st.just("seen"),
}


@st.composite
def answers(draw: st.DrawFn, one: Item) -> Answer | None:
    how = draw(st.sampled_from(["value"] * 6 + ["na", "open"]))
    if how == "open":
        return None
    reasons = (Reason("seen"),) * draw(st.sampled_from([0, 12]))
    photos = (Photo("ab"),) if draw(st.booleans()) else ()
    if how == "na":
        return Answer(na=draw(st.sampled_from(NA_CODES)), reasons=reasons)
    return Answer(KINDS[one.kind].accept(one, draw(RAW[one.kind])), reasons=reasons, photos=photos)


@st.composite
def visits(draw: st.DrawFn, sheet: Checklist | None = None) -> Audit:
    sheet = sheet or draw(checklists())
    instances = {one.id: tuple(range(1, draw(st.integers(0, 3)) + 1)) for one, _ in sheet.walk() if one.repeat}
    given: dict[str, Answer] = {}
    for one, _ in sheet.walk():
        prefixes = [f"{one.id}#{n}/" for n in instances[one.id]] if one.repeat else [""]
        for path, made in ((f"{prefix}{each.id}", each) for prefix in prefixes for each in one.items):
            found = draw(answers(made))
            if found is not None:
                given[path] = found
    return replace(audit(sheet, given, finished=draw(st.booleans())), instances=instances)


@settings(max_examples=50)
@given(visits(), st.randoms(use_true_random=False))
def test_the_order_of_answers_is_irrelevant(visit: Audit, dice: Any) -> None:
    mixed = list(visit.answers.items())
    dice.shuffle(mixed)
    assert score(replace(visit, answers=dict(mixed))) == score(visit)


@settings(max_examples=25)
@given(st.data())
def test_scoring_starts_from_scratch_each_time(data: st.DataObject) -> None:
    """S8: whatever was scored before on the same sheet, the next visit comes to what it comes to on a fresh one."""
    sheet = data.draw(checklists())
    for visit in [data.draw(visits(sheet)) for _ in range(3)]:
        fresh = Checklist.model_validate_json(sheet.model_dump_json(by_alias=True))
        assert score(visit) == score(visit) == score(replace(visit, checklist=fresh))


@settings(max_examples=50)
@given(visits())
def test_a_total_lies_between_0_and_the_ceiling_and_ratios_between_0_and_1(visit: Audit) -> None:
    result = score(visit)
    for figure in (result.total, result.before_critical):
        assert figure is None or 0 <= figure <= visit.checklist.scale
    assert (result.total is None) == (result.before_critical is None)
    for one in result.sections:
        assert one.ratio is None or 0 <= one.ratio <= 1
        assert one.earned == (one.ratio or 0) * one.possible
        assert (one.ratio is None) == (one.possible == 0)
        assert (one.status in ("counted", "zeroed")) == (one.ratio is not None)


@settings(max_examples=40)
@given(visits())
def test_items_earn_within_floor_and_points(visit: Audit) -> None:
    known = {one.id: one for one in visit.checklist.items()}
    for one in score(visit).items:
        made = known[one.path.rpartition("/")[2]]
        full = made.points or 0
        if one.earned is None:
            assert one.possible is None
        elif made.role == "normal":
            assert min(made.floor, 0) <= one.earned <= full == one.possible
        else:
            low, high = (0, full) if made.role == "bonus" else (-full, 0)
            assert low <= one.earned <= high
            assert one.possible == 0


@settings(max_examples=50)
@given(visits())
def test_effects_only_ever_fire_once_finished(visit: Audit) -> None:
    draft, done = score(replace(visit, state="draft")), score(replace(visit, state="finished"))
    assert draft.critical == done.critical
    assert draft.items == done.items
    assert (draft.total, draft.passed, draft.grade) == (done.before_critical, None, None)
    effects = {one.effect for one in done.critical}
    if not effects & {"zero_section", "cap", "zero_total"}:
        assert done.total == done.before_critical
    if "zero_total" in effects:
        assert not done.total
    if "fail" in effects:
        assert done.passed is False


@settings(max_examples=40)
@given(visits())
def test_a_frozen_score_thaws_to_itself(visit: Audit) -> None:
    result = score(visit)
    assert thaw(json.loads(json.dumps(freeze(result)))) == result


@settings(max_examples=25)
@given(visits())
def test_every_score_can_be_printed_and_explained(visit: Audit) -> None:
    result = score(visit)
    assert json.dumps(as_json(visit, result), allow_nan=False)
    for language in ("zh", "en"):
        with speaking(language):
            told = explain(visit, result)
        assert len(told) == 1 + len(result.sections) + len(result.items)
        assert not [one.text for one in told.values() if "scoring." in one.text or "{" in one.text or not one.text]


@settings(max_examples=40)
@given(visits())
def test_every_figure_an_item_can_take_is_whole_on_the_plans_scale(visit: Audit) -> None:
    """S1: points are scaled integers."""
    unit = make_plan(visit.checklist).unit
    for one in score(visit).items:
        assert ((one.earned or Fraction(0)) * unit).denominator == 1
