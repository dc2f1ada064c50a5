"""上期 and 同比 of a register's outlets, from the audits of earlier periods."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from exports.register.periods import Comparison, Earlier
from exports.register.summed import Summed


def earlier_figures(summed: Summed, comparison: Comparison, days: Sequence[str]) -> dict[str, Earlier]:
    """By outlet; a checklist whose versions differ in scale has nothing to compare with."""
    visits = [visit for one in summed.outlets.values() for visit in one.scored]
    scales: dict[str, set[Decimal]] = {}
    for one in visits:
        scales.setdefault(one.checklist, set()).add(one.scale)
    named = {name: key for key, one in summed.outlets.items() for name in (one.outlet.name, one.outlet.code)}
    named.pop("", None)
    only = {key: found.pop() for key, found in scales.items() if len(found) == 1}
    return comparison.by_outlet(days, {one.kind for one in visits}, only, named, summed.options)
