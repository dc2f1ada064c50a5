"""Where an item or section can go: by one step, or dropped somewhere. Pure functions of the document."""

from __future__ import annotations

from typing import Any

from checklists.editing import Document
from checklists.tree import Path

Target = tuple[Path, int]


def dropped(document: Document, path: Path, place: Path, at: int) -> Target | None:
    """Where something dropped at a place of the outline goes; None where it cannot."""
    if place[: len(path)] == path:
        return None
    owner, wanted = place[:-1], path[-2]
    if wanted == place[-1]:
        return (place, at) if not owner or _takes(document, owner, str(wanted)) else None
    if wanted == "sections":
        return ((*owner, "sections"), at) if owner and _takes(document, owner, "sections") else None
    beside = (*place, max(0, at - 1))
    return ((*beside, "items"), 99_999) if _takes(document, beside, "items") else None


def step(document: Document, path: Path, down: bool) -> Target | None:
    """One place up or down; an item at the end of its section goes on into the next that takes items."""
    place, at = path[:-1], int(path[-1])
    to = at + (2 if down else -1)
    if 0 <= to <= len(document.get(place, [])):
        return place, to
    if path[-2] != "items":
        return None
    homes = [one for one in _sections(document.root) if _takes(document, one, "items")]
    here = homes.index(path[:-2]) if path[:-2] in homes else -1
    there = here + (1 if down else -1)
    if here < 0 or not 0 <= there < len(homes):
        return None
    return (*homes[there], "items"), 0 if down else 99_999


def home_for_item(document: Document, path: Path) -> Target | None:
    """Where a new item goes: after the chosen one, else at the end of the chosen section or the last that takes it."""
    if path and path[-2] == "items":
        return path[:-1], int(path[-1]) + 1
    if path and _takes(document, path, "items"):
        return (*path, "items"), 99_999
    homes = [one for one in _sections(document.root) if one[: len(path)] == path and _takes(document, one, "items")]
    return ((*homes[-1], "items"), 99_999) if homes else None


def home_for_section(path: Path) -> Target:
    """Where a new section goes: after the one chosen, or the one the chosen item stands in."""
    while path and path[-2] != "sections":
        path = path[:-2]
    return (path[:-1], int(path[-1]) + 1) if path else (("sections",), 99_999)


def _takes(document: Document, section: Path, kind: str) -> bool:
    """Whether a section can take items, or sections: it holds one of the two."""
    node: Any = document.get(section)
    other = "sections" if kind == "items" else "items"
    return isinstance(node, dict) and not node.get(other)


def _sections(root: Any, place: Path = ("sections",)) -> list[Path]:
    found: list[Path] = []
    node = root.get("sections") if isinstance(root, dict) else None
    for n, section in enumerate(node if isinstance(node, list) else []):
        found += [(*place, n), *_sections(section, (*place, n, "sections"))]
    return found
