"""The snapshot of a checklist that travels with each audit (design §1), and its fingerprint (S9)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from auditor.checklist.model import FORMAT, Checklist


def dump(checklist: Checklist) -> dict[str, Any]:
    """The checklist as plain JSON values, without what equals its default; `load` gives back an equal checklist."""
    plain = checklist.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return {"format": FORMAT, **plain}


def load(snapshot: Mapping[str, Any]) -> Checklist:
    """The checklist of a snapshot. Raises pydantic's ValidationError when it is none."""
    return Checklist.model_validate(dict(snapshot))


def fingerprint(checklist: Checklist) -> str:
    """SHA-256 (hex) of the canonical JSON of the snapshot: the same for equal checklists, however they were written."""
    text = json.dumps(dump(checklist), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
