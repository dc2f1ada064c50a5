"""A filter as a chip: its name, what is chosen, and a menu of choices with their counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from auditor.words import tr
from ui.look import icons
from ui.look.style import LARGE, TARGET, look
from ui.widgets.buttons import bold_width

Choices = Sequence[tuple[str, str, int]]
"""(value, words, how many)."""


class FilterChip(QPushButton):
    """`状态：全部`; tapping it shows the choices. The menu is made when it is asked for."""

    chosen = Signal(str)

    def __init__(self, title: str, choices: Callable[[], Choices], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title, self._choices = title, choices
        self.value = ""
        self.setProperty("look", "chip")
        self.setProperty("tone", "brand")
        self.setCheckable(True)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setIcon(icons.icon("chevron-down", "quiet", checked="brand"))
        self.setIconSize(QSize(look().px(16), look().px(16)))
        self.setMinimumHeight(look().px(TARGET))
        self.clicked.connect(self._offer)
        self.show_value("", "")

    def show_value(self, value: str, words: str) -> None:
        """Paint what is chosen; `""` is all."""
        self.value = value
        shown = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, look().px(180))
        text = tr("window.filter", title=self._title, value=shown if value else tr("window.all"))
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setMinimumWidth(bold_width(text) + 2 * LARGE + look().px(28))
        self.setChecked(bool(value))

    def _offer(self) -> None:
        self.setChecked(bool(self.value))
        menu = self.menu_of_choices()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def menu_of_choices(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self._title)
        group = QActionGroup(menu)
        choices = [("", tr("window.all"), 0), *self._choices()]
        for value, words, count in choices:
            action = QAction(words.replace("&", "&&") + (f"  {count}" if count else ""), menu)
            action.setCheckable(True)
            action.setChecked(value == self.value)
            action.triggered.connect(lambda _=False, value=value, words=words: self._choose(value, words))
            group.addAction(action)
            menu.addAction(action)
        return menu

    def _choose(self, value: str, words: str) -> None:
        self.show_value(value, words)
        self.chosen.emit(value)
