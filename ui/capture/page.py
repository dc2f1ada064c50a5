"""The visit itself: sections beside, one section's cards in the middle, what to do next below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from auditor.audit import split_path
from auditor.numbering import numbering
from auditor.scoring.tree import Score
from auditor.words import tr
from ui.capture.bar import CaptureBar
from ui.capture.beside import Beside
from ui.capture.cards import CardMaker
from ui.capture.column import CardColumn
from ui.capture.head import CaptureHead
from ui.capture.keys import CaptureKeys
from ui.capture.places import Place, silent
from ui.capture.route import Filter, Route
from ui.capture.search import entries
from ui.capture.section_rail import SectionRail
from ui.capture.words import names_of, saved_words, visit_words
from ui.cards.instance_card import InstanceCard
from ui.controls import Hand
from ui.look.style import look
from ui.session import AuditSession

COMPACT = 900
"""Below this width, at 100 % text size, the rail is rings only."""


class CapturePage(QWidget):
    """One open audit. It opens where the last answer was given; `reveal(path)` goes to an item."""

    review_requested = Signal()
    closed = Signal()

    def __init__(self, session: AuditSession, parent: QWidget | None = None, *, hand: Hand = "both") -> None:
        super().__init__(parent)
        self.setProperty("panel", "page")
        self.session = session
        self._numbers = numbering(session.audit.checklist)
        self.maker = CardMaker(session, self._numbers, hand)
        self.route = Route()
        self._filter: Filter = "all"
        self.place: Place | None = None
        self._instance: InstanceCard | None = None
        self._told: list[str] = []
        self._changed: set[str] = set()
        self.rail = SectionRail(*visit_words(session.audit))
        self.head = CaptureHead(blind=silent(session.audit))
        self.column = CardColumn(self.maker.make, tr("capture.items"))
        self.bar = CaptureBar()
        self.beside = Beside()
        self.explanation = self.beside.explanation
        undo, redo = partial(self._back, session.undo), partial(self._back, session.redo)
        self._keys = CaptureKeys(self.column, next_open=self.go_to_next_open, undo=undo, redo=redo)
        self._build(hand)
        self._connect()
        self._refresh_places()
        self.open_where_one_was()

    def show_place(self, key: str) -> None:
        """Show one section's cards."""
        found = self.route.at(key)
        if found is not None:
            self.place = found
            self._fill()

    def reveal(self, path: str) -> None:
        """Go to an item and give it the keyboard."""
        found = self.route.of(path)
        if found is None:
            return
        if found != self.place or path not in self.column.cards:
            self._filter = "all"
            self.head.show_filter("all")
            self.show_place(found.key)
        self.column.reveal(path)

    def go_to_next_open(self) -> None:
        """The next open item after the focused one, round the whole visit; where none is, the next place."""
        self.flush()
        focused = self.column.focused()
        target = self.route.next_open(self.place, focused.path if focused else "")
        self.reveal(target) if target else self._step(1)

    def flush(self) -> None:
        """Commit what is being typed: before leaving, finishing, closing."""
        if self._instance is not None:
            self._instance.flush()
        self.column.flush()

    def _build(self, hand: Hand) -> None:
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(self.column, 1)
        across.addWidget(self.beside)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.head)
        middle.addLayout(across, 1)
        middle.addWidget(self.bar)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(middle, 1)
        if hand == "left":
            line.setDirection(QHBoxLayout.Direction.RightToLeft)
        self.rail.show_hand(hand)
        self.bar.show_hand(hand)
        self.bar.show_read_only(self.session.read_only)

    def _connect(self) -> None:
        session = self.session
        self.rail.place_chosen.connect(self.show_place)
        self.rail.instance_asked.connect(self._add_instance)
        self.rail.left.connect(self._leave)
        self.head.filter_chosen.connect(self._show_filter)
        self.head.score_asked.connect(self._toggle_explanation)
        self.head.search_asked.connect(self.show_search)
        self.beside.turned.connect(self._on_beside)
        self.beside.item_asked.connect(self._go_from_beside)
        self.column.key_pressed.connect(self.keyPressEvent)
        self.bar.previous_asked.connect(partial(self._step, -1))
        self.bar.undo_asked.connect(partial(self._back, session.undo))
        self.bar.next_asked.connect(self.go_to_next_open)
        self.bar.review_asked.connect(self._review)
        session.answer_changed.connect(self._on_answer)
        session.visibility_changed.connect(self._on_visibility)
        session.score_changed.connect(self._on_score)
        session.failed.connect(self.column.release)
        session.saved.connect(self._show_saved)
        session.state_changed.connect(self.show_anew)
        session.header_changed.connect(self._on_header)

    def _on_answer(self, path: str) -> None:
        self._told.append(path)
        self._changed.add(path)
        if path in self.column.cards:
            self.column.show_state(path, self.maker.state_of(path))
        elif self._instance is not None and self.place is not None:
            section, number, field = split_path(path)
            if (section, number) == (self.place.repeat, self.place.instance):
                self._instance.show_answer(field, self.session.current(path))

    def _on_visibility(self) -> None:
        gone = self.place
        if self.route.lay(self.session.audit):
            self._refresh_places()
            if gone is None or self.route.at(gone.key) is None:
                self.place = self.route.instead_of(gone)
                self._fill()
        elif gone is not None:
            self.route.measure(self.session.scores, self.session.score, self.session.audit.answers)
            self.column.hold()
            kept = [path for path in self.route.paths(gone) if self._filter == "all" or path in self.column.cards]
            self.column.change_cards(kept)

    def _on_header(self) -> None:
        """Highlights and praise are said on their cards."""
        for path, card in self.column.cards.items():
            card.show_state(self.maker.state_of(path))

    def _on_score(self, score: Score) -> None:
        self.column.release()
        self._show_progress(score, self._changed)
        self._changed.clear()
        self.head.show_score(score)
        self.beside.refresh(self.session.audit, score)

    def show_anew(self) -> None:
        self.bar.show_read_only(self.session.read_only)
        self._refresh_places()
        self._fill()

    def _refresh_places(self) -> None:
        audit = self.session.audit
        self.route.lay(audit)
        repeating = [one for one, _ in audit.checklist.walk() if one.repeat is not None]
        growing = [one for one in repeating if one.repeat and len(audit.instances.get(one.id, ())) < one.repeat.max]
        if self.session.read_only:
            growing = []
        without = [one for one in growing if not audit.instances.get(one.id)]
        self.rail.show_places(self.route.places, frozenset(one.id for one in growing), without)
        self._show_progress(self.session.score)
        self.head.show_score(self.session.score)
        self._show_saved()

    def _show_progress(self, score: Score, changed: set[str] | None = None) -> None:
        """How far the visit has come; `changed` names the paths that are otherwise since the last time."""
        route, answers = self.route, self.session.audit.answers
        blind = silent(self.session.audit)
        for one in route.measure(self.session.scores, score, answers, changed):
            self.rail.show_progress(one, route.progress[one.key], blind=blind, facts=self.maker.facts(one))
        self.rail.show_counts(score.answered, score.applicable)
        self._show_note(score)
        self.bar.show_next(route.open_count(), route.beside(self.place, 1) is not None)
        self.bar.show_undo(self.session.can_undo)
        here = route.progress.get(self.place.key) if self.place is not None else None
        if here is not None and self.place is not None:
            self.head.show_counts(route.counts(self.place))

    def _fill(self) -> None:
        """Build the page of the place anew."""
        place = self.place
        if place is None:
            return
        above: list[QWidget] = list(self.maker.make_texts(place))
        self._instance = self.maker.make_instance(place) if place.repeating is not None else None
        if self._instance is not None:
            self._instance.added.connect(partial(self._add_instance, place.repeat))
            above.append(self._instance)
        empty = tr("capture.none_filtered" if self._filter != "all" else "capture.no_items")
        self.column.show_cards(self.route.paths(place, self._filter), above=above, empty=empty)
        self.session.place = place.key
        self.head.show_title(place.title())
        self.rail.show_place(place.key)
        self._show_progress(self.session.score)
        self.bar.show_previous(self.route.beside(place, -1) is not None)

    def _show_saved(self, _at: object = None) -> None:
        self.rail.show_saved(saved_words(self.session.saved_at))
        self._show_note(self.session.score)

    def _show_note(self, score: Score) -> None:
        """The section above, and, where the rail has no room for it, how much is answered."""
        parts = [str(self.place.above[-1].title)] if self.place is not None and self.place.above else []
        if self.rail.compact:
            answered = tr("capture.answered", k=score.answered, n=score.applicable)
            parts += [answered, saved_words(self.session.saved_at)]
        self.head.show_note(" · ".join(parts))

    def open_where_one_was(self) -> None:
        """Where the window was last, else where the last answer was given, else at the first open item."""
        last = self.session.last_path
        self.place = self.route.at(self.session.place) or self.route.of(last) or self.route.first()
        spot = self.session.spot if self.place is not None and self.place.key == self.session.place else None
        self._fill()
        self.column.start_soon(last, spot)

    def _show_filter(self, name: str) -> None:
        self._filter = cast(Filter, name)
        self._fill()

    def _step(self, step: int) -> None:
        beside = self.route.beside(self.place, step)
        if beside is not None:
            self.show_place(beside.key)

    def _back(self, change: Callable[[], bool]) -> None:
        """Undo or redo, and show where it happened."""
        self.flush()
        self._told.clear()
        if change() and self._told and self._told[0] not in self.column.cards:
            self.reveal(self._told[0])

    def _add_instance(self, section: str) -> None:
        self.flush()
        number = self.session.add_instance(section)
        self.show_place(next((one.key for one in self.route.places if one.is_of(section, number)), ""))

    def show_search(self) -> None:
        """Find an item anywhere in the visit (Ctrl+F)."""
        session, numbers = self.session, self._numbers
        blind = silent(session.audit)
        self.beside.show_search(lambda: entries(self.route, numbers, session.audit.answers, blind=blind))

    def _toggle_explanation(self) -> None:
        self.beside.toggle_explanation(self.session.audit, self.session.score, names_of(self.route.places))

    def _on_beside(self, is_open: bool) -> None:
        self._make_room()
        if not is_open:
            self.column.take_keyboard()

    def _make_room(self) -> None:
        self.beside.make_room(self.column, self.width() - self.rail.width())
        self.head.setVisible(not self.column.isHidden() or not self.head.narrow)

    def _go_from_beside(self, path: str) -> None:
        if self.column.isHidden():
            self.beside.close_panels()
        self.reveal(path)
        self.column.mark(path)

    def _review(self) -> None:
        self.flush()
        self.review_requested.emit()

    def _leave(self) -> None:
        self.flush()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._keys.take(event, self.window().focusWidget()):
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = event.size().width() < look().px(COMPACT)
        if compact != self.rail.compact:
            self.rail.show_compact(compact)
            self.bar.show_compact(compact)
            self._show_saved()
        self._make_room()

    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        self.session.spot = self.column.spot()
        super().hideEvent(event)
