"""同比 / 环比 of one report: the outlet's last total in the quarter before and in that quarter of the year before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from exports.head import Earlier
from exports.periods import quarter

if TYPE_CHECKING:
    from auditor.store import Row

NOTHING = Earlier()
Totals = Mapping[tuple[str, str, str, int], Decimal]
"""By branch, checklist, kind of check and quarter: the total of the last finished visit in it."""


def totals(rows: Iterable[Row]) -> Totals:
    """Of all finished audits of the library."""
    last: dict[tuple[str, str, str, int], str] = {}
    found: dict[tuple[str, str, str, int], Decimal] = {}
    for row in rows:
        if row.state != "finished" or row.total is None or not row.branch:
            continue
        key = (row.branch, row.checklist, row.kind, quarter(row.visited))
        if key[-1] and row.visited >= last.get(key, ""):
            last[key], found[key] = row.visited, Decimal(str(row.total))
    return found


def earlier(of: Totals, row: Row) -> Earlier:
    """What a visit is compared with; nothing where there was no such visit."""
    at = quarter(row.visited)
    if not at or not row.branch:
        return NOTHING
    before, year = (of.get((row.branch, row.checklist, row.kind, at - back)) for back in (1, 4))
    return Earlier(before, year)
