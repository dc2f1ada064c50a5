"""Reading a file into an audit: asked for, read off the window's thread, told; problems in a panel above the page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from auditor.errors import AuditorError
from auditor.words import tr
from ui import background
from ui.filling import work
from ui.filling.problems import FillProblems
from ui.widgets.files import default_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from auditor.store import OpenAudit
    from ui.main_window import MainWindow
    from ui.messages import Action
    from ui.session import AuditSession

SUFFIXES = (".xlsx", ".yaml", ".yml")


def ask_and_fill(window: MainWindow, audit: str) -> QFileDialog:
    """Ask for a filled-in workbook, a reply or an answers file, and fill the audit from it, open or not."""
    dialog = QFileDialog(window, tr("filling.choose"), window.settings.export_folder or default_folder())
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(f"{tr('filling.files')} ({' '.join(f'*{one}' for one in SUFFIXES)})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda name: fill(window, audit, Path(name)))
    dialog.open()
    return dialog


def fill(window: MainWindow, audit: str, file: Path) -> None:
    """Fill an audit from a file, the open one where one is."""
    for old in window.findChildren(FillProblems):
        old.leave()
    if window.session is not None and window.session.audit.id == audit:
        _fill_open(window, window.session, file)
        return

    def done(found: work.Filled) -> None:
        _tell(window, found, [(tr("window.open"), partial(window.open_audit, audit))])

    failed = partial(_say_wrong, window)
    window.desk.when_ready(lambda: window.desk.lend(lambda store: work.fill(store, audit, file), done, failed))


def _fill_open(window: MainWindow, session: AuditSession, file: Path) -> None:
    """One gesture of the open audit, which undo takes back; what was changed by hand meanwhile is read again."""
    flush = getattr(window.current_page(), "flush", None)
    if flush is not None:
        flush()
    before, store = session.audit, window.desk.store
    assert store is not None
    register = store.branches

    def read() -> work.Said:
        if session.why_viewed is not None:
            raise session.why_viewed
        return work.read(cast("OpenAudit", session.opened), before, register, file)

    def done(said: work.Said) -> None:
        if window.session is not session or said.outdated(before, session.audit):
            fill(window, before.id, file)
        elif session.change(said.write):
            undo = [(tr("window.undo"), session.undo)] if session.can_undo else []
            _tell(window, said.told(before.id, session.score), undo)

    background.run(read, done, partial(_say_wrong, window))


def _tell(window: MainWindow, found: work.Filled, actions: Sequence[Action]) -> None:
    if found.findings and not found.answers:
        said = tr("filling.done_findings", findings=found.findings)
    else:
        said = tr("filling.done", answers=found.answers, answered=found.answered, applicable=found.applicable)
    window.messages.say_done(said, " ".join(one.message() for one in found.notes), actions=actions)


def _say_wrong(window: MainWindow, error: Exception) -> None:
    if isinstance(error, AuditorError):
        window.above.addWidget(FillProblems(error))
    else:
        window.say_wrong(error)
