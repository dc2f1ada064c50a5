"""`auditor export --register`: one workbook for the selection (design §8)."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ui.command_line import main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict, str]:
    code = main([*arguments, "--json"])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_the_selection_becomes_one_workbook(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, to = str(tmp_path / "data"), str(tmp_path / "out")
    assert main(["--data", data, "demo", "--audits", "24", "--branches", "3", "--months", "6", "--seed", "3"]) == 0
    capsys.readouterr()
    _, rows, _ = said(capsys, "--data", data, "list")
    finished = [one for one in rows if one["state"] == "finished"]

    code, told, err = said(capsys, "--data", data, "export", "--register", "--to", to)
    assert (code, err, len(told["files"])) == (0, "", 1)
    book = load_workbook(told["files"][0])
    sheet = book["检查项目明细"]
    codes = {row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert codes == {one["id"] for one in finished}

    one = finished[0]["id"]
    drafts = [row["id"] for row in rows if row["state"] == "draft"]
    code, told, err = said(
        capsys, "--data", data, "export", one, drafts[0], "--register", "--to", to, "--copy", "branch"
    )
    assert code == 0
    assert "1 份检查尚未完成" in err
    with zipfile.ZipFile(told["files"][0]) as package:
        assert not [name for name in package.namelist() if one.encode() in package.read(name)]
    headings = [cell.value for cell in load_workbook(told["files"][0])["检查项目明细"][1]]
    assert "检查人" not in headings


def test_only_drafts_make_no_register(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, to = str(tmp_path / "data"), tmp_path / "out"
    started, told, _ = said(capsys, "--data", data, "start", "customer_journey", "--branch", "测试支行")
    assert started == 0
    code, told, _ = said(capsys, "--data", data, "export", told["audit"], "--register", "--to", str(to))
    assert code == 1
    assert [one["key"] for one in told["problems"]] == ["register.empty"]
    assert not to.exists() or list(to.iterdir()) == []


def test_options_of_register_and_comparison(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, to = str(tmp_path / "data"), str(tmp_path / "out")
    assert main(["--data", data, "demo", "--audits", "20", "--branches", "3", "--months", "3", "--seed", "3"]) == 0
    capsys.readouterr()
    options = ["--blend", "mystery=60,self=20", "--several", "worst", "--decimals", "1", "--order", "code"]
    words = ["--unit", "总行", "--period", "2026年第1期"]
    asked = ["export", "--register", "--comparison", "--to", to, *options, *words]
    code, told, _ = said(capsys, "--data", data, *asked)
    assert (code, [Path(one).suffix for one in told["files"]]) == (0, [".xlsx", ".pdf"])
    sheet = load_workbook(told["files"][0])["排名表"]
    assert sheet["A1"].value == "2026年第1期检查得分排名表"
    assert "制表单位：总行" in sheet["A2"].value
    assert "暗访 60、自查 20" in sheet["A3"].value
    assert "取最低分" in sheet["A3"].value
    codes = [one.value for one in sheet["B"][4:7]]
    assert codes == sorted(codes)
    code, told, _ = said(capsys, "--data", data, "export", "--comparison", "--to", to)
    assert (code, [Path(one).name[:6] for one in told["files"]]) == (0, ["检查对比分析"])
    code, told, _ = said(capsys, "--data", data, "export", "--circular", "--comparison", "--to", to)
    assert (code, [Path(one).name[:6] for one in told["files"]]) == (0, ["检查对比分析", "检查情况通报"])


@pytest.mark.parametrize(
    ("options", "key"),
    [
        (["--register", "--blend", "mystery=none"], "register.blend_weight"),
        (["--comparison", "--blend", "secret=1"], "register.blend_kind"),
        (["--several", "worst"], "register.option_alone"),
    ],
)
def test_wrong_options_are_answered_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], options: list[str], key: str
) -> None:
    data, to = str(tmp_path / "data"), tmp_path / "out"
    assert main(["--data", data, "demo", "--audits", "4", "--branches", "2", "--seed", "3"]) == 0
    capsys.readouterr()
    for lang in ("zh", "en"):
        code, told, _ = said(capsys, "--data", data, "--lang", lang, "export", "--to", str(to), *options)
        assert (code, [one["key"] for one in told["problems"]]) == (1, [key])
        assert told["problems"][0]["remedy"]
    assert list(to.iterdir()) == []


def test_a_comparison_of_nothing_with_a_score_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, to = str(tmp_path / "data"), tmp_path / "out"
    assert main(["--data", data, "demo", "--audits", "4", "--branches", "2", "--seed", "3"]) == 0
    capsys.readouterr()
    code, told, _ = said(capsys, "--data", data, "export", "--comparison", "--blend", "telephone=1", "--to", str(to))
    assert (code, [one["key"] for one in told["problems"]]) == (1, ["comparison.empty"])
    code, told, _ = said(capsys, "--data", data, "export", "--comparison", "--where", "total > 999", "--to", str(to))
    assert (code, [one["key"] for one in told["problems"]]) == (1, ["cli.nothing_to_export"])
