"""Many audits become their reports: the choices, progress with the time left, a way to cancel, what failed and why."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QElapsedTimer, QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.errors import AuditorError
from auditor.words import language, tr
from exports.batch import Progress, Summary, Wanted, plan, run
from exports.blocks import COPIES, Copy
from exports.writing import make_ready
from ui import background
from ui.export.outcome import failures_card, summary_card
from ui.export.page import FORMATS, LANGUAGES, default_folder
from ui.export.words import progress_words
from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, look
from ui.settings import reports
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row, scrolling
from ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from auditor.store import Row

EVERY = 100
"""Milliseconds between two looks at how far it is."""


class _Told(QObject):
    """Carries progress from the thread that works to the window's."""

    moved = Signal(object)


class BatchPage(QWidget):
    """Exports a selection of finished audits; leaving the page stops after what is being written."""

    closed = Signal()
    folder_chosen = Signal(str)
    audit_wanted = Signal(str)
    """An audit that failed, to be looked at."""
    failed = Signal(object)
    done = Signal(object)
    """The Summary."""

    def __init__(self, data: Path, rows: Sequence[Row], folder: str = "") -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self._data = data
        self._rows = [one for one in rows if one.state == "finished"]
        self._left_out = len(rows) - len(self._rows)
        self._stop = threading.Event()
        self._running = False
        self.destroyed.connect(self._stop.set)
        self.formats: dict[str, QPushButton] = {}
        self.copy = SegmentedButtons([(one, tr(f"common.copy.{one}")) for one in COPIES], "compliance")
        self.language = SegmentedButtons([(one, tr(f"capture.lang_{one}")) for one in LANGUAGES], language())
        self.copy_note = label("", "body", "quiet", wrap=True)
        self.folder = QLineEdit(folder or default_folder())
        self.start = button(tr("batch.start", n=len(self._rows)), "primary", on_click=self._on_start)
        self.start.setObjectName("start_batch")
        self.cancel = button(tr("batch.cancel"), on_click=self._on_cancel)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(tr("capture.exporting"))
        self.said = label("", "body", wrap=True)
        self._results = QVBoxLayout()
        self._build()
        self._show_copy()
        self._show_state()

    def _build(self) -> None:
        inside = ReadingColumn()
        inside.append(self._make_choices())
        self._under_way = Card(spacing=SMALL)
        self._under_way.column.addWidget(self.said)
        self._under_way.column.addWidget(self.progress)
        inside.append(self._under_way)
        inside.column.insertLayout(2, self._results)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._make_head())
        self._area = scrolling(inside, name=tr("batch.title"))
        whole.addWidget(self._area, 1)
        whole.addWidget(self._make_bar())

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("panel", "head")
        head.setMinimumHeight(look().px(72))
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(label(tr("batch.title"), "title"))
        about = tr("batch.chosen", n=len(self._rows))
        if self._left_out:
            about += tr("batch.left_out", n=self._left_out)
        titles.addWidget(ElidedLabel(about, "quiet"))
        across = row(spacing=SMALL, margin=0)
        across.addLayout(titles, 1)
        across.setContentsMargins(WIDE, SMALL, WIDE, SMALL)
        head.setLayout(across)
        return head

    def _make_choices(self) -> Card:
        card = Card(spacing=SMALL)
        formats = Flow()
        for one in FORMATS:
            made = button(tr(f"capture.format_{one}"), "chip", on_click=self._show_state)
            made.setCheckable(True)
            made.setChecked(one == "pdf")
            made.setProperty("tone", "brand")
            self.formats[one] = made
            formats.addWidget(made)
        choose = button(tr("capture.choose_folder"), icon="folder", on_click=self._on_folder)
        folder = row(self.folder, choose)
        folder.setStretch(0, 1)
        self.folder.setAccessibleName(tr("capture.export_folder"))
        self.folder.textChanged.connect(lambda _: self._show_state())
        self.copy.setAccessibleName(tr("capture.export_copy"))
        self.language.setAccessibleName(tr("capture.export_language"))
        self.copy.chosen.connect(lambda _: self._show_copy())
        left = Qt.AlignmentFlag.AlignLeft
        for name, what in (("format", formats), ("copy", self.copy), ("language", self.language)):
            card.column.addWidget(label(tr(f"capture.export_{name}"), "strong"))
            card.column.addWidget(what, 0, left if what is not formats else Qt.AlignmentFlag(0))
            if name == "copy":
                card.column.addWidget(self.copy_note)
            card.column.addSpacing(SMALL)
        card.column.addWidget(label(tr("capture.export_folder"), "strong"))
        card.column.addLayout(folder)
        card.column.addWidget(label(tr("batch.resumes"), "quiet", wrap=True))
        self._choices = card
        return card

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("panel", "strip")
        self.leave = button(tr("capture.leave"), on_click=self.closed.emit)
        across = row(self.leave, self.cancel, self.start, spacing=LARGE)
        across.insertStretch(1, 1)
        across.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        bar.setLayout(across)
        return bar

    # --- what it shows

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        return tuple(one for one, made in self.formats.items() if made.isChecked())

    def _show_copy(self) -> None:
        self.copy_note.setText(tr(f"capture.copy_note_{self.copy.value}"))

    def _show_state(self) -> None:
        ready = bool(self.chosen_formats and self.folder.text().strip() and self._rows)
        self.start.setEnabled(ready and not self._running)
        self.start.setVisible(not self._running)
        self.cancel.setVisible(self._running)
        self.cancel.setEnabled(not self._stop.is_set())
        self.cancel.setText(tr("batch.cancelling" if self._stop.is_set() else "batch.cancel"))
        self._choices.setEnabled(not self._running)
        self._under_way.setVisible(self._running)

    def _show_progress(self, progress: Progress | None) -> None:
        """How far it is; None while it looks at what is there already."""
        self.progress.setRange(0, progress.total if progress else 0)
        if progress is not None:
            self.progress.setValue(progress.done)
        self.said.setText(progress_words(progress) if progress else tr("batch.planning"))

    # --- what happens

    def _on_folder(self) -> None:
        dialog = QFileDialog(self, tr("capture.choose_folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _on_start(self) -> None:
        self._stop.clear()
        self._running = True
        self._clear_results()
        self._show_progress(None)
        self._show_state()
        self.cancel.setFocus()
        background.run(self._work(), self._on_done, self._on_failed)

    def _work(self) -> Callable[[], Summary]:
        """The work, with everything it needs as plain values: it touches no widget."""
        rows, stopped = self._rows, self._stop.is_set
        copy = cast(Copy, self.copy.value)
        folder = Path(self.folder.text().strip()).expanduser()
        settings, _ = reports.load(self._data)
        wanted = Wanted(self._data, folder, self.chosen_formats, copy, str(self.language.value), settings.options())
        told = _Told()
        told.moved.connect(self._on_moved)
        clock = QElapsedTimer()

        def tell(progress: Progress) -> None:
            if not clock.isValid() or clock.elapsed() >= EVERY or progress.done == progress.total:
                clock.start()
                told.moved.emit(progress)

        def work() -> Summary:
            make_ready(folder)
            return run(plan(rows, wanted), wanted, progress=tell, stopped=stopped)

        return work

    def _on_moved(self, progress: Progress) -> None:
        if self._running:
            self._show_progress(progress)

    def flush(self) -> None:
        """The window goes elsewhere or closes: stop after what is being written."""
        if self._running:
            self._stop.set()

    def _on_cancel(self) -> None:
        self._stop.set()
        self._show_state()

    def _on_done(self, found: Summary) -> None:
        if not isValid(self):
            return
        self._ended()
        names = {one.id: one for one in self._rows}
        self._results.addWidget(summary_card(found, Path(self.folder.text().strip()).expanduser()))
        if found.failures:
            self._results.addWidget(failures_card(found.failures, names, self.audit_wanted.emit))
        self.folder_chosen.emit(self.folder.text().strip())
        self.done.emit(found)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._ended()
        card = Card(spacing=SMALL)
        card.show_tone("failed")
        card.column.addWidget(label(tr("capture.export_failed"), "strong", "failed", wrap=True))
        if isinstance(error, AuditorError):
            for text in (str(error), error.remedy()):
                card.column.addWidget(label(text, "body", wrap=True))
        self._results.addWidget(card)
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
