"""The workbook of one audit: what is on its sheets, what may be typed, what each copy leaves out (design §7, P7)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.audit import Answer, Reason
from auditor.errors import AuditorError
from auditor.scoring import score
from exports.report import build
from exports.xlsx import check, write_xlsx
from exports.xlsx.layout import ItemColumn, SectionColumn
from exports.xlsx.styles import units
from exports.xlsx.workbook import as_xlsx
from tests.exports import visits
from tests.exports.workbooks import formulas_with_values, no_photos, read, rows_by, workbook

ITEMS, SECTIONS = "检查明细", "各模块得分"


def _everything(data: bytes) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return b"\n".join(package.read(name) for name in package.namelist())


def test_the_items_stand_under_the_conventions_columns() -> None:
    """Report conventions: 序号 | 检查项目 | 检查标准 | 分值 | 扣分 | 得分 | 扣分原因 | 佐证, one row per item."""
    audit, photos = visits.visit(photos=3)
    sheet = load_workbook(BytesIO(workbook(audit, photos=photos.get)), data_only=True)[ITEMS]
    header = [str(cell.value).split("\n")[0] for cell in sheet[4][:8]]
    assert header == ["序号", "检查项目", "检查标准", "分值", "扣分", "得分", "扣分原因", "佐证"]
    rows = rows_by(sheet, ItemColumn.PATH)
    result = score(audit)
    for item in result.items:
        if item.path in rows and item.earned is not None:
            assert sheet.cell(rows[item.path], ItemColumn.EARNED).value == pytest.approx(float(item.earned))
    slips = [cell.value for cell in sheet[rows["slips"]][:8]]
    assert slips[:2] == ["2.2", "填单台整洁，无遗留单据"]
    assert slips[3:6] == [3, 2.5, 0.5]
    assert slips[6].startswith("10:20，填单台遗留两张客户凭条")
    assert slips[7] == "图2"
    assert "trap" not in rows


def test_every_formula_has_its_value_beside_it() -> None:
    """A viewer without a calculator shows figures: no formula cell is empty, none is an error."""
    audit, _ = visits.visit(answers=visits.VETO)
    data = workbook(audit)
    with zipfile.ZipFile(BytesIO(data)) as package:
        sheets = [package.read(name).decode() for name in package.namelist() if "worksheets/sheet" in name]
    cells = [
        cell for sheet in sheets for cell in re.findall(r"<c [^>]*>(?:(?!</c>).)*</c>", sheet, re.S) if "<f>" in cell
    ]
    assert len(cells) > 400
    assert [cell for cell in cells if "<v>" not in cell and 't="str"' not in cell] == []
    assert read(BytesIO(data)).errors == []


def test_the_total_follows_from_the_answers_by_formulas() -> None:
    """Answer → status → earned → section → total: none of these cells is typed."""
    audit, _ = visits.visit()
    data = workbook(audit)
    live = formulas_with_values(data)
    book = load_workbook(BytesIO(data))
    rows = rows_by(book[ITEMS], ItemColumn.PATH)
    for path in ("front", "greeted", "teller#1/hands", "confirm"):
        for column in (ItemColumn.DEDUCTED, ItemColumn.EARNED, ItemColumn.STATUS):
            assert (ITEMS, book[ITEMS].cell(rows[path], column).coordinate) in live
    for row in rows_by(book[SECTIONS], SectionColumn.PATH).values():
        for column in (SectionColumn.EARNED, SectionColumn.FIGURE, SectionColumn.POSSIBLE):
            assert (SECTIONS, book[SECTIONS].cell(row, column).coordinate) in live
    assert read(BytesIO(data)).total == float(score(audit).total or 0)
    assert read(BytesIO(data)).difference == 0


def test_only_functions_that_old_readers_know() -> None:
    """Report conventions: WPS and Excel 2013, so no XLOOKUP, LET, IFS, TEXTJOIN, no dynamic arrays."""
    audit, _ = visits.visit(answers=visits.VETO)
    texts = load_workbook(BytesIO(workbook(audit)))
    used = {
        name
        for sheet in texts.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for name in re.findall(r"([A-Z.]+)\(", re.sub(r'"[^"]*"', "", str(cell.value)))
    }
    known = "IF AND OR NOT SUM MIN MAX COUNT ROUND INDEX MATCH EXACT LEN TRIM N ISNUMBER IFERROR MID SUBSTITUTE"
    assert used <= {
        *known.split(),
        "CHAR",
        "CONCATENATE",
        "ABS",
        "FIND",
        "RIGHT",
        "YEAR",
        "MONTH",
        "DAY",
        "DATE",
        "TIMEVALUE",
    }


def test_answers_can_be_typed_and_nothing_else() -> None:
    """Protected with unlocked inputs; choices from the hidden lists, figures within their bounds."""
    audit, _ = visits.visit()
    book = load_workbook(BytesIO(workbook(audit)))
    sheet = book[ITEMS]
    rows = rows_by(sheet, ItemColumn.PATH)
    assert all(one.protection.sheet for one in book.worksheets)
    for column in (ItemColumn.ANSWER, ItemColumn.NA, ItemColumn.REASON, ItemColumn.NOTE):
        assert not sheet.cell(rows["front"], column).protection.locked
    for column in (ItemColumn.FULL, ItemColumn.EARNED, ItemColumn.STATUS, ItemColumn.STANDARD):
        assert sheet.cell(rows["front"], column).protection.locked
    rules = {where: rule for rule in sheet.data_validations.dataValidation for where in str(rule.sqref).split()}
    front = rules[sheet.cell(rows["front"], ItemColumn.ANSWER).coordinate]
    assert front.type == "list"
    title, _, area = front.formula1.rpartition("!")
    offered = [cell.value for row in book[title.strip("'")][area.replace("$", "")] for cell in row]
    assert offered == ["符合", "有污渍或张贴物", "明显脏乱"]
    assert book[title.strip("'")].sheet_state == "hidden"
    assert rules[sheet.cell(rows["greeted"], ItemColumn.ANSWER).coordinate].type == "decimal"


def test_it_is_set_up_for_printing() -> None:
    """A4, one page wide, header repeated, 第 x 页 共 y 页, panes frozen, tables and cells named."""
    audit, photos = visits.visit(photos=2)
    book = load_workbook(BytesIO(workbook(audit, photos=photos.get)))
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert sheet.page_setup.paperSize == 9
            assert sheet.page_setup.fitToWidth == 1
            assert sheet.oddFooter.right.text == "第 &P 页  共 &N 页"
    assert book[ITEMS].print_title_rows == "$4:$4"
    assert book[ITEMS].page_setup.orientation == "landscape"
    assert book[ITEMS].freeze_panes == "C5"
    assert {"Losses", "Actions"} <= {name for sheet in book.worksheets for name in sheet.tables}
    assert {"TotalScore", "Grade", "CheckDifference"} <= set(book.defined_names)
    assert len(book["汇总"]._charts) == 1
    assert len(book["佐证"]._images) == 2


def test_a_draft_says_so_on_every_sheet() -> None:
    audit, _ = visits.visit(state="draft")
    book = load_workbook(BytesIO(workbook(audit)))
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            assert "草稿" in [cell.value for row in sheet.iter_rows(max_row=1) for cell in row]
            assert sheet.oddHeader.center.text == "草稿"
    figures = read(BytesIO(workbook(audit)))
    assert figures.grade == ""
    assert figures.verdict == ""
    assert figures.total == float(score(audit).total or 0)


HOSTILE = {
    "formula": '=HYPERLINK("http://example.invalid","x")',
    "plus": "+1+1",
    "minus": "-2",
    "at": "@SUM(1)",
    "escape": "_x0041_ 与 _x000D_",
    "digits": "123456789012345678",
    "rare": "𠮷𰻞 😀 👩‍👩‍👧",
    "right to left": "שלום مرحبا",
    "wide": "＝1＋1",
    "apostrophe": "'=1",
    "error": "#REF!",
    "lines": '第一行\n第二行 & <b> "引号"',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_text_from_outside_stays_the_text_it_is(name: str) -> None:
    """Never a formula, never decoded, never cut. (`_x005F_` is how a workbook writes `_` before `x0041_`.)"""
    text = HOSTILE[name]
    audit, _ = visits.visit(answers={"slips": Answer("o2", note=text, reasons=(Reason("x"),)), "ticket": Answer(text)})
    data = workbook(audit)
    book = load_workbook(BytesIO(data))
    sheet = book[ITEMS]
    rows = rows_by(sheet, ItemColumn.PATH)
    for cell in (sheet.cell(rows["slips"], ItemColumn.NOTE), sheet.cell(rows["ticket"], ItemColumn.ANSWER)):
        assert cell.value.replace("_x005F_", "_") == text
        assert cell.data_type == "s"
        assert cell.quotePrefix or text[0] not in "=+-@＝'"
    assert read(BytesIO(data)).errors == []
    assert read(BytesIO(data)).difference == 0


def test_a_text_too_long_for_a_cell_goes_on_below() -> None:
    """32,767 characters are all a cell holds; what is more stands in continuation rows, nothing is lost."""
    text = "".join(f"第{n}段，记录如下。" for n in range(4300))[:40_000]
    audit, _ = visits.visit(answers={"slips": Answer("o2", note=text, reasons=(Reason("遗留凭条"),))})
    sheet = load_workbook(BytesIO(workbook(audit)))[ITEMS]
    row = rows_by(sheet, ItemColumn.PATH)["slips"]
    parts = [sheet.cell(row + n, ItemColumn.NOTE).value or "" for n in range(2)]
    assert all(len(part) <= 32_767 for part in parts)
    assert "".join(parts) == text
    assert read(BytesIO(workbook(audit))).total == float(score(audit).total or 0)


@pytest.mark.parametrize("copy", ["branch", "public"])
def test_a_branch_copy_holds_nothing_of_the_shopper(copy: str) -> None:
    """P7: no alias, no id, no exact minute, no ticket; formulas that rest on them are values, coloured and listed."""
    audit, _ = visits.visit(answers={"front": Answer("o0", note=f"{visits.SHOPPER} 10点35分到访")})
    for lang in ("zh", "en", "both"):
        held = _everything(workbook(audit, copy=copy, lang=lang))
        for secret in (visits.SHOPPER, audit.id, "A1047", "10:31", "10:38", "10:12", "1120", "绿色陷阱"):
            assert secret.encode() not in held, secret
    book = load_workbook(BytesIO(workbook(audit, copy=copy)), data_only=True)
    told = [cell.value for row in book["编码说明"].iter_rows() for cell in row]
    assert "所依据的答案不在本版显示范围内" in told
    assert read(BytesIO(workbook(audit, copy=copy))).total == float(score(audit).total or 0)


def test_the_same_report_gives_the_same_bytes() -> None:
    """Deterministic, whatever order sets and dictionaries have in a process."""
    code = (
        "import hashlib; from tests.exports import visits; from tests.exports.workbooks import workbook; "
        "a, p = visits.visit(photos=2); print(hashlib.sha256(workbook(a, photos=p.get)).hexdigest())"
    )
    seen = set()
    for seed in ("1", "2"):
        root = Path(__file__).resolve().parents[2]
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": "UTC" if seed == "1" else "Asia/Shanghai"},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_properties_come_from_the_report_alone() -> None:
    audit, _ = visits.visit()
    book = load_workbook(BytesIO(workbook(audit)))
    assert book.properties.title.startswith("滨江商业银行人民广场支行")
    assert visits.SHOPPER not in (book.properties.creator or "")
    assert book.properties.created.isoformat() == "2026-03-05T02:12:00"
    assert book.properties.created == book.properties.modified


def test_a_damaged_workbook_does_not_pass_the_check() -> None:
    """P3: what would not open again is never handed over."""
    audit, _ = visits.visit()
    data = workbook(audit)
    check(data)
    with pytest.raises((zipfile.BadZipFile, KeyError, ValueError)):
        check(data[: len(data) // 2])
    with zipfile.ZipFile(BytesIO(data)) as package:
        start = package.getinfo("xl/worksheets/sheet3.xml").header_offset + 200
    with pytest.raises((zipfile.BadZipFile, ValueError, OSError, zipfile.zlib.error)):  # type: ignore[attr-defined]
        check(data[:start] + bytes([data[start] ^ 255]) + data[start + 1 :])


def test_a_disk_that_refuses_leaves_the_old_file(tmp_path: Path) -> None:
    """P3: the sentence names the file; what was there before is there still."""
    audit, _ = visits.visit()
    result = score(audit)
    target = tmp_path / "gone" / "report.xlsx"
    with pytest.raises(AuditorError) as refused:
        write_xlsx(build(audit, result), audit, result, target, no_photos)
    assert str(tmp_path) in str(refused.value)
    assert not target.exists()


def test_photos_that_are_gone_are_said_to_be_gone() -> None:
    audit, _ = visits.visit(photos=1)
    sheet = load_workbook(BytesIO(workbook(audit)))["佐证"]
    assert sheet.cell(5, 2).value == "照片文件缺失或损坏"


def test_thumbnails_carry_pixels_only() -> None:
    """EXIF may hold a place or a name; a thumbnail is drawn anew."""
    from PIL import Image

    from exports.xlsx.evidence_sheet import thumbnail

    raw = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (800, 600), "white").save(raw, "JPEG", exif=exif)
    assert b"secret place" in raw.getvalue()
    small = thumbnail(raw.getvalue())
    assert small is not None
    assert b"secret place" not in small.getvalue()
    assert max(Image.open(small).size) == 240
    assert thumbnail(b"no picture") is None


def test_an_answer_that_is_not_in_force_is_left_out() -> None:
    """S2: set aside at finishing, kept in the journal, left out of exports."""
    audit, _ = visits.visit()
    aside = replace(audit, set_aside=frozenset({"ticket"}))
    assert b"A1047" in _everything(workbook(audit))
    assert b"A1047" not in _everything(workbook(aside))


@pytest.mark.parametrize("name", ["滨江商业银行人民广场支行", "滨江商业银行长三角一体化示范区水乡客厅科技支行"])
def test_a_long_title_becomes_smaller_rather_than_cut(name):
    """Merged cells do not grow and do not spill: what has no room is not seen."""
    audit, _ = visits.visit(header=replace(visits.HEADER, branch_name=name))
    for lang in ("zh", "en"):
        report = build(audit, score(audit), lang=lang)
        sheet = load_workbook(BytesIO(as_xlsx(report, audit, score(audit), lambda _: None))).worksheets[0]
        cell = sheet["A1"]
        room = sum(sheet.column_dimensions[letter].width for letter in "ABCDEFGHIJ")
        assert cell.alignment.wrap_text or units(cell.value) * cell.font.sz / 10 <= room
        assert cell.font.sz >= 12
