"""整改反馈表: the reply to a notice goes out as a workbook, comes back filled in, and becomes findings."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.drawing.image import Image as SheetImage
from PIL import Image

from auditor.audit import Audit, Finding, Photo
from auditor.errors import AuditorError, ProblemsError
from auditor.scoring import score
from checklists.filling import read_any
from exports.layouts import runs
from exports.report import build
from exports.writing import write_file
from exports.xlsx.reply import as_reply
from tests.exports.filled import Filled
from tests.exports.libreoffice import needs_libreoffice, recalculated
from tests.exports.test_layouts import worked_off
from tests.exports.visits import SHOPPER


@pytest.fixture
def audit() -> Audit:
    return worked_off()[0]


def reply(audit: Audit, lang: str = "zh") -> bytes:
    result = score(audit)
    return as_reply(build(audit, result, lang=lang, layout="rectification"), audit, result)


@pytest.fixture
def filled(audit: Audit, tmp_path: Path) -> Filled:
    file = tmp_path / "reply.xlsx"
    file.write_bytes(reply(audit))
    return Filled(file)


def read(file: Path, audit: Audit) -> Any:
    return read_any(file, audit, lambda path: Photo(path.name)).findings


def test_what_the_branch_wrote_becomes_findings(audit: Audit, filled: Filled) -> None:
    """Every column somebody writes in; what was known and is not written again stays."""
    (filled.file.parent / "after.jpg").write_bytes(b"x")
    path = next(one for one in filled.rows["reply"] if one not in ("#", "None", "slips"))
    wanted = Finding("", "每日晨会检查", "李雷", "2026-03-20", "2026-03-18", "赵强", "2026-03-21", "已拍照")
    for name in ("measure", "owner", "remark", "checked_by"):
        filled.type("reply", path, name, getattr(wanted, name))
    for name in ("due", "done_on", "cleared_on"):
        filled.type("reply", path, name, date.fromisoformat(getattr(wanted, name)))
    filled.type("reply", path, "photos_after", "after.jpg")
    filled.type("reply", "slips", "owner", "韩梅梅")
    found = read(filled.save(), audit)
    assert found == {
        path: replace(wanted, photos_after=(Photo("after.jpg"),)),
        "slips": replace(audit.findings["slips"], owner="韩梅梅"),
    }


def test_an_untouched_reply_says_nothing(audit: Audit, filled: Filled) -> None:
    with pytest.raises(AuditorError) as caught:
        read(filled.file, audit)
    assert caught.value.key == "workbook.nothing"


def test_only_what_is_answered_can_be_written(filled: Filled) -> None:
    """The notice's own words are locked; measures, people, days, photos and the check are free."""
    sheet = filled.sheets["reply"]
    assert sheet.protection.sheet
    free = {cell.column for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    names = {name for name, column in filled.columns["reply"].items() if column in free}
    assert names == {"measure", "owner", "due", "done_on", "remark", "photos_after", "checked_by", "cleared_on"}


def test_problems_are_named_by_cell(audit: Audit, filled: Filled) -> None:
    filled.type("reply", "slips", "done_on", "下周")
    filled.type("reply", "slips", "photos_after", "gone.jpg")
    with pytest.raises(ProblemsError) as caught:
        read(filled.save(), audit)
    title = filled.sheets["reply"].title
    cells = [filled.cell("reply", "slips", name).coordinate for name in ("done_on", "photos_after")]
    assert [(one.key, one.cell) for one in caught.value.problems()] == [
        ("workbook.day", f"{title}!{cells[0]}"),
        ("workbook.photo_missing", f"{title}!{cells[1]}"),
    ]


def _picture(colour: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def test_pictures_pasted_onto_a_row_are_its_photos(audit: Audit, filled: Filled) -> None:
    """Branches paste more often than they name files: nothing of it is lost without a word."""
    picture = SheetImage(BytesIO(_picture("red")))
    filled.sheets["reply"].add_image(picture, filled.cell("reply", "slips", "remark").coordinate)
    kept: list[bytes] = []
    found = read_any(filled.save(), audit, lambda data: kept.append(data) or Photo("new")).findings  # type: ignore
    assert kept[0][:4] == b"\x89PNG"
    assert found["slips"].photos_after == (*audit.findings["slips"].photos_after, Photo("new"))


def test_a_picture_on_no_row_is_refused(audit: Audit, filled: Filled) -> None:
    filled.sheets["reply"].add_image(SheetImage(BytesIO(_picture("red"))), "C1")
    filled.type("reply", "slips", "owner", "李雷")
    with pytest.raises(ProblemsError) as caught:
        read(filled.save(), audit)
    title = filled.sheets["reply"].title
    assert [(one.key, one.cell) for one in caught.value.problems()] == [("workbook.stray_picture", f"{title}!C1")]


def test_pictures_inside_cells_as_wps_puts_them_are_photos(audit: Audit, filled: Filled) -> None:
    cell = filled.cell("reply", "slips", "photos_after")
    cell.value, cell.data_type = '=DISPIMG("ID_1",1)', "s"
    filled.save()
    spaces = "".join(
        f' xmlns:{name}="http://schemas.openxmlformats.org/{place}"'
        for name, place in (
            ("xdr", "drawingml/2006/spreadsheetDrawing"),
            ("a", "drawingml/2006/main"),
            ("r", "officeDocument/2006/relationships"),
        )
    )
    pic = '<xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="ID_1"/></xdr:nvPicPr><a:blip r:embed="rId1"/></xdr:pic>'
    with zipfile.ZipFile(filled.file, "a") as package:
        package.writestr("xl/cellimages.xml", f"<cellImages{spaces}>{pic}</cellImages>")
        package.writestr(
            "xl/_rels/cellimages.xml.rels",
            '<Relationships><Relationship Id="rId1" Target="media/image9.png"/></Relationships>',
        )
        package.writestr("xl/media/image9.png", _picture("blue"))
    kept: list[bytes] = []
    found = read_any(filled.file, audit, lambda data: kept.append(data) or Photo("new")).findings  # type: ignore
    assert kept == [_picture("blue")]
    assert Photo("new") in found["slips"].photos_after


def test_the_reply_of_another_audit_is_refused(audit: Audit, filled: Filled) -> None:
    filled.type("reply", "slips", "owner", "李雷")
    with pytest.raises(AuditorError) as caught:
        read(filled.save(), replace(audit, id="20260101T000000Z-000000"))
    assert caught.value.key == "workbook.other_audit"


def test_rows_sorted_without_their_ids_are_refused(audit: Audit, filled: Filled) -> None:
    filled.type("reply", "slips", "owner", "李雷")
    filled.cell("reply", "slips", "number").value = 99
    with pytest.raises(ProblemsError) as caught:
        read(filled.save(), audit)
    assert [one.key for one in caught.value.problems()] == ["workbook.moved"]


@needs_libreoffice
def test_a_reply_saved_by_another_program_reads_the_same(audit: Audit, filled: Filled, tmp_path: Path) -> None:
    filled.type("reply", "slips", "cleared_on", date(2026, 4, 1))
    saved = recalculated([filled.save()], tmp_path)[0]
    assert read(saved, audit) == {"slips": replace(audit.findings["slips"], cleared_on="2026-04-01")}


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_reply_names_neither_the_shopper_nor_the_audit(audit: Audit, lang: str) -> None:
    """P7: it goes to the branch; a token that tells nothing leads back to the audit."""
    book = load_workbook(BytesIO(reply(audit, lang)))
    words = "\n".join(str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row if c.value)
    for secret in (SHOPPER, audit.id, audit.checklist_hash):
        assert not secret or secret not in words


def test_the_notice_is_written_with_its_reply(audit: Audit, tmp_path: Path) -> None:
    assert runs(("rectification",), ("pdf", "xlsx")) == [("rectification", ("pdf", "xlsx"))]
    result = score(audit)
    report = build(audit, result, layout="rectification")
    path = write_file(report, audit, result, tmp_path / "r.xlsx", lambda _: None)
    assert "整改反馈表" in load_workbook(path).sheetnames


def test_the_lines_to_sign_are_never_alone_on_a_page(audit: Audit) -> None:
    """However many rows there are: a break before the signatures stands before the last row instead."""
    result = score(audit)
    report = build(audit, result, layout="rectification")
    for count in range(1, 40):
        rows = tuple(replace(report.actions[0], seq=n) for n in range(1, count + 1))
        sheet: Any = load_workbook(BytesIO(as_reply(replace(report, actions=rows), audit, result))).worksheets[0]
        last = next(row for row in range(sheet.max_row, 0, -1) if sheet.cell(row, 1).value == count)
        assert not [one.id for one in sheet.row_breaks.brk if one.id >= last], count
