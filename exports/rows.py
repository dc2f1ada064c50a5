"""The tables of a report: sections, items, losses, corrective actions, photos, the journey."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import partial

from auditor.audit import Answer, Clip, Finding, item_path, split_path
from auditor.checklist.model import Item, Section
from auditor.figures import plain, shown
from auditor.scoring.tree import ItemScore, Score, SectionScore
from exports.blocks import ActionRow, Fact, ItemRow, LossRow, PhotoRow, SectionRow, Stage, Timing
from exports.copies import View
from exports.moments import clock, limit_text
from exports.photo_rows import shots
from exports.speech import Speech
from exports.wording import Names, answer_text, clause_text, effect_text, grade_title, pass_mark, reason


def _decimal(x: Fraction | None, places: int = 4) -> Decimal | None:
    """Points as typed: 0.5, 3, 1.25."""
    return None if x is None else Decimal(plain(shown(x, places)))


def section_rows(view: View, score: Score, names: Names) -> tuple[SectionRow, ...]:
    """Every section that stands in this copy, parents before children."""
    depths = {"": -1}
    rows = []
    for scored in score.sections:
        section = names.sections.get(scored.path.rpartition("/")[2].partition("#")[0])
        depths[scored.path] = depths.get(scored.parent, -1) + 1
        if section is None or scored.status == "hidden" or not _has_items(section):
            continue
        rows.append(_section_row(view, names, scored, section, depths[scored.path]))
    return tuple(rows)


def _has_items(section: Section) -> bool:
    return bool(section.items) or any(map(_has_items, section.sections))


def _section_row(view: View, names: Names, scored: SectionScore, section: Section, depth: int) -> SectionRow:
    speech = view.speech
    lost = max(Fraction(0), scored.possible - scored.earned)
    name, _, digits = scored.path.rpartition("/")[2].partition("#")
    header: tuple[Fact, ...] = ()
    if digits and section.repeat:
        header = tuple(
            Fact(one.id, speech.text(one.text), clock(str(value), speech))
            for one in section.repeat.header
            if (value := _value(view, item_path(one.id, name, int(digits)))) not in (None, "")
        )
    return SectionRow(
        path=scored.path,
        parent=scored.parent,
        depth=depth,
        number=names.number(scored.path),
        title=names.section(scored.path),
        status=scored.status,
        status_text="" if scored.status == "counted" else speech.tr(f"report.section.{scored.status}"),
        earned=_decimal(scored.earned, 2) or Decimal(0),
        possible=_decimal(scored.possible, 2) or Decimal(0),
        lost=_decimal(lost, 2) or Decimal(0),
        figure=scored.figure,
        weight=_decimal(scored.weight),
        grade=grade_title(section.grades, scored.grade, speech).replace("\n", " "),
        passed=scored.passed,
        pass_mark="" if digits else pass_mark(section, speech),
        answered=scored.answered,
        applicable=scored.applicable,
        stage=section.stage,
        instance=int(digits or 0),
        header=header,
    )


def _value(view: View, path: str) -> object:
    found = view.audit.answers.get(path)
    return found.value if found else None


def item_rows(view: View, score: Score, names: Names, photos: dict[str, tuple[int, ...]]) -> tuple[ItemRow, ...]:
    """Every item that stands in this copy and was not hidden or skipped, in reading order."""
    effects: dict[str, list[str]] = {}
    for fired in score.critical:
        effects.setdefault(fired.path, []).append(effect_text(fired, view.speech))
    rows: list[ItemRow] = []
    for scored in score.items:
        item = names.items.get(split_path(scored.path)[2])
        if item is None or item.kind == "info" or scored.status in ("hidden", "skipped"):
            continue
        rows.append(
            _item_row(
                view, names, item, scored, len(rows) + 1, photos.get(scored.path, ()), effects.get(scored.path, [])
            )
        )
    return tuple(rows)


def _item_row(
    view: View, names: Names, item: Item, scored: ItemScore, seq: int, figures: tuple[int, ...], effects: list[str]
) -> ItemRow:
    speech = view.speech
    answer = view.audit.answers.get(scored.path) or Answer()
    if item.computed:
        answer = replace(answer, value=view.computed.get(scored.path))
    value = answer.value
    said = answer_text(view, item, value)
    counts = scored.earned is not None and item.scored
    return ItemRow(
        seq=seq,
        path=scored.path,
        number=names.number(scored.path),
        section=scored.section,
        section_title=names.section(scored.section),
        name=speech.text(item.text),
        standard=speech.text(item.standard),
        kind=item.kind,
        role=item.role,
        status=scored.status,
        status_text=_status(view, scored, answer),
        full=item.points if item.scored else None,
        deducted=_decimal(scored.deducted) if counts else None,
        earned=_decimal(scored.earned) if counts else None,
        answer=said,
        reason=reason(view, names, answer, scored, said),
        note=answer.note,
        clause=clause_text(item, speech),
        effects=tuple(effects),
        figures=figures,
        clips=tuple(_clip(one, speech) for one in answer.clips),
    )


def _clip(one: Clip, speech: Speech) -> str:
    """录音 大堂.m4a 03:12."""
    words = " ".join(filter(None, (one.name, one.at, one.caption)))
    return f"{speech.tr(f'layouts.clip.{one.kind}')} {words}"


def _status(view: View, scored: ItemScore, answer: Answer) -> str:
    if scored.status == "na" and answer.na:
        return view.speech.tr(f"common.na.{answer.na}")
    return view.speech.tr(f"common.status.{scored.status}")


def loss_rows(view: View, names: Names, items: tuple[ItemRow, ...], heaviest: tuple[str, ...]) -> tuple[LossRow, ...]:
    """What was lost, in the order given."""
    by_path = {row.path: row for row in items}
    rows: list[LossRow] = []
    for path in heaviest:
        row = by_path.get(path)
        if row is None:
            continue
        item = names.items[split_path(path)[2]]
        rows.append(
            LossRow(
                seq=len(rows) + 1,
                path=path,
                number=row.number,
                name=row.name,
                section_title=row.section_title,
                deducted=row.deducted or Decimal(0),
                answer=row.answer,
                reason=row.reason,
                clause=row.clause,
                note=row.note,
                action=_required(view, item, path) if view.shows.actions else "",
                effects=row.effects,
                figures=row.figures,
                cascaded=row.status == "lost",
            )
        )
    return tuple(rows)


def _required(view: View, item: Item, path: str) -> str:
    """What the finding demands, else what the checklist does."""
    finding = view.audit.findings.get(path)
    return finding.required if finding and finding.required else view.speech.text(item.action)


def action_rows(view: View, losses: tuple[LossRow, ...], photos: tuple[PhotoRow, ...] = ()) -> tuple[ActionRow, ...]:
    """One row per loss that someone must mend; what follows from another loss is mended with it.

    A loss that follows from another has a row where somebody made a finding of it nevertheless.
    """
    if not view.shows.actions:
        return ()
    wanted = (one for one in losses if not one.cascaded or one.path in view.audit.findings)
    return tuple(_action_row(view, one, seq, photos) for seq, one in enumerate(wanted, 1))


def _action_row(view: View, one: LossRow, seq: int, photos: tuple[PhotoRow, ...]) -> ActionRow:
    finding = view.audit.findings.get(one.path) or Finding()
    numbers = [photo.number for photo in photos if photo.path == one.path] or one.figures
    staged = list(zip(numbers, shots(view, one.path), strict=False))
    return ActionRow(
        seq=seq,
        path=one.path,
        number=one.number,
        problem=f"{one.number} {one.name}".strip() + (f"\n{one.reason}" if one.reason else ""),
        clause=one.clause or one.number,
        required=one.action,
        measure=finding.measure,
        owner=finding.owner,
        due=finding.due,
        done="\n".join(filter(None, (finding.done_on, finding.remark))),
        before=tuple(number for number, (_, stage) in staged if stage != "after"),
        after=tuple(number for number, (_, stage) in staged if stage == "after"),
        checked_by=finding.checked_by,
        closed=finding.cleared_on,
    )


def journey(
    view: View, names: Names, sections: tuple[SectionRow, ...], items: tuple[ItemRow, ...]
) -> tuple[Stage, ...]:
    """The stages of the visit with their times; without stages, the sections in which something was timed."""
    timed: dict[str, list[Timing]] = {}
    for row in items:
        timing = _timing(view, names, row)
        if timing:
            timed.setdefault(row.section, []).append(timing)
    staged = [one for one in sections if one.stage and not one.instance]
    chosen = staged or [one for one in sections if timed.get(one.path)]
    return tuple(
        Stage(one.path, one.number, one.title, one.figure, one.lost, tuple(_below(one, sections, timed, bool(staged))))
        for one in chosen
    )


def _below(
    top: SectionRow, sections: tuple[SectionRow, ...], timed: dict[str, list[Timing]], deep: bool
) -> Iterator[Timing]:
    yield from timed.get(top.path, ())
    for one in sections if deep else ():
        if one.parent == top.path:
            yield from _below(one, sections, timed, deep)


def _timing(view: View, names: Names, row: ItemRow) -> Timing | None:
    item = names.items[split_path(row.path)[2]]
    if not row.answer or (item.kind != "duration" and item.kind != "time"):
        return None
    if item.kind == "time":
        return Timing(row.path, row.number, row.name, row.answer)
    value = view.computed.get(row.path) if item.computed else _value(view, row.path)
    limit = limit_of(item)
    if not isinstance(value, Decimal) or limit is None:
        return Timing(row.path, row.number, row.name, row.answer)
    words = view.speech.tr("report.limit", limit=view.speech.say(partial(limit_text, limit)))
    over = value > limit
    ratio = float(value / limit) if limit else None
    return Timing(row.path, row.number, row.name, row.answer, words, over, ratio)


def limit_of(item: Item) -> Decimal | None:
    """The time up to which nothing is lost."""
    limit = None
    for band in item.bands:
        earns_full = (band.share is None or band.share >= 1) and not band.deduct
        if band.up_to is None or not earns_full:
            break
        limit = band.up_to
    return limit
