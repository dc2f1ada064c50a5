"""An audit as one row of the library."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from auditor import corrective, scoring
from auditor.audit import Audit
from auditor.scoring.tree import Score
from auditor.store.columns import Row

GRAVEST_FIRST = ("fail", "zero_total", "cap", "zero_section", "grade_down", "no_award")
"""Critical effects (S6) in the order in which a library names them."""


def summary(audit: Audit, score: Score | None, seq: int, head: str) -> Row:
    """The row of an audit; a draft's total is null (design §8), and so is a damaged one's (no score is given)."""
    checklist, header = audit.checklist, audit.header
    done = score if audit.state == "finished" else None
    grade = next((one for one in checklist.grades if done and one.id == done.grade), None)
    unmet = [one.due for one in corrective.unmet(audit, done)] if done else []
    return Row(
        id=audit.id,
        checklist=checklist.id,
        version=checklist.version,
        title_zh=checklist.title.in_("zh"),
        title_en=checklist.title.in_("en"),
        branch=header.branch,
        branch_name=header.branch_name,
        kind=header.kind,
        state=audit.state,
        visited=header.visited,
        total=_figure(done.total) if done else None,
        before_critical=_figure(done.before_critical) if done else None,
        passed=done.passed if done else None,
        grade=done.grade if done else None,
        grade_zh=grade.title.in_("zh") if grade else "",
        grade_en=grade.title.in_("en") if grade else "",
        answered=score.answered if score else len(audit.answers),
        applicable=score.applicable if score else 0,
        unmet=len(unmet),
        dues=tuple(sorted(filter(None, unmet))),
        effects=_effects(score) if score else (),
        seq=seq,
        head=head,
    )


def summary_of(audit: Audit, seq: int, head: str) -> Row:
    """The same, with the score worked out (or, finished, its figures taken as frozen, S9: of the items a row needs
    those that lost something)."""
    if audit.state == "damaged":
        return summary(audit, None, seq, head)
    frozen = audit.frozen_score if audit.state == "finished" else None
    score = scoring.thaw({**frozen, "sections": (), "items": _lost(frozen)}) if frozen else scoring.current(audit)
    return summary(audit, score, seq, head)


def _lost(frozen: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items of a frozen score that may have lost something; anything odd is left to `thaw`."""
    try:
        fired = {one["path"] for one in frozen["critical"]}
        return [one for one in frozen["items"] if one.get("earned") != one.get("possible") or one["path"] in fired]
    except (KeyError, TypeError, AttributeError):
        return []


def _effects(score: Score) -> tuple[str, ...]:
    fired = {one.effect for one in score.critical}
    return tuple(name for name in GRAVEST_FIRST if name in fired)


def _figure(total: Decimal | None) -> float | None:
    return None if total is None else float(total)
