"""`auditor findings`: corrective actions, of all finished audits or of one, and how each stands today."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from auditor.audit import Audit, Finding
from auditor.corrective import OPEN, Action, actions
from auditor.errors import AuditorError, Problem
from auditor.scoring import Score, current
from auditor.words import tr
from ui.commands.folder import reading
from ui.commands.outcome import Outcome
from ui.commands.tables import table

TEXTS = [name for name in Finding.__dataclass_fields__ if not name.startswith("photos")]


def findings(arguments: argparse.Namespace) -> Outcome:
    """The most urgent first: what is open by its day, then what has none, then what is done."""
    store, wrong = reading(arguments), list[Problem]()
    ids = [store.find(arguments.audit)] if arguments.audit else _finished(store.rows(), arguments.open)
    found: list[tuple[Audit, Action]] = []
    for id_ in ids:
        try:
            audit = store.read(id_)
            sound = audit.state != "damaged"
            found += [(audit, one) for one in actions(audit, current(audit), date.today()) if sound]
        except AuditorError:
            if arguments.audit:
                raise
            sound = False
        if not sound:
            wrong.append(Problem("corrective.unread", {"audit": id_}, severity="warning"))
    if arguments.open:
        found = [(audit, one) for audit, one in found if one.state in OPEN]
    found.sort(key=lambda pair: (pair[1].state not in OPEN, pair[1].finding.due or "9"))
    data = [{"audit": audit.id, "branch": audit.header.branch, **as_data(one)} for audit, one in found]
    return Outcome(data, _text(found, only_open=arguments.open), wrong)


def _finished(rows: Any, only_open: bool) -> list[str]:
    """Damaged ones too: they are named (P4)."""
    wanted = (row for row in rows if row.state != "draft")
    return [row.id for row in wanted if row.unmet or not only_open or row.state == "damaged"]


def as_data(one: Action) -> dict[str, Any]:
    """One corrective action as `--json` prints it; days are `YYYY-MM-DD`, "" where none is given."""
    loss, finding = one.loss, one.finding
    row: dict[str, Any] = {"path": one.path, "number": loss.number, "item": str(loss.item.text), "state": one.state}
    row |= {"deducted": float(loss.deducted), "reason": loss.reason}
    row |= {name: getattr(finding, name) for name in TEXTS} | {"required": one.required}
    return row | {
        name: [asdict(photo) for photo in getattr(finding, name)] for name in ("photos_before", "photos_after")
    }


def lines(audit: Audit, score: Score) -> list[str]:
    """The corrective actions of one audit, for `auditor show`."""
    found = actions(audit, score, date.today())
    said = [f"  {one.loss.number} {one.loss.item.text}{tr('common.colon')}{_told(one)}" for one in found]
    return ["", tr("corrective.shown"), *said] if said else []


def _told(one: Action) -> str:
    finding = one.finding
    parts = [tr(f"corrective.state.{one.state}"), finding.owner, finding.due, finding.measure or one.required]
    return "  ".join(" ".join(part.split()) for part in parts if part)


def _text(found: list[tuple[Audit, Action]], *, only_open: bool) -> str:
    if not found:
        return tr("corrective.none_open" if only_open else "corrective.none")
    heads = [tr(f"corrective.column.{name}") for name in ("state", "due", "owner", "branch", "item", "audit")]
    cells = [
        (
            tr(f"corrective.state.{one.state}"),
            one.finding.due or "–",
            one.finding.owner or "–",
            audit.header.branch_name or audit.header.branch,
            f"{one.loss.number} {one.loss.item.text}",
            audit.id,
        )
        for audit, one in found
    ]
    states = [one.state for _, one in found]
    waiting = sum(one in OPEN for one in states)
    counts = tr("corrective.listed", count=len(states), open=waiting, overdue=states.count("overdue"))
    return f"{table(heads, cells)}\n{counts}"
