"""Are the backups still what was written: every object of every generation read again, each once (P1, P2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from auditor.errors import AuditorError, Problem
from auditor.store import backups, generations
from auditor.store.backups import Progress
from auditor.store.generations import OBJECTS, Generation, Saved

MOST_NAMED = 5
"""Generations named in a sentence; of more it is said how many."""


@dataclass(frozen=True, slots=True)
class LostCopy:
    """One file of an audit, or of none, that a backup cannot give back, and the generations that held it."""

    saved: Saved
    state: Literal["changed", "missing"]
    file: Path
    """The object."""
    generations: tuple[Generation, ...]

    def problem(self) -> Problem:
        made = [one.made[:16].replace("T", " ") for one in self.generations]
        more = f" (+{len(made) - MOST_NAMED})" if len(made) > MOST_NAMED else ""
        values = {"path": self.saved.path, "file": str(self.file), "audit": self.saved.audit}
        key = "backup_of_audit" if self.saved.audit else "backup_of_file"
        named = ", ".join(made[:MOST_NAMED]) + more
        return Problem(f"store.verify.{key}", {**values, "generations": named}, str(self.file))

    def as_json(self) -> dict[str, Any]:
        held = [{"backup": one.name.removesuffix(".json"), "made": one.made} for one in self.generations]
        about = {"audit": self.saved.audit, "path": self.saved.path, "object": self.saved.sha256}
        return {**about, "state": self.state, "generations": held}


@dataclass(frozen=True, slots=True)
class CheckedBackup:
    """One backup folder."""

    target: Path
    generations: int
    objects: int
    """Read again."""
    lost: tuple[LostCopy, ...] = ()
    unreadable: tuple[Problem, ...] = ()
    """Generations whose list of files is damaged, or of a newer program."""

    def problems(self) -> list[Problem]:
        return [*self.unreadable, *(one.problem() for one in self.lost)]

    def as_json(self) -> dict[str, Any]:
        """As `verify --backups --json` prints it."""
        return {
            "folder": str(self.target),
            "generations": self.generations,
            "objects": self.objects,
            "lost": [one.as_json() for one in self.lost],
            "problems": [one.as_json() for one in self.problems()],
        }


def folders(folder: Path, chosen: Path | None = None) -> list[Path]:
    """Where backups of a data folder lie: beside it, and where a folder was chosen; at least the one in use."""
    beside, used = backups.target_of(folder), backups.target_of(folder, chosen)
    return [used] + ([beside] if beside != used and generations.names(beside) else [])


def check_backups(targets: Sequence[Path], progress: Progress | None = None) -> tuple[CheckedBackup, ...]:
    """Read every object again. `progress(done, of)` is told of each; what it raises ends the check. Raises nothing for
    what is damaged: that is what is told."""
    there = [_Target(target) for target in targets]
    of, done = sum(len(one.held) for one in there), 0
    found = []
    for one in there:
        lost = []
        for sha256 in sorted(one.held):
            if not backups.is_sound(one.target, one.held[sha256][0][1]):
                lost.append(sha256)
            done += 1
            if progress is not None:
                progress(done, of)
        found.append(one.checked(lost))
    return tuple(found)


class _Target:
    """The generations of one backup folder, and who holds each object."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.unreadable: list[Problem] = []
        self.sound: list[Generation] = []
        for name in generations.names(target):
            try:
                self.sound.append(generations.read(target, name))
            except AuditorError as error:
                self.unreadable += error.problems()
        self.held: dict[str, list[tuple[Generation, Saved]]] = {}
        for generation in self.sound:
            for saved in generation.files:
                self.held.setdefault(saved.sha256, []).append((generation, saved))

    def checked(self, lost: Sequence[str]) -> CheckedBackup:
        copies = [one for sha256 in lost for one in self._copies(sha256)]
        return CheckedBackup(self.target, len(self.sound), len(self.held), tuple(copies), tuple(self.unreadable))

    def _copies(self, sha256: str) -> Iterator[LostCopy]:
        """One for each file whose bytes these were. A backup made meanwhile may have let go of a generation, or have
        written the object again: neither is damage."""
        path = self.target / OBJECTS / sha256
        files: dict[str, list[tuple[Generation, Saved]]] = {}
        for generation, saved in self.held[sha256]:
            files.setdefault(saved.path, []).append((generation, saved))
        for held in files.values():
            still = tuple(one for one, saved in held if self._holds(one, saved))
            if still and not backups.is_sound(self.target, held[0][1]):
                yield LostCopy(held[0][1], "changed" if path.exists() else "missing", path, still)

    def _holds(self, generation: Generation, saved: Saved) -> bool:
        try:
            return saved in generations.read(self.target, generation.name).files
        except AuditorError:
            return (self.target / generations.MANIFESTS / generation.name).exists()
