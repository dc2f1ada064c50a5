"""Which layouts of the PDF: those that make sense for the audit, the full report chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from auditor.audit import Audit
from auditor.scoring import current
from auditor.words import tr
from exports.blocks import COPIES, LAYOUTS, Copy, Layout
from exports.layouts import fitting
from ui.widgets.buttons import chip
from ui.widgets.flow import Flow


class LayoutChips(Flow):
    """Any number of them; one that the chosen copy rules out is switched off."""

    changed = Signal()

    def __init__(self, audit: Audit) -> None:
        super().__init__()
        self.setAccessibleName(tr("layouts.choose"))
        score = current(audit)
        self._fitting = {copy: fitting(audit, score, copy) for copy in COPIES}
        self.chips: dict[Layout, QPushButton] = {}
        for one in LAYOUTS:
            if any(one in found for found in self._fitting.values()):
                self.chips[one] = chip(tr(f"layouts.chip.{one}"), one == "full", self.changed.emit)
                self.addWidget(self.chips[one])

    def show_copy(self, copy: Copy) -> None:
        """Offer what this copy can be laid out as."""
        for name, one in self.chips.items():
            one.setEnabled(name in self._fitting[copy])

    @property
    def chosen(self) -> tuple[Layout, ...]:
        return tuple(name for name, one in self.chips.items() if one.isChecked() and one.isEnabled())
