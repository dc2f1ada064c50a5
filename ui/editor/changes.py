"""What the editor does to its document: pure steps, each saying which node is chosen afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checklists import templates
from checklists.editing import Document
from checklists.tree import Path, ids, with_value
from ui.editor import moves
from ui.editor.surroundings import Place


def put(document: Document, path: Path, place: Place | None, changes: Mapping[Path, Any]) -> None:
    """Changes of one node as one step. Another id is another name everywhere; another kind drops what it cannot say."""
    if place is not None and ("id",) in changes:
        if changes["id",]:
            document.rename(path, changes["id",])
        return
    tree: Any = document.root
    if place is not None and place.is_item and ("kind",) in changes:
        tree = with_value(tree, path, templates.of_other_kind(place.raw, changes["kind",] or "choice"))
    else:
        for inner, value in changes.items():
            tree = with_value(tree, (*path, *inner), value)
    document.change(lambda _: tree, path)


def act(document: Document, path: Path, name: str) -> Path | None:
    """Add, duplicate, delete, or move by one; None where that cannot be done here."""
    if name in ("item", "section"):
        return _add(document, path, name)
    if not path:
        return None
    if name == "duplicate":
        return document.duplicate(path)
    if name == "delete":
        return _delete(document, path)
    target = moves.step(document, path, name == "lower")
    return document.move(path, *target) if target is not None else None


def allowed(document: Document, path: Path) -> set[str]:
    """What `act` could do here."""
    found = {"section"}
    if moves.home_for_item(document, path) is not None:
        found.add("item")
    if path:
        found |= {"duplicate", "delete"}
        steps = (("raise", False), ("lower", True))
        found |= {name for name, down in steps if moves.step(document, path, down) is not None}
    return found


def _add(document: Document, path: Path, kind: str) -> Path | None:
    taken = ids(document.root)
    section = kind == "section"
    target = moves.home_for_section(path) if section else moves.home_for_item(document, path)
    if target is None:
        return None
    at = min(target[1], len(document.get(target[0], [])))
    document.insert(target[0], at, templates.new_section(taken) if section else templates.new_item(taken))
    return (*target[0], at)


def _delete(document: Document, path: Path) -> Path:
    left = len(document.get(path[:-1], [])) - 1
    document.remove(path)
    return (*path[:-1], min(int(path[-1]), left - 1)) if left else path[:-2]
