"""What the branch's last self-inspection said of each item: to be read, not to be taken over."""

from __future__ import annotations

from auditor import scoring
from auditor.audit import Answer, Audit, split_path
from auditor.checklist.model import Item
from auditor.figures import plain
from auditor.kinds import KINDS
from auditor.scoring.tree import ItemScore
from auditor.words import tr

LONGEST = 60
"""Characters of what is quoted."""


class LastTime:
    """One line for each item that was answered then, by its id in whatever version."""

    def __init__(self, audit: Audit | None, visited: str) -> None:
        self._audit, self._visited = audit, visited
        if audit is not None:
            self._items = {item.id: item for item in audit.checklist.items()}
            self._scores = {one.path: one for one in scoring.current(audit).items}

    def line(self, path: str) -> str:
        """`上月：符合`, `上月：扣1分（未起立）`; "" where nothing was answered."""
        if self._audit is None:
            return ""
        answer, item = self._audit.answers.get(path), self._items.get(split_path(path)[2])
        if answer is None or item is None or item.kind in ("photo", "signature"):
            return ""
        said = _said(item, answer, self._scores.get(path))
        when = _when(self._audit.header.visited, self._visited)
        return tr("duties.last", when=when, said=said) if said else ""


def _said(item: Item, answer: Answer, score: ItemScore | None) -> str:
    if answer.na is not None:
        return tr(f"common.na.{answer.na}")
    shown = KINDS[item.kind].show(item, answer.value) if answer.value is not None else ""
    if score is None or not score.deducted or score.lost_by:
        return _short(shown)
    why = tr("common.semicolon").join(one.text for one in answer.reasons if one.text) or answer.note or shown
    points = tr("duties.last_lost", points=plain(score.deducted))
    return f"{points}{tr('common.brackets', text=_short(why))}" if why else points


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _when(then: str, now: str) -> str:
    """`上月` where it was the month before, else the day."""
    year, month = int(now[:4]), int(now[5:7])
    before = f"{year if month > 1 else year - 1}-{month - 1 or 12:02}"
    return tr("duties.last_month") if then[:7] == before else tr("duties.last_day", day=then[:10])
