"""Is everything still what was saved: journals, chains, personal values, photos, index, frozen scores (P2, P5, S9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from auditor import scoring
from auditor.audit import Audit
from auditor.errors import AuditorError, Problem
from auditor.store import files, index, photos
from auditor.store.backup_check import CheckedBackup
from auditor.store.erasure import unsaid
from auditor.store.index import Contents, read_index
from auditor.store.journal import NAME
from auditor.store.library import Progress
from auditor.store.load import Loaded, leftovers, load
from auditor.store.store import Store
from auditor.store.summary import summary_of
from auditor.words import tr

Condition = Literal["ok", "leftover", "damaged"]
STATES: tuple[Condition, ...] = ("ok", "leftover", "damaged")


@dataclass(frozen=True, slots=True)
class Checked:
    """One audit: `leftover` means that a crash left something harmless, `damaged` that something saved is lost."""

    audit: str
    state: Condition
    problems: tuple[Problem, ...] = ()
    """Errors say what is damaged; warnings name leftovers."""


@dataclass(frozen=True, slots=True)
class Report:
    """What `auditor verify` found."""

    audits: tuple[Checked, ...]
    folder: tuple[Problem, ...] = ()
    """What concerns the data folder as a whole: its index, its temporary files."""
    backups: tuple[CheckedBackup, ...] = ()
    """The backup folders that were read again too."""

    def count(self, state: Condition) -> int:
        return sum(1 for one in self.audits if one.state == state)

    def problems(self) -> list[Problem]:
        """All of them; any error means exit code 1 (design §5: leftovers exit 0)."""
        saved = (problem for one in self.backups for problem in one.problems())
        return [*self.folder, *(problem for one in self.audits for problem in one.problems), *saved]

    def as_json(self) -> dict[str, Any]:
        """The shape that `verify --json` prints."""
        states = Counter(one.state for one in self.audits)
        return {
            "audits": [
                {"audit": one.audit, "state": one.state, "problems": [problem.as_json() for problem in one.problems]}
                for one in self.audits
            ],
            "folder": [problem.as_json() for problem in self.folder],
            **{state: states[state] for state in STATES},
            "backups": [one.as_json() for one in self.backups],
        }

    def text(self) -> str:
        """For people: the counts, then whatever is not simply sound."""
        counts: dict[str, Any] = {state: self.count(state) for state in STATES}
        if not self.audits:
            head = tr("store.verify.none")
        elif counts["ok"] == len(self.audits):
            head = tr("store.verify.sound", count=len(self.audits))
        else:
            head = tr("store.verify.counts", count=len(self.audits), **counts)
        lines = [f"    {problem.message()}" for problem in self.folder]
        for one in self.audits:
            if one.problems:
                lines.append(tr("store.verify.line", audit=one.audit, state=tr(f"store.verify.state.{one.state}")))
                lines += [f"    {problem.message()}" for problem in one.problems]
        for backup in self.backups:
            lines.append(backup_words(backup))
            lines += [f"    {problem.message()}" for problem in backup.problems()]
        return "\n".join([head, *lines])


def backup_words(backup: CheckedBackup) -> str:
    """How one backup folder stands, in a sentence."""
    values: dict[str, Any] = {"file": str(backup.target), "objects": f"{backup.objects:,}", "count": backup.generations}
    if not backup.generations and not backup.unreadable:
        return tr("store.verify.backup_none", **values)
    state = "bad" if backup.problems() else "sound"
    return tr(f"store.verify.backup_{state}", **values, lost=len(backup.problems()))


def verify(store: Store, ids: Iterable[str] | None = None, progress: Progress | None = None) -> Report:
    """Check audits (all of them unless some are named) and, for all, the folder. One damaged audit never keeps the
    others from being checked (P4). `progress(done, of)` is told of each; what it raises ends the check. Raises only
    what the disk says about the folder itself."""
    contents = read_index(store.folder / index.NAME)
    there = sorted({*store.library.ids(), *contents.ids()}) if ids is None else list(ids)
    checked: list[Checked] = []
    for id_ in there:
        checked.append(_checked(store, id_, contents))
        if progress is not None:
            progress(len(checked), len(there))
    return Report(tuple(checked), tuple(_folder(store, contents, bool(there))) if ids is None else ())


def _folder(store: Store, contents: Contents, anything: bool) -> Iterator[Problem]:
    path = str(store.folder / index.NAME)
    if anything and not contents.sound:
        yield _leftover("index_missing", file=path)
    if contents.torn:
        yield _leftover("index_torn", file=path)
    damage = store.branches.damage()
    if damage is not None:
        yield from damage.problems()
    if store.folder.is_dir():
        for temp in sorted(store.folder.glob(f".*{files.TEMP}")):
            yield _leftover("temporary", file=str(temp))


def _checked(store: Store, id_: str, contents: Contents) -> Checked:
    folder = store.library.folder_of(id_)
    known = contents.known(id_)
    try:
        loaded = load(folder, known)
        found = list(_found(loaded, contents))
    except AuditorError as error:
        if error.key == "store.not_begun" and not known[0]:
            found = [Problem(error.key, error.values, error.values["file"], severity="warning")]
        elif error.key == "store.no_such_audit":
            found = [Problem("store.verify.audit_gone", {"audit": id_}, str(folder))]
        else:
            found = [Problem(one.key, one.values, one.file or str(folder), one.line) for one in error.problems()]
    for one in leftovers(folder):
        found.append(_leftover("kept_tail" if one.name.startswith(NAME[:8]) else "temporary", file=str(one)))
    damaged = any(problem.severity == "error" for problem in found)
    left = any(problem.key not in _NO_LEFTOVER for problem in found)
    return Checked(id_, "damaged" if damaged else "leftover" if left else "ok", tuple(found))


_NO_LEFTOVER = {"store.verify.erased", "store.verify.other_engine", "store.verify.photo_orphan"}


def _found(loaded: Loaded, contents: Contents) -> Iterator[Problem]:
    reading, audit = loaded.reading, loaded.audit
    file = str(loaded.folder / NAME)
    if loaded.problem is not None:
        yield loaded.problem
    elif reading.fault:
        yield _leftover("torn_tail", file=file, bytes=reading.size - reading.good)
    for line, count in unsaid(loaded):
        yield Problem("store.verify.erased_unsaid", {"count": count, "file": file, "line": line}, file, line)
    erased = sum(line.erased for line in reading.lines)
    if erased:
        yield _leftover("erased", file=file, count=erased)
    yield from _photos(loaded)
    if loaded.problem is None:
        yield from _score(loaded, file)
        yield from _index(audit, loaded, contents)


def _photos(loaded: Loaded) -> Iterator[Problem]:
    """Every photo an answer names is there and is the one that was named; others are leftovers."""
    used = {photo.sha256: path for path, photo in loaded.audit.photos()}
    for sha256, path in used.items():
        kept = photos.path_in(loaded.folder, sha256)
        if not photos.is_sound(kept):
            key = "store.verify.photo_changed" if kept.exists() else "store.verify.photo_missing"
            yield Problem(key, {"path": path, "file": str(kept)}, str(kept))
    for kept in sorted(loaded.folder.glob("photos/*.jpg")):
        if kept.stem not in used:
            yield _leftover("photo_orphan", file=str(kept))


def _score(loaded: Loaded, file: str) -> Iterator[Problem]:
    """The frozen score, worked out again (S9); not where erased texts were evidence it rested on."""
    audit, state = loaded.audit, loaded.state.rows["visit"].get("state", {})
    if audit.state != "finished" or any(line.erased for line in loaded.reading.lines):
        return
    if state.get("engine") != scoring.ENGINE:
        yield _leftover("other_engine", file=file, engine=state.get("engine"), now=scoring.ENGINE)
        return
    again = scoring.score(audit)
    same = msgspec.to_builtins(scoring.freeze(again)) == state.get("score")
    if not same or state.get("checklist") != audit.checklist_hash:
        values = {"frozen": scoring.current(audit).total, "now": again.total}
        yield Problem("store.verify.score_differs", {**values, "file": file}, file)


def _index(audit: Audit, loaded: Loaded, contents: Contents) -> Iterator[Problem]:
    if not contents.sound:
        return
    row = contents.row(audit.id)
    if row is None or (row.seq, row.head) != (loaded.reading.seq, loaded.reading.head):
        yield _leftover("index_lags", audit=audit.id)
    elif row != summary_of(audit, row.seq, row.head):
        yield _leftover("index_wrong", audit=audit.id)


def _leftover(name: str, **values: Any) -> Problem:
    return Problem(f"store.verify.{name}", values, str(values.get("file", "")), severity="warning")
