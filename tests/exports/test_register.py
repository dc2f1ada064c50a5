"""The register (汇总表): eight sheets to sign and a long one for pivot tables (conventions, S1, S8, P3, P7)."""

from __future__ import annotations

import random
import zipfile
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from auditor.audit import Answer, Audit, Reason
from auditor.errors import AuditorError
from auditor.scoring import score
from auditor.store.branches import Branch
from exports.register import EarlierAudits, earlier_audits, write_register
from exports.register.checked import check
from exports.register.summed import ranks
from tests.exports import visits
from tests.exports.libreoffice import needs_libreoffice, recalculated
from tests.exports.random_checklists import random_audit, random_checklist
from tests.exports.workbooks import formulas_with_values

SHEETS = ["排名表", "分行汇总", "各模块得分", "扣分明细", "高频扣分TOP10", "一票否决清单", "整改台账", "申诉结果"]
HEADERS = {"各模块得分": 3, "扣分明细": 3, "一票否决清单": 3, "整改台账": 3, "检查项目明细": 1}
RANKING = "名次 机构号 网点 所属分行 类型 检查次数 本期得分 上期 升降 同比 等级 一票否决".split()


@dataclass
class Register:
    """Branches of a bank, by code."""

    known: dict[str, Branch]

    def find(self, text: str) -> Branch | None:
        return self.known.get(text)


@dataclass
class Row:
    """A row of the library."""

    visited: str
    total: float
    id: str = "old"
    branch: str = "0101"
    branch_name: str = ""
    checklist: str = "journey"
    version: str = "2.1"
    kind: str = "mystery"
    state: str = "finished"


def audit(code: str, answers: dict | None = None, **more: Any) -> Audit:
    header = replace(visits.HEADER, branch=code, branch_name=f"网点{code}", parent=f"分行{code[:2]}", **more)
    return visits.visit(answers=answers, header=header)[0]


SOME = (
    audit("0101"),
    audit("0102"),
    audit("0103", visits.VETO),
    audit("0201", {"slips": Answer("o0")}),
    audit("0201", {"slips": Answer("o1")}, visited="2026-02-03T15:00:00+08:00"),
)


def written(folder: Path, audits: Any = SOME, **options: Any) -> Path:
    days = [one.header.visited for one in audits]
    return write_register(((one, score(one)) for one in audits), folder, days, **options)


def table(path: Path, title: str, header: int = 4) -> tuple[list[str], list[tuple]]:
    rows = [tuple(one) for one in load_workbook(path, data_only=True)[title].iter_rows(values_only=True)]
    return [one for one in rows[header - 1] if one], rows[header:]


def test_the_sheets_stand_in_the_order_of_the_conventions(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert path.name == "检查汇总表_20260305.xlsx"
    assert load_workbook(path).sheetnames == [*SHEETS, "检查项目明细"]
    assert written(tmp_path).name == "检查汇总表_20260305-2.xlsx"


def test_ties_keep_the_rank_and_every_rank_has_its_visits_beside_it(tmp_path: Path) -> None:
    """0101 and 0102 are alike, 0201 was visited twice, 0103 has a veto."""
    headings, rows = table(written(tmp_path), "排名表")
    assert headings[:12] == RANKING
    assert [(one[0], one[1], one[5], one[11]) for one in rows[:4]] == [
        (1, "0201", 2, "否"),
        (2, "0101", 1, "否"),
        (2, "0102", 1, "否"),
        (4, "0103", 1, "是"),
    ]
    assert [one[12] for one in rows[:4]] == [1, 1, 1, 3]
    assert [one[1] for one in rows[4:7]] == ["平均分", "最高", "最低"]
    assert ranks([Decimal("9"), None, Decimal("9"), Decimal("8")]) == [1, None, 1, 3]


def test_figures_are_means_of_exact_totals_rounded_once(tmp_path: Path) -> None:
    """S1: 2 places in rankings, from the exact totals and not from the figures of the single reports."""
    _, rows = table(written(tmp_path), "排名表")
    both = [score(one).exact for one in SOME[3:]]
    mean = sum(both) / 2
    assert Decimal(str(rows[0][6])) == Decimal(round(mean * 100)) / 100
    outlets = [mean, *(score(one).exact for one in SOME[:3])]
    assert abs(Fraction(rows[4][6]) - sum(outlets) / 4) <= Fraction(1, 200) + Fraction(1, 10**9)


def test_no_ranking_on_no_visits(tmp_path: Path) -> None:
    """An outlet whose only sheet carries no points stands at the end without rank or figure."""
    plain = visits.checklist().model_dump(by_alias=True, exclude_none=True)
    plain["sections"] = [plain["sections"][-1]]
    for key in ("pass", "grades"):
        plain.pop(key, None)
    unscored = replace(audit("0999"), checklist=type(visits.checklist()).model_validate(plain), instances={})
    _, rows = table(written(tmp_path, (*SOME, unscored)), "排名表")
    assert rows[4][:7] == (None, "0999", "网点0999", "分行09", None, 0, None)


def test_last_period_and_last_year_come_from_the_folder(tmp_path: Path) -> None:
    """上期 is the quarter before, 同比 the same quarter last year; what is not comparable is blank."""
    rows = [
        Row("2025-12-30T09:00:00+08:00", 80.0),
        Row("2025-10-01T09:00:00+08:00", 81.0),
        Row("2025-02-01T09:00:00+08:00", 70.0),
        Row("2025-06-01T09:00:00+08:00", 1.0),
        Row("2025-11-01T09:00:00+08:00", 1.0, kind="self"),
        Row("2025-11-01T09:00:00+08:00", 1.0, checklist="other"),
        Row("2025-11-01T09:00:00+08:00", 1.0, state="draft"),
        Row("2025-11-01T09:00:00+08:00", 1.0, id="chosen"),
    ]
    _, found = table(written(tmp_path, earlier=earlier_audits(rows, {"chosen"})), "排名表")
    by_code = {one[1]: one for one in found}
    figure = by_code["0101"][6]
    assert by_code["0101"][7:10] == (80.5, pytest.approx(figure - 80.5), pytest.approx(figure - 70))
    assert by_code["0102"][7:10] == (None, None, None)
    assert EarlierAudits().by_outlet((), (), {}, {}) == {}


def test_mixed_versions_never_shift_a_column(tmp_path: Path) -> None:
    """S8: an item is told by its id; a version that has other items before it stands in the same columns."""
    old = visits.checklist().model_dump(by_alias=True, exclude_none=True)
    old["version"] = "1.0"
    old["sections"] = old["sections"][1:]
    earlier = type(visits.checklist()).model_validate(old)
    answers = {path: one for path, one in visits.ANSWERS.items() if path not in ("front", "greeted")}
    mixed = replace(audit("0301"), checklist=earlier, answers=answers)
    path = written(tmp_path, (*SOME, mixed))
    headings, rows = table(path, "检查项目明细", 1)
    at = {name: n for n, name in enumerate(headings)}
    slips = {one[at["版本"]]: one for one in rows if one[at["项目代码"]] == "slips"}
    assert set(slips) == {"1.0", "2.1"}
    assert slips["1.0"][at["编号"]] != slips["2.1"][at["编号"]]
    for version in slips:
        assert slips[version][at["检查项目"]] == "填单台整洁，无遗留单据"
        assert slips[version][at["分值"]] == 3
    assert all(len(one) == len(headings) for one in rows)
    notes = load_workbook(path)["排名表"]["A3"].value
    assert "1.0、2.1" in notes


def test_every_deduction_stands_in_a_row_of_its_own(tmp_path: Path) -> None:
    path = written(tmp_path)
    headings, rows = table(path, "扣分明细", 3)
    lost = [item for one in SOME for item in score(one).items if item.deducted]
    at = headings.index("扣分")
    found = [one for one in rows if isinstance(one[0], int)]
    assert len(found) >= len(lost)
    assert sum(Decimal(str(one[at])) for one in found) == sum(Decimal(float(one.deducted)) for one in lost)
    assert not load_workbook(path)["扣分明细"].merged_cells.ranges
    assert [one[0] for one in found] == list(range(1, len(found) + 1))


def test_vetoes_and_appeals(tmp_path: Path) -> None:
    path = written(tmp_path)
    _, vetoes = table(path, "一票否决清单", 3)
    assert [one[1] for one in vetoes if isinstance(one[0], int)] == ["0103"]
    _, appeals = table(path, "申诉结果")
    assert appeals[0][0] == "目前没有申诉。"


def test_printed_across_one_page_wide_with_headings_repeated(tmp_path: Path) -> None:
    path = written(tmp_path)
    for sheet in load_workbook(path).worksheets:
        header = HEADERS.get(sheet.title, 4)
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9), sheet.title
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_title_rows == f"${header}:${header}"
        if sheet.title != "检查项目明细":
            words = [str(cell.value) for row in sheet.iter_rows(max_col=1) for cell in row if cell.value]
            assert "制表单位：" in words[1]
            assert "统计期间：2026年第一季度" in words[1]
            assert "单位：分" in words[1]
            assert words[-1].split() == ["制表：", "复核：", "审批：", "日期："]


def test_a_full_sheet_goes_on_to_a_next_one(tmp_path: Path) -> None:
    path = written(tmp_path, most_rows=30)
    book = load_workbook(path)
    parts = [title for title in book.sheetnames if title.startswith("检查项目明细")]
    assert len(parts) > 2
    assert parts[1] == "检查项目明细 2"
    rows = [row for title in parts for row in table(path, title, 1)[1]]
    assert len({book[title]["C1"].value for title in parts}) == 1
    assert all(book[title].max_row <= 30 for title in parts)
    assert rows == table(written(tmp_path), "检查项目明细", 1)[1]


HOSTILE = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "_x0041_",
    "123456789012345678",
    "𠮷野家😀",
    "שלום",
    " a\n b ",
    "<&>\"'",
]


def test_text_from_outside_is_never_a_formula(tmp_path: Path) -> None:
    audits = [audit("0101", {"slips": Answer("o2", note=text, reasons=(Reason(text),))}) for text in HOSTILE]
    audits.append(audit("=HYPERLINK(1)", {"slips": Answer("o2", note="字" * 40_000, reasons=(Reason("x"),))}))
    book = load_workbook(written(tmp_path, audits))
    sheet = book["检查项目明细"]
    at = {cell.value: cell.column for cell in sheet[1]}
    slips = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at["项目代码"]).value == "slips"]
    notes = [sheet.cell(row, at["备注"]).value for row in slips]
    # openpyxl undoes the escape of `_x0041_` in shared strings only; LibreOffice is asked below
    assert [one.replace("_x005F_", "_") for one in notes[:-1]] == HOSTILE
    assert notes[-1].startswith("字" * 30_000)
    assert notes[-1].endswith("（全文见单份报告）")
    assert len(notes[-1]) <= 32_767
    assert b"<t>_x005F_x0041_</t>" in everything(written(tmp_path, audits))
    for one in book.worksheets:
        formulas = [cell for row in one.iter_rows() for cell in row if cell.data_type == "f"]
        assert one.title in ("排名表", "分行汇总", "高频扣分TOP10") or not formulas
        assert not [cell for cell in formulas if "HYPERLINK" in str(cell.value)]


def everything(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return b"\n".join(package.read(name) for name in package.namelist()) + path.read_bytes()


@pytest.mark.parametrize("copy", ["branch", "public"])
def test_no_byte_of_the_shopper_is_in_a_branch_copy(tmp_path: Path, copy: str) -> None:
    """P7, on random audits and in every field that could name the shopper; the compliance copy has it."""
    canary = "金丝雀QX7"
    audits = []
    for seed in range(12):
        dice = random.Random(seed)
        one = random_audit(dice, random_checklist(dice), finished=True)
        header = replace(one.header, kind="mystery", shopper=canary, scenario=canary, left="2026-03-05T10:54:21+08:00")
        audits.append(replace(one, id="20260305T031200Z-ab12cd", header=header))
    audits.append(audit("0101", {"slips": Answer("o2", note=f"{canary}在10:47看到", reasons=(Reason("x", "10:47"),))}))
    audits[-1] = replace(audits[-1], header=replace(audits[-1].header, shopper=canary))
    for lang in ("zh", "en"):
        found = everything(written(tmp_path, audits, copy=copy, lang=lang))
        for secret in (canary, "20260305T031200Z", "10:47", "10:54:21"):
            for code in ("utf-8", "utf-16-le", "gbk"):
                assert secret.encode(code) not in found, (secret, code)
    inside = everything(written(tmp_path, audits, copy="compliance"))
    assert canary.encode() in inside
    assert b"20260305T031200Z" in inside


def test_an_empty_register_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(AuditorError) as refused:
        written(tmp_path, ())
    assert refused.value.key == "register.empty"
    assert list(tmp_path.iterdir()) == []


def test_what_breaks_while_reading_leaves_nothing(tmp_path: Path) -> None:
    """P3: the audits are read while the file grows; an error in their midst leaves no half file."""

    def breaking() -> Any:
        yield SOME[0], score(SOME[0])
        raise AuditorError("store.disk_error", file="x", said="y")

    with pytest.raises(AuditorError):
        write_register(breaking(), tmp_path, ["2026-03-05"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("lang", ["en", "both"])
def test_the_other_languages(tmp_path: Path, lang: str) -> None:
    book = load_workbook(written(tmp_path, lang=lang))
    assert len(book.sheetnames) == 9
    assert all(len(title) <= 31 for title in book.sheetnames)
    assert "register." not in " ".join(str(c.value) for s in book.worksheets for row in s.iter_rows() for c in row)


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path).read_bytes() == written(tmp_path).read_bytes()


def test_outlet_types_rank_among_their_own(tmp_path: Path) -> None:
    known = {
        code: Branch(code, f"网点{code}", "分行", "社区" if code == "0103" else "旗舰") for code in ("0101", "0103")
    }
    _, rows = table(written(tmp_path, branches=Register(known)), "排名表")
    by_code = {one[1]: one for one in rows}
    assert (by_code["0103"][4], by_code["0103"][13]) == ("社区", 1)
    assert by_code["0201"][13] is None


@needs_libreoffice
def test_cached_values_are_what_a_calculator_finds(tmp_path: Path) -> None:
    """No error cell; a planted wrong value comes back corrected; every formula is worth what stands beside it."""
    rows = [Row("2025-12-30T09:00:00+08:00", 80.0), Row("2025-02-01T09:00:00+08:00", 70.0)]
    files = [
        written(tmp_path / "a", earlier=earlier_audits(rows, ())),
        written(tmp_path / "b", earlier=earlier_audits(rows, ()), lang="both", copy="branch"),
    ]
    files = [one.rename(tmp_path / f"register{n}.xlsx") for n, one in enumerate(files)]
    planted = tmp_path / "planted.xlsx"
    planted.write_bytes(_planted(files[0]))
    again = recalculated([*files, planted], tmp_path)
    for file, other in zip([*files, files[0]], again, strict=True):
        cached = formulas_with_values(file.read_bytes())
        assert len(cached) > 40
        book = load_workbook(other, data_only=True)
        errors = [c for s in book.worksheets for row in s.iter_rows() for c in row if c.data_type == "e"]
        assert errors == []
        for (title, where), value in cached.items():
            assert book[title][where].value == pytest.approx(value), (title, where)


@needs_libreoffice
def test_another_program_reads_the_texts_as_they_were(tmp_path: Path) -> None:
    audits = [audit("0101", {"slips": Answer("o2", note=text, reasons=(Reason(text),))}) for text in HOSTILE]
    again = recalculated([written(tmp_path, audits)], tmp_path)[0]
    sheet = load_workbook(again)["检查项目明细"]
    at = {cell.value: cell.column for cell in sheet[1]}
    slips = [row for row in range(2, sheet.max_row + 1) if sheet.cell(row, at["项目代码"]).value == "slips"]
    assert [sheet.cell(row, at["备注"]).value for row in slips] == HOSTILE
    assert sheet.cell(slips[0], at["机构号"]).value == "0101"


def _planted(path: Path) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert data.count(b"</f><v>4</v>")
                data = data.replace(b"</f><v>4</v>", b"</f><v>77</v>")
            new.writestr(name, data)
    return out.getvalue()


def _tampered(path: Path, old: bytes, new: bytes) -> Path:
    """The workbook with one thing in its long sheet replaced, well packed."""
    out = path.with_name("tampered.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/items1.xml":
                assert old in data
                data = data.replace(old, new, 1)
            target.writestr(name, data)
    return out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b"</sheetdata>"),
        (b'<row r="2">', b'<raw r="2">'),
        (b"</row></sheetData>", b'</row><row r="9999"></row></sheetData>'),
        (b"<v>3</v>", b'<v t="e">3</v>'),
    ],
)
def test_a_workbook_that_is_not_what_was_written_is_refused(tmp_path: Path, old: bytes, new: bytes) -> None:
    """P3: before it is moved into place, the file is read once: checksums, well-formed, rows counted, no error."""
    path = written(tmp_path)
    with zipfile.ZipFile(path) as package:
        name = "xl/worksheets/items1.xml"
        rows = {name: package.read(name).count(b"<row ")}
    check(path, path, rows, 9)
    with pytest.raises(AuditorError) as refused:
        check(_tampered(path, old, new), path, rows, 9)
    assert refused.value.key == "report.self_check"
    with pytest.raises(AuditorError):
        check(path, path, rows, 10)
    cut = tmp_path / "cut.xlsx"
    cut.write_bytes(path.read_bytes()[:-3000])
    with pytest.raises(AuditorError):
        check(cut, path, rows, 9)
