"""Did you mean …? A near word among those there are, quick even among thousands."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

MOST = 150
"""Words compared letter by letter."""


def nearest(word: str, among: Iterable[str], likeness: float = 0.6) -> str:
    """The word most like `word`, or an empty text when none is alike (`likeness` 0 … 1)."""
    word = word[:80]
    pool = [one for one in among if abs(len(one) - len(word)) <= 4]
    if len(pool) > MOST:
        pool = [one for one in pool if one[:2] == word[:2] or one[-2:] == word[-2:]][:MOST]
    found = get_close_matches(word, pool, 1, likeness)
    return found[0] if found else ""
