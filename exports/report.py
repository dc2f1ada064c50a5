"""An audit and its score → a `Report` for one copy and language (design §7, report conventions)."""

from __future__ import annotations

from auditor.audit import Audit
from auditor.scoring.tree import Score
from exports.blocks import (
    Copy,
    Precision,
    Report,
)

__all__ = ["Report", "build"]


def build(
    audit: Audit,
    score: Score,
    *,
    copy: Copy = "compliance",
    lang: str = "zh",
    precision: Precision | None = None,
) -> Report:
    """The report of one audit: allow-listed values in `lang` (`zh`, `en`, `both`).

    `precision` of times is `exact`, or `half_day` in branch and public copies of covert visits, unless said.
    """
    raise NotImplementedError
