"""How a corrective action reads: its state on a badge, who does what by when on a line."""

from __future__ import annotations

from auditor.corrective import Action, State
from auditor.words import tr
from ui.look.style import Tone

TONES: dict[State, Tone] = {"wanted": "lost", "doing": "brand", "overdue": "failed", "done": "good", "cleared": "quiet"}


def state_words(action: Action) -> tuple[str, Tone]:
    return tr(f"corrective.state.{action.state}"), TONES[action.state]


def month_day(day: str) -> str:
    """`9月18日`, in this year or any other: what is due is near."""
    return tr("corrective.month_day", month=int(day[5:7]), day=int(day[8:10])) if len(day) == 10 else day


def summary(action: Action) -> str:
    """`李主任 · 9月18日前 · 晨会点评`; what is required where nobody took it up."""
    finding = action.finding
    due = tr("corrective.by_day", day=month_day(finding.due)) if finding.due else ""
    done = tr("corrective.done_day", day=month_day(finding.done_on)) if finding.done_on else ""
    parts = [finding.owner, done or due, finding.measure or action.required]
    return " · ".join(" ".join(one.split()) for one in parts if one) or tr("corrective.nothing_yet")
