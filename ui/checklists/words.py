"""How a checklist describes itself in one line."""

from __future__ import annotations

from auditor.checklist.model import Checklist, Item
from auditor.figures import plain
from auditor.words import tr

SECONDS_AN_ITEM = 25
"""What an item takes on average, for the estimate on the tile."""


def items(checklist: Checklist) -> int:
    """How many items somebody answers."""
    return sum(item.kind != "info" and not item.computed for item in checklist.items())


def minutes(checklist: Checklist) -> int:
    """About how long it takes: a multiple of five."""
    return max(5, round(items(checklist) * SECONDS_AN_ITEM / 60 / 5) * 5)


def facts(checklist: Checklist) -> str:
    """`32 项 · 约 15 分钟 · 满分 100`."""
    return tr("window.facts", items=items(checklist), minutes=minutes(checklist), scale=plain(checklist.scale))


def versioned(checklist: Checklist) -> str:
    return tr("window.version", version=checklist.version)


def kinds(item: Item) -> str:
    """The kind of an item as a person says it."""
    return tr("window.item.computed") if item.computed else tr(f"window.item.{item.kind}")
