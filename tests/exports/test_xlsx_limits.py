"""What exceeds Excel, or what a copy withholds, is a value, coloured and listed on the codebook sheet (design §7)."""

from __future__ import annotations

from io import BytesIO

from openpyxl import load_workbook

from auditor.audit import Answer
from auditor.scoring import score
from exports.report import build
from exports.xlsx.formula import LONGEST, render
from exports.xlsx.layout import ItemColumn
from exports.xlsx.prepared import prepare
from exports.xlsx.styles import EXCEPTION_GROUND
from tests.auditor.builders import audit, checklist, choice, item, option, section
from tests.exports.workbooks import read, rows_by, workbook


def _sheet_with_a_loser_of_many_faults():
    faults = [option(f"f{n}", lose=["target"]) for n in range(700)]
    first = item("first", "multi", points=5, options=[option("none", exclusive=True), *faults])
    return checklist(section("s", first, choice("target", 2)))


def test_a_formula_beyond_8192_characters_is_a_value() -> None:
    """700 faults can lose the item: the flag is written as a value, its figures stay right and live."""
    visit = audit(_sheet_with_a_loser_of_many_faults(), {"first": ["f3"], "target": "yes"})
    result = score(visit)
    made = prepare(build(visit, result), visit, result)
    assert set(made.compiled.exceptions.values()) == {"exceeds"}
    texts = [render(node, cell.sheet, made.titles) for cell, node in made.compiled.formulas.items()]
    assert max(map(len, texts)) < LONGEST
    book = load_workbook(BytesIO(workbook(visit)))
    sheet = book["检查明细"]
    cell = sheet.cell(rows_by(sheet, ItemColumn.PATH)["target"], ItemColumn.LOST)
    assert cell.value == 1
    assert cell.fill.fgColor.rgb.endswith(EXCEPTION_GROUND)
    told = [str(one.value) for row in book["编码说明"].iter_rows() for one in row]
    assert any(cell.coordinate in one for one in told)
    assert "公式超出 Excel 的长度或层数限制" in told
    figures = read(BytesIO(workbook(visit)))
    assert figures.total == float(result.total or 0)
    assert figures.items["target"] == ("连带扣分", 0)


def test_a_trap_is_absent_and_what_rests_on_it_is_a_value() -> None:
    """Traps are in no report; an item that one of them hides is hidden by a value."""
    sheet = checklist(
        section("s", choice("trap", None, trap=True), choice("shown", show_if="trap = yes"), choice("other"))
    )
    visit = audit(sheet, {"trap": "no", "other": "no"})
    data = workbook(visit)
    figures = read(BytesIO(data))
    assert "trap" not in figures.items
    assert figures.items["shown"] == ("不显示", None)
    assert figures.total == float(score(visit).total or 0)


def test_no_score_is_shown_as_none() -> None:
    """S3: nothing possible anywhere: neither 0 nor 100."""
    visit = audit(checklist(section("s", choice("a"))), {"a": {"na": "not_applicable"}})
    data = workbook(visit)
    assert read(BytesIO(data)).total is None
    told = [cell.value for row in load_workbook(BytesIO(data), data_only=True)["汇总"].iter_rows() for cell in row]
    assert "–" in told


def test_options_of_the_same_words_are_told_apart() -> None:
    """A drop-down offers each option once; a second one of the same words gets (2)."""
    twins = [option("a"), {"id": "b", "text": "a", "share": 0}]
    sheet = checklist(section("s", item("q", "choice", points=2, options=twins)))
    data = workbook(audit(sheet, {"q": "b"}))
    items = load_workbook(BytesIO(data))["检查明细"]
    assert items.cell(rows_by(items, ItemColumn.PATH)["q"], ItemColumn.ANSWER).value == "a (2)"
    assert read(BytesIO(data)).total == 0


def test_a_section_within_an_instance_has_its_rows() -> None:
    """Nested sections of a repeating one: an instance's own rows, named and numbered."""
    nested = {
        "id": "teller",
        "title": "Teller",
        "repeat": {"max": 3},
        "sections": [section("voice", choice("hello"), choice("bye"))],
    }
    visit = audit(checklist(nested), {"teller#1/hello": "yes", "teller#1/bye": "no", "teller#3/hello": "yes"})
    figures = read(BytesIO(workbook(visit)))
    assert set(figures.sections) == {"teller", "teller#1", "teller#1/voice", "teller#3", "teller#3/voice"}
    assert figures.total == float(score(visit).total or 0)


def test_a_reason_demanded_and_missing_leaves_the_item_open() -> None:
    """S4: it earns and deducts nothing; the cell of the reason decides."""
    wanting = choice("q", 2, evidence={"reason": "loses"})
    visit = audit(checklist(section("s", wanting, choice("r"))), {"q": Answer("no"), "r": "yes"})
    assert read(BytesIO(workbook(visit))).items["q"] == ("未答", None)


def test_a_condition_of_very_many_terms() -> None:
    """The most operators a condition may have: still a formula, or a value, but right and never a crash."""
    for long in ("+".join(["n"] * 149) + " > 1", "abs(round(" * 14 + "n" + "))" * 14 + " > 0", "not " * 1 + "(n < 1)"):
        sheet = checklist(section("s", item("n", "number"), choice("q", show_if=long), choice("r")))
        for value, status in ((0, "不显示"), (1, "已答")):
            visit = audit(sheet, {"n": value, "q": "no", "r": "yes"})
            figures = read(BytesIO(workbook(visit)))
            assert figures.items["q"][0] == status
            assert figures.total == float(score(visit).total or 0)
            assert figures.errors == []


def test_formulas_in_a_circle_become_values() -> None:
    """A checklist with a cycle is refused when read; one that is met all the same is reported, not a crash."""
    sheet = checklist(section("s", choice("a", show_if="b = yes"), choice("b", show_if="a = yes")))
    visit = audit(sheet, {"a": "yes", "b": "yes"})
    figures = read(BytesIO(workbook(visit)))
    assert figures.errors == []
    assert figures.total == (None if score(visit).total is None else float(score(visit).total))
