"""S9: the score as the `finished` line of the journal holds it: plain values for JSON, nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.scoring.engine import ENGINE, score
from auditor.scoring.tree import Fired, ItemScore, Score, SectionScore


def current(audit: Audit) -> Score:
    """The score to show: of a finished audit the one frozen at finishing, else a fresh one.

    Raises `scoring.frozen_unreadable` when what was frozen cannot be read.
    """
    if audit.state == "finished" and audit.frozen_score is not None:
        return thaw(audit.frozen_score)
    return score(audit)


def freeze(score: Score) -> dict[str, Any]:
    """A score as JSON values: figures as text (`96.4`, `5755/102`), the engine's number beside them."""
    return {
        "engine": ENGINE,
        "so_far": score.so_far,
        "total": _said(score.total),
        "before_critical": _said(score.before_critical),
        "scale": _said(score.scale),
        "passed": score.passed,
        "grade": score.grade,
        "critical": [_bare({"path": one.path, "effect": one.effect, "at": _said(one.at)}) for one in score.critical],
        "answered": score.answered,
        "applicable": score.applicable,
        "exact": _said(score.exact),
        "bonus": _said(score.bonus),
        "computed": {path: _said(value) for path, value in score.computed.items()},
        "sections": [_section(one) for one in score.sections],
        "items": [_item(one) for one in score.items],
    }


def _said(x: Decimal | Fraction | str | None) -> str | None:
    return None if x is None else f"{x:f}" if isinstance(x, Decimal) else str(x)


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    return {name: value for name, value in row.items() if value is not None}


def _section(one: SectionScore) -> dict[str, Any]:
    return _bare(
        {
            "path": one.path,
            "parent": one.parent,
            "status": one.status,
            "earned": _said(one.earned),
            "possible": _said(one.possible),
            "ratio": _said(one.ratio),
            "weight": _said(one.weight),
            "figure": _said(one.figure),
            "passed": one.passed,
            "grade": one.grade,
            "answered": one.answered,
            "applicable": one.applicable,
        }
    )


def _item(one: ItemScore) -> dict[str, Any]:
    return _bare(
        {
            "path": one.path,
            "section": one.section,
            "status": one.status,
            "earned": _said(one.earned),
            "possible": _said(one.possible),
            "in_force": None if one.in_force else False,
            "lost_by": list(one.lost_by) or None,
            "missing": list(one.missing) or None,
        }
    )


def thaw(frozen: Mapping[str, Any]) -> Score:
    """The score that `freeze` gave. Raises `scoring.frozen_unreadable`."""
    try:
        return _thawed(frozen)
    except (KeyError, TypeError, ValueError, ArithmeticError, InvalidOperation, AttributeError) as fault:
        raise AuditorError("scoring.frozen_unreadable", engine=_engine(frozen), ours=ENGINE) from fault


def _engine(frozen: object) -> object:
    return frozen.get("engine", "?") if isinstance(frozen, Mapping) else "?"


def _thawed(frozen: Mapping[str, Any]) -> Score:
    return Score(
        so_far=frozen["so_far"],
        total=_decimal(frozen["total"]),
        before_critical=_decimal(frozen["before_critical"]),
        scale=Decimal(frozen["scale"]),
        passed=frozen["passed"],
        grade=frozen["grade"],
        critical=tuple(Fired(one["path"], one["effect"], _decimal(one.get("at"))) for one in frozen["critical"]),
        answered=frozen["answered"],
        applicable=frozen["applicable"],
        sections=tuple(_section_of(one) for one in frozen["sections"]),
        items=tuple(_item_of(one) for one in frozen["items"]),
        exact=_fraction(frozen["exact"]),
        bonus=Fraction(frozen["bonus"]),
        computed={path: _decimal(value) for path, value in frozen["computed"].items()},
    )


def _section_of(row: Mapping[str, Any]) -> SectionScore:
    return SectionScore(
        row["path"],
        row["parent"],
        row["status"],
        Fraction(row["earned"]),
        Fraction(row["possible"]),
        _fraction(row.get("ratio")),
        _fraction(row.get("weight")),
        _decimal(row.get("figure")),
        row.get("passed"),
        row.get("grade"),
        row["answered"],
        row["applicable"],
    )


def _item_of(row: Mapping[str, Any]) -> ItemScore:
    return ItemScore(
        row["path"],
        row["section"],
        row["status"],
        _fraction(row.get("earned")),
        _fraction(row.get("possible")),
        row.get("in_force", True),
        tuple(row.get("lost_by", ())),
        tuple(row.get("missing", ())),
    )


def _decimal(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _fraction(said: str | None) -> Fraction | None:
    return None if said is None else Fraction(said)
