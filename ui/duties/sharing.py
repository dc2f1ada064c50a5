"""A self-inspection shared by several people: who has which section, who is working, whose signature locks what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from auditor.audit import Audit, Duty, Photo
from auditor.duties import section_of
from auditor.errors import AuditorError
from auditor.store import photos
from auditor.words import tr
from ui.duties.last import LastTime

if TYPE_CHECKING:
    from auditor.store import OpenAudit, Store
    from ui.session import AuditSession


class Sharing(QObject):
    """What the window knows of the duties (分工) of an open audit. What failed is said through the session."""

    writer_changed = Signal()

    def __init__(self, session: AuditSession) -> None:
        super().__init__(session)
        self._session = session
        self.writer = ""
        """Who is working; "": each section by the person who has it."""
        self._homes: Mapping[str, str] | None = None
        self._last: LastTime | None = None

    @property
    def offered(self) -> bool:
        """Whether sections can be shared out: only a self-inspection is done by several people."""
        return self._audit.header.kind == "self"

    @property
    def duties(self) -> Mapping[str, Duty]:
        return self._audit.duties

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody named so far, in the order of the sections."""
        order = [section.id for section, _ in self._audit.checklist.walk()]
        said = [self.duties[id_].person for id_ in order if id_ in self.duties]
        return tuple(dict.fromkeys(one for one in (*said, self.writer) if one))

    def who(self, path: str) -> str:
        """Whom the journal names for a change at a path: who is working, else whose section it is."""
        if not self.offered or not self.duties:
            return ""
        duty = self.duties.get(self.section(path))
        return self.writer or (duty.person if duty else "")

    def section(self, path: str) -> str:
        """The id of the section a path stands in, as duties name it."""
        if self._homes is None:
            self._homes = section_of(self._audit.checklist)
        return self._homes.get(path.rpartition("/")[2], path.partition("#")[0])

    def locked(self, path: str) -> bool:
        """Whether a signature keeps the answer at a path as it is."""
        duty = self.duties.get(self.section(path)) if self.duties else None
        return duty is not None and bool(duty.signed)

    def set_writer(self, person: str) -> None:
        """Whose work what is answered now is; "" for each section by the person who has it."""
        if person != self.writer:
            self.writer = person
            self.writer_changed.emit()

    def assign(self, sections: Sequence[str], person: str) -> bool:
        """Give sections to a person, "" to nobody. A signature goes with the person who gave it."""
        duties: dict[str, Duty | None] = {}
        for id_ in sections:
            before = self.duties.get(id_)
            if (before.person if before else "") != person:
                duties[id_] = Duty(person) if person else None
        return not duties or self._session.change(lambda opened: opened.set_duties(duties, self.writer))

    def sign(self, section: str, name: str, drawing: bytes | None) -> bool:
        """Sign a section: by name, and by hand where it was drawn."""
        now = datetime.now().astimezone().isoformat(timespec="seconds")

        def work(opened: OpenAudit) -> None:
            kept: Photo | None = None
            if drawing is not None:
                kept = opened.keep_photo(photos.load(drawing, ""), "")
            duty = replace(self.duties[section], signature=name, signed=now, drawing=kept)
            opened.set_duties({section: duty}, name)

        return self._session.change(work)

    def unsign(self, section: str) -> bool:
        """Take a signature back: the answers can be changed again."""
        duty = Duty(self.duties[section].person)
        return self._session.change(lambda opened: opened.set_duties({section: duty}, self.writer or duty.person))

    def facts(self, section: str) -> str:
        """Who has a section, and whether he signed: `张三 已签字`."""
        duty = self.duties.get(section) if self.duties else None
        if duty is None:
            return ""
        return tr("duties.signed_by", person=duty.person) if duty.signed else duty.person

    def look_back(self, store: Store | None) -> None:
        """Take up the branch's last self-inspection, once; where there is none nothing is said."""
        if self._last is None and self.offered and store is not None:
            with suppress(AuditorError):  # a library that cannot be read is said elsewhere
                self._last = LastTime(store.last_self(self._audit), self._audit.header.visited)

    def last_line(self, path: str) -> str:
        """`上月：扣1分（未起立）`; "" where nothing is known. There is no way to take it over."""
        return "" if self._last is None or self._audit.checklist.blind else self._last.line(path)

    @property
    def _audit(self) -> Audit:
        return self._session.audit
