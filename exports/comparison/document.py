"""The comparison drawn and written: A4 across, running title, page x of y, the same bytes for the same input."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from auditor import __version__
from auditor.audit import Audit
from auditor.errors import AuditorError
from auditor.scoring.tree import Score
from auditor.store import files
from auditor.words import tr
from exports.blocks import Copy
from exports.comparison import circular
from exports.comparison.pages import laid_out
from exports.letterhead import PLAIN, Letterhead
from exports.names import free, safe
from exports.pdf.archive import Particulars, describe
from exports.pdf.faces import REGULAR, load
from exports.pdf.flow import Flow, Sheet
from exports.pdf.ink import Anchor, Ink, Pen, Rule
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND, FAINT, MARGIN, MM, TINY, Style, colours
from exports.places import Register
from exports.register.earlier import EarlierAudits
from exports.register.summed import Summed
from exports.register.visits import Wanted, look
from exports.register.wording import Wording
from exports.speech import Speech
from exports.writing import make_ready

Furniture = Callable[[Sheet, int, int, Wording, Typesetter], Sequence[Ink]]
"""What stands in the margins of a page, by its number and that of all."""
_NUMBER = Style(14, 18)
_FONT: dict[str, Any] = {"initialFontName": REGULAR, "initialFontSize": 9}


def gathered(
    audits: Iterable[tuple[Audit, Score]],
    summed: Summed,
    *,
    copy: Copy = "compliance",
    lang: str = "zh",
    branches: Register | None = None,
) -> Summed:
    """What finished audits come to, added to `summed`; they are read one at a time and not kept."""
    wanted = Wanted(copy, Speech(lang), branches)
    for audit, score in audits:
        summed.add(look(audit, score, wanted))
    return summed


def write_comparison(
    summed: Summed,
    folder: Path,
    *,
    copy: Copy = "compliance",
    lang: str = "zh",
    earlier: EarlierAudits | None = None,
    letterhead: Letterhead = PLAIN,
) -> Path:
    """One PDF in `folder`, named 检查对比分析_20260305.pdf after the last visit.

    Raises `report.*`, `register.empty`, `comparison.empty`.
    """
    words = _wording(summed, copy, lang, letterhead)
    return _written("comparison.file", words, folder, render(summed, words, earlier or EarlierAudits()))


def write_circular(
    summed: Summed,
    folder: Path,
    *,
    copy: Copy = "compliance",
    lang: str = "zh",
    letterhead: Letterhead = PLAIN,
) -> Path:
    """The same told as an official document (通报), named 检查情况通报_20260305.pdf. Raises like `write_comparison`."""
    words = _wording(summed, copy, lang, letterhead)
    return _written("circular.file", words, folder, render_circular(summed, words))


def _wording(summed: Summed, copy: Copy, lang: str, letterhead: Letterhead) -> Wording:
    if not any(one.scored for one in summed.outlets.values()):
        raise AuditorError("comparison.empty" if summed.outlets else "register.empty")
    return Wording(Speech(lang), copy, tuple(sorted(summed.days)), summed.options, letterhead)


def _written(called: str, words: Wording, folder: Path, data: bytes) -> Path:
    make_ready(folder)
    name = safe(tr(called, lang=words.speech.first))
    stem = "_".join(filter(None, (name, max(words.days, default="").replace("-", ""))))
    path = folder / f"{free(folder, stem, ('pdf',))}.pdf"
    _checked(data, path)
    try:
        files.write_atomic(path, data)
    except AuditorError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(error)) from error
    except OSError as error:
        raise AuditorError("report.not_written", file=str(path), said=str(files.explained(error, path))) from error
    return path


def render(summed: Summed, words: Wording, earlier: EarlierAudits) -> bytes:
    """The bytes of the PDF."""
    setter = Typesetter()
    return _drawn(laid_out(summed, words, earlier, setter), words, words.title("comparison"), setter, _furniture)


def render_circular(summed: Summed, words: Wording) -> bytes:
    """The bytes of the circular: nothing stands in its margins but the number of the page."""
    setter = Typesetter()
    return _drawn(circular.laid_out(summed, words, setter), words, circular.title(words), setter, _page_number)


def _drawn(flow: Flow, words: Wording, title: str, setter: Typesetter, furniture: Furniture) -> bytes:
    out = BytesIO()
    canvas: Any = Canvas(out, pageCompression=1, invariant=1, pdfVersion=(1, 7), **_FONT)
    _describe(canvas, words, flow, title)
    anchors = [ink.name for ink in _inks(flow) if type(ink) is Anchor]
    pen = Pen(canvas, load(), anchors, colours(words.letterhead.colours))
    for number, sheet in enumerate(flow.sheets, 1):
        pen.begin(sheet.width, sheet.height)
        for x, y, placed in sheet.placed:
            pen.draw(placed, x, y)
        pen.draw(furniture(sheet, number, len(flow.sheets), words, setter), 0, 0)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _inks(flow: Flow) -> Iterable[Ink]:
    return (ink for sheet in flow.sheets for _, _, inks in sheet.placed for ink in inks)


def _furniture(sheet: Sheet, number: int, pages: int, words: Wording, setter: Typesetter) -> Sequence[Ink]:
    speech, right, low = words.speech, sheet.width - MARGIN, sheet.height - 38
    inks: list[Ink] = []
    copy = speech.tr(f"common.copy.{words.copy}")
    if not sheet.bare:
        room = right - MARGIN - setter.width(copy, TINY) - 20
        title = setter.fitted(words.title("comparison").replace("\n", " "), TINY, room)
        inks += [
            setter.line(MARGIN, 26, title, TINY),
            setter.ending(right, 26, copy, TINY),
            Rule(MARGIN, 41, right, 41, BRAND, 0.7),
        ]
    page = Speech(speech.first).tr("report.page", n=number, of=pages)
    return [
        *inks,
        Rule(MARGIN, low, right, low, FAINT),
        setter.line(MARGIN, low + 5, setter.clean(words.inside), TINY),
        setter.ending(right, low + 5, page, TINY),
    ]


def _page_number(sheet: Sheet, number: int, _: int, __: Wording, setter: Typesetter) -> Sequence[Ink]:
    """— 1 —, a letter below the text, as official documents have it."""
    return [setter.middle(sheet.width / 2, sheet.height - 28 * MM, f"— {number} —", _NUMBER)]


def _describe(canvas: Any, words: Wording, flow: Flow, title: str) -> None:
    """Metadata and identity from what the pages say: never the clock's time (design §7)."""
    speech, last = words.speech, max(words.days, default="")
    told = Particulars(
        title=title,
        author=words.options.unit or words.letterhead.bank or speech.tr("common.app"),
        subject=speech.tr(f"common.copy.{words.copy}"),
        keywords="",
        producer=f"auditor {__version__}",
        stamp=f"{last}T00:00:00+00:00" if last else "",
        lang="en" if speech.lang == "en" else "zh-CN",
    )
    describe(canvas, told, hashlib.sha256("\n".join(map(repr, _inks(flow))).encode()).digest()[:16])
    canvas.showOutline()


def _checked(data: bytes, path: Path) -> None:
    """Open it as a reader would (P3)."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        pages = len(PdfReader(BytesIO(data), strict=True).pages)
    except (PyPdfError, KeyError, ValueError) as error:
        raise AuditorError("report.self_check", file=str(path), said=f"{type(error).__name__}: {error}") from error
    if not pages:
        raise AuditorError("report.self_check", file=str(path), said="0")
