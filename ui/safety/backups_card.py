"""Settings: where backups go, what there is, backing up now, and the generations to restore from."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from auditor.words import tr
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, WIDE, Tone, look
from ui.safety.backup_state import BackupState, Line
from ui.safety.job_bar import JobBar
from ui.safety.jobs import Running
from ui.safety.restore_panel import RestorePanel
from ui.safety.words import moment, size
from ui.widgets.buttons import button
from ui.widgets.flow import Flow, beside
from ui.widgets.labels import label
from ui.widgets.panels import Card, Panel, line, row

IN_ONE_LINE = 150
"""Up to this text size, in per cent, a generation is told in one line."""
FEW = 4
"""So many generations are listed at first."""


class BackupsCard(Card):
    """`show_state`, `show_running` in; what a person wants out."""

    folder_wanted = Signal()
    usual_wanted = Signal()
    backup_wanted = Signal()
    stop_wanted = Signal()
    generation_chosen = Signal(object)
    """When the generation was made: its audits are wanted, see `panel`."""
    restore_wanted = Signal(str, object)
    """An audit, "" for all that is missing or damaged, and when the generation was made."""

    def __init__(self) -> None:
        super().__init__(margin=WIDE, spacing=MEDIUM)
        self.now = button(tr("safety.back_up_now"), icon="shield", on_click=self.backup_wanted.emit)
        self.column.addLayout(titled(tr("safety.backups"), tr("safety.backups.note"), self.now))
        self.where = label("", "body", wrap=True)
        self.where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.usual = button(tr("safety.usual_folder"), "quiet", on_click=self.usual_wanted.emit)
        self.choose = button(tr("safety.choose_folder"), icon="folder", on_click=self.folder_wanted.emit)
        self.column.addWidget(self.where)
        self.column.addWidget(Flow(self.choose, self.usual))
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(SMALL)
        self.column.addLayout(self._warnings)
        self.last = label(tr("safety.looking"), "body", wrap=True)
        self.column.addWidget(self.last)
        self.job = JobBar()
        self.job.stopped.connect(self.stop_wanted)
        self.column.addWidget(self.job)
        self.column.addWidget(line())
        self.column.addLayout(titled(tr("safety.restore"), tr("safety.restore.note")))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(SMALL)
        self.column.addLayout(self._lines)
        self.panel: RestorePanel | None = None
        self._state: BackupState | None = None
        self._all = self._busy = False

    def show_state(self, state: BackupState) -> None:
        self._state = state
        self.where.setText(str(state.target))
        self.usual.setVisible(state.chosen)
        _empty(self._warnings)
        if state.away:
            self._warn(tr("safety.away", file=state.target), tr("safety.away.remedy"), "failed")
        elif state.same_drive:
            self._warn(tr("safety.same_drive", file=state.target), tr("safety.same_drive.remedy"), "lost")
        if state.damaged:
            self._warn(tr("safety.generations_damaged", count=state.damaged), "", "failed")
        self.last.setText(_last(state))
        self._list()

    def show_running(self, running: Running | None) -> None:
        self.job.show_running(running if running is not None and running.name != "check" else None)
        self._busy = running is not None
        self.now.setEnabled(not self._busy)
        if self.panel is not None:
            self.panel.setEnabled(not self._busy)

    def _warn(self, text: str, detail: str, tone: Tone) -> None:
        panel: Panel = "failed" if tone == "failed" else "lost"
        made = Card(panel, margin=MEDIUM, spacing=2)
        picture = QLabel()
        picture.setPixmap(icons.pixmap("warning", look().colours.tone(tone)[0], look().px(20)))
        head = row(picture, label(text, "body", tone, wrap=True), spacing=SMALL)
        head.setStretch(1, 1)
        head.setAlignment(picture, Qt.AlignmentFlag.AlignTop)
        made.column.addLayout(head)
        if detail:
            made.column.addWidget(label(detail, "quiet", wrap=True))
        self._warnings.addWidget(made)

    def _list(self) -> None:
        _empty(self._lines)
        self.panel = None
        lines = self._state.lines if self._state is not None else ()
        shown = lines if self._all else lines[:FEW]
        for one in shown:
            self._lines.addWidget(self._generation(one))
        if len(shown) < len(lines):
            every = button(tr("safety.every_generation", count=len(lines)), "quiet", on_click=self._show_all)
            self._lines.addWidget(every, 0, Qt.AlignmentFlag.AlignLeft)
        if not lines:
            self._lines.addWidget(label(tr("safety.no_backups"), "body", "quiet", wrap=True))

    def _generation(self, one: Line) -> QWidget:
        words = tr("safety.generation", when=moment(one.moment), audits=one.audits, size=size(one.bytes))
        if look().scale > IN_ONE_LINE:
            words = re.sub(r"\s{3}|　", "\n", words, count=1)
        made = button(words, "row", icon="clock", on_click=lambda: self._choose(one, made))
        made.setCheckable(True)
        made.setAutoExclusive(True)
        return made

    def _show_all(self) -> None:
        self._all = True
        self._list()

    def _choose(self, one: Line, below: QWidget) -> None:
        if self.panel is not None:
            self._lines.removeWidget(self.panel)
            self.panel.deleteLater()
        self.panel = RestorePanel(one.moment)
        self.panel.setEnabled(not self._busy)
        self.panel.restore_wanted.connect(self.restore_wanted)
        self._lines.insertWidget(self._lines.indexOf(below) + 1, self.panel)
        self.generation_chosen.emit(one.moment)


def titled(title: str, note: str, control: QWidget | None = None) -> QVBoxLayout:
    """A heading with what it is about, and a control at its right."""
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(title, "strong"))
    words.addWidget(label(note, "quiet", wrap=True))
    if control is None:
        return words
    made = QVBoxLayout()
    made.addWidget(beside(words, control))
    return made


def _last(state: BackupState) -> str:
    if state.away:
        return ""
    if not state.lines:
        return tr("safety.never")
    one = state.lines[0]
    when, count = moment(one.moment), len(state.lines)
    return tr("safety.last", when=when, audits=one.audits, count=count, size=size(state.stored))


def _empty(layout: QVBoxLayout) -> None:
    while (held := layout.takeAt(0)) is not None:
        inside = held.widget()
        if inside is not None:
            inside.hide()
            inside.deleteLater()


def at_of(value: object) -> datetime:
    """The moment that came with a signal."""
    assert isinstance(value, datetime)
    return value
