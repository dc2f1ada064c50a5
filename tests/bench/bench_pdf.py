"""An audit of 120 items with 6 photos to PDF, rendered and attached, against bare drawing and other makers of PDF.

The bare canvas draws the words and photos that the report came to, every line at the place and in the size it has:
no rules, no grounds, no links, no outline, no attachment. The other makers set the same content as they see fit:
the tables, the words around them and the photos, with the same two fonts. Those not installed are named, not
measured: `pip install fpdf2 typst weasyprint`.
"""

from __future__ import annotations

import hashlib
import importlib
import io
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from pypdf import PdfReader
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from auditor.audit import Answer, Audit, Header, Photo, Reason
from auditor.checklist.model import Checklist
from auditor.scoring import score
from exports.blocks import Report
from exports.pdf import jpeg
from exports.pdf.document import render
from exports.pdf.faces import BOLD, FOLDER, REGULAR, load
from exports.pdf.flow import Flow
from exports.pdf.ink import Picture, Text
from exports.pdf.layouts import Pictures, laid_out
from exports.pdf.lines import Typesetter
from exports.report import build
from tests.bench.content import MAKERS, content
from tests.bench.pairs import Figure, pair

BAR = 2.5
SECTIONS, PER_SECTION, PHOTOS = 10, 12, 6


def sheet() -> Checklist:
    """Ten sections of twelve items, each with a standard, a clause and a required action."""
    sections = [
        {
            "id": f"s{n}",
            "title": {"zh": f"第{n}部分 厅堂服务与管理", "en": f"Part {n}: the hall"},
            "items": [_item(n, m) for m in range(1, PER_SECTION + 1)],
        }
        for n in range(1, SECTIONS + 1)
    ]
    fixed = {"format": 1, "id": "sheet", "version": "1.0", "scale": "100", "decimals": 1, "pass": "80"}
    return Checklist.model_validate({**fixed, "title": {"zh": "服务检查表", "en": "Service"}, "sections": sections})


def _item(section: int, number: int) -> dict[str, Any]:
    return {
        "id": f"i{section}_{number}",
        "text": {"zh": f"柜面人员第{number}项服务规范执行情况", "en": f"Counter standard {number}"},
        "points": "2",
        "standard": {
            "zh": "起立、微笑、目光接触，主动问好，双手递接；客户离开时提醒携带证件。",
            "en": "Stands, smiles.",
        },
        "clause": "柜面操作规程 第二十三条",
        "action": {"zh": "晨会演练服务七步曲，抽查一周监控并书面反馈。", "en": "Practise the seven steps."},
        "options": [
            {"id": "ok", "text": {"zh": "符合", "en": "Met"}},
            {"id": "bad", "text": {"zh": "未起立迎接", "en": "Did not stand"}, "deduct": "1"},
        ],
    }


def photo(number: int) -> bytes:
    """A photo of 1600 × 1200, noisy as a camera's and unlike any other."""
    image = Image.effect_noise((1600, 1200), 40 + number).convert("RGB")
    ImageDraw.Draw(image).rectangle((number * 80, 100, number * 80 + 500, 900), fill=(40 * number, 120, 90))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


def visit(photos: list[str]) -> Audit:
    """Every item answered, one in six with a deduction, a reason and a note; six of those with a photo."""
    lost = Answer(
        "bad",
        note="10点35分时仍未收走，已告知大堂经理。",
        reasons=(Reason("未起立迎接，低头处理单据", "10:38", "3号窗口", "柜员"),),
    )
    answers: dict[str, Answer] = {}
    left = list(photos)
    for number, item in enumerate(sheet().items()):
        answers[item.id] = Answer("ok")
        if number % 6 == 5:
            taken = (Photo(left.pop(), "a.jpg", "柜台", "2026-03-05T10:12:00"),) if left else ()
            answers[item.id] = Answer("bad", note=lost.note, reasons=lost.reasons, photos=taken)
    header = Header(
        kind="mystery",
        visited="2026-03-05T10:12:00+08:00",
        left="2026-03-05T10:54:00+08:00",
        branch="3101007",
        branch_name="滨江商业银行人民广场支行",
        parent="滨江商业银行上海分行",
    )
    created = "2026-03-05T11:20:00+08:00"
    return Audit("20260305T031200Z-ab12cd", header, sheet(), "", created, "finished", answers, revision=1)


def figures() -> Iterator[Figure]:
    pictures = {hashlib.sha256(data).hexdigest(): data for data in map(photo, range(PHOTOS))}
    audit = visit(list(pictures))
    points = score(audit)
    report = build(audit, points)
    assert len(report.items) == SECTIONS * PER_SECTION
    assert len(report.photos) == PHOTOS
    ours = lambda: _checked(render(build(audit, points), pictures.get))  # noqa: E731
    with tempfile.TemporaryDirectory() as folder:
        yield pair("pdf", ours, bare(report, pictures, Path(folder)), peer_name="bare canvas", bar=BAR)
        whole = content(report, pictures, Path(folder))
        for name, make in MAKERS.items():
            try:
                importlib.import_module(name)
            except (ImportError, OSError):
                print(f"pdf-{name}: peer not installed", file=sys.stderr)
                continue
            peer = make(whole, Path(folder))
            _same_words(peer(), report)
            yield pair(f"pdf-{name}", ours, _silent(peer), peer_name=name, bar=1.0)


def _checked(data: bytes) -> None:
    if not data.endswith(b"%%EOF\n"):
        raise RuntimeError("no whole PDF")


def _silent(make: Callable[[], bytes]) -> Callable[[], None]:
    return lambda: _checked(make().rstrip() + b"\n")


def _same_words(data: bytes, report: Report) -> None:
    """A peer that leaves out words or photos is none."""
    reader = PdfReader(io.BytesIO(data))
    text = "".join("".join(page.extract_text().split()) for page in reader.pages)
    for row in report.items:
        for words in (row.name, row.standard, row.reason):
            if "".join(words.split()) not in text:
                raise RuntimeError(f"not in the peer's PDF: {words}")
    if data.count(b"DCTDecode") < len(report.photos):
        raise RuntimeError("photos are missing from the peer's PDF")


def bare(report: Report, pictures: dict[str, bytes], folder: Path) -> Callable[[], None]:
    """Draws the report's words and photos on a canvas of reportlab's, with reportlab's own fonts and images."""
    rl_config.useA85 = 0
    for name in (REGULAR, BOLD):
        pdfmetrics.registerFont(TTFont(f"Bare-{name}", str(FOLDER / f"{name}.ttf"), shapable=False))
    photos = {row.number: jpeg.read(pictures[row.sha256]) for row in report.photos}
    flow = laid_out(report, Typesetter(), Pictures(photos, {}))
    pages = [_page(sheet, folder) for sheet in _sheets(flow)]
    (folder / "bare.pdf").write_bytes(_drawn(pages))
    return lambda: _checked(_drawn(pages))


def _sheets(flow: Flow) -> list[tuple[float, float, list[tuple[float, float, Any]]]]:
    return [(one.width, one.height, [(x, y, ink) for x, y, inks in one.placed for ink in inks]) for one in flow.sheets]


def _page(sheet: tuple[float, float, list[tuple[float, float, Any]]], folder: Path) -> tuple[Any, ...]:
    """Words as (font, size, colour, x, y, words) and photos as (file, x, y, width, height) of one page."""
    width, height, inks = sheet
    texts, images = [], []
    for x, y, ink in inks:
        if type(ink) is Text and ink.words:
            for font, words in load().runs(ink.words, ink.style.bold):
                place = (f"Bare-{font.fontName}", ink.style.size, ink.style.colour)
                texts.append((*place, x + ink.x, height - y - ink.y, words))
        elif type(ink) is Picture:
            file = folder / f"{ink.jpeg.name}.jpg"
            file.write_bytes(ink.jpeg.data)
            images.append((str(file), x + ink.x, height - y - ink.y - ink.height, ink.width, ink.height))
    return width, height, texts, images


def _drawn(pages: list[tuple[Any, ...]]) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=1, initialFontName=f"Bare-{REGULAR}", initialFontSize=9)
    for width, height, texts, images in pages:
        canvas.setPageSize((width, height))
        now: tuple[Any, ...] = ()
        for font, size, colour, x, y, words in texts:
            if (font, size, colour) != now:
                now = font, size, colour
                canvas.setFont(font, size)
                canvas.setFillColorRGB(*colour)
            canvas.drawString(x, y, words)
        for file, *place in images:
            canvas.drawImage(file, *place)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
