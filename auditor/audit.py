"""One visit: its header, the snapshot of its checklist, and the answers. Frozen values that touch no disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from auditor.checklist.model import CheckKind, Checklist, NaCode

Value = str | int | Decimal | tuple[str, ...] | None
"""By kind: choice: option id · multi: option ids · occurrences: int · number: Decimal · rating: int ·
duration: seconds, Decimal to 0.1 · time: "HH:MM" or "HH:MM:SS" · date: "YYYY-MM-DD" · text, signature: str ·
photo, info: None (the photos are the answer)."""

State = Literal["draft", "finished", "damaged"]


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


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered at one path."""

    value: Value = None
    na: NaCode | None = None
    note: str = ""
    reasons: tuple[Reason, ...] = ()
    photos: tuple[Photo, ...] = ()

    @property
    def empty(self) -> bool:
        return self == Answer()


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
