"""How a workbook that is filled in outside the program is known again: exports write these marks, checklists read them.

Columns are found by marks in a hidden row and rows by ids in a hidden column, so that sheets may be renamed and rows
and columns moved. A hidden sheet says what the workbook belongs to.
"""

from __future__ import annotations

import hashlib
from typing import Literal

IDENTITY = "branch-auditor"
"""Title of the hidden sheet, and what stands in its first cell."""
FORMAT = 1
Purpose = Literal["fill", "reply"]

MARKED_ROW = 3
"""The hidden row of the marks, on sheets for people."""
HEADING = "#"
"""In place of an id: a row of headings or of a form's foot, which is no row of the table."""


def mark(table: str, column: str) -> str:
    """What stands in the marked row above a column: `#items:answer`."""
    return f"#{table}:{column}"


def token(audit: str) -> str:
    """An audit's id as a reply to the branch carries it: it leads back to the audit and tells nothing of it (P7)."""
    return hashlib.sha256(f"{IDENTITY} {audit}".encode()).hexdigest()[:32]
