"""六、附件: every item, how the score came about, photos, change history, remarks (report conventions)."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.figures import plain
from exports.blocks import ItemRow, PhotoRow, Report
from exports.pdf.body import bullets, chapter, paragraphs, subheading
from exports.pdf.flow import Flow, Piece
from exports.pdf.ink import Anchor, Box, Ink, Link, Picture, Text
from exports.pdf.jpeg import Jpeg
from exports.pdf.lines import Typesetter
from exports.pdf.long_texts import long_texts, short
from exports.pdf.look import (
    FAILED,
    GROUND,
    LINE,
    LOST,
    PORTRAIT,
    SMALL,
    SMALL_BOLD,
    SMALL_QUIET,
    TINY_BOLD,
    TINY_INK,
)
from exports.pdf.losses import scaled
from exports.pdf.tables import Align, Cell, Column, Row, Table
from exports.pdf.words import figures
from exports.speech import Speech

_PHOTO_WIDTH, _PHOTO_HEIGHT = 300.0, 208.0
"""Three photos stand on a page."""


def annex(flow: Flow, report: Report, setter: Typesetter, speech: Speech, photos: Mapping[int, Jpeg | None]) -> None:
    """All parts; the remarks last, when it is known what could not be drawn."""
    flow.turn(landscape=False)
    words = speech.tr("report.chapter.annex" if report.scored else "report.chapter.unscored.annex")
    title = chapter(words, "annex", setter)
    flow.add([title, *_items(report, setter, speech)])
    _steps(flow, report, setter, speech)
    texts(flow, report, setter, speech)
    photo_pages(flow, report, setter, speech, photos)
    _history(flow, report, setter, speech)
    _remarks(flow, report, setter, speech)


def _columns(scored: bool, speech: Speech) -> list[Column]:
    """The columns of the conventions; of an unscored sheet what was asked and what was answered."""

    def column(name: str, width: float, align: Align = "left") -> Column:
        return Column(speech.tr(name), width, align, TINY_INK)

    ends = column("report.col.seq", 27, "centre"), column("report.col.figures", 40)
    if not scored:
        asked, answered = column("report.col.item", 200), column("report.answer", PORTRAIT - 267)
        return [ends[0], asked, answered, ends[1]]
    return [
        ends[0],
        column("report.col.item", 96),
        column("report.col.standard", 122),
        *(column(f"report.col.{name}", 31, "right") for name in ("full", "lost", "score")),
        column("common.reason", PORTRAIT - 378),
        ends[1],
    ]


def _items(report: Report, setter: Typesetter, speech: Speech) -> list[Piece]:
    """检查明细: the item table."""
    table = Table(setter, _columns(report.scored, speech))
    pieces = [subheading(speech.tr("report.annex.items"), "items", setter, 0), table.head]
    section = None
    for row in report.items:
        if row.section != section:
            section = row.section
            number = next((one.number for one in report.sections if one.path == section), "")
            pieces.append(table.band(f"{number} {row.section_title}".replace("\n", " ").strip()))
        pieces += table.rows(_item(row, speech) if report.scored else _answer(row, speech))
    return pieces


def _item(row: ItemRow, speech: Speech) -> Row:
    lost = row.deducted is not None and row.deducted > 0
    heavy = TINY_BOLD._replace(colour=FAILED if row.effects else LOST)
    name = f"{row.number} {row.name}" if row.number else row.name
    if row.role != "normal":
        name += speech.one("common.brackets", text=speech.tr(f"report.role.{row.role}"))
    to = f"loss:{row.path}" if lost or row.effects else ""
    cells: list[str | Cell] = [
        str(row.seq),
        Cell(name, TINY_BOLD if lost or row.effects else TINY_INK, to),
        row.standard,
        "–" if row.full is None else plain(row.full),
        Cell("–" if row.deducted is None else plain(row.deducted), heavy if lost else TINY_INK),
        "–" if row.earned is None else plain(row.earned),
        told(row, speech),
        Cell(figures(row.figures, speech), TINY_INK, f"photo:{row.figures[0]}" if row.figures else ""),
    ]
    return Row(cells, (Anchor(f"item:{row.path}", 0),), GROUND if lost or row.effects else None)


def _answer(row: ItemRow, speech: Speech) -> Row:
    """A row without points."""
    photo = f"photo:{row.figures[0]}" if row.figures else ""
    asked = "\n".join(filter(None, (f"{row.number} {row.name}".strip(), row.standard)))
    cells: list[str | Cell] = [
        str(row.seq),
        asked,
        told(row, speech),
        Cell(figures(row.figures, speech), TINY_INK, photo),
    ]
    return Row(cells, (Anchor(f"item:{row.path}", 0),))


def told(row: ItemRow, speech: Speech) -> str:
    """What stands in 扣分原因: the effects, the reason, what was measured, the note."""
    lines = [*row.effects]
    if row.reason:
        lines.append(short(row.reason, speech))
    elif row.status in ("open", "lost", "na"):
        lines.append(row.status_text)
    if row.answer and row.answer not in row.reason and (row.kind != "choice" or row.full is None or row.effects):
        lines.append(short(row.answer, speech))
    lines += row.clips
    if row.note:
        lines.append(speech.tr("report.noted", note=short(row.note, speech)))
    return "\n".join(lines)


def _steps(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    if not report.steps:
        return
    table = Table(
        setter,
        [
            Column(speech.tr("report.col.number"), 44, style=TINY_INK),
            Column(speech.tr("report.col.section"), 120, style=TINY_INK),
            Column(speech.tr("report.col.derivation"), PORTRAIT - 164, style=TINY_INK),
        ],
    )
    rows = [Row([one.number, Cell(one.title, TINY_BOLD), one.text]) for one in report.steps]
    flow.add([subheading(speech.tr("report.annex.steps"), "steps", setter), *table.pieces(rows)])


def texts(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """全文: what was too long for the tables."""
    pieces: list[Piece] = []
    for path, title, words in long_texts(report, speech):
        inks: list[Ink] = [setter.line(0, 0, setter.fitted(title, SMALL_BOLD, PORTRAIT), SMALL_BOLD)]
        inks.append(Link(0, 0, PORTRAIT, SMALL_BOLD.leading, f"item:{path}"))
        pieces.append(Piece(SMALL_BOLD.leading + 2, inks, keep=True, gap=10))
        pieces += paragraphs([words], setter, PORTRAIT, SMALL)
    if pieces:
        flow.add([subheading(speech.tr("report.annex.texts"), "texts", setter), *pieces])


def photo_pages(
    flow: Flow, report: Report, setter: Typesetter, speech: Speech, photos: Mapping[int, Jpeg | None]
) -> None:
    """Photos with their captions, three on a page."""
    if not report.photos:
        return
    by_path = {row.path: row for row in report.items}
    pieces = [subheading(speech.tr("report.annex.photos"), "photos", setter)]
    for photo in report.photos:
        pieces.append(_photo(photo, photos.get(photo.number), by_path.get(photo.path), setter, speech))
    flow.add(pieces)


def _photo(photo: PhotoRow, jpeg: Jpeg | None, row: ItemRow | None, setter: Typesetter, speech: Speech) -> Piece:
    inks: list[Ink] = [Anchor(f"photo:{photo.number}", 0)]
    if jpeg:
        width, height = scaled(jpeg, _PHOTO_WIDTH, _PHOTO_HEIGHT)
        left, top = (_PHOTO_WIDTH - width) / 2, (_PHOTO_HEIGHT - height) / 2
        inks += [Box(0, 0, _PHOTO_WIDTH, _PHOTO_HEIGHT, GROUND, LINE), Picture(left, top, width, height, jpeg)]
    else:
        inks.append(Box(0, 0, _PHOTO_WIDTH, _PHOTO_HEIGHT, GROUND, LINE))
        gone = speech.tr("report.photo_gone")
        inks.append(setter.middle(_PHOTO_WIDTH / 2, _PHOTO_HEIGHT / 2 - 6, gone, SMALL_QUIET))
    left, top = _PHOTO_WIDTH + 14, 2.0
    told = [(photo.caption, SMALL_BOLD)]
    if row:
        told += [(row.name, SMALL), (row.reason, SMALL_QUIET)]
        inks.append(Link(left, 0, PORTRAIT - left, 40, f"item:{row.path}"))
    for words, style in told:
        for line in setter.clipped(words, style, PORTRAIT - left, 6):
            inks.append(Text(left, style.over(top), line, style))
            top += style.leading
        top += 4
    return Piece(_PHOTO_HEIGHT, inks, gap=14)


def _history(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    if not report.history:
        return
    table = Table(
        setter,
        [
            Column(speech.tr("report.col.when"), 92, style=TINY_INK),
            Column(speech.tr("report.col.who"), 80, style=TINY_INK),
            Column(speech.tr("report.col.what"), PORTRAIT - 172, style=TINY_INK),
        ],
    )
    rows = [Row([one.when, one.who, one.what]) for one in report.history]
    flow.add([subheading(speech.tr("report.annex.history"), "history", setter), *table.pieces(rows)])


def _remarks(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    notes = list(report.notes)
    if setter.missing:
        notes.append(speech.tr("report.note.glyphs", n=setter.missing.total(), kinds=len(setter.missing)))
    if setter.right_to_left:
        notes.append(speech.tr("report.note.rtl"))
    if notes:
        title = subheading(speech.tr("report.annex.remarks"), "remarks", setter)
        flow.add([title, *bullets(notes, setter, PORTRAIT)])
