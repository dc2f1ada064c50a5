"""An audit becomes its reports: which formats, which copy, which language, where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.store import Store
from auditor.words import tr
from exports import report_settings
from exports.blocks import Copy
from exports.layouts import runs
from exports.pdf.signing import can_sign, load
from ui import background
from ui.capture.words import visit_words
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
from ui.export.layout_chips import LayoutChips, of_audit
from ui.export.outcome import clear, failure_card, files_card
from ui.export.page_parts import assemble, bottom_bar, bring_in_sight
from ui.export.signature import SignatureChoice
from ui.look.style import SMALL, look
from ui.widgets.buttons import button
from ui.widgets.files import default_folder
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card
from ui.widgets.reading_column import ReadingColumn

Done = tuple[list[Path], list[AuditorError]]
"""What was written, and why the rest was not."""


class ExportPage(QWidget):
    """Chooses and starts an export; it runs off the window's thread, the page says what was written."""

    closed = Signal()
    folder_chosen = Signal(str)
    exported = Signal(object)
    """The paths that were written."""
    failed = Signal(object)

    def __init__(self, store: Store, audit: Audit, folder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store, self._audit = store, audit
        self.formats = format_chips(("pdf", "xlsx"), self._show_start)
        self.copy, self.language = copy_buttons(), language_buttons()
        self.copy_note = label("", "body", "quiet", wrap=True)
        self.layouts = LayoutChips(of_audit(audit))
        self.layouts.changed.connect(self._show_start)
        self.paper = paper_buttons(report_settings.load(store.folder)[0].paper)
        self.signature = SignatureChoice(can_sign())
        self.signature.changed.connect(self._show_start)
        self.folder = QLineEdit(folder or default_folder())
        self.start = button(tr("capture.export_start"), "primary", on_click=self._on_start)
        self.start.setObjectName("start_export")
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setAccessibleName(tr("capture.exporting"))
        self.progress.hide()
        self._results = QVBoxLayout()
        self._build()
        self._show_copy()

    def _build(self) -> None:
        inside = ReadingColumn()
        inside.append(self._make_choices())
        inside.column.insertLayout(1, self._results)
        outlet, small = visit_words(self._audit)
        about = " · ".join((outlet, str(self._audit.checklist.title), small))
        self.progress.setFixedWidth(look().px(200))
        bar = bottom_bar(button(tr("capture.leave"), on_click=self.closed.emit), self.progress, self.start)
        self._area = assemble(self, tr("capture.export_title"), about, inside, bar)

    def _make_choices(self) -> Card:
        card = Card(spacing=SMALL)
        if self._audit.state != "finished":
            card.column.addWidget(label(tr("capture.export_draft"), "body", "lost", wrap=True))
        self.folder.textChanged.connect(lambda _: self._show_start())
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
        return card

    @property
    def chosen_formats(self) -> tuple[str, ...]:
        return tuple(one for one, made in self.formats.items() if made.isChecked())

    def _show_copy(self) -> None:
        self.copy_note.setText(tr(f"capture.copy_note_{self.copy.value}"))
        self.layouts.show_copy(cast(Copy, self.copy.value))
        self._show_start()

    def _show_start(self) -> None:
        running = not self.progress.isHidden()
        self.layouts.setEnabled("pdf" in self.chosen_formats)
        self.paper.setEnabled("pdf" in self.chosen_formats)
        self.signature.setEnabled("pdf" in self.chosen_formats)
        wanted = bool(runs(self.layouts.chosen, self.chosen_formats)) and self.signature.complete
        self.start.setEnabled(wanted and bool(self.folder.text().strip()) and not running)
        self.start.setText(tr("capture.exporting" if running else "capture.export_start"))

    def _on_start(self) -> None:
        work = self._work(folder_in(self.folder))
        if self.start.hasFocus():  # it is switched off now, and the keyboard must not wander to another page's button
            self.setFocus()
        self.progress.show()
        self._show_start()
        background.run(work, self._on_done, self._on_failed)

    def _work(self, folder: Path) -> Callable[[], Done]:
        store, audit, formats = self._store, self._audit.id, self.chosen_formats
        copy, lang = cast(Copy, self.copy.value), str(self.language.value)
        wanted, key = runs(self.layouts.chosen, formats), self.signature.wanted
        paper = str(self.paper.value)
        self.signature.forget()

        def work() -> Done:
            from exports.from_store import export_one

            written: list[Path] = []
            failed: list[AuditorError] = []
            options: dict[str, Any] = {"paper": paper} | ({"sign": load(*key).sign} if key else {})
            for layout, forms in wanted:
                options["layout"] = layout
                made, wrong = export_one(store, audit, folder, formats=forms, copy=copy, lang=lang, **options)
                written += made
                failed += wrong
            return written, failed

        return work

    def _on_done(self, done: Done) -> None:
        """What was written is listed, also where another format was not."""
        if not isValid(self):
            return
        paths, errors = done
        self._show_result(*map(failure_card, errors), *([files_card(paths)] if paths else []))
        self.folder_chosen.emit(self.folder.text().strip())
        self.exported.emit(paths)
        for error in errors:
            self.failed.emit(error)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._show_result(failure_card(error))
        self.failed.emit(error)

    def _show_result(self, *cards: Card) -> None:
        """In sight, below the choices; the keyboard goes back to where the export was started from."""
        self.progress.hide()
        self._show_start()
        if self.hasFocus():
            self.start.setFocus()
        clear(self._results)
        for card in cards:
            self._results.addWidget(card)
        bring_in_sight(self._area, cards[0])
