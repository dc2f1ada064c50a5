"""Reading a register of branches: every problem at its cell or line, hostile files bounded (P6)."""

from __future__ import annotations

import re
import time
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from auditor.errors import AuditorError, ProblemsError
from auditor.store import Branch
from checklists import branches
from checklists.branches import read_branches

HEAD = ["机构号", "网点名称", "所属分行", "网点类型", "网点负责人", "状态"]
EAST = ["7301001", "城东支行", "江城分行", "标准网点", "李明", "营业"]
WEST = ["7301002", "城西支行", "江城分行", "轻型网点", "王芳", "撤销"]


def workbook(path: Path, rows: list[list[Any]], title: str = "网点") -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def refused(path: Path) -> AuditorError:
    with pytest.raises(AuditorError) as error:
        read_branches(path)
    assert error.value.remedy()
    assert str(path) in str(error.value)
    return error.value


def test_a_workbook_is_read(tmp_path: Path) -> None:
    assert read_branches(workbook(tmp_path / "a.xlsx", [HEAD, EAST, WEST])) == [
        Branch("7301001", "城东支行", "江城分行", "标准网点", "李明", ""),
        Branch("7301002", "城西支行", "江城分行", "轻型网点", "王芳", "closed"),
    ]


def test_a_title_above_the_head_and_columns_of_no_interest(tmp_path: Path) -> None:
    rows = [
        ["江城分行网点名册"],
        [],
        ["序号", "名称", "电话", "机构代码"],
        [1, "城东支行", "027-1", 7301001],
        [],
        [2, "城西支行", "", "001"],
    ]
    assert read_branches(workbook(tmp_path / "a.xlsx", rows)) == [
        Branch("7301001", "城东支行"),
        Branch("001", "城西支行"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_csv_of_every_usual_kind(tmp_path: Path, encoding: str, mark: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(mark.join(row) for row in (HEAD, EAST, WEST)) + "\n", encoding)
    assert [one.name for one in read_branches(path)] == ["城东支行", "城西支行"]


def test_english_heads(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Code,Name,Parent\n"001","East, main","River"\n', "utf-8")
    assert read_branches(path) == [Branch("001", "East, main", "River")]


def test_all_problems_are_named_at_their_cells(tmp_path: Path) -> None:
    rows = [HEAD, EAST, ["", "无号支行"], ["7301003", ""], EAST, ["<script>", "甲"], ["7301004", "长" * 200]]
    error = refused(workbook(tmp_path / "a.xlsx", rows))
    assert isinstance(error, ProblemsError)
    found = [(problem.key.removeprefix("branches."), problem.values["cell"]) for problem in error.problems()]
    assert found == [("no_code", "A3"), ("no_name", "B4"), ("code_twice", "A5"), ("odd_code", "A6"), ("too_long", "B7")]
    assert "网点" in error.problems()[0].message()
    assert (error.problems()[0].line, error.problems()[0].column) == (3, 1)


def test_a_csv_problem_is_named_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("机构号,网点名称\n001,城东\n,城西\n", "utf-8")
    error = refused(path)
    assert [(problem.line, problem.message()) for problem in error.problems()] == [(3, "第 3 行：缺少机构号。")]


@pytest.mark.parametrize("code", [1.23456789e18, 620000000000000000000])
def test_a_code_that_lost_digits_is_found(tmp_path: Path, code: float) -> None:
    error = refused(workbook(tmp_path / "a.xlsx", [HEAD[:2], [code, "城东"]]))
    assert [problem.key for problem in error.problems()] == ["branches.code_as_number"]


@pytest.mark.parametrize(
    ("name", "data", "key"),
    [
        ("a.xlsx", b"", "branches.empty"),
        ("a.xlsx", b"PK\x03\x04nonsense", "branches.not_a_workbook"),
        ("a.xlsx", bytes(range(256)) * 9, "branches.not_a_table"),
        ("a.csv", b"\x00\x01\x02", "branches.not_a_table"),
        ("a.csv", "机构号\n1\n".encode(), "branches.no_head"),
        ("a.csv", "机构号,网点名称\n".encode(), "branches.no_rows"),
        ("a.csv", b"a,b\nc,d\n", "branches.no_head"),
        ("a.csv", b"\xff" * 100, "branches.not_a_table"),
    ],
)
def test_wrong_files_are_sentences(tmp_path: Path, name: str, data: bytes, key: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert refused(path).key == key


def test_a_missing_file_and_a_folder_are_sentences(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.xlsx").key == "store.vanished"
    assert refused(tmp_path).key == "store.not_a_file"


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def test_a_zip_bomb_is_refused_on_its_directory(tmp_path: Path) -> None:
    """P6: reliability study 2.5."""
    path = packed(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": bytes(60_000_000)})
    begun = time.monotonic()
    assert refused(path).key == "branches.bomb"
    assert time.monotonic() - begun < 1


def test_a_suspicious_ratio_is_refused(tmp_path: Path) -> None:
    assert refused(packed(tmp_path / "a.xlsx", {"a": bytes(5_000_000)})).key == "branches.bomb"


def test_macros_are_refused(tmp_path: Path) -> None:
    assert refused(packed(tmp_path / "a.xlsx", {"xl/vbaProject.bin": b"x"})).key == "branches.macros"


def test_a_zip_that_is_no_workbook(tmp_path: Path) -> None:
    assert refused(packed(tmp_path / "a.xlsx", {"readme.txt": b"x"})).key == "branches.not_a_workbook"


def test_one_cell_far_away_does_not_hang(tmp_path: Path) -> None:
    """P6: a 5 KB file whose last cell is XFD1048576."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, EAST):
        sheet.append(row)
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "a.xlsx")
    begun = time.monotonic()
    assert [one.code for one in read_branches(tmp_path / "a.xlsx")] == ["7301001"]
    assert time.monotonic() - begun < 10


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branches, "MOST_ROWS", 50)
    rows = [[f"{number}", f"支行{number}"] for number in range(60)]
    assert refused(workbook(tmp_path / "a.xlsx", [HEAD[:2], *rows])).key == "branches.too_many_rows"
    path = tmp_path / "a.csv"
    path.write_text("\n".join(",".join(row) for row in [HEAD[:2], *rows]), "utf-8")
    assert refused(path).key == "branches.too_many_rows"


def test_formulas_are_not_followed(tmp_path: Path) -> None:
    rows = [HEAD[:2], ["7301001", '=HYPERLINK("file:///etc/passwd","x")']]
    error = refused(workbook(tmp_path / "a.xlsx", rows))
    assert [problem.key for problem in error.problems()] == ["branches.no_name"]


def test_hidden_sheets_are_left_alone(tmp_path: Path) -> None:
    book = Workbook()
    first = book.active
    assert first is not None
    first.append(HEAD)
    first.append(["999", "旧网点"])
    first.sheet_state = "hidden"
    second = book.create_sheet("现行")
    second.append(HEAD)
    second.append(EAST)
    book.save(tmp_path / "a.xlsx")
    assert [one.code for one in read_branches(tmp_path / "a.xlsx")] == ["7301001"]


def test_every_truncation_of_a_workbook_is_a_sentence(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "a.xlsx", [HEAD, EAST, WEST]).read_bytes()
    for length in range(2, len(whole), 97):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        refused(tmp_path / "b.xlsx")


def test_flipped_workbooks_never_crash(tmp_path: Path) -> None:
    import random

    dice = random.Random(9)
    whole = workbook(tmp_path / "a.xlsx", [HEAD, EAST, WEST]).read_bytes()
    for _ in range(150):
        data = bytearray(whole)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        (tmp_path / "b.xlsx").write_bytes(bytes(data))
        with suppress(AuditorError):
            assert read_branches(tmp_path / "b.xlsx")


def test_xml_entities_do_not_expand(tmp_path: Path) -> None:
    """P6: a billion laughs in the sheet."""
    path = workbook(tmp_path / "a.xlsx", [HEAD, EAST])
    with zipfile.ZipFile(path) as file:
        members = {name: file.read(name) for name in file.namelist()}
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    name, spelled = next(
        (name, one)
        for name, data in members.items()
        for one in (
            "城东支行".encode(),
            "城东支行".encode("ascii", "xmlcharrefreplace"),
        )  # with lxml there, openpyxl refers
        if one in data
    )
    said = re.sub(rb"^<\?xml[^>]*\?>", b"", members[name]).replace(spelled, b"&l9;")
    members[name] = f"<!DOCTYPE x [{laughs}]>".encode() + said
    begun = time.monotonic()
    refused(packed(tmp_path / "b.xlsx", members))
    assert time.monotonic() - begun < 5


def test_a_stream_of_rows_is_bounded_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(branches, "MOST_SECONDS", -1.0)
    assert refused(workbook(tmp_path / "a.xlsx", [HEAD, EAST])).key == "branches.too_slow"
