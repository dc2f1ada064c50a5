"""Opening an audit: right, or said to be damaged with what survives; never wrong (P2)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.audit import Audit
from auditor.errors import AuditorError, Problem
from auditor.store import files
from auditor.store.journal import NAME, Fold, Reading, fold, read_journal
from auditor.store.lines import FORMAT, Doc, Key
from auditor.store.rows import audit_of
from auditor.store.upgrades import upgraded

Tables = dict[str, dict[str, Doc]]
UPGRADES: dict[int, Callable[[Tables], Tables]] = {}
"""What brings the rows of an older format up to the next one, by the old number; applied in order."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """An audit as its journal gives it."""

    folder: Path
    audit: Audit
    reading: Reading
    state: Fold
    problem: Problem | None = None
    """What is damaged, where, and what survives."""
    upgrade: Mapping[Key, Doc | None] = field(default_factory=dict)
    """The rows that an older format's come to in this one, where they differ; a writer adds them as a line first."""


def load(folder: Path, known: tuple[int, str] = (0, ""), listed: bool = False) -> Loaded:
    """Read an audit's folder; `known` is the last line the index knew of; `listed`: for its row in the library only.

    Raises `store.no_such_audit`, `store.not_begun` (the leftover of a crash), `store.nothing_survives`, `store.newer`
    or what the disk says. A damaged audit of which something survives comes back with state `damaged`, read-only.
    """
    reading = _read(folder)
    problem = damage(folder, reading, known)
    if not reading.lines:
        key = "store.nothing_survives" if problem else "store.not_begun"
        raise AuditorError(key, file=str(folder / NAME), audit=folder.name)
    state = fold(reading)
    about = state.rows.get("visit", {}).get("about", {})
    number = about.get("format")
    if not isinstance(number, int) or (number > FORMAT and "header" not in state.rows["visit"]):
        raise AuditorError("store.newer", file=str(folder / NAME))
    why = "store.read_only.damaged" if problem else "store.read_only.newer" if number > FORMAT else ""
    try:
        upgrade = _upgrade(state, number) if number < FORMAT else {}
        audit = audit_of(state.rows, why, problem is not None, listed)
        if audit.id != folder.name:
            raise ValueError("another audit's journal")
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        if number > FORMAT:
            raise AuditorError("store.newer", file=str(folder / NAME)) from error
        raise AuditorError("store.nothing_survives", file=str(folder / NAME), audit=folder.name) from error
    return Loaded(folder, audit, reading, state, problem, upgrade)


def _upgrade(state: Fold, number: int) -> dict[Key, Doc | None]:
    """Bring the rows of an older format up to date, in memory; which of them are other rows now."""
    before = {(table, id_): doc for table, rows in state.rows.items() for id_, doc in rows.items()}
    state.rows = upgraded(deepcopy(state.rows), number, FORMAT, UPGRADES)
    state.rows["visit"]["about"]["format"] = FORMAT
    after = {(table, id_): doc for table, rows in state.rows.items() for id_, doc in rows.items()}
    return {key: after.get(key) for key in before | after if after.get(key) != before.get(key)}


def _read(folder: Path) -> Reading:
    if not folder.is_dir():
        raise AuditorError("store.no_such_audit", audit=folder.name)
    try:
        return read_journal(folder)
    except AuditorError as error:
        if not folder.is_dir():
            raise
        if not (folder / NAME).exists():
            return Reading((), 0, 0)
        if error.key != "store.vanished":
            raise
        return read_journal(folder)  # it came between the two looks: the audit is just being begun


def damage(folder: Path, reading: Reading, known: tuple[int, str]) -> Problem | None:
    """What is damaged in a journal, if anything (design §5): the first bad line, and how many survive before it."""
    file, sound = str(folder / NAME), reading.seq
    saved = reading.lines[-1].body.at[:19].replace("T", " ") if reading.lines else "–"
    values: dict[str, Any] = {"file": file, "survives": sound, "until": saved}
    if reading.fault == "damaged":
        return Problem("store.damaged", {**values, "line": sound + 1}, file, sound + 1)
    if reading.falls_short_of(*known):
        line = min(sound, known[0] - 1) + 1
        return Problem("store.falls_short", {**values, "line": line, "known": known[0]}, file, line)
    return None


def as_error(problem: Problem) -> AuditorError:
    """The same as a failure, for what needs the audit whole."""
    return AuditorError(problem.key, **problem.values)


def leftovers(folder: Path) -> list[Path]:
    """What a crash left in an audit's folder: moved tails and unfinished files. Harmless (design §5)."""
    if not folder.is_dir():
        return []
    found = [one for one in folder.rglob("*") if one.name.endswith(files.TEMP)]
    return sorted([*found, *folder.glob("journal.tail-*")])
