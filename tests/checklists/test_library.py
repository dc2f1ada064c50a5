"""The shipped checklists: readable, complete, worded by the glossary, and worth what they say (domain, S1-S9)."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from auditor.audit import Answer, Value, split_path
from auditor.checklist.model import Checklist, Item
from auditor.checklist.parts import Option, Part, Text
from auditor.figures import shown
from auditor.review import missing
from auditor.scoring import Score, score
from checklists import library, reader
from tests.checklists.sample_visits import EVIDENCE, best, critical_options, paths, visit, worst
from tests.naive_scoring import NaiveScore

FILES = {path.stem: path for path in library.shipped()}
NAMES = sorted(FILES)
FORBIDDEN = (
    "审核 审计 神秘购物者 发现项 纠正措施 关键项 分支 合规官 接待员 通过率 丢失分 级联 草图 波次 仪容修饰 失分 检查员"
).split()
INSTRUMENTS = {
    "grooming": ("A1",),
    "greeting": ("A3", "A2"),
    "farewell": ("A4",),
    "privacy": ("B2",),
    "compliance": ("B1", "B3"),
    "service_details": ("A5", "A6"),
    "customer_journey": ("A7", "A12"),
    "branch_mystery_visit": ("A3", "A4", "A12", "A17", "B1", "B2", "B3"),
    "telephone_mystery_call": ("C2", "A12"),
    "digital_channel_review": ("C1", "C3"),
    "branch_self_inspection": ("F2",),
    "announced_inspection": ("A6", "A17", "D1", "E5", "E10"),
    "consumer_protection_inspection": ("B1", "B2", "B3", "D1"),
    "branch_daily_inspection": ("F2", "B4", "E6", "E10"),
    "financial_education": ("B5",),
    "operating_procedure": ("B4",),
    "risk_disclosure": ("B3",),
    "special_groups": ("A17",),
    "channel_teamwork": ("A15",),
    "lobby_marketing": ("A14",),
    "standard_and_personal": ("A13",),
    "emotion": ("A11",),
    "needs_discovery": ("A10",),
    "misconceptions": ("A8",),
}
COMPOSITE = {"branch_daily_inspection", "announced_inspection", "consumer_protection_inspection"}
"""Sheets that take a whole branch at once, as banks use them."""

every = pytest.mark.parametrize("name", NAMES)


def sheet(name: str) -> Checklist:
    return library.read(FILES[name])


SCORED = [name for name in NAMES if any(item.scored for item in sheet(name).items())]

every_scored = pytest.mark.parametrize("name", SCORED)


def texts(part: object) -> Iterator[Text]:
    """Every text of a checklist, its own and those of its parts."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, Part):
        for field in type(part).model_fields:
            yield from texts(getattr(part, field))
    elif isinstance(part, tuple):
        for one in part:
            yield from texts(one)


def scored(checklist: Checklist) -> list[Item]:
    return [item for item in checklist.items() if item.scored]


# --- what is there ---------------------------------------------------------------------------------------------------


def test_the_instruments_of_the_course_are_there() -> None:
    found = {name: sheet(name).instruments for name in INSTRUMENTS}
    assert found == INSTRUMENTS


@every
def test_reads_without_a_problem(name: str) -> None:
    checklist, problems = reader.check(FILES[name])
    assert [f"{one.place()} {one.message()}" for one in problems] == []
    assert checklist is not None
    assert checklist.id == name
    assert checklist.instruments
    assert checklist.changes[0].version == checklist.version


@every
def test_has_8_to_60_items(name: str) -> None:
    """Information takes no answer and is not counted; composite sheets may have up to 110."""
    most = 110 if name in COMPOSITE else 60
    assert 8 <= sum(item.kind != "info" for item in sheet(name).items()) <= most


@every
def test_file_opens_well_in_an_editor(name: str) -> None:
    lines = FILES[name].read_text("utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../checklist.schema.json"
    assert [number for number, line in enumerate(lines, 1) if len(line) >= 160] == []


def test_the_set_uses_what_the_format_can_say() -> None:
    """Kinds, roles and every critical effect are met in real use; each of the eight has something the others lack."""
    checklists = [sheet(name) for name in NAMES]
    items = [item for one in checklists for item in one.items()]
    sections = [section for one in checklists for section, _ in one.walk()]
    options = [option for item in items for option in item.options]
    assert {item.kind for item in items} == set(
        "choice multi occurrences number rating duration time text date photo signature info".split()
    )
    assert {item.role for item in items} == {"normal", "bonus", "penalty"}
    assert {effect.name for option in options for effect in option.critical} == set(
        "zero_section cap zero_total grade_down fail no_award".split()
    )
    assert all(any(getattr(one, name) for one in options) for name in "lose skip replaces exclusive evidence".split())
    assert all(any(getattr(one, name) for one in items) for name in "show_if valid_if computed trap measure".split())
    assert {one.na for one in checklists} == {"exclude", "full"}
    assert {one.repeat.combine for one in sections if one.repeat} >= {"mean", "any_fault"}
    assert all(any(getattr(one, name) is not None for one in sections) for name in ("weight", "points", "pass_"))
    assert [one.id for one in sections if one.stage] == ["entering", "waiting", "transacting", "leaving"]


# --- its words -------------------------------------------------------------------------------------------------------


@every
def test_complete_in_both_languages(name: str) -> None:
    for text in texts(sheet(name)):
        assert text.zh, text
        assert text.en, text
        assert re.search(r"[\u4e00-\u9fff%]", text.zh), text.zh
        assert not re.search(r"[\u3000-\u9fff\uff00-\uffef]", text.en), text.en


@every
def test_words_follow_the_glossary(name: str) -> None:
    for text in texts(sheet(name)):
        assert not [word for word in FORBIDDEN if word in (text.zh or "")], text.zh
        assert not re.search("[！!]", f"{text.zh}{text.en}"), text
        assert not re.search(r"[,;?](?!\d)", text.zh or ""), f"half-width punctuation: {text.zh}"


@every
def test_scored_items_say_what_right_is_how_to_judge_and_what_to_do(name: str) -> None:
    for item in scored(sheet(name)):
        assert item.standard, item.id
        assert item.guidance, item.id
        assert item.clause, item.id
        assert item.clause.title, item.id
        assert item.action or item.role == "bonus", item.id
        if item.kind in ("choice", "occurrences", "rating") and item.role == "normal":
            assert item.faults, item.id


def test_no_two_items_are_alike() -> None:
    """Item texts, standards and guidance are worded for their item, across the whole set."""
    items = [item for name in NAMES for item in sheet(name).items()]
    for said in ("text", "standard", "guidance", "action"):
        found = [getattr(item, said) for item in items if getattr(item, said)]
        for code in ("zh", "en"):
            counted = Counter(text.in_(code) for text in found)
            same = [text for text, count in counted.items() if count > 1 and len(text) > 40]
            assert same == [], said
    for code in ("zh", "en"):
        counted = Counter(item.text.in_(code) for item in items)
        assert [
            text for text, count in counted.items() if count > 1 and text not in ("访问经过", "Visit narrative")
        ] == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("grooming", ["指甲过长", "色彩艳丽", "香水味过重", "头发散乱"]),
        (
            "greeting",
            ["坐着招呼客户", "边操作电脑边说话", "不主动询问需求", "使用方言", "俚语", "语速过快", "专业术语过多"],
        ),
        (
            "branch_mystery_visit",
            ["由保安代岗", "急着叫下一位", "来无迎声", "外人冒充销售", "跟存款一样", "双门敞开无人"],
        ),
        ("telephone_mystery_call", ["公示号码已停用", "念出卡号后四位", "应该可以吧", "晾在线上", "转回语音菜单"]),
        (
            "consumer_protection_inspection",
            [
                "员工代点代输",
                "讲的卖的不同",
                "引导绕开",
                "证件照片",
                "晒客户收益",
                "以口头答复结案",
                "先买后给",
                "拒收现金",
            ],
        ),
        ("announced_inspection", ["撕页或涂改", "手写告示", "提前独立上岗", "口头任命", "单人上门", "转写没开通"]),
        (
            "branch_daily_inspection",
            ["缺举手迎", "缺笑相问", "缺双手接", "缺及时办", "缺巧引荐", "缺提醒递", "缺目相送", "周一由他人代替"],
        ),
        ("digital_channel_review", ["开屏广告", "机器人绕圈", "关闭键极小", "层层挽留", "排在代发日", "明文显示"]),
        ("farewell", ["客户离开无反应", "未提醒带走证件卡片"]),
        ("compliance", ["代客户在单据上签字", "夸大产品收益", "隐瞒风险", "私自查询"]),
        ("privacy", ["社交媒体", "离座未锁屏", "单据丢进垃圾桶"]),
        ("customer_journey", ["排队无序", "指引不明", "解释不清", "程序繁琐", "推诿"]),
        ("financial_education", ["讲成推介会", "从头念到尾", "没有图和漫画", "没有视频", "没有互动游戏"]),
        ("operating_procedure", ["速度过快", "注意力不集中", "手指过于紧张", "未及时发现破损或可疑币", "擅自处理"]),
        ("risk_disclosure", ["说成不会亏", "从来没亏过", "走个形式", "代客户确认", "签字时才说"]),
        ("special_groups", ["缺放大镜", "缺老花镜", "缺大字资料", "必须本人到店"]),
        ("channel_teamwork", ["不归我管", "两边都说是对方的事", "身份反复核验", "强制不让换"]),
        ("lobby_marketing", ["问题搁着不管", "不教快捷支付", "代发疑问无人答", "不问家庭情况", "拦在门口推销"]),
        ("standard_and_personal", ["超权限放行", "无说明插队", "造成差错"]),
        ("emotion", ["与客户争吵", "独自硬扛"]),
        ("needs_discovery", ["听不出语气变化", "没看客户表情", "忽视肢体动作"]),
        (
            "misconceptions",
            [
                "忽略客户的实际感受",
                "流程僵化",
                "没有情感交流",
                "冷漠印象",
                "未了解需求就推销",
                "引起客户反感",
                "对普通客户敷衍",
            ],
        ),
    ],
)
def test_usual_faults_of_the_course_are_chips(name: str, words: list[str]) -> None:
    chips = [
        one.text.in_("zh")
        for item in sheet(name).items()
        for one in (*item.faults, *(option for option in item.options if option.deduct or option.share == 0))
    ]
    assert [word for word in words if not any(word in chip for chip in chips)] == []


def test_figures_of_the_course_are_taught_and_never_scored() -> None:
    """90 %, 23 %, 55 % and 70 % stand in information only; 15 s and 30 s are the full-points bands (A5, A6)."""
    checklist = sheet("service_details")
    taught = "".join(item.text.in_("zh") for item in checklist.items() if item.kind == "info")
    assert all(figure in taught for figure in ("30 秒", "15 秒", "九成", "23%", "55%", "70%"))
    by_id = {item.id: item for item in checklist.items()}
    assert by_id["noticed_within"].bands[0].up_to == 15
    assert by_id["first_impression_time"].bands[0].up_to == 30
    assert {by_id[one].kind for one in ("noticed_within", "first_impression_time")} == {"duration"}
    others = "".join(text.in_("zh") for item in checklist.items() if item.kind != "info" for text in texts(item))
    assert not re.search("九成|23%|55%|70%", others)


def test_nobody_is_scored_or_named_by_the_well_being_sheet() -> None:
    """E8: anonymous and unscored; slips say nothing of who wrote them and are read as means and counts only."""
    checklist = sheet("well_being")
    assert [name for name in NAMES if name not in SCORED] == ["well_being"]
    assert (checklist.checks, checklist.grades, checklist.pass_) == (("self",), (), None)
    assert {item.kind for item in checklist.items()} <= {"info", "rating", "multi", "text", "number"}
    slips = next(section for section in checklist.sections if section.repeat)
    assert slips.repeat is not None
    assert (slips.repeat.min, slips.repeat.header) == (5, ())
    audit = visit(checklist, best(checklist))
    result = score(audit)
    assert missing(audit, result) == ()
    assert (result.total, result.passed, result.grade, result.critical) == (None, None, None, ())
    assert (result.computed["strained"], result.computed["mean_energy"]) == (5, 5)
    taught = "".join(item.text.in_("zh") for item in checklist.items() if item.kind == "info")
    assert all(figure in taught for figure in ("35%", "28%"))


# --- its points ------------------------------------------------------------------------------------------------------


@every_scored
def test_points_add_up_to_the_scale_unless_weights_do_the_work(name: str) -> None:
    checklist = sheet(name)
    tops = checklist.sections
    if any(section.weight is not None for section in tops):
        assert sum(section.weight or 0 for section in tops) == checklist.scale
    else:
        assert sum(item.points or 0 for item in scored(checklist) if item.role == "normal") == checklist.scale


@every_scored
def test_a_perfect_visit_scores_the_full_scale(name: str) -> None:
    checklist = sheet(name)
    for bonuses in (False, True):
        audit = visit(checklist, best(checklist, bonuses=bonuses))
        result = score(audit)
        assert missing(audit, result) == ()
        most = checklist.ceiling if bonuses and checklist.ceiling else checklist.scale
        assert result.total == shown(result.exact, 1) == most
        assert result.critical == ()
        assert result.passed is True
        assert result.grade == checklist.grades[0].id


WORST = {
    "service_innovation": "3.0",  # half of 6 in 25 of 25 for fairness
    "growth": "3.8",  # 1 + 2.4 of 18 in 20 left for communicating
    "management_example": "5.0",  # half of 10 for the head's own manners
    "process_slimming": "5.0",  # half of 10 in 15 of 15 for the controls
    "new_staff": "6.2",  # 0.3 of 6 in 30 of 30 for months, 0.4 of 8 in 18 of 25 for weeks in the post
    "proposals": "6.05",  # 3.5 of 15 for the discussion, a fifth of 15 for the reach
    "day_simulation": "5.7",  # half of 8 in 14 of 20 for safety
    "failure_review": "5.0",  # half of 10 in 20 of 20 for not blaming
    "service_recovery": "1.6",  # 0.2 of 8 for openness
    "financial_education": "6.3",  # 4/19 of 30 left of the item with a critical option
    "operating_procedure": "4.0",  # 4/20 of 20 left of the item with a veto
    "risk_disclosure": "4.0",  # 1 + 3 left of the items with a critical option
    "complaint_handling": "8.0",  # the item on protecting the complainant, whose faults are all critical
    "digital_experience": "3.2",  # 0.3 of 8 in 19 of 25 left
    "special_groups": "5.3",  # 4/19 of 25 left of the item with a veto
    "channel_teamwork": "11.0",  # at most 34 of 40 are deducted, and 5 of the item with a veto
    "digital_channels": "3.0",  # 3/30 of 30 left
    "standard_and_personal": "4.8",  # 4/25 of 30 left of the item with a veto
    "emotion": "5.9",  # 4/17 of 25 left of the item with a veto
    "misconceptions": "4.4",  # 3/17 of 25 left
    # 2 and 2 left by the caps of A and B, 1 + 2 + 2.5 + 2 of items with a veto, less penalties of 3 and 5
    "branch_mystery_visit": "3.5",
    "telephone_mystery_call": "3.3",  # 2 + 4 of 96 left of items with a veto, less a penalty of 3
    # 1 + 1 of 14 in 14 for the films, 1.5 for data, 1 for complaints, 1.5 for conduct, 1 for the elderly
    "consumer_protection_inspection": "7.0",
    "announced_inspection": "1.5",  # half of 3 in 12 of 12 for the opinion book
    "branch_daily_inspection": "35.0",  # 8 + 10 + 8 + 9 + 8 + 7 + 5 left of the items with a veto, less a penalty of 20
    "digital_channel_review": "6.9",  # 3 + 2 of 51 left in 70: the two items with a critical option
    "branch_self_inspection": "4.5",  # 9/53 of 30 + 2/33 of 20 + 3/27 of 20 left, less a penalty of 4
    "compliance": "17.0",  # 5 + 2 + 4 + 4 + 2 + 2 + 3 left of the items with a veto, less a penalty of 5
    "communication": "3.3",  # 3/23 of 25 left
    "customer_journey": "3.7",  # 2/31 of 65 % of 40 and 2/20 of 20 left
    "farewell": "0.0",  # 3 left, less a penalty of 3
    "greeting": "0.0",  # 1 left, less a penalty of 4
    "grooming": "8.4",  # 5 + 2 left, and a fifth of 7 for spirit
    "privacy": "7.6",  # 10/46 of 35 left
    "service_language": "2.0",
    "service_details": "9.0",  # 1/15 of 15 left, and 8/20 of 20: at most 12 are deducted there
}
"""Everything at its lowest without a critical option, worked out by hand."""

WORST_OF_ALL = {"channel_teamwork": "6.0", "grooming": "1.4", "service_details": "8.0"}
"""The same with critical options; 0 where nothing is said."""


@every_scored
def test_the_worst_visit_without_a_critical_option(name: str) -> None:
    checklist = sheet(name)
    audit = visit(checklist, worst(checklist))
    result = score(audit)
    assert missing(audit, result) == ()
    assert result.critical == ()
    assert str(result.total) == WORST.get(name, "0.0")
    assert result.passed is False
    assert result.grade == checklist.grades[-1].id


@every_scored
def test_the_worst_visit_of_all(name: str) -> None:
    checklist = sheet(name)
    audit = visit(checklist, worst(checklist, critical=True))
    result = score(audit)
    assert missing(audit, result) == ()
    assert bool(result.critical) is any(True for _ in critical_options(checklist))
    otherwise = "0.0" if result.critical else WORST.get(name, "0.0")
    assert str(result.total) == WORST_OF_ALL.get(name, otherwise)
    assert result.passed is False


CRITICAL = [
    (name, path, number)
    for name in NAMES
    for number, (path, said) in enumerate(critical_options(sheet(name)))
    if isinstance(said, Option)
]


@pytest.mark.parametrize(("name", "path", "number"), CRITICAL)
def test_every_critical_option_fires(name: str, path: str, number: int) -> None:
    """S6: the effect, and what it does to an otherwise perfect visit."""
    checklist = sheet(name)
    said = list(critical_options(checklist))[number][1]
    answers = {**best(checklist), path: Answer(value=said.id, **EVIDENCE)}
    if name == "farewell":
        answers["something_left"] = Answer(value="something_left")
    audit = visit(checklist, answers)
    result = score(audit)
    assert missing(audit, result) == ()
    assert {(one.path, one.effect) for one in result.critical} == {(path, one.name) for one in said.critical}
    for effect in said.critical:
        _check_effect(checklist, result, path, effect.name, effect.at)


def _check_effect(checklist: Checklist, result: Score, path: str, effect: str, at: Decimal | None) -> None:
    assert result.total is not None
    assert result.before_critical is not None
    if effect == "fail":
        assert result.passed is False
        assert result.total == result.before_critical
    elif effect == "cap":
        assert at is not None
        assert result.total == at < result.before_critical
    elif effect == "zero_total":
        assert result.total == 0
    elif effect == "grade_down":
        unlowered = next(n for n, one in enumerate(checklist.grades) if result.total >= one.from_)
        assert result.grade == checklist.grades[unlowered + 1].id
    elif effect == "zero_section":
        item = result.item(path)
        assert item is not None
        zeroed = result.section(item.section)
        assert zeroed is not None
        assert (zeroed.status, zeroed.earned) == ("zeroed", 0)
        assert result.total < result.before_critical
    else:
        assert effect == "no_award"
        assert result.total == result.before_critical


@pytest.mark.parametrize(
    ("changed", "passed"),
    [
        ({"wrong_on_ideas": 10}, True),  # 80 points of the paper
        ({"wrong_on_ideas": 11}, False),  # 78
        ({"counter_demo": "good", "talk_demo": "good", "pressure_demo": "good"}, True),
        ({"counter_demo": "failed"}, False),
        ({"case_diagnosis": "adequate", "case_solution": "adequate"}, True),
        ({"case_diagnosis": "failed", "case_solution": "adequate"}, False),
        ({"discussion": "good", "team_contribution": "good", "attendance": Decimal(95)}, True),
        ({"discussion": "adequate", "team_contribution": "adequate", "attendance": Decimal(80)}, False),
        ({"last_part_on": "2026-02-10"}, False),  # the eighth day
    ],
)
def test_each_part_of_the_course_has_its_own_pass_mark(changed: dict[str, Value], passed: bool) -> None:
    """E1: theory 80 points, skill and participation good, cases adequate, all within a week; else no certificate."""
    checklist = sheet("course_assessment")
    answers = best(checklist) | {item: Answer(value=value, **EVIDENCE) for item, value in changed.items()}
    result = score(visit(checklist, answers))
    certificate = result.item("certificate")
    assert certificate is not None
    assert (result.passed, certificate.status != "hidden") == (passed, passed)


@pytest.mark.parametrize("name", [name for name in SCORED if name != "smile"])
def test_losing_asks_for_its_reason(name: str) -> None:
    """S4: points lost without a reason leave the item open (colleagues who rate each other's smile suggest instead)."""
    checklist = sheet(name)
    bare = {path: Answer(value=answer.value) for path, answer in worst(checklist).items()}
    audit = visit(checklist, bare)
    without = {one.path for one in missing(audit, score(audit)) if one.what == "reason"}
    counted = {split_path(path)[2] for path in without}
    asked = [item.id for item in scored(checklist) if item.role == "normal" and not item.computed]
    assert len(counted) > len(asked) * 0.7


@every_scored
def test_the_naive_scoring_agrees(name: str) -> None:
    """Random visits of the shipped checklists: engine and second scoring to the last digit shown."""
    checklist = sheet(name)
    dice = random.Random(name)
    good, bad = best(checklist, bonuses=True), worst(checklist, critical=True)
    for _ in range(6):
        answers = {
            path: (bad if dice.random() < 0.3 else good).get(path, good.get(path)) for path, _ in paths(checklist)
        }
        audit = visit(checklist, {path: answer for path, answer in answers.items() if answer})
        naive, result = NaiveScore(audit), score(audit)
        assert naive.total() == Fraction(str(result.total))
        assert naive.before_critical() == Fraction(str(result.before_critical))
        assert (naive.grade(), naive.passed()) == (result.grade, result.passed)
