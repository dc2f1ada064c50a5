"""The open audit as Qt sees it: every change goes to the journal first, then the window is told what was saved."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from auditor import jotting
from auditor.audit import Answer, Audit, Clip, Header, Jot, Photo, PhotoStage, Reason, split_path
from auditor.checklist.model import Item, NaCode
from auditor.errors import AuditorError
from auditor.kinds import KINDS
from auditor.scoring.tree import ItemScore, Score
from auditor.store import photos
from auditor.text import clean_text
from ui.corrective.correcting import Correcting
from ui.differences import different, rescored
from ui.duties.sharing import Sharing
from ui.photos.intake import Coming, Intake
from ui.photos.listening import Listening

if TYPE_CHECKING:
    from auditor.contradictions import Contradiction
    from auditor.store import OpenAudit
    from auditor.store.viewed import ViewedAudit


class AuditSession(QObject):
    """One open audit. Signals are facts; nothing is announced before the store acknowledged it (P1).

    A change that fails emits `answer_changed` for its path, so that the card paints the old answer, then `failed`.
    """

    answer_changed = Signal(str)
    """A path whose answer or score is now another."""
    score_changed = Signal(object)
    """The new Score."""
    saved = Signal(object)
    """When the last change became durable."""
    failed = Signal(object)
    """The AuditorError of a change that was not saved."""
    visibility_changed = Signal()
    """Items or instances came or went."""
    header_changed = Signal()
    findings_changed = Signal(object)
    """The paths of losses whose corrective action is another now."""
    duties_changed = Signal()
    state_changed = Signal(str)

    def __init__(self, opened: OpenAudit | ViewedAudit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._opened = opened
        self._items = {item.id: item for item in opened.audit.checklist.items()}
        self._said = self.score
        self._scores: dict[str, ItemScore] | None = None
        self._closed = False
        self._intake: Intake | None = None
        self.listening, self.correcting, self.sharing = Listening(self), Correcting(self), Sharing(self)
        self.place = ""
        """Key of the place the window showed last; it outlives the page."""
        self.spot: tuple[str, int] = ("", 0)
        """Where that place was scrolled to: the first card in sight, and where its upper edge was."""
        self.running: dict[str, float] = {}
        """Stopwatches under way, by path: when they were started."""

    @property
    def audit(self) -> Audit:
        return self._opened.audit

    @property
    def score(self) -> Score:
        return self._opened.score

    @property
    def opened(self) -> OpenAudit | ViewedAudit:
        return self._opened

    @property
    def why_viewed(self) -> AuditorError | None:
        """Why this audit is only looked at; None for one that can be changed."""
        return getattr(self._opened, "why", None)

    @property
    def _writable(self) -> OpenAudit:
        """Raises why nothing can be changed."""
        if self.why_viewed is not None:
            raise self.why_viewed
        return cast("OpenAudit", self._opened)

    @property
    def saved_at(self) -> datetime:
        return self._opened.saved_at

    @property
    def last_path(self) -> str:
        """Where the last answer was given, or ""."""
        return self._opened.last_path

    @property
    def read_only(self) -> bool:
        return self.audit.state != "draft" or bool(self.audit.read_only)

    @property
    def can_undo(self) -> bool:
        return not self.read_only and self._opened.can_undo

    @property
    def can_redo(self) -> bool:
        return not self.read_only and self._opened.can_redo

    def item(self, path: str) -> Item:
        """The item a path leads to."""
        return self._items[split_path(path)[2]]

    def current(self, path: str) -> Answer:
        """The saved answer at a path; an empty one where nothing was answered."""
        return self.audit.answers.get(path, Answer())

    @property
    def scores(self) -> Mapping[str, ItemScore]:
        """Every item's score by path."""
        if self._scores is None:
            self._scores = {one.path: one for one in self.score.items}
        return self._scores

    def item_score(self, path: str) -> ItemScore | None:
        return self.scores.get(path)

    # Changes: each is one gesture, one journal line.

    def answer(self, path: str, raw: object) -> bool:
        """Give a value as a control emits it; None takes the value back. True when saved."""

        def work() -> None:
            item = self._items.get(split_path(path)[2])
            value = clean_text(str(raw or "")) or None if item is None else KINDS[item.kind].accept(item, raw)
            self._put(path, replace(self.current(path), value=value, na=None))

        return self._change(work, path)

    def set_na(self, path: str, code: NaCode | None) -> bool:
        """Not applicable by code (S3); its reason, where demanded, is the note. None takes it back."""
        return self._change(lambda: self._put(path, replace(self.current(path), value=None, na=code)), path)

    def note(self, path: str, text: str) -> bool:
        return self._change(lambda: self._put(path, replace(self.current(path), note=clean_text(text).strip())), path)

    def set_reasons(self, path: str, reasons: tuple[Reason, ...]) -> bool:
        """The reasons of a deduction, in order; an occurrence's reason stands at its number."""
        return self._change(lambda: self._put(path, replace(self.current(path), reasons=reasons)), path)

    def add_photos(self, path: str, sources: Sequence[Path | bytes], stage: PhotoStage = "") -> None:
        """Take photos in: re-encoded off the window's thread, then kept one by one. One that fails says so."""
        if self._intake is None:
            folder = self._opened.photo_path("").parent.parent
            self._intake = Intake(folder, self._keep_photo, self.failed.emit)
        self._intake.take(path, sources, stage)

    def _keep_photo(self, coming: Coming, picture: photos.Picture) -> None:
        path = coming.path
        who = self.sharing.who(path)
        item = self._items.get(split_path(path)[2])
        if item is not None and item.kind == "signature" and not picture.taken:
            picture = replace(picture, taken=datetime.now().astimezone().isoformat(timespec="seconds"))
        self._change(lambda: self._writable.add_photo(path, picture, coming.name, who, coming.stage), path)

    def replace_photo(self, old: str, picture: photos.Picture, *, blurred: bool) -> bool:
        """Put a marked photo in the place of the one it was made from; a blurred one leaves no way back (P7)."""
        return self._change(lambda: self._writable.replace_photo(old, picture, blurred=blurred))

    def photo_path(self, sha256: str) -> Path:
        return self._opened.photo_path(sha256)

    def set_photos(self, path: str, photos: tuple[Photo, ...]) -> bool:
        """Captions, "keep inside" flags, removal: the photos that remain, in order."""
        return self._change(lambda: self._put(path, replace(self.current(path), photos=photos)), path)

    def flag(self, path: str, flagged: bool) -> bool:
        """Mark an item to come back to it, or take the mark away."""
        return self._change(lambda: self._put(path, replace(self.current(path), flagged=flagged)), path)

    def set_clips(self, path: str, clips: tuple[Clip, ...]) -> bool:
        """Sounds and films by reference: those that remain, in order."""
        return self._change(lambda: self._put(path, replace(self.current(path), clips=clips)), path)

    def clear(self, path: str) -> bool:
        """Take back everything said at a path."""
        return self._change(lambda: self._put(path, Answer()), path)

    def set_header(self, header: Header) -> bool:
        if header == self.audit.header:
            return True
        return self._change(lambda: self._writable.set_header(header))

    def add_instance(self, section: str) -> int:
        """One more teller, counter or call; 0 when it was not saved."""
        number = 0

        def work() -> None:
            nonlocal number
            number = self._writable.add_instance(section)

        return number if self._change(work) else 0

    def remove_instance(self, section: str, instance: int) -> bool:
        return self._change(lambda: self._writable.remove_instance(section, instance))

    def jot(self, jot: Jot, picture: photos.Picture | None = None, name: str = "") -> str:
        """Catch something of the visit, with the photo it names; its number, "" when it was not saved."""
        number = ""

        def work() -> None:
            nonlocal number
            kept = self._writable.keep_photo(picture, name) if picture is not None else jot.photo
            number = self._writable.jot(replace(jot, photo=kept))

        return number if self._change(work) else ""

    def set_jots(self, jots: Mapping[str, Jot | None]) -> bool:
        """Correct jots, or take them away (None), as one gesture."""
        return self._change(lambda: self._writable.set_jots(jots))

    def unfold(self) -> bool:
        """Let what was jotted flow into answers, narrative and the time of leaving: one line of the journal."""
        answers, header = jotting.unfolded(self.audit)
        if not answers and header == self.audit.header:
            return True
        return self._change(lambda: self._writable.fill(answers, header=header))

    def undo(self) -> bool:
        return self.can_undo and self._change(self._writable.undo)

    def redo(self) -> bool:
        return self.can_redo and self._change(self._writable.redo)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What does not fit together, looked for now."""
        return self._opened.contradictions()

    def finish(self, who: str = "") -> bool:
        return self._change(lambda: self._writable.finish(who))

    def reopen(self, reason: str, who: str = "") -> bool:
        return self._change(lambda: self._writable.reopen(reason, who))

    def recover(self) -> bool:
        """See whether a disk that was full or gone lets one go on, without a restart; whether all is well now."""
        before = self.read_only
        well = self._opened.recover()
        if before != self.read_only:
            self.state_changed.emit(self.audit.state)
        return well

    def close(self) -> None:
        """Let go of the journal; what comes later from other threads is dropped."""
        if not self._closed:
            self._closed = True
            self.listening.stop()
            self.correcting.stop()
            if self._intake is not None:
                self._intake.stop()
            self._opened.close()

    def _put(self, path: str, answer: Answer) -> None:
        if answer == self.current(path):
            return
        if answer.empty:
            self._writable.clear(path, self.sharing.who(path))
        else:
            self._writable.answer(path, answer, self.sharing.who(path))

    def change(self, work: Callable[[OpenAudit], object]) -> bool:
        """One change of something beside the answers; True when saved."""
        return self._change(lambda: work(self._writable))

    def _change(self, work: Callable[[], object], path: str = "") -> bool:
        before = self.audit
        try:
            work()
        except AuditorError as error:
            if path:
                self.answer_changed.emit(path)
            self.failed.emit(error)
            return False
        if self.audit is not before:
            self._announce(before)
        return True

    def _announce(self, before: Audit) -> None:
        """Say what differs now from `before`: every path whose answer or score changed, once."""
        old, self._said, self._scores = self._said, self.score, None
        after = self.audit
        changed, moved = rescored(old, self._said)
        changed |= different(before.answers, after.answers)
        if moved or before.instances != after.instances:
            self.visibility_changed.emit()
        for path in sorted(changed):
            self.answer_changed.emit(path)
        self.score_changed.emit(self._said)
        if before.header != after.header:
            self.header_changed.emit()
        if findings := different(before.findings, after.findings):
            self.findings_changed.emit(findings)
        if before.duties != after.duties:
            self.duties_changed.emit()
        if before.state != after.state:
            self.state_changed.emit(after.state)
        self.saved.emit(self._opened.saved_at)
