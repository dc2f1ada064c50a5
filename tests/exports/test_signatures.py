"""A signature given in the program is drawn where the report is signed; a copy that must not show it does not."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from auditor.audit import Answer, Audit, Duty, Photo
from auditor.checklist.model import Checklist
from auditor.scoring import score
from auditor.store import photos
from exports.drawn import cropped
from exports.pdf.document import as_json, render
from exports.pdf.form import blank_form
from exports.report import build
from exports.xlsx.reply import as_reply
from exports.xlsx.workbook import as_xlsx
from tests.exports.pdf_text import bare, inflated, whole
from tests.exports.scenes import drawn
from tests.exports.visits import HEADER, checklist, visit

SIGNING = {
    "id": "signing",
    "title": {"zh": "签认", "en": "Signing"},
    "items": [
        {"id": name, "kind": "signature", "text": {"zh": zh, "en": en}, "required": False}
        for name, zh, en in (
            ("own", "自查人签字", "Signed by the self-inspector"),
            ("head", "网点负责人签认", "Signed by the branch head"),
            ("guard", "保安队长签字", "Signed by the chief guard"),
        )
    ],
}
HAND = photos.load(drawn("赵强"))
TAKEN = "2026-03-06T18:20:00+08:00"


def signing(**more: str) -> Checklist:
    """The checklist of the visits with a section to sign; `more` is said of each of its items."""
    section = {**SIGNING, "items": [{**one, **more} for one in SIGNING["items"]]}
    given = checklist().model_dump(mode="json", by_alias=True, exclude_none=True)
    return Checklist.model_validate({**given, "sections": [*given["sections"], section]})


def signed(kind: str = "self", names: tuple[str, ...] = ("own", "head", "guard"), **more) -> tuple[Audit, dict]:
    """A visit whose sheet is signed by hand, and whose sections are shared out."""
    hand = Photo(HAND.sha256, taken=TAKEN)
    given = {name: Answer(f"赵强{at}", photos=(hand,)) for at, name in enumerate(names)}
    audit, shots = visit(answers=given, of=signing(), header=replace(HEADER, kind=kind), **more)
    duties = {"entering": Duty("赵强", "赵强", TAKEN, Photo(HAND.sha256)), "leaving": Duty("王芳")}
    return replace(audit, duties=duties), {**shots, HAND.sha256: HAND.data}


def pictures(pdf: bytes) -> int:
    """How many different pictures the pages hold."""
    return len({id_ for page in PdfReader(BytesIO(pdf)).pages for id_ in (one.name for one in page.images)})


def media(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return [one for one in package.namelist() if one.startswith("xl/media/")]


@pytest.mark.parametrize("layout", ["full", "self"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_the_pdf_draws_each_signature_with_name_and_day(layout, lang):
    audit, shots = signed()
    report = build(audit, score(audit), lang=lang, layout=layout)
    pdf = render(report, shots.get)
    assert pictures(pdf) == 1
    assert pdf == render(report, shots.get)
    for words in ("赵强0", "赵强1", "赵强2", "6 March 2026" if lang == "en" else "2026年3月6日"):
        assert bare(words) in whole(pdf)


def test_a_signature_stands_on_the_line_its_words_begin_with_and_any_other_on_one_of_its_own():
    audit, _ = signed()
    lines = build(audit, score(audit)).signatures
    assert [(one.label, one.name) for one in lines] == [
        ("自查人：", "赵强0"),
        ("网点负责人签字：", "赵强1"),
        ("保安队长签字：", "赵强2"),
    ]
    assert {one.signed for one in lines} == {"2026年3月6日"}


def test_a_drawn_signature_is_no_photo_of_the_annex():
    audit, shots = signed(photos=2)
    report = build(audit, score(audit))
    assert len(report.photos) == 2
    assert HAND.sha256 not in {one.sha256 for one in report.photos}
    assert not [row for row in report.items if row.kind == "signature" and row.figures]
    assert shots


def test_a_name_that_was_only_typed_leaves_its_line_to_be_signed():
    audit, shots = visit(answers={"own": Answer("赵强")}, of=signing(), header=replace(HEADER, kind="self"))
    report = build(audit, score(audit))
    assert [(one.name, one.drawing, one.signed) for one in report.signatures] == [("赵强", "", ""), ("", "", "")]
    assert pictures(render(report, shots.get)) == 0


def test_the_workbook_has_each_signature_in_a_cell_of_its_own():
    audit, shots = signed()
    report = build(audit, score(audit))
    data = as_xlsx(report, audit, score(audit), shots.get)
    assert data == as_xlsx(report, audit, score(audit), shots.get)
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    spots = [(one.anchor._from.row + 1, one.anchor._from.col + 1) for one in sheet._images]
    assert len(spots) == len(set(spots)) == 4
    above = [str(sheet.cell(row - 1, column).value or "") for row, column in spots]
    assert {"自查人：赵强0", "网点负责人签字：赵强1", "保安队长签字：赵强2"} <= set(above)


@pytest.mark.parametrize("copy", ["branch", "public"])
@pytest.mark.parametrize("kind", ["mystery", "telephone", "revisit"])
@pytest.mark.parametrize("points", [{}, {"points": "1"}])
def test_no_signature_of_a_covert_visit_reaches_the_branch(copy, kind, points):
    """Whoever signs during a covert visit is the shopper (P7); whether or not signing earns points."""
    audit, shots = signed(kind)
    audit = replace(audit, checklist=signing(**points))
    report = build(audit, score(audit), copy=copy)
    pdf, book = render(report, shots.get), as_xlsx(report, audit, score(audit), shots.get)
    assert (pictures(pdf), media(book)) == (0, [])
    assert "赵强" not in whole(pdf)
    assert not [one for one in report.signatures if one.drawing or one.name]
    assert not report.duties


def test_the_branch_sees_who_signed_its_own_inspection_and_the_public_does_not():
    audit, shots = signed()
    assert pictures(render(build(audit, score(audit), copy="branch"), shots.get)) == 1
    assert pictures(render(build(audit, score(audit), copy="public"), shots.get)) == 0


@pytest.mark.parametrize("layout", ["summary", "losses", "rectification"])
def test_a_layout_that_is_not_signed_carries_no_signature(layout):
    audit, shots = signed("announced")
    report = build(audit, score(audit), layout=layout)
    assert pictures(render(report, shots.get)) == 0
    assert not report.signatures


def test_what_is_attached_names_no_drawing_by_its_hash():
    audit, shots = signed()
    report = build(audit, score(audit))
    told = json.loads(as_json(report))
    assert {one["drawing"] for one in (*told["signatures"], *told["duties"])} == {""}
    assert HAND.sha256.encode() not in inflated(render(report, shots.get))


def test_blank_form_and_reply_sheet_keep_empty_lines():
    audit, _ = signed("announced")
    report = build(audit, score(audit), layout="rectification")
    assert pictures(blank_form(signing(), "zh")) == 0
    assert media(as_reply(report, audit, score(audit))) == []


def test_a_drawing_that_is_gone_leaves_the_line_and_the_name():
    audit, _ = signed()
    pdf = render(build(audit, score(audit)), lambda _: None)
    assert pictures(pdf) == 0
    assert "赵强0" in whole(pdf)


def test_only_the_strokes_of_a_drawing_are_kept():
    """Cut to its ink, grey, without metadata; an empty pad is nothing to draw, nor is what is no picture."""
    from PIL import Image

    with Image.open(BytesIO(cropped(HAND.data) or b"")) as small, Image.open(BytesIO(HAND.data)) as whole_pad:
        assert small.mode == "L"
        assert small.height < whole_pad.height
        assert not small.getexif()
    blank = BytesIO()
    Image.new("RGB", (800, 260), "white").save(blank, "JPEG")
    assert [cropped(one) for one in (blank.getvalue(), b"no picture", None)] == [None, None, None]
