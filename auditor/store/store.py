"""The data folder: audits, their library, the register of branches, the trash (design §5)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from auditor.audit import Audit, Header
from auditor.checklist import snapshot
from auditor.checklist.model import Checklist
from auditor.contradictions import Contradiction
from auditor.errors import AuditorError, Problem
from auditor.scoring.tree import Score
from auditor.store import backups, beside, files, lock, photos
from auditor.store.branches import Branches
from auditor.store.clock import AUDIT_ID, Clock, Pretended
from auditor.store.columns import Rows
from auditor.store.erasure import erase_personal
from auditor.store.history import Entry, entries
from auditor.store.journal import Journal, begin
from auditor.store.library import Library, Progress
from auditor.store.lines import FORMAT, Doc, Key
from auditor.store.load import Loaded, as_error, load
from auditor.store.meanwhile import Meanwhile
from auditor.store.opened import OpenAudit
from auditor.store.reserve import Reserve
from auditor.store.rows import clean_header, header_row
from auditor.store.summary import summary_of
from auditor.store.viewed import ViewedAudit

TRASH = "trash"


class Store:
    """A data folder, for reading without a lock or for writing as its one writer. Close it, or use `with`."""

    def __init__(self, folder: Path, held: lock.Held | None = None) -> None:
        self.folder = folder
        self._lock = held
        self._clock = Clock()
        self._open: dict[str, OpenAudit] = {}
        self._reserve = Reserve(folder)
        self._meanwhile = Meanwhile()
        self.library = Library(folder, writes=held is not None)
        self.branches = Branches(folder, writes=held is not None)

    @classmethod
    def open(cls, folder: Path, write: bool = False) -> Self:
        """Open a data folder; for writing it is made when missing, and locked.

        Raises `store.in_use` naming the holder, `store.no_folder`, `store.not_a_folder` or what the disk says.
        """
        folder = Path(folder).expanduser().absolute()
        if write:
            files.make_folder(folder)
            store = cls(folder, lock.lock(folder / "lock"))
            store._reserve.keep()
            return store
        if folder.exists() and not folder.is_dir():
            raise AuditorError("store.not_a_folder", file=str(folder))
        if not folder.exists() and not _reachable(folder):
            raise AuditorError("store.no_folder", file=str(folder))
        return cls(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open, settle the index and let the next writer in."""
        if self._lock is not None:
            for opened in self._open.values():
                opened.close()
            self.library.close()
            self._reserve.keep()
            self._lock.release()
            self._lock = None

    @property
    def writes(self) -> bool:
        return self._lock is not None

    def create(self, checklist: Checklist, header: Header, who: str = "") -> OpenAudit:
        """Begin an audit: its folder and first line are durable when this returns (P1). Raises `store.*`."""
        self._for_writing()
        id_ = self._clock.audit_id()
        while self._folder(id_).exists():
            id_ = self._clock.audit_id()
        fingerprint = snapshot.fingerprint(checklist)
        about: Doc = {"id": id_, "format": FORMAT, "checklist": fingerprint, "created": self._clock.now().isoformat()}
        rows: dict[Key, Doc | None] = {
            ("visit", "about"): about,
            ("visit", "checklist"): snapshot.dump(checklist),
            ("visit", "header"): header_row(clean_header(header)),
        }
        for section, _ in checklist.walk():
            if section.repeat is not None and section.repeat.min:
                rows["instances", section.id] = {"numbers": list(range(1, section.repeat.min + 1))}
        self.library.opened(id_)
        begin(self._folder(id_), rows, self._clock, who)
        loaded = load(self._folder(id_))
        self.library.put(summary_of(loaded.audit, loaded.reading.seq, loaded.reading.head))
        return self._opened(loaded)

    def find(self, prefix: str) -> str:
        """The id of the one audit that begins so. Raises `store.no_such_audit`, `store.ambiguous`."""
        if AUDIT_ID.fullmatch(prefix) and self._folder(prefix).is_dir():
            return prefix
        found = [id_ for id_ in self.library.ids() if id_.startswith(prefix)] if prefix else []
        if len(found) > 1:
            raise AuditorError("store.ambiguous", audit=prefix, count=len(found), first=found[0], second=found[1])
        if not found:
            raise AuditorError("store.no_such_audit", audit=prefix)
        return found[0]

    def read(self, id_: str) -> Audit:
        """An audit up to its last complete line, without a lock. A damaged one has state `damaged` and is read-only;
        `damage` says what is missing. Raises `store.*` when nothing survives (P2)."""
        return self.load(id_).audit

    def load(self, id_: str) -> Loaded:
        """The same with the journal behind it."""
        return load(self._folder(id_), self.library.known(id_))

    def damage(self, id_: str) -> Problem | None:
        """What is damaged in an audit's journal: the file, the line, what survives; None when it is sound."""
        return self.load(id_).problem

    def open_audit(self, id_: str) -> OpenAudit:
        """Open an audit for changing it. Raises `store.damaged`, `store.read_only.*` when it cannot be changed."""
        self._for_writing(id_)
        try:
            loaded = self.load(id_)
            if loaded.problem is not None:
                raise as_error(loaded.problem)
        except AuditorError:
            self.library.refresh(id_)
            raise
        if loaded.audit.read_only:
            raise AuditorError(loaded.audit.read_only, audit=id_)
        self.library.opened(id_)
        if loaded.upgrade:
            loaded = self._brought_up_to_date(loaded)
        photos.collect(loaded.folder, _named_photos(loaded), loaded.state.lineage.gone, self._clock.now())
        return self._opened(loaded)

    def history(self, id_: str) -> list[Entry]:
        """Who changed what from what, oldest first, as far as the journal is sound."""
        loaded = self.load(id_)
        return entries(loaded.reading, loaded.audit.checklist)

    def contradictions(self, audit: Audit, score: Score) -> tuple[Contradiction, ...]:
        """What does not fit together in an audit as it was read."""
        return beside.found(self.library, self._folder(audit.id), audit, score)

    def last_self(self, audit: Audit) -> Audit | None:
        """The branch's self-inspection before this one, by the same checklist; None where there is none."""
        return beside.last_self(self.library, audit)

    def rows(self, progress: Progress | None = None) -> Rows:
        """The library, newest first. `progress(done, of)` is called while the index is rebuilt."""
        return self.library.rows(progress)

    def look_again(self) -> bool:
        """See to it that `rows` tells the truth about journals somebody else changed or damaged; whether any row is
        another now. For a hundred thousand audits this is a look at as many files, though at none of their bytes."""
        self.library.rows()
        looked = self.library.second_look()
        changed = self.library.settle_look(looked)
        self.library.keep_look(looked)
        return changed

    def photo_path(self, id_: str, sha256: str) -> Path:
        return photos.path_in(self._folder(id_), sha256)

    def view(self, id_: str, why: AuditorError | None = None) -> ViewedAudit:
        """An audit only to be looked at: it is damaged, of a newer program, or `why` nothing can be written. Raises
        `store.*` when nothing survives (P2)."""
        loaded = self.load(id_)
        if loaded.problem is not None:
            why = as_error(loaded.problem)
        elif loaded.audit.read_only:
            why = AuditorError(loaded.audit.read_only, audit=id_)
        return ViewedAudit(loaded, self.library, why or AuditorError("store.not_for_writing", file=str(self.folder)))

    def erase(self, id_: str, who: str = "", reason: str = "") -> int:
        """Erase the personal texts of an audit that is not open, from its journal, the index and the backups beside
        the data (`backups.forget` for those elsewhere); how many. Raises `store.*`."""
        self._for_writing(id_)
        count = erase_personal(self._folder(id_), self.library.known(id_), self._clock, who, reason)
        self.library.refresh(id_)
        self.library.compact()
        backups.forget(self.folder, id_)
        return count

    def trash(self, id_: str) -> None:
        """Move an audit's folder to the trash; `untrash` brings it back. Raises `store.*`."""
        self._for_writing(id_)
        if not self._folder(id_).is_dir():
            raise AuditorError("store.no_such_audit", audit=id_)
        files.make_folder(self.folder / TRASH)
        files.move(self._folder(id_), self.folder / TRASH / id_)
        self.library.drop(id_)

    def untrash(self, id_: str) -> None:
        """Bring an audit back from the trash. Raises `store.no_such_audit`."""
        self._for_writing()
        source = self.folder / TRASH / id_
        if not AUDIT_ID.fullmatch(id_) or not source.is_dir():
            raise AuditorError("store.no_such_audit", audit=id_)
        files.make_folder(self._folder(id_).parent)
        files.move(source, self._folder(id_))
        self.library.refresh(id_)

    def restored(self, id_: str) -> None:
        """An audit's folder was put back from a backup: what the index knew of it no longer counts."""
        self._for_writing(id_)
        self.library.drop(id_)
        self.library.refresh(id_)
        self.library.compact()

    def in_trash(self, id_: str) -> Audit:
        """An audit as it lies in the trash. Raises `store.*`."""
        if not AUDIT_ID.fullmatch(id_):
            raise AuditorError("store.no_such_audit", audit=id_[:100])
        return load(self.folder / TRASH / id_).audit

    def trashed(self) -> list[str]:
        """Ids in the trash, newest first."""
        folder = self.folder / TRASH
        return (
            sorted((one.name for one in folder.iterdir() if AUDIT_ID.fullmatch(one.name)), reverse=True)
            if folder.is_dir()
            else []
        )

    @contextmanager
    def pretending(self, moment: datetime, dice: random.Random) -> Iterator[None]:
        """Another time and known chance for what is done inside: sample data comes out the same every time."""
        before, self._clock = self._clock, Pretended(moment, dice)
        try:
            yield
        finally:
            self._clock = before

    def _folder(self, id_: str) -> Path:
        if not AUDIT_ID.fullmatch(id_):
            raise AuditorError("store.no_such_audit", audit=id_[:100])
        return self.library.folder_of(id_)

    def _opened(self, loaded: Loaded) -> OpenAudit:
        opened = OpenAudit(loaded.folder, loaded, self.library, self._clock, self._reserve, self._meanwhile)
        self._open = {id_: one for id_, one in self._open.items() if not one.closed} | {opened.audit.id: opened}
        return opened

    def _brought_up_to_date(self, loaded: Loaded) -> Loaded:
        """Say in one line what an older format's journal comes to in this one; the lines before stay as they are."""
        journal = Journal(loaded.folder, loaded.reading, self._clock)
        try:
            journal.append("upgrade", loaded.upgrade)
        finally:
            journal.close()
        return load(loaded.folder, self.library.known(loaded.audit.id))

    def _for_writing(self, id_: str = "") -> None:
        """Raises `store.not_for_writing`, or `store.open_already` for an audit that is open in this program."""
        if self._lock is None:
            raise AuditorError("store.not_for_writing", file=str(self.folder))
        if id_ in self._open and not self._open[id_].closed:
            raise AuditorError("store.open_already", audit=id_)


def _named_photos(loaded: Loaded) -> set[str]:
    """Photos that any line ever named: undo and the history may still show them."""
    rows = (doc for line in loaded.reading.lines for doc in line.rows.values() if doc)
    return {photo[0] for doc in rows for photo in doc.get("photos", ())}


def _reachable(folder: Path) -> bool:
    """Whether a folder that is not there yet could be made: the one above it, or the user's own, is there."""
    return folder.parent.is_dir() or folder.is_relative_to(Path.home())
