"""What became of the losses: corrective actions in every state, from not yet taken up to struck off the list."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from auditor.audit import Audit, Finding, Reason
from auditor.corrective import State, demanded
from auditor.scoring import Score
from ui.demo.bank import Staff

MEASURES = (
    "晨会重申标准并现场演练，主管每日抽查一次。",
    "已调整排班，高峰时段增设一名引导员。",
    "当事人重新学习规范，师傅跟班一周。",
    "更换标识并重新摆放物品，指定专人每日两次巡检。",
    "纳入每周服务例会讲评，连续两周无反复后销号。",
    "报修并更换设备，损坏期间由专人引导。",
    "制作提示卡置于工位，主管每周调阅监控两段。",
    "组织情景演练两次，由非本岗同事打分。",
)
REMARKS = ("", "", "", "已回访客户。", "监控抽查三段未见反复。", "待下次暗访复核。")
AFRESH = 14
"""Days within which a branch has mostly just begun."""
YOUNG: tuple[State, ...] = ("wanted", "wanted", "doing", "doing", "done")
OLD: tuple[State, ...] = ("cleared",) * 8 + ("done",) * 3 + ("doing", "wanted", "overdue")


def findings(
    audit: Audit, score: Score, staff: Staff, today: date, dice: random.Random
) -> Iterator[tuple[str, Finding]]:
    """(path of the loss, what is done about it) as it stands on `today`; nothing for what nobody took up yet."""
    visited = datetime.fromisoformat(audit.header.visited).date()
    age = (today - visited).days
    for path in demanded(audit, score):
        answer = audit.answers.get(path)
        if answer is not None and answer.fixed:
            continue
        state = dice.choice(YOUNG if age < AFRESH else OLD)
        finding = _finding(state, _owner(answer.reasons if answer else (), staff), visited, today, dice)
        if not finding.empty:
            yield path, finding


def _owner(reasons: tuple[Reason, ...], staff: Staff) -> str:
    """The one who answers for the post at which it happened; the branch head where none is named."""
    return staff.answering(reasons[0].post) if reasons else staff.head


def _finding(state: State, owner: str, visited: date, today: date, dice: random.Random) -> Finding:
    """Days follow each other: visited, done, struck off; what is not overdue is due on a day to come, or on none."""
    measure = dice.choice(MEASURES)
    due = visited + timedelta(days=dice.choice((7, 10, 15, 30)))
    coming = today + timedelta(days=dice.choice((5, 15, 30, 60)))
    if state == "wanted":
        return dice.choice((Finding(), Finding(owner=owner), Finding(owner=owner, due=f"{coming}")))
    if state == "doing":
        return Finding(measure=measure, owner=owner, due=dice.choice(("", f"{coming}")))
    if state == "overdue":
        past = min(due, today - timedelta(days=1))
        return Finding(measure=dice.choice((measure, "")), owner=owner, due=f"{past}")
    done = min(visited + timedelta(days=dice.randrange(1, 12)), today)
    finding = Finding("", measure, owner, f"{max(due, done)}", f"{done}", remark=dice.choice(REMARKS))
    if state == "done":
        return finding
    cleared = min(done + timedelta(days=dice.randrange(1, 8)), today)
    checker = dice.choice(("分行合规部", "分行运营管理部", "分行消保部"))
    return replace(finding, checked_by=checker, cleared_on=f"{cleared}")
