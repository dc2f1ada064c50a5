"""Whom the shopper plays, what to ask, what to watch: chosen before the visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from auditor.checklist.model import Checklist
from auditor.checklist.parts import Scenario
from auditor.words import tr
from ui.look.style import SMALL, TIGHT
from ui.widgets.buttons import chip
from ui.widgets.flow import Flow
from ui.widgets.labels import label
from ui.widgets.panels import Card


class ScenarioCard(QWidget):
    """Chips of the checklist's scenarios and, once one is chosen, its story. Hidden where there are none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._checklist: Checklist | None = None
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.idToggled.connect(self._toggled)
        self._chips, self._story = Flow(), Card("brand", spacing=TIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(label(tr("window.scenario"), "quiet"))
        column.addWidget(self._chips)
        column.addWidget(self._story)
        self.hide()

    def show_scenarios(self, checklist: Checklist, turn: int | None = None) -> None:
        """The one whose turn it is (from 0, round and round) is chosen already; None: none is."""
        self._checklist = checklist
        for one in self._group.buttons():
            self._group.removeButton(one)
        self._chips.clear()
        for at, scenario in enumerate(checklist.scenarios):
            made = chip(str(scenario.title))
            self._group.addButton(made, at)
            self._chips.addWidget(made)
        self.setVisible(bool(checklist.scenarios))
        if checklist.scenarios and turn is not None:
            self._group.buttons()[turn % len(checklist.scenarios)].setChecked(True)
        else:
            self._tell(None)

    @property
    def chosen(self) -> str:
        """The scenario's id, or ""."""
        at = next((self._group.id(one) for one in self._group.buttons() if one.isChecked()), -1)
        return self._checklist.scenarios[at].id if self._checklist is not None and at >= 0 else ""

    def choose(self, scenario: str) -> None:
        """Choose by id; "" chooses none."""
        for one in self._group.buttons():
            assert self._checklist is not None
            one.setChecked(self._checklist.scenarios[self._group.id(one)].id == scenario)

    def _toggled(self, at: int, on: bool) -> None:
        if on:
            for one in self._group.buttons():
                if self._group.id(one) != at:
                    one.setChecked(False)
        scenarios = self._checklist.scenarios if self._checklist is not None else ()
        self._tell(next((one for one in scenarios if one.id == self.chosen), None))

    def _tell(self, scenario: Scenario | None) -> None:
        """The persona and the story; at most a few lines."""
        while (item := self._story.column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lines = self._lines(scenario) if scenario is not None else []
        for text in lines:
            self._story.column.addWidget(label(text, "small", wrap=True))
        self._story.setVisible(bool(lines))
        self.changed.emit()

    def _lines(self, scenario: Scenario) -> list[str]:
        assert self._checklist is not None
        persona = next((one for one in self._checklist.personas if one.id == scenario.persona), None)
        join = tr("common.semicolon").join
        found = []
        if persona is not None:
            values = f"{tr('common.colon')}{join(map(str, persona.values))}" if persona.values else ""
            found.append(f"{persona.title}{values}")
        if scenario.story is not None:
            found.append(str(scenario.story))
        if scenario.ask:
            found.append(tr("window.ask", text=join(map(str, scenario.ask))))
        if scenario.watch:
            found.append(tr("window.watch", text=join(map(str, scenario.watch))))
        return found
