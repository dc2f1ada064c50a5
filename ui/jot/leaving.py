"""How long ago the shopper left, in words: a visit is completed within two hours (`jotting.COMPLETE_WITHIN`)."""

from __future__ import annotations

from datetime import datetime

from auditor import jotting
from auditor.audit import Audit
from auditor.words import tr


def leaving_words(audit: Audit, now: datetime) -> tuple[str, bool]:
    """The sentence, and whether the two hours are over; ("", False) while he is there."""
    since = jotting.since_leaving(audit, now)
    if since is None:
        return "", False
    over = since > jotting.COMPLETE_WITHIN
    return tr("jot.since_over" if over else "jot.since", duration=jotting.span(since)), over
