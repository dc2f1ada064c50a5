"""The small print of a card: what an item is worth, how it is judged, what is missing."""

from __future__ import annotations

from fractions import Fraction

from auditor.checklist.model import Item
from auditor.figures import plain
from auditor.kinds.points import deduction
from auditor.words import tr
from ui.cards.state import CardState
from ui.look.style import Tone

DOT = " · "


def points_line(item: Item, *, blind: bool = False) -> str:
    """`3 分 · 每处扣 0.5 分`, then the standard; nothing about points for a blind shopper."""
    parts = [] if blind else _worth(item)
    if not item.required and item.kind != "info":
        parts.append(tr("capture.optional"))
    if item.standard is not None:
        parts.append(str(item.standard))
    return DOT.join(parts)


def _worth(item: Item) -> list[str]:
    if item.kind == "info" or item.trap:
        return []
    if item.points is None:
        return [tr("capture.unscored")]
    figure = plain(item.points)
    if item.role != "normal":
        return [tr(f"capture.{item.role}_points", figure=figure)]
    parts = [tr("capture.full_points", figure=figure)]
    if item.kind == "occurrences" and item.unit:
        parts.append(tr("capture.per_occurrence", figure=plain(item.unit)))
        if item.max is not None:
            parts.append(tr("capture.at_most", figure=plain(item.max)))
    return parts


def has_guidance(item: Item, *, blind: bool = False) -> bool:
    """Whether `guidance_lines` would say anything, without working it out."""
    if item.guidance is not None or item.clause is not None:
        return True
    return (
        not blind and item.scored and any(one.share is not None or one.deduct or one.critical for one in item.options)
    )


def guidance_lines(item: Item, *, blind: bool = False) -> list[str]:
    """How to judge, what each answer costs, and the clause, one line each."""
    lines = [str(item.guidance)] if item.guidance is not None else []
    if not blind and item.scored and item.kind in ("choice", "multi"):
        costs = [(str(one.text), deduction(item, one)) for one in item.options]
        if any(cost for _, cost in costs):
            told = [f"{text} {'0' if not cost else f'−{plain(min(cost, _most(item)))}'}" for text, cost in costs]
            lines.append(f"{tr('capture.rule')}{tr('common.colon')}{tr('common.semicolon').join(told)}")
    effects = sorted({one.name for said in (*item.options, *item.bands) for one in said.critical})
    if effects and not blind:
        words = tr("common.comma").join(tr(f"common.effect.{name}") for name in effects)
        lines.append(f"{tr('capture.critical')}{tr('common.colon')}{words}")
    if item.clause is not None:
        title = f" {item.clause.title}" if item.clause.title is not None else ""
        lines.append(f"{tr('capture.clause')}{tr('common.colon')}{item.clause.ref}{title}")
    return lines


def _most(item: Item) -> Fraction:
    return Fraction(item.points or 0) - Fraction(item.floor)


def badges(item: Item, state: CardState) -> list[tuple[str, Tone]]:
    """What stands at a card's right: points lost, effects that fired, a possible veto, not applicable."""
    found: list[tuple[str, Tone]] = []
    if state.answer.na is not None:
        found.append((tr(f"common.na.{state.answer.na}"), "quiet"))
    if state.highlight:
        found.append((tr("praise.badge"), "good"))
    if state.praised:
        found.append((tr("praise.praised"), "good"))
    if state.blind:
        return found
    for name in dict.fromkeys(one.effect for one in state.fired):
        found.append((tr(f"common.effect.{name}"), "failed"))
    critical = {one.name for said in (*item.options, *item.bands) for one in said.critical}
    if not state.fired and critical & {"fail", "zero_total"}:
        found.append((tr("capture.veto_item"), "quiet"))
    score = state.score
    if score is not None and score.deducted > 0:
        found.append((f"−{plain(score.deducted)}", "failed" if state.fired else "lost"))
    elif score is not None and item.role == "bonus" and score.earned:
        found.append((f"+{plain(score.earned)}", "good"))
    return found


def hint(item: Item, state: CardState) -> tuple[str, Tone]:
    """What is still missing or what a cascade took, in words; "" when nothing."""
    if state.score is not None and state.score.status == "lost" and not state.blind:
        by = tr("common.comma").join(state.lost_by)
        return tr("capture.lost_by", by=by), "lost"
    missing = state.missing
    if "valid" in missing:
        return str(item.valid_text) if item.valid_text is not None else tr("capture.missing_valid"), "lost"
    words = [tr(f"capture.missing_{name}") for name in missing]
    return (tr("capture.missing", what=tr("common.comma").join(words)), "lost") if words else ("", "quiet")
