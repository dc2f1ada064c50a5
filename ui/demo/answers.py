"""What a shopper or branch head would have answered: mostly right, wrong where the branch is weak."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from auditor.audit import Answer, Reason, Value
from auditor.checklist import Item, Section
from auditor.checklist.parts import Band, Consequences, Option

POSTS = (
    ("1号窗口", "柜员"),
    ("2号窗口", "柜员"),
    ("3号窗口", "柜员"),
    ("填单台旁", "大堂经理"),
    ("入口处", "大堂经理"),
    ("等候区", "引导员"),
    ("自助服务区", "引导员"),
    ("理财室门口", "理财经理"),
)
"""Where somebody stands, and who."""
GOOD = ("主动上前询问业务", "讲解耐心", "手上有活仍抬头点头", "先问清需求再开口", "全程面带微笑", "把步骤说得很明白")
BAD = (
    "低头看手机",
    "与同事说话，没有抬头",
    "等了一会才开口",
    "只说了半句就转身",
    "把客户指到别处",
    "语速快，需再问一遍",
)
AFTER_GOOD = ("客户很快办完", "旁边的老人也照顾到了", "递接都用双手", "临走还提醒带好证件", "等候时来过一次")
AFTER_BAD = ("约两分钟后才有人接手", "客户自己找到取号机", "后来由同事补上", "最后才想起提醒", "问第二遍才得到答复")


@dataclass(slots=True)
class Mood:
    """How one visit goes: how likely a fault is, whether a critical one may happen, and what time it is by now."""

    dice: random.Random
    fault_rate: float
    critical: bool
    now: datetime
    to_the_second: bool = False
    """Whether times were tapped, not read off a clock on the wall."""

    def fails(self, weak: bool) -> bool:
        return self.dice.random() < self.fault_rate * (3.0 if weak else 1.1)

    def strikes(self, options: tuple[Option, ...]) -> Option | None:
        """The critical fault of this visit, once, where one is possible."""
        grave = [option for option in options if option.critical]
        if not self.critical or not grave or self.dice.random() < 0.4:
            return None
        self.critical = False
        return self.dice.choice(grave)

    def later(self) -> str:
        """The next clock time: stamps of a visit come in the order in which they are asked for."""
        self.now += timedelta(minutes=self.dice.choice((1, 1, 2, 2, 3, 4, 6)), seconds=self.dice.randrange(50))
        return f"{self.now:%H:%M:%S}" if self.to_the_second else f"{self.now:%H:%M}"

    def told(self, good: bool) -> str:
        """A sentence of the shopper's own; hardly ever the same twice."""
        place, post = self.dice.choice(POSTS)
        seen, then = self.dice.choice(GOOD if good else BAD), self.dice.choice(AFTER_GOOD if good else AFTER_BAD)
        return f"{self.now:%H:%M}前后{place}的{post}{seen}，{then}。"


def answers_for(section: Section, mood: Mood, *, weak: bool, prefix: str = "") -> Iterator[tuple[str, Answer]]:
    """(path, answer) for every item of a section that somebody answers."""
    for item in section.items:
        if item.computed or item.kind == "info":
            continue
        if not item.required and not item.scored and mood.dice.random() < 0.4:
            continue
        yield prefix + item.id, answer_for(item, mood, wrong=mood.fails(weak))


def answer_for(item: Item, mood: Mood, *, wrong: bool) -> Answer:
    """One believable answer; a wrong one carries its reason."""
    value = VALUES[item.kind](item, mood, wrong)
    wrong = wrong or any(option.critical for option in item.options if option.id == value or value == (option.id,))
    loses = wrong and item.scored and item.role != "bonus"
    return Answer(value=value, reasons=tuple(_noted(item, mood, faults_in(item, value))) if loses else ())


def _noted(item: Item, mood: Mood, faults: int) -> Iterator[Reason]:
    """One reason after the other, a little later each."""
    for _ in range(faults):
        mood.now += timedelta(seconds=mood.dice.randrange(15, 120))
        yield reason_for(item, mood)


def faults_in(item: Item, value: Value) -> int:
    """How many reasons an answer wants: one per occurrence, else one."""
    return int(value) if item.kind == "occurrences" and isinstance(value, int) else 1


def reason_for(item: Item, mood: Mood) -> Reason:
    """Why points were lost: one of the usual faults, with its time, place and post."""
    fault = mood.dice.choice(item.faults).text.in_("zh") if item.faults else f"{item.text.in_('zh')}未做到"
    place, post = mood.dice.choice(POSTS)
    return Reason(text=fault, time=f"{mood.now:%H:%M}", place=place, post=post)


def _worth(option: Consequences) -> Decimal:
    """Higher is better, comparable within one item only."""
    return option.share if option.share is not None else -(option.deduct or Decimal(0))


def _harmless(options: tuple[Option, ...]) -> list[Option]:
    """Options that may be drawn any day: those without critical effects."""
    return [option for option in options if not option.critical]


def _choice(item: Item, mood: Mood, wrong: bool) -> Value:
    if grave := mood.strikes(item.options):
        return grave.id
    best = max(item.options, key=_worth)
    worse = [option for option in _harmless(item.options) if option is not best]
    if item.role == "penalty":
        return best.id
    return mood.dice.choice(worse).id if wrong and worse else best.id


def _multi(item: Item, mood: Mood, wrong: bool) -> Value:
    if grave := mood.strikes(item.options):
        return (grave.id,)
    clean = next((option for option in item.options if option.exclusive), None)
    faults = [option for option in _harmless(item.options) if not option.exclusive]
    if wrong or clean is None:
        chosen = mood.dice.sample(faults, k=min(len(faults), mood.dice.choice((1, 1, 1, 2)))) if faults else []
        return tuple(option.id for option in item.options if option in chosen)
    return (clean.id,)


def _occurrences(item: Item, mood: Mood, wrong: bool) -> Value:
    return mood.dice.choice((1, 1, 2, 3)) if wrong or item.role == "bonus" else 0


def _limits(bands: tuple[Band, ...]) -> list[Decimal]:
    return [band.up_to for band in bands if band.up_to is not None]


def _measured(item: Item, mood: Mood, wrong: bool) -> Decimal:
    """A figure inside the best band, or beyond it; a small count where there are no bands."""
    share = Decimal(str(round(mood.dice.uniform(0.35, 0.95), 3)))
    if not item.bands:
        return Decimal(mood.dice.randrange(1, 9))
    limits = _limits(item.bands)
    place = item.bands.index(max(item.bands, key=_worth))
    if wrong:
        place = mood.dice.choice([other for other in range(len(item.bands)) if other != place] or [place])
    low = limits[place - 1] if place else Decimal(0)
    high = limits[place] if place < len(limits) else limits[-1] * (Decimal("1.02") if place and low > 50 else 2)
    return low + (high - low) * share


def _duration(item: Item, mood: Mood, wrong: bool) -> Value:
    return _measured(item, mood, wrong).quantize(Decimal("0.1"))


def _number(item: Item, mood: Mood, wrong: bool) -> Value:
    return _measured(item, mood, wrong).quantize(Decimal(1).scaleb(-item.decimals))


def _rating(item: Item, mood: Mood, wrong: bool) -> Value:
    steps = list(range(item.low, item.high + 1))
    good = steps[: max(1, len(steps) // 2)] if item.reversed else steps[len(steps) // 2 :]
    bad = [step for step in steps if step not in good]
    return mood.dice.choice(bad if wrong and bad else good)


def _time(item: Item, mood: Mood, wrong: bool) -> Value:
    del item, wrong
    return mood.later()


def _text(item: Item, mood: Mood, wrong: bool) -> Value:
    del item
    return mood.told(not wrong)


def _date(item: Item, mood: Mood, wrong: bool) -> Value:
    del item, wrong
    return f"{mood.now + timedelta(days=mood.dice.choice((-90, -40, -12, 20, 30))):%Y-%m-%d}"


def _nothing(item: Item, mood: Mood, wrong: bool) -> Value:
    del item, mood, wrong
    return None


def _signature(item: Item, mood: Mood, wrong: bool) -> Value:
    del item, mood, wrong
    return "样例签名"


VALUES = {
    "choice": _choice,
    "multi": _multi,
    "occurrences": _occurrences,
    "number": _number,
    "rating": _rating,
    "duration": _duration,
    "time": _time,
    "text": _text,
    "date": _date,
    "photo": _nothing,
    "signature": _signature,
    "info": _nothing,
}
