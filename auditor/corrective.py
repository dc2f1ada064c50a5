"""Corrective actions (整改): which losses somebody must put right, and how each stands on a day. Touches no disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.audit import Answer, Audit, Finding
from auditor.review import Loss, losses
from auditor.scoring.tree import Score

__all__ = ["OPEN", "Action", "State", "actions", "demanded", "doubts", "pending", "state", "unmet"]

State = Literal["wanted", "doing", "overdue", "done", "cleared"]
"""待整改, 整改中, 逾期, 已完成, 已销号."""
OPEN: frozenset[State] = frozenset({"wanted", "doing", "overdue"})
NOTHING = Finding()


@dataclass(frozen=True, slots=True)
class Action:
    """One loss with what is done about it."""

    loss: Loss
    finding: Finding
    state: State

    @property
    def path(self) -> str:
        return self.loss.path

    @property
    def required(self) -> str:
        """What must be done: as somebody wrote it, else as the checklist says."""
        return self.finding.required or str(self.loss.item.action or "")


def state(finding: Finding, today: date, *, fixed: bool = False) -> State:
    """How a corrective action stands: struck off, else done, else past its day, else taken up, else waiting.

    It is taken up once a measure is named or a photo of after is there; `fixed` is put right on the spot (立查立改).
    """
    if finding.cleared_on:
        return "cleared"
    if finding.done_on or fixed:
        return "done"
    if finding.due and finding.due < today.isoformat():
        return "overdue"
    return "doing" if finding.measure or finding.photos_after else "wanted"


def demanded(audit: Audit, score: Score) -> Iterator[str]:
    """Paths of the losses somebody must put right: what is lost with another (连带扣分) is put right with it, unless a
    finding was made of it nevertheless."""
    fired = {one.path for one in score.critical}
    for one in score.items:
        lost = bool(one.deducted) or one.path in fired
        if lost and (not one.lost_by or one.path in audit.findings):
            yield one.path


def unmet(audit: Audit, score: Score) -> Iterator[Finding]:
    """What is not done yet, whatever the day: an empty finding where nobody took it up."""
    for path in demanded(audit, score):
        finding = audit.findings.get(path, NOTHING)
        if not (finding.done_on or finding.cleared_on or audit.answers.get(path, Answer()).fixed):
            yield finding


def actions(audit: Audit, score: Score, today: date) -> tuple[Action, ...]:
    """Every loss that must be put right, in the order of `review.losses`."""
    wanted = set(demanded(audit, score))
    found = []
    for loss in losses(audit, score):
        if loss.path in wanted:
            finding = audit.findings.get(loss.path, NOTHING)
            fixed = audit.answers.get(loss.path, Answer()).fixed
            found.append(Action(loss, finding, state(finding, today, fixed=fixed)))
    return tuple(found)


def pending(audit: Audit, score: Score, today: date) -> tuple[Action, ...]:
    """What is not done yet, the most urgent first; what has no day comes last, heaviest first."""
    waiting = [one for one in actions(audit, score, today) if one.state in OPEN]
    return tuple(sorted(waiting, key=lambda one: one.finding.due or "9"))


def doubts(finding: Finding, visited: str, today: date) -> tuple[tuple[str, str], ...]:
    """What cannot be right about the days, as (field, what); nothing of it keeps anybody from saving.

    `visited` is the day of the check, ISO. What: `before_visit before_done not_done future`.
    """
    day, found = visited[:10], list[tuple[str, str]]()
    for name, said in (("due", finding.due), ("done_on", finding.done_on)):
        if said and day and said < day:
            found.append((name, "before_visit"))
    if finding.cleared_on and not finding.done_on:
        found.append(("cleared_on", "not_done"))
    elif finding.cleared_on and finding.cleared_on < finding.done_on:
        found.append(("cleared_on", "before_done"))
    for name, said in (("done_on", finding.done_on), ("cleared_on", finding.cleared_on)):
        if said > today.isoformat():
            found.append((name, "future"))
    return tuple(found)
