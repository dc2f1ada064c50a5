"""What a filled workbook says of the visit itself: outlet, day and times, who, in which scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from auditor.audit import Header
from auditor.checklist.model import Item
from auditor.errors import AuditorError
from auditor.kinds import KINDS
from checklists.workbook_answers import Sheets, plain
from checklists.workbook_file import Record, as_text
from checklists.yaml_nodes import short

_DAY = Item.model_validate({"id": "day", "kind": "date", "text": "day"})
_CLOCK = Item.model_validate({"id": "clock", "kind": "time", "text": "clock"})
_PLAIN = ("branch", "branch_name", "shopper", "period", "summary", "narrative")


def read_header(sheets: Sheets) -> Header | None:
    """The header with what the workbook says of it; what it leaves empty stays. None where it says nothing new."""
    rows = {record.text("path"): record for record in sheets.book.tables.get("header", [])}
    known = sheets.audit.header
    said: dict[str, Any] = {}
    for name in _PLAIN:
        words = _text(sheets, rows, name)
        if words:
            said[name] = words
    lines = tuple(filter(None, (one.strip() for one in _text(sheets, rows, "highlights").split("\n"))))
    if lines:
        said["highlights"] = lines
    for name, key in (("kind", "kinds"), ("scenario", "scenarios")):
        record = rows.get(f"header.{name}")
        raw = sheets.value(record, "value") if record else None
        if record and raw is not None:
            said[name] = sheets.listed(key, raw, record["value"]) or getattr(known, name)
    said |= _times(sheets, rows, known)
    header = replace(known, **said)
    return None if header == known else header


def _text(sheets: Sheets, rows: Mapping[str, Record], name: str) -> str:
    record = rows.get(f"header.{name}")
    return sheets.text(record, "value") if record else ""


def _times(sheets: Sheets, rows: Mapping[str, Record], known: Header) -> dict[str, str]:
    """Start and end of the visit, in the offset it was started with."""
    day, start, left = (_taken(sheets, rows, name) for name in ("date", "start", "left"))
    if not (day or start or left):
        return {}
    before = datetime.fromisoformat(known.visited)
    on = date.fromisoformat(day) if day else before.date()
    at = time.fromisoformat(start) if start else before.time()
    if start and before.time().replace(second=0, microsecond=0) == at:
        at = before.time()
    visited = datetime.combine(on, at, before.tzinfo)
    found = {"visited": visited.isoformat(timespec="seconds")} if visited != before else {}
    if left:
        end = datetime.combine(on, time.fromisoformat(left), before.tzinfo)
        shown = known.left and datetime.fromisoformat(known.left).replace(second=0) == end
        found |= {} if shown else {"left": end.isoformat(timespec="seconds")}
    return found


def _taken(sheets: Sheets, rows: Mapping[str, Record], name: str) -> str:
    """A day `YYYY-MM-DD` or a clock time."""
    record = rows.get(f"header.{name}")
    raw = sheets.value(record, "value") if record else None
    if record is None or raw is None:
        return ""
    item = _DAY if name == "date" else _CLOCK
    try:
        return str(KINDS[item.kind].accept(item, plain(item.kind, raw)) or "")
    except AuditorError:
        sheets.refuse("day" if name == "date" else "time", record["value"], text=short(as_text(raw)))
        return ""
