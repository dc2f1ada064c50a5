"""Where recent visits lost most points: read from the audits, off the window's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor import scoring
from auditor.errors import AuditorError
from ui.library.cards import Losses

if TYPE_CHECKING:
    from auditor.checklist.parts import Text
    from auditor.store import Store

MOST_SECTIONS = 3


def losses(store: Store, audits: list[str]) -> Losses:
    """Where these audits, all of one checklist and version, lost most points a visit, without damaged ones (P4)."""
    totals: dict[str, float] = {}
    names: dict[str, Text] = {}
    count = 0
    for audit in audits:
        try:
            read = store.read(audit)
        except AuditorError:
            continue
        if read.state != "finished":
            continue
        score = scoring.current(read)
        count += 1
        for section, _ in read.checklist.walk():
            names.setdefault(section.id, section.title)
        for item in score.items:
            section_id = item.section.partition("#")[0].rpartition("/")[2]
            totals[section_id] = totals.get(section_id, 0.0) + float(item.deducted)
    known = ((lost / count, name) for name, lost in totals.items() if lost > 0 and name in names)
    most = sorted(known, reverse=True)[:MOST_SECTIONS]
    return Losses(tuple((names[name], lost) for lost, name in most), count)
