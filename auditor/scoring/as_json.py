"""The score as `score --json` prints it (design §8)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from auditor.audit import Audit
from auditor.figures import number
from auditor.scoring.tree import Fired, ItemScore, Score, SectionScore


def as_json(audit: Audit, score: Score) -> dict[str, Any]:
    """`total` and `before_critical` as shown (S1) or null, other figures to 6 decimals."""
    return {
        "audit": audit.id,
        "checklist": audit.checklist.id,
        "version": audit.checklist.version,
        "state": audit.state,
        "so_far": score.so_far,
        "total": _figure(score.total),
        "scale": _figure(score.scale),
        "before_critical": _figure(score.before_critical),
        "passed": score.passed,
        "grade": score.grade,
        "critical": [_fired(one) for one in score.critical],
        "answered": score.answered,
        "applicable": score.applicable,
        "sections": [_section(one) for one in score.sections],
        "items": [_item(one) for one in score.items],
    }


def _figure(x: Decimal | None) -> float | None:
    return None if x is None else float(x)


def _fired(one: Fired) -> dict[str, str]:
    return {"path": one.path, "effect": one.effect}


def _section(one: SectionScore) -> dict[str, Any]:
    return {
        "path": one.path,
        "parent": one.parent,
        "status": one.status,
        "earned": number(one.earned),
        "possible": number(one.possible),
        "ratio": number(one.ratio),
        "weight": number(one.weight),
        "passed": one.passed,
    }


def _item(one: ItemScore) -> dict[str, Any]:
    return {
        "path": one.path,
        "status": one.status,
        "earned": number(one.earned),
        "possible": number(one.possible),
    }
