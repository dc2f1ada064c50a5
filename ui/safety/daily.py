"""The backup of the day, made by the window that has the data folder for writing."""

from __future__ import annotations

from pathlib import Path

from auditor.errors import AuditorError


def back_up(folder: Path, chosen: Path | None) -> None:
    """At most once a day, beside whatever the window does; cheap when nothing changed. Raises `safety.away`,
    `store.*`."""
    from auditor.store import backups

    reachable(chosen)
    backups.daily(folder, chosen)


def reachable(chosen: Path | None) -> None:
    """Raises `safety.away` where a chosen backup folder is not there: a drive unplugged. It is never made anew, for
    that would be on the wrong drive."""
    if chosen is not None and not chosen.is_dir():
        raise AuditorError("safety.away", file=str(chosen))
