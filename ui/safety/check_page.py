"""Checking the data: every journal, photo, chain and frozen score; what is damaged or left over, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from auditor.errors import Problem
from auditor.words import tr
from ui.look.style import MEDIUM, SMALL, Tone, look
from ui.safety.job_bar import JobBar
from ui.safety.jobs import Running
from ui.safety.words import moment
from ui.widgets.buttons import button, chip
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, label
from ui.widgets.panels import Card, EmptyState, row, scrolling
from ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from auditor.store.backup_check import CheckedBackup
    from auditor.store.verify import Checked, Report

MOST = 100
"""So many audits are told one by one."""
TONES: dict[str, Tone] = {"damaged": "failed", "leftover": "quiet", "ok": "good"}


class CheckPage(QWidget):
    """`show_running`, `show_report` in; what a person wants out."""

    check_wanted = Signal(bool)
    """Whether the backups are to be read again too."""
    stop_wanted = Signal()
    left = Signal()
    opened = Signal(str)
    """An audit to be looked at: its notice offers the last good backup."""

    def __init__(self, called: Callable[[str], str]) -> None:
        """`called` gives the words for an audit's id."""
        super().__init__()
        self.setProperty("panel", "page")
        self._called = called
        self.backups = chip(tr("safety.check_backups"))
        self.start = button(tr("safety.check_now"), "primary", icon="shield", on_click=self._on_start)
        self.job = JobBar()
        self.job.stopped.connect(self.stop_wanted)
        self._inside = ReadingColumn()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addWidget(scrolling(self._inside, name=tr("safety.check")), 1)
        self._results: list[QWidget] = []
        self._inside.append(self.job)
        self._append(EmptyState("shield", tr("safety.check_first"), tr("safety.check_first.remedy")))

    def _head(self) -> QFrame:
        head = QFrame()
        head.setProperty("panel", "head")
        head.setMinimumHeight(look().px(72))
        back = button("", "icon", icon="back", name=tr("safety.back"), on_click=self.left.emit)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(label(tr("safety.check"), "title"))
        self.below = label(tr("safety.check.note"), "quiet", wrap=True)
        titles.addWidget(self.below)
        titles.setContentsMargins(0, 0, 0, 0)
        said = QWidget()
        said.setLayout(titles)
        line = row(back, Flow(said, self.backups, self.start, growing=said), spacing=SMALL)
        line.setStretch(1, 1)
        line.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        head.setLayout(line)
        return head

    def show_running(self, running: Running | None) -> None:
        self.job.show_running(running if running is not None and running.name == "check" else None)
        self.start.setEnabled(running is None)
        self.backups.setEnabled(running is None)

    def _on_start(self) -> None:
        self.check_wanted.emit(self.backups.isChecked())

    def show_report(self, report: Report, at: datetime) -> None:
        """What the last check found: the damaged first, then what crashes left; what is sound is only counted."""
        for old in self._results:
            old.hide()
            old.deleteLater()
        self._results = []
        self.below.setText(tr("safety.checked_at", when=moment(at)))
        self._append(_summary(report))
        if report.folder:
            self._append(self._card(tr("safety.data_folder"), "leftover", report.folder))
        for backup in report.backups:
            self._append(self._backup(backup))
        told = sorted((one for one in report.audits if one.problems), key=lambda one: one.state != "damaged")
        for one in told[:MOST]:
            self._append(self._audit(one))
        if len(told) > MOST:
            self._append(label(tr("safety.more_audits", count=len(told) - MOST), "quiet", wrap=True))

    def _append(self, widget: QWidget) -> None:
        self._results.append(widget)
        self._inside.append(widget)

    def _audit(self, one: Checked) -> Card:
        card = self._card(self._called(one.audit), one.state, one.problems)
        if one.state == "damaged":
            card.show_tone("failed")
            look_at = button(tr("safety.look_at"), "quiet", icon="open", on_click=partial(self.opened.emit, one.audit))
            card.column.addLayout(row(look_at, 1))
        return card

    def _backup(self, backup: CheckedBackup) -> Card:
        from auditor.store.verify import backup_words

        problems = backup.problems()
        card = self._card(tr("safety.backups"), "damaged" if problems else "ok", tuple(problems[:MOST]))
        if problems:
            card.show_tone("failed")
        card.column.insertWidget(1, label(backup_words(backup), "body", wrap=True))
        if len(problems) > MOST:
            card.column.addWidget(label(tr("safety.more_files", count=len(problems) - MOST), "quiet", wrap=True))
        return card

    def _card(self, title: str, state: str, problems: tuple[Problem, ...]) -> Card:
        card = Card(spacing=SMALL)
        heading = label(title, "strong", wrap=True)
        words = tr(f"store.verify.state.{state}")
        head = row(heading, Badge(words, TONES[state]), spacing=SMALL)
        head.setStretch(0, 1)
        card.column.addLayout(head)
        for problem in problems:
            card.column.addWidget(label(problem.message(), "body", wrap=True))
            if problem.remedy():
                card.column.addWidget(label(problem.remedy(), "quiet", wrap=True))
        return card


def _summary(report: Report) -> Card:
    damaged, leftover = report.count("damaged"), report.count("leftover")
    card = Card("failed" if damaged else "brand", spacing=2)
    if not report.audits:
        words = tr("store.verify.none")
    elif damaged:
        words = tr("safety.checked_bad", count=len(report.audits), damaged=damaged)
    else:
        words = tr("safety.checked_good", count=len(report.audits))
    card.column.addWidget(label(words, "strong", "failed" if damaged else "ink", wrap=True))
    if leftover or report.folder:
        card.column.addWidget(label(tr("safety.leftovers", count=leftover), "body", wrap=True))
    return card
