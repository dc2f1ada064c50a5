"""An audit open for writing: every change is durable before it is in force (P1), one gesture is one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType

from auditor import scoring
from auditor.audit import Answer, Audit, Duty, Finding, Header, Jot, Photo, PhotoStage
from auditor.contradictions import Contradiction, refuse
from auditor.duties import demand_unsigned
from auditor.errors import AuditorError
from auditor.scoring.tree import Score
from auditor.store import beside, files, photos
from auditor.store.clock import Clock
from auditor.store.evidence import with_photo
from auditor.store.finishing import demand_complete, finished_row
from auditor.store.journal import Journal
from auditor.store.library import Library
from auditor.store.lineage import renamings
from auditor.store.lines import Doc, Key
from auditor.store.load import Loaded
from auditor.store.meanwhile import Meanwhile
from auditor.store.places import Places
from auditor.store.records import duty_row, finding_row, jot_row
from auditor.store.reserve import Reserve, with_reserve
from auditor.store.rows import Docs, answer_row, changed, clean_answer, clean_header, header_row
from auditor.store.summary import summary
from auditor.store.tables import AuditTables
from auditor.text import clean_text

NO_FINDINGS: Mapping[str, Finding | None] = MappingProxyType({})
SLOW = 0.3
"""Seconds after which a write is called slow (design §5)."""
WORTHWHILE = 0.0001
"""Seconds a line takes to become durable from which on a second thread is a gain."""


class OpenAudit:
    """The one place where an audit changes. Every method that changes raises `store.*`, and then nothing changed."""

    def __init__(
        self, folder: Path, loaded: Loaded, library: Library, clock: Clock, reserve: Reserve, meanwhile: Meanwhile
    ) -> None:
        self._folder, self._library, self._reserve, self._meanwhile = folder, library, reserve, meanwhile
        self._journal = Journal(folder, loaded.reading, clock)
        self._tables = AuditTables(self._journal, loaded.state)
        self._state, self._audit, self.closed = loaded.state, loaded.audit, False
        self._score: Score | None = None
        self._places = Places(loaded.audit.checklist)

    @property
    def audit(self) -> Audit:
        """As it stands after the last acknowledged change; `read_only` says why nothing can be written just now."""
        trouble = self._journal.trouble
        return replace(self._audit, read_only="store.read_only.trouble") if trouble else self._audit

    @property
    def score(self) -> Score:
        """Worked out while the last change became durable; the frozen one once finished (S9)."""
        if self._score is None:
            self._score = scoring.current(self._audit)
        return self._score

    @property
    def trouble(self) -> AuditorError | None:
        """What the disk said last, while nothing can be written; the next change tries again by itself."""
        return self._journal.trouble

    @property
    def saved_at(self) -> datetime:
        """When the last acknowledged change became durable, local time with offset."""
        return datetime.fromisoformat(self._journal.saved_at)

    @property
    def slow(self) -> bool:
        """Whether the last write took over 300 ms."""
        return self._journal.took > SLOW

    @property
    def short_of_space(self) -> bool:
        """Whether the disk is full and the reserve was given up: what was said is saved, little more will be."""
        return self._reserve.used

    def recover(self) -> bool:
        """See whether a disk that was full or gone lets one go on: the journal is mended, the reserve put back; whether
        all is well now. Never raises."""
        self._journal.recover()
        if self.short_of_space:
            self._reserve.keep()
        return self.trouble is None and not self.short_of_space

    @property
    def can_undo(self) -> bool:
        return bool(self._state.done) and self._audit.state == "draft"

    @property
    def can_redo(self) -> bool:
        return bool(self._state.undone) and self._audit.state == "draft"

    @property
    def last_path(self) -> str:
        """Where the last answer was given, so that the window opens there again; "" when there is none."""
        paths = (id_ for _, rows in reversed(self._state.done) for table, id_ in reversed(rows) if table == "answers")
        return next(paths, "")

    def answer(self, path: str, answer: Answer, who: str = "") -> None:
        """Give the answer at a path; writing to `section#n` creates that instance. Raises `store.*`, `duties.*`."""
        self._put("answer", {path: answer}, who)

    def clear(self, path: str, who: str = "") -> None:
        """Take back everything said at a path."""
        self._put("answer", {path: None}, who)

    def apply(self, changes: Mapping[str, Answer | None], who: str = "") -> None:
        """Several answers as one gesture: one line, one fsync, all or nothing. None takes one back."""
        self._put("fill", changes, who)

    def fill(
        self,
        answers: Mapping[str, Answer | None],
        findings: Mapping[str, Finding | None] = NO_FINDINGS,
        who: str = "",
        header: Header | None = None,
    ) -> None:
        """Answers, findings and a header as one gesture. Findings alone may follow when the audit is finished."""
        if findings and not answers:
            self.set_findings(findings, who)
        else:
            self._put("fill", answers, who, findings, header)

    def set_header(self, header: Header, who: str = "") -> None:
        self._write("header", {"visit": {"header": header_row(clean_header(header))}}, who)

    def add_instance(self, section: str, who: str = "") -> int:
        """One more teller, counter or call; its number. Raises `store.too_many_instances`."""
        numbers, most = self._audit.instances.get(section, ()), self._places.most(section)
        if len(numbers) >= most:
            raise AuditorError("store.too_many_instances", section=section, max=most)
        number = max(numbers, default=0) + 1
        self._write("instance", {"instances": {section: {"numbers": [*numbers, number]}}}, who)
        return number

    def remove_instance(self, section: str, number: int, who: str = "") -> None:
        """Take an instance away with its answers; undo brings both back."""
        if number not in (numbers := self._audit.instances.get(section, ())):
            raise AuditorError("store.no_such_item", path=f"{section}#{number}")
        gone: Docs = {path: None for path in self._audit.answers if path.startswith(f"{section}#{number}/")}
        left: Docs = {section: {"numbers": [n for n in numbers if n != number]}}
        self._write("instance", {"answers": gone, "instances": left}, who)

    def add_photo(
        self,
        path: str,
        source: Path | bytes | photos.Picture,
        name: str = "",
        who: str = "",
        stage: PhotoStage = "",
    ) -> Photo:
        """Keep a photo, durably, then name it in the answer at `path`. Raises `store.photo_*`, `store.not_a_photo`.

        A `Picture` that `photos.load` made beforehand, on another thread, is kept as it is. One of `stage` after makes
        the last one without a stage the one of before.
        """
        self._places.check(path)
        photo = replace(self.keep_photo(source, name), stage=stage)
        answer = self._audit.answers.get(path, Answer())
        if all(one.sha256 != photo.sha256 for one in answer.photos):
            self._put("photo", {path: replace(answer, photos=with_photo(answer.photos, photo))}, who)
        return photo

    def keep_photo(self, source: Path | bytes | photos.Picture, name: str = "") -> Photo:
        """Keep a photo, durably, for an answer that is about to name it (a `fill`). Raises like `add_photo`."""
        self._changeable()
        picture = source if isinstance(source, photos.Picture) else photos.load(source, name)
        with_reserve(self._reserve, lambda: photos.keep(self._folder, picture))
        return Photo(picture.sha256, name or (source.name if isinstance(source, Path) else ""), taken=picture.taken)

    def replace_photo(self, old: str, picture: photos.Picture, *, blurred: bool, who: str = "") -> None:
        """Put a marked photo in the place of the one it was made from, wherever that is named, as one line.

        Where a part was `blurred`, the photo before and what else was marked on it leave the folder at once, and undo
        leads no way back (P7). After finishing only corrective actions are changed. Raises `store.*`."""
        self._changeable()
        names = dict.fromkeys(self._state.lineage.family(old) if blurred else {old}, picture.sha256)
        finished = self._audit.state != "draft"
        changes = renamings(self._state.rows, names, finished=finished, blurred=blurred)
        with_reserve(self._reserve, lambda: photos.keep(self._folder, picture))
        self._write("blur" if blurred else "mark", changes, who)
        if blurred:
            files.remove_all(self._folder / "photos", [f"{sha}.jpg" for sha in self.blurred])

    @property
    def blurred(self) -> frozenset[str]:
        """Photos that were blurred since: neither the folder nor a backup may hold them."""
        return frozenset(self._state.lineage.gone)

    def set_findings(self, findings: Mapping[str, Finding | None], who: str = "") -> None:
        """What is to be put right, by path of the loss; also after finishing, when no answer can change."""
        self._write("finding", {"findings": self._finding_rows(findings)}, who)

    def _finding_rows(self, findings: Mapping[str, Finding | None]) -> Docs:
        for path in findings:
            self._places.check(path)
        return {path: finding_row(one) if one else None for path, one in findings.items()}

    def jot(self, jot: Jot, who: str = "") -> str:
        """Catch something of the visit; its number."""
        number = str(max(map(int, self._audit.jots), default=0) + 1)
        self._write("jot", {"jots": {number: jot_row(jot)}}, who)
        return number

    def set_jots(self, jots: Mapping[str, Jot | None], who: str = "") -> None:
        """Correct jots, or take them away (None)."""
        self._write("jot", {"jots": {number: jot_row(one) if one else None for number, one in jots.items()}}, who)

    def set_duties(self, duties: Mapping[str, Duty | None], who: str = "") -> None:
        """Who answers for which sections, by their ids, and their signatures. Raises `store.no_such_item`."""
        for section in duties:
            self._places.check_section(section)
        self._write("duty", {"duties": {id_: duty_row(one) if one else None for id_, one in duties.items()}}, who)

    def photo_path(self, sha256: str) -> Path:
        return photos.path_in(self._folder, sha256)

    def undo(self, who: str = "") -> None:
        """Append the inverse of the last change; survives a restart, never crosses finishing (design §6)."""
        if self.can_undo:
            self._back("undo", *self._state.done[-1], who)

    def redo(self, who: str = "") -> None:
        if self.can_redo:
            self._back("redo", *self._state.undone[-1], who)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """What does not fit together, looked at beside the journal's times and the notes of recent audits."""
        return beside.found(self._library, self._folder, self._audit, self.score)

    def finish(self, who: str = "") -> None:
        """Freeze the score (S9) and set aside what is not in force (S2). Raises ProblemsError `store.not_complete`
        naming every required item still open (S4), `contradictions.refused` naming what the checklist lets block."""
        demand_complete(self._audit, self.score)
        refuse(beside.found(self._library, self._folder, self._audit, self.score, only_blocking=True))
        self._write("finish", {"visit": {"state": finished_row(self._audit, self.score)}}, who)

    def reopen(self, reason: str, who: str = "") -> None:
        """Make a finished audit a draft again; the revision stays readable in its history."""
        if self._audit.state != "finished":
            raise AuditorError("store.not_finished", audit=self._audit.id)
        if not reason.strip():
            raise AuditorError("store.reason_wanted")
        state: Doc = {"state": "draft", "revision": self._audit.revision, "why": clean_text(reason)}
        self._write("reopen", {"visit": {"state": state}}, who)

    def close(self) -> None:
        """Bring the library's row up to date and let go of the journal; closing again does nothing."""
        if self.closed:
            return
        self.closed = True
        self._library.put(summary(self._audit, self.score, self._journal.seq, self._journal.head))
        self._tables.close()

    def _put(
        self,
        what: str,
        answers: Mapping[str, Answer | None],
        who: str,
        findings: Mapping[str, Finding | None] = NO_FINDINGS,
        header: Header | None = None,
    ) -> None:
        rows, instances = Docs(), Docs()
        there = dict(self._audit.instances)
        for path, answer in answers.items():
            section, number, item = self._places.check(path)
            rows[path] = answer_row(clean_answer(answer), self._places.kinds.get(item)) if answer else None
            if section and rows[path] is not None and number not in there.get(section, ()):
                there[section] = tuple(sorted((*there.get(section, ()), number)))
                instances[section] = {"numbers": list(there[section])}
        changes = {"answers": rows} | ({"instances": instances} if instances else {})
        if findings:
            changes["findings"] = self._finding_rows(findings)
        if header is not None:
            changes["visit"] = {"header": header_row(clean_header(header))}
        self._write(what, changes, who)

    def _back(self, what: str, of: int, rows: Mapping[Key, Doc | None], who: str) -> None:
        changes: dict[str, Docs] = {}
        for (table, id_), doc in rows.items():
            changes.setdefault(table, {})[id_] = doc
        self._write(what, changes, who, of)

    def _changeable(self) -> None:
        if self.closed:
            raise AuditorError("store.closed", audit=self._audit.id)
        if self._audit.read_only:
            raise AuditorError(self._audit.read_only, audit=self._audit.id)

    def _write(self, what: str, changes: Mapping[str, Docs], who: str, of: int = 0) -> None:
        """One line in the journal, then in force; the index learns of it last (design §5)."""
        self._changeable()
        if self._audit.state != "draft" and what != "reopen" and changes.keys() != {"findings"}:
            raise AuditorError("store.finished", audit=self._audit.id)
        demand_unsigned(self._audit, what, changes)
        before = self._journal.seq
        ahead = self._meanwhile.job(partial(_changed_and_scored, self._audit, changes))
        self._journal.while_syncing = ahead.start if self._journal.took > WORTHWHILE else None
        with_reserve(self._reserve, lambda: self._tables.put(what, changes, clean_text(who), of))
        if self._journal.seq == before:
            return
        self._audit, self._score = ahead.result() or (changed(self._audit, changes), None)
        self._library.mark(self._audit.id, self._journal.seq, self._journal.head)


def _changed_and_scored(audit: Audit, changes: Mapping[str, Docs]) -> tuple[Audit, Score]:
    after = changed(audit, changes)
    return after, scoring.current(after)
