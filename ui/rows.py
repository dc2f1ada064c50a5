"""The rows of the library as `list` prints them, and `--where` over their columns (design §8)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from auditor.store import Row


def as_listed(row: Row) -> dict[str, Any]:
    """One row of `list --json`."""
    return {
        "id": row.id,
        "checklist": row.checklist,
        "version": row.version,
        "branch": row.branch,
        "kind": row.kind,
        "state": row.state,
        "visited": row.visited,
        "total": None if row.total is None or row.state != "finished" else float(Decimal(row.total)),
        "passed": row.passed,
        "grade": row.grade or None,
    }
