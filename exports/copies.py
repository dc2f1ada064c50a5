"""What each copy may show: allow-lists, applied to the audit before anything is drawn from it (design §7, P7).

`view` builds the audit anew from the fields its copy allows. Whatever is drawn, attached or named afterwards comes from
that audit, so nothing else can slip out. Trap items and answers not in force (S2) are in no copy.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from auditor.audit import Answer, Audit, Duty, Finding, Header, Photo, Praise, Reason, Value, split_path
from auditor.check_kinds import COVERT
from auditor.checklist.model import Checklist, Item, Section
from auditor.scoring.tree import Score
from auditor.words import tr
from exports.blocks import Copy, Precision
from exports.moments import coarse_clock, coarse_duration, coarse_stamp, without_clock
from exports.speech import Speech
from exports.unscored import is_anonymous, withheld


@dataclass(frozen=True, slots=True)
class Shows:
    """What a copy shows. Everything not allowed here is absent."""

    inspector: bool = False
    """The alias, the scenario, when the form was begun, and the audit's id."""
    words: bool = False
    """Notes, reasons in free words, highlights, appraisal, text answers, fields of an instance."""
    photos: bool = False
    kept_inside: bool = False
    """Photos marked 内部留存."""
    visit_facts: bool = False
    """Unscored items of a covert visit: ticket numbers, amounts, receipts."""
    record: bool = False
    """Change history and how the score came about."""
    actions: bool = False
    """Required actions and the corrective table."""


SHOWS: Mapping[Copy, Shows] = {
    "compliance": Shows(
        inspector=True, words=True, photos=True, kept_inside=True, visit_facts=True, record=True, actions=True
    ),
    "branch": Shows(words=True, photos=True, actions=True),
    "public": Shows(),
}


@dataclass(frozen=True, slots=True)
class View:
    """An audit as one copy may show it; of an anonymous one no copy names who entered it, nor shows a single slip."""

    audit: Audit
    copy: Copy
    shows: Shows
    covert: bool
    precision: Precision
    speech: Speech
    computed: Mapping[str, Decimal | str | None]
    """Values of computed items at the copy's precision."""
    anonymous: bool = False

    @property
    def signatures(self) -> frozenset[str]:
        """Ids of the items that are signed: the first photo of such an answer is how it was drawn."""
        return frozenset(item.id for item in self.audit.checklist.items() if item.kind == "signature")


def view(audit: Audit, score: Score, copy: Copy, speech: Speech, precision: Precision | None = None) -> View:
    """The audit with the fields that `copy` allows, times at `precision` (half-day outside compliance, if covert)."""
    shows, covert = SHOWS[copy], audit.header.kind in COVERT
    if precision is None:
        precision = "half_day" if covert and copy != "compliance" else "exact"
    if not covert:
        shows = replace(shows, visit_facts=True)
    anonymous = is_anonymous(audit.checklist)
    if anonymous:
        shows = replace(shows, inspector=False, record=False)
    slips = withheld(audit.checklist, audit.instances)
    gate = _Gate(shows, precision, speech, "" if shows.inspector else audit.header.shopper, covert)
    items = {
        item.id: item
        for item in audit.checklist.items()
        if not item.trap and item.id not in slips and (item.scored or shows.visit_facts)
    }
    answers = {
        path: gate.answer(items.get(split_path(path)[2]), answer)
        for path, answer in audit.answers.items()
        if path not in audit.set_aside and _shown(path, items, audit.checklist, shows)
    }
    shown = Audit(
        id=audit.id if shows.inspector else "",
        header=gate.header(audit.header),
        checklist=_pruned(audit.checklist, items),
        checklist_hash=audit.checklist_hash if shows.inspector else "",
        created=audit.created if shows.inspector else "",
        state=audit.state,
        answers=answers,
        instances=dict(audit.instances),
        revision=audit.revision,
        findings={path: gate.finding(one) for path, one in audit.findings.items() if path in answers and shows.actions},
        jots=audit.jots if shows.inspector else {},
        duties=gate.duties(audit.duties) if shows.inspector or (shows.actions and not covert) else {},
    )
    computed = {
        path: gate.computed(items[split_path(path)[2]], value)
        for path, value in score.computed.items()
        if split_path(path)[2] in items
    }
    return View(shown, copy, shows, covert, precision, speech, computed, anonymous)


@dataclass(frozen=True, slots=True)
class _Gate:
    """Lets through what a copy shows, at its precision."""

    shows: Shows
    precision: Precision
    speech: Speech
    alias: str
    """The shopper's alias where it must not appear, in free words either."""
    covert: bool

    def words(self, text: str) -> str:
        if not self.shows.words or not text:
            return ""
        if len(self.alias.strip()) > 1:
            text = re.sub(re.escape(self.alias.strip()), self._nobody(), text, flags=re.IGNORECASE)
        return without_clock(text, self.precision, self.speech) if self.covert else text

    def _nobody(self) -> str:
        return tr("common.mystery_shopper" if self.covert else "report.inspector", lang=self.speech.first)

    def header(self, header: Header) -> Header:
        exact = self.precision == "exact"
        return Header(
            kind=header.kind,
            visited=coarse_stamp(header.visited, self.precision),
            left=header.left if exact else "",
            branch=header.branch,
            branch_name=header.branch_name,
            parent=header.parent,
            shopper=header.shopper if self.shows.inspector else "",
            scenario=header.scenario if self.shows.inspector else "",
            period=header.period,
            highlights=tuple(filter(None, map(self.words, header.highlights))),
            summary=self.words(header.summary),
            praises=tuple(
                Praise(self.words(one.person), self.words(one.text)) for one in header.praises if self.shows.words
            ),
            narrative=self.words(header.narrative),
            acknowledged=header.acknowledged if self.shows.inspector else "",
        )

    def finding(self, finding: Finding) -> Finding:
        """What the branch works off; the names in it are the branch's own."""
        told = {
            name: self.words(getattr(finding, name))
            for name in ("required", "measure", "owner", "checked_by", "remark")
        }
        before, after = (
            tuple(map(self._photo, filter(self._allowed, photos)))
            for photos in (finding.photos_before, finding.photos_after)
        )
        return replace(finding, photos_before=before, photos_after=after, **told)

    def answer(self, item: Item | None, answer: Answer) -> Answer:
        """An answer, or a field of an instance where there is no item."""
        return Answer(
            value=self._value(item, answer.value),
            na=answer.na,
            note=self.words(answer.note),
            reasons=tuple(filter(_says, map(self._reason, answer.reasons))),
            photos=() if self._hides(item) else tuple(map(self._photo, filter(self._allowed, answer.photos))),
            clips=answer.clips if self.shows.inspector else (),
        )

    def computed(self, item: Item, value: Decimal | str | None) -> Decimal | str | None:
        kept = self._value(item, value)
        return kept if isinstance(kept, Decimal | str) else None

    def _hides(self, item: Item | None) -> bool:
        """Whoever signs during a covert visit is the shopper: neither name nor drawing of it."""
        return item is not None and item.kind == "signature" and self.covert and not self.shows.inspector

    def duties(self, duties: Mapping[str, Duty]) -> dict[str, Duty]:
        """With the drawing of a signature where the copy shows photos."""
        return {section: replace(one, drawing=self._drawing(one)) for section, one in duties.items()}

    def _drawing(self, duty: Duty) -> Photo | None:
        return self._photo(duty.drawing) if duty.drawing and self._allowed(duty.drawing) else None

    def _value(self, item: Item | None, value: Value) -> Value:
        if self._hides(item):
            return None
        if item is None or item.kind in ("text", "signature"):
            text = self.words(value) if isinstance(value, str) else None
            return coarse_clock(text, self.precision) if text and _is_clock(text) else text
        if item.kind == "time" and isinstance(value, str):
            return coarse_clock(value, self.precision)
        if item.kind == "duration" and isinstance(value, Decimal) and self.covert:
            return coarse_duration(item, value, self.precision)
        return value

    def _reason(self, reason: Reason) -> Reason:
        if not self.shows.words:
            return Reason()
        time = coarse_clock(reason.time, self.precision)
        return Reason(self.words(reason.text), time, self.words(reason.place), self.words(reason.post))

    def _allowed(self, photo: Photo) -> bool:
        return self.shows.photos and (self.shows.kept_inside or not photo.inside)

    def _photo(self, photo: Photo) -> Photo:
        """Never the file's name: cameras put the minute into it."""
        return Photo(
            sha256=photo.sha256,
            caption=self.words(photo.caption),
            taken=coarse_stamp(photo.taken, self.precision),
            inside=photo.inside,
            stage=photo.stage,
        )


def _says(reason: Reason) -> bool:
    return bool(reason.text or reason.place or reason.post)


def _is_clock(text: str) -> bool:
    return re.fullmatch(r"\d{1,2}:\d{2}(?::\d{2})?", text) is not None


def _shown(path: str, items: Mapping[str, Item], checklist: Checklist, shows: Shows) -> bool:
    """Whether an answer belongs to a shown item, or to a field of an instance."""
    section, _, name = split_path(path)
    if name in items:
        return True
    return shows.words and any(
        one.id == section and one.repeat is not None and any(entry.id == name for entry in one.repeat.header)
        for one, _ in checklist.walk()
    )


def _pruned(checklist: Checklist, items: Mapping[str, Item]) -> Checklist:
    """The checklist without the items that the copy does not show."""
    return checklist.model_copy(update={"sections": tuple(_pruned_section(one, items) for one in checklist.sections)})


def _pruned_section(section: Section, items: Mapping[str, Item]) -> Section:
    return section.model_copy(
        update={
            "items": tuple(one for one in section.items if one.id in items),
            "sections": tuple(_pruned_section(one, items) for one in section.sections),
        }
    )
