"""The checklist: sections of items, as its author wrote it. The one definition of format 1 (design §3).

Validation here looks at one node at a time; what needs the whole checklist (ids, cycles, reach) is in `checks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, field_validator

from auditor.check_kinds import CHECK_KINDS as CHECK_KINDS
from auditor.check_kinds import CheckKind as CheckKind
from auditor.checklist.parts import (
    Amount,
    Band,
    Change,
    Clause,
    Contradictions,
    Evidence,
    Expression,
    Fault,
    Grade,
    Id,
    Number,
    Option,
    Part,
    Persona,
    Scenario,
    Sentence,
    Text,
)

FORMAT = 1

Kind = Literal[
    "choice",
    "multi",
    "occurrences",
    "number",
    "rating",
    "duration",
    "time",
    "text",
    "date",
    "photo",
    "signature",
    "info",
]
NaCode = Literal["not_applicable", "not_observed", "cannot_judge"]
NA_CODES: tuple[NaCode, ...] = ("not_applicable", "not_observed", "cannot_judge")
NaTreatment = Literal["exclude", "full"]
StampName = Literal["arrived", "ticket", "called", "served", "left"]
STAMPS: tuple[StampName, ...] = ("arrived", "ticket", "called", "served", "left")
"""The stamps of every visit, in the order in which they come."""
Combine = Literal["mean", "worst", "any_fault"]


class Item(Part):
    """One thing looked at. Without `points` it is not scored."""

    id: Id
    kind: Kind = "choice"
    text: Text
    """The item as the report names it (检查项目), short."""
    standard: Text | None = None
    """What right looks like (检查标准)."""
    guidance: Text | None = None
    """How to judge; shown on demand."""
    points: Amount | None = None
    floor: Number = Decimal(0)
    role: Literal["normal", "bonus", "penalty"] = "normal"
    on: Literal["section", "total"] = "section"
    """Where a bonus or penalty acts (S5)."""
    options: tuple[Option, ...] = ()
    bands: tuple[Band, ...] = ()
    """For number, duration, rating: ordered, closed by `else`."""
    unit: Amount | None = None
    """Occurrences: points per occurrence."""
    max: Amount | None = None
    """Occurrences: the most that is deducted; unsaid: down to the floor."""
    low: int = 1
    high: int = 5
    """Rating: the ends of its scale."""
    reversed: bool = False
    """Rating: high is bad."""
    labels: tuple[Text, ...] = ()
    """Rating: words for low … high, as many as there are steps."""
    decimals: Annotated[int, Field(ge=0, le=4)] = 0
    """Number: decimals of the stored value."""
    stamp: StampName | None = None
    """Time: the stamp of every visit that it takes."""
    measure: Text | None = None
    """Number: the unit shown after the value (人, 分钟)."""
    value: Expression | None = None
    """A computed value (number or duration): nobody answers it."""
    faults: tuple[Fault, ...] = ()
    action: Text | None = None
    """The corrective action required when points are lost (整改要求)."""
    clause: Clause | None = None
    evidence: Evidence = Evidence()
    required: bool = True
    na: NaTreatment | None = None
    na_codes: tuple[NaCode, ...] | None = None
    na_reason: bool | None = None
    show_if: Expression | None = None
    require_if: Expression | None = None
    valid_if: Expression | None = None
    valid_text: Text | None = None
    """Said when `valid_if` is false."""
    trap: bool = False
    """Unscored, absent from reports, shown to the reviewer."""

    @property
    def scored(self) -> bool:
        return self.points is not None and not self.trap

    @property
    def computed(self) -> bool:
        return self.value is not None


class HeaderField(Part):
    """A field of an instance of a repeating section: window, staff number, time."""

    id: Id
    text: Text
    kind: Literal["text", "number", "time"] = "text"


class Repeat(Part):
    """A section answered once per teller, counter, call; `combine` says how the instances make one (S5)."""

    min: Annotated[int, Field(ge=0, le=99)] = 1
    max: Annotated[int, Field(ge=1, le=99)] = 10
    combine: Combine = "mean"
    title: Text | None = None
    """One instance's name; `{n}` is its number."""
    header: tuple[HeaderField, ...] = ()


class Section(Part):
    """Items or sections, never both."""

    id: Id
    title: Text
    intro: Text | None = None
    items: tuple[Item, ...] = ()
    sections: tuple[Section, ...] = ()
    weight: Amount | None = None
    points: Amount | None = None
    """Declared points, never computed (S5)."""
    over: bool = False
    max_deduction: Amount | None = None
    pass_: Annotated[Number | Id | None, Field(alias="pass")] = None
    grades: tuple[Grade, ...] = ()
    show_if: Expression | None = None
    repeat: Repeat | None = None
    stage: bool = False
    """A stage of the customer's journey, drawn as such in the report (A7)."""


class Checklist(Part):
    """What is asked on a visit, and what the answers are worth."""

    format: Literal[1] = 1
    id: Id
    version: Sentence
    title: Text
    description: Text | None = None
    instruments: tuple[Sentence, ...] = ()
    """The rows of the course's instruments this checklist covers (A1 … F6)."""
    checks: tuple[CheckKind, ...] = CHECK_KINDS
    """The kinds of check it serves; the first is the default."""
    scale: Amount = Decimal(100)
    decimals: Annotated[int, Field(ge=0, le=4)] = 1
    ceiling: Amount | None = None
    na: NaTreatment = "exclude"
    na_codes: tuple[NaCode, ...] = NA_CODES
    na_reason: bool = False
    evidence: Evidence = Evidence()
    grades: tuple[Grade, ...] = ()
    pass_: Annotated[Number | Id | None, Field(alias="pass")] = None
    blind: bool = False
    """The shopper sees wording, never points."""
    contradictions: Contradictions = Contradictions()
    """Which contradictions block finishing, warn, or are not looked for; unsaid: they warn."""
    personas: tuple[Persona, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    changes: tuple[Change, ...] = ()
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]

    @field_validator("format", mode="before")
    @classmethod
    def _number_from_text(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdigit() else value

    def walk(self) -> Iterator[tuple[Section, tuple[Section, ...]]]:
        """Every section with its ancestors (outermost first), in reading order."""
        yield from _walk(self.sections, ())

    def items(self) -> Iterator[Item]:
        """Every item, in reading order."""
        for section, _ in self.walk():
            yield from section.items


def _walk(sections: tuple[Section, ...], above: tuple[Section, ...]) -> Iterator[tuple[Section, tuple[Section, ...]]]:
    for section in sections:
        yield section, above
        yield from _walk(section.sections, (*above, section))
