"""How a register and a comparison are to be: what, which copy, how visits become one figure, whose and of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from auditor.words import tr
from exports.blocks import Copy
from exports.register.options import MOST_PLACES, ORDERS, SEVERAL, STANDARD, Options, Order, Several, read_blend
from ui.export.choices import add_choice, copy_buttons, folder_in, folder_row, language_buttons
from ui.look.style import LARGE, SMALL, look
from ui.widgets.buttons import SegmentedButtons, chip
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row
from ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from auditor.store import Row

PRODUCTS = ("register", "comparison", "circular")
_WEIGHT = 96


class RegisterChoices(ReadingColumn):
    """Cards of choices; says that one changed. `places` are the decimals chosen at first."""

    changed = Signal()

    def __init__(self, rows: Sequence[Row], folder: str, places: int) -> None:
        super().__init__()
        self.products: dict[str, QPushButton] = {}
        self.weights: dict[str, QLineEdit] = {}
        self.copy, self.language = copy_buttons(), language_buttons()
        self.places = SegmentedButtons(
            [(n, str(n)) for n in range(MOST_PLACES + 1)], places, name=tr("register_page.decimals")
        )
        self.several = SegmentedButtons(
            [(one, tr(f"register_page.several.{one}")) for one in SEVERAL], "mean", name=tr("register_page.several")
        )
        self.order = SegmentedButtons(
            [(one, tr(f"register_page.order.{one}")) for one in ORDERS], "rank", name=tr("register_page.order")
        )
        self.several_note = label("", "body", "quiet", wrap=True)
        self.unit, self.period = QLineEdit(), QLineEdit()
        self.unit.setPlaceholderText(tr("register_page.unit.empty"))
        self.period.setPlaceholderText(tr("register_page.period.empty"))
        self.folder = QLineEdit(folder)
        self.folder.textChanged.connect(lambda _: self.changed.emit())
        self.several.chosen.connect(lambda _: self._show_several())
        kinds: dict[str, int] = {}
        for one in rows:
            kinds[one.kind] = kinds.get(one.kind, 0) + 1
        self._cards = [self._what(), self._how(kinds), self._words()]
        for card in self._cards:
            self.append(card)
        self._show_several()

    def chosen(self, product: str) -> bool:
        return self.products[product].isChecked()

    def set_open(self, is_open: bool) -> None:
        """Whether anything can be changed."""
        for card in self._cards:
            card.setEnabled(is_open)

    @property
    def ready(self) -> bool:
        return any(map(self.chosen, PRODUCTS)) and bool(self.folder.text().strip())

    @property
    def target(self) -> Path:
        return folder_in(self.folder)

    @property
    def copy_chosen(self) -> Copy:
        return cast(Copy, self.copy.value)

    def options(self) -> Options:
        """Raises `register.blend_weight` where a weight is no number."""
        given = ((kind, field.text().strip()) for kind, field in self.weights.items())
        text = ",".join(f"{kind}={weight}" for kind, weight in given if weight)
        return replace(
            STANDARD,
            places=cast(int, self.places.value),
            several=cast(Several, self.several.value),
            order=cast(Order, self.order.value),
            blend=read_blend(text) if text else (),
            unit=self.unit.text().strip(),
            period=self.period.text().strip(),
        )

    # --- how it is built

    def _what(self) -> Card:
        card = Card(spacing=SMALL)
        for one in PRODUCTS:
            self.products[one] = chip(tr(f"register_page.{one}"), one != "circular", self.changed.emit)
        add_choice(card, tr("register_page.what"), Flow(*self.products.values()))
        add_choice(card, tr("capture.export_copy"), self.copy)
        add_choice(card, tr("capture.export_language"), self.language)
        return card

    def _how(self, kinds: dict[str, int]) -> Card:
        card = Card(spacing=SMALL)
        add_choice(card, tr("register_page.several"), self.several)
        card.column.addWidget(self.several_note)
        if len(kinds) > 1:
            card.column.addSpacing(SMALL)
            card.column.addWidget(label(tr("register_page.blend"), "strong", wrap=True))
            flow = Flow()
            for kind, count in sorted(kinds.items(), key=lambda one: -one[1]):
                flow.addWidget(self._weight(kind, count))
            card.column.addWidget(flow)
            card.column.addWidget(label(tr("register_page.blend.note"), "body", "quiet", wrap=True))
        add_choice(card, tr("register_page.decimals"), self.places)
        add_choice(card, tr("register_page.order"), self.order)
        return card

    def _weight(self, kind: str, count: int) -> QWidget:
        """A kind of check with the number of its visits, and a field for its weight."""
        place, field = QWidget(), QLineEdit()
        name = tr(f"common.kind.{kind}")
        field.setAccessibleName(tr("register_page.weight", kind=name))
        field.setPlaceholderText("–")
        field.setFixedWidth(look().px(_WEIGHT))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weights[kind] = field
        across = row(label(tr("register_page.kind", kind=name, n=count), "body", wrap=True), field, spacing=SMALL)
        across.setContentsMargins(0, 0, LARGE, 0)
        place.setLayout(across)
        return place

    def _words(self) -> Card:
        card = Card(spacing=SMALL)
        for key, field in (("unit", self.unit), ("period", self.period)):
            card.column.addWidget(label(tr(f"register_page.{key}"), "strong"))
            field.setAccessibleName(tr(f"register_page.{key}"))
            field.setMaxLength(60)
            card.column.addWidget(field)
            card.column.addSpacing(SMALL)
        card.column.addWidget(label(tr("capture.export_folder"), "strong"))
        card.column.addLayout(folder_row(self.folder))
        return card

    def _show_several(self) -> None:
        self.several_note.setText(tr(f"register.note.several.{self.several.value}"))
