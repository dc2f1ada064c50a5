"""What does not fit together in an audit, looked for before finishing: one rule, one function, in one table.

Pure: what is known besides the audit (how fast it was answered, notes of other audits) is given by the caller. The
checklist decides what each rule comes to (`contradictions: {rule: block|warn|off}`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from auditor.audit import Answer, Audit, item_path, split_path
from auditor.checklist.model import Checklist
from auditor.errors import Problem, ProblemsError
from auditor.figures import half_up, plain
from auditor.looking import Beside, Given, Hit, Look, Pace
from auditor.negative_words import negative_word
from auditor.notes import bare, is_long, notes
from auditor.scoring.tree import Score
from auditor.visit_times import bounds, is_before, is_clock, is_older, moment
from auditor.words import tr

__all__ = ["RULES", "Beside", "Contradiction", "Pace", "blocking", "contradictions", "looked_for", "refuse"]

RUNNING = 20
"""So many equal answers running are said."""
QUICKEST = 2.0
"""Seconds an item takes at the least, to read it and answer; on average over at least `RUNNING` items."""
ALIKE = 10
"""So many answers at the least say the same as last time before that is said."""

_OF_THE_DAY = ("date", "time", "signature", "photo", "info")
_PICKED = ("choice", "multi", "rating", "occurrences")
_EXPLAINED = ("choice", "rating", "occurrences")
"""Kinds whose answer says that something was wrong, not what: a chosen fault or a measured figure says it itself."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two things that do not fit together, at the item where one would look first."""

    path: str
    rule: str
    """A field of `Contradictions`."""
    blocks: bool
    number: str
    """The number people know the item by."""
    title: str
    """The item in the language in force when it was found."""
    key: str
    values: Mapping[str, Any]

    @property
    def message(self) -> str:
        """What does not fit, in the language in force."""
        return tr(f"contradictions.{self.key}", **self.values)

    def problem(self) -> Problem:
        """The same for the command line: an error when it blocks, else a warning."""
        said = {"path": self.path, "number": self.number, "item": self.title, "text": self.message}
        return Problem("contradictions.at", said, severity="error" if self.blocks else "warning")

    def as_json(self) -> dict[str, Any]:
        return {"path": self.path, "rule": self.rule, "message": self.message, "blocks": self.blocks}


def contradictions(audit: Audit, score: Score, beside: Beside | None = None) -> tuple[Contradiction, ...]:
    """Everything that does not fit together, what blocks first, then rule by rule in reading order."""
    look = Look(audit, score, beside or Beside())
    found = []
    for name, rule in RULES.items():
        treatment = getattr(audit.checklist.contradictions, name)
        if treatment == "off":
            continue
        for hit in rule(look):
            found.append(_contradiction(look, name, hit, blocks=treatment == "block"))
    return tuple(sorted(found, key=lambda one: not one.blocks))


def _contradiction(look: Look, rule: str, hit: Hit, blocks: bool) -> Contradiction:
    key = f"{rule}.{hit.variant}" if hit.variant else rule
    return Contradiction(hit.path, rule, blocks, *look.called(hit.path), key, hit.values)


def looked_for(checklist: Checklist) -> frozenset[str]:
    """The rules of a checklist that are not off."""
    return frozenset(name for name in RULES if getattr(checklist.contradictions, name) != "off")


def blocking(checklist: Checklist) -> frozenset[str]:
    """The rules that keep an audit of this checklist from being finished."""
    return frozenset(name for name in RULES if getattr(checklist.contradictions, name) == "block")


def refuse(found: Iterable[Contradiction]) -> None:
    """Raises ProblemsError `contradictions.refused` naming those that block, if any does."""
    problems = [one.problem() for one in found if one.blocks]
    if problems:
        raise ProblemsError("contradictions.refused", problems, count=len(problems))


def _full_with_negative(look: Look) -> Iterator[Hit]:
    for one in look.given:
        earned, possible = one.score.earned, one.score.possible
        if one.score.status != "answered" or not possible or earned is None or earned < possible:
            continue
        word = negative_word(one.written(), _own_words(one))
        if word:
            yield Hit(one.path, {"word": word}, look.veiled)


def _own_words(one: Given) -> Iterator[str]:
    """What the item and the chosen answer say themselves: a note may quote them."""
    chosen = [option.text for option in one.item.options if option.id == one.answer.value]
    for text in (*chosen, one.item.standard, one.item.text):
        if text is not None:
            yield from (words for words in (text.zh, text.en) if words)


def _loss_without_reason(look: Look) -> Iterator[Hit]:
    for one in look.given:
        said = one.written() or one.answer.na
        if one.score.status != "answered" or one.score.lost_by or not one.score.deducted or said:
            continue
        if one.item.kind in _EXPLAINED and not _never_asked(look.audit.checklist, one):
            points = plain(half_up(one.score.deducted, 2))
            yield Hit(one.path, {} if look.veiled else {"points": points}, look.veiled)


def _never_asked(checklist: Checklist, one: Given) -> bool:
    """Whether the checklist says that a reason is never given here: option before item before checklist."""
    options = (option.evidence for option in one.item.options if option.id == one.answer.value)
    said = [evidence.reason for evidence in (*options, one.item.evidence, checklist.evidence) if evidence]
    return next((demand for demand in said if demand), None) == "never"


def _times_out_of_order(look: Look) -> Iterator[Hit]:
    visit = bounds(look.audit)
    for moments in _moments(look).values():
        latest: tuple[str, str] | None = None
        for path, time in moments:
            if visit and is_before(time, visit[0]):
                yield Hit(path, {"time": time, "other": visit[0]}, "before")
            elif visit and visit[1] and is_before(visit[1], time):
                yield Hit(path, {"time": time, "other": visit[1]}, "after")
            elif latest and is_before(time, latest[1]):
                yield Hit(path, {"time": time, "item": look.name(latest[0]), "other": latest[1]})
            latest = latest if latest and is_before(time, latest[1]) else (path, time)


def _moments(look: Look) -> dict[str, list[tuple[str, str]]]:
    """Clock times by section or instance, in reading order; an instance's own header comes first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for section, _ in look.audit.checklist.walk():
        fields = [one for one in section.repeat.header if one.kind == "time"] if section.repeat else []
        for number in look.audit.instances.get(section.id, ()) if fields else ():
            paths = [item_path(one.id, section.id, number) for one in fields]
            times = [(path, str(look.audit.answers[path].value or "")) for path in paths if path in look.audit.answers]
            found[f"{section.id}#{number}"] = [(path, time) for path, time in times if is_clock(time)]
    for one in look.given:
        if one.item.kind == "time" and isinstance(one.answer.value, str):
            section_id, number, _ = split_path(one.path)
            group = f"{section_id}#{number}" if number else one.score.section
            found.setdefault(group, []).append((one.path, one.answer.value))
    return found


def _old_photo(look: Look) -> Iterator[Hit]:
    visited = moment(look.audit.header.visited)
    if visited is None or look.audit.header.kind == "offsite":
        return
    for one in look.given:
        taken = [when for when in (moment(photo.taken) for photo in one.answer.photos) if when is not None]
        old = [when for when in taken if is_older(when, visited)]
        if old:
            yield Hit(one.path, {"taken": f"{min(old):%Y-%m-%d %H:%M}", "visited": f"{visited:%Y-%m-%d %H:%M}"})


def _same_answer(look: Look) -> Iterator[Hit]:
    """An answer with words of its own is another answer: somebody looked."""
    run: list[Given] = []
    for one in (*(one for one in look.given if one.item.kind in _PICKED), None):
        if one is not None and run and one.answer == run[-1].answer:
            run.append(one)
            continue
        if len(run) >= RUNNING:
            yield Hit(run[0].path, {"n": len(run), "last": look.name(run[-1].path)})
        run = [one] if one is not None else []


def _too_fast(look: Look) -> Iterator[Hit]:
    pace = look.beside.pace
    if pace is not None and pace.items >= RUNNING and pace.seconds < QUICKEST * pace.items:
        each = half_up(Fraction(pace.seconds) / pace.items, 1)
        yield Hit(pace.first, {"n": pace.items, "seconds": round(pace.seconds), "each": plain(each)})


def _copied_note(look: Look) -> Iterator[Hit]:
    others = {bare(note): where for note, where in look.beside.notes.items()}
    first: dict[str, str] = {}
    for path, note in notes(look.audit):
        words = bare(note)
        if not is_long(words):
            continue
        if words in first:
            yield Hit(path, {"item": look.name(first[words])})
        elif words in others:
            yield Hit(path, {"where": others[words]}, "audit")
        first.setdefault(words, path)


def _same_as_last(look: Look) -> Iterator[Hit]:
    """Every answer with its words as in the branch's last self-inspection: nobody looked, or it was copied. A photo
    taken this time is a look; dates, times and signatures are others every month and tell nothing."""
    last = look.beside.last
    if last is None or look.audit.header.kind != "self":
        return
    said = [one for one in look.given if one.item.kind not in _OF_THE_DAY]
    known = {sha.sha256 for _, sha in last.photos()}
    for one in said:
        before = last.answers.get(one.path)
        if before is None or _told(one.answer) != _told(before):
            return
        if any(photo.sha256 not in known for photo in one.answer.photos):
            return
    if len(said) >= ALIKE:
        yield Hit(said[0].path, {"n": len(said), "day": last.header.visited[:10]})


def _told(answer: Answer) -> tuple[object, ...]:
    """What an answer says, in bare words."""
    value = bare(answer.value) if isinstance(answer.value, str) else answer.value
    return (value, answer.na, bare(answer.note), tuple(bare(one.text) for one in answer.reasons))


RULES: dict[str, Callable[[Look], Iterable[Hit]]] = {
    "full_with_negative": _full_with_negative,
    "loss_without_reason": _loss_without_reason,
    "times_out_of_order": _times_out_of_order,
    "old_photo": _old_photo,
    "same_answer": _same_answer,
    "too_fast": _too_fast,
    "copied_note": _copied_note,
    "same_as_last": _same_as_last,
}
