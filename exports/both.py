"""A report in both languages at once: the Chinese and the English one joined, field by field."""

from __future__ import annotations

import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

from exports.blocks import Report

_BELOW = frozenset(
    {
        "title",
        "name",
        "item",
        "standard",
        "reason",
        "answer",
        "action",
        "problem",
        "required",
        "caption",
        "text",
        "what",
    }
    | {"section_title", "verdict", "statement"}
)
"""Fields whose English stands below the Chinese; elsewhere it follows on the same line."""
_ONCE = frozenset({"lang", "producer", "number"})


def joined(chinese: Report, english: Report) -> Report:
    """One report that says everything twice, and once what is the same in both."""
    both: Report = _joined(chinese, english, "")
    return replace(both, lang="both")


def _joined(one: Any, other: Any, name: str) -> Any:
    if one == other or name in _ONCE or _alike(one, other):
        return one
    if isinstance(one, str):
        return ("\n" if name in _BELOW else " ").join(filter(None, (one, other)))
    if isinstance(one, tuple):
        if name == "summary":
            return tuple(dict.fromkeys(text for pair in zip(one, other, strict=True) for text in pair))
        return tuple(_joined(*pair, name) for pair in zip(one, other, strict=True))
    if is_dataclass(one) and not isinstance(one, type):
        return replace(
            one,
            **{
                each.name: _joined(getattr(one, each.name), getattr(other, each.name), each.name)
                for each in fields(one)
            },
        )
    return one


def _alike(one: Any, other: Any) -> bool:
    """Whether two texts differ in the width of their punctuation only."""
    return isinstance(one, str) and _bare(one) == _bare(str(other))


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
