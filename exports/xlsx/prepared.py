"""From a report and its audit to everything the sheets are written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.audit import Audit
from auditor.numbering import numbering
from auditor.scoring.tree import Score
from exports.blocks import ItemRow, Report, SectionRow
from exports.copies import view
from exports.speech import Speech
from exports.wording import Names
from exports.xlsx.compilation import Compilation
from exports.xlsx.compiled import Compiled, compiled
from exports.xlsx.inputs import Typed, typed_cells, withheld
from exports.xlsx.layout import SHEETS, lay_out
from exports.xlsx.lists import make_lists
from exports.xlsx.text import pieces

_TITLE = 31
"""Characters of a sheet's title."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the sheets are written from."""

    report: Report
    compiled: Compiled
    typed: Typed
    items: Mapping[str, ItemRow]
    sections: Mapping[str, SectionRow]
    titles: Mapping[str, str]
    speech: Speech
    names: Names
    shown: Audit
    """The audit as the copy shows it."""

    @property
    def work(self) -> Compilation:
        return self.compiled.work


def prepare(report: Report, audit: Audit, score: Score) -> Prepared:
    """Lay out and compile one workbook. What it shows of the audit is what the report's copy allows (P7)."""
    speech = Speech(report.lang)
    seen = view(audit, score, report.copy, speech, report.precision)
    shown = seen.audit
    rows = {row.path: row for row in report.items}
    layout = lay_out(shown, {path: _more_rows(row) for path, row in rows.items()})
    work = Compilation(audit, shown.checklist, layout, make_lists(shown, speech), speech, withheld(audit, seen, score))
    titles = sheet_titles(speech)
    typed = typed_cells(work, shown, score, rows)
    sections = {row.path: row for row in report.sections}
    names = Names(shown.checklist, numbering(audit.checklist), speech)
    made = compiled(work, score, typed, titles)
    return Prepared(report, made, typed, rows, sections, titles, speech, names, shown)


def _more_rows(row: ItemRow) -> int:
    """Continuation rows for texts longer than a cell holds."""
    return max(len(pieces(text)) for text in (row.reason, row.note, row.standard, row.answer)) - 1


def sheet_titles(speech: Speech) -> dict[str, str]:
    return {key: speech.tr(f"xlsx.sheet_{key}")[:_TITLE] for key in SHEETS}
