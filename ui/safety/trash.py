"""How a deleted audit is called, in the window and by command."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from auditor.words import tr

if TYPE_CHECKING:
    from auditor.audit import Audit


class Deleted(NamedTuple):
    """One audit in the trash."""

    audit: str
    words: str


def deleted(audit: str, found: Audit | None) -> Deleted:
    """What to call it; by its id where it cannot be read any more."""
    if found is None:
        return Deleted(audit, f"{audit} · {tr('common.state.damaged')}")
    header = found.header
    parts = (header.branch_name or header.branch or tr("window.no_branch"), header.visited[:10])
    return Deleted(audit, " · ".join((*parts, str(found.checklist.title), tr(f"common.state.{found.state}"))))
