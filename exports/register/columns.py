"""Columns of the long sheets and what stands in them. An item is told by its id and its checklist's version (S8)."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.audit import split_path
from auditor.figures import shown
from exports.blocks import ItemRow
from exports.register.sheet_xml import Column, Value
from exports.register.summed import ModuleSum
from exports.register.visits import Look, Outlet

_WHO = (Column("code", 11, "code"), Column("outlet", 19, "wrapped"), Column("parent", 14, "wrapped"))

MODULES = (
    *_WHO,
    Column("checklist", 24),
    Column("version", 9, "code"),
    Column("number", 8, "code"),
    Column("module_id", 14, "code"),
    Column("module", 24),
    Column("visits", 9, "count"),
    Column("module_figure", 15, "figure"),
    Column("lost_total", 10, "points"),
)

LOSSES = (
    Column("seq", 5, "count"),
    *_WHO,
    Column("kind", 8, "wrapped"),
    Column("visited", 12, "wrapped"),
    Column("checklist", 14, "wrapped"),
    Column("version", 6, "code"),
    Column("module", 13, "wrapped"),
    Column("number", 8, "code"),
    Column("item_id", 13, "wrapped"),
    Column("item", 20, "wrapped"),
    Column("full", 6, "points"),
    Column("deducted", 6, "points"),
    Column("reason", 34, "wrapped"),
    Column("clause", 14, "wrapped"),
    Column("effect", 12, "wrapped"),
)

VETOES = (
    Column("seq", 5, "count"),
    *_WHO,
    Column("kind", 8, "wrapped"),
    Column("visited", 12, "wrapped"),
    Column("checklist", 14, "wrapped"),
    Column("version", 6, "code"),
    Column("number", 8, "code"),
    Column("item", 20, "wrapped"),
    Column("answer", 24, "wrapped"),
    Column("effect", 12, "wrapped"),
    Column("clause", 14, "wrapped"),
    Column("before", 9, "figure"),
    Column("total", 9, "figure"),
)

ACTIONS = (
    Column("seq", 5, "count"),
    *_WHO,
    Column("visited", 12, "wrapped"),
    Column("number", 8, "code"),
    Column("problem", 34, "wrapped"),
    Column("clause", 14, "wrapped"),
    Column("required", 26, "wrapped"),
    Column("measure", 20, "wrapped"),
    Column("owner", 8, "wrapped"),
    Column("due", 10, "code"),
    Column("done", 13, "wrapped"),
    Column("checked_by", 8, "wrapped"),
    Column("closed", 10, "code"),
)

ITEMS = (
    Column("visit", 8, "count"),
    Column("code", 11, "code"),
    Column("outlet", 22),
    Column("parent", 16),
    Column("type", 12),
    Column("kind", 12),
    Column("visited", 16, "code"),
    Column("checklist_id", 18, "code"),
    Column("version", 9, "code"),
    Column("module_id", 16, "code"),
    Column("module", 22),
    Column("instance", 8, "count"),
    Column("item_id", 18, "code"),
    Column("number", 9, "code"),
    Column("item", 30),
    Column("status", 10),
    Column("answer", 22, "free"),
    Column("full", 8, "points"),
    Column("deducted", 8, "points"),
    Column("earned", 8, "points"),
    Column("reason", 36, "free"),
    Column("note", 30, "free"),
    Column("clause", 20),
)
INSIDE = (Column("shopper", 14), Column("audit", 26, "code"))
"""In the compliance copy only, after all others, so that no column ever shifts."""


def who(outlet: Outlet) -> tuple[Value, ...]:
    return (outlet.code, outlet.name, outlet.parent)


def module_row(one: ModuleSum, places: int) -> tuple[Value, ...]:
    ratio = one.ratio
    return (
        *who(one.outlet),
        one.title,
        one.version,
        one.number,
        one.section,
        one.name,
        len(one.ratios),
        None if ratio is None else shown(ratio, places, 100),
        one.lost,
    )


def loss_values(look: Look, first: int) -> Iterator[tuple[Value, ...]]:
    full = {row.path: row.full for row in look.items}
    visit = look.visit
    for seq, row in enumerate(look.losses, first):
        yield (
            seq,
            *who(visit.outlet),
            look.kind_name,
            look.when,
            visit.title,
            visit.version,
            row.section_title,
            row.number,
            split_path(row.path)[2],
            row.name,
            full.get(row.path),
            row.deducted,
            row.reason,
            row.clause,
            "\n".join(row.effects),
        )


def veto_values(look: Look, first: int) -> Iterator[tuple[Value, ...]]:
    visit, outcome = look.visit, look.result
    before = outcome.total if outcome.before_critical is None else outcome.before_critical
    for seq, one in enumerate(look.vetoes, first):
        yield (
            seq,
            *who(visit.outlet),
            look.kind_name,
            look.when,
            visit.title,
            visit.version,
            one.number,
            one.item,
            one.answer,
            one.words,
            one.clause,
            before,
            outcome.total,
        )


def action_values(look: Look, first: int) -> Iterator[tuple[Value, ...]]:
    for seq, row in enumerate(look.actions, first):
        told = (row.measure, row.owner, row.due, row.done, row.checked_by, row.closed)
        yield (seq, *who(look.visit.outlet), look.when, row.number, row.problem, row.clause, row.required, *told)


def item_values(look: Look, number: int) -> Iterator[tuple[Value, ...]]:
    """One row per item of a visit; `number` tells the visit from the others of this register."""
    visit, shows = look.visit, look.view.shows
    before = (number, *who(visit.outlet), visit.outlet.type, look.kind_name, look.when, visit.checklist, visit.version)
    after = (look.shopper, look.view.audit.id) if shows.inspector else ("", "")
    inside = look.view.copy == "compliance"
    for row in look.items:
        yield (*before, *_item(row), *(after if inside else ()))


def _item(row: ItemRow) -> tuple[Value, ...]:
    _, instance, item = split_path(row.path)
    section = row.section.rpartition("/")[2].partition("#")[0]
    return (
        section,
        row.section_title,
        instance or None,
        item,
        row.number,
        row.name,
        row.status_text,
        row.answer,
        row.full,
        row.deducted,
        row.earned,
        row.reason,
        row.note,
        row.clause,
    )
