"""YAML as text, lists and mappings that know their place in the file; nothing else (design §3).

Built from libyaml's event stream, never its composer: the composer recurses in C and dies on a megabyte of `[`, the
stream stops at our depth. Every scalar stays the text that was typed. Duplicate keys, anchors, aliases, tags and
merge keys are Problems; the node is built all the same, so that the rest of the file is checked in one go.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from auditor.errors import Problem
from checklists.yaml_words import syntax_problems

DEEPEST = 32
MOST_NODES = 200_000
MOST_ENTRIES = 5_000
"""Of one list or mapping."""
MOST_PROBLEMS = 500

Path = tuple[str | int, ...]


class Mapping(dict[str, Any]):
    """A YAML mapping; `places` holds the marks of each key and of its value."""

    __slots__ = ("at", "pending", "places")

    def __init__(self, at: Any) -> None:
        super().__init__()
        self.at = at
        self.places: dict[str, tuple[Any, Any]] = {}
        self.pending: tuple[str, Any] | None = None


class Listing(list[Any]):
    """A YAML sequence; `places` holds the mark of each entry."""

    __slots__ = ("at", "places")

    def __init__(self, at: Any) -> None:
        super().__init__()
        self.at = at
        self.places: list[Any] = []


class Broken(str):
    """Stands for a value that was refused and reported, so that nothing more is said about it."""

    __slots__ = ()


class _StopError(Exception):
    """Too deep, too large or too wrong to go on."""


def load(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The first document of a text as (Mapping | Listing | str | None, problems); None: empty, or not YAML at all."""
    builder = _Builder(file)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        builder.read(loader)
    except _StopError:
        return None, builder.problems
    except yaml.YAMLError as error:
        return None, [*builder.problems, *syntax_problems(error, text, file)]
    finally:
        loader.dispose()
    return (builder.top[0] if builder.top else None), builder.problems


def place(root: Any, path: Path, *, key: bool = False) -> tuple[int, int]:
    """Line and column (from 1) of the value at a path, or of its key; the nearest part that exists, else 0, 0."""
    mark = getattr(root, "at", None)
    node = root
    for n, step in enumerate(path):
        marks = _marks(node, step)
        if marks is None:
            break
        mark = marks[0] if key and n == len(path) - 1 else marks[1]
        node = node[step]
    return (mark.line + 1, mark.column + 1) if mark else (0, 0)


def place_within(root: Any, path: Path, offset: int, text: str) -> tuple[int, int]:
    """Line and column of a character of a scalar: of one line, or a block kept as written (`|`); else of the scalar."""
    line, column = place(root, path)
    value = root
    for step in path:
        value = value[step] if _marks(value, step) else ""
    lines = text.splitlines()
    if not isinstance(value, str) or not 0 < line <= len(lines):
        return line, column
    row = lines[line - 1][column - 1 :]
    if row[:1] in ("|", ">"):
        ahead = value[:offset].split("\n")
        inner = lines[line - 1 + len(ahead)] if line - 1 + len(ahead) < len(lines) else ""
        at = inner.find(value.split("\n")[len(ahead) - 1][:20]) if len(ahead) <= len(value.split("\n")) else -1
        return (line + len(ahead), at + 1 + len(ahead[-1])) if at >= 0 else (line, column)
    quote = 1 if row[:1] in ("'", '"') else 0
    return (line, column + quote + offset) if row[quote:].startswith(value) else (line, column)


def _marks(node: Any, step: str | int) -> tuple[Any, Any] | None:
    if isinstance(node, Mapping) and isinstance(step, str):
        return node.places.get(step)
    if isinstance(node, Listing) and isinstance(step, int) and 0 <= step < len(node):
        return node.places[step], node.places[step]
    return None


class _Builder:
    """Turns events into nodes; `top` ends with the document's root."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        self.top = Listing(None)
        self.node: Mapping | Listing = self.top
        self.stack: list[Mapping | Listing] = []
        self.nodes = 0
        self.documents = 0

    def read(self, loader: Any) -> None:
        do = {
            ScalarEvent: self.scalar,
            MappingStartEvent: self.open_mapping,
            SequenceStartEvent: self.open_listing,
            MappingEndEvent: self.close,
            SequenceEndEvent: self.close,
            AliasEvent: self.alias,
            DocumentStartEvent: self.document,
        }
        while loader.check_event():
            event = loader.get_event()
            step = do.get(type(event))
            if step:
                step(event)

    def scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self.decorated(event)
        node = self.node
        if type(node) is Mapping and node.pending is None:
            node.pending = event.value, event.start_mark
        else:
            value = event.value
            if not value.isprintable() and any(c < " " and c not in "\n\t\r" for c in value):
                self.refuse("source.escape", event.start_mark)
                value = Broken(value)
            self.put(value, event.start_mark)

    def put(self, value: Any, mark: Any) -> None:
        self.nodes += 1
        node = self.node
        if self.nodes > MOST_NODES or len(node) >= MOST_ENTRIES:
            self.stop("source.nodes", mark, most=MOST_NODES if self.nodes > MOST_NODES else MOST_ENTRIES)
        if type(node) is Listing:
            node.append(value)
            node.places.append(mark)
            return
        assert isinstance(node, Mapping)
        assert node.pending is not None
        (key, key_mark), node.pending = node.pending, None
        if key == "<<":
            self.refuse("source.merge", key_mark)
        elif key in node:
            self.refuse("source.duplicate", key_mark, key=short(key), first=node.places[key][0].line + 1)
        else:
            node[key] = value
            node.places[key] = key_mark, mark

    def open_mapping(self, event: Any) -> None:
        self.open(event, Mapping(event.start_mark))

    def open_listing(self, event: Any) -> None:
        self.open(event, Listing(event.start_mark))

    def open(self, event: Any, container: Mapping | Listing) -> None:
        if event.anchor is not None or event.tag is not None:
            self.decorated(event)
        if type(self.node) is Mapping and self.node.pending is None:
            self.stop("source.key", event.start_mark)
        self.put(container, event.start_mark)
        self.stack.append(self.node)
        self.node = container
        if len(self.stack) > DEEPEST:
            self.stop("source.deep", event.start_mark, most=DEEPEST)

    def close(self, _: Any) -> None:
        self.node = self.stack.pop()

    def alias(self, event: Any) -> None:
        if type(self.node) is Mapping and self.node.pending is None:
            self.stop("source.key", event.start_mark)
        self.refuse("source.alias", event.start_mark, name=short(event.anchor))
        self.put(Broken(event.anchor), event.start_mark)

    def document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self.stop("source.documents", event.start_mark)

    def decorated(self, event: Any) -> None:
        if event.anchor is not None:
            self.refuse("source.anchor", event.start_mark, name=short(event.anchor))
        if event.tag is not None:
            self.refuse("source.tag", event.start_mark, name=short(event.tag))

    def refuse(self, name: str, mark: Any, /, **values: Any) -> None:
        self.problems.append(Problem(name, values, self.file, mark.line + 1, mark.column + 1))
        if len(self.problems) >= MOST_PROBLEMS:
            raise _StopError

    def stop(self, name: str, mark: Any, /, **values: Any) -> None:
        self.refuse(name, mark, **values)
        raise _StopError


def short(text: str, most: int = 40) -> str:
    """The offending text as a message quotes it: one line, at most `most` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
