"""From a checklist, or a visit that was started, to what the sheets of a workbook to fill in are written from."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditor.audit import Audit, Header
from auditor.checklist.model import Checklist
from auditor.checklist.snapshot import fingerprint
from auditor.numbering import numbering
from auditor.scoring import score as scored
from exports.report import build
from exports.speech import Speech
from exports.wording import Names
from exports.xlsx.compilation import Compilation
from exports.xlsx.compiled import Compiled, compiled
from exports.xlsx.inputs import typed_cells
from exports.xlsx.layout import FaultColumn, ItemColumn, Layout, SectionColumn, every, lay_out
from exports.xlsx.lists import Lists, make_lists
from exports.xlsx.prepared import Prepared, sheet_titles
from exports.xlsx.total import Step, step

ROOM = 5
"""Instances of a repeating section there is room for, where its checklist allows as many."""


def unstarted(checklist: Checklist) -> Audit:
    """A visit that nobody has started."""
    header = Header(kind=checklist.checks[0], visited="")
    return Audit("", header, checklist, fingerprint(checklist), "")


def prepare(audit: Audit, lang: str, **options: Any) -> Prepared:
    """Lay out and compile; `options` are those of `report.build`. A blind checklist's workbook counts nothing: a
    formula would tell what its shopper is not to know (design §7)."""
    speech, blank = Speech(lang), emptied(audit)
    result = scored(blank)
    report = build(blank, result, lang=lang, **options)
    report = replace(
        report,
        title=speech.text(audit.checklist.title),
        draft=False,
        kind_name=report.kind_name if audit.id else "",
        copy_name=speech.tr("sheets.to_fill"),
        items=(),
    )
    layout, lists = lay_out(blank, {}, every), make_lists(blank, speech, to_fill=True)
    work = Compilation(blank, blank.checklist, layout, lists, speech, to_fill=True)
    typed = typed_cells(work, blank, result, {})
    titles = sheet_titles(speech) | {"cover": speech.tr("sheets.cover")[:31]}
    if audit.checklist.blind:
        hidden = _points(work, layout)
        typed = {cell: value for cell, value in typed.items() if cell not in hidden}
        made = Compiled(replace(work, lists=_silent(lists)), {}, {})
    else:
        made = compiled(work, result, typed, titles)
    names = Names(blank.checklist, numbering(blank.checklist), speech)
    return Prepared(report, made, typed, {}, {}, titles, speech, names, blank)


def emptied(audit: Audit) -> Audit:
    """The visit without what was answered, and with room for several instances of what repeats."""
    room = {}
    for section, _ in audit.checklist.walk():
        if section.repeat is not None:
            repeat = section.repeat
            most = max(min(repeat.max, max(repeat.min, ROOM)), *audit.instances.get(section.id, (1,)))
            room[section.id] = tuple(range(1, most + 1))
    nothing: dict[str, Any] = {key: {} for key in ("answers", "findings", "jots", "duties")}
    return replace(audit, state="draft", instances=room, set_aside=frozenset(), frozen_score=None, **nothing)


def _points(work: Compilation, layout: Layout) -> set[Any]:
    """Cells that would tell points or weights."""
    cells = {layout.item(path, ItemColumn.FULL) for path in layout.items}
    cells |= {layout.section(path, SectionColumn.WEIGHT) for path in layout.places}
    cells |= {layout.fault(*key, FaultColumn.DEDUCTION) for key in layout.fault_rows}
    return cells | {step(work, Step.ENGINE)}


def _silent(lists: Lists) -> Lists:
    """The lists without what their entries earn."""
    return replace(lists, entries=[replace(one, figure=None) for one in lists.entries])
