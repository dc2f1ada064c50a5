"""Which photos are seen large: those of an answer, or those of a corrective action before or after it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from auditor.audit import Photo, PhotoStage
from auditor.words import tr
from ui.session import AuditSession


class Album(QObject):
    """The photos at a path; with a `stage` those of its corrective action, which may change after finishing too."""

    changed = Signal()
    """They may be others now."""

    def __init__(self, session: AuditSession, path: str, stage: PhotoStage = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._path, self.stage = session, path, stage
        if stage:
            session.findings_changed.connect(self._on_findings)
        else:
            session.answer_changed.connect(self._on_answer)

    @property
    def photos(self) -> tuple[Photo, ...]:
        if not self.stage:
            return self._session.current(self._path).photos
        found: tuple[Photo, ...] = getattr(self._session.correcting.finding(self._path), self._field)
        return found

    @property
    def read_only(self) -> bool:
        return not self._session.correcting.allowed if self.stage else self._session.read_only

    @property
    def title(self) -> str:
        """What the photos are of."""
        item = str(self._session.item(self._path).text)
        return f"{tr(f'corrective.{self._field}')} · {item}" if self.stage else item

    def put(self, photos: tuple[Photo, ...]) -> bool:
        """The photos that remain, in order; True when saved."""
        if not self.stage:
            return self._session.set_photos(self._path, photos)
        finding = self._session.correcting.finding(self._path)
        return self._session.correcting.set(self._path, replace(finding, **{self._field: photos}))  # type: ignore[arg-type]

    def _on_answer(self, path: str) -> None:
        if path == self._path:
            self.changed.emit()

    def _on_findings(self, paths: set[str]) -> None:
        if self._path in paths:
            self.changed.emit()

    @property
    def _field(self) -> str:
        return f"photos_{self.stage}"
