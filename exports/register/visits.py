"""One audit of a register: what its copy may show (P7), and the little that is kept of it for the summaries."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.audit import Audit
from auditor.numbering import numbering
from auditor.scoring.tree import Score
from exports.blocks import ActionRow, Copy, Decision, ItemRow, LossRow, Result, SectionRow
from exports.copies import View, view
from exports.head import VETOES, decisions, place, result
from exports.moments import day_and_time, moment
from exports.photo_rows import number_photos
from exports.places import Place, Register
from exports.rows import action_rows, item_rows, loss_rows, section_rows
from exports.speech import Speech
from exports.wording import Names


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the register is asked to be."""

    copy: Copy
    speech: Speech
    branches: Register | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet as the register names it; visits of one belong together by code, else by name."""

    code: str
    name: str
    parent: str
    type: str

    @property
    def key(self) -> str:
        return self.code or self.name


@dataclass(frozen=True, slots=True)
class Visit:
    """What is kept of an audit once its rows are written."""

    outlet: Outlet
    day: str
    """`YYYY-MM-DD`, or nothing."""
    kind: str
    checklist: str
    version: str
    title: str
    scale: Decimal
    points: Fraction
    """Full points of the items that counted: what the visit looked at."""
    exact: Fraction | None
    """The total before rounding, after critical effects; None is no score."""
    grade: str
    grades: tuple[tuple[Decimal, str], ...]
    """Lower bounds and titles, the highest first."""
    passed: bool | None
    vetoes: int


@dataclass(frozen=True, slots=True)
class Look:
    """An audit in the register's words."""

    view: View
    visit: Visit
    kind_name: str
    when: str
    shopper: str
    items: tuple[ItemRow, ...]
    sections: tuple[SectionRow, ...]
    losses: tuple[LossRow, ...]
    actions: tuple[ActionRow, ...]
    vetoes: tuple[Decision, ...]
    result: Result
    ratios: dict[str, Fraction]
    """Exact ratio of each section that counts, by path."""


def look(audit: Audit, score: Score, wanted: Wanted) -> Look:
    """The rows of an audit in one copy and language; `score` is the audit's own (S9)."""
    seen = view(audit, score, wanted.copy, wanted.speech)
    names = Names(seen.audit.checklist, numbering(audit.checklist), wanted.speech)
    _, figures = number_photos(seen, score)
    items = item_rows(seen, score, names, figures)
    lost = sorted(
        (row for row in items if row.deducted or row.effects), key=lambda row: (not row.effects, -(row.deducted or 0))
    )
    losses = loss_rows(seen, names, items, tuple(row.path for row in lost))
    found = decisions(seen, score, {row.path: row for row in items})
    header = seen.audit.header
    return Look(
        view=seen,
        visit=_visit(seen, score, place(seen, wanted.branches), wanted),
        kind_name=wanted.speech.tr(f"common.kind.{header.kind}"),
        when=day_and_time(header.visited, seen.precision, wanted.speech),
        shopper=header.shopper,
        items=items,
        sections=section_rows(seen, score, names),
        losses=losses,
        actions=action_rows(seen, losses),
        vetoes=tuple(one for one in found if one.effect in VETOES),
        result=result(seen, score, found),
        ratios={one.path: one.ratio for one in score.sections if one.ratio is not None},
    )


def _visit(seen: View, score: Score, where: Place, wanted: Wanted) -> Visit:
    header, checklist, speech = seen.audit.header, seen.audit.checklist, wanted.speech
    when = moment(header.visited)
    grades = tuple((Decimal(one.from_), speech.text(one.title).replace("\n", " ")) for one in checklist.grades)
    exact = score.exact if score.exact is not None else None if score.total is None else Fraction(score.total)
    return Visit(
        outlet=Outlet(where.code, where.name, where.parent, where.type),
        day=f"{when:%Y-%m-%d}" if when else "",
        kind=header.kind,
        checklist=checklist.id,
        version=checklist.version,
        title=speech.text(checklist.title).replace("\n", " "),
        scale=score.scale,
        points=sum((one.possible or Fraction(0) for one in score.items if one.earned is not None), Fraction(0)),
        exact=None if score.total is None else exact,
        grade=next(
            (speech.text(one.title).replace("\n", " ") for one in checklist.grades if one.id == score.grade), ""
        ),
        grades=grades,
        passed=score.passed,
        vetoes=sum(one.effect in VETOES for one in score.critical),
    )
