"""结业证书: who passed which course, with what result; of another check 达标证书, the outlet's. Never draws a seal."""

from __future__ import annotations

from auditor.words import tr
from exports.blocks import Report
from exports.pdf.flow import Flow, Piece
from exports.pdf.formal import evenly
from exports.pdf.ink import Anchor, Box, Ink, Rule
from exports.pdf.letterhead import bank_logo
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND, INK, LANDSCAPE, MARGIN, QUIET, SMALL_QUIET, Style
from exports.pdf.signatures import SEAL
from exports.speech import Speech

_TITLE = Style(40, 56, BRAND, True)
_UNDER = Style(15, 24, QUIET, True)
_NAME = Style(26, 38, INK, True)
_WORDS = Style(14, 27, INK)
_ENGLISH = Style(12, 20, INK)
_SIGN = Style(11, 18, INK)
_ROOM = LANDSCAPE - 170


def certificate(flow: Flow, report: Report, setter: Typesetter, speech: Speech) -> None:
    """One page that lies across, framed, with room for the issuer's seal."""
    flow.page(landscape=True, bare=True)
    sheet = flow.sheets[-1]
    high = sheet.height - 2 * MARGIN
    inks: list[Ink] = [
        Anchor("cover", 0, report.title.replace("\n", " ")),
        Box(0, 0, LANDSCAPE, high, line=BRAND, radius=6),
        Box(5, 5, LANDSCAPE - 10, high - 10, line=BRAND, radius=4),
        Box(6.2, 6.2, LANDSCAPE - 12.4, high - 12.4, line=BRAND, radius=4),
    ]
    logo = bank_logo(report.letterhead, 44, 120)
    inks += [logo._replace(x=30, y=28)] if logo else []
    kind = "course" if report.course else "outlet"
    middle, top = LANDSCAPE / 2, 44.0
    for at, code in enumerate(speech.codes):
        style = _TITLE if not at else _UNDER
        words = tr(f"layouts.certificate.{kind}", lang=code)
        inks.append(setter.middle(middle, top, "\u2002".join(words) if code == "zh" else words, style))
        top += style.leading
    top += 34 if len(speech.codes) == 1 else 14
    inks += _name(report, setter, speech, middle, top)
    top += _NAME.leading + 12
    if report.course:
        outlet = setter.fitted(report.branch, _SIGN, _ROOM)
        inks.append(setter.middle(middle, top, outlet, _SIGN._replace(colour=QUIET)))
    top += 32
    for at, words in enumerate(report.statement.split("\n")):
        style = _ENGLISH if at else _WORDS
        for line in evenly(words, setter, _ROOM, style):
            inks.append(setter.middle(middle, top, line, style))
            top += style.leading
        top += 4
    inks += _foot(report, setter, speech, high)
    flow.add([Piece(high, inks)])


def _name(report: Report, setter: Typesetter, speech: Speech, middle: float, top: float) -> list[Ink]:
    """To whom: a line to write on where the copy does not say."""
    if report.course:
        named = next((one.value for one in report.facts if one.key == "inspector"), "")
        words = "" if report.copy != "compliance" or named == speech.tr("common.no_score") else named
    else:
        words = report.branch.replace("\n", " ")
    words = setter.fitted(words, _NAME, LANDSCAPE - 220)
    half = max(130.0, setter.width(words, _NAME) / 2 + 24)
    line = Rule(middle - half, top + _NAME.leading + 4, middle + half, top + _NAME.leading + 4, INK, 0.7)
    return [setter.middle(middle, top, words, _NAME), line]


def _foot(report: Report, setter: Typesetter, speech: Speech, high: float) -> list[Ink]:
    """A number to be written in at the left; issuer, place for the seal and date at the right."""
    low = high - 42
    left, right = 60.0, LANDSCAPE - 60
    number = speech.tr("layouts.certificate.number")
    start = left + setter.width(setter.clean(number), _SIGN) + 6
    named = report.letterhead.bank or speech.tr("layouts.certificate.issuer")
    issuer = setter.middle(right - SEAL / 2 - 20, low - SEAL - 8, setter.fitted(named, _SIGN, 2 * SEAL - 40), _SIGN)
    return [
        setter.line(left, low - 4, number, _SIGN),
        Rule(start, low + 12, start + 150, low + 12, INK, 0.6),
        issuer,
        setter.middle(right - SEAL / 2 - 20, low - SEAL / 2 + 4, speech.tr("report.seal"), SMALL_QUIET),
        setter.middle(right - SEAL / 2 - 20, low - 4, speech.tr("report.signed_on"), _SIGN),
    ]
