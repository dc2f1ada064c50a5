"""After a photo was blurred: the backups let go of it as it was."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from auditor.errors import AuditorError
from auditor.store import backups
from ui import background
from ui.session import AuditSession

if TYPE_CHECKING:
    from auditor.store import OpenAudit


def forget_in_backups(session: AuditSession, chosen: Path | None = None) -> None:
    """Take blurred originals out of the backups beside the data and of those in a chosen folder, off the window's
    thread; a failure is said."""
    folder = session.photo_path("").parents[4]
    work = partial(_forget, folder, session.audit.id, cast("OpenAudit", session.opened).blurred, chosen)
    background.run(work, lambda _: None, session.failed.emit)


def _forget(folder: Path, audit: str, blurred: frozenset[str], chosen: Path | None) -> None:
    """Raises `photos.backup_keeps`."""
    try:
        for target in {None, chosen}:
            backups.forget(folder, audit, target, photos=blurred)
    except AuditorError as error:
        raise AuditorError("photos.backup_keeps", said=str(error)) from error
