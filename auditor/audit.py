"""One visit: its header, the snapshot of its checklist, and the answers. Frozen values that touch no disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from auditor.checklist.model import CheckKind, Checklist, NaCode

Value = str | int | Decimal | tuple[str, ...] | None
"""By kind: choice: option id · multi: option ids · occurrences: int · number: Decimal · rating: int ·
duration: seconds, Decimal to 0.1 · time: "HH:MM" or "HH:MM:SS" · date: "YYYY-MM-DD" · text, signature: str ·
photo, info: None (the photos are the answer)."""

State = Literal["draft", "finished", "damaged"]
PhotoStage = Literal["", "before", "after"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why points were lost (扣分原因): its time is a field, so that copies can print it at their precision."""

    text: str = ""
    time: str = ""
    """Local clock time `HH:MM` or `HH:MM:SS`."""
    place: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo by the hash of its re-encoded bytes."""

    sha256: str
    name: str = ""
    caption: str = ""
    taken: str = ""
    """Local ISO time from the camera, when it said so."""
    inside: bool = False
    """Kept inside (内部留存): in no branch or public copy."""
    stage: PhotoStage = ""
    """Of a fault put right on the spot (立查立改): before or after it was."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A sound or film that stays where it is: named, known by its hash, never copied."""

    sha256: str
    name: str
    kind: Literal["audio", "video"]
    at: str = ""
    """Where in it: `MM:SS` or `H:MM:SS`."""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at one path."""

    value: Value = None
    na: NaCode | None = None
    note: str = ""
    reasons: tuple[Reason, ...] = ()
    photos: tuple[Photo, ...] = ()
    flagged: bool = False
    """To be looked at again before finishing; counts for nothing."""
    clips: tuple[Clip, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Answer()

    @property
    def fixed(self) -> bool:
        """Whether a photo shows that the fault was put right on the spot (立查立改)."""
        return any(one.stage == "after" for one in self.photos)


@dataclass(frozen=True, slots=True)
class Praise:
    """Somebody praised by name (点名表扬)."""

    person: str
    """As the badge says: name or staff number."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something lost that needs correcting (整改): one per loss, by the loss's path. Days are `YYYY-MM-DD`."""

    required: str = ""
    """Required action (整改要求)."""
    measure: str = ""
    """What the branch did or will do (整改措施)."""
    owner: str = ""
    due: str = ""
    done_on: str = ""
    checked_by: str = ""
    cleared_on: str = ""
    """Struck off the list (销号日期)."""
    remark: str = ""
    photos_before: tuple[Photo, ...] = ()
    photos_after: tuple[Photo, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Finding()


JotKind = Literal["stamp", "note", "timing", "photo"]
Proof = Literal["tapped", "typed", "estimated", "ticket", "receipt", "photo"]


@dataclass(frozen=True, slots=True)
class Jot:
    """Something caught during a visit, before the checklist is completed."""

    kind: JotKind
    at: str
    """Local ISO time with offset."""
    name: str = ""
    """Of a stamp or timing: `arrived`, `ticket`, `called`, `served`, `left`, or the item's path it belongs to."""
    seconds: str = ""
    """Of a timing: seconds to 0.1, as text; "" while it runs."""
    text: str = ""
    proof: Proof = "tapped"
    """Tapped at the moment; else typed later, and then estimated or proven by what."""
    photo: Photo | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Who answers for one section of a self-inspection (分工), and his signature when he is through."""

    person: str
    signature: str = ""
    """As a signature item holds it; "" while unsigned."""
    signed: str = ""
    """Local ISO time with offset."""
    drawing: Photo | None = None
    """The signature as it was drawn, where it was."""


@dataclass(frozen=True, slots=True)
class Header:
    """About the visit. Personal fields (shopper, branch name as typed) are salted in the journal."""

    kind: CheckKind
    visited: str
    """Start of the visit, ISO 8601 with offset."""
    left: str = ""
    branch: str = ""
    """Organisation code, or the name as typed where the register has none."""
    branch_name: str = ""
    parent: str = ""
    """The branch above it (所属分行)."""
    shopper: str = ""
    """Alias only."""
    scenario: str = ""
    period: str = ""
    """Wave (检查期次)."""
    highlights: tuple[str, ...] = ()
    summary: str = ""
    """Overall appraisal (总体评价) in the inspector's words."""
    praises: tuple[Praise, ...] = ()
    narrative: str = ""
    """Course of the visit (访问经过)."""
    acknowledged: str = ""
    """When the shopper acknowledged the scenario card, local ISO time with offset."""


@dataclass(frozen=True, slots=True)
class Audit:
    """One visit as it stands after its last acknowledged change.

    `answers` maps a path to its answer: `item`, `section#2/item` inside a repeating section; `section#2/window`
    holds a header field of an instance. `instances` maps a repeating section's id to its instance numbers, ascending.
    """

    id: str
    header: Header
    checklist: Checklist
    checklist_hash: str
    created: str
    state: State = "draft"
    answers: Mapping[str, Answer] = field(default_factory=dict)
    instances: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    set_aside: frozenset[str] = frozenset()
    """Paths whose answers were not in force at finishing: kept, left out of exports (S2)."""
    revision: int = 0
    """How often it was finished."""
    frozen_score: Mapping[str, Any] | None = None
    """The score as `scoring.freeze` gave it, held by the last `finished` line (S9)."""
    read_only: str = ""
    """Empty, or the key of the sentence that says why nothing can be changed."""
    findings: Mapping[str, Finding] = field(default_factory=dict)
    """By the path of the loss; may change after finishing, when no answer can."""
    jots: Mapping[str, Jot] = field(default_factory=dict)
    """By number as text; what counts is when each was."""
    duties: Mapping[str, Duty] = field(default_factory=dict)
    """By a section's id."""

    def with_answers(self, answers: Mapping[str, Answer]) -> Audit:
        """The same audit with these answers: at every tap, so written out, which is five times as fast as `replace`."""
        return Audit(
            self.id,
            self.header,
            self.checklist,
            self.checklist_hash,
            self.created,
            self.state,
            answers,
            self.instances,
            self.set_aside,
            self.revision,
            self.frozen_score,
            self.read_only,
            self.findings,
            self.jots,
            self.duties,
        )

    def photos(self) -> Iterator[tuple[str, Photo]]:
        """Every photo that something names, with the path of the item it belongs to, "" for a jot's own."""
        for path, answer in self.answers.items():
            yield from ((path, one) for one in answer.photos)
        for path, finding in self.findings.items():
            yield from ((path, one) for one in (*finding.photos_before, *finding.photos_after))
        yield from (("", jot.photo) for jot in self.jots.values() if jot.photo is not None)
        yield from (("", duty.drawing) for duty in self.duties.values() if duty.drawing is not None)


def item_path(item: str, section: str = "", instance: int = 0) -> str:
    """The path of an item, inside an instance of a repeating section when one is named."""
    return f"{section}#{instance}/{item}" if instance else item


def split_path(path: str) -> tuple[str, int, str]:
    """A path as (repeating section or "", instance or 0, item or header field)."""
    head, slash, item = path.rpartition("/")
    if not slash:
        return "", 0, path
    section, _, number = head.partition("#")
    return section, int(number) if number.isascii() and number.isdigit() else 0, item
