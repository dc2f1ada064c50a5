"""A register and a comparison of many audits of a store, read once, one at a time."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.audit import Audit
from auditor.errors import AuditorError, Problem
from auditor.scoring import Score, current
from auditor.store import Store
from exports import report_settings
from exports.batch import Progress
from exports.blocks import Copy
from exports.from_store import undamaged

if TYPE_CHECKING:
    from exports.register import Options


@dataclass(frozen=True, slots=True)
class Gathering:
    """What is to be made of which audits, and where it goes."""

    chosen: Sequence[str]
    folder: Path
    options: Options
    copy: Copy = "compliance"
    lang: str = "zh"
    register: bool = True
    comparison: bool = False
    circular: bool = False


@dataclass(slots=True)
class Gathered:
    """What was written, and what could not stand in it."""

    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def gather(store: Store, wanted: Gathering, progress: Callable[[Progress], None] | None = None) -> Gathered:
    """The files; `progress` hears after every audit and may raise to stop. Raises `register.*`, `report.*`."""
    from exports.register import Summed, earlier_audits, write_register

    rows, chosen, done = store.rows(), set(wanted.chosen), Gathered()
    settings, _ = report_settings.load(store.folder)
    earlier = earlier_audits(rows, chosen)
    audits = _told(_finished(store, wanted.chosen, done.problems), len(chosen), progress)
    summed = Summed(wanted.options)
    if wanted.register:
        days = [row.visited for row in rows if row.id in chosen and row.state == "finished"]
        path = write_register(
            audits,
            wanted.folder,
            days,
            copy=wanted.copy,
            lang=wanted.lang,
            branches=store.branches,
            earlier=earlier,
            letterhead=settings.letterhead,
            options=wanted.options,
            summed=summed,
        )
        done.files.append(path)
    if wanted.comparison or wanted.circular:
        from exports.comparison import gathered, write_circular, write_comparison

        if not wanted.register:
            gathered(audits, summed, copy=wanted.copy, lang=wanted.lang, branches=store.branches)
        same: dict[str, Any] = {"copy": wanted.copy, "lang": wanted.lang, "letterhead": settings.letterhead}
        if wanted.comparison:
            done.files.append(write_comparison(summed, wanted.folder, earlier=earlier, **same))
        if wanted.circular:
            done.files.append(write_circular(summed, wanted.folder, **same))
    return done


def _told(
    audits: Iterator[tuple[Audit, Score]], total: int, progress: Callable[[Progress], None] | None
) -> Iterator[tuple[Audit, Score]]:
    """The audits as they come; whoever watches hears how many there were."""
    began = time.monotonic()
    for number, one in enumerate(audits, 1):
        yield one
        if progress is not None:
            spent = time.monotonic() - began
            progress(Progress(number, total, 0, 0, spent, spent / number * max(0, total - number)))


def _finished(store: Store, chosen: Sequence[str], problems: list[Problem]) -> Iterator[tuple[Audit, Score]]:
    """The finished audits among the chosen, one at a time, oldest first (P4)."""
    drafts = 0
    for audit_id in sorted(chosen):
        try:
            audit = undamaged(store, audit_id)
            if audit.state == "finished":
                score = current(audit)
            else:
                drafts += 1
                continue
        except AuditorError as error:
            problems += [replace(one, file=one.file or audit_id) for one in error.problems()]
            continue
        yield audit, score
    if drafts:
        problems.append(Problem("cli.drafts_not_in_register", {"count": drafts}, severity="warning"))
