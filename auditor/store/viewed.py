"""An audit that is only looked at: damaged, of a newer program, or where nothing can be written (P2, design §5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from auditor import scoring
from auditor.contradictions import Contradiction
from auditor.errors import AuditorError
from auditor.scoring.tree import Score
from auditor.store import beside, photos
from auditor.store.library import Library
from auditor.store.load import Loaded


class ViewedAudit:
    """Reads like an `OpenAudit`; there is nothing in it that changes anything."""

    can_undo = can_redo = slow = short_of_space = False
    last_path = ""
    trouble = None

    def __init__(self, loaded: Loaded, library: Library, why: AuditorError) -> None:
        self._loaded = loaded
        self._library = library
        self.why = why
        """Why it is only looked at: of a damaged audit the file, the line, and what survives."""
        self.audit = replace(loaded.audit, read_only=loaded.audit.read_only or why.key)
        self.closed = False

    @cached_property
    def score(self) -> Score:
        """Of a damaged audit what its surviving answers come to; it is never called a result."""
        return scoring.current(self.audit)

    @property
    def saved_at(self) -> datetime:
        """When the last change that is here became durable."""
        return datetime.fromisoformat(self._loaded.reading.lines[-1].body.at)

    def photo_path(self, sha256: str) -> Path:
        return photos.path_in(self._loaded.folder, sha256)

    def contradictions(self) -> tuple[Contradiction, ...]:
        """None in a damaged audit: what is missing would contradict."""
        if self.audit.state == "damaged":
            return ()
        return beside.found(self._library, self._loaded.folder, self.audit, self.score)

    def recover(self) -> bool:
        """There is nothing to go on with."""
        return True

    def close(self) -> None:
        self.closed = True
