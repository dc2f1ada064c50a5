"""The card as the shopper sees it, answered on trial: nothing is recorded, what is lost shows as on a visit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError
from PySide6.QtWidgets import QVBoxLayout, QWidget

from auditor.audit import Answer, Audit, Header
from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Text
from auditor.errors import AuditorError
from auditor.kinds import KINDS, na_codes
from auditor.kinds.points import full
from auditor.scoring import Score, score
from auditor.words import tr
from ui.cards.item_card import ItemCard
from ui.cards.state import CardState
from ui.controls import Setting
from ui.editor.surroundings import words_of_text
from ui.look.style import MEDIUM, SMALL
from ui.widgets.labels import label
from ui.widgets.panels import scrolling

MOST_CARDS = 12
"""Of one section."""


class TryOut:
    """One item's card and the answer given on trial."""

    def __init__(self, item: Item, checklist: Checklist, number: str) -> None:
        self._alone = _alone(item, checklist)
        self.item = self._alone.sections[0].items[0]
        self.answer = Answer()
        self._blind = checklist.blind
        setting = Setting(na_codes(checklist, item), checklist.blind, item.id)
        self.card = ItemCard(self.item, setting, number, lambda _: FilePath())
        self.card.said.connect(self._on_said)
        self._set(self.answer)

    def _on_said(self, _path: str, deed: str, what: Any) -> None:
        if deed == "answer":
            self._give(what)
        elif deed == "na":
            self._set(replace(self.answer, value=None, na=what))
        elif deed in ("note", "reasons"):
            self._set(replace(self.answer, **{deed: what}))
        elif deed == "clear":
            self._set(Answer())

    def _give(self, raw: object) -> None:
        try:
            value = KINDS[self.item.kind].accept(self.item, raw)
        except AuditorError:
            value = self.answer.value
        self._set(replace(self.answer, value=value, na=None))

    def _set(self, answer: Answer) -> None:
        self.answer = answer
        found = self.score()
        item = self.item
        self.card.show_state(
            CardState(
                answer,
                found.item(item.id),
                fired=tuple(found.critical),
                computed=found.computed.get(item.id),
                worth=None if answer.value is None else KINDS[item.kind].points(item, answer.value),
                full=full(item) if item.scored and item.role == "normal" else None,
                blind=self._blind,
            )
        )

    def score(self) -> Score:
        """What the trial answer alone comes to."""
        header = Header(self._alone.checks[0], "2026-01-01T10:00:00+08:00")
        answers = {} if self.answer.empty else {self.item.id: self.answer}
        return score(Audit("", header, self._alone, "", "", answers=answers))


class Preview(QWidget):
    """`show_item`, `show_section` or `show_checklist`; what cannot be drawn yet leaves a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.trials: list[TryOut] = []
        self._inside = QWidget()
        self._cards = QVBoxLayout(self._inside)
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(MEDIUM)
        self._drawn: Any = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SMALL)
        column.addWidget(label(tr("editor.preview"), "strong"))
        column.addWidget(label(tr("editor.preview.note"), "quiet", wrap=True))
        column.addWidget(scrolling(self._inside, name=tr("editor.preview")), 1)

    def show_node(self, raw: dict[str, Any], root: dict[str, Any], numbers: dict[str, str]) -> None:
        """Draw an item, the items of a section, or what a checklist says of itself."""
        settings = {key: value for key, value in root.items() if key not in ("sections", "title", "changes")}
        drawn = (raw, settings, numbers)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self._clear()
        if raw is root:
            self._show_texts(raw, "title", "description")
            self._cards.addStretch(1)
            return
        if "text" in raw or "kind" in raw:
            entries = [raw]
        else:
            self._show_texts(raw, "title", "intro")
            entries = raw["items"] if isinstance(raw.get("items"), list) else []
        checklist = _settings(root)
        for one in entries[:MOST_CARDS]:
            self._show_card(one, checklist, numbers)
        self._cards.addStretch(1)

    def _show_card(self, raw: object, checklist: Checklist, numbers: dict[str, str]) -> None:
        try:
            item = Item.model_validate(raw)
            trial = TryOut(item, checklist, numbers.get(item.id, ""))
        except (ValidationError, AuditorError):
            self._cards.addWidget(label(tr("editor.preview.later"), "body", "quiet", wrap=True))
            return
        self.trials.append(trial)
        self._cards.addWidget(trial.card)

    def _show_texts(self, raw: dict[str, Any], title: str, below: str) -> None:
        self._cards.addWidget(label(words_of_text(raw.get(title)) or tr("editor.unnamed"), "title", wrap=True))
        words = words_of_text(raw.get(below))
        if words:
            self._cards.addWidget(label(words, "body", "quiet", wrap=True))

    def _clear(self) -> None:
        self.trials = []
        while (entry := self._cards.takeAt(0)) is not None:
            widget = entry.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _settings(root: dict[str, Any]) -> Checklist:
    """The checklist's own settings, with a stand-in for its sections; the usual ones while they are wrong."""
    keep = ("na", "na_codes", "na_reason", "evidence", "blind", "scale", "decimals")
    item = {"id": "stand_in", "text": "-", "kind": "info"}
    base: dict[str, Any] = {"id": "preview", "version": "1", "title": "-"}
    base["sections"] = [{"id": "s", "title": "-", "items": [item]}]
    try:
        return Checklist.model_validate({**base, **{key: root[key] for key in keep if key in root}})
    except ValidationError:
        return Checklist.model_validate(base)


def _alone(item: Item, checklist: Checklist) -> Checklist:
    """A checklist of this item only: nothing to lose, skip or depend on."""
    nothing = {"lose": (), "skip": None}
    alone = item.model_copy(
        update={
            "options": tuple(one.model_copy(update=nothing) for one in item.options),
            "bands": tuple(one.model_copy(update=nothing) for one in item.bands),
            "show_if": None,
            "require_if": None,
            "valid_if": None,
            "value": "0" if item.computed else None,
        }
    )
    section = Section(id=f"{item.id}_", title=Text(zh="-", en="-"), items=(alone,))
    return checklist.model_copy(update={"sections": (section,), "grades": (), "pass_": None})
