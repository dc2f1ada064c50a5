"""What every page that exports lets one choose in the same way: formats, copy, language, folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from auditor.words import language, tr
from exports import FORMATS
from exports.blocks import COPIES, PAPERS
from ui.look.style import SMALL, WIDE
from ui.widgets.buttons import SegmentedButtons, button, chip
from ui.widgets.files import ask_for_folder
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card, row

LANGUAGES = ("zh", "en", "both")


def format_chips(chosen: Sequence[str], on_click: Callable[[], object]) -> dict[str, QPushButton]:
    """A chip for each format; those in `chosen` are on."""
    return {one: chip(tr(f"capture.format_{one}"), one in chosen, on_click) for one in FORMATS}


def copy_buttons() -> SegmentedButtons:
    """The compliance copy is chosen at first."""
    copies = [(one, tr(f"common.copy.{one}")) for one in COPIES]
    return SegmentedButtons(copies, "compliance", name=tr("capture.export_copy"))


def language_buttons() -> SegmentedButtons:
    """The window's own language is chosen at first."""
    languages = [(one, tr(f"capture.lang_{one}")) for one in LANGUAGES]
    return SegmentedButtons(languages, language(), name=tr("capture.export_language"))


def paper_buttons(chosen: str) -> SegmentedButtons:
    """The paper of the report settings is chosen at first."""
    return SegmentedButtons([(one, tr(f"reports.paper.{one}")) for one in PAPERS], chosen, name=tr("reports.set.paper"))


def folder_row(field: QLineEdit) -> QHBoxLayout:
    """The field of the folder, and beside it a button that asks for one."""
    field.setAccessibleName(tr("capture.export_folder"))

    def ask() -> None:
        ask_for_folder(field, tr("capture.choose_folder"), field.text(), field.setText)

    return row(Flow(field, button(tr("capture.choose_folder"), icon="folder", on_click=ask), growing=field))


def folder_in(field: QLineEdit) -> Path:
    """The folder as typed; `~` is the home folder."""
    return Path(field.text().strip()).expanduser()


def add_choice(card: Card, words: str, what: QWidget) -> None:
    """A choice under its name, with room above when another stands there."""
    if card.column.count():
        card.column.addSpacing(SMALL)
    card.column.addWidget(label(words, "strong"))
    card.column.addWidget(what, 0, Qt.AlignmentFlag(0) if isinstance(what, Flow) else Qt.AlignmentFlag.AlignLeft)


def add_side_by_side(card: Card, *choices: tuple[str, QWidget]) -> None:
    """Small choices, each under its name, beside each other where there is room."""
    card.column.addSpacing(SMALL)
    flow = Flow(spacing=WIDE)
    for words, what in choices:
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(label(words, "strong"))
        column.addWidget(what)
        flow.addWidget(held)
    card.column.addWidget(flow)
