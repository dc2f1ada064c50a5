"""An audit and its score → a `Report` for one copy and language (design §7, report conventions)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from auditor import __version__
from auditor.audit import Audit
from auditor.numbering import numbering
from auditor.review import highlights
from auditor.review import losses as heaviest_losses
from auditor.scoring import explain
from auditor.scoring.tree import Score
from auditor.store.history import Entry
from auditor.words import LANGUAGES, speaking
from exports.blocks import Copy, HistoryRow, ItemRow, Layout, Paper, Precision, Report, Step
from exports.both import joined
from exports.copies import View, view
from exports.head import Earlier, appraisal, decisions, facts, place, result, title
from exports.history import history_rows
from exports.layouts import arranged, copy_for, demand, statement
from exports.letterhead import PLAIN, Letterhead
from exports.moments import moment
from exports.photo_rows import caption_photos, number_photos
from exports.places import Place, Register
from exports.rows import action_rows, item_rows, journey, loss_rows, section_rows
from exports.sign_off import duty_rows, signed
from exports.speech import Speech
from exports.unscored import is_course, is_scored, slips, sums
from exports.visit import praises, stamps
from exports.wording import Names

__all__ = ["Earlier", "Report", "build"]

History = Sequence[Entry] | Callable[[], Sequence[Entry]]
"""Entries of `Store.history`, or a function that reads them."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a report is asked to be, besides its language."""

    copy: Copy
    branches: Register | None
    precision: Precision | None
    history: History
    earlier: Earlier
    layout: Layout
    paper: Paper
    letterhead: Letterhead


def build(
    audit: Audit,
    score: Score,
    *,
    copy: Copy = "compliance",
    lang: str = "zh",
    branches: Register | None = None,
    precision: Precision | None = None,
    history: History = (),
    earlier: Earlier | None = None,
    layout: Layout = "full",
    paper: Paper = "a4",
    letterhead: Letterhead = PLAIN,
    times: Sequence[tuple[Copy, Precision]] = (),
) -> Report:
    """The report of one audit: values allowed for `copy`, words in `lang` (`zh`, `en`, `both`).

    `score` is the audit's own (frozen, when finished: S9). `precision` of times is exact, or half-day in branch and
    public copies of covert visits, unless said, here or by `times` of each copy. `history` is printed in the
    compliance copy only; given as a function, it is asked for there and in the report's language. The bank's name in
    `letterhead` goes before the outlet's in the title; `earlier` are the totals for 同比 / 环比. `layout` and `paper`
    are those of the PDF; a rectification notice goes to the branch and is a branch copy whatever is asked. Raises
    `layouts.*` where a layout makes no sense for the audit.
    """
    demand(audit, score, layout, copy)
    copy = copy_for(layout, copy)
    precision = precision or dict(times).get(copy)
    wanted = _Wanted(copy, branches, precision, history, earlier or Earlier(), layout, paper, letterhead)
    if lang != "both":
        return _built(audit, score, wanted, Speech(lang))
    return joined(*(_built(audit, score, wanted, Speech(code)) for code in LANGUAGES))


def _built(audit: Audit, score: Score, wanted: _Wanted, speech: Speech) -> Report:
    seen = view(audit, score, wanted.copy, speech, wanted.precision)
    names = Names(seen.audit.checklist, numbering(audit.checklist), speech)
    photos, figures = number_photos(seen, score)
    sections = section_rows(seen, score, names)
    items = item_rows(seen, score, names, figures)
    losses = loss_rows(seen, names, items, tuple(one.path for one in heaviest_losses(audit, score)))
    outcome = result(seen, score, decisions(seen, score, {row.path: row for row in items}))
    where = place(seen, wanted.branches)
    made = Report(
        **_identity(seen, where, wanted),
        facts=facts(seen, where, outcome, wanted.earlier),
        result=outcome,
        summary=appraisal(seen, outcome, sections, items, losses),
        sections=sections,
        journey=journey(seen, names, sections, items),
        items=items,
        losses=losses,
        highlights=_good(seen, score),
        actions=action_rows(seen, losses, photos),
        photos=caption_photos(seen, names, photos),
        signatures=() if seen.anonymous else signed(seen, names),
        history=_history(audit, wanted.history, speech) if seen.shows.record else (),
        steps=_steps(audit, score, names) if seen.shows.record and is_scored(audit.checklist) else (),
        notes=_notes(seen, items),
        scored=is_scored(audit.checklist),
        sums=sums(seen.audit.checklist, items),
        narrative=tuple(filter(None, seen.audit.header.narrative.split("\n"))),
        stamps=stamps(seen),
        duties=() if seen.anonymous else duty_rows(seen, names),
        statement=statement(seen, outcome) if wanted.layout == "certificate" else "",
    )
    return arranged(made)


def _identity(seen: View, where: Place, wanted: _Wanted) -> dict[str, Any]:
    """Which audit, which copy, whose outlet, of what day."""
    speech, header = seen.speech, seen.audit.header
    when = moment(header.visited)
    return {
        "title": title(seen, where, wanted.letterhead.bank, wanted.layout),
        "lang": speech.lang,
        "copy": seen.copy,
        "copy_name": speech.tr(f"common.copy.{seen.copy}"),
        "draft": seen.audit.state != "finished",
        "covert": seen.covert,
        "day": f"{when:%Y%m%d}" if when else "",
        "stamp": when.isoformat(timespec="seconds") if when else "",
        "branch": where.name,
        "branch_code": where.code,
        "kind": header.kind,
        "kind_name": speech.tr(f"common.kind.{header.kind}"),
        "decimals": seen.audit.checklist.decimals,
        "revision": seen.audit.revision,
        "version": _version(seen),
        "producer": f"{speech.tr('common.app')} {__version__}",
        "precision": seen.precision,
        "layout": wanted.layout,
        "paper": wanted.paper,
        "letterhead": wanted.letterhead,
        "course": is_course(seen.audit),
        "audit": seen.audit.id,
    }


def _history(audit: Audit, history: History, speech: Speech) -> tuple[HistoryRow, ...]:
    with speaking(speech.first):
        return history_rows(audit, history() if callable(history) else history, speech)


def _good(seen: View, score: Score) -> tuple[str, ...]:
    with speaking(seen.speech.first):
        found = highlights(seen.audit, score)
    return (*found, *praises(seen, found))


def _steps(audit: Audit, score: Score, names: Names) -> tuple[Step, ...]:
    """How each section and the total came about (S8)."""
    wanted = ["", *(one.path for one in score.sections if one.status != "hidden" and names.section(one.path))]
    with speaking(names.speech.first):
        told = explain(audit, score)
    whole = names.speech.tr("common.total")
    return tuple(
        Step(
            path,
            names.number(path) if path else "",
            names.section(path) if path else whole,
            told[path].text,
        )
        for path in wanted
        if path in told
    )


def _notes(seen: View, items: Sequence[ItemRow]) -> tuple[str, ...]:
    """Remarks for the annex: counts of what does not count, how exact the times are."""
    speech = seen.speech
    notes = []
    codes = Counter(
        answer.na for row in items if row.status == "na" and (answer := seen.audit.answers.get(row.path)) and answer.na
    )
    for code, count in sorted(codes.items()):
        notes.append(speech.tr("report.note.na", code=speech.tr(f"common.na.{code}"), n=count))
    unanswered = [row for row in items if row.status == "open"]
    if unanswered:
        listed = ", ".join(row.number for row in unanswered[:40]) + (" …" if len(unanswered) > 40 else "")
        notes.append(speech.tr("report.note.open", n=len(unanswered), items=listed))
    if seen.anonymous and slips(seen.audit.checklist):
        notes.append(speech.tr("report.note.slips"))
    if seen.precision != "exact":
        notes.append(speech.tr(f"report.note.{seen.precision}"))
    return tuple(notes)


def _version(seen: View) -> str:
    checklist = seen.audit.checklist
    words = seen.speech.tr("report.version", version=checklist.version)
    if seen.audit.revision > 1:
        words += seen.speech.tr("report.revision", n=seen.audit.revision)
    return words
