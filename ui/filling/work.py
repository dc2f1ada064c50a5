"""What `auditor fill` and the window do alike: read a file, and write all of it into an audit, or nothing."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from auditor.audit import Audit, Header
from auditor.errors import Problem
from auditor.scoring.tree import Score
from auditor.store import OpenAudit, Store
from auditor.store.branches import Branches
from checklists.answers import Filling
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


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of an audit, not written yet; its photos are kept."""

    filling: Filling
    notes: list[Problem] = field(default_factory=list)

    def write(self, opened: OpenAudit) -> None:
        """As one gesture, one line of the journal. Raises `store.*`, `duties.*`."""
        opened.fill(self.filling.answers, self.filling.findings, header=self.filling.header)

    def outdated(self, before: Audit, now: Audit) -> bool:
        """Whether what it adds to was changed by hand since it was read; answers are whole in the file."""
        findings = any(before.findings.get(path) != now.findings.get(path) for path in self.filling.findings)
        return findings or (self.filling.header is not None and before.header != now.header)

    def told(self, audit: str, score: Score) -> Filled:
        answers, findings = len(self.filling.answers), len(self.filling.findings)
        return Filled(audit, answers, findings, score.answered, score.applicable, self.notes)


def fill(store: Store, audit: str, file: Path) -> Filled:
    """Fill an audit from a file. Raises ProblemsError with all that is wrong, AuditorError, `store.*`."""
    with closing(store.open_audit(audit)) as opened:
        said = read(opened, opened.audit, store.branches, file)
        said.write(opened)
        return said.told(audit, opened.score)


def read(opened: OpenAudit, audit: Audit, register: Branches, file: Path) -> Said:
    """What a file says of an audit as it stands, which may be open in the window. Raises like `fill`."""
    found = read_any(file, audit, opened.keep_photo)
    if found.header is None:
        return Said(found)
    header, notes = _registered(found.header, audit.header, register)
    return Said(found._replace(header=header), notes)


def _registered(header: Header, before: Header, register: Branches) -> tuple[Header, list[Problem]]:
    """A header whose outlet was filled in, with what the register knows of it; and what it does not know."""
    if (header.branch, header.branch_name) == (before.branch, before.branch_name):
        return header, []
    named = header.branch if header.branch != before.branch else header.branch_name
    found = register.find(named)
    if found is not None:
        return replace(header, branch=found.code, branch_name=found.name, parent=found.parent), []
    return header, [Problem("cli.branch_not_registered", {"name": named}, severity="warning")]
