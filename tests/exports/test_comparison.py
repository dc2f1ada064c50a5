"""The comparison of many outlets in PDF: every figure with the number of visits behind it, legible in grey."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from auditor.audit import Answer
from auditor.errors import AuditorError
from auditor.figures import shown
from auditor.scoring import score
from exports.comparison import gathered, write_comparison
from exports.comparison.figures import heats, months
from exports.comparison.heat import SHADES, heat_pieces, shade
from exports.pdf.lines import Typesetter
from exports.register import STANDARD, Options, Summed, earlier_audits, read_blend
from exports.register.earlier import EarlierAudits
from exports.speech import Speech
from tests.exports.test_register import SOME, Row, audit

SLIPS = ("o0", "o1", "o2")


def sixty() -> list[Any]:
    """60 outlets of 5 branches, two visits each, in four months."""
    return [
        audit(
            f"{n % 5 + 1:02}{n:02}",
            {"slips": Answer(SLIPS[(n + turn) % 3])},
            visited=f"2026-0{(n + turn) % 4 + 1}-1{turn}T10:00:00+08:00",
        )
        for n in range(60)
        for turn in range(2)
    ]


def summed(audits: Any = SOME, options: Options = STANDARD, **more: Any) -> Summed:
    return gathered(((one, score(one)) for one in audits), Summed(options), **more)


def words(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def test_ranking_heat_map_losses_and_trend_each_with_its_visits(tmp_path: Path) -> None:
    path = write_comparison(summed(), tmp_path)
    assert path.name == "检查对比分析_20260305.pdf"
    text = "\n".join(words(path))
    for title in ("网点排名", "各模块得分", "高频扣分项目", "月度走势", "检查次数", "制表："):
        assert title in text
    ranked = summed().ranked()
    for _, one, exact in ranked:
        assert one.outlet.name in text
        assert str(shown(exact, 2)) in text
    assert all(page.mediabox.width > page.mediabox.height for page in PdfReader(path).pages)


def test_the_heat_map_is_the_mean_of_the_visits_it_counts() -> None:
    found = heats(summed())[0]
    row = next(one for one in found.rows if one.code == "0201")
    assert row.total.visits == 2
    both = [score(one) for one in SOME[3:]]
    sections = [one.path for one in both[0].sections if not one.parent and one.ratio is not None]
    assert len(found.columns) == len(sections)
    for cell, path in zip(row.cells, sections, strict=True):
        ratios = [one.section(path).ratio for one in both]
        assert cell.visits == 2
        assert cell.figure == shown(sum(ratios) / 2, 2, 100)
    assert found.last.total.visits == len(SOME)


def test_versions_of_a_checklist_share_their_columns_by_id() -> None:
    """S8: a version without the first section leaves its cell empty and shifts nothing."""
    old = SOME[0].checklist.model_dump(by_alias=True, exclude_none=True)
    old["version"] = "1.0"
    gone, old["sections"] = old["sections"][0]["title"]["zh"], old["sections"][1:]
    earlier = type(SOME[0].checklist).model_validate(old)
    answers = {path: one for path, one in SOME[0].answers.items() if path not in ("front", "greeted")}
    mixed = replace(audit("0301", visited="2026-01-02T10:00:00+08:00"), checklist=earlier, answers=answers)
    found = heats(summed((*SOME, mixed)))[0]
    assert found.versions == ("1.0", "2.1")
    row = next(one for one in found.rows if one.code == "0301")
    cell = row.cells[found.columns.index(gone)]
    assert cell is None
    assert sum(one is not None for one in row.cells) == len(found.columns) - 1


def test_months_without_visits_stand_in_the_trend_without_a_figure() -> None:
    some = [audit("0101", visited=f"2026-0{month}-05T10:00:00+08:00") for month in (1, 3, 3)]
    found = months(summed(some))
    assert [(one.month, one.mean.visits) for one in found] == [(1, 1), (2, 0), (3, 2)]
    assert found[1].mean.figure is None


def test_sixty_branches_go_over_pages_with_their_headings(tmp_path: Path) -> None:
    pages = words(write_comparison(summed(sixty()), tmp_path))
    ranking = [page for page in pages if "本期得分" in page]
    heat = [page for page in pages if "得分率%" in page]
    assert len(ranking) > 2
    assert len(heat) > 2
    text = "\n".join(pages)
    assert all(text.count(f"网点{one.header.branch}") >= 2 for one in sixty())


def test_where_there_are_many_outlets_the_heat_map_has_a_row_for_each_branch() -> None:
    many = [audit(f"0{n % 3}{n:02}") for n in range(90)]
    found = heats(summed(many))[0]
    assert [(one.name, one.code, one.total.visits) for one in found.rows] == [(f"分行0{n}", "30", 30) for n in range(3)]


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_one_branch_in_every_language(tmp_path: Path, lang: str) -> None:
    path = write_comparison(summed(SOME[:1], lang=lang), tmp_path, lang=lang)
    text = "\n".join(words(path))
    assert ("月度走势" in text) == (lang != "en")
    assert ("Month by month" in text) == (lang != "zh")
    assert "comparison." not in text
    assert "register." not in text


def test_nothing_to_compare_is_said_and_nothing_written(tmp_path: Path) -> None:
    for audits, options, key in (
        ((), STANDARD, "register.empty"),
        (SOME, Options(blend=read_blend("self=1")), "comparison.empty"),
    ):
        with pytest.raises(AuditorError) as refused:
            write_comparison(summed(audits, options), tmp_path)
        assert refused.value.key == key
    assert list(tmp_path.iterdir()) == []


def _grey(colour: tuple[float, float, float]) -> float:
    return 0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]


def _light(colour: tuple[float, float, float]) -> float:
    parts = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def test_shades_are_apart_on_a_grey_printer_and_their_figures_legible() -> None:
    greys = [_grey(ground) for _, ground, _ in SHADES]
    assert greys == sorted(greys, reverse=True)
    assert all(one - other >= 0.07 for one, other in pairwise(greys))
    for _, ground, ink in SHADES:
        low, high = sorted((_light(ground), _light(ink)))
        assert (high + 0.05) / (low + 0.05) >= 4.5
    assert shade(Decimal("95.00")) == SHADES[0][1:]
    assert shade(Decimal("94.99")) == SHADES[1][1:]
    assert shade(Decimal("0")) == SHADES[-1][1:]


def test_the_same_visits_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (write_comparison(summed(), tmp_path) for _ in range(2))
    assert one != other
    assert one.read_bytes() == other.read_bytes()


def test_earlier_periods_stand_beside(tmp_path: Path) -> None:
    rows = earlier_audits([Row("2025-12-30T09:00:00+08:00", 80.0)], ())
    assert isinstance(rows, EarlierAudits)
    assert "80.00" in "\n".join(words(write_comparison(summed(), tmp_path, earlier=rows)))


def test_no_font_is_left_out_of_the_file(tmp_path: Path) -> None:
    path = write_comparison(summed(), tmp_path)
    try:
        said = subprocess.run(["pdffonts", str(path)], capture_output=True, text=True, check=True).stdout
    except FileNotFoundError:
        pytest.skip("pdffonts is missing")
    rows = said.splitlines()[2:]
    assert rows
    assert all(row.split()[-5] == "yes" for row in rows)


def test_a_short_map_is_not_parted_and_the_mean_of_a_long_one_is_never_alone() -> None:
    found = heats(summed())[0]
    short = heat_pieces(found, Typesetter(), Speech("zh"))
    assert all(one.keep for one in short[:-1])
    long = heat_pieces(replace(found, rows=found.rows * 40), Typesetter(), Speech("zh"))
    assert [one.keep for one in long[-3:]] == [False, True, False]
    assert not all(one.keep for one in long[1:-1])


def test_the_scale_is_that_of_the_visits_that_count() -> None:
    """Asked for each visit, it is kept and not gathered anew: ten thousand visits are ten thousand looks, no square."""
    many = summed()
    assert many.scale == Decimal(100)
    many.outlets = {}
    assert many.scale == Decimal(100)
