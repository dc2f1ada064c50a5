"""What the backups are at the moment, gathered off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One generation, as the list shows it."""

    moment: datetime
    audits: int
    bytes: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """Where the backups are and what they hold, newest generation first."""

    target: Path
    chosen: bool
    away: bool = False
    """A chosen folder that is not there: its drive is unplugged."""
    same_drive: bool = True
    lines: tuple[Line, ...] = ()
    stored: int = 0
    """Bytes on disk; what generations share counts once."""
    damaged: int = 0
    """Generations whose list cannot be read."""


def gather(folder: Path, chosen: Path | None) -> BackupState:
    """Read the generations there are. Never raises for what a backup holds."""
    from auditor.store import backups, generations

    target = backups.target_of(folder, chosen)
    if chosen is not None and not chosen.is_dir():
        return BackupState(target, True, away=True, same_drive=False)
    lines, stored = list[Line](), dict[str, int]()
    for one in generations.sound(target):
        lines.append(Line(one.moment, len(one.audits), sum(saved.bytes for saved in one.files)))
        stored.update((saved.sha256, saved.bytes) for saved in one.files)
    damaged = len(generations.names(target)) - len(lines)
    drive = backups.same_drive(folder, target)
    return BackupState(target, chosen is not None, False, drive, tuple(lines), sum(stored.values()), damaged)


def place_in(picked: Path) -> Path:
    """Where in a folder that a person picked the backups go: into it when it is empty or holds backups already, else
    into a folder of their own, so that they never mix with other files."""
    from auditor.store.generations import MANIFESTS

    try:
        free = (picked / MANIFESTS).is_dir() or not any(picked.iterdir())
    except OSError:
        free = True
    return picked if free else picked / "branch-auditor-backups"


@dataclass(frozen=True, slots=True)
class Held:
    """An audit of one generation, as it can be looked for."""

    audit: str
    words: str
    condition: str
    """`missing`, `damaged` or `sound`."""


def held(target: Path, at: datetime, rows: dict[str, tuple[str, str]]) -> tuple[Held, ...]:
    """The audits of the generation made at `at`, the missing and damaged first; `rows` gives (words, state) by id."""
    from auditor.store import generations

    found = next((one for one in generations.sound(target) if one.moment == at), None)
    made = list[Held]()
    for audit in sorted(found.audits if found else (), reverse=True):
        words, state = rows.get(audit, (audit, "missing"))
        made.append(Held(audit, words, state if state in ("missing", "damaged") else "sound"))
    return tuple(sorted(made, key=lambda one: one.condition == "sound"))
