"""A report's content for other makers of PDF: words, tables and photos in their order, and the makers."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from itertools import cycle
from pathlib import Path

from exports.blocks import Report
from exports.pdf.faces import BOLD, FOLDER, REGULAR
from tests.bench.pairs import PAIRS, WARM_UPS


@dataclass(frozen=True, slots=True)
class Content:
    """What is printed. `tables` are (title, heads, rows); `photos` (file, caption)."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...]
    photos: tuple[tuple[Path, str], ...]


def content(report: Report, pictures: Mapping[str, bytes], folder: Path) -> Content:
    """What the report prints, as plain words; photos as files in `folder`."""
    facts = tuple((one.label, one.value) for one in report.facts)
    sections = tuple(
        (one.number, one.title, *map(str, (one.possible, one.lost, one.earned))) for one in report.sections
    )
    losses = tuple(
        (str(one.seq), one.name, str(one.deducted), one.reason, one.clause, one.note, one.action)
        for one in report.losses
    )
    actions = tuple((str(one.seq), one.problem, one.clause, one.required, "", "", "") for one in report.actions)
    items = tuple(
        (
            str(one.seq),
            f"{one.number} {one.name}",
            one.standard,
            *map(str, (one.full, one.deducted, one.earned)),
            "\n".join(filter(None, (one.reason, one.note))),
        )
        for one in report.items
    )
    steps = tuple((one.number, one.title, one.text) for one in report.steps)
    photos = []
    for row in report.photos:
        file = folder / f"photo-{row.number}.jpg"
        file.write_bytes(pictures[row.sha256])
        photos.append((file, row.caption))
    tables = (
        ("检查概况", ("项目", "内容"), facts),
        ("得分情况", ("编号", "部分", "分值", "扣分", "得分"), sections),
        ("主要问题及扣分", ("序号", "项目", "扣分", "原因", "条款", "备注", "要求"), losses),
        ("整改要求", ("序号", "问题", "条款", "要求", "措施", "责任人", "期限"), actions),
        ("检查明细", ("序号", "检查项目", "检查标准", "分值", "扣分", "得分", "扣分原因"), items),
        ("得分计算过程", ("编号", "部分", "计算"), steps),
    )
    return Content(report.title, (*report.summary, *report.highlights), tables, tuple(photos))


def with_typst(whole: Content, folder: Path) -> Callable[[], bytes]:
    """typst's compiler, kept warm. It remembers what it has set and the photos it has read, and each audit has others:
    so every cell and photo differs a little from turn to turn. Its data are written before, not on its time."""
    import typst

    sources = cycle([_source(whole, folder, turn) for turn in range(1, 2 * (PAIRS + WARM_UPS))])

    def make() -> bytes:
        compiler = typst.Compiler(next(sources), root=str(folder), font_paths=[str(FOLDER)], ignore_system_fonts=True)
        made = compiler.compile(format="pdf")
        assert isinstance(made, bytes)
        return made

    return make


def _source(whole: Content, folder: Path, turn: int) -> str:
    """A file for typst with its data and photos beside it."""
    tables = [
        {"title": title, "heads": heads, "rows": [[cell and f"{cell} {turn}" for cell in row] for row in rows]}
        for title, heads, rows in whole.tables
    ]
    photos = []
    for file, caption in whole.photos:
        other = folder / f"{turn}-{file.name}"
        data, remark = file.read_bytes(), f"turn {turn:03}".encode()
        other.write_bytes(data[:2] + b"\xff\xfe" + (len(remark) + 2).to_bytes(2, "big") + remark + data[2:])
        photos.append({"file": other.name, "caption": f"{caption} {turn}"})
    paragraphs = [f"{words} {turn}" for words in whole.paragraphs]
    told = {"title": f"{whole.title} {turn}", "paragraphs": paragraphs, "tables": tables, "photos": photos}
    (folder / f"report-{turn}.json").write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    source = folder / f"report-{turn}.typ"
    source.write_text(_TYPST.replace("report.json", f"report-{turn}.json"), "utf-8")
    return str(source)


_TYPST = """
#set text(font: "Auditor Sans", size: 8pt, lang: "zh")
#set page(paper: "a4", numbering: "1 / 1")
#let data = json("report.json")
= #data.title
#for one in data.paragraphs [#one #parbreak()]
#for one in data.tables [
  == #one.title
  #table(columns: one.heads.len(), table.header(..one.heads.map(h => strong(h))), ..one.rows.flatten())
]
#for one in data.photos [
  #image(one.file, width: 300pt)
  #one.caption
]
"""


def with_fpdf2(whole: Content, _: Path) -> Callable[[], bytes]:
    """fpdf2 with its own tables; its fonts are read anew for each document, as it has no other way."""
    from fpdf import FPDF

    def make() -> bytes:
        pdf = FPDF(unit="pt", format="A4")
        pdf.add_font("sans", "", str(FOLDER / f"{REGULAR}.ttf"))
        pdf.add_font("sans", "B", str(FOLDER / f"{BOLD}.ttf"))
        pdf.add_page()
        pdf.set_font("sans", "B", 19)
        pdf.multi_cell(0, 27, whole.title, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("sans", "", 8)
        for words in whole.paragraphs:
            pdf.multi_cell(0, 12, words, new_x="LMARGIN", new_y="NEXT")
        for title, heads, rows in whole.tables:
            pdf.multi_cell(0, 20, title, new_x="LMARGIN", new_y="NEXT")
            with pdf.table(line_height=11, first_row_as_headings=True) as table:
                for cells in (heads, *rows):
                    table.row(cells)
        for file, caption in whole.photos:
            pdf.image(str(file), w=300)
            pdf.multi_cell(0, 12, caption, new_x="LMARGIN", new_y="NEXT")
        return bytes(pdf.output())

    return make


def with_weasyprint(whole: Content, folder: Path) -> Callable[[], bytes]:
    """WeasyPrint with one page of HTML; its fonts are set up once."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face {{ font-family: sans; font-weight: {weight}; src: url({(FOLDER / f'{name}.ttf').as_uri()}) }}"
        for name, weight in ((REGULAR, 400), (BOLD, 700))
    )
    style = CSS(
        string=f"{faces} @page {{ size: A4 }} body {{ font: 8pt sans }} img {{ width: 300pt }}", font_config=fonts
    )
    parts = [f"<h1>{escape(whole.title)}</h1>", *(f"<p>{escape(words)}</p>" for words in whole.paragraphs)]
    for title, heads, rows in whole.tables:
        top = "".join(f"<th>{escape(cell)}</th>" for cell in heads)
        body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        parts.append(f"<h2>{title}</h2><table><thead><tr>{top}</tr></thead>{body}</table>")
    parts += [f'<img src="{file.name}"><p>{escape(caption)}</p>' for file, caption in whole.photos]
    words = f"<html><body>{''.join(parts)}</body></html>"

    def make() -> bytes:
        made = HTML(string=words, base_url=str(folder) + "/").write_pdf(stylesheets=[style], font_config=fonts)
        assert isinstance(made, bytes)
        return made

    return make


MAKERS: Mapping[str, Callable[[Content, Path], Callable[[], bytes]]] = {
    "typst": with_typst,
    "fpdf": with_fpdf2,
    "weasyprint": with_weasyprint,
}
"""By the name under which a peer is imported."""
