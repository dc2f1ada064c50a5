"""Which layouts of the PDF make sense for an audit, and what of a report each of them carries.

A layout carries what it prints and nothing else: its attached JSON says no more than its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.formats import long_date
from auditor.scoring.tree import Score
from exports.blocks import LAYOUTS, PAPERS, Copy, Layout, PhotoRow, Report, Result
from exports.copies import View
from exports.moments import coarse_stamp, moment
from exports.unscored import is_anonymous, is_course, is_scored


def fitting(audit: Audit, score: Score, copy: Copy = "compliance") -> tuple[Layout, ...]:
    """The layouts that can be made of an audit in this copy; the full report always."""
    return tuple(one for one in LAYOUTS if not _objection(audit, score, one, copy))


def demand(audit: Audit, score: Score, layout: Layout, copy: Copy) -> None:
    """Raises `layouts.*`, saying why a layout cannot be made of this audit."""
    if layout not in LAYOUTS:
        raise AuditorError("layouts.unknown", layout=layout, allowed=", ".join(LAYOUTS))
    objection = _objection(audit, score, layout, copy)
    if objection:
        raise AuditorError(f"layouts.{objection}")


def read(text: str) -> tuple[Layout, ...]:
    """`full,summary` as layouts, each once. Raises `layouts.unknown`."""
    wanted = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for one in wanted or [""]:
        if one not in LAYOUTS:
            raise AuditorError("layouts.unknown", layout=one, allowed=", ".join(LAYOUTS))
    return tuple(layout for one in wanted for layout in LAYOUTS if layout == one)


def runs(layouts: Sequence[Layout], formats: Sequence[str]) -> list[tuple[Layout, tuple[str, ...]]]:
    """What to write in which layout: all formats of the full report, of the others the PDF alone, of a rectification
    notice the reply to it as a workbook too."""
    found: list[tuple[Layout, tuple[str, ...]]] = []
    special = {one: tuple(form for form in formats if form in _forms(one)) for one in layouts if one != "full"}
    done = {form for forms in special.values() for form in forms}
    others = tuple(one for one in formats if one != "pdf" and one not in done)
    if "full" in layouts:
        found.append(("full", tuple(formats)))
    elif others:
        found.append(("full", others))
    return found + [(one, forms) for one, forms in special.items() if forms]


def _forms(layout: Layout) -> tuple[str, ...]:
    return ("pdf", "xlsx") if layout == "rectification" else ("pdf",)


def known_paper(paper: str) -> None:
    """Raises `layouts.unknown_paper`."""
    if paper not in PAPERS:
        raise AuditorError("layouts.unknown_paper", paper=paper, allowed=", ".join(PAPERS))


def _objection(audit: Audit, score: Score, layout: Layout, copy: Copy) -> str:
    """The name of the sentence that says why not, or nothing."""
    if layout == "full":
        return ""
    if layout == "self":
        if audit.header.kind != "self":
            return "not_self"
        return "anonymous" if is_anonymous(audit.checklist) else ""
    if not is_scored(audit.checklist):
        return "not_scored"
    if layout == "certificate":
        return _no_certificate(audit, score)
    if layout == "rectification":
        if copy == "public":
            return "not_public"
        return "" if any(_lost(score)) else "nothing_lost"
    return ""


def _no_certificate(audit: Audit, score: Score) -> str:
    if audit.state != "finished":
        return "not_finished"
    if score.passed is None:
        return "no_pass_mark"
    return "" if score.passed else "not_passed"


def _lost(score: Score) -> Iterable[bool]:
    fired = {one.path for one in score.critical}
    return ((one.deducted or 0) > 0 or one.path in fired for one in score.items)


def statement(view: View, result: Result) -> str:
    """What a certificate states: the day, the course or check, the score, the grade."""
    speech, header = view.speech, view.audit.header
    when = moment(header.visited)
    kind = "course" if is_course(view.audit) else "outlet"
    return speech.tr(
        f"layouts.certificate.{kind}.told",
        day=speech.say(lambda: long_date(when.date())) if when else "",
        kind=speech.tr(f"common.kind.{header.kind}"),
        checklist=speech.text(view.audit.checklist.title),
        total=result.total,
        scale=result.scale,
        graded=speech.tr("layouts.certificate.graded", grade=result.grade) if result.grade else "",
    )


def copy_for(layout: Layout, copy: Copy) -> Copy:
    """A rectification notice is addressed to the branch and shows what a branch copy shows (P7)."""
    return "branch" if layout == "rectification" else copy


def arranged(report: Report) -> Report:
    """The report without what its layout does not print."""
    if report.layout == "full":
        return report
    if report.layout == "summary":
        nothing: dict[str, Any] = dict.fromkeys(("items", "photos", "signatures", "history", "steps", "notes"), ())
        return replace(report, **nothing, narrative=(), duties=())
    if report.layout == "certificate":
        return _certified(report)
    lost = {one.path for one in report.losses}
    report = replace(report, history=(), steps=(), highlights=(), journey=(), stamps=(), narrative=())
    if report.layout == "self":
        return replace(report, photos=())
    rows = tuple(one for one in report.items if one.path in lost)
    kept = replace(report, items=rows, photos=_of(report, lost), duties=())
    if report.layout == "losses":
        return replace(kept, signatures=())
    facts = tuple(one for one in report.facts if one.key not in ("inspector", "scenario", "trend"))
    return replace(kept, facts=facts, sections=(), notes=(), signatures=())


def _certified(report: Report) -> Report:
    """Who, what course, which result: no answer, no loss, no time of day; of an outlet's, nobody's name (P7)."""
    named = {"branch", "parent", "checklist", "grade", *(("inspector",) if report.course else ())}
    return replace(
        report,
        stamp=coarse_stamp(report.stamp, "date"),
        precision="date",
        audit="",
        facts=tuple(one for one in report.facts if one.key in named),
        summary=(),
        sections=(),
        journey=(),
        items=(),
        losses=(),
        highlights=(),
        actions=(),
        photos=(),
        signatures=(),
        history=(),
        steps=(),
        notes=(),
        narrative=(),
        stamps=(),
        duties=(),
    )


def _of(report: Report, paths: set[str]) -> tuple[PhotoRow, ...]:
    return tuple(one for one in report.photos if one.path in paths)
