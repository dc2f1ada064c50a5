"""`auditor show FILE.pdf`: what a report carries, without the audit it was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from auditor.errors import Problem
from auditor.text import clean_text
from auditor.words import tr
from exports.pdf.attached import Attached, read_back
from ui.commands.outcome import Outcome

_LONGEST = 300


def show_file(path: Path) -> Outcome:
    """The attached document as it is for `--json`, else whose it is and what it came to. Raises `pdf.*`, `store.*`."""
    found = read_back(path)
    changed = [Problem("pdf.changed", {"file": str(path)}, file=str(path))] if found.checked == "changed" else []
    return Outcome(found.report, "\n".join(_told(found)), changed)


def _told(found: Attached) -> list[str]:
    report = found.report
    result = report["result"]
    total = _word(result.get("total")) or "–"
    said = "  ".join(filter(None, (_word(result.get("grade")), _word(result.get("verdict")))))
    lines = [_word(report["title"]), _word(report["branch"])]
    if report.get("audit"):
        lines.append(tr("pdf.audit", id=_word(report["audit"])))
    name = "pdf.copy_draft" if report["draft"] else "pdf.copy"
    lines.append(tr(name, copy=_word(report.get("copy_name") or report["copy"]), revision=_word(report["revision"])))
    if report.get("day"):
        lines.append(tr("pdf.visited", day=_day(_word(report["day"]))))
    if report.get("scored", True):
        lines.append(f"{tr('common.score')}{tr('common.colon')}{total} / {_word(result.get('scale'))}  {said}".rstrip())
    items, losses, photos = (_count(report.get(name)) for name in ("items", "losses", "photos"))
    lines.append(tr("pdf.counts", items=items, losses=losses, photos=photos))
    if found.checked != "changed":
        lines.append(tr(f"pdf.{found.checked}"))
    if found.signed:
        lines.append(tr("pdf.signed"))
    return [line for line in lines if line]


def _word(value: Any) -> str:
    """One line for a terminal: the file may come from anywhere."""
    return "" if value is None else " ".join(clean_text(str(value)[:_LONGEST]).split())


def _day(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdigit() else day


def _count(value: Any) -> int:
    return len(value) if isinstance(value, list) else 0
