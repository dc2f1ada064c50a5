"""The data folder as the window sees it: opened after the first paint, its rows, its audits, its trash."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from auditor.errors import AuditorError
from ui import background
from ui.library.cards import Losses
from ui.library.figures import recent_visits
from ui.role.today import NOBODY, mine
from ui.safety import daily, second_look

if TYPE_CHECKING:
    from auditor.audit import Audit, Header
    from auditor.checklist.model import Checklist
    from auditor.errors import Problem
    from auditor.store import Branch, Row, Store
    from ui.session import AuditSession

VISITS_LOOKED_AT = 20
GATHERING = 0.5
"""Seconds between two looks at an index that is being rebuilt."""
_NOTHING_TO_SEE = frozenset({"store.no_folder", "store.no_such_audit", "store.open_already", "window.not_open_yet"})


class Desk(QObject):
    """Holds the one store of the window. Until `ready`, rows come from the index alone; what is asked then waits."""

    ready = Signal()
    rows_changed = Signal(object)
    losses_counted = Signal(object)
    failed = Signal(object)
    """The AuditorError of something asked for that was not done."""
    indexing = Signal(int, int)
    """How many audits of how many the index has been rebuilt from; (0, 0) when it is done."""
    _gathered = Signal(int, int, object)
    limited = Signal(object)
    """The AuditorError for which the folder can only be read (another instance writes)."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.rows: Sequence[Row] = ()
        self.person = NOBODY
        """Whose figures are counted: a branch head's are the own branch's."""
        self._store: Store | None = None
        self._waiting: list[Callable[[], object]] = []
        self._open = True
        self.backup_folder: Path | None = None
        """Where backups go when a folder was chosen; it is made no more than found there."""
        self._told, self._enough = 0.0, 0
        self._gathered.connect(self._show_gathered)

    def peek(self) -> Sequence[Row]:
        """The rows as the index has them, without a lock or a look at any audit; none when it must be rebuilt."""
        if not (self.folder / "audits").exists():
            return self.rows
        from auditor.store.index import NAME, read_index

        found = read_index(self.folder / NAME)
        self.rows = found.rows() if found.sound else ()
        return self.rows

    def open(self) -> None:
        """Open the store off the window's thread; `ready` when it is."""
        self._told = time.monotonic()
        background.run(lambda: _open(self.folder, self._gather), self._opened, self._not_opened)

    @property
    def store(self) -> Store | None:
        return self._store

    @property
    def writes(self) -> bool:
        return self._store is not None and self._store.writes

    def when_ready(self, work: Callable[[], object]) -> None:
        """Do something with the store: now, or as soon as it is open. What fails is said, not raised."""
        if self._store is None:
            self._waiting.append(work)
            return
        try:
            work()
        except AuditorError as error:
            self.failed.emit(error)

    def refresh(self) -> None:
        """Read the rows again."""
        if self._store is not None and not self._gone():
            try:
                self.rows = self._store.rows()
            except AuditorError as error:
                self.failed.emit(error)
                return
            self.rows_changed.emit(self.rows)
            self._count_losses()

    def start(self, checklist: Checklist, header: Header) -> AuditSession:
        """Begin an audit. Raises `store.*`."""
        from ui.session import AuditSession

        return AuditSession(self._writing().create(checklist, header))

    def session(self, audit: str) -> AuditSession:
        """Open an audit, draft or finished; one that cannot be changed (damaged, newer, a folder that can only be
        read) is only looked at, and says why. Raises `store.*` where nothing survives or nothing is there (P2)."""
        from ui.session import AuditSession

        self._asked()
        try:
            return AuditSession(self._writing().open_audit(audit))
        except AuditorError as error:
            self.refresh()  # what cannot be opened is damaged in the list too, from now on
            if error.key in _NOTHING_TO_SEE:
                raise
            try:
                return AuditSession(self._asked().view(audit, error))
            except AuditorError as nothing:
                raise nothing from error

    def read(self, audit: str) -> Audit:
        """An audit as it stands, without opening it. Raises `store.*`."""
        return self._asked().read(audit)

    def trash(self, audit: str) -> None:
        self._writing().trash(audit)
        self.refresh()

    def untrash(self, audit: str) -> None:
        self._writing().untrash(audit)
        self.refresh()

    def trashed(self) -> list[tuple[str, Audit | None]]:
        """What lies in the trash, newest first; None for what cannot be read any more."""
        store, found = self._asked(), list[tuple[str, "Audit | None"]]()
        for audit in store.trashed():
            try:
                found.append((audit, store.in_trash(audit)))
            except AuditorError:
                found.append((audit, None))
        return found

    def erase(self, audit: str, reason: str) -> int:
        """Erase the personal texts of an audit, here and in the backups; how many. Raises `store.*`."""
        from auditor.store import backups

        if self.backup_folder is not None:
            daily.reachable(self.backup_folder)
        count = self._writing().erase(audit, reason=reason)
        if self.backup_folder is not None:
            backups.forget(self.folder, audit, self.backup_folder)
        self.refresh()
        return count

    def lend(
        self, work: Callable[[Store], Any], done: Callable[[Any], None], failed: Callable[[Exception], None]
    ) -> None:
        """Give the store to long work on another thread; until it is back, what is asked of it waits. Raises `store.*`
        where nothing can be written."""
        store, self._store = self._writing(), None

        def back(say: Callable[[Any], None], result: Any) -> None:
            if not self._open:
                store.close()
                return
            self._store = store
            self.refresh()
            self._go_on()
            say(result)

        background.run(lambda: work(store), partial(back, done), partial(back, failed))

    def branches(self) -> list[Branch]:
        """The register; empty where there is none yet. Raises `store.*`."""
        return self._store.branches.all() if self._store is not None else []

    def merge_branches(self, branches: Sequence[Branch]) -> tuple[int, int]:
        """Add and change branches of the register; (added, changed). Raises `store.*`."""
        return self._writing().branches.merge(branches)

    def load_sample(self, done: Callable[[], object]) -> None:
        """Add the sample bank to the folder, off the window's thread; the store is opened anew afterwards."""
        from argparse import Namespace

        from ui.commands.demo import demo

        if self._store is not None:
            self._store.close()
            self._store = None
        wanted = Namespace(data=self.folder, audits=60, branches=12, months=6, seed=1, lang=None, json=False)

        def finished(_: object) -> None:
            self.when_ready(done)
            self.open()

        def failed(error: Exception) -> None:
            self.failed.emit(error)
            self.open()

        background.run(lambda: demo(wanted), finished, failed)

    def close(self) -> None:
        self._open = False
        if self._store is not None:
            self._store.close()
            self._store = None

    def _asked(self) -> Store:
        if self._store is None:
            raise AuditorError("window.not_open_yet", file=str(self.folder))
        if self._gone():
            raise AuditorError("store.no_folder", file=str(self.folder))
        return self._store

    def _gone(self) -> bool:
        """Whether the folder that was opened is there no longer: a drive unplugged. The list stays as it was."""
        return self.writes and not self.folder.is_dir()

    def _writing(self) -> Store:
        """The store for a change. Where the folder could only be read, what stood in the way may be gone by now:
        the lock is tried for again. Raises what stands in the way, `store.*`."""
        store = self._asked()
        if not store.writes:
            from auditor.store import Store

            self._store = Store.open(self.folder, write=True)
            store.close()
            self.refresh()
        return self._asked()

    def _opened(self, found: tuple[Store, Sequence[Row], AuditorError | None]) -> None:
        store, rows, limit = found
        if not self._open:
            store.close()
            return
        self._store = store
        if limit is not None:
            self.limited.emit(limit)
        self.rows = rows
        self.indexing.emit(0, 0)
        self.rows_changed.emit(rows)
        self.ready.emit()
        self._go_on()
        self._count_losses()
        second_look.later(self, store, lambda: self._store, self.refresh)
        if store.writes:
            background.run(partial(daily.back_up, self.folder, self.backup_folder), lambda _: None, self.failed.emit)

    def _not_opened(self, error: Exception) -> None:
        self.indexing.emit(0, 0)
        self.failed.emit(error)

    def _go_on(self) -> None:
        """Do what was asked for while there was no store."""
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            self.when_ready(work)

    def _gather(self, store: Store, done: int, of: int) -> None:
        """On the opening thread: the index is being rebuilt. The rows so far are shown when half as many came to them:
        sorting them again for every word on the progress would make the window stutter."""
        if not self._open:
            raise AuditorError("safety.stopped")
        now = time.monotonic()
        if now - self._told >= GATHERING:
            self._told = now
            rows = store.library.so_far() if done >= self._enough else None
            self._enough = self._enough if rows is None else done * 3 // 2
            self._gathered.emit(done, of, rows)

    @Slot(int, int, object)
    def _show_gathered(self, done: int, of: int, rows: Sequence[Row] | None) -> None:
        if self._open and self._store is None:
            self.indexing.emit(done, of)
            if rows is not None:
                self.rows = rows
                self.rows_changed.emit(rows)

    def _count_losses(self) -> None:
        visits = recent_visits(mine(self.rows, self.person), date.today())[:VISITS_LOOKED_AT]
        store = self._store
        if store is None or not visits:
            self.losses_counted.emit(Losses())
            return
        from ui.library.losses import losses

        ids = [row.id for row in visits]
        background.run(lambda: losses(store, ids), self.losses_counted.emit, lambda _: self._say_no_losses())

    def _say_no_losses(self) -> None:
        self.losses_counted.emit(Losses(failed=True))


def _open(folder: Path, tell: Callable[[Store, int, int], None]) -> tuple[Store, Sequence[Row], AuditorError | None]:
    """The store with its lock; without it, for reading, where another instance has it or nothing can be written."""
    from auditor.store import Store

    try:
        store, limit = Store.open(folder, write=True), None
    except AuditorError as error:
        store, limit = Store.open(folder, write=False), error
    try:
        return store, store.rows(lambda done, of: tell(store, done, of)), limit
    except AuditorError:
        store.close()
        raise


def problems_as_error(problems: list[Problem]) -> AuditorError | None:
    """The first error among problems, as one the strip can say."""
    first = next((one for one in problems if one.severity == "error"), None)
    return None if first is None else AuditorError(first.key, **{**first.values, "file": first.file})
