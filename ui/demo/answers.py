"""What a shopper or branch head would have answered: mostly right, wrong where the branch is weak."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from auditor.audit import Answer, Reason, Value
from auditor.checklist import Item, Section
from auditor.checklist.parts import Band, Consequences, Option

PLACES = ("1号窗口", "2号窗口", "3号窗口", "填单台", "等候区", "大堂", "自助服务区", "贵宾室门口")
POSTS = ("柜员", "大堂经理", "引导员", "理财经理", "保安")


@dataclass(frozen=True, slots=True)
class Mood:
    """How one visit goes: how likely a fault is, whether a critical one may happen, and when it took place."""

    dice: random.Random
    fault_rate: float
    critical: bool
    hour: int

    def fails(self, weak: bool) -> bool:
        return self.dice.random() < self.fault_rate * (2.6 if weak else 0.8)

    def clock(self) -> str:
        return f"{self.hour:02}:{self.dice.randrange(5, 55):02}"


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
    reasons = tuple(_reason(item, mood) for _ in range(_faults_in(item, value))) if wrong else ()
    return Answer(value=value, reasons=reasons)


def _faults_in(item: Item, value: Value) -> int:
    return int(value) if item.kind == "occurrences" and isinstance(value, int) else 1


def _reason(item: Item, mood: Mood) -> Reason:
    fault = mood.dice.choice(item.faults).text.in_("zh") if item.faults else f"{item.text.in_('zh')}未做到"
    return Reason(text=fault, time=mood.clock(), place=mood.dice.choice(PLACES), post=mood.dice.choice(POSTS))


def _worth(option: Consequences) -> Decimal:
    """Higher is better, comparable within one item only."""
    return option.share if option.share is not None else -(option.deduct or Decimal(0))


def _open_to(options: tuple[Option, ...], mood: Mood) -> list[Option]:
    """Options that may be drawn: those with critical effects only on a visit that has one."""
    return [option for option in options if mood.critical or not option.critical]


def _choice(item: Item, mood: Mood, wrong: bool) -> Value:
    best = max(item.options, key=_worth)
    worse = [option for option in _open_to(item.options, mood) if option is not best]
    if item.role == "penalty":
        return best.id
    return mood.dice.choice(worse).id if wrong and worse else best.id


def _multi(item: Item, mood: Mood, wrong: bool) -> Value:
    clean = next((option for option in item.options if option.exclusive), None)
    faults = [option for option in _open_to(item.options, mood) if not option.exclusive]
    if wrong or clean is None:
        chosen = mood.dice.sample(faults, k=min(len(faults), mood.dice.choice((1, 1, 1, 2)))) if faults else []
        return tuple(option.id for option in item.options if option in chosen)
    return (clean.id,)


def _occurrences(item: Item, mood: Mood, wrong: bool) -> Value:
    return mood.dice.choice((1, 1, 2, 3)) if wrong or item.role == "bonus" else 0


def _limits(bands: tuple[Band, ...]) -> list[Decimal]:
    return [band.up_to for band in bands if band.up_to is not None]


def _measured(item: Item, mood: Mood, wrong: bool) -> Decimal:
    """A figure inside the best band, or beyond it."""
    limits = _limits(item.bands) or [Decimal(60)]
    best = max(item.bands, key=_worth) if item.bands else None
    low = Decimal(0) if best is None or best is item.bands[0] else limits[max(0, item.bands.index(best) - 1)]
    high = best.up_to if best and best.up_to is not None else limits[-1] * 2
    share = Decimal(str(round(mood.dice.uniform(0.35, 0.95), 3)))
    if wrong:
        return limits[0] + limits[0] * share
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
    return mood.clock()


def _text(item: Item, mood: Mood, wrong: bool) -> Value:
    del item
    return mood.dice.choice(
        ("等候时无人安抚，叫号后才有人回应。", "解释较快，需追问一次。")
        if wrong
        else ("服务连贯，讲解清楚。", "主动引导，态度亲切。")
    )


def _date(item: Item, mood: Mood, wrong: bool) -> Value:
    del item, wrong
    return f"2026-0{mood.dice.randrange(1, 9)}-1{mood.dice.randrange(0, 9)}"


def _nothing(item: Item, mood: Mood, wrong: bool) -> Value:
    del item, mood, wrong


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
