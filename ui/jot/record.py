"""What the pad keeps, through the open audit: stamps, notes, photos; each is one line of the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from auditor import jotting
from auditor.audit import Jot, Proof
from auditor.store import photos
from auditor.words import tr
from ui.jot.watch import timed_words
from ui.photos.intake import Coming, Intake
from ui.session import AuditSession


class Record:
    """Nothing here paints; what was not saved is said by the session."""

    def __init__(self, session: AuditSession, now: Callable[[], datetime]) -> None:
        self._session, self._now = session, now
        self._intake: Intake | None = None
        self._photo_kept: Callable[[], object] = lambda: None

    def stamps(self) -> dict[str, Jot]:
        """By name, as they stand."""
        jots = jotting.latest(self._session.audit.jots)
        return {name: jot for name, (_, jot) in jots.items() if jot.kind == "stamp"}

    def stamp_of(self, name: str) -> Jot | None:
        return self.stamps().get(name)

    def stamp(self, name: str) -> bool:
        """Now."""
        return self.put_stamp(name, Jot("stamp", self._now().isoformat(timespec="seconds"), name))

    def type_stamp(self, name: str, text: str, proof: Proof) -> bool:
        """Typed later. Raises `jot.*` where it is no time or contradicts the others; then nothing changed."""
        return self.put_stamp(name, jotting.typed(self._session.audit, name, text, self._now(), proof))

    def prove(self, name: str, proof: Proof) -> bool:
        """How the time that stands is known; False where none stands."""
        stands = self.stamp_of(name)
        return stands is not None and self.put_stamp(name, replace(stands, proof=proof))

    def put_stamp(self, name: str, jot: Jot | None) -> bool:
        """In the place of the one there is; None takes it away. True when saved."""
        found = jotting.latest(self._session.audit.jots).get(name)
        if found is not None:
            return self._session.set_jots({found[0]: jot})
        return jot is None or bool(self._session.jot(jot))

    def keep_note(self, number: str, text: str) -> str:
        """Keep a note; emptied, it goes. Its number, "" when it is not there."""
        before = self._session.audit.jots.get(number)
        if before is None:
            if not text.strip():
                return ""
            return self._session.jot(Jot("note", self._now().isoformat(timespec="seconds"), text=text.strip()))
        after = replace(before, text=text.strip()) if text.strip() else None
        return number if self._session.set_jots({number: after}) and after else ""

    def add_photos(self, sources: Sequence[Path | bytes], kept: Callable[[], object]) -> None:
        """Decoded off the window's thread, then kept one by one; `kept` after each."""
        if self._intake is None:
            folder = self._session.photo_path("").parent.parent
            self._intake = Intake(folder, self._keep_photo, self._session.failed.emit)
        self._photo_kept = kept
        self._intake.take("", sources)

    def _keep_photo(self, coming: Coming, picture: photos.Picture) -> None:
        """A photo the camera took today is of that moment, any other of now. The page may be gone by then."""
        if self._session.opened.closed:
            return
        now = self._now()
        jot = Jot("photo", now.isoformat(timespec="seconds"))
        taken = datetime.fromisoformat(picture.taken[:19]).astimezone(now.tzinfo) if picture.taken else None
        if taken is not None and taken.date() == now.date() and taken <= now:
            jot = Jot("photo", taken.isoformat(timespec="seconds"), proof="photo")
        self._session.jot(jot, picture, coming.name)
        self._photo_kept()

    def entries(self, titles: Mapping[str, str]) -> list[tuple[str, str, str, bool]]:
        """(number, `10:05`, words, whether it is a note) of each note, photo and finished timing, oldest first."""
        found = []
        for number, jot in sorted(self._session.audit.jots.items(), key=lambda one: (one[1].at, int(one[0]))):
            if jot.kind == "note":
                found.append((number, jot.at[11:16], jot.text, True))
            elif jot.kind == "photo":
                found.append((number, jot.at[11:16], tr("jot.photo"), False))
            elif jot.kind == "timing" and jot.seconds:
                found.append((number, jot.at[11:16], timed_words(jot, titles), False))
        return found
