"""The hidden sheet of lists: what drop-downs offer, and what formulas look up in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from auditor.audit import Audit
from auditor.checklist.model import Item
from auditor.checklist.parts import Grade, Text
from auditor.kinds import na_codes
from auditor.kinds.points import deduction, full, within
from exports.speech import Speech
from exports.xlsx.formula import Area, Cell
from exports.xlsx.text import gated

WORDS, IDS, FIGURES = 1, 2, 3
"""Columns: the words shown, the id behind them, a figure (points earned, a grade's lower bound)."""
TICK = "√"


@dataclass(frozen=True, slots=True)
class Entry:
    words: str
    id: str = ""
    figure: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists one below the other; `starts` gives the first row of each by key."""

    entries: Sequence[Entry]
    starts: Mapping[str, int]
    lengths: Mapping[str, int]

    def area(self, key: str, column: int = WORDS) -> Area | None:
        if key not in self.starts:
            return None
        first = self.starts[key]
        return Area(Cell("lists", first, column), Cell("lists", first + self.lengths[key] - 1, column))

    def of(self, key: str) -> Sequence[Entry]:
        first = self.starts[key] - 2
        return self.entries[first : first + self.lengths[key]]


def item_key(item: Item) -> str:
    return f"item {item.id}"


def na_key(codes: Iterable[str]) -> str:
    return "na " + " ".join(codes)


def grades_key(section: str) -> str:
    """The checklist's own grades under the empty id."""
    return f"grades {section}"


def make_lists(audit: Audit, speech: Speech, *, to_fill: bool = False) -> Lists:
    """Options with what they earn, bands, not-applicable codes, grades from the lowest up, the tick; of a workbook to
    fill in, traps and what is to be said of the visit too."""
    found: dict[str, list[Entry]] = {"tick": [Entry(TICK)]}
    for item in audit.checklist.items():
        if item.trap and not to_fill:
            continue
        if item.kind == "choice":
            words = _distinct([_words(speech, one.text) for one in item.options])
            found[item_key(item)] = [
                Entry(word, one.id, within(item, full(item) - deduction(item, one)))
                for word, one in zip(words, item.options, strict=True)
            ]
        elif item.bands:
            found[item_key(item)] = [
                Entry(_limit(item, n, speech), str(n + 1), within(item, full(item) - deduction(item, one)))
                for n, one in enumerate(item.bands)
            ]
        codes = na_codes(audit.checklist, item)
        if codes:
            found[na_key(codes)] = [Entry(speech.tr(f"common.na.{code}"), code) for code in codes]
    for section, grades in _all_grades(audit):
        rising = sorted(grades, key=lambda one: one.from_)
        found[grades_key(section)] = [Entry(_words(speech, one.title), one.id, Fraction(one.from_)) for one in rising]
    return _stacked(found | (about_visit(audit, speech) if to_fill else {}))


def _words(speech: Speech, text: Text) -> str:
    """In one line, whatever languages the report has."""
    return gated(speech.say(lambda: str(text), " ")).replace("\n", " ").strip()


def _all_grades(audit: Audit) -> list[tuple[str, tuple[Grade, ...]]]:
    pairs = [("", audit.checklist.grades), *((one.id, one.grades) for one, _ in audit.checklist.walk())]
    return [(name, grades) for name, grades in pairs if grades]


def _limit(item: Item, n: int, speech: Speech) -> str:
    """A band in words: its own text, or its limit."""
    band = item.bands[n]
    if band.text:
        return _words(speech, band.text)
    if band.up_to is not None:
        return f"≤ {band.up_to}"
    return f"> {item.bands[n - 1].up_to}" if n else TICK


def _distinct(words: Sequence[str]) -> list[str]:
    """Words that tell options apart: a second one of the same words gets (2)."""
    seen: dict[str, int] = {}
    found = []
    for word in words:
        seen[word] = seen.get(word, 0) + 1
        found.append(word if seen[word] == 1 else f"{word} ({seen[word]})")
    return found


def about_visit(audit: Audit, speech: Speech) -> dict[str, list[Entry]]:
    """Lists of a workbook to fill in: the kinds of check the checklist serves, and its scenarios."""
    found = {"kinds": [Entry(speech.tr(f"common.kind.{one}"), one) for one in audit.checklist.checks]}
    words = _distinct([_words(speech, one.title) for one in audit.checklist.scenarios])
    if words:
        entries = zip(words, audit.checklist.scenarios, strict=True)
        found["scenarios"] = [Entry(word, one.id) for word, one in entries]
    return found


def _stacked(found: Mapping[str, Sequence[Entry]]) -> Lists:
    entries: list[Entry] = []
    starts, lengths = {}, {}
    for key, block in found.items():
        starts[key], lengths[key] = len(entries) + 2, len(block)
        entries += block
    return Lists(entries, starts, lengths)


def exact(figure: Fraction) -> Decimal | None:
    """A fraction as a number with an end, or None."""
    scaled = figure * 10**12
    return Decimal(scaled.numerator).scaleb(-12).normalize() if scaled.denominator == 1 else None
