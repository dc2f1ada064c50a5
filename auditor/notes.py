"""What somebody wrote in words of his own, and when two such notes are the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auditor.audit import Audit, split_path

LONG_ENOUGH = 8
"""Chinese characters from which equal notes are no chance; a Latin letter counts half."""


def notes(audit: Audit) -> Iterator[tuple[str, str]]:
    """What was written in words of one's own, by path in reading order: notes and free texts; why something is not
    applicable may well be said twice in the same words."""
    items = {item.id: item for item in audit.checklist.items()}
    order = {name: place for place, name in enumerate(items)}
    for path in sorted(audit.answers, key=lambda path: order.get(split_path(path)[2], len(order))):
        answer, item = audit.answers[path], items.get(split_path(path)[2])
        if item is None or path in audit.set_aside:
            continue
        if item.kind == "text" and isinstance(answer.value, str) and answer.value:
            yield path, answer.value
        if answer.note and not answer.na:
            yield path, answer.note


def bare(text: str) -> str:
    """Letters and digits only: blanks, punctuation and case do not make another note."""
    return "".join(one for one in unicodedata.normalize("NFKC", text).casefold() if one.isalnum())


def is_long(words: str) -> bool:
    """Whether words that `bare` gave are too many to be the same by chance."""
    return sum(2 if ord(one) > 0x2E7F else 1 for one in words) >= 2 * LONG_ENOUGH
