"""A checklist being edited: a plain tree changed by small operations, undone and redone, written back by splicing.

The tree is what the reader sees: text, lists and dicts; a change makes new containers along its path and leaves the
rest as it is, so a step of undo is the tree before it, and what nobody touched is found again in the source text.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from auditor.checklist.model import Checklist
from auditor.errors import Problem, ProblemsError
from checklists import reader, yaml_nodes
from checklists.splicing import Source
from checklists.tree import Path, find, free_id, get, ids, is_empty, last, renamed, with_value

MOST_STEPS = 500
"""Of undo."""


@dataclass(frozen=True, slots=True)
class Located:
    """A problem and the node it is about."""

    problem: Problem
    path: Path


class Document:
    """One checklist being edited. Raises ProblemsError where the text is no YAML mapping that can be changed."""

    def __init__(self, text: str, file: str = "") -> None:
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        text = text.replace("\r\n", "\n")
        root, problems = yaml_nodes.load(text, file)
        if problems or not isinstance(root, yaml_nodes.Mapping):
            found = problems or [Problem("checklist.not_a_checklist", {"file": file}, file)]
            raise ProblemsError("editor.cannot_edit", found, file=file, count=len(found))
        self._source = Source(text)
        self.root: dict[str, Any] = self._source.root
        self._saved: dict[str, Any] | None = self.root
        self._undo: list[tuple[dict[str, Any], Path]] = []
        self._redo: list[tuple[dict[str, Any], Path]] = []
        self._written: tuple[Any, str] = (self.root, text)

    # --- reading

    def get(self, path: Path, default: Any = None) -> Any:
        """What stands at a path, or the default."""
        try:
            return get(self.root, path)
        except (KeyError, IndexError, TypeError):
            return default

    def text(self) -> str:
        """The document as YAML."""
        if self._written[0] is not self.root:
            self._written = self.root, self._source.text_with(self.root)
        return self._written[1].replace("\n", self._line_end)

    def check(self) -> tuple[Checklist | None, list[Located]]:
        """The checklist, or None while it has errors; and every problem with the node it is about."""
        return checked(self.text())

    @property
    def changed(self) -> bool:
        """Whether it says something else than when it was opened or last saved."""
        return self.root is not self._saved and self.root != self._saved

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        return bool(self._redo)

    def mark_saved(self) -> None:
        self._saved = self.root

    def mark_unsaved(self) -> None:
        """What is here is in no file yet (a copy, a restored draft)."""
        self._saved = None

    # --- changing

    def put(self, path: Path, value: Any) -> None:
        """Give a key a value; None or nothing in it takes the key away. The same value is no step."""
        before = self.get(path)
        if value == before or (before is None and is_empty(value)):
            return
        self._step(with_value(self.root, path, None if is_empty(value) else value), path[:-1])

    def insert(self, place: Path, at: int, value: Any) -> None:
        """Put an entry into a list; a list that is not there yet is made."""
        entries = self._list(place)
        at = max(0, min(at, len(entries)))
        self._step(with_value(self.root, place, [*entries[:at], value, *entries[at:]]), (*place, at))

    def remove(self, path: Path) -> None:
        """Take an entry out of its list; a list that is empty then goes, unless it is the checklist's own."""
        place, at = path[:-1], last(path)
        left = [one for n, one in enumerate(self._list(place)) if n != at]
        self._step(with_value(self.root, place, left or ([] if len(place) == 1 else None)), place[:-1])

    def move(self, path: Path, place: Path, at: int) -> Path:
        """Put an entry into another place, counted before it is taken out; where it then is."""
        if place[: len(path)] == path:
            return path
        value, target = self.get(path), self._list(place)
        marker: dict[str, Any] = {}
        tree = with_value(self.root, place, [*target[:at], marker, *target[at:]])
        own = path
        if path[:-1] == place and last(path) >= at:
            own = (*place, last(path) + 1)
        source = [one for n, one in enumerate(get(tree, own[:-1])) if n != last(own)]
        tree = with_value(tree, own[:-1], source or ([] if len(own) == 2 else None))
        found = find(tree, marker)
        self._step(with_value(tree, found, value), found)
        return found

    def duplicate(self, path: Path) -> Path:
        """A copy right after an entry, with ids of its own; what it said about itself goes along."""
        value = copy.deepcopy(self.get(path))
        taken = ids(self.root)
        for old in ids(value) if path[-2] in ("items", "sections") else ():
            new = free_id(re.sub(r"_\d+$", "", old), taken)
            taken.add(new)
            value = renamed(value, old, new)
        if path[-2] not in ("items", "sections") and isinstance(value, dict) and "id" in value:
            others = {one.get("id") for one in self._list(path[:-1]) if isinstance(one, dict)}
            value["id"] = free_id(re.sub(r"_\d+$", "", str(value["id"])), others)
        after = (*path[:-1], last(path) + 1)
        self.insert(path[:-1], last(path) + 1, value)
        return after

    def rename(self, path: Path, new: str) -> None:
        """Another id for an item or section, and for all that names it."""
        old = self.get((*path, "id"))
        if isinstance(old, str) and new and new != old:
            self._step({**self.root, "sections": renamed(self.root.get("sections"), old, new, "sections")}, path)

    def change(self, make: Callable[[dict[str, Any]], dict[str, Any]], where: Path = ()) -> None:
        """Any change of the whole as one step."""
        self._step(make(self.root), where)

    def undo(self) -> Path:
        """Take the last step back; where it was."""
        return self._swap(self._undo, self._redo)

    def redo(self) -> Path:
        return self._swap(self._redo, self._undo)

    def _swap(self, source: list[tuple[dict[str, Any], Path]], target: list[tuple[dict[str, Any], Path]]) -> Path:
        tree, where = source.pop()
        target.append((self.root, where))
        self.root = tree
        return where

    def _step(self, tree: dict[str, Any], where: Path) -> None:
        if tree is self.root or tree == self.root:
            return
        self._undo = [*self._undo[-MOST_STEPS + 1 :], (self.root, where)]
        self._redo = []
        self.root = tree

    def _list(self, place: Path) -> list[Any]:
        found = self.get(place)
        return found if isinstance(found, list) else []


def checked(text: str) -> tuple[Checklist | None, list[Located]]:
    """What the reader says of a document's text, each problem with its node."""
    checklist, problems = reader.check_text(text)
    root, _ = yaml_nodes.load(text, "")
    return checklist, [Located(one, path_at(root, one.line, one.column)) for one in problems]


def path_at(root: Any, line: int, column: int) -> Path:
    """The innermost node of `yaml_nodes.load` at a place of its text."""
    path: Path = ()
    node: Any = root
    wanted = (line - 1, column - 1)
    while type(node) in (yaml_nodes.Mapping, yaml_nodes.Listing):
        if type(node) is yaml_nodes.Mapping:
            starts: Iterable[tuple[str | int, Any]] = [(key, marks[0]) for key, marks in node.places.items()]
        else:
            starts = list(enumerate(node.places))
        before = [(step, mark) for step, mark in starts if (mark.line, mark.column) <= wanted]
        if not before:
            break
        step = max(before, key=lambda one: (one[1].line, one[1].column))[0]
        path, node = (*path, step), node[step]
    return path
