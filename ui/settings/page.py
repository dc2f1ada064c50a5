"""Settings: language, theme, text size, where the data is, what the keys do, and what the program is made of."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from auditor import __version__
from auditor.words import LANGUAGES, tr
from ui.look.style import LARGE, MEDIUM, SCALES, SMALL, WIDE, look
from ui.settings.stored import HANDS, THEMES, Settings
from ui.widgets.buttons import SegmentedButtons, button
from ui.widgets.files import open_outside
from ui.widgets.flow import Flow, beside
from ui.widgets.labels import label
from ui.widgets.panels import Card, line, row, scrolling

MORE_KEYS = (
    ("1 – 9", "key.answer"),
    ("N", "key.na"),
    ("F", "key.flag"),
    ("↑ ↓ ← →", "key.move"),
    ("Ctrl+J", "key.next_open"),
    ("Ctrl+Z", "key.undo"),
    ("N", "key.stamp"),
    ("R", "key.watch"),
    ("F9", "key.cover"),
)
"""What works while a check is filled in."""
PARTS = (
    ("Qt / PySide6", "LGPL-3.0"),
    ("Noto Sans SC", "SIL OFL 1.1"),
    ("ReportLab", "BSD-3-Clause"),
    ("openpyxl", "MIT"),
    ("pypdf", "BSD-3-Clause"),
    ("TinyDB", "MIT"),
    ("pydantic", "MIT"),
    ("msgspec", "BSD-3-Clause"),
    ("Lark", "MIT"),
    ("PyYAML", "MIT"),
    ("Pillow", "MIT-CMU"),
    ("filelock", "MIT"),
    ("platformdirs", "MIT"),
)
PAIR, WIDEST_PAIR = 380, 460
"""The width of a name and what is said of it: at 100 % text size, and at most, in pixels."""
LANGUAGE_NAMES = {"zh": "中文", "en": "English"}


class SettingsPage(QWidget):
    """Says what was changed, as `{name: value}`; the window keeps it."""

    changed = Signal(object)

    def __init__(
        self, settings: Settings, folder: Path, shortcuts: Sequence[tuple[str, str]], more: Sequence[QWidget] = ()
    ) -> None:
        """`more` are cards that stand behind the data folder's."""
        super().__init__()
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(WIDE + SMALL, WIDE, WIDE + SMALL, WIDE)
        column.setSpacing(LARGE)
        column.addWidget(label(tr("window.settings"), "title"))
        column.addWidget(self._appearance(settings))
        column.addWidget(_data(folder))
        for card in more:
            column.addWidget(card)
        column.addWidget(_keys(shortcuts))
        column.addWidget(_about())
        column.addStretch(1)
        inside.setMaximumWidth(look().px(1000))
        area = scrolling(_left(inside), name=tr("window.settings"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _appearance(self, settings: Settings) -> Card:
        card = Card(margin=WIDE, spacing=LARGE)
        self.language = self._choice(
            "language", [(code, LANGUAGE_NAMES.get(code, code)) for code in LANGUAGES], settings
        )
        self.theme = self._choice("theme", [(one, tr(f"window.theme.{one}")) for one in THEMES], settings)
        self.scale = self._choice("scale", [(one, f"{one}%") for one in SCALES], settings)
        self.hand = self._choice("hand", [(one, tr(f"window.hand.{one}")) for one in HANDS], settings)
        rows = {"language": self.language, "theme": self.theme, "scale": self.scale, "hand": self.hand}
        for name, control in rows.items():
            card.column.addWidget(_line(tr(f"window.set.{name}"), tr(f"window.set.{name}.note"), control))
            if name != "hand":
                card.column.addWidget(line())
        return card

    def _choice(self, name: str, choices: Sequence[tuple[str | int, str]], settings: Settings) -> SegmentedButtons:
        made = SegmentedButtons(choices, getattr(settings, name), name=tr(f"window.set.{name}"))
        made.chosen.connect(lambda value: self.changed.emit({name: value}))
        return made


def _left(inside: QWidget) -> QWidget:
    """A column of readable width at the left."""
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.addWidget(inside, 1000)
    across.addStretch(1)
    return made


def _line(name: str, note: str, control: QWidget) -> Flow:
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(name, "strong", wrap=True))
    words.addWidget(label(note, "quiet", wrap=True))
    return beside(words, control)


def _data(folder: Path) -> Card:
    card = Card(margin=WIDE, spacing=MEDIUM)
    show = button(tr("window.show_folder"), icon="folder", on_click=partial(open_outside, folder))
    card.column.addWidget(_line(tr("window.data_folder"), tr("window.data_folder.note"), show))
    path = label(str(folder), "body", wrap=True)
    path.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    card.column.addWidget(path)
    return card


def _keys(shortcuts: Sequence[tuple[str, str]]) -> Card:
    card = Card(margin=WIDE, spacing=MEDIUM)
    card.column.addWidget(label(tr("window.keys"), "strong"))
    flow = Flow()
    for keys, name in (*MORE_KEYS, *shortcuts):
        native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if "Ctrl" in keys else keys
        flow.addWidget(_pair(_key(native), label(tr(f"window.{name}"), "body", wrap=True)))
    card.column.addWidget(flow)
    return card


def _pair(name: QLabel, said: QLabel) -> QWidget:
    """Two labels side by side; as wide as every other pair, so that they stand in columns."""
    made = QWidget()
    across = row(name, said, spacing=MEDIUM)
    across.setStretch(1, 1)
    across.setAlignment(name, Qt.AlignmentFlag.AlignTop)
    made.setLayout(across)
    made.setFixedWidth(min(look().px(PAIR), WIDEST_PAIR))
    return made


def _key(text: str) -> QLabel:
    made = label(text, "small")
    made.setProperty("badge", "quiet")
    return made


def _about() -> Card:
    card = Card(margin=WIDE, spacing=MEDIUM)
    card.column.addWidget(label(tr("window.about", app=tr("common.app"), version=__version__), "strong"))
    card.column.addWidget(label(tr("window.about.text"), "body", "quiet", wrap=True))
    flow = Flow()
    for name, licence in PARTS:
        flow.addWidget(_pair(label(name, "small", wrap=True), label(licence, "quiet", wrap=True)))
    card.column.addWidget(flow)
    return card
