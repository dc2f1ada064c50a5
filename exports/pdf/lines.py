"""Words → lines, by Chinese rules: no line begins with 。，、）or ends with （“《; Latin words and figures stay whole.

Time is linear in the length of the text (P6): 40,000 characters take as long as 400 notes of 100.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import cache

from exports.pdf import faces
from exports.pdf.ink import Text
from exports.pdf.look import Style

NO_START = frozenset("。，、；：？！…—～·）》〉】』」〕｝］”’％‰℃°.,;:?!)]}%々ー")
NO_END = frozenset("（《〈【『「〔｛［“‘([{￥$#＃№")
_AFTER = frozenset(" -/|—…_\\")
_WIDE = "\u2e80"
_BREAKS = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\r": "\n", "\v": "\n", "\f": "\n", "\x85": "\n", "\t": " "})


class Typesetter:
    """Sets the words of one document and counts what the faces lack."""

    def __init__(self) -> None:
        self.faces = faces.load()
        self.missing: Counter[str] = Counter()

    def clean(self, words: str) -> str:
        """The words with every character that has no glyph written `[U+1F600]`; line breaks stay."""
        if self.faces.known.issuperset(words):
            return words
        words = words.replace("\r\n", "\n").translate(_BREAKS)
        lacking = [char for char in words if char != "\n" and char not in self.faces.known]
        if not lacking:
            return words
        self.missing.update(lacking)
        return words.translate({ord(char): f"[U+{ord(char):04X}]" for char in lacking})

    @property
    def right_to_left(self) -> bool:
        """Whether right-to-left characters were among those without a glyph."""
        return any(unicodedata.bidirectional(char) in ("R", "AL", "RLE", "RLO", "RLI") for char in self.missing)

    def width(self, words: str, style: Style) -> float:
        """Points that clean words on one line take."""
        return sum(map(self.faces.widths(style.bold).__getitem__, words)) * style.size

    def wrap(self, words: str, style: Style, room: float) -> list[str]:
        """The lines of a text in a column `room` points wide; an empty text has none."""
        words = self.clean(words)
        if not words:
            return []
        widths = self.faces.widths(style.bold)
        lines: list[str] = []
        for paragraph in words.split("\n"):
            measured = [*map(widths.__getitem__, paragraph)]
            if sum(measured) * style.size <= room:
                lines.append(paragraph)
            else:
                lines += broken(paragraph, measured, room / style.size)
        return lines

    def line(self, x: float, top: float, words: str, style: Style) -> Text:
        """One line whose upper left corner is at (x, top)."""
        return Text(x, style.over(top), self.clean(words).replace("\n", " "), style)

    def ending(self, right: float, top: float, words: str, style: Style) -> Text:
        """One line that ends at `right`."""
        words = self.clean(words).replace("\n", " ")
        return Text(right - self.width(words, style), style.over(top), words, style)

    def middle(self, centre: float, top: float, words: str, style: Style) -> Text:
        """One line centred on `centre`."""
        words = self.clean(words).replace("\n", " ")
        return Text(centre - self.width(words, style) / 2, style.over(top), words, style)

    def clipped(self, words: str, style: Style, room: float, most: int) -> list[str]:
        """At most so many lines; where there are more, the last ends with …"""
        lines = self.wrap(words, style, room)
        if len(lines) <= most:
            return lines
        return [*lines[: most - 1], self.fitted(lines[most - 1] + "…" * 3, style, room).rstrip("…") + "…"]

    def fitted(self, words: str, style: Style, room: float) -> str:
        """The words on one line, cut with … where they are too long."""
        words = self.clean(words).replace("\n", " ")
        if self.width(words, style) <= room:
            return words
        widths = self.faces.widths(style.bold)
        left = room / style.size - widths["…"]
        for count, char in enumerate(words):
            left -= widths[char]
            if left < 0:
                return words[:count].rstrip() + "…"
        return words


@cache
def may_break(before: str, after: str) -> bool:
    """Whether a line may end after `before` when `after` follows."""
    if after == " " or after in NO_START or before in NO_END:
        return False
    if before in _AFTER:
        return not (before == "-" and after.isdigit())
    return before >= _WIDE or after >= _WIDE


def broken(words: str, widths: list[float], room: float) -> list[str]:
    """One paragraph as lines of at most `room`; a space at a line's end hangs over."""
    lines: list[str] = []
    start, used, chance, used_at = 0, 0.0, 0, 0.0
    last = len(words) - 1
    for at, char in enumerate(words):
        width = widths[at]
        if used + width > room and at > start and char != " ":
            if chance <= start:
                chance = _forced(words, start, at)
                used_at = used - sum(widths[chance:at])
            lines.append(words[start:chance].rstrip())
            start, used = chance, used - used_at
        used += width
        if at < last and may_break(char, words[at + 1]):
            chance, used_at = at + 1, used
    lines.append(words[start:].rstrip())
    return lines


def _forced(words: str, start: int, at: int) -> int:
    """Where to cut a run without any chance to break: before `at`, a little earlier if a stop would begin the line."""
    for cut in range(at, max(start, at - 8), -1):
        if words[cut] not in NO_START and words[cut - 1] not in NO_END and cut > start:
            return cut
    return at
