"""Settings: the audits that were deleted, each with a way back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.words import tr
from ui.look.style import MEDIUM, SMALL, WIDE
from ui.safety.backups_card import titled
from ui.safety.trash import Deleted
from ui.widgets.buttons import button
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row

FEW = 6


class TrashCard(Card):
    """`show_deleted` in, `restore_wanted(audit)` out."""

    restore_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__(margin=WIDE, spacing=MEDIUM)
        self.column.addLayout(titled(tr("safety.trash"), tr("safety.trash.note")))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SMALL)
        self.column.addLayout(self._rows)
        self._deleted: Sequence[Deleted] = ()
        self._all = False

    def show_deleted(self, found: Sequence[Deleted]) -> None:
        self._deleted = found
        while (item := self._rows.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        shown = found if self._all else found[:FEW]
        for one in shown:
            self._rows.addWidget(self._row(one))
        if len(shown) < len(found):
            every = button(tr("safety.every_deleted", count=len(found)), "quiet", on_click=self._show_all)
            self._rows.addWidget(every, 0, Qt.AlignmentFlag.AlignLeft)
        if not found:
            self._rows.addWidget(label(tr("safety.trash_empty"), "body", "quiet", wrap=True))

    def _show_all(self) -> None:
        self._all = True
        self.show_deleted(self._deleted)

    def _row(self, one: Deleted) -> QWidget:
        made = QWidget()
        back = button(
            tr("safety.bring_back"),
            "quiet",
            name=f"{tr('safety.bring_back')} {one.words}",
            on_click=partial(self.restore_wanted.emit, one.audit),
        )
        across = row(ElidedLabel(one.words), back, spacing=SMALL)
        across.setStretch(0, 1)
        made.setLayout(across)
        return made
