"""What matters to whom today: counted from the rows, told on the first page (design §6: a role is a choice)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from auditor.check_kinds import MYSTERY
from auditor.words import tr

if TYPE_CHECKING:
    from auditor.store import Row

Role = Literal["", "shopper", "branch_head", "officer"]
ROLES: tuple[Role, ...] = ("shopper", "branch_head", "officer")
FIRST_KINDS: dict[Role, tuple[str, ...]] = {"shopper": MYSTERY, "branch_head": ("self",)}
"""The kinds of check that someone in a role starts most."""


class Person(NamedTuple):
    """Who works here: a role, and the alias or the branch that goes with it."""

    role: Role = ""
    alias: str = ""
    branch: str = ""
    """Organisation code, or the name where the register has none."""
    branch_name: str = ""
    due_day: int = 25

    @property
    def name(self) -> str:
        return {"shopper": self.alias, "branch_head": self.branch_name or self.branch}.get(self.role, "")


NOBODY = Person()


class SelfCheck(NamedTuple):
    """How this month's self-inspection of a branch stands."""

    state: Literal["none", "draft", "done"]
    days: int
    """Until the due day; below zero when it has passed."""
    row: Row | None
    """This month's."""
    last: Row | None
    """The last finished one before this month's."""


def mine(rows: Sequence[Row], person: Person) -> Sequence[Row]:
    """The rows a person is shown figures of: a branch head's own branch, else all."""
    if person.role != "branch_head" or not person.branch:
        return rows
    return [row for row in rows if person.branch in (row.branch, row.branch_name)]


def waiting(rows: Sequence[Row]) -> list[Row]:
    """Drafts, the visit longest ago last: the newest is remembered best and completed first."""
    return sorted((row for row in rows if row.state == "draft"), key=lambda row: row.visited, reverse=True)


def self_check(rows: Sequence[Row], person: Person, today: date) -> SelfCheck:
    """This month's self-inspection of the person's branch."""
    month = f"{today:%Y-%m}"
    own = [row for row in mine(rows, person) if row.kind == "self" and row.state in ("draft", "finished")]
    this = sorted((row for row in own if row.visited[:7] == month), key=lambda row: (row.state, row.visited))
    before = [row for row in own if row.state == "finished" and row.visited[:7] < month]
    last = max(before, key=lambda row: row.visited, default=None)
    from calendar import monthrange

    due = min(person.due_day, monthrange(today.year, today.month)[1])
    row = this[-1] if this else None
    state: Literal["none", "draft", "done"] = "none" if row is None else "done" if row.state == "finished" else "draft"
    return SelfCheck(state, due - today.day, row, last)


def title(person: Person, hour: int) -> str:
    """`早上好，城东支行`."""
    part = "morning" if 5 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    greeting = tr(f"window.greeting.{part}")
    return tr("role.greet", greeting=greeting, name=person.name) if person.name else greeting


def below(rows: Sequence[Row], person: Person, today: date) -> str:
    """The line under the greeting."""
    if not rows:
        return tr("window.purpose")
    drafts = sum(row.state == "draft" for row in rows)
    if person.role == "shopper":
        visits = sum(row.visited[:10] == today.isoformat() for row in rows)
        return tr("role.today" if visits else "role.today_none", visits=visits, drafts=drafts)
    if person.role == "branch_head" and person.branch:
        return _of_branch(self_check(rows, person, today), today)
    return tr("window.overview", finished=sum(row.state == "finished" for row in rows), drafts=drafts)


def _of_branch(check: SelfCheck, today: date) -> str:
    words = _due(check, today)
    last = check.row if check.state == "done" else check.last
    if last is None or last.total is None:
        return words
    return tr("role.join", first=words, second=tr("role.last_self", figure=f"{last.total:.1f}"))


def _due(check: SelfCheck, today: date) -> str:
    if check.state == "done":
        return tr("role.due_done", month=today.month)
    left = "left" if check.days > 0 else "today" if check.days == 0 else "over"
    words = tr(f"role.due_{left}", month=today.month, days=abs(check.days))
    if check.row is None:
        return words
    progress = f"{check.row.answered * 100 // max(check.row.applicable, 1)}%"
    return tr("role.join", first=tr("role.due_draft", month=today.month, progress=progress), second=words)
