"""同比 / 环比: the outlet's last total a quarter and a year ago, of the same checklist and kind of check."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from exports.earlier import NOTHING, earlier, totals


@dataclass(frozen=True)
class Visit:
    visited: str
    total: float | None
    branch: str = "3101007"
    checklist: str = "journey"
    kind: str = "mystery"
    state: str = "finished"


NOW = Visit("2026-03-05T10:12:00+08:00", 90.0)


def test_a_visit_is_compared_with_the_quarter_before_and_a_year_ago():
    rows = [
        NOW,
        Visit("2025-10-11T10:00:00+08:00", 80.5),
        Visit("2025-12-02T10:00:00+08:00", 82.5),
        Visit("2025-02-20T10:00:00+08:00", 71.0),
    ]
    found = earlier(totals(rows), NOW)
    assert (found.last_period, found.last_year) == (Decimal("82.5"), Decimal("71.0"))


def test_other_outlets_checklists_kinds_and_drafts_are_no_comparison():
    then = "2025-12-02T10:00:00+08:00"
    rows = [
        Visit(then, 1.0, branch="9"),
        Visit(then, 2.0, checklist="greeting"),
        Visit(then, 3.0, kind="self"),
        Visit(then, None),
        Visit(then, 4.0, state="draft"),
        Visit("", 5.0),
    ]
    assert earlier(totals(rows), NOW) == NOTHING


def test_a_visit_without_a_day_or_an_outlet_is_compared_with_nothing():
    rows = [Visit("2025-12-02T10:00:00+08:00", 82.5, branch="")]
    assert earlier(totals(rows), Visit("2026-03-05T10:12:00+08:00", 90.0, branch="")) == NOTHING
    assert earlier(totals(rows), Visit("", 90.0)) == NOTHING
