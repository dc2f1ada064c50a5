"""The sample bank: its branches with their strengths and weak spots, its shoppers, its calendar."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from auditor.store.branches import Branch

PLACES = (
    "城东 城西 城北 城南 人民广场 滨河路 高新区 中山路 解放路 建设路 文昌路 和平里 新华街 火车站 大学城 科技园 开发区 "
    "翠湖 南湖 东湖 北门 桂花园 梧桐苑 金沙湾 望江楼 锦绣路 丰收路 长青 安居 朝阳 学府路 体育场 会展中心 古城 江畔 "
    "松林 柳河 云台 石桥 清泉"
).split()
PARENTS = (("江城分行", "7301"), ("临海分行", "7302"), ("云州分行", "7303"))
TYPES = ("综合型", "综合型", "轻型", "社区型")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
ALIASES = "青松 白鹭 远山 春泥 石榴 晴川 梧叶 南风 麦田 晨光".split()


@dataclass(frozen=True, slots=True)
class Staff:
    """Who answers for what at a branch: surname and title, as colleagues say it."""

    head: str
    supervisor: str
    lobby: str
    wealth: str

    def answering(self, post: str) -> str:
        """Who answers for a post."""
        if post == "柜员":
            return self.supervisor
        return self.wealth if post == "理财经理" else self.lobby


NOBODY = Staff("网点负责人", "运营主管", "大堂经理", "理财经理")
"""Where nobody is known by name."""


@dataclass(frozen=True, slots=True)
class Outlet:
    """A branch with its character: how often things go wrong, where, and whether it learns."""

    branch: Branch
    fault_rate: float
    """Share of items with a fault in the first month."""
    learning: float
    """Change of the fault rate per month; below 0 it gets better."""
    weak_spots: frozenset[str] = field(default_factory=frozenset)
    """Ids of sections where it fails far more often."""
    reckless: bool = False
    """One of the few that commit critical faults."""
    staff: Staff = NOBODY

    def rate(self, month: int) -> float:
        return min(0.45, max(0.02, self.fault_rate + self.learning * month))


def outlets(count: int, dice: random.Random, section_ids: list[str]) -> list[Outlet]:
    """`count` branches with codes, parents, types, heads, each with a character of its own."""
    names = _names(count, dice)
    return [_outlet(number, name, dice, section_ids) for number, name in enumerate(names)]


def _names(count: int, dice: random.Random) -> list[str]:
    pool = [f"{place}支行" for place in PLACES]
    pool += [f"{place}{suffix}支行" for suffix in ("东路", "西路", "新村", "广场") for place in PLACES]
    pool += [f"{place}第{number}支行" for number in range(2, 12) for place in PLACES]
    first = pool[: len(PLACES)]
    dice.shuffle(first)
    return (first + pool[len(PLACES) :])[:count]


def _outlet(number: int, name: str, dice: random.Random, section_ids: list[str]) -> Outlet:
    parent, prefix = PARENTS[number % len(PARENTS)]
    head, supervisor, lobby, wealth = dice.sample(SURNAMES, k=4)
    staff = Staff(f"{head}行长", f"{supervisor}主管", f"{lobby}经理（大堂）", f"{wealth}经理（理财）")
    branch = Branch(
        code=f"{prefix}{number // len(PARENTS) + 1:03}",
        name=name,
        parent=parent,
        type=TYPES[dice.randrange(len(TYPES))],
        head=staff.head,
    )
    return Outlet(
        branch,
        fault_rate=dice.choice((0.07, 0.10, 0.14, 0.18, 0.25)),
        learning=dice.choice((-0.012, -0.008, -0.004, 0.0, 0.006)),
        weak_spots=frozenset(dice.sample(section_ids, k=min(len(section_ids), max(1, len(section_ids) // 6)))),
        reckless=number % 4 == 2,
        staff=staff,
    )
