"""The block that a report is signed in: lines to sign on, room for a seal, and what was signed in the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from exports.blocks import Report
from exports.pdf.body import subheading
from exports.pdf.flow import Flow, Piece, kept_with
from exports.pdf.ink import Ink, Picture, Rule
from exports.pdf.jpeg import Jpeg
from exports.pdf.lines import Typesetter
from exports.pdf.look import INK, LANDSCAPE, MM, PORTRAIT, SMALL, SMALL_BOLD, SMALL_QUIET, STRONG
from exports.pdf.tables import PAD_X, Column, Row, Table
from exports.signed import DutyRow, Signature
from exports.speech import Speech

SEAL = 45 * MM
Drawings = Mapping[str, Jpeg | None]
"""Signatures as they were drawn, by SHA-256; None where one is gone."""
_A_ROW = 3
"""Signatures side by side."""
_LINE, _HIGH = 29.0, 25.0
"""Where the line to sign on lies below the top of its block, and how high a drawing on it is."""
_LARGEST = 0.25
"""Points of a pixel: a short stroke is not blown up."""
_SIGNATURE = 100.0
"""Width of a column of the table of duties."""


def signatures(flow: Flow, report: Report, setter: Typesetter, speech: Speech, drawings: Drawings) -> None:
    """Lines to sign on, 45 × 45 mm left for a seal, 年 月 日; across the page where it lies so and has room. A seal is
    never drawn."""
    across = flow.sheets[-1].landscape and flow.left >= SEAL + 84
    flow.turn(landscape=across)
    width = LANDSCAPE if across else PORTRAIT
    block = to_sign(report.signatures, setter, speech, width, drawings)
    flow.add(kept_with(duties(report, setter, speech, width, drawings), block))


def duties(report: Report, setter: Typesetter, speech: Speech, width: float, drawings: Drawings) -> list[Piece]:
    """分工与签名: who answers for which section, with the signature or room for it."""
    if not report.duties:
        return []
    names = ("layouts.duty.person", "layouts.duty.signature", "layouts.duty.signed")
    first = Column(speech.tr("report.col.section"), width - 3 * _SIGNATURE)
    table = Table(setter, [first, *(Column(speech.tr(one), _SIGNATURE) for one in names)], grid=True)
    rows = [_duty(one, width - 2 * _SIGNATURE, drawings) for one in report.duties]
    return [subheading(speech.tr("layouts.duties"), "duties", setter), *table.pieces(rows)]


def _duty(one: DutyRow, left: float, drawings: Drawings) -> Row:
    """A row; where the signature was drawn, the drawing instead of the name, which stands before it already."""
    drawn = drawings.get(one.drawing)
    section = f"{one.number} {one.section}".strip()
    if drawn is None:
        return Row([section, one.person, one.signature, one.signed], least=26)
    picture = _fitted(drawn, left + PAD_X, 2, _SIGNATURE - 2 * PAD_X, 26)
    person = one.person if one.signature in ("", one.person) else f"{one.person} ({one.signature})"
    return Row([section, person, "", one.signed], (picture,), least=30)


def to_sign(
    signs: Sequence[Signature], setter: Typesetter, speech: Speech, width: float, drawings: Drawings | None = None
) -> list[Piece]:
    """Blocks of lines to sign on, at most three side by side; lower where nobody puts a seal."""
    pieces = []
    for start in range(0, len(signs), _A_ROW):
        row = signs[start : start + _A_ROW]
        each = width / max(len(row), min(len(signs), _A_ROW))
        high = SEAL if any(one.seal for one in row) else 30.0
        inks: list[Ink] = [] if start else [Rule(0, 0, width, 0, INK)]
        for at, one in enumerate(row):
            inks += _signature(one, each * at, each - 16, high, setter, speech, drawings or {})
        pieces.append(Piece(high + 62, inks, gap=0 if start else 22, keep=start + _A_ROW < len(signs)))
    return pieces


def _signature(
    one: Signature, left: float, room: float, high: float, setter: Typesetter, speech: Speech, drawings: Drawings
) -> list[Ink]:
    """A label and its line; on it the drawing or room to sign, below it the name, and the day or room to write it."""
    right = left + room
    words = setter.clean(one.label)
    style = STRONG if setter.width(words, STRONG) <= room * 0.6 else SMALL_BOLD
    lines = setter.clipped(words, style, room * 0.6, 2)
    start = left + max(setter.width(line, style) for line in lines) + 6
    inks: list[Ink] = [Rule(start, _LINE, right, _LINE, INK, 0.7)]
    top = _LINE - len(lines) * style.leading
    inks += [setter.line(left, top + at * style.leading, line, style) for at, line in enumerate(lines)]
    drawn = drawings.get(one.drawing)
    if drawn is not None:
        inks.append(_fitted(drawn, start, _LINE - _HIGH - 1, right - start, _HIGH, middle=True))
    if one.name:
        at = (start + right) / 2
        inks.append(setter.middle(at, _LINE + 3, setter.fitted(one.name, SMALL, right - start), SMALL))
    if one.seal:
        inks.append(setter.middle(left + room / 2, 36 + high / 2 - 6, speech.tr("report.seal"), SMALL_QUIET))
    inks.append(setter.ending(right, high + 42, one.signed or speech.tr("report.signed_on"), SMALL))
    return inks


def _fitted(jpeg: Jpeg, left: float, top: float, width: float, height: float, middle: bool = False) -> Picture:
    """As large as fits, from the left or in the middle, standing on the lower edge."""
    scale = min(width / jpeg.width, height / jpeg.height, _LARGEST)
    wide, high = jpeg.width * scale, jpeg.height * scale
    return Picture(left + ((width - wide) / 2 if middle else 0), top + height - high, wide, high, jpeg)
