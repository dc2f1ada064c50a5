"""Looking an audit over: what is missing before finishing, what was lost and why, what is set aside, what was good."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from auditor import duties
from auditor.audit import Answer, Audit, Reason, split_path
from auditor.checklist.model import Checklist, Item
from auditor.figures import half_up, plain, shown
from auditor.kinds import KINDS
from auditor.kinds.points import band_of
from auditor.numbering import number_at, numbering
from auditor.scoring.tree import Fired, ItemScore, Score
from auditor.words import tr

__all__ = ["Loss", "Missing", "highlights", "losses", "missing", "numbering", "reason_text", "set_aside", "unanswered"]


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that keeps an audit from being finished, or an optional item left open."""

    path: str
    """An item's path; of a repeating section with too few or too many instances the section's id."""
    what: str
    """`value note reason photo na_reason valid require`; of a section `too_few`, `too_many` or `unsigned`."""
    number: str = ""
    """The number people know it by."""

    def text(self) -> str:
        """What is missing, in the language in force."""
        return tr(f"review.missing.{self.what}")


@dataclass(frozen=True, slots=True)
class Loss:
    """Points lost at one item, or a critical effect that it triggered."""

    path: str
    section: str
    """Path of its section or instance."""
    item: Item
    number: str
    deducted: Decimal
    """Points, as typed (`0.5`)."""
    reason: str
    """扣分原因, composed (report conventions)."""
    lost_by: tuple[str, ...] = ()
    """Paths of the answers that lose it (连带扣分)."""
    effects: tuple[Fired, ...] = ()


def missing(audit: Audit, score: Score) -> tuple[Missing, ...]:
    """What must still be given before the audit can be finished (S4, S5): nothing means that it can."""
    return (*_lacking(audit, score, required=True), *_instances(audit, score), *_unsigned(audit, score))


def unanswered(audit: Audit, score: Score) -> tuple[Missing, ...]:
    """Optional items left open: they do not stand in the way, but are listed as not answered (S4)."""
    return tuple(_lacking(audit, score, required=False))


def _lacking(audit: Audit, score: Score, required: bool) -> Iterator[Missing]:
    items, numbers = _items(audit.checklist), numbering(audit.checklist)
    for one in score.items:
        item = items.get(split_path(one.path)[2])
        if item is None or item.kind == "info" or item.computed or one.status not in ("open", "unscored"):
            continue
        lacks = one.missing or (() if one.path in audit.answers else ("value",))
        if lacks and _is_required(item, one) is required:
            number = number_at(numbers, one.path)
            yield from (Missing(one.path, what, number) for what in lacks)


def _is_required(item: Item, score: ItemScore) -> bool:
    """Scored items are, bonuses and penalties are not; a `require_if` that holds demands any (S4)."""
    if "require" in score.missing:
        return True
    if item.role != "normal":
        return False
    return item.scored or (item.required and item.require_if is None)


def _instances(audit: Audit, score: Score) -> Iterator[Missing]:
    """`repeat: {min, max}` of the sections that are shown."""
    hidden = {one.path for one in score.sections if one.status == "hidden"}
    numbers = numbering(audit.checklist)
    for section, _ in audit.checklist.walk():
        if section.repeat is None or section.id in hidden:
            continue
        count = len(audit.instances.get(section.id, ()))
        if not section.repeat.min <= count <= section.repeat.max:
            yield Missing(section.id, "too_few" if count < section.repeat.min else "too_many", numbers[section.id])


def _unsigned(audit: Audit, score: Score) -> Iterator[Missing]:
    """Sections of a self-inspection that were shared out, and not signed by whoever has them."""
    numbers = numbering(audit.checklist) if audit.duties else {}
    for section, _ in duties.unsigned(audit, score):
        yield Missing(section, "unsigned", numbers[section])


def set_aside(audit: Audit, score: Score) -> tuple[str, ...]:
    """Paths of answers that are not in force: at finishing they are named, kept, and left out of exports (S2)."""
    return tuple(one.path for one in score.items if not one.in_force and not _empty(audit.answers.get(one.path)))


def _empty(answer: Answer | None) -> bool:
    return answer is None or answer.empty


def highlights(audit: Audit, score: Score) -> tuple[str, ...]:
    """亮点: what the inspector noted, then bonuses earned, then whole sections without a loss."""
    items = _items(audit.checklist)
    found = list(audit.header.highlights)
    for one in score.items:
        item = items.get(split_path(one.path)[2])
        if item is not None and item.role == "bonus" and one.earned is not None and one.earned > 0:
            found.append(tr("review.bonus", item=item.text, points=_typed(one.earned)))
    titles = {section.id: section.title for section, _ in audit.checklist.walk()}
    full = [one for one in score.sections if not one.parent and one.status == "counted" and one.ratio == 1]
    return (*found, *(tr("review.full", section=titles[one.path]) for one in full if one.path in titles))


def losses(audit: Audit, score: Score, *, time: Callable[[str], str] = str) -> tuple[Loss, ...]:
    """Everything lost, heaviest first: what triggered a critical effect, then by points, then in reading order.

    `time` turns a clock time into what this copy may print of it ("" for nothing).
    """
    items, numbers = _items(audit.checklist), numbering(audit.checklist)
    fired: dict[str, list[Fired]] = {}
    for effect in score.critical:
        fired.setdefault(effect.path, []).append(effect)
    found = []
    for one in score.items:
        item = items.get(split_path(one.path)[2])
        if item is None or not (one.deducted or one.path in fired):
            continue
        answer = audit.answers.get(one.path, Answer())
        if item.computed:
            answer = replace(answer, value=score.computed.get(one.path))
        found.append(
            Loss(
                one.path,
                one.section,
                item,
                number_at(numbers, one.path),
                _typed(one.deducted),
                reason_text(item, answer, one, numbers, time=time),
                one.lost_by,
                tuple(fired.get(one.path, ())),
            )
        )
    return tuple(sorted(found, key=lambda loss: (not loss.effects, -loss.deducted)))


def reason_text(
    item: Item, answer: Answer, score: ItemScore, numbers: dict[str, str], *, time: Callable[[str], str] = str
) -> str:
    """扣分原因: time + place + post + fact + clause + points; of a cascaded loss the items it comes from."""
    if score.lost_by:
        by = tr("common.comma").join(number_at(numbers, path) for path in score.lost_by)
        return tr("review.cascaded", by=by)
    facts = [fact for fact in (_fact(one, item, answer, time) for one in answer.reasons) if fact]
    told = tr("common.semicolon").join(facts or [_said(item, answer)])
    clause = tr("review.clause", ref=item.clause.ref) if item.clause else ""
    told = tr("review.fact", fact=told, clause=clause)
    return tr("review.deducted", fact=told, points=plain(_typed(score.deducted))) if score.deducted else told


def _fact(reason: Reason, item: Item, answer: Answer, time: Callable[[str], str]) -> str:
    """One reason: when, where, who, what; the chosen answer stands in for words nobody wrote."""
    if not (reason.text or reason.time or reason.place or reason.post).strip():
        return ""
    moment = time(reason.time) if reason.time else ""
    where = tr("review.where", place=reason.place.strip(), post=reason.post.strip()).strip()
    what = reason.text.strip() or _said(item, answer)
    told = tr("review.what", where=where, what=what) if where else what
    return tr("review.when", time=moment, told=told) if moment else told


def _said(item: Item, answer: Answer) -> str:
    """The answer as the fact: the faults chosen, the words of the band, the figure."""
    value = answer.value
    if item.kind in ("number", "duration", "rating") and isinstance(value, (int, Decimal)):
        band = band_of(item, Decimal(value))
        figure = KINDS[item.kind].show(item, value)
        return f"{band.text}{tr('common.brackets', text=figure)}" if band and band.text else f"{item.text} {figure}"
    if item.kind == "occurrences" and value is not None:
        return tr("review.found", item=item.text, n=value)
    return KINDS[item.kind].show(item, value) or str(item.text)


def _typed(points: Fraction) -> Decimal:
    """Points as typed: exact to 4 decimals, else to 2."""
    exact = half_up(points, 4) == points
    return Decimal(plain(shown(points, 4 if exact else 2)))


def _items(checklist: Checklist) -> dict[str, Item]:
    return {item.id: item for item in checklist.items()}
