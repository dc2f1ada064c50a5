"""A report says what the conventions ask for, and nothing it must not (S2, S6, S7, design §7)."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from auditor.audit import Answer, Photo, Reason
from auditor.checklist.model import CHECK_KINDS, Checklist
from auditor.scoring import score
from auditor.store.history import Edit, Entry
from exports.head import Earlier
from exports.letterhead import Letterhead
from exports.report import Report, build
from tests.exports.visits import ANSWERS, HEADER, SHOPPER, VETO, checklist, visit


def report(*, copy="compliance", lang="zh", options=None, **more) -> Report:
    audit, _ = visit(**more)
    return build(audit, score(audit), copy=copy, lang=lang, **(options or {}))


def fact(made: Report, key: str) -> str:
    return next(one.value for one in made.facts if one.key == key)


def test_the_title_names_bank_outlet_period_and_kind():
    assert report().title == "滨江商业银行人民广场支行2026年第一季度神秘人暗访检查报告"
    assert report(lang="en").title == "滨江商业银行人民广场支行: mystery visit report, first quarter 2026"


def test_the_bank_goes_before_a_name_that_lacks_it():
    header = replace(HEADER, branch_name="人民广场支行")
    assert report(header=header, options={"letterhead": Letterhead("滨江商业银行")}).title.startswith(
        "滨江商业银行人民广场支行2026年"
    )
    assert report(options={"letterhead": Letterhead("滨江商业银行")}).title.count("滨江商业银行") == 1


def test_a_period_without_a_name_is_the_quarter_of_the_visit():
    header = replace(HEADER, period="", visited="2026-09-18T09:10:00+08:00")
    assert "2026年第三季度" in report(header=header).title
    english = report(header=replace(HEADER, period="2026年第三季度"), lang="en")
    assert fact(english, "period") == "third quarter 2026"
    assert "春季专项" in report(header=replace(HEADER, period="春季专项")).title


@pytest.mark.parametrize("kind", CHECK_KINDS)
@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_no_title_nor_fact_holds_an_internal_id(kind, copy):
    made = report(header=replace(HEADER, kind=kind), copy=copy)
    printed = made.title + "".join(one.label + one.value for one in made.facts)
    assert "20260305T" not in printed
    assert "ab12cd" not in printed
    assert "journey" not in printed


def test_the_head_table_has_the_rows_of_the_conventions_in_order():
    keys = [one.key for one in report().facts]
    wanted = "branch parent kind period visited inspector checklist points grade veto trend"
    assert keys == wanted.split()
    assert fact(report(), "branch") == "滨江商业银行人民广场支行（3101007）"
    assert fact(report(), "visited") == "2026-03-05 10:12–10:54（42分00秒）"
    assert fact(report(), "inspector") == SHOPPER


def test_comparison_with_earlier_periods_is_signed():
    made = report(options={"earlier": Earlier(last_period=Decimal("80.0"), last_year=Decimal("70.0"))})
    total = made.result.total
    assert fact(made, "trend") == f"+{total - 70} / −{80 - total}"


def test_result_before_and_after_a_veto_and_what_did_it():
    """S6: the figure is capped, the result failed, and the report names the answer."""
    made = report(answers=VETO)
    assert (made.result.total, made.result.before_critical) == (
        Decimal("59.9"),
        score(visit(answers=VETO)[0]).before_critical,
    )
    assert made.result.passed is False
    assert {(one.number, one.effect) for one in made.result.decisions} == {("3.2.1", "fail"), ("3.2.1", "cap")}
    assert fact(made, "veto") == "是（3.2.1 一票否决；3.2.1 总分封顶 59.9 分）"
    assert made.losses[0].path == "confirm"
    assert "否决前为" in made.summary[0]


def test_without_critical_effects_there_is_no_veto():
    assert fact(report(), "veto") == "否"
    assert report().result.before_critical is None


def test_a_reason_is_time_place_post_fact_and_points():
    rows = {row.path: row for row in report().items}
    assert rows["teller#1/stand"].reason == "10:38，3号窗口柜员未起立迎接，扣1分"
    assert rows["slips"].reason == "10:20，填单台遗留两张客户凭条（标准信息安全管理办法 第十八条），扣2.5分"


def test_a_fault_put_right_on_the_spot_says_so_in_its_reason():
    """立查立改: where a photo shows after; a copy without that photo does not claim it."""
    path = next(one for one, answer in ANSWERS.items() if answer.reasons and answer.na is None)
    shots = (Photo("0" * 64, stage="before"), Photo("1" * 64, stage="after"))

    def told(answer: Answer, copy: str) -> str:
        audit, _ = visit(answers={**ANSWERS, path: answer})
        return next(one.reason for one in build(audit, score(audit), copy=copy).items if one.path == path)

    fixed = replace(ANSWERS[path], photos=shots)
    assert all(told(fixed, copy).endswith("（已当场整改）") for copy in ("compliance", "branch"))
    hidden = replace(fixed, photos=tuple(replace(one, inside=True) for one in shots))
    assert "当场整改" not in told(hidden, "branch")
    assert "当场整改" not in told(ANSWERS[path], "compliance")


def test_cascaded_items_say_where_they_are_lost():
    """S2: `lose` takes the points, the report says by which item."""
    made = report(answers={"teller#1/stand": Answer("o2", reasons=(Reason("坐着", "10:38"),))})
    row = next(one for one in made.items if one.path == "teller#1/smile")
    assert (row.status, row.reason) == ("lost", "由3.1.1（1）连带扣分")
    loss = next(one for one in made.losses if one.path == "teller#1/smile")
    assert loss.cascaded
    assert "teller#1/smile" not in [one.path for one in made.actions]


def test_the_item_table_counts_every_shown_item_once():
    rows = report().items
    assert [one.seq for one in rows] == list(range(1, len(rows) + 1))
    assert len({one.path for one in rows}) == len(rows)
    by_path = {one.path: one for one in rows}
    assert (by_path["slips"].full, by_path["slips"].deducted, by_path["slips"].earned) == (
        3,
        Decimal("2.5"),
        Decimal("0.5"),
    )
    assert by_path["rest"].reason == "未观察到：设备检修中"
    assert by_path["rest"].deducted is None


@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_trap_items_stand_in_no_copy(copy):
    made = report(copy=copy)
    assert "trap" not in [one.path for one in made.items]
    assert "绿色陷阱" not in repr(made)
    assert "大厅绿植" not in repr(made)


def test_answers_set_aside_are_left_out():
    """S2: an answer not in force at finishing is kept in the journal and absent from exports."""
    audit, _ = visit(set_aside=frozenset({"slips"}))
    made = build(audit, score(audit))
    assert "遗留两张客户凭条" not in repr(made)
    assert "单据上可见姓名" not in repr(made)


def test_losses_come_heaviest_first_and_each_has_its_action():
    made = report()
    deducted = [one.deducted for one in made.losses]
    assert deducted == sorted(deducted, reverse=True)
    assert [one.path for one in made.actions] == [one.path for one in made.losses if not one.cascaded]
    assert made.actions[0].required == "大堂经理每小时巡台一次并登记。"


def test_the_journey_holds_times_against_their_limits():
    stages = {one.path: one for one in report().journey}
    assert list(stages) == ["entering", "waiting", "transacting", "leaving"]
    greeted = stages["entering"].timings[0]
    assert (greeted.shown, greeted.limit, greeted.over) == ("22.4秒", "标准 15秒以内", True)
    assert stages["waiting"].timings[0].limit == "标准 15分钟以内"


@pytest.mark.parametrize(
    ("kind", "labels", "sealed"),
    [
        ("self", ["自查人：", "网点负责人签字："], "网点负责人签字："),
        ("announced", ["检查人：", "被检查人确认：", "复核人："], "被检查人确认："),
        ("mystery", ["检查人：", "复核人：", "签发人："], "签发人："),
    ],
)
def test_who_signs_depends_on_the_kind_of_check(kind, labels, sealed):
    made = report(header=replace(HEADER, kind=kind))
    assert [one.label for one in made.signatures] == labels
    assert [one.label for one in made.signatures if one.seal] == [sealed]


def test_the_branch_never_signs_a_mystery_visit():
    labels = "".join(one.label for one in report(copy="branch").signatures)
    assert "网点" not in labels
    assert "被检查" not in labels


def test_photos_are_numbered_in_reading_order_and_captioned():
    made = report(photos=5)
    assert [one.number for one in made.photos] == [1, 2, 3, 4, 5]
    rows = {one.path: one for one in made.items}
    shot = next(one for one in made.photos if one.path == "slips")
    assert rows["slips"].figures == (shot.number,)
    assert shot.caption == f"图{shot.number} 对应2.2 填单台杂乱 2026-03-05 10:12"


def test_a_draft_is_marked_and_has_neither_grade_nor_verdict():
    """S4: what is running is not a result."""
    made = report(state="draft")
    assert made.draft
    assert (made.result.passed, made.result.verdict, made.result.grade) == (None, "", "")
    assert made.result.so_far


def test_nothing_scored_is_no_score_neither_zero_nor_full():
    """S3."""
    made = report(state="draft", answers=dict.fromkeys(ANSWERS, Answer()))
    assert made.result.total is None
    assert fact(made, "points") == "100 / – / –"


def test_both_languages_stand_side_by_side():
    made = report(lang="both", answers=VETO)
    assert made.lang == "both"
    assert made.title.split("\n") == [report().title, report(lang="en").title]
    row = next(one for one in made.items if one.path == "slips")
    assert row.name == "填单台整洁，无遗留单据\nWriting desk tidy, no slips left behind"
    assert fact(made, "kind") == "暗访 Mystery visit"
    assert made.result.decisions[0].words == "一票否决 Veto"


def _entry(seq, what, *edits, who="影子七号"):
    return Entry(seq, f"2026-03-05T11:{seq:02}:00+08:00", "s", who, what, tuple(edits))


def test_the_history_lists_changes_after_finishing_and_counts_those_before():
    done = Edit("state", "状态", "填写中", "已完成")
    entries = [
        _entry(1, "create", Edit("header/kind", "类型", "", "mystery")),
        _entry(2, "answer", Edit("front", "门楣", "", "符合")),
        _entry(3, "answer", Edit("trap", "大厅绿植", "", "绿色")),
        _entry(4, "finish", done),
        _entry(5, "reopen", Edit("state", "状态", "已完成", "填写中")),
        _entry(6, "answer", Edit("front", "门楣", "符合", "有污渍")),
        _entry(7, "finish", done),
    ]
    rows = report(options={"history": entries}).history
    assert "填写、修改共 1 处" in [one.what for one in rows]
    assert "门楣：符合 → 有污渍" in [one.what for one in rows]
    assert not [one for one in rows if "绿植" in one.what]
    assert len(rows) == 6
    assert report(copy="branch", options={"history": entries}).history == ()


def test_the_history_says_how_long_after_leaving_a_visit_was_completed():
    """Complete within 2 h of leaving: the compliance copy alone tells; nothing where nobody noted the leaving."""
    done = Edit("state", "状态", "填写中", "已完成")
    entries = [_entry(1, "create"), _entry(52, "finish", done)]
    unknown = report(header=replace(HEADER, left=""), options={"history": entries}).history
    assert not [one for one in unknown if "离开后" in one.what]
    left = replace(HEADER, left="2026-03-05T10:40:00+08:00")
    told = [one.what for one in report(header=left, options={"history": entries}).history if "离开后" in one.what]
    assert len(told) == 1
    assert told[0].endswith("离开后 1 小时 12 分 完成")
    both = report(header=left, options={"history": entries}, lang="both").history[-1].what
    assert "completed 1 h 12 min after leaving" in both
    assert not report(header=left, copy="branch", options={"history": entries}).history


def test_the_compliance_copy_tells_how_the_score_came_about():
    """S8."""
    steps = {one.path: one for one in report().steps}
    assert "" in steps
    assert "teller#1" in steps
    assert all(one.text for one in steps.values())
    assert report(copy="branch").steps == ()


def test_an_unknown_branch_prints_its_name_and_no_code():
    header = replace(HEADER, branch="无名支行", branch_name="", parent="")
    made = report(header=header)
    assert (made.branch, made.branch_code) == ("无名支行", "")
    assert fact(made, "parent") == "–"


def test_a_registered_branch_is_found_by_its_code():
    from auditor.store.branches import Branch

    class Register:
        def find(self, text):
            return Branch("3101007", "人民广场支行", "上海分行") if text == "3101007" else None

    header = replace(HEADER, branch_name="", parent="")
    made = report(header=header, options={"branches": Register()})
    assert (made.branch, made.branch_code, fact(made, "parent")) == ("人民广场支行", "3101007", "上海分行")


def test_a_computed_item_gives_its_figure_as_the_reason():
    """Nobody writes the reason of a computed value: what was computed is the fact."""
    more = {"id": "slow", "kind": "number", "text": {"zh": "等候超标分钟", "en": "Minutes over"}, "points": "2"}
    more |= {"value": "3 + 4", "bands": [{"up_to": "0", "share": "1"}, {"else": True, "share": "0"}]}
    of = checklist()
    first = of.sections[0]
    of = of.model_copy(
        update={
            "sections": (
                first.model_copy(update={"items": (*first.items, type(first.items[0]).model_validate(more))}),
                *of.sections[1:],
            )
        }
    )
    made = report(of=of)
    assert next(one.reason for one in made.items if one.path == "slow") == "等候超标分钟 7，扣2分"


def test_the_appraisal_says_which_sections_miss_a_pass_mark_of_their_own():
    """S7: a total that is good enough does not pass while a section fails; the reader is told which."""
    given = checklist().model_dump(mode="json", by_alias=True, exclude_none=True)
    given["sections"][1]["pass"] = "90"
    audit, _ = visit(of=Checklist.model_validate(given))
    said = build(audit, score(audit)).summary[0]
    assert "“等候与引导”（达标线 90 分）低于模块达标线。" in said
    assert "Below the section's pass mark: Waiting (Pass mark 90)." in build(audit, score(audit), lang="en").summary[0]
    audit, _ = visit()
    assert "模块达标线" not in build(audit, score(audit)).summary[0]
