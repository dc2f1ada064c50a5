"""The plain tree of a checklist being edited. A change makes a new tree and shares with the old what it left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Band, Option
from auditor.errors import AuditorError

Path = tuple[str | int, ...]


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


ORDERS = {"items": _keys(Item), "sections": _keys(Section), "options": _keys(Option), "bands": _keys(Band)}
"""Where a new key goes, by the list its owner stands in."""
_TOP = _keys(Checklist)


def ids(tree: Any) -> set[str]:
    """The ids of every section and item in a tree, and of header fields; options have theirs to themselves."""
    found: set[str] = set()
    todo = [tree]
    while todo:
        node = todo.pop()
        if not isinstance(node, dict):
            continue
        if isinstance(node.get("id"), str) and "version" not in node:
            found.add(node["id"])
        repeat = node.get("repeat")
        for key, owner in (("items", node), ("sections", node), ("header", repeat)):
            inner = owner.get(key) if isinstance(owner, dict) else None
            todo += inner if isinstance(inner, list) else []
    return found


def free_id(stem: str, taken: Iterable[Any]) -> str:
    """`stem_2`, `stem_3` …: the first nobody has."""
    known = set(taken)
    return next(name for n in range(2, len(known) + 4) if (name := f"{stem[:56]}_{n}") not in known)


def next_version(version: str) -> str:
    """The version after one: its last number plus one."""
    hit = re.search(r"\d+(?=\D*$)", version)
    return version[: hit.start()] + str(int(hit[0]) + 1) + version[hit.end() :] if hit else f"{version} 2".strip()


_NAMING = frozenset({"lose", "skip", "id"})
_NAMED_APART = frozenset({"options", "bands", "faults", "grades", "personas", "scenarios"})
"""Lists whose ids are a world of their own."""
_EXPRESSIONS = frozenset({"show_if", "require_if", "valid_if", "value"})


def renamed(tree: Any, old: str, new: str, key: str = "") -> Any:
    """A tree in which an item or section has another id, wherever it is named; options keep theirs."""
    if isinstance(tree, dict):
        made = {k: renamed(v, old, new, k) for k, v in tree.items()}
        return tree if all(made[k] is tree[k] for k in tree) else made
    if isinstance(tree, list):
        inner = [_apart(one, old, new) if key in _NAMED_APART else renamed(one, old, new, key) for one in tree]
        return tree if all(a is b for a, b in zip(inner, tree, strict=True)) else inner
    if not isinstance(tree, str):
        return tree
    if key in _NAMING:
        return new if tree == old else tree
    if key in _EXPRESSIONS:
        text = re.sub(rf"(?<![\w\"'-]){re.escape(old)}(?![\w\"'-])", new, tree)
        return tree if text == tree else text
    return tree


def _apart(entry: Any, old: str, new: str) -> Any:
    """An option, say: what it loses and skips is renamed, its own id and those it replaces are not."""
    if not isinstance(entry, dict):
        return entry
    made = {k: renamed(v, old, new, k) if k in ("lose", "skip") else v for k, v in entry.items()}
    return entry if all(made[k] is entry[k] for k in entry) else made


def is_empty(value: Any) -> bool:
    return value is None or value in ("", {}, [])


def last(path: Path) -> int:
    step = path[-1]
    assert isinstance(step, int)
    return step


def get(tree: Any, path: Path) -> Any:
    for step in path:
        tree = tree[step]
    return tree


def with_value(tree: Any, path: Path, value: Any, inside: str = "") -> Any:
    """The tree with another value at a path; None takes a key away. Containers that are missing are made."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        entries = list(tree)
        entries[step] = with_value(entries[step], rest, value, inside)
        return entries
    made = dict(tree) if isinstance(tree, dict) else {}
    inner = with_value(made.get(step), rest, value, step)
    if inner is None or (inner == {} and rest):
        made.pop(step, None)
        return made
    if step in made:
        made[step] = inner
        return made
    return _with_key(made, step, inner, ORDERS.get(inside, _TOP))


def _with_key(owner: dict[str, Any], key: str, value: Any, order: list[str]) -> dict[str, Any]:
    """The new key after the last one that comes before it by the order of the format."""
    rank = {name: n for n, name in enumerate(order)}
    mine = rank.get(key, len(order))
    behind = max((n for n, name in enumerate(owner, 1) if rank.get(name, len(order)) <= mine), default=0)
    entries = list(owner.items())
    return dict([*entries[:behind], (key, value), *entries[behind:]])


def find(tree: Any, marker: dict[str, Any], path: Path = ()) -> Path:
    """Where an object is."""
    todo: list[tuple[Any, Path]] = [(tree, path)]
    while todo:
        node, here = todo.pop()
        if node is marker:
            return here
        if isinstance(node, dict):
            todo += [(inner, (*here, key)) for key, inner in node.items()]
        elif isinstance(node, list):
            todo += [(inner, (*here, n)) for n, inner in enumerate(node)]
    raise AuditorError("editor.lost_place")
