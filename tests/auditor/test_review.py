"""Looking an audit over: what is missing (S4), what was lost and why (report conventions), what is set aside (S2)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from auditor.audit import Audit, Header, Reason
from auditor.checklist.model import Checklist
from auditor.review import highlights, losses, missing, numbering, set_aside, unanswered
from auditor.scoring import score
from auditor.words import speaking
from tests.auditor.builders import audit, checklist, choice, group, item, option, section


def zh(text: str, en: str) -> dict[str, str]:
    return {"zh": text, "en": en}


def sheet(**more: Any) -> Checklist:
    seated = option("seated", deduct=1) | {"text": zh("未起立迎接", "greeted seated")}
    gone = option("gone", share=0, lose=["smile", "farewell"], critical=["fail"]) | {
        "text": zh("柜台无人", "nobody there")
    }
    faults = [
        option("nails", deduct="0.5") | {"text": zh("指甲过长", "long nails")},
        option("hair", deduct="0.5") | {"text": zh("头发凌乱", "untidy hair")},
    ]
    bands = [{"up_to": 15, "share": 1}, {"else": True, "deduct": 1, "text": zh("迎接迟缓", "slow greeting")}]
    return checklist(
        section(
            "hall",
            choice("stand", 2, options=[option("ok"), seated, gone], clause="2.1.3")
            | {"text": zh("起立迎接", "Stands to greet")},
            choice("smile", 3) | {"text": zh("微笑", "Smiles")},
            item("bearing", "multi", points=2, options=faults),
            item("litter", "occurrences", points=3, unit="0.5") | {"text": zh("地面杂物", "Litter")},
            item("greeted", "duration", points=2, bands=bands) | {"text": zh("迎接用时", "Greeted within")},
        ),
        section(
            "end",
            choice("farewell", 1),
            choice("plus", 1, role="bonus") | {"text": zh("主动送伞", "Offers an umbrella")},
        ),
        **more,
    )


def reasons(answers: dict[str, Any], language: str = "zh") -> dict[str, str]:
    made = audit(sheet(), answers)
    with speaking(language):
        return {one.path: one.reason for one in losses(made, score(made))}


# -- losses ----------------------------------------------------------------------------------------------------


def test_a_reason_is_time_place_post_fact_clause_and_points() -> None:
    said = {"value": "seated", "reasons": [Reason("未起立迎接", "10:12", "3号窗口", "柜员")]}
    assert reasons({"stand": said})["stand"] == "10:12，3号窗口柜员未起立迎接（标准2.1.3），扣1分"
    told = Reason("did not stand up", "10:12", "Window 3", "teller")
    expected = "10:12, Window 3 teller: did not stand up (standard 2.1.3), 1 deducted"
    assert reasons({"stand": {"value": "seated", "reasons": [told]}}, "en")["stand"] == expected


def test_without_words_the_answer_is_the_fact() -> None:
    found = reasons({"stand": "seated", "bearing": ["nails", "hair"], "litter": 3, "greeted": "15.1", "smile": "no"})
    assert found == {
        "smile": "no，扣3分",
        "litter": "地面杂物：发现3处，扣1.5分",
        "stand": "未起立迎接（标准2.1.3），扣1分",
        "bearing": "指甲过长、头发凌乱，扣1分",
        "greeted": "迎接迟缓（15.1秒），扣1分",
    }
    placed = {"value": "seated", "reasons": [Reason(place="3号窗口", post="柜员")]}
    assert reasons({"stand": placed})["stand"] == "3号窗口柜员未起立迎接（标准2.1.3），扣1分"


def test_a_reason_for_each_occurrence() -> None:
    said = {"value": 2, "reasons": [Reason("纸屑", "10:05", "填单台"), Reason(), Reason("水渍", "10:20", "门口")]}
    assert reasons({"litter": said})["litter"] == "10:05，填单台纸屑；10:20，门口水渍，扣1分"


def test_cascaded_losses_name_where_they_come_from() -> None:
    found = reasons({"stand": "gone", "smile": "yes"})
    assert found["smile"] == found["farewell"] == "由1.1连带扣分"


def test_times_are_printed_at_the_copys_precision() -> None:
    made = audit(sheet(), {"stand": {"value": "seated", "reasons": [Reason("未起立", "10:12", "3号窗口")]}})
    assert losses(made, score(made), time=lambda _: "上午")[0].reason == "上午，3号窗口未起立（标准2.1.3），扣1分"
    assert losses(made, score(made), time=lambda _: "")[0].reason == "3号窗口未起立（标准2.1.3），扣1分"


def test_losses_come_heaviest_first_critical_ones_before_all() -> None:
    made = audit(sheet(), {"stand": "gone", "bearing": ["nails"], "litter": 5, "greeted": 99})
    found = losses(made, score(made))
    # the veto (2 points), then smile 3, litter 2.5, greeted 1 before farewell 1 in reading order, nails 0.5
    assert [(one.path, str(one.deducted)) for one in found] == [
        ("stand", "2"),
        ("smile", "3"),
        ("litter", "2.5"),
        ("greeted", "1"),
        ("farewell", "1"),
        ("bearing", "0.5"),
    ]
    assert [one.effect for one in found[0].effects] == ["fail"]
    assert (found[1].lost_by, found[1].number, found[1].section) == (("stand",), "1.2", "hall")


def test_deductions_are_as_typed_and_thirds_to_two_decimals() -> None:
    made = audit(
        checklist(section("s", item("r", "rating", points=1, high=4), choice("x", "0.25"))), {"r": 3, "x": "no"}
    )
    assert [one.deducted for one in losses(made, score(made))] == [Decimal("0.33"), Decimal("0.25")]


def test_a_penalty_is_a_loss_and_an_unearned_bonus_is_none() -> None:
    made = audit(
        checklist(section("s", choice("m", 3, role="penalty"), choice("p", 2, role="bonus"))), {"m": "no", "p": "no"}
    )
    assert [(one.path, one.deducted) for one in losses(made, score(made))] == [("m", 3)]


# -- missing ---------------------------------------------------------------------------------------------------


def lacking(made: Audit) -> list[tuple[str, str]]:
    return [(one.path, one.what) for one in missing(made, score(made))]


def test_required_items_are_missing_until_answered_with_their_evidence() -> None:
    made = checklist(
        section(
            "s",
            choice("a", evidence={"note": "always", "photo": "always"}),
            choice("b"),
            item("remark", "text"),
            item("free", "text", required=False),
            choice("plus", 1, role="bonus", evidence={"note": "always"}),
            item("i", "info"),
            item("c", "number", value="1", points=1),
        )
    )
    assert lacking(audit(made, {"a": "yes"}, finished=False)) == [
        ("a", "note"),
        ("a", "photo"),
        ("b", "value"),
        ("remark", "value"),
    ]
    whole = {"a": {"value": "yes", "note": "x", "photos": ["p"]}, "b": {"na": "not_observed"}, "remark": "x"}
    assert lacking(audit(made, whole, finished=False)) == []
    draft = audit(made, whole | {"plus": "yes"}, finished=False)
    assert [(one.path, one.what) for one in unanswered(draft, score(draft))] == [("free", "value"), ("plus", "note")]
    assert lacking(draft) == []


def test_what_a_condition_demands_is_missing() -> None:
    made = checklist(
        section(
            "s",
            choice("a"),
            item("why", "text", require_if="a = no"),
            choice("p", 1, role="bonus", require_if="a = no"),
        )
    )
    assert lacking(audit(made, {"a": "no"}, finished=False)) == [("why", "require"), ("p", "require")]
    assert lacking(audit(made, {"a": "yes"}, finished=False)) == []


def test_hidden_skipped_and_lost_items_are_not_missing() -> None:
    options = [option("yes"), option("no", lose=["b"], skip="d")]
    made = checklist(
        section(
            "s", choice("a", options=options), choice("b"), choice("c"), choice("d"), choice("e", show_if="a = yes")
        )
    )
    assert lacking(audit(made, {"a": "no", "d": "yes"}, finished=False)) == []


def test_the_number_of_instances_is_checked_at_finishing() -> None:
    made = checklist(
        section("s", choice("gate")), section("teller", choice("a"), repeat={"min": 2, "max": 3}, show_if="gate = yes")
    )
    one = audit(made, {"gate": "yes", "teller#1/a": "yes"}, finished=False)
    assert lacking(one) == [("teller", "too_few")]
    assert [(each.number, each.text()) for each in missing(one, score(one))] == [("2", "次数不足")]
    many = replace(
        one,
        instances={"teller": (1, 2, 3, 4)},
        answers={**one.answers, **{f"teller#{n}/a": one.answers["teller#1/a"] for n in (2, 3, 4)}},
    )
    assert lacking(many) == [("teller", "too_many")]
    assert lacking(audit(made, {"gate": "no"}, finished=False)) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everything_that_can_be_missing_has_its_words(language: str) -> None:
    from auditor.review import Missing

    with speaking(language):
        for what in ("value", "note", "reason", "photo", "na_reason", "valid", "require", "too_few", "too_many"):
            assert not Missing("a", what).text().startswith("review.")


# -- numbering, set aside, highlights --------------------------------------------------------------------------


def test_numbering() -> None:
    made = checklist(
        group("g", section("s", choice("a"), choice("b")), section("t", choice("c"))),
        section(
            "u",
            item("i", "info"),
            choice("d"),
            choice("trap", None, trap=True),
            choice("trap2", None, trap=True),
            choice("e"),
        ),
    )
    assert numbering(made) == {
        "g": "1", "s": "1.1", "a": "1.1.1", "b": "1.1.2", "t": "1.2", "c": "1.2.1",
        "u": "2", "i": "", "d": "2.1", "trap": "2.1a", "trap2": "2.1b", "e": "2.2",
    }  # fmt: skip


def test_items_of_an_instance_are_numbered_with_it() -> None:
    made = audit(checklist(section("teller", choice("a"), repeat={})), {"teller#2/a": "no"})
    assert losses(made, score(made))[0].number == "1.1（2）"


def test_answers_not_in_force_are_set_aside() -> None:
    options = [option("yes"), option("no", lose=["b"], skip="d")]
    made = checklist(
        section(
            "s", choice("a", options=options), choice("b"), choice("c"), choice("d"), choice("e", show_if="a = yes")
        )
    )
    visit = audit(made, {"a": "no", "b": "yes", "d": "yes", "e": "no"})
    # b is lost and skipped; c was never answered
    assert set_aside(visit, score(visit)) == ("b", "e")


def test_highlights_are_the_inspectors_then_bonuses_then_sections_in_full() -> None:
    visit = audit(sheet(), {"stand": "seated", "farewell": "yes", "plus": "yes"})
    visit = replace(visit, header=Header("mystery", visit.header.visited, highlights=("大堂经理主动引导",)))
    assert highlights(visit, score(visit)) == ("大堂经理主动引导", "主动送伞（加 1 分）", "end：全部达标，未扣分")
