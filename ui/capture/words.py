"""How the window names a visit, its places and the moment of saving."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from auditor.audit import Audit
from auditor.words import tr
from ui.capture.places import Place


def visit_words(audit: Audit) -> tuple[str, str]:
    """The outlet, and the kind of check, its wave and by whom."""
    header = audit.header
    title = header.branch_name or header.branch or str(audit.checklist.title)
    parts = (tr(f"common.kind.{header.kind}"), header.period, header.shopper)
    return title, " · ".join(part for part in parts if part)


def saved_words(at: datetime) -> str:
    """`已保存 10:31:05`: everything up to then is durable (P1)."""
    return tr("capture.saved", time=f"{at:%H:%M:%S}")


def names_of(places: Sequence[Place]) -> Mapping[str, str]:
    """What people call the paths of a score: sections, instances and items."""
    names: dict[str, str] = {}
    for place in places:
        for section in (*place.above, place.section):
            names.setdefault(section.id, str(section.title))
        names[place.key] = place.title()
        if place.instance and place.repeating is not None:
            names.setdefault(f"{place.repeat}#{place.instance}", place.title())
        names.update({place.path(item): str(item.text) for item in place.section.items})
    return names
