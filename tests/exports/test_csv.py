"""CSV of the items: UTF-8 with BOM, the columns of the conventions, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from auditor.audit import Answer, Reason
from auditor.scoring import score
from exports.csv import as_csv
from exports.report import build
from tests.exports.visits import ANSWERS, visit


def read(answers=None, lang="zh") -> list[list[str]]:
    audit, _ = visit(answers=answers)
    data = as_csv(build(audit, score(audit), lang=lang))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_columns_begin_as_the_conventions_say():
    head = read()[0]
    assert head[:8] == ["序号", "检查项目", "检查标准", "分值", "扣分", "得分", "扣分原因", "佐证(图号)"]
    assert len(set(head)) == len(head)


def test_every_row_has_every_column_and_figures_are_plain():
    rows = read()
    assert {len(row) for row in rows} == {len(rows[0])}
    slips = next(row for row in rows if row[-1] == "slips")
    assert slips[3:6] == ["3", "2.5", "0.5"]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@cmd", "\t=1", "＝1", "＠x", " =1+1", "=HYPERLINK(1)"])
def test_text_that_would_start_a_formula_stands_behind_an_apostrophe(start):
    head, *rows = read({"slips": replace(ANSWERS["slips"], note=start)})
    note = next(row for row in rows if row[-1] == "slips")[head.index("备注")]
    assert note == "'" + start


def test_no_cell_of_a_hostile_audit_starts_like_a_formula():
    hostile = {path: replace(one, note="=1", reasons=(Reason("=2"),)) for path, one in ANSWERS.items()}
    for row in read(hostile | {"ticket": Answer("=3")})[1:]:
        assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]


def test_line_breaks_quotes_and_commas_come_back_as_they_were():
    note = '一行\n二行,"引号"'
    head, *rows = read({"slips": replace(ANSWERS["slips"], note=note)})
    assert next(row for row in rows if row[-1] == "slips")[head.index("备注")] == note
