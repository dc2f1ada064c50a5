"""Values written as YAML the way the shipped checklists are: short things on one line, items and sections as lines."""

from __future__ import annotations

import json
import re
from typing import Any

WIDEST = 110
"""A mapping that is longer on one line is written as lines."""
_LARGE = frozenset({"items", "sections", "options", "bands"})
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`<=][^\n,:?\[\]{}\"]*")
_BLANK_LIKE = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]")


def scalar(text: str) -> str:
    """One line that reads back as `text`, in any context: plain where that is safe, else in double quotes."""
    safe = _PLAIN.fullmatch(text) and text == text.strip() and ": " not in text and " #" not in text
    if safe and not text.endswith(":") and not _BLANK_LIKE.search(text):
        return text
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _BLANK_LIKE.sub(lambda hit: f"\\u{ord(hit[0]):04x}", quoted)


def flow(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    return scalar(str(value))


def fits_flow(value: Any) -> bool:
    """Whether a value is written on one line: short, and nothing that holds items, options or bands."""
    if isinstance(value, dict):
        return not _LARGE & value.keys() and not _multiline(value) and len(flow(value)) <= WIDEST
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value) or not value
    return True


def block_entry(key: str, value: Any, column: int) -> str:
    """`key: value` from its key to the end of its last line; lines below stand at `column` and beyond."""
    name = scalar(key)
    if isinstance(value, str) and _literal(value):
        inner = "\n".join(" " * (column + 2) + line if line else "" for line in value.split("\n"))
        return f"{name}: |-\n{inner}\n"
    if fits_flow(value):
        return f"{name}: {flow(value)}\n"
    return f"{name}:\n{' ' * (column + 2)}{block_value(value, column + 2)}"


def block_value(value: Any, column: int) -> str:
    """A value whose first line's indentation is written already, to the end of its last line."""
    indent = " " * column
    if fits_flow(value):
        return flow(value) + "\n"
    if isinstance(value, dict):
        return indent.join(block_entry(key, inner, column) for key, inner in value.items())
    return indent.join("- " + block_value(inner, column + 2) for inner in value)


def _multiline(value: dict[str, Any]) -> bool:
    return any(isinstance(inner, str) and _literal(inner) for inner in value.values())


def _literal(text: str) -> bool:
    """Whether text is kept as written lines (`|-`)."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and bool(lines[0].strip())
        and lines[0][:1] not in " \t"
        and bool(lines[-1].strip())
        and not (_BLANK_LIKE.search(text.replace("\n", "")))
    )
