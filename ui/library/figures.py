"""The figures at the head of the library, counted from the rows and saying on how many visits they rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from auditor.check_kinds import MYSTERY

if TYPE_CHECKING:
    from auditor.store import Row

MONTHS = 6


class Recent(NamedTuple):
    """The mean of recent finished mystery visits of one checklist in one version (S8: others are left out)."""

    mean: float
    n: int
    example: Row
    """One of the rows: names the checklist."""
    change: float | None
    """Against the six months before; None where these have no visit of the same version."""
    months: tuple[tuple[str, float], ...]
    """(`yyyy-mm`, mean) of the months that have visits, oldest first."""


class Drafts(NamedTuple):
    """What waits to be completed."""

    n: int
    oldest: Row | None
    damaged: int


def month_before(day: date, months: int) -> str:
    """`yyyy-mm`, `months` months before the month of `day`."""
    number = day.year * 12 + day.month - 1 - months
    return f"{number // 12:04}-{number % 12 + 1:02}"


def recent_visits(rows: Sequence[Row], today: date) -> list[Row]:
    """Finished covert visits of the last six months that have a score, of the checklist and version most used."""
    since = month_before(today, MONTHS - 1)
    found = [row for row in rows if row.kind in MYSTERY and row.state == "finished" and row.total is not None]
    found = [row for row in found if row.visited[:7] >= since]
    if not found:
        return []
    most, _ = Counter((row.checklist, row.version) for row in found).most_common(1)[0]
    return [row for row in found if (row.checklist, row.version) == most]


def recent(rows: Sequence[Row], today: date) -> Recent | None:
    """The first card; None where there is no such visit."""
    visits = recent_visits(rows, today)
    if not visits:
        return None
    example = visits[0]
    start, end = month_before(today, 2 * MONTHS - 1), month_before(today, MONTHS)
    earlier = [
        row.total
        for row in rows
        if (row.checklist, row.version) == (example.checklist, example.version)
        and row.kind in MYSTERY
        and row.state == "finished"
        and row.total is not None
        and start <= row.visited[:7] <= end
    ]
    by_month = defaultdict(list)
    for row in visits:
        by_month[row.visited[:7]].append(row.total or 0.0)
    mean = _mean([row.total or 0.0 for row in visits])
    change = mean - _mean(earlier) if earlier else None
    months = tuple((month, _mean(by_month[month])) for month in sorted(by_month))
    return Recent(mean, len(visits), example, change, months)


def drafts(rows: Sequence[Row]) -> Drafts:
    """The second card."""
    waiting = [row for row in rows if row.state == "draft"]
    oldest = min(waiting, key=lambda row: row.visited, default=None)
    return Drafts(len(waiting), oldest, sum(row.state == "damaged" for row in rows))


def _mean(figures: Sequence[float]) -> float:
    return sum(figures) / len(figures)
