"""Clock times and moments of a visit: which is before which, as precisely as both are known."""

from __future__ import annotations

from datetime import datetime, timedelta

from auditor.audit import Audit

CAMERA_SLACK = timedelta(minutes=10)
"""By how much a camera's clock may be slow."""
_ELSEWHERE = ("offsite", "self")
"""Kinds of check whose times need not lie between the visit's start and end: recordings, a day's own work."""


def is_clock(text: str) -> bool:
    """Whether a header field, which takes any text, holds `HH:MM` or `HH:MM:SS`."""
    parts = text.split(":")
    return len(parts) in (2, 3) and all(len(one) == 2 and one.isascii() and one.isdigit() for one in parts)


def is_before(one: str, other: str) -> bool:
    """Whether a clock time is before another, as precisely as both are given."""
    shared = min(len(one), len(other))
    return one[:shared] < other[:shared]


def bounds(audit: Audit) -> tuple[str, str] | None:
    """Minutes of the visit's start and end ("" when it is unknown or on another day); None where they bind no
    time, or are unknown."""
    start, end = moment(audit.header.visited), moment(audit.header.left)
    if start is None or audit.header.kind in _ELSEWHERE:
        return None
    known = end is not None and end.date() == start.date()
    return f"{start:%H:%M}", f"{end:%H:%M}" if known else ""


def moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def is_older(taken: datetime, visited: datetime) -> bool:
    """A camera mostly tells local time without its offset: then clock is compared with clock."""
    if taken.tzinfo is None or visited.tzinfo is None:
        taken, visited = taken.replace(tzinfo=None), visited.replace(tzinfo=None)
    return taken < visited - CAMERA_SLACK
