"""How backups, copies and audits are called in the sentences about them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from auditor.words import tr

if TYPE_CHECKING:
    from auditor.store import Row


def moment(when: datetime) -> str:
    """`2026-03-05 10:12`, as the clock on the wall said."""
    return f"{when:%Y-%m-%d %H:%M}"


def size(count: int) -> str:
    """Bytes as a person reads them."""
    return f"{count / 1_000_000:,.1f} MB" if count >= 100_000 else f"{count / 1000:,.1f} KB"


def of_row(row: Row) -> str:
    """Which audit this is: branch and day."""
    return " · ".join((row.branch_name or row.branch or tr("window.no_branch"), row.visited[:10]))
