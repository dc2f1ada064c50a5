"""What one report says, ready to be drawn: frozen values in one language, allow-listed for one copy (design §7, P7).

Excel and PDF draw these and nothing else of an audit, so they cannot disagree. Figures are Decimals already rounded
to the places that are printed (S1); words are final; times stand at the copy's precision. Paths are the audit's
(`item`, `section#2/item`) and join blocks to formulas: they are for the program, never printed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from exports.letterhead import PLAIN, Letterhead
from exports.signed import DutyRow, Signature

Copy = Literal["compliance", "branch", "public"]
COPIES: tuple[Copy, ...] = ("compliance", "branch", "public")
Precision = Literal["exact", "half_day", "date"]
Layout = Literal["full", "summary", "losses", "self", "rectification", "certificate"]
LAYOUTS: tuple[Layout, ...] = ("full", "summary", "losses", "self", "rectification", "certificate")
Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell pair of the head table: `key` is stable (`branch`, `visited`…), `label` and `value` are words."""

    key: str
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer that triggered a critical effect (S6)."""

    path: str
    number: str
    item: str
    answer: str
    effect: str
    """The effect's name, `fail`, `cap`…"""
    words: str
    """The effect as printed: 总分封顶 59.9 分."""
    clause: str = ""
    figures: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The figure that matters and what made it."""

    total: Decimal | None
    """After critical effects; None is no score, printed `common.no_score`."""
    scale: Decimal
    deducted: Decimal | None
    """scale − total, never below 0."""
    before_critical: Decimal | None
    """None where no effect fired or it changed no figure."""
    passed: bool | None
    verdict: str
    """达标, 不达标, or nothing where there is no rule."""
    grade: str
    """The grade's title, or nothing."""
    pass_mark: str
    """The pass rule in words, or nothing."""
    veto: str
    """是否触发一票否决: 是 with the effects, or 否."""
    decisions: tuple[Decision, ...]
    answered: int
    applicable: int
    so_far: bool
    bonus: Decimal = Decimal(0)
    """What bonuses and penalties on the total add, in scale units."""


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section, an instance of a repeating section, or the combined one."""

    path: str
    parent: str
    depth: int
    """0 at the top."""
    number: str
    """`2.1`."""
    title: str
    status: str
    """`counted`, `empty`, `hidden`, `zeroed`."""
    status_text: str
    earned: Decimal
    possible: Decimal
    lost: Decimal
    """possible − earned, never below 0."""
    figure: Decimal | None
    """ratio × 100 as shown (S7)."""
    weight: Decimal | None
    """None where points add up."""
    grade: str
    passed: bool | None
    pass_mark: str
    answered: int
    applicable: int
    stage: bool = False
    instance: int = 0
    header: tuple[Fact, ...] = ()
    """Fields of an instance: window, post, time at the copy's precision."""


@dataclass(frozen=True, slots=True)
class Timing:
    """A measured time against its limit, or a time stamp."""

    path: str
    number: str
    name: str
    shown: str
    """6分08秒, or the clock time at the copy's precision."""
    limit: str = ""
    """The limit in words, or nothing."""
    over: bool = False
    ratio: float | None = None
    """Measured / limit, for drawing."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the customer's journey (A7)."""

    path: str
    number: str
    title: str
    figure: Decimal | None
    lost: Decimal
    timings: tuple[Timing, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRow:
    """A row of the item table: 序号|检查项目|检查标准|分值|扣分|得分|扣分原因|佐证(图号)."""

    seq: int
    path: str
    number: str
    section: str
    """Path of the section or instance."""
    section_title: str
    name: str
    standard: str
    kind: str
    role: str
    """`normal`, `bonus`, `penalty`."""
    status: str
    """S2's, or `unscored`."""
    status_text: str
    full: Decimal | None
    deducted: Decimal | None
    earned: Decimal | None
    answer: str
    reason: str
    note: str
    clause: str
    effects: tuple[str, ...] = ()
    figures: tuple[int, ...] = ()
    """Numbers of its photos (图3)."""
    clips: tuple[str, ...] = ()
    """Sounds and films kept elsewhere: name and place in it, compliance copy only."""


@dataclass(frozen=True, slots=True)
class LossRow:
    """Something lost, heaviest first."""

    seq: int
    path: str
    number: str
    name: str
    section_title: str
    deducted: Decimal
    answer: str
    reason: str
    clause: str
    note: str
    action: str
    """整改要求."""
    effects: tuple[str, ...] = ()
    figures: tuple[int, ...] = ()
    cascaded: bool = False


@dataclass(frozen=True, slots=True)
class ActionRow:
    """A row of the corrective table; what is not known yet is left to be written in."""

    seq: int
    path: str
    number: str
    problem: str
    clause: str
    required: str
    measure: str = ""
    owner: str = ""
    due: str = ""
    done: str = ""
    before: tuple[int, ...] = ()
    after: tuple[int, ...] = ()
    checked_by: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """A photo of the annex."""

    number: int
    path: str
    sha256: str
    caption: str
    """图3 对应2.1.3 填单台杂乱 2026-03-05 10:12, at the copy's precision."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One change, compliance copy only."""

    when: str
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class Step:
    """How one node of the score came about (S8)."""

    path: str
    number: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One audit for one copy and language."""

    title: str
    lang: str
    copy: Copy
    copy_name: str
    draft: bool
    covert: bool
    day: str
    """Date of the visit, `YYYYMMDD`: metadata and file names."""
    stamp: str
    """`YYYY-MM-DDTHH:MM:SS±HH:MM` for the document's dates, at the copy's precision."""
    branch: str
    branch_code: str
    kind: str
    kind_name: str
    decimals: int
    revision: int
    facts: tuple[Fact, ...]
    result: Result
    summary: tuple[str, ...]
    """一、总体评价: paragraphs, the composed one first, then the inspector's own."""
    sections: tuple[SectionRow, ...]
    journey: tuple[Stage, ...]
    items: tuple[ItemRow, ...]
    losses: tuple[LossRow, ...]
    highlights: tuple[str, ...]
    actions: tuple[ActionRow, ...]
    photos: tuple[PhotoRow, ...]
    signatures: tuple[Signature, ...]
    history: tuple[HistoryRow, ...] = ()
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    """Remarks of the annex: not answered, withheld, precision of times."""
    version: str = ""
    """Checklist version and revision, for the footer."""
    producer: str = field(default="")
    precision: Precision = "exact"
    """Of all times in it."""
    scored: bool = True
    """False where no item earns points: then nothing is said of score, grade, veto and deductions."""
    sums: tuple[Fact, ...] = ()
    """What an unscored sheet computes, by path: means and counts."""
    layout: Layout = "full"
    """How the PDF is laid out; what a layout does not print is left out of the report too."""
    paper: Paper = "a4"
    narrative: tuple[str, ...] = ()
    """访问经过: paragraphs."""
    stamps: tuple[Fact, ...] = ()
    """The moments of a visit, in their order: 到达 10:12, where the copy shows exact times."""
    duties: tuple[DutyRow, ...] = ()
    course: bool = False
    """Whether a person was assessed, not an outlet: then its certificate is that person's."""
    statement: str = ""
    """What a certificate states."""
    letterhead: Letterhead = PLAIN
    audit: str = ""
    """The audit's id, in the compliance copy only: it tells when the audit was begun."""
