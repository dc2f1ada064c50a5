"""Corrective actions of an open audit: what is changed about them, and their photos on the way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from auditor.audit import Finding, Photo, PhotoStage
from auditor.store.photos import Picture
from ui.photos.intake import Coming, Intake

if TYPE_CHECKING:
    from auditor.store import OpenAudit
    from ui.session import AuditSession


class Correcting(QObject):
    """Findings may change after finishing, when no answer can; what failed is said through the session's `failed`."""

    def __init__(self, session: AuditSession) -> None:
        super().__init__(session)
        self._session = session
        self._intake: Intake | None = None

    @property
    def allowed(self) -> bool:
        """Whether a corrective action can be changed now."""
        return self._session.why_viewed is None and not self._session.audit.read_only

    def finding(self, path: str) -> Finding:
        """What is saved; an empty one where nobody took the loss up."""
        return self._session.audit.findings.get(path, Finding())

    def set(self, path: str, finding: Finding) -> bool:
        return self.set_all({path: finding})

    def set_all(self, findings: Mapping[str, Finding]) -> bool:
        """Several at once: one gesture, one line of the journal. True when saved."""
        changed = {path: one for path, one in findings.items() if one != self.finding(path)}
        if not changed:
            return True
        rows = {path: None if one.empty else one for path, one in changed.items()}
        done = self._session.change(lambda opened: opened.set_findings(rows))
        if not done:
            self._session.findings_changed.emit(set(changed))
        return done

    def add_photos(self, path: str, sources: Sequence[Path | bytes], stage: PhotoStage) -> None:
        """Take photos of before or after in, off the window's thread, one by one."""
        if self._intake is None:
            folder = self._session.photo_path("").parent.parent
            self._intake = Intake(folder, self._keep, self._session.failed.emit)
        self._intake.take(path, sources, stage)

    def take_from_answer(self, path: str) -> bool:
        """The photos of the check become those of before."""
        finding, known = self.finding(path), {one.sha256 for one in self.finding(path).photos_before}
        more = [one for one in self._session.current(path).photos if one.stage != "after" and one.sha256 not in known]
        return self.set(path, replace(finding, photos_before=(*finding.photos_before, *_staged(more, "before"))))

    def stop(self) -> None:
        if self._intake is not None:
            self._intake.stop()

    def _keep(self, coming: Coming, picture: Picture) -> None:
        def work(opened: OpenAudit) -> None:
            kept = replace(opened.keep_photo(picture, coming.name), stage=coming.stage)
            finding = self.finding(coming.path)
            name = f"photos_{coming.stage}"
            there: tuple[Photo, ...] = getattr(finding, name)
            if all(one.sha256 != kept.sha256 for one in there):
                opened.set_findings({coming.path: replace(finding, **{name: (*there, kept)})})  # type: ignore[arg-type]

        self._session.change(work)


def _staged(photos: Sequence[Photo], stage: PhotoStage) -> list[Photo]:
    return [replace(one, stage=stage) for one in photos]
