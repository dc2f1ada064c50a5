"""`auditor demo`: adds a believable bank's audits to the data folder."""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from auditor.audit import Header, Praise
from auditor.checklist import Checklist
from auditor.words import tr
from checklists.library import find
from ui.commands.folder import writing
from ui.commands.outcome import Outcome
from ui.demo.bank import ALIASES, Outlet, outlets
from ui.demo.visits import Visit, carry_out

CHINA = timezone(timedelta(hours=8))
LAST_DAY = datetime(2026, 10, 30, tzinfo=CHINA)
"""The sample bank's calendar ends here, so that the same seed gives the same data on any day."""

PROGRAMME = (
    ("customer_journey", "mystery"),
    ("branch_self_inspection", "self"),
    ("customer_journey", "mystery"),
    ("greeting", "mystery"),
    ("branch_self_inspection", "self"),
    ("compliance", "announced"),
    ("service_details", "mystery"),
    ("privacy", "announced"),
    ("grooming", "self"),
    ("farewell", "mystery"),
)
"""What is carried out, in turn: mystery visits most, the head's self-inspection monthly, special checks between."""

HIGHLIGHTS = (
    "老年客户到店有专人全程陪同，讲解用大字卡。",
    "高峰时主管主动顶岗，加开一个窗口。",
    "厅堂设便民角，雨具、充电线、老花镜齐备。",
    "柜员办结后逐项复述，并请客户核对单据。",
    "投诉苗头由大堂经理当场接手，三分钟内安抚到位。",
    "取号机旁有人值守，每位客户都被问到办什么业务。",
)
PRAISED = (
    "耐心为老年客户讲解密码设置，讲了三遍仍面带微笑。",
    "主动帮带孩子的客户看管推车并优先安排。",
    "发现客户遗落证件，追到门外交还。",
    "提醒客户谨防转账诈骗，核实后才办理。",
    "离席前锁屏并收好客户单据，动作规范。",
)

CRITICAL_VISITS_OF_THE_RECKLESS = 0.3


def demo(arguments: argparse.Namespace) -> Outcome:
    checklists = {name: find(name, None) for name, _ in PROGRAMME}
    sections = sorted({section.id for one in checklists.values() for section, _ in one.walk()})
    dice = random.Random(f"bank {arguments.seed}")
    bank = outlets(arguments.branches, dice, sections)
    with writing(arguments) as store:
        store.branches.merge([outlet.branch for outlet in bank])
        finished = 0
        for number, visit in enumerate(_visits(arguments, bank, checklists, dice)):
            moment = datetime.fromisoformat(visit.header.visited)
            with store.pretending(moment, random.Random(f"{arguments.seed} {number}")):
                opened = carry_out(store, visit)
            finished += opened.audit.state == "finished"
            opened.close()
    data = {"audits": arguments.audits, "branches": arguments.branches, "finished": finished}
    return Outcome(data, tr("cli.demo_done", **data))


def _visits(
    arguments: argparse.Namespace, bank: list[Outlet], checklists: dict[str, Checklist], dice: random.Random
) -> Iterator[Visit]:
    """Visits in the order of the calendar; the latest few are still drafts, one of them nothing but jots."""
    count = arguments.audits
    drafts = max(min(3, count // 4), count // 200)
    for number, moment in enumerate(_calendar(count, arguments.months, dice)):
        outlet = bank[number % len(bank)]
        name, kind = PROGRAMME[(number + number // len(bank)) % len(PROGRAMME)]
        draft = number >= count - drafts
        jotted = drafts > 1 and number == count - drafts
        if jotted:
            name, kind = PROGRAMME[0]
        header = _header(outlet, checklists[name], kind, moment, dice)
        yield Visit(
            checklists[name],
            replace(header, left="", summary="", highlights=(), praises=()) if draft else header,
            random.Random(dice.random()),
            fault_rate=outlet.rate(_months_in(moment, arguments.months)),
            weak_spots=outlet.weak_spots,
            critical=outlet.reckless and dice.random() < CRITICAL_VISITS_OF_THE_RECKLESS,
            depth="jotted" if jotted else "answered" if draft else "finished",
            covered=dice.choice((0.3, 0.5, 0.7)) if draft and not jotted else 1.0,
            staff=outlet.staff,
            today=LAST_DAY.date(),
        )


def _calendar(count: int, months: int, dice: random.Random) -> list[datetime]:
    """`count` moments in business hours of the last `months` months, ascending."""
    days = months * 30
    moments = []
    for _ in range(count):
        day = LAST_DAY - timedelta(days=dice.randrange(days))
        if day.weekday() >= 5 and dice.random() < 0.8:
            day -= timedelta(days=2)
        moments.append(day.replace(hour=dice.choice((9, 9, 10, 10, 11, 14, 15, 16)), minute=dice.randrange(60)))
    return sorted(moments)


def _months_in(moment: datetime, months: int) -> int:
    return max(0, months - (LAST_DAY - moment).days // 30 - 1)


def _header(outlet: Outlet, checklist: Checklist, kind: str, moment: datetime, dice: random.Random) -> Header:
    quarter = (moment.month - 1) // 3 + 1
    scenario = dice.choice(checklist.scenarios).id if checklist.scenarios else ""
    read = (moment - timedelta(minutes=dice.randrange(12, 50))).isoformat(timespec="seconds")
    return Header(
        kind=kind if kind in checklist.checks else checklist.checks[0],
        visited=moment.isoformat(timespec="seconds"),
        left=(moment + timedelta(minutes=dice.randrange(18, 55))).isoformat(timespec="seconds"),
        branch=outlet.branch.code,
        branch_name=outlet.branch.name,
        parent=outlet.branch.parent,
        shopper=outlet.branch.head if kind == "self" else dice.choice(ALIASES),
        scenario=scenario,
        acknowledged=read if scenario and kind == "mystery" else "",
        period=f"{moment.year}年第{'一二三四'[quarter - 1]}季度",
        summary=_appraisal(outlet, dice),
        highlights=tuple(dice.sample(HIGHLIGHTS, k=dice.choice((0, 0, 1, 1, 2)))),
        praises=tuple(_praises(dice)),
    )


def _praises(dice: random.Random) -> Iterator[Praise]:
    """Somebody praised by the number on the badge, now and then."""
    for text in dice.sample(PRAISED, k=dice.choice((0, 0, 0, 1, 1, 2))):
        yield Praise(f"{dice.randrange(101, 480):04}号{dice.choice(('柜员', '柜员', '大堂经理', '引导员'))}", text)


def _appraisal(outlet: Outlet, dice: random.Random) -> str:
    good = ("环境整洁、标识清晰，员工精神面貌良好。", "大堂引导主动，柜面办理熟练。", "整体服务规范，客户等候有序。")
    weak = (
        "高峰时段分流不及时，应加强巡堂。",
        "业务办结后的提醒与送别需要坚持。",
        "风险提示和信息保护仍有疏漏，应立即整改。",
    )
    return dice.choice(good) + (dice.choice(weak) if outlet.fault_rate > 0.08 else "")
