"""四、主要问题及扣分: a card for each loss, its photos beside it; no card is cut by a page."""

from __future__ import annotations

from collections.abc import Mapping

from exports.blocks import LossRow, Report
from exports.pdf.body import chapter, paragraphs
from exports.pdf.cover import figures
from exports.pdf.flow import Flow, Piece
from exports.pdf.ink import Anchor, Box, Ink, Link, Picture, Rule, Text
from exports.pdf.jpeg import Jpeg
from exports.pdf.lines import Typesetter
from exports.pdf.look import FAILED, FAINT, LINE, LOST, PORTRAIT, SMALL, SMALL_QUIET, STRONG, TINY, Style
from exports.speech import Speech

_THUMB = 118.0
_LABEL = 62.0
_MOST_LINES = 34
_THUMBS = 2


def losses(flow: Flow, report: Report, setter: Typesetter, speech: Speech, photos: Mapping[int, Jpeg | None]) -> None:
    """Every loss, heaviest first."""
    pieces: list[Piece] = [chapter(speech.tr("report.chapter.losses"), "losses", setter)]
    if not report.losses:
        pieces += paragraphs([speech.tr("report.no_losses")], setter, PORTRAIT)
    for loss in report.losses:
        pieces += _cards(loss, setter, speech, photos)
    flow.add(pieces)


def _cards(loss: LossRow, setter: Typesetter, speech: Speech, photos: Mapping[int, Jpeg | None]) -> list[Piece]:
    """One card, or several where the words exceed a page."""
    thumbs = [(number, jpeg) for number in loss.figures if (jpeg := photos.get(number))][:_THUMBS]
    room = PORTRAIT - 14 - (_THUMB + 12 if thumbs else 0)
    rows = _lines(loss, setter, speech, room)
    cards = []
    for start in range(0, len(rows) or 1, _MOST_LINES):
        first = start == 0
        cards.append(_card(loss, rows[start : start + _MOST_LINES], thumbs if first else [], first, setter, speech))
    return cards


def _lines(loss: LossRow, setter: Typesetter, speech: Speech, room: float) -> list[tuple[str, str]]:
    """Label and line by line; the label stands at the first line of each."""
    told = [
        (speech.tr("report.col.section"), loss.section_title.replace("\n", " ")),
        (speech.tr("common.reason"), loss.reason),
        (speech.tr("report.answer"), loss.answer if loss.answer not in loss.reason else ""),
        (speech.tr("report.basis_label"), loss.clause),
        (speech.tr("report.note_label"), loss.note),
        (speech.tr("report.col.required"), loss.action),
        (speech.tr("common.evidence"), figures(loss.figures, speech)),
    ]
    rows: list[tuple[str, str]] = []
    for label, words in told:
        lines = setter.wrap(words, SMALL, room - _LABEL)
        rows += [(label if not at else "", line) for at, line in enumerate(lines)]
    return rows


def _card(
    loss: LossRow,
    rows: list[tuple[str, str]],
    thumbs: list[tuple[int, Jpeg]],
    first: bool,
    setter: Typesetter,
    speech: Speech,
) -> Piece:
    colour = FAILED if loss.effects else LOST
    title = f"{loss.number} {loss.name}".replace("\n", " ").strip()
    mark = _mark(loss, speech) if first else speech.tr("report.continued")
    badge = Style(9.5, 15.5, colour, True)
    mark = setter.fitted(mark, badge, 190)
    room = PORTRAIT - 14 - setter.width(mark, badge) - 12
    heads = setter.wrap(title, STRONG, room)[:3]
    top = 7.0
    inks: list[Ink] = [Text(12, STRONG.over(top + at * STRONG.leading), line, STRONG) for at, line in enumerate(heads)]
    inks.append(setter.ending(PORTRAIT - 2, top, mark, badge))
    if first:
        inks.append(Anchor(f"loss:{loss.path}", 0))
        inks.append(Link(0, 0, room, len(heads) * STRONG.leading + top, f"item:{loss.path}"))
    top += len(heads) * STRONG.leading + 2
    low = _thumbnails(inks, thumbs, top + 2, setter, speech)
    for label, line in rows:
        if label:
            inks.append(setter.line(12, top, setter.fitted(label, SMALL_QUIET, _LABEL - 4), SMALL_QUIET))
        inks.append(Text(12 + _LABEL, SMALL.over(top), line, SMALL))
        top += SMALL.leading
    height = max(top, low) + 6
    bar = Box(0, 4, 3, height - 8, colour)
    return Piece(height, [bar, *inks, Rule(0, height, PORTRAIT, height, FAINT)], gap=2)


def _mark(loss: LossRow, speech: Speech) -> str:
    words = [speech.tr("report.lost", points=loss.deducted)] if loss.deducted or not loss.effects else []
    return " · ".join([*loss.effects, *words])


def _thumbnails(
    inks: list[Ink], thumbs: list[tuple[int, Jpeg]], top: float, setter: Typesetter, speech: Speech
) -> float:
    """Small photos down the right edge; returns how far down they reach."""
    left = PORTRAIT - _THUMB
    for number, jpeg in thumbs:
        width, height = scaled(jpeg, _THUMB, 100)
        inks.append(Picture(left + _THUMB - width, top, width, height, jpeg))
        inks.append(Box(left + _THUMB - width, top, width, height, line=LINE))
        inks.append(Link(left, top, _THUMB, height, f"photo:{number}"))
        top += height
        inks.append(setter.ending(PORTRAIT, top, speech.tr("report.figure", n=number), TINY))
        top += TINY.leading + 2
    return top


def scaled(jpeg: Jpeg, width: float, height: float) -> tuple[float, float]:
    """The photo's size within a frame, proportions kept."""
    factor = min(width / jpeg.width, height / jpeg.height)
    return jpeg.width * factor, jpeg.height * factor
