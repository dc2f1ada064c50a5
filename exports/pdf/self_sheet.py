"""自查表: a branch's own inspection on as little paper as it takes, every item ticked, signed by who is answerable."""

from __future__ import annotations

from auditor.figures import plain
from exports.blocks import ItemRow, Report
from exports.pdf.annex import told
from exports.pdf.body import paragraphs
from exports.pdf.flow import Flow, Piece, kept_with
from exports.pdf.formal import BOX, head_table, tick_box, title
from exports.pdf.ink import Anchor, Ink
from exports.pdf.lines import Typesetter
from exports.pdf.look import PORTRAIT, SMALL, TINY_BOLD, TINY_INK
from exports.pdf.signatures import Drawings, duties, to_sign
from exports.pdf.tables import PAD_Y, Cell, Column, Row, Table
from exports.speech import Speech

_SEQ, _ITEM, _STANDARD, _TICK, _LOST = 24.0, 122.0, 126.0, 30.0, 30.0
_FACTS = ("branch", "parent", "period", "visited", "inspector", "checklist", "points", "grade", "veto")


def self_sheet(flow: Flow, report: Report, setter: Typesetter, speech: Speech, drawings: Drawings) -> None:
    """Head table, all items with a tick each, the appraisal, the signatures."""
    flow.page()
    facts = [one for key in _FACTS for one in report.facts if one.key == key]
    flow.add([title(report.title, setter, PORTRAIT), head_table(facts, setter, PORTRAIT)])
    flow.space(8)
    flow.add(_items(report, setter, speech))
    flow.space(6)
    words = paragraphs(report.summary, setter, PORTRAIT, SMALL)
    signed = duties(report, setter, speech, PORTRAIT, drawings)
    block = to_sign(report.signatures, setter, speech, PORTRAIT, drawings)
    flow.add(kept_with([*words, *signed], block))


def _columns(speech: Speech) -> list[Column]:
    said = _SEQ + _ITEM + _STANDARD + 3 * _TICK + _LOST
    return [
        Column(speech.tr("report.col.seq"), _SEQ, "centre", TINY_INK),
        Column(speech.tr("layouts.col.self_item"), _ITEM, style=TINY_INK),
        Column(speech.tr("report.col.standard"), _STANDARD, style=TINY_INK),
        *(Column(speech.tr(f"layouts.col.{name}"), _TICK, "centre", TINY_INK) for name in ("met", "not_met", "na")),
        Column(speech.tr("report.col.lost"), _LOST, "right", TINY_INK),
        Column(speech.tr("layouts.col.said"), PORTRAIT - said, style=TINY_INK),
    ]


def _items(report: Report, setter: Typesetter, speech: Speech) -> list[Piece]:
    table = Table(setter, _columns(speech), grid=True)
    pieces, section = [table.head], None
    for row in report.items:
        if row.section != section:
            section = row.section
            number = next((one.number for one in report.sections if one.path == section), "")
            pieces.append(table.band(f"{number} {row.section_title}".replace("\n", " ").strip()))
        pieces += table.rows(_row(row, speech))
    return pieces


def _row(row: ItemRow, speech: Speech) -> Row:
    lost = bool(row.deducted) or bool(row.effects) or row.status == "lost"
    inks: list[Ink] = [Anchor(f"item:{row.path}", 0)]
    if row.full is not None:
        chosen = "na" if row.status == "na" else "" if row.status == "open" else "not_met" if lost else "met"
        left = _SEQ + _ITEM + _STANDARD + (_TICK - BOX) / 2
        for at, name in enumerate(("met", "not_met", "na")):
            inks += tick_box(left + at * _TICK, PAD_Y + 1.5, name == chosen)
    cells = [
        str(row.seq),
        Cell(f"{row.number} {row.name}".strip(), TINY_BOLD if lost else TINY_INK),
        row.standard,
        *("", "", ""),
        Cell(plain(row.deducted), TINY_BOLD) if row.deducted else "",
        told(row, speech),
    ]
    return Row(cells, tuple(inks))
