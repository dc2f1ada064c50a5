"""A selection in several layouts: one batch after the other, told as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from exports.batch.run import Failure, Progress, Summary

NOT_DUE = frozenset(
    f"layouts.{name}"
    for name in ("nothing_lost", "not_passed", "not_finished", "not_self", "not_scored", "no_pass_mark", "anonymous")
)
"""Why a layout says nothing of an audit: among many no failure."""


def joined(found: Sequence[Summary]) -> Summary:
    """Several batches as one. `remaining` are the audits that were begun in none of the layouts still wanted."""
    failures = [one for each in found for one in each.failures]
    notes = {one.key: one for each in found for one in each.notes}
    return Summary(
        written=tuple(sorted(path for each in found for path in each.written)),
        there=tuple(sorted({path for each in found for path in each.there} - {p for e in found for p in e.written})),
        failures=tuple(failures),
        remaining=max((each.remaining for each in found), default=0),
        notes=tuple(notes.values()),
    )


def due(found: Summary) -> tuple[Summary, int]:
    """The same without the audits that a layout does not suit, and how many reports these would have been."""
    kept: list[Failure] = []
    for one in found.failures:
        wrong = tuple(each for each in one.problems if each.key not in NOT_DUE)
        kept += [Failure(one.audit, wrong)] if wrong else []
    spared = sum(each.key in NOT_DUE for one in found.failures for each in one.problems)
    return replace(found, failures=tuple(kept)), spared


def telling(
    tell: Callable[[Progress], object], batch: int, of: int, failed_before: int = 0
) -> Callable[[Progress], object]:
    """Tells how far batch number `batch` (from 0) of `of` equally long ones has brought the whole."""

    def told(one: Progress) -> None:
        left = one.left
        if left is not None and one.done:
            left += one.seconds / one.done * one.total * (of - batch - 1)
        done, failed = batch * one.total + one.done, failed_before + one.failed
        tell(replace(one, done=done, total=of * one.total, failed=failed, left=left))

    return told
