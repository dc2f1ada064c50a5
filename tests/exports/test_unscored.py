"""Reports of sheets without points: means and counts in place of a score, and nobody named by an anonymous one (E8)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.audit import Answer, Audit, Duty
from auditor.checklist.model import Checklist
from auditor.scoring import score
from exports.blocks import Report
from exports.pdf.document import as_json, render
from exports.report import build
from exports.unscored import is_anonymous
from tests.exports.pdf_text import bare, whole
from tests.exports.visits import HEADER

RATED = (2, 3, 4, 5, 5)


def both(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def sheet(*more: dict, header: tuple[dict, ...] = ()) -> Checklist:
    """Slips of one rating and one sentence, their mean and how many are strained."""
    rating = {"id": "pressure", "kind": "rating", "text": both("压力", "Pressure")}
    wish = {"id": "wish", "kind": "text", "text": both("一句话", "A sentence"), "required": False}
    slip = {"min": 5, "max": 99, "header": list(header)}
    mean = {"id": "mean", "kind": "number", "decimals": "1", "text": both("平均压力", "Mean pressure")}
    strained = {"id": "strained", "kind": "number", "text": both("压力大的人数", "How many are strained")}
    strained["measure"] = both("人", "people")
    whole_ = [{**mean, "value": "mean(pressure)"}, {**strained, "value": "count(pressure >= 4)"}, *more]
    sections = [
        {"id": "slip", "title": both("匿名纸条", "Slips"), "repeat": slip, "items": [rating, wish]},
        {"id": "all", "title": both("整体", "The whole"), "items": whole_},
    ]
    title = both("匿名问卷", "Questionnaire")
    return Checklist.model_validate({"id": "asked", "version": "1", "title": title, "sections": sections})


def audit(of: Checklist, *, slips: int = 5, state: str = "finished") -> Audit:
    given = {f"slip#{n}/pressure": Answer(rating) for n, rating in enumerate(RATED[:slips], 1)}
    given |= {"slip#1/wish": Answer("想换一个窗口"), "signed": Answer("王芳"), "points": Answer("yes")}
    instances = {"slip": tuple(range(1, slips + 1))}
    header = replace(HEADER, kind="self", shopper="李明")
    hash_, created = "0" * 64, "2026-03-05T11:20:00+08:00"
    return Audit("20260305T031200Z-ab12cd", header, of, hash_, created, state, given, instances)


def report(of: Checklist | None = None, *, copy: str = "compliance", lang: str = "zh", **more) -> Report:
    made = audit(of or sheet(), **more)
    return build(made, score(made), copy=copy, lang=lang, history=lambda: pytest.fail("its history is not read"))


SIGNED = {"id": "signed", "kind": "signature", "text": both("签字", "Signature")}
SCORED = {
    "id": "points",
    "points": "5",
    "text": both("计分项", "Scored"),
    "options": [{"id": "yes", "text": both("是", "Yes")}, {"id": "no", "share": "0", "text": both("否", "No")}],
}
WINDOW = {"id": "staff", "text": both("工号", "Staff no.")}


@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_nothing_is_said_of_score_grade_veto_and_deductions(copy):
    made = report(copy=copy)
    assert {"points", "grade", "veto", "trend"}.isdisjoint(one.key for one in made.facts)
    text = whole(render(made, lambda _: None))
    for words in ("满分", "得分", "扣分", "等级为", "一票否决", "整改"):
        assert bare(words) not in text, words


@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_means_and_counts_are_printed_instead(copy):
    """Σ of 2, 3, 4, 5, 5 is 19: the mean is 3.8, and three are at 4 or above."""
    made = report(copy=copy)
    assert [(one.label, one.value) for one in made.sums] == [("平均压力", "3.8"), ("压力大的人数", "3 人")]
    text = whole(render(made, lambda _: None))
    for words in ("二、汇总结果", "平均压力", "3.8", "3 人", "“匿名纸条”共 5 份"):
        assert bare(words) in text, words


def test_the_title_is_the_sheets_own():
    assert report().title == "滨江商业银行人民广场支行2026年第一季度匿名问卷结果报告"
    assert report(lang="en").title.endswith("results of Questionnaire, first quarter 2026")


@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_an_anonymous_sheet_names_nobody_and_is_signed_by_nobody(copy):
    made = report(copy=copy)
    assert made.signatures == ()
    assert made.history == ()
    assert "inspector" not in [one.key for one in made.facts]
    assert "李明".encode() not in as_json(made)
    assert bare("签字") not in whole(render(made, lambda _: None))


@pytest.mark.parametrize("copy", ["compliance", "branch", "public"])
def test_no_single_slip_is_in_any_copy(copy):
    made = report(copy=copy)
    assert [row.path for row in made.items] == ["mean", "strained"]
    assert "想换一个窗口".encode() not in as_json(made)
    assert "匿名填写的内容只列汇总，任何一份都不单独列出。" in made.notes


def test_with_fewer_than_five_slips_nothing_is_gathered():
    """The mean of one slip is that slip."""
    made = report(slips=1, state="draft")
    assert made.sums == ()
    assert made.items == ()


@pytest.mark.parametrize(
    ("of", "anonymous"),
    [(sheet(), True), (sheet(SIGNED), False), (sheet(header=(WINDOW,)), False), (sheet(SCORED), False)],
    ids=["nobody asked", "signed", "staff number", "scored"],
)
def test_anonymous_is_what_has_no_points_no_signature_and_no_personal_field(of, anonymous):
    assert is_anonymous(of) is anonymous


def test_an_unscored_sheet_that_is_signed_keeps_its_signatures_and_rows():
    made = audit(sheet(SIGNED))
    kept = build(made, score(made))
    assert [one.label for one in kept.signatures] == ["自查人：", "网点负责人签字："]
    assert "slip#1/pressure" in [row.path for row in kept.items]
    assert "inspector" in [one.key for one in kept.facts]
    assert bare("网点负责人签字") in whole(render(kept, lambda _: None))


def test_a_scored_sheet_has_no_sums():
    made = audit(sheet(SCORED))
    kept = build(made, score(made))
    assert kept.scored
    assert kept.sums == ()


def _workbook(**more):
    from io import BytesIO

    from openpyxl import load_workbook

    from exports.xlsx import as_xlsx

    made = audit(more.pop("of", None) or sheet(SIGNED))
    result = score(made)
    data = as_xlsx(build(made, result, **more), made, result, lambda _: None)
    return data, load_workbook(BytesIO(data))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_shows_sums_and_no_empty_blocks_of_scores(lang):
    """Neither losses nor required actions where nothing can be lost; the sheet that formulas lead through is hidden."""
    book = _workbook(lang=lang)[1]
    titles = {"zh": ("扣分明细", "整改", "各模块得分"), "en": ("Losses", "Actions", "Sections")}[lang]
    assert titles[0] not in book.sheetnames
    assert titles[1] not in book.sheetnames
    assert book[titles[2]].sheet_state == "hidden"
    words = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert ("平均压力" if lang == "zh" else "Mean pressure") in words
    assert "3.8" in words
    assert not [one for one in words if one.startswith("=")], "no figure of a score"
    items = next(one for one in book.worksheets if one.sheet_state == "visible" and one.title != book.sheetnames[0])
    assert all(items.column_dimensions[letter].hidden for letter in "DEFG")


def test_no_sheet_of_the_workbook_speaks_of_scores_where_there_are_none():
    """What is shown or printed: hidden columns and the sheet that formulas lead through are neither."""
    help_ = {"id": "help", "kind": "multi", "text": both("需要的支持", "Help wanted"), "required": False}
    help_["options"] = [{"id": one, "text": both(one, one)} for one in ("培训", "轮岗")]
    book = _workbook(of=sheet(help_))[1]
    shown = []
    for page in book.worksheets:
        if page.sheet_state != "visible":
            assert not page.print_area, "LibreOffice prints a hidden sheet that has one"
            continue
        hidden = {letter for letter, one in page.column_dimensions.items() if one.hidden}
        beyond = {letter for letter in hidden if len(letter) > 1 or letter >= "N"}
        last = min((page[f"{letter}1"].column for letter in beyond), default=99)
        cells = (cell for row in page.iter_rows() for cell in row if cell.value and cell.column < last)
        shown += [str(cell.value) for cell in cells if cell.column_letter not in hidden]
    found = [one for one in shown for words in ("得分", "扣分", "总分", "满分") if words in one]
    assert not [one for one in found if one not in ("得分", "扣分与后果", "选项、分值与后果")], found


def test_an_anonymous_sheet_names_nobody_as_answerable_for_a_section():
    made = replace(audit(sheet()), duties={"slip": Duty("王芳", "王芳", "2026-03-05T18:00:00+08:00")})
    shown = build(made, score(made))
    assert shown.duties == ()
    assert "王芳" not in whole(render(shown, lambda _: None))


def test_the_csv_of_an_unscored_sheet_has_no_columns_of_points():
    from exports.csv import as_csv

    given = [(made := audit(sheet(one)), score(made)) for one in (SIGNED, SCORED)]
    heads = [as_csv(build(*one)).decode("utf-8-sig").splitlines()[0].split(",") for one in given]
    plain, scored = heads
    assert [one for one in scored if one not in plain] == ["分值", "扣分", "得分"]
