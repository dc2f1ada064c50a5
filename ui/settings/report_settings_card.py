"""The report settings: the bank's name, logo, colour, lines at head and foot, paper, times; with a live preview."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from auditor.errors import AuditorError
from auditor.words import tr
from exports.letterhead import COLOUR, LONGEST
from exports.report_settings import DECIMALS, PAPERS, TIMES, ReportSettings
from ui.look.style import MEDIUM, WIDE, look
from ui.settings.report_head import ReportHead
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.files import chosen_file
from ui.widgets.flow import Flow, beside
from ui.widgets.labels import label
from ui.widgets.panels import Card, line

LINES = ("bank", "header", "footer")
SWATCHES = ("", "8C1D2B", "1F3F77", "1E6B3A", "3B3B3B")
"""Colours that read on white; "" is the program's own."""
TIMED = ("times_compliance", "times_branch", "times_public")

NAMES = 210
"""The names of fields are so wide, at 100 % text size."""


class ReportSettingsCard(Card):
    """`changed(ReportSettings)` when something else was set; what cannot be set is said below its field."""

    changed = Signal(object)

    def __init__(self, settings: ReportSettings) -> None:
        super().__init__(margin=WIDE, spacing=MEDIUM)
        self.settings = settings
        self.fields: dict[str, QLineEdit] = {}
        self.choices: dict[str, SegmentedButtons] = {}
        self.preview = ReportHead()
        self.wrong = label("", "body", "failed", wrap=True)
        self.warning = label(tr("reports.set.times_warning"), "body", "lost", wrap=True)
        self.column.addWidget(label(tr("reports.title"), "strong"))
        self.column.addWidget(label(tr("reports.title.note"), "quiet", wrap=True))
        self.column.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.wrong)
        for name in LINES:
            self._add(name, self._field(name))
        self._add("colour", self._colours())
        self._add("logo", self._logo())
        self._add("red_head", self._red_head())
        self.column.addWidget(line())
        self._add("paper", self._choice("paper", [(one, tr(f"reports.paper.{one}")) for one in PAPERS]))
        for name in TIMED:
            self._add(name, self._choice(name, [(one, tr(f"reports.times.{one}")) for one in TIMES]))
        self.column.addWidget(self.warning)
        self._add("decimals", self._choice("decimals", [(one, one) for one in DECIMALS[:4]]))
        self._show()

    def _add(self, name: str, control: QWidget) -> None:
        """A name with its note, and the control beside it; below it where there is little room."""
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(tr(f"reports.set.{name}"), "strong", wrap=True))
        note = tr(f"reports.set.{name}.note", default="")
        if note:
            words.addWidget(label(note, "quiet", wrap=True))
        words.addStretch(1)
        self.column.addWidget(_beside(words, control))

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit(self.settings.text(name))
        field.setMaxLength(LONGEST)
        field.setAccessibleName(tr(f"reports.set.{name}"))
        field.setMinimumWidth(look().px(200))
        field.editingFinished.connect(lambda: self.put(name, field.text()))
        self.fields[name] = field
        return field

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> SegmentedButtons:
        made = SegmentedButtons(choices, self.settings.text(name), name=tr(f"reports.set.{name}"))
        made.chosen.connect(lambda value: self.put(name, str(value)))
        self.choices[name] = made
        return made

    def _colours(self) -> QWidget:
        """Swatches, and a field for the bank's own."""
        field = self._field("colour")
        field.setMinimumWidth(look().px(120))
        field.setMaximumWidth(look().px(140))
        field.setPlaceholderText(COLOUR)
        flow = Flow(field)
        self.swatches = {code: self._swatch(code) for code in SWATCHES}
        for one in self.swatches.values():
            flow.addWidget(one)
        return flow

    def _swatch(self, code: str) -> QPushButton:
        name = code or tr("reports.colour.default")
        made = button("", "chip", name=f"{tr('reports.set.colour')} {name}", on_click=lambda: self.put("colour", code))
        made.setToolTip(name)
        made.setCheckable(True)
        side = look().px(22)
        made.setIcon(_disc(code or COLOUR, side))
        made.setIconSize(QSize(side, side))
        return made

    def _logo(self) -> QWidget:
        self.choose_logo = button(tr("reports.choose_logo"), on_click=self._on_choose_logo)
        self.remove_logo = button(tr("reports.remove_logo"), on_click=lambda: self.put("logo", ""))
        return Flow(self.choose_logo, self.remove_logo)

    def _red_head(self) -> QWidget:
        choice = self._choice("red_head", [(one, tr(f"reports.{one}")) for one in ("off", "on")])
        words = self._field("red_words")
        words.setPlaceholderText(tr("reports.set.red_words"))
        return Flow(choice, words)

    def _on_choose_logo(self) -> None:
        path = chosen_file(self, tr("reports.choose_logo"), tr("reports.set.logo"), "*.png *.jpg *.jpeg")
        if path is not None:
            self.take_logo(path)

    def take_logo(self, path: Path) -> None:
        self.put("logo", str(path))

    def put(self, name: str, text: str) -> None:
        """Set one setting; what is wrong with it is said and nothing changes."""
        try:
            wanted = self.settings.with_text(name, text)
        except AuditorError as error:
            self.wrong.setText(f"{tr(f'reports.set.{name}')}{tr('common.colon')}{error} {error.remedy()}".strip())
            self.wrong.setVisible(True)
            return
        before, self.settings = self.settings, wanted
        self._show()
        if wanted != before:
            self.changed.emit(wanted)

    def _show(self) -> None:
        """Everything as it is set."""
        self.wrong.hide()
        for name, field in self.fields.items():
            field.setText(self.settings.text(name))
        for name, choice in self.choices.items():
            choice.show_value(self.settings.text(name))
        letterhead = self.settings.letterhead
        for code, swatch in self.swatches.items():
            swatch.setChecked(code == letterhead.colour)
        self.remove_logo.setVisible(bool(letterhead.logo))
        self.fields["red_words"].setVisible(letterhead.red_head)
        exact = [self.settings.times_branch, self.settings.times_public]
        self.warning.setVisible("exact" in exact)
        self.preview.show_letterhead(letterhead)


def _disc(code: str, side: int) -> QIcon:
    """A colour to be seen."""
    picture = QPixmap(side, side)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(f"#{code}"))
    painter.drawEllipse(0, 0, side, side)
    painter.end()
    return QIcon(picture)


def _beside(words: QVBoxLayout, control: QWidget) -> Flow:
    """Fields begin below one another, and take what is left of their line."""
    if not isinstance(control, Flow | QLineEdit):
        return beside(words, control)
    said = QWidget()
    words.setContentsMargins(0, 0, 0, 0)
    said.setLayout(words)
    said.setFixedWidth(look().px(NAMES))
    return Flow(said, control, spacing=WIDE, growing=control)
