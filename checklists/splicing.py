"""A YAML document written anew with some values changed: every untouched byte, comment and order stays (issue: editor).

The text is cut along libyaml's marks into entries; an entry that is as it was is copied, one that moved is copied to
its new place with the comments above it, one that changed is descended into, and only what is new is written. A
round trip through a library re-wraps and re-quotes lines nobody touched, and ties a comment to the entry before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from checklists.writing import block_entry, block_value, fits_flow, flow, scalar


@dataclass(slots=True, eq=False)
class Node:
    """A value of the document and where its text is. `value` is text, a dict or a list."""

    value: Any
    start: int
    end: int
    is_flow: bool = True
    """Written on the line (scalars too); else as indented lines."""
    children: list[Node] = field(default_factory=list)
    keys: list[tuple[int, int, str]] = field(default_factory=list)
    lead: int = 0
    """As an entry of indented lines: where the comment lines above it begin."""
    begin: int = 0
    """… where its key or dash stands."""
    after: int = 0
    """… where the next line begins."""


class Source:
    """The document as it was read: `root` is its plain tree, `text_with(tree)` the text that says another tree."""

    def __init__(self, text: str) -> None:
        self._text = text if text.endswith("\n") else text + "\n"
        self.top = _read(self._text)
        self._lay_out(self.top)
        self._same: dict[int, Node] = {}
        self._named: dict[str, Node] = {}
        self._index(self.top)

    @property
    def root(self) -> Any:
        return self.top.value

    def text_with(self, tree: Any) -> str:
        """The whole text. Entries are found again by being the very object, else by their `id`, else by place."""
        if tree is self.top.value:
            return self._text
        made = self._render(self.top, tree)
        end = self.top.end if self.top.is_flow else self.top.after
        return self._text[: self.top.start] + made + self._text[end:]

    # --- cutting

    def _lay_out(self, node: Node) -> None:
        """Where the entries of indented collections begin and end; `after` of such a node is that of its last entry."""
        ahead = -1
        for n, child in enumerate(node.children):
            self._lay_out(child)
            if node.is_flow:
                continue
            child.begin = node.keys[n][0] if node.keys else self._text.rfind("-", 0, child.start + 1)
            child.lead = child.begin if ahead < 0 else ahead
            if child.is_flow:
                child.after = self._text.find("\n", child.end) + 1
            ahead = child.after
        if not node.is_flow:
            node.after = ahead

    def _index(self, node: Node) -> None:
        if not isinstance(node.value, str):
            self._same[id(node.value)] = node
        if isinstance(node.value, dict) and not node.is_flow and isinstance(node.value.get("id"), str):
            self._named.setdefault(node.value["id"], node)
        for child in node.children:
            self._index(child)

    # --- writing

    def _render(self, old: Node, new: Any) -> str:
        """The text of a value, from its start; of indented lines with the last line's end."""
        if old.value is new or old.value == new:
            return self._text[old.start : old.end if old.is_flow else old.after]
        if old.is_flow or type(old.value) is not type(new) or not new:
            return self._render_flow(old, new)
        return self._render_lines(old, new)

    def _render_flow(self, old: Node, new: Any) -> str:
        if isinstance(new, str):
            return scalar(new)
        if type(old.value) is not type(new) or not self._keeps_shape(old, new):
            return self._flow_anew(old, new)
        made, at = [], old.start
        for n, child in enumerate(old.children):
            made += [self._text[at : child.start], self._render(child, new[old.keys[n][2]] if old.keys else new[n])]
            at = child.end
        return "".join(made) + self._text[at : old.end]

    def _flow_anew(self, old: Node, new: Any) -> str:
        if not isinstance(old.value, dict) or not isinstance(new, dict):
            return flow(new)
        known = {key: child for (_, _, key), child in zip(old.keys, old.children, strict=True)}
        parts = [f"{scalar(k)}: {self._render(known[k], v) if k in known else flow(v)}" for k, v in new.items()]
        return "{" + ", ".join(parts) + "}"

    @staticmethod
    def _keeps_shape(old: Node, new: Any) -> bool:
        if isinstance(new, dict):
            return [key for _, _, key in old.keys] == list(new)
        return len(old.children) == len(new) and bool(old.children)

    def _render_lines(self, old: Node, new: Any) -> str:
        column = self._column(old.children[0].begin)
        if isinstance(new, dict):
            known = {key: child for (_, _, key), child in zip(old.keys, old.children, strict=True)}
            entries = [self._key_entry(key, value, known.get(key), column) for key, value in new.items()]
        else:
            matched = self._matches(old, new)
            entries = [self._dash_entry(value, found, column) for value, found in zip(new, matched, strict=True)]
        indent, made = " " * column, ""
        at_line_start = self._text[self._line(old.start) : old.start].strip() == ""
        for lead, body in entries:
            if made:
                made += lead + indent + body
            elif lead.strip() and at_line_start:
                made = lead.lstrip(" ") + indent + body
            else:
                made = body
        return made

    def _key_entry(self, key: str, value: Any, old: Node | None, column: int) -> tuple[str, str]:
        """(comment lines above, the entry without its first indentation) of a mapping."""
        if old is None:
            return "", block_entry(key, value, column)
        lead = self._lead(old)
        if old.value is value or old.value == value:
            return lead, self._text[old.begin : old.after]
        to_lines = isinstance(value, list | dict) and (old.is_flow and not fits_flow(value))
        to_flow = not old.is_flow and (type(value) is not type(old.value) or not value)
        if to_lines or to_flow:
            return lead, block_entry(key, value, column)
        body = self._text[old.begin : old.start] + self._render(old, value)
        return lead, body + (self._text[old.end : old.after] if old.is_flow else "")

    def _dash_entry(self, value: Any, old: Node | None, column: int) -> tuple[str, str]:
        if old is None:
            return "", "- " + block_value(value, column + 2)
        lead, body = self._lead(old), self._text[old.begin : old.start] + self._render(old, value)
        if old.is_flow:
            body += self._text[old.end : old.after]
        shift = column - self._column(old.begin)
        return (_shifted(lead, shift, first=True), _shifted(body, shift)) if shift else (lead, body)

    def _matches(self, old: Node, new: list[Any]) -> list[Node | None]:
        """Which old entry each new one was."""
        found: list[Node | None] = []
        for value in new:
            same = self._same.get(id(value)) if isinstance(value, dict | list) else None
            name = value.get("id") if isinstance(value, dict) else None
            here = next((one for one in old.children if name is not None and _id(one) == name), None)
            there = self._named.get(name) if isinstance(name, str) and same is None and here is None else None
            usable = [one for one in (same, here, there) if one is not None and one.begin < one.after]
            found.append(usable[0] if usable and usable[0] not in found else None)
        left = [one for one in old.children if one not in found and _id(one) not in {_id_of(v) for v in new}]
        for n, value in enumerate(new):
            if found[n] is None and len(new) == len(old.children) and old.children[n] in left:
                found[n] = old.children[n] if type(old.children[n].value) is type(value) else None
        return found

    def _lead(self, old: Node) -> str:
        return self._text[old.lead : self._line(old.begin)] if old.lead < old.begin else ""

    def _line(self, at: int) -> int:
        return self._text.rfind("\n", 0, at) + 1

    def _column(self, at: int) -> int:
        return at - self._line(at)


def _id(node: Node) -> Any:
    return _id_of(node.value)


def _id_of(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else None


def _shifted(text: str, by: int, *, first: bool = False) -> str:
    """Lines moved right, or left as far as their blanks go; the first one too where it begins a line."""
    head, newline, rest = ("", "", text) if first else text.partition("\n")
    if by > 0:
        rest = re.sub(r"^(?=.)", " " * by, rest, flags=re.MULTILINE)
    else:
        rest = re.sub(rf"^ {{0,{-by}}}", "", rest, flags=re.MULTILINE)
    return head + newline + rest


def _read(text: str) -> Node:
    """The node tree of a text that `yaml_nodes.load` took without a problem."""
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    top = Node([], 0, 0)
    stack: list[Node] = [top]
    pending: list[tuple[int, int, str] | None] = [None]
    try:
        while loader.check_event():
            event: Any = loader.get_event()
            kind = type(event)
            if kind is ScalarEvent:
                span = event.start_mark.index, _end(event, text)
                if isinstance(stack[-1].value, dict) and pending[-1] is None:
                    pending[-1] = (*span, event.value)
                else:
                    _add(stack[-1], Node(event.value, *span), pending)
            elif kind in (MappingStartEvent, SequenceStartEvent):
                is_map = kind is MappingStartEvent
                made = Node({} if is_map else [], event.start_mark.index, 0, bool(event.flow_style))
                _add(stack[-1], made, pending)
                stack.append(made)
                pending.append(None)
            elif kind in (MappingEndEvent, SequenceEndEvent):
                stack.pop().end = event.end_mark.index
                pending.pop()
    finally:
        loader.dispose()
    return top.children[0]


def _add(owner: Node, child: Node, pending: list[tuple[int, int, str] | None]) -> None:
    owner.children.append(child)
    if isinstance(owner.value, dict):
        key = pending[-1]
        assert key is not None
        owner.keys.append(key)
        owner.value[key[2]] = child.value
        pending[-1] = None
    else:
        owner.value.append(child.value)


def _end(event: Any, text: str) -> int:
    start: int
    end: int
    start, end = event.start_mark.index, event.end_mark.index
    return start + len(text[start:end].rstrip()) if event.style in ("|", ">") else end
