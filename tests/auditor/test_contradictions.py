"""What does not fit together in an audit, each rule with what it finds and what it leaves alone."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Answer, Audit, Header, Photo, Reason
from auditor.checklist.model import Checklist
from auditor.checklist.parts import Contradictions
from auditor.checklist.snapshot import dump
from auditor.contradictions import RULES, Beside, Contradiction, Pace, contradictions
from auditor.errors import ProblemsError
from auditor.negative_words import negative_word
from auditor.scoring import score
from auditor.store import Store
from auditor.words import LANGUAGES, catalogue, speaking
from tests.auditor.builders import audit, checklist, choice, item, section

LONG = "大堂经理在门口与保安闲聊约三分钟"


def found(made: Audit, rule: str, beside: Beside | None = None) -> list[Contradiction]:
    return [one for one in contradictions(made, score(made), beside) if one.rule == rule]


def visit(*items: dict[str, Any], answers: dict[str, Any], header: dict[str, Any] | None = None, **more: Any) -> Audit:
    made = audit(checklist(section("s", *items), **more), answers, finished=False)
    return replace(made, header=replace(made.header, **(header or {})))


def paths(found: list[Contradiction]) -> list[str]:
    return [one.path for one in found]


def test_the_rules_are_those_a_checklist_can_name() -> None:
    assert set(RULES) == set(Contradictions.model_fields)


# -- full points with a negative note --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "note",
    ["柜员未起立迎接", "没有主动问候", "态度生硬", "柜台脏乱", "The teller did not stand up", "was rude to a client"],
)
def test_full_points_with_a_negative_note(note: str) -> None:
    made = visit(choice("a"), answers={"a": {"value": "yes", "note": note}})
    assert paths(found(made, "full_with_negative")) == ["a"]


def test_full_points_with_a_negative_reason() -> None:
    made = visit(choice("a"), answers={"a": {"value": "yes", "reason": "柜员未微笑"}})
    assert found(made, "full_with_negative")[0].message == "得了满分，备注或原因里却写着“未微笑”"


@pytest.mark.parametrize(
    "note",
    [
        "起立迎接，面带微笑", "未见不规范之处", "没有任何不耐烦", "地面无污渍", "未迟到", "未来将更新设备", "",
        "Never rude, always smiling", "nothing was missing", "no dirty cups", "not at all impatient", "Smiled at once",
    ],
)  # fmt: skip
def test_praise_and_denied_faults_are_no_contradiction(note: str) -> None:
    assert negative_word(note) == ""
    made = visit(choice("a"), answers={"a": {"value": "yes", "note": note}})
    assert found(made, "full_with_negative") == []


def test_a_negative_note_where_points_were_lost_fits() -> None:
    made = visit(choice("a"), answers={"a": {"value": "no", "note": "未起立"}})
    assert found(made, "full_with_negative") == []


def test_quoting_the_items_own_words_is_no_contradiction() -> None:
    made = visit(
        choice("a", text="设备无故障、无破损提示"),
        answers={"a": {"value": "yes", "note": "设备无故障、无破损提示，符合"}},
    )
    assert found(made, "full_with_negative") == []


# -- deduction without reason ----------------------------------------------------------------------------------


def test_a_deduction_without_a_word() -> None:
    made = visit(choice("a", 2), choice("b"), answers={"a": "no", "b": "yes"})
    (one,) = found(made, "loss_without_reason")
    assert (one.path, one.number, one.message) == ("a", "1.1", "扣了 2 分，没有写原因")


@pytest.mark.parametrize("said", [{"note": "背对客户"}, {"reason": "背对客户"}])
def test_a_deduction_with_a_word_is_explained(said: dict[str, Any]) -> None:
    made = visit(choice("a"), answers={"a": {"value": "no", **said}})
    assert found(made, "loss_without_reason") == []


def test_a_chosen_fault_and_a_measured_time_explain_themselves() -> None:
    multi = item("m", "multi", points=2, options=[{"id": "x", "text": "使用方言", "deduct": 1}])
    wait = item("w", "duration", points=2, bands=[{"up_to": 15, "share": 1}, {"else": True, "share": 0}])
    made = visit(multi, wait, answers={"m": ["x"], "w": 40})
    assert found(made, "loss_without_reason") == []


def test_a_checklist_that_never_wants_reasons_gets_none() -> None:
    made = visit(choice("a"), answers={"a": "no"}, evidence={"reason": "never"})
    assert found(made, "loss_without_reason") == []


def test_a_cascaded_loss_has_its_reason_elsewhere() -> None:
    options = [{"id": "yes", "text": "yes"}, {"id": "no", "text": "no", "share": 0, "lose": ["b"]}]
    made = visit(choice("a", options=options), choice("b"), answers={"a": {"value": "no", "note": "无"}, "b": "yes"})
    assert found(made, "loss_without_reason") == []


# -- times -----------------------------------------------------------------------------------------------------

TIMES = (item("arrived", "time"), item("called", "time"), item("left", "time"))
DURING = {"visited": "2026-03-05T10:00:30+08:00", "left": "2026-03-05T11:00:00+08:00"}


def test_a_time_before_the_one_above_it() -> None:
    made = visit(*TIMES, answers={"arrived": "10:20", "called": "10:05", "left": "10:15"}, header=DURING)
    assert paths(found(made, "times_out_of_order")) == ["called", "left"]


def test_times_in_order_fit_even_when_one_is_more_precise() -> None:
    made = visit(*TIMES, answers={"arrived": "10:00", "called": "10:00:12", "left": "10:00"}, header=DURING)
    assert found(made, "times_out_of_order") == []


def test_times_outside_the_visit() -> None:
    made = visit(*TIMES, answers={"arrived": "09:50", "left": "11:05"}, header=DURING)
    assert [one.key for one in found(made, "times_out_of_order")] == [
        "times_out_of_order.before",
        "times_out_of_order.after",
    ]


def test_recordings_may_be_older_than_their_review() -> None:
    made = visit(*TIMES, answers={"arrived": "09:50"}, header={**DURING, "kind": "offsite"})
    assert found(made, "times_out_of_order") == []


def test_each_instance_has_an_order_of_its_own_which_its_header_begins() -> None:
    sheet = checklist(
        section(
            "t",
            item("seen", "time"),
            repeat={"max": 3, "header": [{"id": "began", "text": "began", "kind": "time"}]},
        )
    )
    answers = {"t#1/seen": "10:30", "t#2/seen": "10:10"}
    made = audit(sheet, answers, finished=False)
    assert found(made, "times_out_of_order") == []
    late = replace(made, answers={**made.answers, "t#2/began": Answer("10:12")})
    (one,) = found(late, "times_out_of_order")
    assert (one.path, one.message) == ("t#2/seen", "10:10 早于前面“1（2） began”的 10:12")
    early = replace(made, answers={**made.answers, "t#1/began": Answer("09:00")})
    assert [(one.number, one.title) for one in found(early, "times_out_of_order")] == [("1（1）", "began")]


# -- photos ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("taken", "is_old"),
    [("2026-03-04T15:00:00", True), ("2026-03-05T10:12:00", False), ("2026-03-05T09:55:00", False), ("", False)],
)
def test_a_photo_older_than_the_visit(taken: str, is_old: bool) -> None:
    """Ten minutes are granted to the camera's clock."""
    made = visit(choice("a"), answers={"a": {"value": "yes", "photos": [Photo("0" * 64, taken=taken)]}})
    assert paths(found(made, "old_photo")) == (["a"] if is_old else [])


# -- the same answer -------------------------------------------------------------------------------------------


def many(n: int, **said: Any) -> Audit:
    return visit(*(choice(f"q{k}") for k in range(n)), answers={f"q{k}": "yes" for k in range(n)} | said)


def test_the_same_answer_twenty_times_running() -> None:
    (one,) = found(many(23), "same_answer")
    assert (one.path, one.values["n"]) == ("q0", 23)
    assert one.message == "从这里起连续 23 项的回答完全相同，到 1.23 q22 为止"


def test_nineteen_are_not_twenty_and_a_word_of_ones_own_ends_a_run() -> None:
    assert found(many(19), "same_answer") == []
    assert found(many(30, q15="no"), "same_answer") == []
    assert found(many(30, q15={"value": "yes", "note": "两人同时问候"}), "same_answer") == []


# -- too fast --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "seconds", "is_fast"), [(30, 24.0, True), (30, 90.0, False), (12, 3.0, False), (20, 40.0, False)]
)
def test_too_fast_for_the_number_of_items(items: int, seconds: float, is_fast: bool) -> None:
    rushed = found(many(3), "too_fast", Beside(Pace("q0", items, seconds)))
    assert paths(rushed) == (["q0"] if is_fast else [])
    assert not is_fast or rushed[0].message == "逐项作答的 30 项只用了 24 秒，平均每项 0.8 秒"


def test_a_pace_that_was_not_measured_is_not_judged() -> None:
    assert found(many(30), "too_fast") == []


# -- copied notes ----------------------------------------------------------------------------------------------


def test_a_note_copied_from_another_item() -> None:
    notes = {"a": {"value": "no", "note": f"{LONG}。"}, "b": {"value": "no", "note": f" {LONG}"}}
    made = visit(choice("a"), choice("b"), answers=notes)
    (one,) = found(made, "copied_note")
    assert (one.path, one.message) == ("b", "所写内容与 1.1 a 逐字相同")


def test_a_note_copied_from_another_audit() -> None:
    made = visit(choice("a"), answers={"a": {"value": "no", "note": LONG}})
    (one,) = found(made, "copied_note", Beside(notes={LONG: "2026-02-05 城东支行"}))
    assert one.message == "所写内容与另一次检查（2026-02-05 城东支行）逐字相同"
    assert found(made, "copied_note", Beside(notes={LONG + "多": "2026-02-05"})) == []


def test_short_notes_and_reasons_for_not_applicable_may_be_the_same() -> None:
    said: Any = {"na": "not_observed", "note": "本次到访没有遇到办理该项业务的客户"}
    made = visit(
        choice("a"), choice("b"), choice("c"), choice("d"),
        answers={"a": {"value": "yes", "note": "良好"}, "b": {"value": "yes", "note": "良好"}, "c": said, "d": said},
    )  # fmt: skip
    assert found(made, "copied_note") == []


# -- the checklist decides -------------------------------------------------------------------------------------


def test_the_checklist_decides_what_blocks_warns_or_is_off() -> None:
    def treated(**said: str) -> list[bool]:
        made = visit(choice("a"), answers={"a": "no"}, contradictions=said)
        return [one.blocks for one in contradictions(made, score(made))]

    assert treated() == treated(loss_without_reason="warn") == [False]
    assert treated(loss_without_reason="block") == [True]
    assert treated(loss_without_reason="off") == []


def test_what_blocks_comes_first() -> None:
    made = visit(
        choice("a"), choice("b"),
        answers={"a": {"value": "yes", "note": "未起立"}, "b": "no"}, contradictions={"loss_without_reason": "block"},
    )  # fmt: skip
    assert paths(list(contradictions(made, score(made)))) == ["b", "a"]


def test_a_checklist_that_says_nothing_keeps_its_fingerprint() -> None:
    """S9: the snapshot has no key for what is as usual."""
    assert "contradictions" not in dump(checklist(section("s", choice("a"))))
    strict: Checklist = checklist(section("s", choice("a")), contradictions={"old_photo": "block"})
    assert dump(strict)["contradictions"] == {"old_photo": "block"}


def test_a_blind_draft_hears_nothing_of_points() -> None:
    said = {"a": {"value": "yes", "note": "未起立"}, "b": "no"}
    made = visit(choice("a"), choice("b"), answers=said, blind=True)
    messages = [one.message for one in contradictions(made, score(made))]
    assert len(messages) == 2
    assert not [text for text in messages if "分" in text]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_there(code: str) -> None:
    with speaking(code):
        for rule in RULES:
            assert rule in catalogue(code, "contradictions")


# -- in the data folder ----------------------------------------------------------------------------------------


def header(**more: Any) -> Header:
    return Header(**{"kind": "mystery", "visited": "2026-03-05T10:00:00+08:00", "branch": "7301001", **more})


def test_the_store_finishes_nothing_that_the_checklist_lets_block(tmp_path: Path) -> None:
    sheet = checklist(section("s", choice("a")), contradictions={"loss_without_reason": "block"})
    with Store.open(tmp_path, write=True) as store:
        opened = store.create(sheet, header())
        opened.answer("a", Answer("no"))
        with pytest.raises(ProblemsError) as refused:
            opened.finish()
        assert [one.values["path"] for one in refused.value.problems()] == ["a"]
        assert store.read(opened.audit.id).state == "draft"
        opened.answer("a", Answer("no", reasons=(Reason("背对客户"),)))
        opened.finish()
        assert store.read(opened.audit.id).state == "finished"


def test_the_journal_tells_how_fast_items_were_answered(tmp_path: Path) -> None:
    """design §5: monotonic times of one session; what is filled in at a stroke tells nothing."""
    sheet = checklist(section("s", *(choice(f"q{n}") for n in range(25))))
    answers = {f"q{n}": Answer("yes" if n % 2 else "no", note=str(n)) for n in range(25)}
    with Store.open(tmp_path, write=True) as store:
        filled, tapped = store.create(sheet, header()), store.create(sheet, header())
        filled.fill(answers)
        for path, answer in answers.items():
            tapped.answer(path, answer)
        assert [one.rule for one in filled.contradictions()] == []
        (one,) = tapped.contradictions()
        assert (one.rule, one.path, one.values["n"]) == ("too_fast", "q0", 25)


@pytest.mark.parametrize(
    ("other", "is_copied"),
    [({}, True), ({"branch": "7301002", "shopper": "青松"}, True), ({"branch": "7301002", "shopper": "白杨"}, False)],
)
def test_notes_are_compared_with_audits_of_the_branch_and_the_shopper(
    tmp_path: Path, other: dict[str, Any], is_copied: bool
) -> None:
    sheet = checklist(section("s", choice("a")))
    with Store.open(tmp_path, write=True) as store:
        before = store.create(sheet, header(visited="2026-02-05T10:00:00+08:00", **other))
        before.answer("a", Answer("no", note=LONG))
        before.close()
        opened = store.create(sheet, header(shopper="青松"))
        opened.answer("a", Answer("no", note=LONG))
        rules = [one.rule for one in opened.contradictions()]
        assert rules == (["copied_note"] if is_copied else [])


def test_as_data() -> None:
    made = visit(choice("a"), answers={"a": "no"})
    (one,) = contradictions(made, score(made))
    assert json.loads(json.dumps(one.as_json()))["rule"] == "loss_without_reason"
