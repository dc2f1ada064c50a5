"""What has been chosen on the start page so far."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QDateTime

from auditor.checklist.model import CheckKind
from ui.start.branch_picker import Choice


class Kept(NamedTuple):
    """What has been chosen so far, for the same page built anew in another language or look."""

    checklist: str
    kind: CheckKind | None
    scenario: str
    branch: Choice | None
    alias: str
    moment: QDateTime
    wanted: str
