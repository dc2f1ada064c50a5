"""四、主要问题及扣分: a card for each loss, its photos beside it; no card is cut by a page."""

from __future__ import annotations

from collections.abc import Mapping

from exports.blocks import ActionRow, LossRow, Report
from exports.pdf.body import chapter, paragraphs
from exports.pdf.flow import Flow, Piece
from exports.pdf.ink import Anchor, Box, Ink, Link, Picture, Rule, Text
from exports.pdf.jpeg import Jpeg
from exports.pdf.lines import Typesetter
from exports.pdf.long_texts import short
from exports.pdf.look import FAILED, FAINT, LINE, LOST, PORTRAIT, SMALL, SMALL_QUIET, STRONG, TINY, Style
from exports.pdf.words import figures
from exports.speech import Speech

_THUMB = 100.0
_MOST_LINES = 34
_THUMBS = 2
_MARK = 190.0
"""Room for the points at the right of a card's title."""


def losses(
    flow: Flow,
    report: Report,
    setter: Typesetter,
    speech: Speech,
    photos: Mapping[int, Jpeg | None],
    title: str = "report.chapter.losses",
) -> None:
    """Every loss, heaviest first."""
    pieces: list[Piece] = [chapter(speech.tr(title), "losses", setter)]
    if not report.losses:
        pieces += paragraphs([speech.tr("report.no_losses")], setter, PORTRAIT)
    findings = {one.path: one for one in report.actions}
    for loss in report.losses:
        pieces += _cards(loss, findings.get(loss.path), setter, speech, photos)
    flow.add(pieces)


def _cards(
    loss: LossRow,
    finding: ActionRow | None,
    setter: Typesetter,
    speech: Speech,
    photos: Mapping[int, Jpeg | None],
) -> list[Piece]:
    """One card, or several where the words exceed a page. Of two photos one is from after the fault was put right."""
    thumbs = [(number, jpeg) for number in _pictured(loss, finding) if (jpeg := photos.get(number))][:_THUMBS]
    told = _told(loss, finding, speech)
    indent = max(setter.width(setter.clean(label), SMALL_QUIET) for label, _ in told) + 10
    room = PORTRAIT - 14 - len(thumbs) * (_THUMB + 8) - indent
    rows = _lines(told, setter, room)
    cards = []
    for start in range(0, len(rows) or 1, _MOST_LINES):
        first = start == 0
        part = rows[start : start + _MOST_LINES]
        cards.append(_card(loss, part, indent, thumbs if first else [], first, setter, speech))
    return cards


def _pictured(loss: LossRow, finding: ActionRow | None) -> tuple[int, ...]:
    if finding is None:
        return loss.figures
    return (*finding.before[:1], *finding.after[:1], *finding.before[1:], *finding.after[1:])


def _told(loss: LossRow, finding: ActionRow | None, speech: Speech) -> list[tuple[str, str]]:
    """What a card says, label by label."""
    done = finding or ActionRow(0, "", "", "", "", "")
    shown = tuple(sorted({*loss.figures, *done.before, *done.after}))
    rows = [
        (speech.tr("report.col.section"), loss.section_title.replace("\n", " ")),
        (speech.tr("common.reason"), short(loss.reason, speech)),
        (speech.tr("report.answer"), short(loss.answer, speech) if loss.answer not in loss.reason else ""),
        (speech.tr("report.basis_label"), loss.clause),
        (speech.tr("report.note_label"), short(loss.note, speech)),
        (speech.tr("report.col.required"), loss.action),
        (speech.tr("report.col.measure"), short(done.measure, speech)),
        (speech.tr("report.col.owner"), done.owner),
        (speech.tr("report.col.due"), done.due),
        (speech.tr("report.col.done"), short(done.done, speech)),
        (speech.tr("report.col.checked_by"), " ".join(filter(None, (done.checked_by, done.closed)))),
        (speech.tr("common.evidence"), figures(shown, speech)),
    ]
    return [(label, words) for label, words in rows if words]


def _lines(told: list[tuple[str, str]], setter: Typesetter, room: float) -> list[tuple[str, str]]:
    """Label and line by line; the label stands at the first line of each."""
    rows: list[tuple[str, str]] = []
    for label, words in told:
        lines = setter.wrap(words, SMALL, room)
        rows += [(label if not at else "", line) for at, line in enumerate(lines)]
    return rows


def _card(
    loss: LossRow,
    rows: list[tuple[str, str]],
    indent: float,
    thumbs: list[tuple[int, Jpeg]],
    first: bool,
    setter: Typesetter,
    speech: Speech,
) -> Piece:
    colour = FAILED if loss.effects else LOST
    title = f"{loss.number} {loss.name}".replace("\n", " ").strip()
    badge = Style(9.5, 15.5, colour, True)
    mark = _mark(loss, badge, setter, speech) if first else speech.tr("report.continued")
    room = PORTRAIT - 14 - setter.width(mark, badge) - 12
    heads = setter.clipped(title, STRONG, room, 3)
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
            inks.append(setter.line(12, top, label, SMALL_QUIET))
        inks.append(Text(12 + indent, SMALL.over(top), line, SMALL))
        top += SMALL.leading
    height = max(top, low) + 6
    bar = Box(0, 4, 3, height - 8, colour)
    return Piece(height, [bar, *inks, Rule(0, height, PORTRAIT, height, FAINT)], gap=2)


def _mark(loss: LossRow, style: Style, setter: Typesetter, speech: Speech) -> str:
    """The effects and the points; where there is no room for all, it is the effects that are cut."""
    words = [speech.tr("report.lost", points=loss.deducted)] if loss.deducted or not loss.effects else []
    whole = setter.fitted(" · ".join([*loss.effects, *words]), style, _MARK)
    return setter.fitted(" · ".join([*words, *loss.effects]), style, _MARK) if whole.endswith("…") else whole


def _thumbnails(
    inks: list[Ink], thumbs: list[tuple[int, Jpeg]], top: float, setter: Typesetter, speech: Speech
) -> float:
    """Small photos side by side at the right edge; returns how far down they reach."""
    right, low = PORTRAIT, 0.0
    for number, jpeg in reversed(thumbs):
        width, height = scaled(jpeg, _THUMB, 96)
        inks.append(Picture(right - width, top, width, height, jpeg))
        inks.append(Box(right - width, top, width, height, line=LINE))
        inks.append(Link(right - width, top, width, height, f"photo:{number}"))
        inks.append(setter.ending(right, top + height, speech.tr("report.figure", n=number), TINY))
        low = max(low, top + height + TINY.leading + 2)
        right -= _THUMB + 8
    return low


def scaled(jpeg: Jpeg, width: float, height: float) -> tuple[float, float]:
    """The photo's size within a frame, proportions kept."""
    factor = min(width / jpeg.width, height / jpeg.height)
    return jpeg.width * factor, jpeg.height * factor
