"""When jot mode is offered, and when an audit opens in it. Imported early: loads nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from auditor.check_kinds import COVERT, MYSTERY

if TYPE_CHECKING:
    from auditor.audit import Audit
    from ui.role.today import Person
    from ui.session import AuditSession


def offers_jotting(audit: Audit) -> bool:
    """Whether one can jot: a covert visit that can be changed."""
    return audit.header.kind in COVERT and audit.state == "draft" and not audit.read_only


def page_for(session: AuditSession | None, person: Person) -> str:
    """Where an audit opens: a shopper's covert visit in jot mode until it has an answer, a finished one at its
    result."""
    if session is None:
        return "home"
    audit = session.audit
    if audit.state == "finished":
        return "review"
    jots = person.role == "shopper" and audit.header.kind in MYSTERY and offers_jotting(audit)
    return "jot" if jots and not audit.answers else "capture"
