"""Plain tables for the terminal; a Chinese character is two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence


def width(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> str:
    """Columns padded to their widest cell; columns numbered in `right` are flush right."""
    cells = [list(heads), *([str(cell) for cell in row] for row in rows)]
    widths = [max(width(row[column]) for row in cells) for column in range(len(heads))]
    flush_right = set(right)
    lines = []
    for row in cells:
        padded = []
        for column, cell in enumerate(row):
            gap = " " * (widths[column] - width(cell))
            padded.append(gap + cell if column in flush_right else cell + gap)
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines)
