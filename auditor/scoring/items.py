"""What one item comes to (S3, S4, S5): from its answer alone, before anything hides, loses or skips it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from auditor.audit import Answer, Value
from auditor.checklist.parts import Demand
from auditor.kinds import KINDS, Worth
from auditor.kinds.accept import to_places
from auditor.kinds.points import full
from auditor.scoring.outcome import Outcome
from auditor.scoring.tree import ItemScore, Status

if TYPE_CHECKING:
    from auditor.scoring.layout import Node

ZERO = Fraction(0)
ENOUGH = 256
"""Values remembered per item."""

_STRICTNESS: tuple[Demand, ...] = ("never", "optional", "loses", "always")
_OPEN_ENDED = frozenset({"text", "signature", "time", "date", "photo", "info"})
"""Kinds whose value makes no difference: one outcome serves all."""


def of_answer(node: Node, answer: Answer) -> Outcome:
    """What an answer comes to; one that lacks its evidence leaves the item open (S4)."""
    if answer.na is not None:
        return _not_applicable(node, answer)
    outcome = of_value(node, answer.value, bool(answer.photos))
    return with_evidence(node, outcome, answer) if outcome.needs else outcome


def of_value(node: Node, value: Value, photos: bool = False) -> Outcome:
    """What a value earns and entails, remembered per value; what is no answer of the item leaves it open."""
    kind = node.plan.item.kind
    if not value and value != 0 and not (kind == "photo" and photos):
        return node.unanswered
    if kind in _OPEN_ENDED:
        return _given(node, value)
    known = node.known.get(value)
    if known is None:
        worth = KINDS[kind].points(node.plan.item, value)
        if worth is None:
            return node.unanswered
        if len(node.known) >= ENOUGH:
            node.known.clear()
        known = node.known[value] = _worth(node, value, worth)
    return known


def _given(node: Node, value: Value) -> Outcome:
    """What any value of such a kind comes to."""
    known = node.standing.get("given")
    if known is None:
        worth = KINDS[node.plan.item.kind].points(node.plan.item, value)
        if worth is None:
            return node.unanswered
        known = node.standing["given"] = _worth(node, value, worth)
    return known


def unanswered(node: Node) -> Outcome:
    """Open: earns and deducts nothing; scored items are required (S4)."""
    plan = node.plan
    takes = 0 if plan.item.kind == "info" or plan.value else 1
    missing = ("photo" if plan.item.kind == "photo" else "value",) if plan.required else ()
    status: Status = "open" if plan.item.scored else "unscored"
    return Outcome(ItemScore(node.path, node.place.path, status, None, None, True, (), missing), applicable=takes)


def _worth(node: Node, value: Value, worth: Worth) -> Outcome:
    plan, item = node.plan, node.plan.item
    takes = 0 if plan.value else 1
    acts = any(said.critical or said.lose or said.skip for said in worth.entails)
    if worth.earned is None:
        score = ItemScore(node.path, node.place.path, "unscored", None, None)
        made = Outcome(score, 0, 0, 0, takes, takes, worth, acts)
    elif item.role == "normal":
        score = ItemScore(node.path, node.place.path, "answered", worth.earned, full(item))
        made = Outcome(score, plan.scaled(worth.earned), node.plan.points, 0, takes, takes, worth, acts)
    else:
        score = ItemScore(node.path, node.place.path, "answered", worth.earned, ZERO)
        made = Outcome(score, 0, 0, plan.scaled(worth.earned), takes, takes, worth, acts)
    made.needs = () if plan.value else _needs(node, worth, score.deducted > 0)
    made.reasons = max(1, value) if item.kind == "occurrences" and isinstance(value, int) else 1
    return made


def _needs(node: Node, worth: Worth, loses: bool) -> tuple[str, ...]:
    """The evidence this answer must bring: the option's demand goes before the item's, that before the checklist's.

    Of several chosen faults the strictest demand holds; where nobody says, nothing is demanded.
    """
    needs = []
    for name in ("note", "reason", "photo"):
        said = [getattr(one.evidence, name) for one in worth.entails if one.evidence]
        by_option = max((one for one in said if one), key=_STRICTNESS.index, default=None)
        demand = by_option or getattr(node.plan.evidence, name)
        if demand == "always" or (demand == "loses" and loses):
            needs.append(name)
    return tuple(needs)


def with_evidence(node: Node, outcome: Outcome, answer: Answer) -> Outcome:
    """The outcome itself when the answer brings what it must, else the item left open (S4)."""
    lacking = tuple([name for name in outcome.needs if not _brings(answer, name, outcome.reasons)])
    return left_open(node, outcome, lacking) if lacking else outcome


def _brings(answer: Answer, name: str, reasons: int) -> bool:
    if name == "note":
        return bool(answer.note.strip())
    if name == "photo":
        return bool(answer.photos)
    return given_reasons(answer) >= reasons


def given_reasons(answer: Answer) -> int:
    """How many reasons say anything."""
    return len([one for one in answer.reasons if (one.text + one.time + one.place + one.post).strip()])


def left_open(node: Node, outcome: Outcome, lacking: tuple[str, ...]) -> Outcome:
    """Earns and deducts nothing, but is seen by conditions, lose, skip and critical effects (S4)."""
    known = outcome.open.get(lacking)
    if known is None:
        known = outcome.open[lacking] = _left_open(node, outcome, lacking)
    return known


def _left_open(node: Node, outcome: Outcome, lacking: tuple[str, ...]) -> Outcome:
    was = outcome.score
    missing = (*was.missing, *lacking)
    status: Status = "open" if node.plan.item.scored else "unscored"
    score = ItemScore(was.path, was.section, status, None, None, True, (), missing)
    return Outcome(score, 0, 0, 0, 0, outcome.applicable, outcome.worth, outcome.acts)


def _not_applicable(node: Node, answer: Answer) -> Outcome:
    """Not applicable: out of both sides, or no deduction (S3); open without its reason or where it is not allowed."""
    if answer.na not in node.plan.na_codes:
        return node.unanswered
    outcome = na_outcome(node)
    if node.plan.na_reason and not answer.note.strip() and not given_reasons(answer):
        return left_open(node, outcome, ("na_reason",))
    return outcome


def na_outcome(node: Node) -> Outcome:
    known = node.standing.get("na")
    if known is None:
        known = node.standing["na"] = _na(node)
    return known


def _na(node: Node) -> Outcome:
    plan, item = node.plan, node.plan.item
    takes = 0 if plan.value else 1
    status: Status = "na" if item.scored else "unscored"
    if not item.scored or not plan.full_when_na:
        return Outcome(ItemScore(node.path, node.place.path, status, None, None), 0, 0, 0, takes, takes)
    points = full(item) if item.role == "normal" else ZERO
    return Outcome(
        ItemScore(node.path, node.place.path, "na", points, points), node.plan.points, node.plan.points, 0, takes, takes
    )


def hidden(node: Node) -> Outcome:
    return _gone(node, "hidden")


def skipped(node: Node) -> Outcome:
    return _gone(node, "skipped")


def _gone(node: Node, status: str) -> Outcome:
    """Leaves earned and possible alike; its answer is not in force (S2)."""
    known = node.standing.get(status)
    if known is None:
        score = ItemScore(node.path, node.place.path, "hidden" if status == "hidden" else "skipped", None, None, False)
        known = node.standing[status] = Outcome(score)
    return known


def lost(node: Node, by: tuple[str, ...], in_force: bool) -> Outcome:
    """0 of its full points, answered or not; a lost bonus earns 0 (S2)."""
    points = full(node.plan.item) if node.plan.item.role == "normal" else ZERO
    score = ItemScore(node.path, node.place.path, "lost", ZERO, points, in_force, by)
    return Outcome(score, 0, node.plan.points)


def can_be_lost(node: Node) -> bool:
    """Items with points; a penalty cannot be lost (S2)."""
    return node.plan.item.scored and node.plan.item.role != "penalty"


def stored(node: Node, value: Fraction | None) -> Decimal | None:
    """A computed figure in the form its kind stores: half-up to the item's decimals, or to 0.1 s (S5)."""
    if value is None:
        return None
    return to_places(value, 1 if node.plan.item.kind == "duration" else node.plan.item.decimals)
