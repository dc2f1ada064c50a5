"""The data folder as the window sees it: opened after the first paint, its rows, its audits, its trash."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from auditor.errors import AuditorError
from ui import background
from ui.library.cards import Losses
from ui.library.figures import recent_visits

if TYPE_CHECKING:
    from auditor.audit import Audit, Header
    from auditor.checklist.model import Checklist
    from auditor.checklist.parts import Text
    from auditor.errors import Problem
    from auditor.store import Branch, Row, Store
    from ui.session import AuditSession

VISITS_LOOKED_AT = 20
MOST_SECTIONS = 3


class Desk(QObject):
    """Holds the one store of the window. Until `ready`, rows come from the index alone; what is asked then waits."""

    ready = Signal()
    rows_changed = Signal(object)
    losses_counted = Signal(object)
    failed = Signal(object)
    """The AuditorError of something asked for that was not done."""
    limited = Signal(object)
    """The AuditorError for which the folder can only be read (another instance writes)."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.folder = folder
        self.rows: Sequence[Row] = ()
        self._store: Store | None = None
        self._waiting: list[Callable[[], object]] = []
        self._open = True

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
        background.run(lambda: _open(self.folder), self._opened, self.failed.emit)

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
        """Open an audit, draft or finished. Raises `store.*`; a damaged one names what is damaged."""
        from ui.session import AuditSession

        store = self._writing()
        try:
            return AuditSession(store.open_audit(audit))
        except AuditorError:
            self.refresh()  # what cannot be opened is damaged in the list too, from now on
            raise

    def read(self, audit: str) -> Audit:
        """An audit as it stands, without opening it. Raises `store.*`."""
        return self._asked().read(audit)

    def trash(self, audit: str) -> None:
        self._writing().trash(audit)
        self.refresh()

    def untrash(self, audit: str) -> None:
        self._writing().untrash(audit)
        self.refresh()

    def branches(self) -> list[Branch]:
        """The register; empty where there is none yet. Raises `store.*`."""
        return self._store.branches.all() if self._store is not None else []

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
        self.rows_changed.emit(rows)
        self.ready.emit()
        waiting, self._waiting = self._waiting, []
        for work in waiting:
            self.when_ready(work)
        self._count_losses()
        if store.writes:
            background.run(lambda: _backed_up(self.folder), lambda _: None, self.failed.emit)

    def _count_losses(self) -> None:
        visits = recent_visits(self.rows, date.today())[:VISITS_LOOKED_AT]
        store = self._store
        if store is None or not visits:
            self.losses_counted.emit(Losses())
            return
        ids = [row.id for row in visits]
        background.run(lambda: losses(store, ids), self.losses_counted.emit, lambda _: self._say_no_losses())

    def _say_no_losses(self) -> None:
        self.losses_counted.emit(Losses(failed=True))


def _open(folder: Path) -> tuple[Store, Sequence[Row], AuditorError | None]:
    """The store with its lock; without it, for reading, where another instance has it or nothing can be written."""
    from auditor.store import Store

    try:
        store, limit = Store.open(folder, write=True), None
    except AuditorError as error:
        store, limit = Store.open(folder, write=False), error
    return store, store.rows(), limit


def _backed_up(folder: Path) -> None:
    """The backup of the day, beside whatever the window does; cheap when nothing changed."""
    from auditor.store import backups

    backups.daily(folder)


def losses(store: Store, audits: list[str]) -> Losses:
    """Where these audits, all of one checklist and version, lost most points a visit, without damaged ones (P4)."""
    from auditor import scoring

    totals: dict[str, float] = {}
    names: dict[str, Text] = {}
    count = 0
    for audit in audits:
        try:
            read = store.read(audit)
        except AuditorError:
            continue
        if read.state != "finished":
            continue
        score = scoring.current(read)
        count += 1
        for section, _ in read.checklist.walk():
            names.setdefault(section.id, section.title)
        for item in score.items:
            section_id = item.section.partition("#")[0].rpartition("/")[2]
            totals[section_id] = totals.get(section_id, 0.0) + float(item.deducted)
    known = ((lost / count, name) for name, lost in totals.items() if lost > 0 and name in names)
    most = sorted(known, reverse=True)[:MOST_SECTIONS]
    return Losses(tuple((names[name], lost) for lost, name in most), count)


def problems_as_error(problems: list[Problem]) -> AuditorError | None:
    """The first error among problems, as one the strip can say."""
    first = next((one for one in problems if one.severity == "error"), None)
    return None if first is None else AuditorError(first.key, **{**first.values, "file": first.file})
