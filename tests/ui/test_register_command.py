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
