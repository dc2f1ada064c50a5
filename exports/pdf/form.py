"""A blank form of a checklist, to fill in by hand: boxes for every option in the words of the scale, lines for notes.

Black on white: nothing is said by colour or ground alone. The same checklist gives the same bytes.
"""

from __future__ import annotations

import hashlib
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from auditor import __version__
from auditor.checklist.model import Checklist, Section
from auditor.numbering import numbering
from exports.blocks import Fact
from exports.pdf.archive import Particulars, describe
from exports.pdf.body import paragraphs
from exports.pdf.document import FONT
from exports.pdf.faces import load
from exports.pdf.flow import Flow, Piece, Sheet, kept_with
from exports.pdf.form_items import item_pieces
from exports.pdf.form_lines import Line, boxed, ruled_line, ticks
from exports.pdf.formal import head_table, title
from exports.pdf.ink import Anchor, Box, Ink, Pen, Rule, Text
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND_GROUND, INK, PORTRAIT, SMALL, SMALL_BOLD, STRONG, TINY
from exports.pdf.signatures import to_sign
from exports.sign_off import signatures
from exports.speech import Speech
from exports.unscored import is_anonymous, is_scored


def blank_form(checklist: Checklist, lang: str = "zh", *, guidance: bool = False, paper: str = "a4") -> bytes:
    """The PDF, in `zh`, `en` or `both`; `guidance` prints how to judge under each item.

    Points are left out of a blind checklist's form. Trap items stand in it: it is what the shopper fills in.
    """
    faces, setter, speech = load(), Typesetter(), Speech(lang)
    flow = Flow(paper)
    flow.page()
    _head(flow, checklist, setter, speech)
    numbers = numbering(checklist)
    for section, above in checklist.walk():
        flow.add(_section(checklist, section, len(above), numbers, setter, speech, guidance))
    _foot(flow, checklist, setter, speech)
    out = BytesIO()
    canvas: Any = Canvas(out, pageCompression=1, invariant=1, pdfVersion=(1, 7), **FONT)
    content = f"{checklist.model_dump_json()}{(lang, guidance, paper)}".encode()
    describe(canvas, _particulars(checklist, speech), hashlib.sha256(content).digest()[:16])
    canvas.showOutline()
    inks = (ink for sheet in flow.sheets for _, _, inks in sheet.placed for ink in inks)
    pen = Pen(canvas, faces, [ink.name for ink in inks if type(ink) is Anchor])
    for number, sheet in enumerate(flow.sheets, 1):
        pen.begin(sheet.width, sheet.height)
        for x, y, placed in sheet.placed:
            pen.draw(placed, x, y)
        pen.draw(_furniture(sheet, number, len(flow.sheets), checklist, setter, speech), 0, 0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _title(checklist: Checklist, speech: Speech) -> str:
    return speech.text(checklist.title)


def _head(flow: Flow, checklist: Checklist, setter: Typesetter, speech: Speech) -> None:
    """Title, fields to fill in, kinds of check and scenarios to tick, what the form is for."""
    anonymous = is_anonymous(checklist)
    names = ("outlet", "code", "date") if anonymous else ("outlet", "code", "date", "times", "inspector")
    blanks = {"date": "form.blank_date", "times": "form.blank_times"}
    facts = [
        Fact(
            name,
            speech.tr(f"layouts.form.{name}"),
            speech.one(f"layouts.{blanks[name]}") if name in blanks else "\u2003",
        )
        for name in names
    ]
    flow.add([title(_title(checklist, speech), setter, PORTRAIT), head_table(facts, setter, PORTRAIT, least=24)])
    flow.space(6)
    kinds = [speech.tr(f"common.kind.{kind}") for kind in checklist.checks]
    lines = ticks(kinds, setter, PORTRAIT - 16, speech.tr("layouts.form.kind"))
    if checklist.scenarios:
        told = [speech.text(one.title).replace("\n", " ") for one in checklist.scenarios]
        lines += ticks(told, setter, PORTRAIT - 16, speech.tr("layouts.form.scenario"))
    flow.add(boxed(lines, PORTRAIT))
    flow.space(4)
    words = [speech.text(checklist.description)] if checklist.description else []
    flow.add(
        paragraphs(
            [*words, speech.tr("layouts.form.tick_only" if anonymous else "layouts.form.tick")], setter, PORTRAIT, SMALL
        )
    )
    flow.space(6)


def _section(
    checklist: Checklist,
    section: Section,
    depth: int,
    numbers: dict[str, str],
    setter: Typesetter,
    speech: Speech,
    guidance: bool,
) -> list[Piece]:
    """A band with the section's title, what is to be known of it, and its items."""
    name = f"{numbers.get(section.id, '')} {speech.text(section.title)}".replace("\n", " ").strip()
    style = STRONG if not depth else SMALL_BOLD
    lines = setter.wrap(name, style, PORTRAIT - 12)
    high = len(lines) * style.leading + 6
    inks: list[Ink] = [Anchor(f"section:{section.id}", 0, setter.clean(name), min(depth, 1))]
    inks.append(Box(0, 0, PORTRAIT, high, BRAND_GROUND, INK))
    inks += [Text(6, style.over(3 + at * style.leading), line, style) for at, line in enumerate(lines)]
    pieces = [Piece(high, inks, keep=True, gap=8 if not depth else 3)]
    told: list[Line] = []
    for words in _about(section, speech):
        told += [Line(SMALL.leading, [Text(0, SMALL.over(0), line, SMALL)]) for line in setter.wrap(words, SMALL, 487)]
    for field in section.repeat.header if section.repeat else ():
        told.append(ruled_line(speech.text(field.text).replace("\n", " "), setter, PORTRAIT - 16))
    pieces += boxed(told, PORTRAIT, keep=True)
    for item in section.items:
        pieces += item_pieces(checklist, item, numbers, setter, speech, guidance)
    return pieces


def _about(section: Section, speech: Speech) -> list[str]:
    words = [speech.text(section.intro)] if section.intro else []
    if section.repeat:
        key = "layouts.form.repeated" if section.repeat.min > 1 else "layouts.form.repeated_once"
        words.append(speech.tr(key, least=section.repeat.min, most=section.repeat.max))
    return words


def _foot(flow: Flow, checklist: Checklist, setter: Typesetter, speech: Speech) -> None:
    """Lines for good practice and the appraisal, then the signatures of the first kind of check it serves."""
    if is_anonymous(checklist):
        return
    pieces: list[Piece] = []
    if is_scored(checklist):
        for name in ("highlights", "summary"):
            lines = [ruled_line(speech.tr(f"layouts.form.{name}"), setter, PORTRAIT - 16)]
            lines += [ruled_line("", setter, PORTRAIT - 16) for _ in range(2)]
            pieces += boxed(lines, PORTRAIT, gap=8)
    flow.add(
        kept_with(pieces, to_sign(signatures(checklist.checks[0], "compliance", speech), setter, speech, PORTRAIT))
    )


def _furniture(
    sheet: Sheet, number: int, pages: int, checklist: Checklist, setter: Typesetter, speech: Speech
) -> list[Ink]:
    """Running title, version and page number."""
    left, right, low = sheet.margin, sheet.width - sheet.margin, sheet.height - 38
    name = _title(checklist, speech).replace("\n", " ")
    version = speech.tr("report.version", version=checklist.version)
    page = speech.one("report.page", n=number, of=pages)
    dark = TINY._replace(colour=INK)
    return [
        setter.line(left, 26, setter.fitted(name, dark, right - left - 120), dark),
        setter.ending(right, 26, setter.fitted(version, dark, 180), dark),
        Rule(left, 41, right, 41, INK, 0.7),
        Rule(left, low, right, low, INK, 0.5),
        setter.line(left, low + 5, f"{checklist.id} {checklist.version}", dark),
        setter.ending(right, low + 5, page, dark),
    ]


def _particulars(checklist: Checklist, speech: Speech) -> Particulars:
    """From the checklist alone."""
    day = max((one.date for one in checklist.changes), default=None)
    return Particulars(
        title=_title(checklist, speech),
        author=speech.tr("common.app"),
        subject=speech.tr("report.version", version=checklist.version),
        keywords="",
        producer=f"{speech.tr('common.app')} {__version__}",
        stamp=f"{day:%Y-%m-%d}T00:00:00+00:00" if day else "",
        lang="en" if speech.lang == "en" else "zh-CN",
    )
