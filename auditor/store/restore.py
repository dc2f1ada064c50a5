"""Putting back what a backup holds: one audit, or all that is missing or damaged (P1, P4). Nothing is overwritten:
what stood there is moved aside into the trash first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from auditor.audit import Audit
from auditor.errors import AuditorError, Problem
from auditor.store import backups, files, generations
from auditor.store.backups import Progress
from auditor.store.branches import NAME as BRANCHES
from auditor.store.generations import OBJECTS, Generation, Saved
from auditor.store.journal import NAME, fold, parse
from auditor.store.load import load
from auditor.store.rows import audit_of
from auditor.store.store import TRASH, Store

STAGE = "restoring"
"""Where an audit is put together before it is moved into place: a leftover of a crash, never read."""


@dataclass(slots=True)
class Restored:
    """What was put back."""

    generation: Generation
    audits: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Others: checklists, the register of branches, settings."""
    kept: list[str] = field(default_factory=list)
    """Audits that are sound as they stand, and were left alone."""
    problems: list[Problem] = field(default_factory=list)
    """What the backup could not give."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The newest sound copy of an audit that a backup holds."""

    generation: Generation
    audit: Audit

    @property
    def answers(self) -> int:
        return len(self.audit.answers)


def best_copy(target: Path, id_: str, known: tuple[int, str] = (0, "")) -> Copy | None:
    """What `restore_audit` would put back; None when no generation holds a sound copy. Raises what the disk says."""
    holding = [one for one in generations.sound(target) if id_ in one.audits]
    for generation in _whole_first(target, id_, holding, known):
        journal = _journal(generation, id_)
        if journal is not None and backups.is_sound(target, journal) and _reads_well(target, journal):
            tables = fold(parse(_object(target, journal), id_)).rows
            with suppress(ValueError, KeyError, TypeError, ArithmeticError):
                return Copy(generation, audit_of(tables))
    return None


def _journal(generation: Generation, id_: str) -> Saved | None:
    return next((one for one in generation.files if one.audit == id_ and one.path.endswith(f"/{NAME}")), None)


def _whole_first(target: Path, id_: str, holding: Iterable[Generation], known: tuple[int, str]) -> list[Generation]:
    """Newest first, but before all those whose journal holds the last line that the index knew of: a draft that was
    cut short may have been saved cut short since."""

    def short(generation: Generation) -> bool:
        journal = _journal(generation, id_)
        if journal is None or not backups.is_sound(target, journal):
            return True
        return parse(_object(target, journal), id_).falls_short_of(*known)

    return sorted(holding, key=short)


def choose(target: Path, at: date | None = None) -> list[Generation]:
    """The generations to restore from, best first: the newest, or the newest not after the end of a day, or, where
    `at` is a moment, not after it.

    Raises `store.backup.none`, `store.backup.none_then`.
    """
    found = list(generations.sound(target))
    if not found:
        raise AuditorError("store.backup.none", file=str(target))
    fit = [one for one in found if at is None or _not_after(one, at)]
    if not fit:
        raise AuditorError("store.backup.none_then", file=str(target), at=at, first=found[-1].made[:10])
    return fit


def _not_after(one: Generation, at: date) -> bool:
    return one.moment <= at if isinstance(at, datetime) else one.moment.date() <= at


def restore_audit(store: Store, id_: str, target: Path, at: date | None = None) -> Restored:
    """Put one audit back as its newest sound copy holds it. Raises `store.backup.no_such_audit`, `store.*`."""
    found = [one for one in choose(target, at) if id_ in one.audits]
    if not found:
        raise AuditorError("store.backup.no_such_audit", audit=id_, file=str(target))
    done = Restored(found[0], problems=list(unreadable(target)))
    if not _put_back(store, id_, found, target, done):
        raise AuditorError("store.backup.nothing_sound", audit=id_, file=str(target))
    return done


def restore_all(store: Store, target: Path, at: date | None = None, progress: Progress | None = None) -> Restored:
    """Put back every audit that is missing or damaged, every other file that is missing, and a damaged register of
    branches. `progress(done, of)` is told of each audit; what it raises ends the restoring, and what was put back
    stays. Raises `store.*`."""
    found = choose(target, at)
    done = Restored(found[0], problems=list(unreadable(target)))
    audits = sorted(found[0].audits)
    for number, id_ in enumerate(audits):
        if progress is not None:
            progress(number, len(audits))
        if _is_sound(store, id_):
            done.kept.append(id_)
        elif not _put_back(store, id_, [one for one in found if id_ in one.audits], target, done):
            done.problems.append(
                Problem("store.backup.nothing_sound", {"audit": id_, "file": str(target)}, str(target))
            )
    if store.branches.damage() is not None and any(one.path == BRANCHES for one in found[0].files):
        store.branches.set_aside()
    for path in (one.path for one in found[0].files if not one.audit):
        if not (store.folder / path).exists():
            _put_back_file(store, path, found, target, done)
    return done


def unreadable(target: Path) -> Iterator[Problem]:
    """The generations whose manifest is damaged, or of a newer program: none of them is restored from."""
    for name in generations.names(target):
        try:
            generations.read(target, name)
        except AuditorError as error:
            yield from error.problems()


def _put_back_file(store: Store, path: str, found: Iterable[Generation], target: Path, done: Restored) -> None:
    """From the newest generation whose object is sound; each that is not is named."""
    for saved in (one for generation in found for one in generation.files if one.path == path):
        if backups.is_sound(target, saved):
            files.make_folder((store.folder / path).parent)
            files.write_atomic(store.folder / path, _object(target, saved))
            store.branches.forget()
            done.files.append(path)
            return
        lost = _lost(target, saved)
        done.problems += [] if lost in done.problems else [lost]


def find(target: Path, prefix: str, at: date | None = None) -> str:
    """The one audit in the backups whose id begins so. Raises `store.backup.no_such_audit`, `store.ambiguous`."""
    there = sorted({id_ for one in choose(target, at) for id_ in one.audits if id_.startswith(prefix)})
    if len(there) > 1:
        raise AuditorError("store.ambiguous", audit=prefix, count=len(there), first=there[0], second=there[1])
    if not there:
        raise AuditorError("store.backup.no_such_audit", audit=prefix, file=str(target))
    return there[0]


def _put_back(store: Store, id_: str, found: Iterable[Generation], target: Path, done: Restored) -> bool:
    """From the newest generation whose journal is sound and, if there is one, whole; a photo that is lost is named, and
    the rest put back."""
    for generation in _whole_first(target, id_, found, store.library.known(id_)):
        mine = [one for one in generation.files if one.audit == id_]
        good = [one for one in mine if backups.is_sound(target, one)]
        lost = [_lost(target, one) for one in mine if one not in good]
        done.problems += [one for one in lost if one not in done.problems]
        if not any(one.path.endswith(f"/{NAME}") and _reads_well(target, one) for one in good):
            continue
        stage = _staged(store.folder, id_, good, target)
        place = store.library.folder_of(id_)
        _exchange(store.folder, stage, place)
        files.remove_empty(stage.parent)
        store.restored(id_)
        done.audits.append(id_)
        return True
    return False


def _staged(folder: Path, id_: str, good: list[Saved], target: Path) -> Path:
    """The audit's folder, put together and durable, not yet in its place."""
    stage = folder / STAGE / id_
    _clear(stage)
    files.make_folder(stage)
    for saved in good:
        path = stage / saved.path.split("/", 3)[3]
        files.make_folder(path.parent)
        files.write_atomic(path, _object(target, saved), settled=False)
    for one in {(stage / saved.path.split("/", 3)[3]).parent for saved in good}:
        with files.named(one):
            files.sync_folder(one)
    return stage


def _exchange(folder: Path, stage: Path, place: Path) -> None:
    """Move what stood there aside and the restored audit into place; when that fails, the first comes back."""
    aside = _aside(folder, place.name)
    if place.exists():
        files.make_folder(folder / TRASH)
        files.move(place, aside)
    try:
        files.make_folder(place.parent)
        files.move(stage, place)
    except AuditorError:
        if aside.exists() and not place.exists():
            with suppress(AuditorError):
                files.move(aside, place)
        raise


def _clear(stage: Path) -> None:
    """What an interrupted restore left."""
    if stage.is_dir():
        for inside in (stage / "photos", stage):
            if inside.is_dir():
                files.remove_all(inside, [one.name for one in inside.iterdir() if one.is_file()])
                files.remove_empty(inside)


def _aside(folder: Path, id_: str) -> Path:
    """A free name in the trash for what stood in the place of a restored audit."""
    return next(path for path in _numbered(folder / TRASH / f"{id_}.before-restore") if not path.exists())


def _numbered(path: Path) -> Iterator[Path]:
    number = 0
    while True:
        number += 1
        yield path.with_name(f"{path.name}-{number}")


def _is_sound(store: Store, id_: str) -> bool:
    try:
        return load(store.library.folder_of(id_), store.library.known(id_)).problem is None
    except AuditorError:
        return False


def _reads_well(target: Path, journal: Saved) -> bool:
    """Whether the copy of a journal is sound itself: damage that was saved with it is no copy to restore."""
    reading = parse(_object(target, journal), journal.audit)
    return bool(reading.lines) and not reading.fault


def _object(target: Path, saved: Saved) -> bytes:
    return files.read(target / OBJECTS / saved.sha256)


def _lost(target: Path, saved: Saved) -> Problem:
    path = str(target / OBJECTS / saved.sha256)
    return Problem("store.backup.object_damaged", {"file": path, "path": saved.path}, path)
