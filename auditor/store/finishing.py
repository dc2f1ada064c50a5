"""What finishing an audit demands, and what it freezes (S2, S4, S9)."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from auditor import review, scoring
from auditor.audit import Audit, split_path
from auditor.errors import Problem, ProblemsError
from auditor.scoring.tree import Score
from auditor.store.lines import Doc


def demand_complete(audit: Audit, score: Score) -> None:
    """Raises ProblemsError `store.not_complete` naming every required item still open (S4)."""
    missing = review.missing(audit, score)
    if missing:
        found = [Problem("store.item_open", _described(audit, one)) for one in missing]
        raise ProblemsError("store.not_complete", found, count=len(found))


def finished_row(audit: Audit, score: Score) -> Doc:
    """The state row of an audit that is finished now: its score frozen (S9), what is not in force set aside (S2)."""
    aside = sorted(one.path for one in score.items if not one.in_force and one.path in audit.answers)
    final = replace(audit, state="finished", set_aside=frozenset(aside))
    state: Doc = msgspec.to_builtins(
        {
            "state": "finished",
            "revision": audit.revision + 1,
            "score": scoring.freeze(scoring.score(final)),
            "engine": scoring.ENGINE,
            "checklist": audit.checklist_hash,
            "set_aside": aside,
        }
    )
    return state


def _described(audit: Audit, one: review.Missing) -> dict[str, str]:
    """What is missing where: the path for a file of answers, number and words for a person."""
    sheet, name = audit.checklist, split_path(one.path)[2].partition("#")[0]
    texts = {item.id: item.text for item in sheet.items()} | {part.id: part.title for part, _ in sheet.walk()}
    return {"path": one.path, "item": f"{one.number} {texts.get(name, '')}".strip(), "what": one.text()}
