"""The change history of an audit as a report tells it: milestones, and every change after the first finishing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC

from auditor.audit import Audit, split_path
from auditor.jotting import span
from auditor.store.history import Edit, Entry
from auditor.words import tr
from exports.blocks import HistoryRow
from exports.moments import moment
from exports.speech import Speech

MOST = 400
"""Rows printed; what is more is counted."""
_LONG = 160


def history_rows(audit: Audit, entries: Sequence[Entry], speech: Speech) -> tuple[HistoryRow, ...]:
    """What happened, oldest first. Trap items and answers not in force are left out, as everywhere in a report.

    Before the first finishing the answers are counted, not listed: the item table shows what they came to.
    """
    traps = {item.id for item in audit.checklist.items() if item.trap}
    rows = tuple(_rows(entries, traps, audit.set_aside, audit.header.left, speech))
    if len(rows) <= MOST:
        return rows
    return (*rows[:MOST], HistoryRow("", "", speech.tr("report.history.more", n=len(rows) - MOST)))


def _rows(
    entries: Sequence[Entry], traps: set[str], set_aside: frozenset[str], left: str, speech: Speech
) -> Iterator[HistoryRow]:
    finished, counted, last = False, 0, ""
    for at, entry in enumerate(entries):
        edits = [one for one in entry.edits if split_path(one.path)[2] not in traps and one.path not in set_aside]
        state = next((one for one in edits if one.path == "state"), None)
        if state and counted and not finished:
            yield HistoryRow(last, entry.who, speech.tr("report.history.filled", n=counted))
            counted = 0
        when, last = _when(entry), _when(entry)
        if not at or state:
            words = [speech.say(entry.title), state.after if state else "", _after_leaving(entry, left, speech)]
            yield HistoryRow(when, entry.who, " · ".join(filter(None, words)))
        for edit in edits:
            if finished and edit is not state:
                yield HistoryRow(when, entry.who, _change(edit, speech))
            elif edit is not state and at:
                counted += 1
        finished = finished or state is not None
    if counted:
        yield HistoryRow(last, entries[-1].who, speech.tr("report.history.filled", n=counted))


def _after_leaving(entry: Entry, left: str, speech: Speech) -> str:
    """How long after leaving the visit was finished (jot, then complete); "" where that is not known."""
    gone, done = moment(left), moment(entry.at)
    if entry.what != "finish" or gone is None or done is None:
        return ""
    seconds = (done.astimezone(UTC) - gone.astimezone(UTC)).total_seconds()
    return speech.say(lambda: tr("jot.completed_after", duration=span(seconds))) if seconds >= 0 else ""


def _when(entry: Entry) -> str:
    return entry.at[:16].replace("T", " ")


def _change(edit: Edit, speech: Speech) -> str:
    nothing = speech.tr("common.no_score")
    before, after = (_cut(one) or nothing for one in (edit.before, edit.after))
    return speech.tr("report.history.change", title=edit.title, before=before, after=after)


def _cut(text: str) -> str:
    return text if len(text) <= _LONG else text[:_LONG] + "…"
