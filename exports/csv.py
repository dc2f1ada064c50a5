"""The items of one audit as CSV: UTF-8 with BOM for Excel and WPS, and no text that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from auditor.figures import plain
from exports.blocks import ItemRow, Report
from exports.speech import Speech

_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠", "|", "%")


def as_csv(report: Report) -> bytes:
    """One row per item: the columns of the conventions, then number, status, answer, note, clause and path; where
    nothing is scored, without the columns of points."""
    speech = Speech(report.lang)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_head(speech, scored=report.scored))
    for row in report.items:
        writer.writerow([one if isinstance(one, int) else _cell(one) for one in _cells(row, scored=report.scored)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _head(speech: Speech, *, scored: bool) -> Iterable[str]:
    keys = ("col.seq", "col.item", "col.standard", *(("col.full", "col.lost", "col.score") if scored else ()))
    more = ("col.number", "col.section", "col.status", "answer", "note_label", "basis_label", "col.path")
    reason, figures = speech.tr("common.reason"), speech.tr("report.col.figures").replace("\n", "")
    return [
        *(speech.tr(f"report.{key}") for key in keys),
        reason,
        figures,
        *(speech.tr(f"report.{key}") for key in more),
    ]


def _cells(row: ItemRow, *, scored: bool) -> Iterable[str | int | Decimal | None]:
    yield from (row.seq, row.name, row.standard)
    if scored:
        yield from (row.full, row.deducted, row.earned)
    yield "\n".join([*row.effects, row.reason]).strip()
    yield ", ".join(map(str, row.figures))
    yield from (row.number, row.section_title, row.status_text, row.answer, row.note, row.clause, row.path)


def _cell(value: str | int | Decimal | None) -> str:
    """Figures as they are; text that would start a formula behind an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Decimal | int):
        return plain(value)
    return f"'{value}" if value.lstrip(" \u3000\ufeff\u200b").startswith(_STARTS) else value
