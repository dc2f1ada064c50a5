"""扣分原因 = time + place + post + fact + clause, in every file that says why points were lost (conventions)."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from auditor.audit import Answer, Reason
from auditor.scoring import score
from exports.csv import as_csv
from exports.pdf.document import render
from exports.report import build
from exports.xlsx.workbook import as_xlsx
from tests.exports.pdf_text import bare, whole
from tests.exports.test_register import written
from tests.exports.visits import VETO, visit

REASONS = {
    "confirm": "10:46，3号窗口柜员伸手代客户按确认键（标准柜面操作规程 第二十三条），扣5分",
    "slips": "10:20，填单台遗留两张客户凭条（标准信息安全管理办法 第十八条），扣2.5分",
    "greeted": "进门问候用时 22.4秒（标准厅堂服务规范 3.2），扣1分",
    "teller#1/smile": "由3.1.1（1）连带扣分",
}
ANSWERS = {
    **VETO,
    "teller#1/stand": Answer("o2", reasons=(Reason("坐着未起身", "10:38", "3号窗口", "柜员"),)),
}


@pytest.fixture(scope="module")
def made():
    audit, photos = visit(answers=ANSWERS)
    return audit, score(audit), photos


def test_the_report_composes_it(made):
    audit, points, _ = made
    rows = {row.path: row for row in build(audit, points).items}
    for path, words in REASONS.items():
        assert words in rows[path].reason, rows[path].reason
    for row in rows.values():
        if row.deducted and row.clause and row.reason and "连带" not in row.reason:
            assert "标准" in row.reason


def test_the_pdf_says_it(made):
    audit, points, photos = made
    text = whole(render(build(audit, points), photos.get))
    assert all(bare(words) in text for words in REASONS.values())


@pytest.mark.parametrize("sheet", ["检查明细", "扣分明细"])
def test_the_workbook_says_it(made, sheet):
    audit, points, photos = made
    book = load_workbook(io.BytesIO(as_xlsx(build(audit, points), audit, points, photos.get)))
    said = "\n".join(str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value)
    assert all(words in said for words in REASONS.values())


def test_the_csv_says_it_and_has_the_clause_in_a_column_of_its_own(made):
    audit, points, _ = made
    rows = list(csv.DictReader(io.StringIO(as_csv(build(audit, points)).decode("utf-8-sig"))))
    said = "\n".join(row["扣分原因"] for row in rows)
    assert all(words in said for words in REASONS.values())
    assert any("第二十三条" in row["条款"] for row in rows)


@pytest.mark.parametrize(("sheet", "header"), [("扣分明细", 3), ("检查项目明细", 1)])
def test_the_register_says_it_beside_the_clause(made, tmp_path: Path, sheet, header):
    audit, _, _ = made
    book = load_workbook(written(tmp_path, (audit,)), data_only=True)
    rows = list(book[sheet].iter_rows(min_row=header, values_only=True))
    reason, clause = rows[0].index("扣分原因"), rows[0].index("条款")
    said = "\n".join(str(row[reason]) for row in rows[1:] if row[reason])
    assert all(words in said for words in REASONS.values())
    assert any("第二十三条" in str(row[clause]) for row in rows[1:])
