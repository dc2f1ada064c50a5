"""What is known besides an audit when its contradictions are looked for: how fast it was answered, notes of others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path

from auditor import contradictions as rules
from auditor.audit import Audit
from auditor.contradictions import Beside, Contradiction, Pace
from auditor.errors import AuditorError
from auditor.notes import notes
from auditor.scoring.tree import Score
from auditor.store.columns import Row
from auditor.store.journal import Reading, read_journal
from auditor.store.library import Library
from auditor.store.load import load

PAUSE = 30_000
"""Milliseconds above which a pause says nothing about how fast one answers."""
_OF_BRANCH, _OF_OTHERS, _LISTED = 12, 12, 400
"""So many audits are read at most, of the so many newest: who copies, copies from a recent one."""


def found(
    library: Library, folder: Path, audit: Audit, score: Score, *, only_blocking: bool = False
) -> tuple[Contradiction, ...]:
    """The contradictions in an audit of the data folder. With `only_blocking` nothing is read that blocks nothing."""
    wanted = rules.blocking(audit.checklist) if only_blocking else rules.looked_for(audit.checklist)
    if not wanted or (only_blocking and audit.state != "draft"):
        return ()
    speed = _pace_in(folder) if "too_fast" in wanted else None
    others = _notes_of_others(library, audit) if "copied_note" in wanted and any(notes(audit)) else {}
    last = last_self(library, audit) if "same_as_last" in wanted else None
    return rules.contradictions(audit, score, Beside(speed, others, last))


def last_self(library: Library, audit: Audit) -> Audit | None:
    """The branch's last finished self-inspection by the same checklist, in any version, before this one; None where
    there is none, or where this is another kind of check."""
    header = audit.header
    if header.kind != "self" or not header.branch:
        return None
    same = (header.branch, audit.checklist.id, "self", "finished")
    alike = [row for row in library.rows() if (row.branch, row.checklist, row.kind, row.state) == same]
    before = [row for row in alike if row.id != audit.id and row.visited < header.visited]
    for row in sorted(before, key=lambda row: row.visited, reverse=True):
        with suppress(AuditorError):
            return load(library.folder_of(row.id)).audit
    return None


def pace(reading: Reading) -> Pace | None:
    """How fast items were first answered, one by one, by the monotonic clock within each session (design §5); None
    where none was: a fill from a file takes no time that says anything."""
    last: dict[str, int] = {}
    answered: set[str] = set()
    timed: list[str] = []
    taken = 0
    for line in reading.lines:
        body = line.body
        before = last.get(body.session)
        last[body.session] = body.mono
        new = [id_ for (table, id_), row in line.rows.items() if table == "answers" and row and id_ not in answered]
        answered.update(new)
        if body.what == "answer" and len(new) == 1 and before is not None:
            timed.append(new[0])
            taken += min(max(body.mono - before, 0), PAUSE)
    return Pace(timed[0], len(timed), taken / 1000) if timed else None


def _pace_in(folder: Path) -> Pace | None:
    with suppress(AuditorError):
        return pace(read_journal(folder))
    return None


def _notes_of_others(library: Library, audit: Audit) -> dict[str, str]:
    """Notes of recent audits of the same branch or by the same shopper, each with where it stands."""
    header, told = audit.header, dict[str, str]()
    for row in _candidates(library, audit):
        with suppress(AuditorError):
            other = load(library.folder_of(row.id)).audit
            same_shopper = bool(header.shopper) and other.header.shopper == header.shopper
            if same_shopper or (header.branch and other.header.branch == header.branch):
                where = f"{other.header.visited[:10]} {other.header.branch_name or other.header.branch}".strip()
                told.update((note, where) for _, note in notes(other))
    return told


def _candidates(library: Library, audit: Audit) -> Iterator[Row]:
    """The newest audits of the branch, and the newest of all: the index knows no shoppers."""
    rows = [row for row in library.rows()[:_LISTED] if row.id != audit.id and row.state != "damaged"]
    branch = audit.header.branch
    yield from islice((row for row in rows if branch and row.branch == branch), _OF_BRANCH)
    if audit.header.shopper:
        yield from islice((row for row in rows if not branch or row.branch != branch), _OF_OTHERS)
