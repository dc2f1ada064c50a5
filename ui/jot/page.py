"""Jot mode: a plain dark note pad for the visit itself. Nothing on it speaks of a bank or of a checklist."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, cast

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from auditor import jotting
from auditor.audit import Proof
from auditor.errors import AuditorError
from auditor.jotting import Mark
from auditor.words import tr
from ui.controls import Hand
from ui.controls.stopwatch import clock
from ui.jot import parts
from ui.jot.board import Board
from ui.jot.cover import Cover
from ui.jot.keys import JotKeys
from ui.jot.leaving import leaving_words
from ui.jot.night import dress
from ui.jot.notes import NotesCard
from ui.jot.record import Record
from ui.jot.stamp_editor import StampEditor
from ui.jot.stamps import StampGrid
from ui.jot.timings import Timings, local_now, signed
from ui.jot.watch import WatchCard
from ui.look.style import MEDIUM
from ui.photos.viewfinder import Seeing, Viewfinder
from ui.session import AuditSession
from ui.widgets.panels import scrolling

Now = Callable[[], datetime]
SAID_FOR = 8000
"""Milliseconds until a quiet word makes room for the usual line."""


class Kept(NamedTuple):
    """What outlives the page when it is built anew: covered or not, what is timed, which stamp is open."""

    covered: bool
    timed: str
    correcting: str


class JotPage(QWidget):
    """One visit being jotted down. `unfolded` when it has flowed into the checklist; `left` to go elsewhere."""

    unfolded = Signal(int)
    """How many items have an answer from it now."""
    left = Signal()

    def __init__(
        self, session: AuditSession, *, hand: Hand = "both", now: Now = local_now, steady: Callable[[], float] = clock
    ) -> None:
        super().__init__()
        self.setProperty("panel", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("jot.name"))
        self.session, self._hand, self._now, self._steady = session, hand, now, steady
        self._shift = now().timestamp() - steady()
        marks = jotting.marks(session.audit.checklist, session.audit.header.kind)
        self._titles = {mark.name: mark.title for mark in marks}
        self._marks = {mark.name: mark for mark in marks}
        self.timings, self.record = Timings(session, now, steady), Record(session, now)
        stamps = [mark for mark in marks if not mark.timed]
        self.stamps = StampGrid(sorted(stamps, key=lambda mark: mark.name == "left"))
        self.editor = StampEditor()
        self.watch = WatchCard([mark for mark in marks if mark.timed], self.timings)
        self.notes = NotesCard(self.record.keep_note)
        self.chips = parts.Chips(session.audit.checklist)
        self.head, self.bar = parts.Head(), parts.Bar(hand)
        self._build()
        self.cover = Cover(self)
        self.keys = JotKeys(self)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(SAID_FOR)
        self._said.timeout.connect(self._show_leaving)
        self._minute = QTimer(self)
        self._minute.setInterval(1000)
        self._minute.timeout.connect(self._on_second)
        self._connect()
        dress(self)
        self.refresh()

    def kept(self) -> Kept:
        return Kept(not self.cover.isHidden(), self.watch.mark.name, self.editor.name)

    def take_up(self, kept: Kept) -> None:
        """Go on as the page before this one stood."""
        self.watch.choose(kept.timed)
        if kept.correcting:
            self.correct(kept.correcting)
        if kept.covered:
            QTimer.singleShot(0, self, self._turn_cover)
            self.cover.put_up(self._cover_spot())

    def flush(self) -> None:
        """Have what is being typed saved."""
        self.editor.flush()
        self.notes.flush()

    @property
    def composing(self) -> bool:
        """Whether an input method is in the middle of a word: no key acts then."""
        return self.notes.composing or self.editor.typing.composing

    def refresh(self, _at: object = None) -> None:
        """Paint what is saved."""
        stamped = self.record.stamps()
        self.stamps.show_stamps(stamped)
        if self.editor.name:
            self.editor.show_jot(stamped.get(self.editor.name))
        self.watch.refresh()
        self.notes.show_entries(self.record.entries(self._titles))
        self.bar.undo.setEnabled(self.session.can_undo)
        self.head.show_saved(self.session.saved_at)
        self.head.show_now(self._now())
        if not self._said.isActive():
            self._show_leaving()

    def say(self, words: str) -> None:
        """A quiet word in the line at the bottom."""
        if words:
            self.bar.show_words(words, amber=True)
            self._said.start()

    # --- what is recorded

    def stamp(self, name: str) -> None:
        """Note the moment: now, tapped."""
        self.notes.finish()
        self.record.stamp(name)

    def correct(self, name: str) -> None:
        """Open a stamp to be put right, in place; once more closes it."""
        if self.editor.name == name:
            self.editor.close_editor()
            return
        self.notes.finish()
        self.editor.open_editor(self._marks[name], self.record.stamp_of(name))
        QTimer.singleShot(0, self, partial(self._area.ensureWidgetVisible, self.editor, 0, MEDIUM))

    def _on_typed(self, name: str, text: str, proof: str) -> None:
        try:
            self.record.type_stamp(name, text, cast(Proof, proof))
        except AuditorError as error:
            self.editor.show_wrong(f"{error} {error.remedy()}")
        else:
            self.editor.show_wrong("")

    def _on_proven(self, name: str, proof: str) -> None:
        if not self.record.prove(name, cast(Proof, proof)):
            self.editor.flush()

    def _on_now(self, name: str) -> None:
        self.editor.dismiss()
        self.stamp(name)

    def _on_cleared(self, name: str) -> None:
        self.editor.dismiss()
        self.record.put_stamp(name, None)

    def _start(self, mark: Mark) -> None:
        self.notes.finish()
        self.timings.start(mark)

    def _stop(self, mark: Mark) -> None:
        self.say(self.timings.stop(mark))

    def _on_word(self, word: str) -> None:
        """A word that is tapped joins what is being typed, else it is a note."""
        if not self.notes.join(word):
            self.notes.finish()
            self.record.keep_note("", word)

    def add_photos(self, sources: Sequence[Path | bytes]) -> None:
        """Keep photos; each is a jot."""
        self.say(tr("jot.photo_coming"))
        self.record.add_photos(sources, self._on_photo)

    def see_through(self, camera: Seeing) -> Viewfinder:
        """Take photos on the spot; the cover closes it."""
        seen = Viewfinder(self, camera)
        seen.taken.connect(lambda photo: self.add_photos([photo]))
        return seen

    # --- cover, undo, unfolding

    def put_cover(self) -> None:
        """Hide everything behind the cover; what is typed is saved, a word in composition is left as it is."""
        self.flush()
        for seen in self.findChildren(Viewfinder):
            seen.close()
        self.cover.put_up(self._cover_spot())

    def lift_cover(self) -> None:
        self.cover.take_away()
        self.setFocus()

    def _cover_spot(self) -> QRect:
        return QRect(self.bar.cover.mapTo(self, QPoint(0, 0)), self.bar.cover.size())

    def _turn_cover(self) -> None:
        if not self.cover.isHidden():
            self.cover.put_up(self._cover_spot())

    def undo(self) -> None:
        self.notes.finish()
        before = self.session.audit.jots
        if self.session.undo() and self.session.audit.jots == before:
            self.say(tr("jot.undone_elsewhere"))

    def unfold(self) -> None:
        """Let everything flow into the checklist. During composition the word is finished first."""
        self.editor.close_editor()
        self.notes.finish()
        count = len(jotting.answers(self.session.audit))
        if not self.composing and not self.editor.name and self.session.unfold():
            self.unfolded.emit(count)

    # --- how it is built

    def _build(self) -> None:
        self._board = Board(self.stamps, self.editor, self.watch, self.notes, self.chips, hand=self._hand)
        self._area = scrolling(self._board, name=tr("jot.name"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget, stretch in ((self.head, 0), (self._area, 1), (self.bar, 0)):
            column.addWidget(widget, stretch)
        for one in self.findChildren(QAbstractButton):
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard where it is: space is the watch's

    def _connect(self) -> None:
        self.stamps.tapped.connect(self.stamp)
        self.stamps.correction_wanted.connect(self.correct)
        self.editor.typed.connect(self._on_typed)
        self.editor.proven.connect(self._on_proven)
        self.editor.now_wanted.connect(self._on_now)
        self.editor.cleared.connect(self._on_cleared)
        self.watch.started.connect(self._start)
        self.watch.again_wanted.connect(self._start)
        self.watch.stopped.connect(self._stop)
        self.notes.deleted.connect(lambda number: self.session.set_jots({number: None}))
        self.chips.word_tapped.connect(self._on_word)
        self.chips.photo_wanted.connect(lambda: parts.ask_for_photos(self, self.add_photos))
        self.chips.camera_wanted.connect(lambda: parts.open_camera(self.see_through, self))
        self.head.left.connect(self._leave)
        self.bar.undo_wanted.connect(self.undo)
        self.bar.cover_wanted.connect(self.put_cover)
        self.bar.unfold_wanted.connect(self.unfold)
        self.cover.lifted.connect(self.lift_cover)
        self.session.saved.connect(self.refresh)
        self.session.failed.connect(self._on_failed)

    # --- what happens

    def _on_failed(self, _error: AuditorError) -> None:
        self.refresh()
        self.say(tr("jot.not_saved"))

    def _on_photo(self) -> None:
        if isValid(self):
            self._said.stop()
            self._show_leaving()

    def _show_leaving(self) -> None:
        words, over = leaving_words(self.session.audit, self._now())
        goes_there = self.session.audit.header.kind not in jotting.ELSEWHERE
        self.bar.show_words(words or (tr("jot.within") if goes_there else ""), amber=over)

    def _on_second(self) -> None:
        """The clock goes on; that somebody moved it is said."""
        now = self._now()
        self.head.show_now(now)
        moved = now.timestamp() - self._steady() - self._shift
        if abs(moved) >= jotting.JUMP:
            self._shift += moved
            self.say(tr("jot.jumped", duration=signed(moved)))
        elif not self._said.isActive():
            self._show_leaving()

    def _leave(self) -> None:
        self.flush()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.setAccepted(self.keys.take(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._board.arrange(self.width(), self.height())
        if not self.cover.isHidden():
            self.cover.setGeometry(self.rect())
            QTimer.singleShot(0, self, self._turn_cover)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._minute.start()
        self.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        self._minute.stop()
        self.flush()
        super().hideEvent(event)
