"""What an export came to: what was written, and what was not, with its reason and a way to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from auditor.errors import AuditorError
from auditor.words import tr
from exports.batch import Failure, Summary
from ui.look.style import LARGE, MEDIUM, SMALL
from ui.widgets.buttons import button
from ui.widgets.files import open_outside
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row

if TYPE_CHECKING:
    from auditor.store import Row

MOST_NAMED = 50
"""Failures listed; of more it is said how many."""


def summary_card(found: Summary, folder: Path, spared: int = 0) -> Card:
    """What was written, what was there, what is left; of how many a layout says nothing; and the folder."""
    card = Card(spacing=SMALL)
    card.setObjectName("summary")
    card.column.addWidget(
        label(
            tr("batch.told", n=len(found.written), folder=folder),
            "strong",
            "good" if found.written else "ink",
            wrap=True,
        )
    )
    if found.there:
        card.column.addWidget(label(tr("batch.told.there", n=len(found.there)), "body", "quiet", wrap=True))
    if spared:
        card.column.addWidget(label(tr("batch.told.spared", n=spared), "body", "quiet", wrap=True))
    if found.cancelled:
        card.column.addWidget(label(tr("batch.cancelled", n=found.remaining), "body", "lost", wrap=True))
        card.column.addWidget(label(tr("batch.cancelled.remedy"), "quiet", wrap=True))
    for note in found.notes:
        card.column.addWidget(label(f"{note.message()} {note.remedy()}".strip(), "body", "quiet", wrap=True))
    card.column.addLayout(row(1, _folder_button(folder)))
    return card


def files_card(paths: Sequence[Path]) -> Card:
    """The files by name, each to be opened, and their folder."""
    card = Card(spacing=SMALL)
    card.column.addWidget(label(tr("capture.export_done", n=len(paths)), "strong", "good", wrap=True))
    for path in paths:
        name = ElidedLabel(path.name)
        name.setToolTip(str(path))
        words = tr("capture.open_file")
        opened = button(words, name=f"{words} {path.name}", on_click=partial(open_outside, path))
        across = row(name, opened)
        across.setStretch(0, 1)
        card.column.addLayout(across)
    if paths:
        card.column.addLayout(row(1, _folder_button(paths[0].parent)))
    return card


def failure_card(error: Exception) -> Card:
    """Why nothing was written, and what to do; that it was cancelled is no failure."""
    card = Card(spacing=SMALL)
    cancelled = isinstance(error, AuditorError) and error.key == "register.cancelled"
    card.show_tone("lost" if cancelled else "failed")
    if not cancelled:
        card.column.addWidget(label(tr("capture.export_failed"), "strong", "failed", wrap=True))
    if isinstance(error, AuditorError):
        for text in (str(error), error.remedy()):
            card.column.addWidget(label(text, "body", wrap=True))
    return card


def failures_card(failures: Sequence[Failure], rows: Mapping[str, Row], show: Callable[[str], object]) -> Card:
    """Each audit that failed, why, and a way to it."""
    card = Card(spacing=MEDIUM)
    card.setObjectName("failures")
    card.show_tone("failed")
    card.column.addWidget(label(tr("batch.told.failed", n=len(failures)), "strong", "failed", wrap=True))
    for failure in failures[:MOST_NAMED]:
        about = rows[failure.audit]
        name = " · ".join(filter(None, (about.branch_name or about.branch, about.visited[:10], failure.audit)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ElidedLabel(name, "strong"))
        for one in failure.problems[:3]:
            words.addWidget(label(f"{one.message()} {one.remedy()}".strip(), "quiet", wrap=True))
        opened = button(
            tr("batch.open_audit"),
            name=f"{tr('batch.open_audit')} {name}",
            on_click=partial(show, failure.audit),
        )
        across = row(spacing=LARGE)
        across.addLayout(words, 1)
        across.addWidget(opened, 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(across)
    if len(failures) > MOST_NAMED:
        card.column.addWidget(label(tr("batch.more", n=len(failures) - MOST_NAMED), "quiet"))
    return card


def clear(cards: QVBoxLayout) -> None:
    """Take away what the export before came to."""
    while (held := cards.takeAt(0)) is not None:
        old = held.widget()
        if old is not None:
            old.hide()
            old.deleteLater()


def _folder_button(folder: Path) -> QPushButton:
    return button(tr("capture.show_folder"), icon="folder", on_click=partial(open_outside, folder))
