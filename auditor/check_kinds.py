"""The kinds of check (检查类型), and what some of them have in common. Loads nothing."""

from __future__ import annotations

from typing import Literal

CheckKind = Literal["mystery", "telephone", "announced", "cross", "offsite", "revisit", "self"]
CHECK_KINDS: tuple[CheckKind, ...] = ("mystery", "telephone", "announced", "cross", "offsite", "revisit", "self")
MYSTERY: tuple[CheckKind, ...] = ("mystery", "telephone")
"""Those of mystery shoppers."""
COVERT: tuple[CheckKind, ...] = (*MYSTERY, "revisit")
"""Those whose inspector the branch must not recognise (P7); a re-visit is counted among them to be safe."""
