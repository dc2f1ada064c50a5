"""What was lost and why, each with what is done about it, on the review page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from auditor import corrective, review
from auditor.audit import Finding
from auditor.corrective import OPEN, Action
from auditor.figures import plain
from auditor.review import Loss
from auditor.words import tr
from ui.cards.link_row import LinkRow
from ui.corrective.bulk import BulkPanel
from ui.corrective.form import FindingForm
from ui.corrective.words import state_words, summary
from ui.look import icons
from ui.look.style import MEDIUM, SMALL, TIGHT, Tone, look
from ui.session import AuditSession
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import Badge, ElidedLabel, label
from ui.widgets.panels import Card, line

ABOVE = 96
"""Of the loss itself, above its action, at 100 % text size."""
INDENT = 78
"""Below the words of a loss, right of its number, at 100 % text size."""


class ActionRow(QWidget):
    """One corrective action: a line that says how it stands, and, opened, the form to work on it."""

    photo_wanted = Signal(str, str, str)
    """(path, stage, SHA-256) of a photo to be seen large."""

    def __init__(self, session: AuditSession, action: Action) -> None:
        super().__init__()
        self._session, self._action = session, action
        self._name = f"{action.loss.number} {action.loss.item.text}"
        self.toggle = button(tr("corrective.title"), "quiet", icon="chevron-right", on_click=self._turn)
        self.toggle.setObjectName(f"action:{action.path}")
        self.words, self.badge = ElidedLabel("", "small", "quiet"), Badge()
        self.form: FindingForm | None = None
        head = Flow(self.toggle, self.words, self.badge, growing=self.words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look().px(INDENT) + TIGHT - MEDIUM, 0, TIGHT, 0)
        self._column.setSpacing(0)
        self._column.addWidget(head)
        self.show_action(action)

    @property
    def path(self) -> str:
        return self._action.path

    @property
    def opened(self) -> bool:
        return self.form is not None and not self.form.isHidden()

    def show_action(self, action: Action) -> None:
        """Paint what is saved."""
        self._action = action
        words, tone = state_words(action)
        self.badge.show_state(words, tone)
        self.words.setText(summary(action))
        self.toggle.setAccessibleName(f"{self._name} {tr('corrective.title')} {words} {self.words.text()}")
        if self.form is not None:
            answer = self._session.current(action.path)
            allowed = self._session.correcting.allowed
            self.form.show_action(action, self._session.audit.header.visited, answer.photos, read_only=not allowed)

    def open(self, opened: bool) -> None:
        """Show the form, made when it is first wanted, or put it away."""
        if opened and self.form is None:
            self.form = self._make_form()
            self._column.addWidget(self.form)
            self.show_action(self._action)
        if self.form is not None:
            self.form.setVisible(opened)
        self.toggle.setIcon(icons.icon("chevron-down" if opened else "chevron-right", "brand"))

    def flush(self) -> None:
        if self.form is not None:
            self.form.flush()

    def _turn(self) -> None:
        self.flush()
        self.open(not self.opened)

    def _make_form(self) -> FindingForm:
        correcting, path = self._session.correcting, self.path
        form = FindingForm(self._name, self._session.photo_path)
        form.changed.connect(partial(correcting.set, path))
        form.photos_given.connect(partial(correcting.add_photos, path))
        form.photo_viewed.connect(partial(self.photo_wanted.emit, path))
        form.photos_taken.connect(partial(correcting.take_from_answer, path))
        return form


class LossesCard(Card):
    """Losses, heaviest first, each leading to its item through `go`; below each what is done about it."""

    photo_wanted = Signal(str, str, str)
    """As of an ActionRow."""

    def __init__(self, session: AuditSession, names: Mapping[str, str], go: Callable[[str], object]) -> None:
        super().__init__(spacing=SMALL)
        self._session = session
        self.rows: dict[str, ActionRow] = {}
        losses = review.losses(session.audit, session.score)
        words = tr("capture.review_losses", n=len(losses)) if losses else tr("capture.review_no_losses")
        self.counts = Badge()
        self.bulk = BulkPanel()
        self.bulk.wanted.connect(self._on_bulk)
        self.all = button(tr("corrective.all"), "quiet", icon="chevron-right", on_click=self._turn_bulk)
        title = label(words, "strong")
        self.column.addWidget(Flow(title, self.counts, self.all, growing=title))
        self.column.addWidget(self.bulk)
        self.bulk.hide()
        actions = {one.path: one for one in self._actions()}
        for at, one in enumerate(losses):
            if at:
                self.column.addWidget(line())
            self.column.addWidget(_link(one, names, go))
            if one.path in actions:
                self.rows[one.path] = made = ActionRow(session, actions[one.path])
                made.photo_wanted.connect(self.photo_wanted)
                self.column.addWidget(made)
        self._show_counts(list(actions.values()))
        session.findings_changed.connect(self._on_findings)

    def flush(self) -> None:
        for one in self.rows.values():
            one.flush()

    def show_most_urgent(self) -> None:
        """Open what must be put right first, and bring it into sight."""
        pending = corrective.pending(self._session.audit, self._session.score, date.today())
        self.show_action(pending[0].path if pending else "")

    def show_action(self, path: str) -> None:
        """Open the action on one loss, and bring it into sight."""
        found = self.rows.get(path)
        if found is not None:
            found.open(True)
            QTimer.singleShot(0, found, partial(_bring_into_sight, found))

    def _actions(self) -> tuple[Action, ...]:
        return corrective.actions(self._session.audit, self._session.score, date.today())

    def _on_findings(self, paths: set[str]) -> None:
        actions = self._actions()
        for one in actions:
            if one.path in paths and one.path in self.rows:
                self.rows[one.path].show_action(one)
        self._show_counts(actions)

    def _show_counts(self, actions: tuple[Action, ...] | list[Action]) -> None:
        states = Counter(one.state for one in actions)
        waiting = sum(states[one] for one in OPEN)
        parts = [tr("corrective.count", n=waiting)] if waiting else []
        parts += [tr("corrective.count_overdue", n=states["overdue"])] if states["overdue"] else []
        tone: Tone = "failed" if states["overdue"] else "lost" if waiting else "good"
        self.counts.show_state(" · ".join(parts) or tr("corrective.all_done"), tone)
        self.counts.setVisible(bool(actions))
        self.all.setVisible(waiting > 1 and self._session.correcting.allowed)
        if waiting < 2:
            self.bulk.hide()

    def _turn_bulk(self) -> None:
        self.bulk.setVisible(self.bulk.isHidden())
        self.all.setIcon(icons.icon("chevron-right" if self.bulk.isHidden() else "chevron-down", "brand"))

    def _on_bulk(self, owner: str, due: str) -> None:
        """Whoever and whatever day was named, for everything that is not done yet."""
        self.flush()
        changed: dict[str, Finding] = {}
        for one in self._actions():
            if one.state in OPEN:
                finding = one.finding
                changed[one.path] = replace(finding, owner=owner or finding.owner, due=due or finding.due)
        if self._session.correcting.set_all(changed):
            self._turn_bulk()


def _bring_into_sight(wanted: QWidget) -> None:
    area = wanted.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    inside = area.widget() if area is not None else None
    if area is not None and inside is not None:
        area.verticalScrollBar().setValue(max(0, wanted.mapTo(inside, QPoint(0, 0)).y() - look().px(ABOVE)))


def _link(one: Loss, names: Mapping[str, str], go: Callable[[str], object]) -> LinkRow:
    tone: Tone = "failed" if one.effects else "lost"
    badge = f"−{plain(one.deducted)}" if one.deducted else tr(f"common.effect.{one.effects[0].effect}")
    made = LinkRow(one.number, names.get(one.path, str(one.item.text)), one.reason, badge, tone)
    made.clicked.connect(lambda _=False: go(one.path))
    return made
