"""How a register and a comparison are to be: what, which copy, how visits become one figure, whose and of when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget

from auditor.words import language, tr
from exports.blocks import COPIES, Copy
from exports.register.options import MOST_PLACES, ORDERS, SEVERAL, STANDARD, Options, Order, Several, read_blend
from ui.export.page import LANGUAGES
from ui.look.style import LARGE, SMALL, look
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row
from ui.widgets.reading_column import ReadingColumn

if TYPE_CHECKING:
    from auditor.store import Row

PRODUCTS = ("register", "comparison")
_WEIGHT = 96


class RegisterChoices(ReadingColumn):
    """Cards of choices; says that one changed. `kinds` counts the visits of each kind of check."""

    changed = Signal()

    def __init__(self, rows: Sequence[Row], folder: str, places: int) -> None:
        super().__init__()
        self.products: dict[str, QPushButton] = {}
        self.weights: dict[str, QLineEdit] = {}
        self.copy = SegmentedButtons([(one, tr(f"common.copy.{one}")) for one in COPIES], "compliance")
        self.language = SegmentedButtons([(one, tr(f"capture.lang_{one}")) for one in LANGUAGES], language())
        self.places = SegmentedButtons([(n, str(n)) for n in range(MOST_PLACES + 1)], places)
        self.several = SegmentedButtons([(one, tr(f"register_page.several.{one}")) for one in SEVERAL], "mean")
        self.order = SegmentedButtons([(one, tr(f"register_page.order.{one}")) for one in ORDERS], "rank")
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
        return Path(self.folder.text().strip()).expanduser()

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
        card, made = Card(spacing=SMALL), Flow()
        for one in PRODUCTS:
            chip = button(tr(f"register_page.{one}"), "chip", on_click=self.changed.emit)
            chip.setCheckable(True)
            chip.setChecked(True)
            chip.setProperty("tone", "brand")
            self.products[one] = chip
            made.addWidget(chip)
        card.column.addWidget(label(tr("register_page.what"), "strong"))
        card.column.addWidget(made)
        _add(card, tr("capture.export_copy"), self.copy)
        _add(card, tr("capture.export_language"), self.language)
        return card

    def _how(self, kinds: dict[str, int]) -> Card:
        card = Card(spacing=SMALL)
        _add(card, tr("register_page.several"), self.several)
        card.column.addWidget(self.several_note)
        if len(kinds) > 1:
            card.column.addSpacing(SMALL)
            card.column.addWidget(label(tr("register_page.blend"), "strong"))
            flow = Flow()
            for kind, count in sorted(kinds.items(), key=lambda one: -one[1]):
                flow.addWidget(self._weight(kind, count))
            card.column.addWidget(flow)
            card.column.addWidget(label(tr("register_page.blend.note"), "body", "quiet", wrap=True))
        _add(card, tr("register_page.decimals"), self.places)
        _add(card, tr("register_page.order"), self.order)
        return card

    def _weight(self, kind: str, count: int) -> QWidget:
        """A kind of check with the number of its visits, and a field for its weight."""
        place, field = QWidget(), QLineEdit()
        name = tr(f"common.kind.{kind}")
        field.setAccessibleName(tr("register_page.weight", kind=name))
        field.setFixedWidth(look().px(_WEIGHT))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weights[kind] = field
        across = row(label(tr("register_page.kind", kind=name, n=count), "body"), field, spacing=SMALL)
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
        self.folder.setAccessibleName(tr("capture.export_folder"))
        across = row(self.folder, button(tr("capture.choose_folder"), icon="folder", on_click=self._on_folder))
        across.setStretch(0, 1)
        card.column.addLayout(across)
        return card

    def _show_several(self) -> None:
        self.several_note.setText(tr(f"register.note.several.{self.several.value}"))

    def _on_folder(self) -> None:
        dialog = QFileDialog(self, tr("capture.choose_folder"), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()


def _add(card: Card, words: str, what: SegmentedButtons) -> None:
    what.setAccessibleName(words)
    if card.column.count():
        card.column.addSpacing(SMALL)
    card.column.addWidget(label(words, "strong"))
    card.column.addWidget(what, 0, Qt.AlignmentFlag.AlignLeft)
