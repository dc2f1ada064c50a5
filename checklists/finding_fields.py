"""The `finding` of an answers file: what is to be put right at a path, by whom and by when (整改)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from auditor.audit import Finding, Photo
from auditor.checklist.model import Item
from auditor.errors import AuditorError
from auditor.guess import nearest
from auditor.kinds import KINDS
from checklists import yaml_nodes
from checklists.yaml_nodes import short

if TYPE_CHECKING:
    from checklists.answers import Keep, Reading

TEXTS = ("required", "measure", "owner", "checked_by", "remark")
DAYS = ("due", "done_on", "cleared_on")
PHOTOS = ("photos_before", "photos_after")
KEYS = (*TEXTS, *DAYS, *PHOTOS)

_DAY = Item.model_validate({"id": "day", "kind": "date", "text": "day"})


class FindingFields:
    """The findings of one file; what is wrong goes to the file's problems."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.found: dict[str, Finding | None] = {}
        self._photos: dict[tuple[str, str], list[tuple[Path, yaml_nodes.Path]]] = {}

    def read(self, path: str, raw: Any, at: yaml_nodes.Path) -> None:
        """One finding, whole: what it does not name is empty; an empty mapping takes the finding away."""
        reading = self._reading
        if reading.paths.is_header(path):
            reading.refuse("header_text", at, path=path)
            return
        if not isinstance(raw, dict):
            reading.refuse("finding_wanted", at)
            return
        for key in raw.keys() - set(KEYS):
            guess = nearest(key, KEYS)
            name = "unknown_finding_key_guess" if guess else "unknown_finding_key"
            reading.refuse(name, (*at, key), of_key=True, key=short(key), guess=guess)
        said = {key: reading.text(key, raw[key], (*at, key)) for key in (*TEXTS, *DAYS) if key in raw}
        for key in DAYS:
            if said.get(key):
                said[key] = self._day(said[key], (*at, key))
        for key in PHOTOS:
            if key in raw:
                self._photos[path, key] = reading.files(raw[key], (*at, key))
        finding = replace(Finding(), **said)  # type: ignore[arg-type]
        photos = any(self._photos.get((path, key)) for key in PHOTOS)
        self.found[path] = None if finding.empty and not photos else finding

    def with_photos(self, keep: Keep) -> dict[str, Finding | None]:
        """The findings with their photos, each kept."""
        for (path, key), files in self._photos.items():
            kept = [self._reading.taken(partial(keep, file), at) for file, at in files]
            photos: dict[str, Photo] = {one.sha256: one for one in kept if one is not None}
            self.found[path] = replace(self.found[path] or Finding(), **{key: tuple(photos.values())})  # type: ignore[arg-type]
        return self.found

    def _day(self, text: str, at: yaml_nodes.Path) -> str:
        try:
            return str(KINDS["date"].accept(_DAY, text))
        except AuditorError:
            self._reading.refuse("day", at, text=short(text))
            return ""
