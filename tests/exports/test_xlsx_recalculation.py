"""The workbook against the engine (design §7): LibreOffice calculates every formula anew, also with other answers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from auditor.audit import Audit
from auditor.scoring import score
from tests.exports import visits
from tests.exports.libreoffice import needs_libreoffice, recalculated
from tests.exports.random_checklists import random_audit, random_checklist
from tests.exports.workbooks import (
    Figures,
    changed,
    differences,
    formulas_with_values,
    in_force_only,
    read,
    type_in,
    workbook,
)
from tests.naive_scoring import NaiveScore

pytestmark = needs_libreoffice


def _audits(count: int, first: int = 0) -> list:
    found = []
    for seed in range(first, first + count):
        random = Random(seed)
        found.append(in_force_only(random_audit(random, random_checklist(random), finished=seed % 7 != 0)))
    return found


def test_a_planted_wrong_value_comes_back_corrected(tmp_path: Path) -> None:
    """Without this, an unchanged workbook would prove nothing: the cached values would merely be read back."""
    audit, _ = visits.visit()
    good = workbook(audit)
    value = f"<v>{score(audit).total}</v>".encode()
    planted = _replaced_in_sections(good, value, b"<v>12.3</v>")
    wrong = tmp_path / "wrong.xlsx"
    wrong.write_bytes(planted)
    assert read(wrong).total == 12.3
    assert read(recalculated([wrong], tmp_path)[0]).total == float(score(audit).total or 0)


def _replaced_in_sections(data: bytes, value: bytes, by: bytes) -> bytes:
    import zipfile

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                assert value in content
                content = content.replace(value, by)
            new.writestr(name, content)
    return out.getvalue()


def test_cached_values_are_what_a_calculator_finds(tmp_path: Path) -> None:
    """Every copy in every language, each with its own words in its formulas."""
    audit, _ = visits.visit(answers=visits.VETO)
    files = []
    for copy in ("compliance", "branch", "public"):
        for lang in ("zh", "en", "both"):
            files.append(tmp_path / f"{copy}-{lang}.xlsx")
            files[-1].write_bytes(workbook(audit, copy=copy, lang=lang))
    for file, again in zip(files, recalculated(files, tmp_path), strict=True):
        cached = formulas_with_values(file.read_bytes())
        assert len(cached) > 300
        assert _unlike(cached, load_workbook(again, data_only=True)) == [], file.name


def _unlike(cached: dict, again) -> list:
    found = []
    for (title, where), value in cached.items():
        now = again[title][where].value
        same = abs(now - value) < 1e-9 if isinstance(now, float | int) and isinstance(value, float | int) else None
        if not (same if same is not None else (now or "") == (value or "")):
            found.append((title, where, value, now))
    return found


@pytest.mark.parametrize("count", [16, pytest.param(500, marks=pytest.mark.full)])
def test_random_workbooks_say_what_the_engine_says(tmp_path: Path, count: int) -> None:
    """No error cell, check cell 0, cached = recalculated = engine = the naive scoring, to the last digit shown."""
    for first in range(0, count, 50):
        audits, files = _audits(min(50, count - first), first), []
        for n, audit in enumerate(audits):
            files.append(tmp_path / f"audit{first + n}.xlsx")
            files[-1].write_bytes(workbook(audit))
        for audit, file, again in zip(audits, files, recalculated(files, tmp_path), strict=True):
            figures = read(again)
            assert differences(figures, score(audit), audit) == []
            assert _naive(figures, audit) == []
            assert figures.difference == 0
            assert _unlike(formulas_with_values(file.read_bytes()), load_workbook(again, data_only=True)) == []


def _naive(figures: Figures, audit: Audit) -> list:
    """Where the workbook and the scoring written from the rules alone do not agree."""
    naive = NaiveScore(audit)
    grades = {one.id: one.title.in_("zh") for one in audit.checklist.grades}
    passed = {None: "", True: "达标", False: "不达标"}[naive.passed()] if naive.final else ""
    wanted = (naive.before_critical(), naive.total(), grades.get(naive.grade() or "", ""), passed)
    ours = (figures.before, figures.total, figures.grade, figures.verdict)
    return [(a, b) for a, b in zip(ours, wanted, strict=True) if a != (float(b) if isinstance(b, Fraction) else b)]


@pytest.mark.parametrize("first", [100, pytest.param(1000, marks=pytest.mark.full)])
def test_changed_answers_recalculate_to_the_engines_figures(tmp_path: Path, first: int) -> None:
    """Answers typed into the workbook: total, grade, sections and items as the engine scores the same answers."""
    audits, files, wanted = _audits(16 if first == 100 else 200, first), [], []
    for n, audit in enumerate(audits):
        data = workbook(audit)
        for turn in range(2):
            other, typed = changed(Random(n * 10 + turn), audit)
            files.append(type_in(data, audit, typed, tmp_path / f"audit{n}-{turn}.xlsx"))
            wanted.append(other)
    moved = 0
    for audit, again in zip(wanted, recalculated(files, tmp_path), strict=True):
        figures = read(again)
        assert differences(figures, score(audit), audit) == []
        moved += figures.difference != 0
    assert moved > len(wanted) / 3


def test_text_from_outside_comes_back_as_it_was(tmp_path: Path) -> None:
    """Read by another program: leading signs, escapes, rare and right-to-left characters, 18 digits, line ends."""
    from auditor.audit import Answer, Reason
    from exports.xlsx.layout import ItemColumn
    from tests.exports.test_xlsx import HOSTILE
    from tests.exports.workbooks import rows_by

    files = []
    for n, text in enumerate(HOSTILE.values()):
        answers = {"slips": Answer("o2", note=text, reasons=(Reason("x"),)), "ticket": Answer(text)}
        audit, _ = visits.visit(answers=answers)
        files.append(tmp_path / f"text{n}.xlsx")
        files[-1].write_bytes(workbook(audit))
    for text, again in zip(HOSTILE.values(), recalculated(files, tmp_path), strict=True):
        sheet = load_workbook(again)["检查明细"]
        rows = rows_by(sheet, ItemColumn.PATH)
        assert sheet.cell(rows["slips"], ItemColumn.NOTE).value == text
        assert sheet.cell(rows["ticket"], ItemColumn.ANSWER).value == text
        assert read(again).errors == []


def test_the_sample_visit_follows_its_answers(tmp_path: Path) -> None:
    """A veto taken back in the workbook: cap, grade and verdict go with it."""
    from auditor.audit import Answer

    audit, _ = visits.visit(answers=visits.VETO)
    honest = replace(audit, answers={**audit.answers, "confirm": Answer("o0")})
    file = type_in(workbook(audit), audit, {"confirm": Answer("o0")}, tmp_path / "honest.xlsx")
    figures = read(recalculated([file], tmp_path)[0])
    assert score(audit).total != score(honest).total
    assert differences(figures, score(honest), honest) == []
