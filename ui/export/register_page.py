"""Many audits become one register and one comparison: the choices, progress, a way to cancel, what was written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.errors import AuditorError
from auditor.store import Store
from auditor.words import tr
from exports.batch import Progress
from ui import background
from ui.commands.register import Gathered, Gathering, write
from ui.export.page import default_folder
from ui.export.register_choices import RegisterChoices
from ui.export.words import progress_words
from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, look
from ui.settings import reports
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row, scrolling

if TYPE_CHECKING:
    from auditor.store import Row

EVERY = 100
"""Milliseconds between two looks at how far it is."""
MOST_NAMED = 20


class _Told(QObject):
    """Carries progress from the thread that works to the window's."""

    moved = Signal(object)


class RegisterPage(QWidget):
    """Gathers a selection of finished audits; leaving the page cancels, and then nothing is written."""

    closed = Signal()
    folder_chosen = Signal(str)
    failed = Signal(object)
    done = Signal(object)
    """What was `Gathered`."""

    def __init__(self, store: Store, rows: Sequence[Row], folder: str = "") -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self._store = store
        self._rows = [one for one in rows if one.state == "finished"]
        self._left_out = len(rows) - len(self._rows)
        self._stop = threading.Event()
        self._running = False
        self.destroyed.connect(self._stop.set)
        settings, _ = reports.load(store.folder)
        self.choices = RegisterChoices(self._rows, folder or default_folder(), settings.decimals)
        self.choices.changed.connect(self._show_state)
        self.start = button(tr("register_page.start"), "primary", on_click=self._on_start)
        self.start.setObjectName("start_register")
        self.cancel = button(tr("batch.cancel"), on_click=self._on_cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("capture.exporting"))
        self.said = label("", "body", wrap=True)
        self._results = QVBoxLayout()
        self._build()
        self._show_state()

    def _build(self) -> None:
        self._under_way = Card(spacing=SMALL)
        self._under_way.column.addWidget(self.said)
        self._under_way.column.addWidget(self.progress)
        self.choices.append(self._under_way)
        self.choices.column.insertLayout(4, self._results)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        self._area = scrolling(self.choices, name=tr("register_page.title"))
        whole.addWidget(self._area, 1)
        whole.addWidget(self._bar())

    def _head(self) -> QFrame:
        head, titles = QFrame(), QVBoxLayout()
        head.setProperty("panel", "head")
        head.setMinimumHeight(look().px(72))
        titles.setSpacing(0)
        titles.addWidget(label(tr("register_page.title"), "title"))
        about = tr("register_page.chosen", n=len(self._rows))
        if self._left_out:
            about += tr("batch.left_out", n=self._left_out)
        titles.addWidget(ElidedLabel(about, "quiet"))
        across = row(spacing=SMALL, margin=0)
        across.addLayout(titles, 1)
        across.setContentsMargins(WIDE, SMALL, WIDE, SMALL)
        head.setLayout(across)
        return head

    def _bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("panel", "strip")
        across = row(button(tr("capture.leave"), on_click=self.closed.emit), self.cancel, self.start, spacing=LARGE)
        across.insertStretch(1, 1)
        across.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        bar.setLayout(across)
        return bar

    # --- what it shows

    def _show_state(self) -> None:
        self.start.setEnabled(self.choices.ready and bool(self._rows) and not self._running)
        self.start.setVisible(not self._running)
        self.cancel.setVisible(self._running)
        self.cancel.setEnabled(not self._stop.is_set())
        self.cancel.setText(tr("batch.cancelling" if self._stop.is_set() else "batch.cancel"))
        self.choices.set_open(not self._running)
        self._under_way.setVisible(self._running)

    def _show_progress(self, progress: Progress | None) -> None:
        """How far it is; once every audit is read, the files are being put together."""
        reading = progress is not None and progress.done < progress.total
        self.progress.setRange(0, progress.total if progress and reading else 0)
        if progress is not None and reading:
            self.progress.setValue(progress.done)
        self.said.setText(progress_words(progress) if progress and reading else tr("register_page.making"))

    def _show_card(self, card: Card) -> None:
        self._clear_results()
        self._results.addWidget(card)
        QTimer.singleShot(0, card, lambda: self._area.ensureWidgetVisible(card, 0, WIDE))

    # --- what happens

    def _on_start(self) -> None:
        try:
            work = self._work()
        except AuditorError as error:
            self._show_card(_failed_card(error))
            return
        self._stop.clear()
        self._running = True
        self._clear_results()
        self._show_progress(None)
        self._show_state()
        self.cancel.setFocus()
        QTimer.singleShot(0, self._under_way, lambda: self._area.ensureWidgetVisible(self._under_way, 0, WIDE))
        background.run(work, self._on_done, self._on_failed)

    def _work(self) -> Callable[[], Gathered]:
        """The work, with everything it needs as plain values: it touches no widget. Raises `register.*`."""
        chosen, store, stopped = self.choices, self._store, self._stop
        wanted = Gathering(
            [one.id for one in self._rows],
            chosen.target,
            chosen.options(),
            chosen.copy_chosen,
            str(chosen.language.value),
            register=chosen.chosen("register"),
            comparison=chosen.chosen("comparison"),
        )
        told, clock = _Told(), QElapsedTimer()
        told.moved.connect(self._on_moved)

        def tell(progress: Progress) -> None:
            if stopped.is_set():
                raise AuditorError("register.cancelled")
            if not clock.isValid() or clock.elapsed() >= EVERY or progress.done == progress.total:
                clock.start()
                told.moved.emit(progress)

        return lambda: write(store, wanted, tell)

    def _on_moved(self, progress: Progress) -> None:
        if self._running:
            self._show_progress(progress)

    def flush(self) -> None:
        """The window goes elsewhere or closes: stop, nothing is half-written."""
        if self._running:
            self._stop.set()

    def _on_cancel(self) -> None:
        self._stop.set()
        self._show_state()

    def _on_done(self, found: Gathered) -> None:
        if not isValid(self):
            return
        self._ended()
        self._show_card(_done_card(found))
        self.folder_chosen.emit(self.choices.folder.text().strip())
        self.done.emit(found)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._ended()
        self._show_card(_failed_card(error))
        self.failed.emit(error)

    def _ended(self) -> None:
        self._running = False
        self._stop.clear()
        self._show_state()
        self.start.setFocus()

    def _clear_results(self) -> None:
        while (held := self._results.takeAt(0)) is not None:
            old = held.widget()
            if old is not None:
                old.hide()
                old.deleteLater()


def _done_card(found: Gathered) -> Card:
    """The files by name, each to be opened, their folder, and what could not stand in them."""
    card = Card(spacing=SMALL)
    card.setObjectName("gathered")
    card.column.addWidget(label(tr("capture.export_done", n=len(found.files)), "strong", "good", wrap=True))
    for path in found.files:
        name = ElidedLabel(path.name)
        name.setToolTip(str(path))
        opened = button(tr("capture.open_file"), name=f"{tr('capture.open_file')} {path.name}", on_click=_open(path))
        across = row(name, opened)
        across.setStretch(0, 1)
        card.column.addLayout(across)
    for one in found.problems[:MOST_NAMED]:
        place = f"{one.file}: " if one.file else ""
        card.column.addWidget(label(f"{place}{one.message()} {one.remedy()}".strip(), "body", "lost", wrap=True))
    if len(found.problems) > MOST_NAMED:
        card.column.addWidget(label(tr("batch.more", n=len(found.problems) - MOST_NAMED), "quiet"))
    folder = found.files[0].parent if found.files else None
    if folder is not None:
        card.column.addLayout(row(1, button(tr("capture.show_folder"), icon="folder", on_click=_open(folder))))
    return card


def _failed_card(error: Exception) -> Card:
    card = Card(spacing=SMALL)
    card.setObjectName("not_gathered")
    cancelled = isinstance(error, AuditorError) and error.key == "register.cancelled"
    card.show_tone("lost" if cancelled else "failed")
    if not cancelled:
        card.column.addWidget(label(tr("capture.export_failed"), "strong", "failed", wrap=True))
    if isinstance(error, AuditorError):
        for text in (str(error), error.remedy()):
            card.column.addWidget(label(text, "body", wrap=True))
    return card


def _open(path: Path) -> Callable[[], object]:
    return lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
