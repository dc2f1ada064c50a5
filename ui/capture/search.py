"""Finding an item of a visit by its words, its number, its id or the first letters of its pinyin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from auditor.audit import Answer
from auditor.checklist.model import Item
from auditor.figures import plain
from auditor.numbering import number_at
from auditor.scoring.tree import ItemScore
from auditor.words import LANGUAGES, tr
from ui.capture.places import needs_answer
from ui.capture.route import Route
from ui.initials import initials
from ui.look.style import Tone

MOST = 40


@dataclass(frozen=True, slots=True)
class Entry:
    """One item that can be found, and what the list says of it."""

    path: str
    number: str
    text: str
    where: str
    """The title of its place."""
    badge: str = ""
    tone: Tone = "quiet"
    flagged: bool = False
    words: tuple[str, ...] = ()
    """Every text it may be found by, lower case; its pinyin initials last."""


def entries(route: Route, numbers: Mapping[str, str], answers: Mapping[str, Answer], *, blind: bool) -> list[Entry]:
    """Every item that is shown, in the order of the visit."""
    found = []
    for place in route.places:
        scores = {one.path: one for one in route.scores_of(place)}
        for item in place.section.items:
            one = scores.get(place.path(item))
            if one is not None:
                number = number_at(dict(numbers), one.path) if numbers.get(item.id) else ""
                found.append(_entry(item, one, number, place.title(), answers, blind))
    return found


def _entry(item: Item, one: ItemScore, number: str, where: str, answers: Mapping[str, Answer], blind: bool) -> Entry:
    badge, tone = "", "quiet"
    flagged = one.path in answers and answers[one.path].flagged
    if not blind and one.deducted > 0:
        badge, tone = f"−{plain(one.deducted)}", "lost"
    elif item.kind != "info" and needs_answer(one, answers):
        badge, tone = tr("finding.open"), "quiet"
    said = [item.text.in_(code) for code in LANGUAGES]
    clause = [item.clause.ref] if item.clause is not None else []
    words = (*(text.lower() for text in (*said, *clause, item.id)), initials(str(item.text.in_("zh"))))
    return Entry(one.path, number, str(item.text), where, badge, tone, flagged, words)  # type: ignore[arg-type]


def matching(found: Iterable[Entry], text: str) -> list[Entry]:
    """Those that match, the closest first: by number, by how their words begin, by words, by initials."""
    wanted = " ".join(text.lower().split())
    ranked = [(rank, at, one) for at, one in enumerate(found) if (rank := _rank(one, wanted)) is not None]
    return [one for _, _, one in sorted(ranked, key=lambda each: each[:2])][:MOST]


def flagged(found: Sequence[Entry]) -> list[Entry]:
    return [one for one in found if one.flagged]


def _rank(one: Entry, wanted: str) -> int | None:
    if not wanted:
        return None
    if one.number == wanted:
        return 0
    if one.number.startswith(wanted):
        return 1
    *texts, letters = one.words
    if any(text.startswith(wanted) for text in texts):
        return 2
    if any(wanted in text for text in texts):
        return 3
    parts = wanted.split()
    if len(parts) > 1 and any(all(part in text for part in parts) for text in texts):
        return 4
    return 5 if len(wanted) > 1 and wanted.isascii() and wanted in letters else None
