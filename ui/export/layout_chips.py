"""Which layouts of the PDF: those that make sense for what is exported, the full report chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from auditor.audit import Audit
from auditor.scoring import current
from auditor.words import tr
from exports.blocks import COPIES, LAYOUTS, Copy, Layout
from exports.layouts import fitting
from ui.widgets.buttons import chip
from ui.widgets.flow import Flow

if TYPE_CHECKING:
    from auditor.store import Row

Fitting = Mapping[Copy, Collection[Layout]]


class LayoutChips(Flow):
    """Any number of them; one that the chosen copy rules out is switched off."""

    changed = Signal()

    def __init__(self, fits: Fitting) -> None:
        super().__init__()
        self.setAccessibleName(tr("layouts.choose"))
        self._fitting = fits
        self.chips: dict[Layout, QPushButton] = {}
        for one in LAYOUTS:
            if any(one in found for found in fits.values()):
                self.chips[one] = chip(tr(f"layouts.chip.{one}"), one == "full", self.changed.emit)
                self.addWidget(self.chips[one])

    def show_copy(self, copy: Copy) -> None:
        """Offer what this copy can be laid out as."""
        for name, one in self.chips.items():
            one.setEnabled(name in self._fitting[copy])

    @property
    def chosen(self) -> tuple[Layout, ...]:
        return tuple(name for name, one in self.chips.items() if one.isChecked() and one.isEnabled())


def of_audit(audit: Audit) -> Fitting:
    """What one audit can be laid out as."""
    score = current(audit)
    return {copy: fitting(audit, score, copy) for copy in COPIES}


def of_rows(rows: Sequence[Row]) -> Fitting:
    """What some of many audits may be laid out as, as far as the library can tell; the rest is said afterwards."""
    alone = set() if any(one.kind == "self" for one in rows) else {"self"}
    return {copy: [one for one in LAYOUTS if one not in alone and _may_go(one, copy)] for copy in COPIES}


def _may_go(layout: Layout, copy: Copy) -> bool:
    return layout != "rectification" or copy != "public"
