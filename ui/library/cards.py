"""The three cards above the library: how we were seen lately, what waits, where the points went."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from auditor.words import tr
from ui.library.figures import MONTHS, Drafts, Recent
from ui.library.listing import branch, title, versioned
from ui.library.row import moment, state
from ui.look.style import LARGE, MEDIUM, SMALL, Tone, look
from ui.widgets.buttons import button
from ui.widgets.labels import Badge, ElidedLabel, label
from ui.widgets.marks import Bar, Sparkline
from ui.widgets.panels import Card, Figure

if TYPE_CHECKING:
    from auditor.checklist.parts import Text
    from auditor.store import Row
    from ui.corrective.home_card import CorrectiveCard
    from ui.library.page import LibraryPage


LEAST_NAME = 76
"""Room for the name of a section beside its bar, at 100 % text size."""


class Losses(NamedTuple):
    """Where points were lost: (section's title, points a visit), most first, over `n` visits of one checklist."""

    sections: tuple[tuple[Text | str, float], ...] = ()
    n: int = 0
    failed: bool = False


class RecentCard(Card):
    """The mean of recent mystery visits, its change, and a line of the months."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = ElidedLabel(tr("window.recent", months=MONTHS), "quiet")
        self.figure = Figure(name=tr("window.recent", months=MONTHS))
        self.change, self.line = Badge(), Sparkline()
        self.below = ElidedLabel("", "quiet")
        inside = QHBoxLayout()
        inside.setSpacing(MEDIUM)
        inside.addWidget(self.figure)
        inside.addWidget(self.change)
        inside.addWidget(self.line, 1)
        self.column.addWidget(self.heading)
        self.column.addLayout(inside, 1)
        self.column.addWidget(self.below)

    def show_recent(self, recent: Recent | None) -> None:
        if recent is not None and recent.change is not None:
            self.change.show_state(*_change(recent.change))  # before it is shown, and dressed for that
        self.change.setVisible(recent is not None and recent.change is not None)
        self.line.setVisible(recent is not None and len(recent.months) > 1)
        if recent is None:
            self.figure.show_figure(tr("common.no_score"))
            self.below.setText(tr("window.recent_none"))
            return
        self.figure.show_figure(f"{recent.mean:.1f}")
        self.line.show_figures([mean for _, mean in recent.months])
        name = f"{title(recent.example)} {versioned(recent.example)}"
        self.below.setText(tr("window.recent_of", checklist=name, n=recent.n))


def _change(change: float) -> tuple[str, Tone]:
    if abs(change) < 0.05:
        return tr("window.unchanged"), "quiet"
    return (f"▲ {change:.1f}", "good") if change > 0 else (f"▼ {-change:.1f}", "lost")


class DraftsCard(Card):
    """How many audits wait to be completed, and the one that has waited longest."""

    resumed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._oldest = ""
        self.figure = Figure(name=tr("window.drafts"))
        self.damaged = Badge("", "failed")
        self.below = ElidedLabel("", "small")
        self.resume = button(tr("window.resume"), "quiet", on_click=lambda: self.resumed.emit(self._oldest))
        inside = QHBoxLayout()
        inside.setSpacing(MEDIUM)
        inside.addWidget(self.figure)
        inside.addWidget(self.damaged)
        inside.addStretch(1)
        inside.addWidget(self.resume)
        self.column.addWidget(ElidedLabel(tr("window.drafts"), "quiet"))
        self.column.addLayout(inside, 1)
        self.column.addWidget(self.below)

    def show_drafts(self, drafts: Drafts) -> None:
        self.figure.show_figure(str(drafts.n))
        self.damaged.setVisible(drafts.damaged > 0)
        self.damaged.setText(tr("window.damaged_count", count=drafts.damaged))
        oldest = drafts.oldest
        self.resume.setVisible(oldest is not None)
        self._oldest = oldest.id if oldest else ""
        self.below.setText(_waiting(oldest) if oldest else tr("window.no_drafts"))


def _waiting(row: Row) -> str:
    name = branch(row) or tr("window.no_branch")
    return tr("window.oldest_draft", branch=name, moment=moment(row.visited), state=state(row))


class LossesCard(Card):
    """The sections where most points were lost a visit."""

    def __init__(self) -> None:
        super().__init__()
        self.heading = ElidedLabel(tr("window.losses"), "quiet")
        self.column.addWidget(self.heading)
        self._place = QWidget()
        self._grid = QGridLayout(self._place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(MEDIUM)
        self._grid.setVerticalSpacing(SMALL)
        self._grid.setColumnMinimumWidth(0, look().px(LEAST_NAME))
        self._grid.setColumnStretch(0, 2)
        self._grid.setColumnStretch(1, 3)
        self.column.addWidget(self._place, 1)

    def show_losses(self, losses: Losses | None) -> None:
        """None: still being counted."""
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.heading.setText(tr("window.losses_of", n=losses.n) if losses and losses.n else tr("window.losses"))
        if losses is None or not losses.sections:
            words = "window.counting" if losses is None else "window.no_losses"
            note = label(tr(words), "quiet", wrap=True)
            note.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(note, 0, 0, 1, 3)
            return
        most = losses.sections[0][1]
        for at, (title_, lost) in enumerate(losses.sections):
            name = str(title_)
            bar, points = Bar(lost / most, "lost", 8), label(f"−{lost:.1f}", "small")
            bar.setAccessibleName(f"{name} −{lost:.1f}")
            self._grid.addWidget(ElidedLabel(name, "small"), at, 0)
            self._grid.addWidget(bar, at, 1)
            self._grid.addWidget(points, at, 2, Qt.AlignmentFlag.AlignRight)


def corrective_card(page: LibraryPage, branch: str) -> CorrectiveCard:
    """Of a branch head: what waits to be put right; made for nobody else."""
    from ui.corrective.home_card import CorrectiveCard

    card = CorrectiveCard()
    card.opened.connect(page.opened)
    card.listed.connect(lambda: page.filter_by("branch", branch))
    card.listed.connect(lambda: page.filter_by("state", "pending"))
    return card


class FigureCards(QWidget):
    """The cards side by side."""

    resumed = Signal(str)

    def __init__(self, corrective: CorrectiveCard | None = None) -> None:
        super().__init__()
        self.recent, self.drafts, self.losses = RecentCard(), DraftsCard(), LossesCard()
        self.corrective = corrective
        """Of a branch head: what waits to be put right, in the place of drafts."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(LARGE)
        for at, (card, share) in enumerate(((self.recent, 9), (corrective or self.drafts, 8), (self.losses, 8))):
            self._grid.addWidget(card, 0, at)
            self._grid.setColumnStretch(at, share)
            card.setFixedHeight(look().px(138))
        self.drafts.resumed.connect(self.resumed)

    def show_figures(self, recent: Recent | None, drafts: Drafts) -> None:
        self.recent.show_recent(recent)
        self.drafts.show_drafts(drafts)

    def show_losses(self, losses: Losses | None) -> None:
        self.losses.show_losses(losses)
