"""Many audits become their reports: the choices, progress with the time left, a way to cancel, what failed and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.words import tr
from exports import report_settings
from exports.batch import Summary, Wanted, due, joined, plan, run, telling
from exports.blocks import Copy
from exports.layouts import runs
from exports.pdf.signing import can_sign, load
from exports.writing import make_ready
from ui import background
from ui.export.choices import (
    add_choice,
    add_side_by_side,
    copy_buttons,
    folder_in,
    folder_row,
    format_chips,
    language_buttons,
    paper_buttons,
)
from ui.export.layout_chips import LayoutChips, of_rows
from ui.export.outcome import clear, failure_card, failures_card, summary_card
from ui.export.page_parts import assemble, bottom_bar
from ui.export.signature import SignatureChoice
from ui.export.under_way import UnderWay
from ui.look.style import SMALL
from ui.widgets.buttons import button
from ui.widgets.files import default_folder
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card
from ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from auditor.store import Row


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
        self._data = data
        self._rows = [one for one in rows if one.state == "finished"]
        self.formats = format_chips(("pdf",), self._show_state)
        self.copy, self.language = copy_buttons(), language_buttons()
        self.copy_note = label("", "body", "quiet", wrap=True)
        self.layouts = LayoutChips(of_rows(self._rows))
        self.layouts.changed.connect(self._show_state)
        self.paper = paper_buttons(report_settings.load(data)[0].paper)
        self.signature = SignatureChoice(can_sign())
        self.signature.changed.connect(self._show_state)
        self.folder = QLineEdit(folder or default_folder())
        self.start = button(tr("batch.start", n=len(self._rows)), "primary", on_click=self._on_start)
        self.start.setObjectName("start_batch")
        self.under_way = UnderWay(tr("batch.planning"))
        self._choices = self._make_choices()
        self._results = QVBoxLayout()
        self._build(len(rows) - len(self._rows))
        self.under_way.changed.connect(self._show_state)
        self.under_way.moved.connect(self.under_way.show_progress)
        self._show_copy()
        self._show_state()

    def _build(self, left_out: int) -> None:
        inside = ReadingColumn()
        inside.append(self._choices)
        inside.append(self.under_way)
        inside.column.insertLayout(2, self._results)
        about = tr("batch.chosen", n=len(self._rows))
        if left_out:
            about += tr("batch.left_out", n=left_out)
        leave = button(tr("capture.leave"), on_click=self.closed.emit)
        assemble(self, tr("batch.title"), about, inside, bottom_bar(leave, self.under_way.cancel, self.start))

    def _make_choices(self) -> Card:
        card = Card(spacing=SMALL)
        self.folder.textChanged.connect(lambda _: self._show_state())
        self.copy.chosen.connect(lambda _: self._show_copy())
        add_choice(card, tr("capture.export_format"), Flow(*self.formats.values()))
        add_choice(card, tr("layouts.choose"), self.layouts)
        add_choice(card, tr("capture.export_copy"), self.copy)
        card.column.addWidget(self.copy_note)
        add_side_by_side(card, (tr("capture.export_language"), self.language), (tr("reports.set.paper"), self.paper))
        card.column.addSpacing(SMALL)
        card.column.addWidget(label(tr("signing.choose"), "strong"))
        card.column.addWidget(self.signature)
        card.column.addSpacing(SMALL)
        card.column.addWidget(label(tr("capture.export_folder"), "strong"))
        card.column.addLayout(folder_row(self.folder))
        card.column.addWidget(label(tr("batch.resumes"), "quiet", wrap=True))
        return card

    # --- what it shows

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        return tuple(one for one, made in self.formats.items() if made.isChecked())

    def _show_copy(self) -> None:
        self.copy_note.setText(tr(f"capture.copy_note_{self.copy.value}"))
        self.layouts.show_copy(cast(Copy, self.copy.value))
        self._show_state()

    def _show_state(self) -> None:
        for one in (self.layouts, self.paper, self.signature):
            one.setEnabled("pdf" in self.chosen_formats)
        wanted = bool(runs(self.layouts.chosen, self.chosen_formats)) and self.signature.complete
        ready = bool(wanted and self.folder.text().strip() and self._rows)
        running = self.under_way.running
        self.start.setEnabled(ready and not running)
        self.start.setVisible(not running)
        self._choices.setEnabled(not running)

    # --- what happens

    def _on_start(self) -> None:
        clear(self._results)
        background.run(self._work(), self._on_done, self._on_failed)
        self.under_way.cancel.setFocus()

    def _work(self) -> Callable[[], tuple[Summary, int]]:
        """The work, with everything it needs as plain values: it touches no widget."""
        rows, folder, key = self._rows, folder_in(self.folder), self.signature.wanted
        copy, lang, data = cast(Copy, self.copy.value), str(self.language.value), self._data
        layouts = runs(self.layouts.chosen, self.chosen_formats)
        settings = replace(report_settings.load(data)[0], paper=str(self.paper.value))
        self.signature.forget()
        tell, stopped = self.under_way.begin(), self.under_way.stop.is_set

        def work() -> tuple[Summary, int]:
            make_ready(folder)
            sign = load(*key) if key else None
            found: list[Summary] = []
            for at, (layout, forms) in enumerate(layouts):
                own = settings.options() if layout == "full" else (*settings.options(), ("layout", layout))
                wanted = Wanted(data, folder, forms, copy, lang, own, sign)
                failed = len(due(joined(found))[0].failures)
                progress = telling(tell, at, len(layouts), failed)
                found.append(run(plan(rows, wanted), wanted, progress=progress, stopped=stopped))
                if found[-1].cancelled:
                    break
            return due(joined(found))

        return work

    def flush(self) -> None:
        """The window goes elsewhere or closes: stop after what is being written."""
        self.under_way.ask_to_stop()

    def _on_done(self, done: tuple[Summary, int]) -> None:
        if not isValid(self):
            return
        self._end()
        found, spared = done
        names = {one.id: one for one in self._rows}
        self._results.addWidget(summary_card(found, folder_in(self.folder), spared))
        if found.failures:
            self._results.addWidget(failures_card(found.failures, names, self.audit_wanted.emit))
        self.folder_chosen.emit(self.folder.text().strip())
        self.done.emit(found)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._end()
        self._results.addWidget(failure_card(error))
        self.failed.emit(error)

    def _end(self) -> None:
        self.under_way.end()
        self.start.setFocus()
