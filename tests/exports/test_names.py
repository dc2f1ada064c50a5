"""File names: 机构号_网点_类型_20260305.pdf, a second one -2; nothing a file system or an eye would stumble over."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.scoring import score
from exports.names import free, safe, stem
from exports.report import build
from tests.exports.visits import HEADER, visit


def made(header=HEADER, lang="zh", copy="branch"):
    audit, _ = visit(header=header)
    return build(audit, score(audit), copy=copy, lang=lang)


def test_code_outlet_kind_and_date():
    assert stem(made()) == "3101007_滨江商业银行人民广场支行_暗访_20260305"
    assert stem(made(lang="en")) == "3101007_滨江商业银行人民广场支行_Mystery visit_20260305"
    assert stem(made(lang="both")) == stem(made())


def test_what_is_not_known_is_left_out():
    assert stem(made(replace(HEADER, branch="", branch_name="", visited=""))) == "暗访"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
        ("支行\u202etxt.exe", "支行txt.exe"),
        ("  .hidden. ", "hidden"),
        ("x\ny\tz", "x y z"),
        ("零\u200b宽", "零宽"),
        ("...", ""),
    ],
)
def test_words_become_safe_on_every_system(typed, name):
    assert safe(typed) == name


def test_reserved_names_of_windows_are_avoided():
    assert stem(replace(made(), branch_code="", branch="CON", kind="nothing", day="")).upper() != "CON"


def test_a_long_name_keeps_its_kind_and_date_and_fits():
    name = stem(made(replace(HEADER, branch_name="支" * 200)))
    assert name.endswith("_暗访_20260305")
    assert len(name.encode()) <= 150


def test_a_second_report_of_the_same_name_gets_a_number(tmp_path):
    assert free(tmp_path, "a", ["pdf"]) == "a"
    (tmp_path / "a.pdf").touch()
    assert free(tmp_path, "a", ["pdf", "xlsx"]) == "a-2"
    (tmp_path / "a-2.xlsx").touch()
    assert free(tmp_path, "a", ["pdf", "xlsx"]) == "a-3"
    assert free(tmp_path, "a", ["pdf", "xlsx"], taken={"a-3"}) == "a-4"
