"""An audit becomes its reports: which formats, which copy, which language, where to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QStandardPaths, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QProgressBar, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.store import Store
from auditor.words import language, tr
from exports.blocks import Copy
from exports.layouts import runs
from ui import background
from ui.capture.words import visit_words
from ui.export.layout_chips import LayoutChips
from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, look
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row, scrolling
from ui.widgets.reading_column import ReadingColumn

FORMATS = ("pdf", "xlsx", "csv")
COPIES = ("compliance", "branch", "public")
LANGUAGES = ("zh", "en", "both")
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
        self.setProperty("panel", "page")
        self._store, self._audit = store, audit
        self.formats: dict[str, QPushButton] = {}
        self.copy = SegmentedButtons([(one, tr(f"common.copy.{one}")) for one in COPIES], "compliance")
        self.language = SegmentedButtons([(one, tr(f"capture.lang_{one}")) for one in LANGUAGES], language())
        self.copy_note = label("", "body", "quiet", wrap=True)
        self.layouts = LayoutChips(audit)
        self.layouts.changed.connect(self._show_start)
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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._make_head())
        self._area = scrolling(inside, name=tr("capture.export_title"))
        whole.addWidget(self._area, 1)
        whole.addWidget(self._make_bar())

    def _make_head(self) -> QFrame:
        head = QFrame()
        head.setProperty("panel", "head")
        head.setMinimumHeight(look().px(72))
        outlet, small = visit_words(self._audit)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(label(tr("capture.export_title"), "title"))
        titles.addWidget(ElidedLabel(" · ".join((outlet, str(self._audit.checklist.title), small)), "quiet"))
        line = row(spacing=SMALL)
        line.addLayout(titles, 1)
        line.setContentsMargins(WIDE, SMALL, WIDE, SMALL)
        head.setLayout(line)
        return head

    def _make_choices(self) -> Card:
        card = Card(spacing=SMALL)
        if self._audit.state != "finished":
            card.column.addWidget(label(tr("capture.export_draft"), "body", "lost", wrap=True))
        formats = Flow()
        for one in FORMATS:
            made = button(tr(f"capture.format_{one}"), "chip", on_click=self._show_start)
            made.setCheckable(True)
            made.setChecked(one != "csv")
            made.setProperty("tone", "brand")
            self.formats[one] = made
            formats.addWidget(made)
        folder = row(self.folder, button(tr("capture.choose_folder"), icon="folder", on_click=self._on_folder))
        folder.setStretch(0, 1)
        self.folder.setAccessibleName(tr("capture.export_folder"))
        self.folder.textChanged.connect(lambda _: self._show_start())
        self.copy.setAccessibleName(tr("capture.export_copy"))
        self.language.setAccessibleName(tr("capture.export_language"))
        self.copy.chosen.connect(lambda _: self._show_copy())
        choices = (("format", formats), ("layout", self.layouts), ("copy", self.copy), ("language", self.language))
        for name, what in choices:
            words = tr("layouts.choose") if name == "layout" else tr(f"capture.export_{name}")
            card.column.addWidget(label(words, "strong"))
            flows = isinstance(what, Flow)
            card.column.addWidget(what, 0, Qt.AlignmentFlag(0) if flows else Qt.AlignmentFlag.AlignLeft)
            if name == "copy":
                card.column.addWidget(self.copy_note)
            card.column.addSpacing(SMALL)
        card.column.addWidget(label(tr("capture.export_folder"), "strong"))
        card.column.addLayout(folder)
        return card

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("panel", "strip")
        leave = button(tr("capture.leave"), on_click=self.closed.emit)
        line = row(leave, self.progress, self.start, spacing=LARGE)
        line.insertStretch(1, 1)
        line.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        self.progress.setFixedWidth(look().px(200))
        bar.setLayout(line)
        return bar

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
        wanted = bool(runs(self.layouts.chosen, self.chosen_formats))
        self.start.setEnabled(wanted and bool(self.folder.text().strip()) and not running)
        self.start.setText(tr("capture.exporting" if running else "capture.export_start"))

    def _on_folder(self) -> None:
        dialog = QFileDialog(self, tr("capture.choose_folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _on_start(self) -> None:
        work = self._work(Path(self.folder.text().strip()).expanduser())
        if self.start.hasFocus():  # it is switched off now, and the keyboard must not wander to another page's button
            self.setFocus()
        self.progress.show()
        self._show_start()
        background.run(work, self._on_done, self._on_failed)

    def _work(self, folder: Path) -> Callable[[], Done]:
        store, audit, formats = self._store, self._audit.id, self.chosen_formats
        copy, lang = cast(Copy, self.copy.value), str(self.language.value)
        wanted = runs(self.layouts.chosen, formats)

        def work() -> Done:
            from ui.commands.export import export_one

            written: list[Path] = []
            failed: list[AuditorError] = []
            for layout, forms in wanted:
                made, wrong = export_one(store, audit, folder, formats=forms, copy=copy, lang=lang, layout=layout)
                written += made
                failed += wrong
            return written, failed

        return work

    def _on_done(self, done: Done) -> None:
        """What was written is listed, also where another format was not."""
        if not isValid(self):
            return
        paths, errors = done
        self._show_result(*(_failure_card(one) for one in errors), *([_result_card(paths)] if paths else []))
        self.folder_chosen.emit(self.folder.text().strip())
        self.exported.emit(paths)
        for error in errors:
            self.failed.emit(error)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._show_result(_failure_card(error))
        self.failed.emit(error)

    def _show_result(self, *cards: Card) -> None:
        """In sight, below the choices; the keyboard goes back to where the export was started from."""
        self.progress.hide()
        self._show_start()
        if self.hasFocus():
            self.start.setFocus()
        self._clear_results()
        for card in cards:
            self._results.addWidget(card)
        QTimer.singleShot(0, cards[0], lambda: self._area.ensureWidgetVisible(cards[0], 0, WIDE))

    def _clear_results(self) -> None:
        while (held := self._results.takeAt(0)) is not None:
            old = held.widget()
            if old is not None:
                old.hide()
                old.deleteLater()


def _failure_card(error: Exception) -> Card:
    card = Card(spacing=SMALL)
    card.show_tone("failed")
    card.column.addWidget(label(tr("capture.export_failed"), "strong", "failed", wrap=True))
    if isinstance(error, AuditorError):
        for text in (str(error), error.remedy()):
            card.column.addWidget(label(text, "body", wrap=True))
    return card


def _result_card(paths: list[Path]) -> Card:
    card = Card(spacing=SMALL)
    card.setObjectName("exported")
    card.column.addWidget(label(tr("capture.export_done", n=len(paths)), "strong", "good", wrap=True))
    for path in paths:
        name = ElidedLabel(path.name)
        name.setToolTip(str(path))
        opened = button(tr("capture.open_file"), name=f"{tr('capture.open_file')} {path.name}", on_click=_open(path))
        line = row(name, opened)
        line.setStretch(0, 1)
        card.column.addLayout(line)
    if paths:
        folder = button(tr("capture.show_folder"), icon="folder", on_click=_open(paths[0].parent))
        card.column.addLayout(row(1, folder))
    return card


def _open(path: Path) -> Callable[[], object]:
    return lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def default_folder() -> str:
    """The person's documents, else the home folder."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if found and Path(found).is_dir() else str(Path.home())
