"""上期 and 同比: the run of quarters before the register's, and the same quarters a year earlier."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from exports.periods import quarter
from exports.register.options import STANDARD, Marked, Options
from exports.register.summed import Summed

if TYPE_CHECKING:
    from auditor.store import Row


@dataclass(frozen=True, slots=True)
class Earlier:
    """Visits of earlier periods to one outlet: what their totals come to, as a share of full marks."""

    last_period: Fraction | None = None
    last_year: Fraction | None = None


@dataclass(frozen=True, slots=True)
class EarlierAudits:
    """Audits of the folder that may be compared with the register's; the register picks those of its kinds of check."""

    rows: tuple[Row, ...] = field(default=())

    def by_outlet(
        self,
        days: Collection[str],
        kinds: Collection[str],
        scales: Mapping[str, Decimal],
        named: Mapping[str, str],
        options: Options = STANDARD,
    ) -> dict[str, Earlier]:
        """By outlet: finished visits of the same checklists and kinds of check in the two earlier periods.

        `scales` are those of the register's checklists by id; `named` gives an outlet's key for what a row calls it.
        Several visits are taken together as in the register, but the library knows no points to weight them by.
        """
        if not days:
            return {}
        first, last = quarter(min(days)), quarter(max(days))
        length = last - first + 1
        found: dict[tuple[str, bool], list[Marked]] = {}
        for row in self.rows:
            outlet = named.get(row.branch) or named.get(row.branch_name)
            scale = scales.get(row.checklist)
            if not outlet or not scale or row.kind not in kinds or row.total is None:
                continue
            at = quarter(row.visited)
            share = Marked(row.kind, Fraction(str(row.total)) / Fraction(scale), Fraction(1))
            if first - length <= at < first:
                found.setdefault((outlet, False), []).append(share)
            if first - 4 <= at <= last - 4:
                found.setdefault((outlet, True), []).append(share)
        return {
            outlet: Earlier(
                options.figure(found.get((outlet, False), ())), options.figure(found.get((outlet, True), ()))
            )
            for outlet in {key for key, _ in found}
        }


def earlier_audits(rows: Iterable[Row], chosen: Collection[str]) -> EarlierAudits:
    """The finished audits that are not in the register themselves."""
    kept = set(chosen)
    return EarlierAudits(tuple(row for row in rows if row.state == "finished" and row.id not in kept and row.visited))


def earlier_figures(summed: Summed, earlier: EarlierAudits, days: Sequence[str]) -> dict[str, Earlier]:
    """By outlet; a checklist whose versions differ in scale has nothing to compare with."""
    visits = [visit for one in summed.outlets.values() for visit in one.scored]
    scales: dict[str, set[Decimal]] = {}
    for one in visits:
        scales.setdefault(one.checklist, set()).add(one.scale)
    named = {name: key for key, one in summed.outlets.items() for name in (one.outlet.name, one.outlet.code)}
    named.pop("", None)
    only = {key: found.pop() for key, found in scales.items() if len(found) == 1}
    return earlier.by_outlet(days, {one.kind for one in visits}, only, named, summed.options)
