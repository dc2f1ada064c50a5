"""A report → the bytes of its PDF: pages drawn, outline and links set, metadata and the copy's JSON attached.

Everything that varies derives from the report, so the same report gives the same bytes (design §7).
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from exports.blocks import Report
from exports.drawn import cropped
from exports.pdf import jpeg
from exports.pdf.archive import Particulars, attach, describe
from exports.pdf.attached import ATTACHED
from exports.pdf.faces import REGULAR, load
from exports.pdf.flow import Sheet
from exports.pdf.ink import Anchor, Ink, Pen, Rule
from exports.pdf.jpeg import Jpeg
from exports.pdf.layouts import Pictures, laid_out
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND, FAINT, TINY, WATERMARK, colours
from exports.speech import Speech

FONT: dict[str, Any] = {"initialFontName": REGULAR, "initialFontSize": 9}
"""Without it every page would name Helvetica, which is not embedded."""
PhotoBytes = Callable[[str], bytes | None]
"""The bytes of a photo by its SHA-256; None where they are gone."""


def render(report: Report, photo: PhotoBytes) -> bytes:
    """The PDF. A photo that is gone or broken leaves an empty frame that says so."""
    faces = load()
    setter = Typesetter()
    photos = {row.number: _jpeg(photo(row.sha256)) for row in report.photos}
    flow = laid_out(report, setter, Pictures(photos, _drawings(report, photo)))
    attached = as_json(report)
    out = BytesIO()
    canvas: Any = Canvas(out, pageCompression=1, invariant=1, pdfVersion=(1, 7), **FONT)
    describe(canvas, _particulars(report), hashlib.sha256(attached).digest()[:16])
    canvas.showOutline()
    inks = (ink for sheet in flow.sheets for _, _, inks in sheet.placed for ink in inks)
    pen = Pen(canvas, faces, [ink.name for ink in inks if type(ink) is Anchor], colours(report.letterhead.colours))
    marks = _marks(report, setter)
    for number, sheet in enumerate(flow.sheets, 1):
        pen.begin(sheet.width, sheet.height)
        if report.draft:
            _watermark(canvas, pen, sheet, marks["draft"], setter)
        for x, y, placed in sheet.placed:
            pen.draw(placed, x, y)
        if report.layout != "certificate":
            pen.draw(_furniture(sheet, number, len(flow.sheets), report, marks, setter), 0, 0)
        canvas.showPage()
    attach(canvas, ATTACHED, attached)
    canvas.save()
    return out.getvalue()


def _jpeg(data: bytes | None) -> Jpeg | None:
    return jpeg.read(data) if data else None


def _drawings(report: Report, photo: PhotoBytes) -> dict[str, Jpeg | None]:
    """The signatures that were drawn, each once."""
    drawn = [one.drawing for one in report.signatures] + [one.drawing for one in report.duties]
    return {one: _jpeg(cropped(photo(one))) for one in dict.fromkeys(drawn) if one}


def as_json(report: Report) -> bytes:
    """The copy's own values, for machines: nothing that the pages may not show. The hashes of photos stay out."""
    kept = {
        **_fields(report),
        "photos": [{**_fields(one), "sha256": ""} for one in report.photos],
        "signatures": [{**_fields(one), "drawing": ""} for one in report.signatures],
        "duties": [{**_fields(one), "drawing": ""} for one in report.duties],
    }
    return json.dumps({"format": 1, **kept}, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _fields(value: Any) -> dict[str, Any]:
    return {one.name: getattr(value, one.name) for one in fields(value)}


def _plain(value: Any) -> object:
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest() if value else ""
    return str(value) if isinstance(value, Decimal) else _fields(value)


def _marks(report: Report, setter: Typesetter) -> dict[str, str]:
    """The words at the edges of every page."""
    speech = Speech(report.lang)
    public, own = report.copy == "public", report.letterhead
    inside = speech.tr("report.footer.public") if public else setter.clean(own.footer) or speech.tr("report.footer")
    return {
        "title": " · ".join(filter(None, map(setter.clean, (own.header, report.title)))).replace("\n", " "),
        "copy": setter.clean(report.copy_name),
        "footer": " · ".join(filter(None, (inside, setter.clean(report.version)))),
        "draft": speech.tr("report.watermark"),
    }


def _furniture(
    sheet: Sheet, number: int, pages: int, report: Report, marks: dict[str, str], setter: Typesetter
) -> list[Ink]:
    """Running title, footer and page number."""
    left, right, low = sheet.margin, sheet.width - sheet.margin, sheet.height - 38
    inks: list[Ink] = []
    if not sheet.bare:
        room = right - left - setter.width(marks["copy"], TINY) - 20
        inks += [
            setter.line(left, 26, setter.fitted(marks["title"], TINY, room), TINY),
            setter.ending(right, 26, marks["copy"], TINY),
            Rule(left, 41, right, 41, BRAND, 0.7),
        ]
    page = Speech(Speech(report.lang).first).tr("report.page", n=number, of=pages)
    room = right - left - setter.width(page, TINY) - 20
    return [
        *inks,
        Rule(left, low, right, low, FAINT),
        setter.line(left, low + 5, setter.fitted(marks["footer"], TINY, room), TINY),
        setter.ending(right, low + 5, page, TINY),
    ]


def _watermark(canvas: Any, pen: Pen, sheet: Sheet, words: str, setter: Typesetter) -> None:
    """草稿 across the page, under everything else."""
    style = TINY._replace(size=96, colour=WATERMARK, bold=True)
    width = setter.width(words, style)
    turn = math.sqrt(0.5)
    centre = sheet.width / 2, sheet.height / 2
    canvas.addLiteral(f"q {turn:.5f} {turn:.5f} {-turn:.5f} {turn:.5f} {centre[0]:.2f} {centre[1]:.2f} cm")
    pen.draw([setter.line(-width / 2, -48, words, style)], 0, sheet.height)
    canvas.addLiteral("Q")
    pen.begin(sheet.width, sheet.height)


def _particulars(report: Report) -> Particulars:
    """All from the copy's own values (P7)."""
    inspector = next((one.value for one in report.facts if one.key == "inspector"), "")
    named = inspector if report.copy == "compliance" else ""
    return Particulars(
        title=report.title,
        author=named or Speech(report.lang).tr("common.app"),
        subject=" · ".join((report.kind_name, report.copy_name)),
        keywords=", ".join(filter(None, (report.branch_code, report.day))),
        producer=report.producer,
        stamp=report.stamp,
        lang="en" if report.lang == "en" else "zh-CN",
    )
