"""Whom the shopper plays, what to ask, what to watch: chosen before the visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.checklist.model import Checklist
from auditor.checklist.parts import Persona, Scenario
from auditor.words import tr
from ui.controls.chips import ChipFlow
from ui.look.style import SMALL, TIGHT
from ui.widgets.labels import label
from ui.widgets.panels import Card


class ScenarioCard(QWidget):
    """Chips of the checklist's scenarios and, once one is chosen, its story. Hidden where there are none."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._scenarios: tuple[Scenario, ...] = ()
        self._personas: dict[str, Persona] = {}
        self._chips, self._story = ChipFlow(()), Card("brand", spacing=TIGHT)
        self.chosen = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SMALL)
        self._column.addWidget(label(tr("window.scenario"), "quiet"))
        self._column.addWidget(self._chips)
        self._column.addWidget(self._story)
        self.hide()

    def show_scenarios(self, checklist: Checklist, turn: int | None = None) -> None:
        """The one whose turn it is (from 0, round and round) is chosen already; None: none is."""
        self._scenarios = checklist.scenarios
        self._personas = {one.id: one for one in checklist.personas}
        chips = ChipFlow([(str(one.title), "") for one in self._scenarios])
        chips.toggled.connect(self._tap)
        self._column.replaceWidget(self._chips, chips)
        self._chips.hide()
        self._chips.deleteLater()
        self._chips = chips
        self.setVisible(bool(self._scenarios))
        first = self._scenarios[turn % len(self._scenarios)].id if self._scenarios and turn is not None else ""
        self.choose(first)

    def choose(self, scenario: str) -> None:
        """Choose by id; "" (or one that is not offered) chooses none. `chosen` is the id."""
        at = next((at for at, one in enumerate(self._scenarios) if one.id == scenario), -1)
        self.chosen = scenario if at >= 0 else ""
        self._chips.show_checked({at}, ["brand"] * len(self._scenarios))
        self._tell(self._scenarios[at] if at >= 0 else None)

    def _tap(self, at: int) -> None:
        """The chosen one, tapped again, is none."""
        tapped = self._scenarios[at].id
        self.choose("" if tapped == self.chosen else tapped)

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
        persona = self._personas.get(scenario.persona or "")
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
