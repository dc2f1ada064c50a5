"""Checking before finishing, and the result: what is missing, what was lost and why; finish, export, reopen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from auditor import review
from auditor.audit import Answer, Praise
from auditor.numbering import numbering
from auditor.words import tr
from ui.capture.places import places, silent
from ui.capture.words import names_of, saved_words, visit_words
from ui.corrective.losses_card import LossesCard
from ui.look.style import LARGE, MEDIUM, SMALL, WIDE, look
from ui.review import parts
from ui.review.narrative import NarrativeCard, has_course
from ui.review.praises import PraisesCard
from ui.session import AuditSession
from ui.widgets.buttons import button
from ui.widgets.flow import Flow
from ui.widgets.labels import ElidedLabel, label
from ui.widgets.panels import Card, row, scrolling
from ui.widgets.reading_column import ReadingColumn

LEAST_TITLE = 150
"""Room for what is looked over, at 100 % text size."""


class ReviewPage(QWidget):
    """One audit looked over. Every row leads to its item: `item_requested(path)`."""

    back_requested = Signal()
    item_requested = Signal(str)
    finished = Signal()
    export_requested = Signal()
    photo_wanted = Signal(str, str, str)
    """(path, stage, SHA-256) of a corrective action's photo, to be seen large."""
    more_asked = Signal(object)
    """The button below which a menu opens."""

    def __init__(self, session: AuditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("capture.review_title"))
        self.session = session
        self._numbers = numbering(session.audit.checklist)
        self.words: parts.WordsCard | None = None
        self.praises: PraisesCard | None = None
        self.course: NarrativeCard | None = None
        self.losses: LossesCard | None = None
        self._offers_more: Callable[[], bool] = lambda: False
        self.reason = QLineEdit()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._build()
        session.state_changed.connect(self._on_state)
        session.header_changed.connect(self._on_header)
        session.saved.connect(self._show_saved)

    @property
    def is_finished(self) -> bool:
        return self.session.audit.state == "finished"

    def offer_more(self, offered: Callable[[], bool]) -> None:
        """Show the button of a menu whenever there is something in it."""
        self._offers_more = offered
        self.more.setVisible(offered())

    def flush(self) -> None:
        """Commit what is being typed."""
        for card in (self.words, self.course, self.praises, self.losses):
            if card is not None:
                card.flush()

    def _build(self) -> None:
        self.words = self.praises = self.losses = self.course = None
        self._contradictions = self.session.contradictions()
        while (held := self._column.takeAt(0)) is not None:
            old = held.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self._column.addWidget(self._make_head())
        inside = ReadingColumn()
        for card in self._cards():
            inside.append(card)
        self._column.addWidget(scrolling(inside, name=tr("capture.review_title")), 1)
        self._column.addWidget(self._make_bar())
        self._show_saved()
        self.setFocus()

    def _make_head(self) -> QFrame:
        audit, head = self.session.audit, QFrame()
        head.setProperty("panel", "head")
        head.setMinimumHeight(look().px(72))
        outlet, small = visit_words(audit)
        title = label(tr("capture.result_title" if self.is_finished else "capture.review_title"), "title", wrap=True)
        titles = QVBoxLayout()
        titles.setSpacing(0)
        titles.addWidget(title)
        titles.addWidget(ElidedLabel(" · ".join((outlet, str(audit.checklist.title), small)), "quiet"))
        back = button("", "icon", icon="back", name=tr("capture.back_to_items"), on_click=self._on_back)
        back.setFixedWidth(look().px(48))
        said = QWidget()
        said.setLayout(titles)
        titles.setContentsMargins(0, 0, 0, 0)
        said.setMinimumWidth(look().px(LEAST_TITLE))
        flow = Flow(back, said, growing=said)
        self.more = more = button("", "icon", icon="more", name=tr("capture.more"))
        more.clicked.connect(lambda _=False: self.more_asked.emit(more))
        more.setVisible(self._offers_more())
        flow.addWidget(more)
        if not self._blind:
            flow.addWidget(parts.ResultHead(self.session.score, audit.checklist))
        line = row(flow)
        line.setContentsMargins(MEDIUM, SMALL, WIDE, SMALL)
        head.setLayout(line)
        return head

    @property
    def _blind(self) -> bool:
        return silent(self.session.audit)

    def _cards(self) -> list[QWidget]:
        audit, score = self.session.audit, self.session.score
        names, go, found = names_of(places(audit)), self._go, list[QWidget]()
        missing = () if self.is_finished else review.missing(audit, score)
        if not self.is_finished and self.session.why_viewed is None:
            found.append(parts.missing_card(missing, names, go))
        if self._contradictions:
            found.append(parts.contradictions_card(self._contradictions, names, finished=self.is_finished, go=go))
        if score.critical and not self._blind:
            found.append(parts.effects_card(score, names, self._numbers, go))
        if not self._blind:
            self.losses = LossesCard(self.session, names, go)
            self.losses.photo_wanted.connect(self.photo_wanted)
            found.append(self.losses)
            sections = parts.sections_card(score, names, audit.checklist)
            found += [sections] if sections is not None else []
        if not self.is_finished or audit.header.highlights or audit.header.summary:
            self.words = parts.WordsCard(audit.header, read_only=self.session.read_only)
            self.words.changed.connect(self.session.set_header)
            found.append(self.words)
        if has_course(audit):
            self.course = NarrativeCard(audit, read_only=self.session.read_only)
            self.course.changed.connect(self._on_course)
            found.append(self.course)
        if not self.is_finished or audit.header.praises:
            self.praises = PraisesCard(audit.header.praises, read_only=self.session.read_only)
            self.praises.changed.connect(self._on_praises)
            found.append(self.praises)
        flagged = [one.path for one in score.items if audit.answers.get(one.path, Answer()).flagged]
        if flagged and not self.is_finished:
            title, note = tr("finding.review_flagged", n=len(flagged)), tr("finding.review_flagged_note")
            found.insert(1, parts.names_card(title, note, flagged, names, self._numbers, go))
        left = [one.path for one in review.unanswered(audit, score)]
        if left:
            title, note = tr("capture.review_optional"), tr("capture.review_optional_note")
            found.append(parts.names_card(title, note, left, names, self._numbers, go))
        aside = audit.set_aside if self.is_finished else set(review.set_aside(audit, score))
        if aside:
            title, note = tr("capture.review_aside"), tr("capture.review_aside_note")
            ordered = [one.path for one in score.items if one.path in aside]
            found.append(parts.names_card(title, note, ordered, names, self._numbers, go))
        if self.is_finished and not audit.read_only:
            found.append(self._make_reopen())
        return found

    def _make_reopen(self) -> Card:
        """Reopening needs a reason, which is recorded."""
        card = parts.titled(tr("capture.reopen_title"), tr("capture.reopen_note"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(tr("capture.reopen_reason"))
        self.reason.setAccessibleName(tr("capture.reopen_reason"))
        self.reason.setMinimumWidth(
            self.reason.fontMetrics().horizontalAdvance(tr("capture.reopen_reason")) + 2 * LARGE
        )
        reopen = button(tr("capture.reopen"), on_click=self._on_reopen)
        reopen.setObjectName("reopen")
        reopen.setEnabled(False)
        self.reason.textChanged.connect(lambda text: reopen.setEnabled(bool(text.strip())))
        card.column.addWidget(Flow(self.reason, reopen, growing=self.reason))
        return card

    def _make_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("panel", "strip")
        back = button(tr("capture.see_items" if self.is_finished else "capture.back_to_items"), on_click=self._on_back)
        self.saved = label("", "quiet")
        if self.is_finished:
            main = button(tr("capture.export"), "primary", on_click=self._on_export)
            main.setObjectName("export")
        else:
            main = button(tr("capture.finish"), "primary", on_click=self._on_finish)
            main.setObjectName("finish")
            missing = review.missing(self.session.audit, self.session.score)
            main.setEnabled(not self.session.read_only and not missing and not self._blocking)
            main.setAccessibleDescription(self._why_not())
        gap, why = QWidget(), label(self._why_not(), "quiet", "failed")
        why.setVisible(bool(why.text()))
        main.setVisible(self.is_finished or self.session.why_viewed is None)
        line = row(Flow(back, gap, why, self.saved, main, spacing=MEDIUM, growing=gap))
        line.setContentsMargins(WIDE, MEDIUM, WIDE, MEDIUM)
        bar.setLayout(line)
        return bar

    @property
    def _blocking(self) -> int:
        """How many contradictions the checklist lets block."""
        return 0 if self.is_finished else sum(one.blocks for one in self._contradictions)

    def _why_not(self) -> str:
        return tr("contradictions.cannot_finish", n=self._blocking) if self._blocking else ""

    def _go(self, path: str) -> None:
        self.flush()
        self.item_requested.emit(path)

    def _on_back(self) -> None:
        self.flush()
        self.back_requested.emit()

    def _on_export(self) -> None:
        self.flush()
        self.export_requested.emit()

    def _on_finish(self) -> None:
        self.flush()
        if self.session.finish(self.session.audit.header.shopper):
            self.finished.emit()

    def _on_reopen(self) -> None:
        self.flush()
        self.session.reopen(self.reason.text().strip(), self.session.audit.header.shopper)

    def _on_state(self, _state: str) -> None:
        self._build()

    def _on_header(self) -> None:
        header = self.session.audit.header
        if self.words is not None:
            self.words.show_header(header)
        if self.course is not None:
            self.course.show_audit(self.session.audit)
        if self.praises is not None:
            self.praises.show_praises(header.praises)

    def _on_course(self, narrative: str) -> None:
        self.session.set_header(replace(self.session.audit.header, narrative=narrative))

    def _on_praises(self, praises: tuple[Praise, ...]) -> None:
        self.session.set_header(replace(self.session.audit.header, praises=praises))

    def _show_saved(self, _at: object = None) -> None:
        self.saved.setText(saved_words(self.session.saved_at))
