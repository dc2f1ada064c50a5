"""What `auditor fill` and the window do alike: read a file, and write all of it into an audit, or nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.audit import Header
from auditor.errors import Problem
from auditor.store import Store
from auditor.store.branches import Branches
from checklists.filling import read_any


@dataclass(frozen=True, slots=True)
class Filled:
    """What a file came to."""

    audit: str
    answers: int
    findings: int
    answered: int
    applicable: int
    notes: list[Problem] = field(default_factory=list)


def fill(store: Store, audit: str, file: Path) -> Filled:
    """Fill an audit from a file. Raises ProblemsError with all that is wrong, AuditorError, `store.*`."""
    with closing(store.open_audit(audit)) as opened:
        answers, findings, header = read_any(file, opened.audit, opened.keep_photo)
        notes: list[Problem] = []
        if header is not None:
            header, notes = _registered(header, opened.audit.header, store.branches)
        opened.fill(answers, findings, header=header)
        score = opened.score
        return Filled(audit, len(answers), len(findings), score.answered, score.applicable, notes)


def _registered(header: Header, before: Header, register: Branches) -> tuple[Header, list[Problem]]:
    """A header whose outlet was filled in, with what the register knows of it; and what it does not know."""
    if (header.branch, header.branch_name) == (before.branch, before.branch_name):
        return header, []
    named = header.branch if header.branch != before.branch else header.branch_name
    found = register.find(named)
    if found is not None:
        return replace(header, branch=found.code, branch_name=found.name, parent=found.parent), []
    return header, [Problem("cli.branch_not_registered", {"name": named}, severity="warning")]
