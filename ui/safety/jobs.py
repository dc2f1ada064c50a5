"""The long jobs that keep the data safe: backing up, checking, restoring; one at a time, whatever page is open."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, Signal, Slot
from shiboken6 import isValid

from auditor.errors import AuditorError
from ui import background
from ui.safety.daily import reachable

if TYPE_CHECKING:
    from auditor.store import Store
    from ui.desk import Desk

Name = Literal["backup", "check", "restore"]
Tell = Callable[[int, int], None]
PAUSE = 0.1
"""Seconds between two words on how far a job is."""


@dataclass(frozen=True, slots=True)
class Running:
    """What is under way, and how far it is; `of` 0 while that is not known."""

    name: Name
    done: int = 0
    of: int = 0
    part: str = ""
    """Which part of the job: "" or `backups`, read again after the audits."""


class Jobs(QObject):
    """Starts a job off the window's thread and says how far it is. What a page missed, `running` and `checked` tell."""

    moved = Signal(object)
    """The Running job, or None."""
    ended = Signal(str, object)
    """A job's name with its result: Made, Report or Restored."""
    failed = Signal(object)
    """The AuditorError of a job that did not come to its end."""
    _told = Signal(int, int, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.running: Running | None = None
        self.checked: Any = None
        """The Report of the last check, and when it was."""
        self.checked_at: datetime | None = None
        self._stopped = False
        self._last = 0.0
        self._told.connect(self._take)

    @property
    def target(self) -> Path:
        """Where backups go."""
        from auditor.store import backups

        return backups.target_of(self._desk.folder, self._desk.backup_folder)

    def back_up(self) -> None:
        """A generation now, every object of it read again."""
        from auditor.store import backups

        folder, chosen = self._desk.folder, self._desk.backup_folder

        def work() -> object:
            reachable(chosen)
            return backups.backup(folder, chosen, thorough=True, progress=self._tell)

        self._start("backup", lambda done, failed: background.run(work, done, failed))

    def check(self, *, backups: bool = False) -> None:
        """Every audit of the data folder, by a reader of its own: nothing else waits for it; on demand every file of
        the backups too."""
        folder, chosen = self._desk.folder, self._desk.backup_folder

        def work() -> object:
            from auditor.store import Store
            from auditor.store.backup_check import check_backups, folders
            from auditor.store.verify import verify

            report = verify(Store.open(folder), progress=self._tell)
            if not backups:
                return report
            reachable(chosen)
            found = check_backups(folders(folder, chosen), partial(self._tell, part="backups"))
            return replace(report, backups=found)

        self._start("check", lambda done, failed: background.run(work, done, failed))

    def restore(self, audit: str = "", at: datetime | None = None) -> None:
        """One audit, or all that is missing or damaged, from the newest backup not after `at`."""
        target = self.target

        def work(store: Store) -> object:
            from auditor.store.restore import restore_all, restore_audit

            return restore_audit(store, audit, target, at) if audit else restore_all(store, target, at, self._tell)

        self._start("restore", lambda done, failed: self._desk.lend(work, done, failed))

    def stop(self) -> None:
        """Have what runs end where it is; nothing half done stays."""
        self._stopped = True

    def _start(self, name: Name, run: Callable[[Callable[[Any], None], Callable[[Exception], None]], None]) -> None:
        if self.running is not None:
            return
        self._stopped, self._last = False, 0.0
        self._show(Running(name))
        try:
            run(lambda result: self._ended(name, result), self._failed)
        except AuditorError as error:
            self._failed(error)

    def _tell(self, done: int, of: int, part: str = "") -> None:
        """On the job's thread."""
        if self._stopped:
            raise AuditorError("safety.stopped")
        now = time.monotonic()
        if now - self._last >= PAUSE or done == of:
            self._last = now
            self._told.emit(done, of, part)

    @Slot(int, int, str)
    def _take(self, done: int, of: int, part: str) -> None:
        if self.running is not None:
            self._show(Running(self.running.name, done, of, part))

    def _show(self, running: Running | None) -> None:
        self.running = running
        self.moved.emit(running)

    def _ended(self, name: Name, result: Any) -> None:
        if not isValid(self):
            return
        if name == "check":
            self.checked, self.checked_at = result, datetime.now()
        self._show(None)
        self.ended.emit(name, result)

    def _failed(self, error: Exception) -> None:
        if isValid(self):
            self._show(None)
            self.failed.emit(error)
