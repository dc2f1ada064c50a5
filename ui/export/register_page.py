"""Many audits become one register and one comparison: the choices, progress, a way to cancel, what was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor.errors import AuditorError
from auditor.store import Store
from auditor.words import tr
from exports import report_settings
from exports.batch import Progress
from exports.gathering import Gathered, Gathering, gather
from ui import background
from ui.export.outcome import clear, failure_card, files_card
from ui.export.page_parts import assemble, bottom_bar, bring_in_sight
from ui.export.register_choices import RegisterChoices
from ui.export.under_way import UnderWay
from ui.widgets.buttons import button
from ui.widgets.files import default_folder
from ui.widgets.labels import label
from ui.widgets.panels import Card

if TYPE_CHECKING:
    from auditor.store import Row

MOST_NAMED = 20


class RegisterPage(QWidget):
    """Gathers a selection of finished audits; leaving the page cancels, and then nothing is written."""

    closed = Signal()
    folder_chosen = Signal(str)
    failed = Signal(object)
    done = Signal(object)
    """What was `Gathered`."""

    def __init__(self, store: Store, rows: Sequence[Row], folder: str = "") -> None:
        super().__init__()
        self._store = store
        self._rows = [one for one in rows if one.state == "finished"]
        settings, _ = report_settings.load(store.folder)
        self.choices = RegisterChoices(self._rows, folder or default_folder(), settings.decimals)
        self.start = button(tr("register_page.start"), "primary", on_click=self._on_start)
        self.start.setObjectName("start_register")
        self.under_way = UnderWay(tr("register_page.making"))
        self._results = QVBoxLayout()
        self._build(len(rows) - len(self._rows))
        self.choices.changed.connect(self._show_state)
        self.under_way.changed.connect(self._show_state)
        self.under_way.moved.connect(self._show_progress)
        self._show_state()

    def _build(self, left_out: int) -> None:
        self.choices.append(self.under_way)
        self.choices.column.insertLayout(4, self._results)
        about = tr("register_page.chosen", n=len(self._rows))
        if left_out:
            about += tr("batch.left_out", n=left_out)
        bar = bottom_bar(button(tr("capture.leave"), on_click=self.closed.emit), self.under_way.cancel, self.start)
        self._area = assemble(self, tr("register_page.title"), about, self.choices, bar)

    # --- what it shows

    def _show_state(self) -> None:
        running = self.under_way.running
        self.start.setEnabled(self.choices.ready and bool(self._rows) and not running)
        self.start.setVisible(not running)
        self.choices.set_open(not running)

    def _show_progress(self, progress: Progress) -> None:
        """Once every audit is read, the files are being put together, and nothing can be counted."""
        self.under_way.show_progress(progress if progress.done < progress.total else None)

    def _show_card(self, card: Card) -> None:
        clear(self._results)
        self._results.addWidget(card)
        bring_in_sight(self._area, card)

    # --- what happens

    def _on_start(self) -> None:
        try:
            work = self._work()
        except AuditorError as error:
            self._show_card(_not_gathered(error))
            return
        clear(self._results)
        self.under_way.cancel.setFocus()
        bring_in_sight(self._area, self.under_way)
        background.run(work, self._on_done, self._on_failed)

    def _work(self) -> Callable[[], Gathered]:
        """The work, with everything it needs as plain values: it touches no widget. Raises `register.*`."""
        chosen, store = self.choices, self._store
        wanted = Gathering(
            [one.id for one in self._rows],
            chosen.target,
            chosen.options(),
            chosen.copy_chosen,
            str(chosen.language.value),
            register=chosen.chosen("register"),
            comparison=chosen.chosen("comparison"),
            circular=chosen.chosen("circular"),
        )
        tell, stopped = self.under_way.begin(), self.under_way.stop.is_set

        def tell_or_stop(progress: Progress) -> None:
            if stopped():
                raise AuditorError("register.cancelled")
            tell(progress)

        return lambda: gather(store, wanted, tell_or_stop)

    def flush(self) -> None:
        """The window goes elsewhere or closes: stop, nothing is half-written."""
        self.under_way.ask_to_stop()

    def _on_done(self, found: Gathered) -> None:
        if not isValid(self):
            return
        self._end()
        self._show_card(_gathered(found))
        self.folder_chosen.emit(self.choices.folder.text().strip())
        self.done.emit(found)

    def _on_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        self._end()
        self._show_card(_not_gathered(error))
        self.failed.emit(error)

    def _end(self) -> None:
        self.under_way.end()
        self.start.setFocus()


def _gathered(found: Gathered) -> Card:
    """The files, and what could not stand in them."""
    card = files_card(found.files)
    card.setObjectName("gathered")
    for one in found.problems[:MOST_NAMED]:
        place = f"{one.file}: " if one.file else ""
        card.column.addWidget(label(f"{place}{one.message()} {one.remedy()}".strip(), "body", "lost", wrap=True))
    if len(found.problems) > MOST_NAMED:
        card.column.addWidget(label(tr("batch.more", n=len(found.problems) - MOST_NAMED), "quiet"))
    return card


def _not_gathered(error: Exception) -> Card:
    card = failure_card(error)
    card.setObjectName("not_gathered")
    return card
