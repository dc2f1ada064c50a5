"""How a register is to be: decimals, kinds of check blended by weights, several visits, order, unit, period."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditor.audit import Answer, Audit, Finding
from auditor.errors import AuditorError
from auditor.figures import shown
from auditor.scoring import score
from auditor.words import speaking
from exports.register import Options, read_blend
from exports.register.options import Marked
from tests.exports import visits
from tests.exports.libreoffice import needs_libreoffice, recalculated
from tests.exports.test_register import SOME, audit, table, written
from tests.exports.workbooks import formulas_with_values

BLEND = read_blend("mystery=60,self=20,announced=20")
KINDS = (
    audit("0101"),
    audit("0101", {"slips": Answer("o1")}, kind="self"),
    audit("0102", {"slips": Answer("o2")}, kind="mystery"),
    audit("0103", {"slips": Answer("o0")}, kind="telephone"),
    audit("0104", {"slips": Answer("o1")}, kind="announced"),
)


def marked(*ones: tuple[str, int, int]) -> list[Marked]:
    return [Marked(kind, Fraction(figure), Fraction(points)) for kind, figure, points in ones]


@pytest.mark.parametrize(
    ("several", "figure"), [("mean", Fraction(80)), ("weighted", Fraction(75)), ("worst", Fraction(70))]
)
def test_several_visits_by_mean_by_points_or_the_worst(several: Any, figure: Fraction) -> None:
    """Weighted: the visit that looked at 30 points says three times as much as that which looked at 10."""
    seen = marked(("mystery", 90, 10), ("mystery", 70, 30))
    assert Options(several=several).figure(seen) == figure
    assert Options(several=several).figure([]) is None


def test_kinds_are_blended_by_weights_and_a_missing_one_leaves_its_weight_to_the_others() -> None:
    seen = marked(("mystery", 80, 1), ("mystery", 90, 1), ("self", 100, 1), ("telephone", 1, 1))
    assert Options(blend=BLEND).figure(seen) == Fraction(85 * 60 + 100 * 20, 80)
    assert Options(blend=BLEND).figure(seen[3:]) is None


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "form"),
        ("mystery", "form"),
        ("mystery=60,", "form"),
        ("=60", "form"),
        ("secret=60", "kind"),
        ("mystery=0", "weight"),
        ("mystery=-1", "weight"),
        ("mystery=nan", "weight"),
        ("mystery=1e9", "weight"),
        ("mystery=many", "weight"),
        ("mystery=60,mystery=40", "twice"),
    ],
)
def test_wrong_weights_are_answered_with_a_sentence_and_a_remedy(text: str, key: str) -> None:
    with pytest.raises(AuditorError) as refused:
        read_blend(text)
    assert refused.value.key == f"register.blend_{key}"
    for lang in ("zh", "en"):
        with speaking(lang):
            assert str(refused.value) != refused.value.key
            assert refused.value.remedy()


def test_a_blended_ranking_says_its_weights_and_leaves_out_what_has_none(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS, options=Options(blend=BLEND))
    _, rows = table(path, "排名表")
    by_code = {one[1]: one for one in rows}
    exact = [score(one).exact for one in KINDS[:2]]
    assert Decimal(str(by_code["0101"][6])) == shown((exact[0] * 60 + exact[1] * 20) / 80, 2)
    assert by_code["0101"][5] == 2
    assert (by_code["0103"][0], by_code["0103"][5], by_code["0103"][6]) == (None, 0, None)
    notes = load_workbook(path)["排名表"]["A3"].value
    assert "暗访 60%、自查 20%、明查 20%" in notes
    assert "另有 1 次检查的类型没有权重" in notes


@pytest.mark.parametrize(("several", "words"), [("mean", "取平均分"), ("weighted", "加权平均"), ("worst", "取最低分")])
def test_the_sheet_says_how_several_visits_count(tmp_path: Path, several: Any, words: str) -> None:
    path = written(tmp_path, options=Options(several=several))
    assert words in load_workbook(path)["排名表"]["A3"].value
    both = [score(one) for one in SOME[3:]]
    points = [sum(item.possible for item in one.items if item.earned is not None) for one in both]
    figures = {
        "mean": sum(one.exact for one in both) / 2,
        "weighted": sum(one.exact * n for one, n in zip(both, points, strict=True)) / sum(points),
        "worst": min(one.exact for one in both),
    }
    _, rows = table(path, "排名表")
    found = next(one for one in rows if one[1] == "0201")
    assert Decimal(str(found[6])) == shown(figures[several], 2)


@pytest.mark.parametrize("places", [0, 1, 4])
def test_decimals_are_those_asked_for(tmp_path: Path, places: int) -> None:
    book = load_workbook(written(tmp_path, options=Options(places=places)))
    cell = book["排名表"]["G5"]
    assert cell.value == f"=ROUND(ROUND(P5,9),{places})"
    assert cell.number_format.rstrip("_ ") == (f"0.{'0' * places}" if places else "0")
    modules = book["各模块得分"]
    assert modules["J4"].number_format == cell.number_format


def test_ordered_by_code_ranks_stay(tmp_path: Path) -> None:
    _, rows = table(written(tmp_path, options=Options(order="code")), "排名表")
    assert [(one[1], one[0]) for one in rows[:4]] == [("0101", 2), ("0102", 2), ("0103", 4), ("0201", 1)]


def test_unit_and_period_as_given(tmp_path: Path) -> None:
    options = Options(unit="总行运营管理部", period="2026年第1期")
    for sheet in load_workbook(written(tmp_path, options=options)).worksheets[:8]:
        words = " ".join(str(row[0].value) for row in sheet.iter_rows(max_row=2))
        assert "制表单位：总行运营管理部" in words
        assert "统计期间：2026年第1期" in words


def test_the_corrective_sheet_shows_what_was_done(tmp_path: Path) -> None:
    """⑦ 整改台账, from the findings of each audit; in no public copy."""
    one: Audit = audit("0101", {"slips": Answer("o2", reasons=visits.ANSWERS["slips"].reasons)})
    finding = Finding("每日班前检查", "已清理", "王主管", "2026-03-31", "2026-03-12", "李经理", "2026-03-20")
    one = replace(one, findings={"slips": finding})
    headings, rows = table(written(tmp_path, (one,)), "整改台账", 3)
    found = next(row for row in rows if "填单台" in str(row))
    at = {name: found[n] for n, name in enumerate(headings)}
    assert [at[name] for name in ("整改要求", "整改措施", "责任人", "整改期限", "验收人", "销号日期")] == [
        "每日班前检查",
        "已清理",
        "王主管",
        "2026-03-31",
        "李经理",
        "2026-03-20",
    ]
    assert "2026-03-12" in at["完成情况"]


@needs_libreoffice
def test_other_weights_typed_into_the_sheet_are_followed(tmp_path: Path) -> None:
    """The blended figure is live: cached values are what a calculator finds, and changed weights change it."""
    path = written(tmp_path, KINDS, options=Options(blend=BLEND, places=3))
    changed = load_workbook(path)
    assert [changed["排名表"].cell(3, n).value for n in (18, 19, 20)] == [60, 20, 20]
    changed["排名表"]["R3"] = 0
    changed.save(tmp_path / "changed.xlsx")
    same, other = recalculated([path, tmp_path / "changed.xlsx"], tmp_path)
    again = load_workbook(same, data_only=True)
    for (title, where), value in formulas_with_values(path.read_bytes()).items():
        assert again[title][where].value == pytest.approx(value), (title, where)
    rows = {one[1]: one for one in load_workbook(other, data_only=True)["排名表"].iter_rows(5, 8, values_only=True)}
    assert rows["0101"][6] == pytest.approx(float(shown(score(KINDS[1]).exact, 3)))


@needs_libreoffice
def test_an_outlet_that_other_weights_leave_without_a_figure_has_none_and_no_error(tmp_path: Path) -> None:
    """Seen by one kind of check only, whose weight becomes 0: no rank, no figure, and the others go on."""
    seen = [*KINDS, audit("0105", kind="offsite")]
    path = written(tmp_path, seen, options=Options(blend=(("mystery", Decimal(60)), ("offsite", Decimal(40)))))
    book = load_workbook(path)
    book["排名表"]["S3"] = 0
    book.save(tmp_path / "tried.xlsx")
    (tried,) = recalculated([tmp_path / "tried.xlsx"], tmp_path)
    sheet = load_workbook(tried, data_only=True)["排名表"]
    cells = {cell.coordinate: cell.value for line in sheet.iter_rows() for cell in line if cell.value is not None}
    assert [where for where, value in cells.items() if str(value).startswith("#")] == []
    rows = {line[1]: line for line in sheet.iter_rows(5, 12, values_only=True) if line[1]}
    assert [rows["0105"][at] or "" for at in (0, 6, 12, 13)] == ["", "", "", ""]
    assert [rows[one][0] for one in ("0101", "0102")] == [1, 1]


@pytest.mark.parametrize("several", ["mean", "weighted", "worst"])
def test_modules_take_visits_together_as_the_ranking_does(several: Any, tmp_path: Path) -> None:
    """③ rests on the same visits as ①, of kinds that count, by the same rule, and says so: else none could compare."""
    options = Options(several=several, blend=BLEND)
    given = [
        audit("0101"),
        audit("0101", {"slips": Answer("o2")}),
        audit("0101", kind="self"),
        audit("0101", kind="offsite"),
    ]
    book = load_workbook(written(tmp_path, given, options=options), data_only=True)
    sheet = book["各模块得分"]
    assert "口径同排名表" in sheet["A2"].value
    assert sheet["J3"].value == "加权得分（百分制）"
    rows = {row[6]: row for row in sheet.iter_rows(min_row=4, values_only=True) if row[6]}
    ratios = [score(one).section("waiting").ratio for one in given]
    points = [Fraction(10)] * 4
    seen = [Marked(one.header.kind, x, y) for one, x, y in zip(given, ratios, points, strict=True) if x is not None]
    figure = options.figure(seen)
    assert figure is not None
    assert Decimal(str(rows["waiting"][9])) == shown(figure, 2, 100)
    assert rows["waiting"][8] == 3


def test_the_average_of_the_modules_is_that_of_the_figures_above_it(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path, KINDS), data_only=True)
    rows = list(book["各模块得分"].iter_rows(min_row=4, values_only=True))
    figures = [row[9] for row in rows if row[6] and row[9] is not None]
    last = next(row for row in rows if row[1] == "平均分")
    assert abs(last[9] - sum(figures) / len(figures)) <= 0.01


@needs_libreoffice
def test_the_check_cell_is_zero_and_other_weights_show_what_they_change(tmp_path: Path) -> None:
    """Beside the printed columns: what the figures of the sheet come to, against what the program made of them."""
    path = written(tmp_path, KINDS, options=Options(blend=BLEND))
    assert load_workbook(path, data_only=True)["排名表"]["P2"].value == 0
    book = load_workbook(path)
    assert book["排名表"]["P1"].value == "复算差额"
    book["排名表"]["R3"] = 5
    tried = tmp_path / "tried.xlsx"
    book.save(tried)
    plain, other = (load_workbook(one, data_only=True)["排名表"] for one in recalculated([path, tried], tmp_path))
    assert plain["P2"].value == 0
    moved = sum(other[f"G{row}"].value or 0 for row in range(5, 9)) - sum(
        plain[f"G{row}"].value or 0 for row in range(5, 9)
    )
    assert other["P2"].value == pytest.approx(moved, abs=0.005) != 0
