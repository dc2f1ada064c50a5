"""Reading a filled workbook: what came back is read, or refused by sentences that name sheet and cell (P6)."""

from __future__ import annotations

import datetime
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from auditor.audit import Answer, Audit, Header, Photo, Reason
from auditor.checklist import Checklist
from auditor.checklist.snapshot import fingerprint
from auditor.errors import AuditorError, ProblemsError
from auditor.sheet_marks import IDENTITY
from auditor.words import tr
from checklists.filling import read_any
from exports.forms import write_workbook
from tests.exports.filled import Filled

_yes = {"id": "yes", "text": {"zh": "是", "en": "Yes"}}
_no = {"id": "no", "text": {"zh": "否", "en": "No"}, "deduct": 1}
CHECKLIST = Checklist.model_validate(
    {
        "id": "sheet",
        "version": "1",
        "title": "T",
        "scenarios": [{"id": "deposit", "title": "存款"}, {"id": "loan", "title": "贷款"}],
        "sections": [
            {
                "id": "a",
                "title": "A",
                "items": [
                    {"id": "c", "text": "C", "points": 2, "options": [_yes, _no]},
                    {"id": "m", "kind": "multi", "text": "M", "points": 2, "options": [_yes, _no]},
                    {"id": "n", "kind": "number", "text": "N", "decimals": 1},
                    {"id": "d", "kind": "duration", "text": "D"},
                    {"id": "t", "kind": "time", "text": "T"},
                    {"id": "day", "kind": "date", "text": "Day"},
                    {"id": "words", "kind": "text", "text": "Words"},
                    {"id": "sum", "kind": "number", "text": "Sum", "value": "n * 2"},
                ],
            },
            {
                "id": "r",
                "title": "R",
                "repeat": {"min": 1, "max": 3, "header": [{"id": "window", "text": "W"}]},
                "items": [{"id": "q", "text": "Q", "points": 1, "options": [_yes, _no]}],
            },
        ],
    }
)
AUDIT = Audit(
    "20260305T021200Z-abcdef",
    Header(kind="mystery", visited="2026-03-05T10:12:30+08:00"),
    CHECKLIST,
    fingerprint(CHECKLIST),
    "",
)


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    return Filled(write_workbook(CHECKLIST, tmp_path / "filled.xlsx"))


def read(file: Path, audit: Audit = AUDIT) -> Any:
    return read_any(file, audit, lambda path: Photo(path.name))


def problems(file: Path) -> list[tuple[str, str]]:
    """(key, cell) of everything wrong."""
    with pytest.raises(ProblemsError) as caught:
        read(file)
    for one in caught.value.problems():
        assert one.message() != one.key
        assert one.remedy()
        assert one.place() == f"{file}:{one.cell}"
        assert one.as_json()["cell"] == one.cell
    return [(one.key, one.cell) for one in caught.value.problems()]


def refusal(file: Path) -> str:
    """The key of the one sentence that refuses the file, within the time allowed (P6)."""
    begun = time.monotonic()
    with pytest.raises(AuditorError) as caught:
        read(file)
    assert time.monotonic() - begun < 10
    assert str(caught.value) != caught.value.key
    assert caught.value.remedy()
    return caught.value.key


# --- what is taken ------------------------------------------------------------------------------------------------

TAKEN = [
    ("c", "是", "yes"),
    ("c", " 是 ", "yes"),
    ("c", "'是", "yes"),
    ("n", "12.55", "12.6"),
    ("n", 12.55, "12.6"),
    ("n", "１２", "12.0"),
    ("d", "1:05", "65.0"),
    ("t", "9:05", "09:05"),
    ("t", datetime.time(9, 5), "09:05"),
    ("t", 0.5, "12:00"),
    ("day", datetime.date(2026, 3, 5), "2026-03-05"),
    ("day", "2026年3月5日", "2026-03-05"),
    ("day", 46086, "2026-03-05"),
    ("words", datetime.date(2026, 3, 5), "2026-03-05"),
    ("words", 12345678901, "12345678901"),
    ("words", "_x0041_  ", "A"),
    ("words", "=1+1", "=1+1"),
    ("words", True, "TRUE"),
]


@pytest.mark.parametrize(("path", "typed", "value"), TAKEN, ids=[f"{path}-{typed!r}" for path, typed, _ in TAKEN])
def test_what_spreadsheets_make_of_an_answer_is_understood(filled: Filled, path: str, typed: Any, value: str) -> None:
    filled.type("items", path, "answer", typed)
    assert str(read(filled.save()).answers[path].value) == value


def test_reasons_stand_line_by_line(filled: Filled) -> None:
    for column, text in (
        ("reason", "未起立\n未微笑"),
        ("time", "\n10:20"),
        ("place", "3号窗口"),
        ("post", "柜员\n柜员"),
    ):
        filled.type("items", "c", column, text)
    wanted = (Reason("未起立", "", "3号窗口", "柜员"), Reason("未微笑", "10:20", "", "柜员"))
    assert read(filled.save()).answers["c"].reasons == wanted


def test_only_instances_that_say_something_come_back(filled: Filled) -> None:
    filled.type("items", "r#2/window", "answer", 3)
    filled.type("items", "r#2/q", "answer", "否")
    found = read(filled.save()).answers
    assert found == {"r#2/window": Answer("3"), "r#2/q": Answer("no")}


def test_the_header_is_read_and_what_is_empty_stays(filled: Filled) -> None:
    said = {"branch": 101, "branch_name": "中山路支行", "date": datetime.date(2026, 4, 1), "left": "11:40"}
    for name, value in {**said, "scenario": "贷款", "highlights": "微笑\n主动"}.items():
        filled.type("header", f"header.{name}", "value", value)
    header = read(filled.save()).header
    assert header == replace(
        AUDIT.header,
        branch="101",
        branch_name="中山路支行",
        visited="2026-04-01T10:12:30+08:00",
        left="2026-04-01T11:40:00+08:00",
        scenario="loan",
        highlights=("微笑", "主动"),
    )


def test_a_started_visits_workbook_changes_nothing_unless_filled_in(tmp_path: Path) -> None:
    file = write_workbook(AUDIT, tmp_path / "own.xlsx")
    assert refusal(file) == "workbook.nothing"


def test_photos_are_named_beside_the_workbook(filled: Filled) -> None:
    (filled.file.parent / "a.jpg").write_bytes(b"x")
    filled.type("items", "c", "photos", "a.jpg；b.jpg")
    filled.type("items", "n", "photos", "../a.jpg")
    assert problems(filled.save()) == [
        ("workbook.photo_missing", at(filled, "c", "photos")),
        ("workbook.photo_elsewhere", at(filled, "n", "photos")),
    ]
    filled.type("items", "c", "photos", "a.jpg")
    filled.type("items", "n", "photos", None)
    assert read(filled.save()).answers["c"].photos == (Photo("a.jpg"),)


# --- sheets moved, renamed, sorted --------------------------------------------------------------------------------


def at(filled: Filled, path: str, column: str, table: str = "items") -> str:
    return f"{filled.sheets[table].title}!{filled.cell(table, path, column).coordinate}"


def test_sheets_renamed_and_reordered_rows_and_columns_inserted(filled: Filled) -> None:
    """Rows are known by their hidden ids, columns by their marks: never by where they stand."""
    filled.type("items", "n", "answer", 7)
    filled.type("faults", "m:no", "chosen", "√")
    for n, sheet in enumerate(filled.book.worksheets):
        sheet.title = f"x{n}"
    filled.sheets["items"].insert_rows(2, 3)
    filled.sheets["items"].insert_rows(12, 2)
    filled.sheets["items"].insert_cols(4)
    filled.sheets["items"].row_dimensions[9].hidden = True
    filled.book.move_sheet("x0", 3)
    found = read(filled.save()).answers
    assert {path: str(one.value) for path, one in found.items()} == {"n": "7.0", "m": "('no',)"}


def test_rows_sorted_without_their_hidden_ids_are_refused(filled: Filled) -> None:
    """The numbers people see and the ids that count do not agree any more."""
    filled.type("items", "c", "answer", "是")
    c, n = filled.cell("items", "c", "number"), filled.cell("items", "n", "number")
    c.value, n.value = n.value, c.value
    assert problems(filled.save()) == [
        ("workbook.moved", at(filled, "c", "number")),
        ("workbook.moved", at(filled, "n", "number")),
    ]


def test_a_row_copied_or_put_in_is_refused_where_it_says_something(filled: Filled) -> None:
    sheet, row = filled.sheets["items"], filled.sheets["items"].max_row + 2
    path, answer = filled.columns["items"]["path"], filled.columns["items"]["answer"]
    sheet.cell(row, path).value = "c"
    sheet.cell(row + 1, answer).value = "是"
    title = sheet.title
    first, second = sheet.cell(row, path).coordinate, sheet.cell(row + 1, answer).coordinate
    assert problems(filled.save()) == [("workbook.twice", f"{title}!{first}"), ("workbook.stray", f"{title}!{second}")]


# --- what is refused, all at once ---------------------------------------------------------------------------------


def test_every_problem_is_named_at_once_and_nothing_is_taken(filled: Filled) -> None:
    wrong = {"c": "也许", "n": "多", "d": "-1", "t": "25:00", "day": "2026-02-30"}
    for path, text in wrong.items():
        filled.type("items", path, "answer", text)
    filled.type("items", "words", "answer", "好")
    filled.type("items", "words", "na", "不适用")
    filled.type("faults", "m:no", "chosen", "×")
    filled.type("header", "header.date", "value", "昨天")
    wanted = {
        ("workbook.not_listed", at(filled, "c", "answer")),
        ("answer.number", at(filled, "n", "answer")),
        ("answer.duration", at(filled, "d", "answer")),
        ("answer.time", at(filled, "t", "answer")),
        ("answer.date", at(filled, "day", "answer")),
        ("workbook.value_and_na", at(filled, "words", "na")),
        ("workbook.tick", at(filled, "m:no", "chosen", "faults")),
        ("workbook.day", at(filled, "header.date", "value", "header")),
    }
    assert set(problems(filled.save())) == wanted


def test_a_formula_counts_by_its_result_and_is_refused_without_one(filled: Filled) -> None:
    filled.cell("items", "n", "answer").value = "=1+1"
    assert problems(filled.save()) == [("workbook.formula", at(filled, "n", "answer"))]
    data = _edited(
        filled.file,
        "xl/worksheets/sheet2.xml",
        lambda text: text.replace("<f>1+1</f><v></v>", "<f>1+1</f><v>2</v>").replace(
            "<f>1+1</f><v/>", "<f>1+1</f><v>2</v>"
        ),
    )
    filled.file.write_bytes(data)
    assert str(read(filled.file).answers["n"].value) == "2.0"


def test_an_error_cell_is_refused(filled: Filled) -> None:
    filled.cell("items", "n", "answer").value = "#DIV/0!"
    filled.cell("items", "n", "answer").data_type = "e"
    assert problems(filled.save()) == [("workbook.error", at(filled, "n", "answer"))]


def _edited(file: Path, name: str, change: Callable[[str], str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            data = old.read(one)
            new.writestr(one, change(data.decode()).encode() if one == name else data)
    return out.getvalue()


# --- another checklist, another audit -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "key"),
    [
        ("checklist", "other", "other_checklist"),
        ("version", "2", "other_version"),
        ("fingerprint", "0" * 64, "other_content"),
        ("audit", "20260101T000000Z-000000", "other_audit"),
        (IDENTITY, "9", "newer"),
    ],
)
def test_a_workbook_of_something_else_is_refused(filled: Filled, name: str, value: str, key: str) -> None:
    filled.type("items", "n", "answer", 1)
    for row in filled.book[IDENTITY].iter_rows():
        if row[0].value == name:
            row[1].value = value
    assert refusal(filled.save()) == f"workbook.{key}"


# --- files that are no such workbook ------------------------------------------------------------------------------


def _zip(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def _plain() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "0 bytes": (lambda: b"", "workbook.empty"),
    "a text": (lambda: b"c: yes\n", "workbook.unreadable"),
    "half a zip": (lambda: _plain()[:2000], "workbook.unreadable"),
    "another workbook": (_plain, "workbook.not_ours"),
    "another document": (lambda: _zip(content__xml=b"<a/>"), "workbook.other_kind"),
    "a bomb": (lambda: _zip(xl__workbook_xml=b" " * 300_000_000), "workbook.bomb"),
    "xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000, "workbook.old"),
    "a password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "workbook.encrypted",
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    make, key = FILES[name]
    file = tmp_path / "filled.xlsx"
    file.write_bytes(make())
    assert refusal(file) == key


def test_macros_are_refused(filled: Filled) -> None:
    with zipfile.ZipFile(filled.file, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    assert refusal(filled.file) == "workbook.macros"


def test_a_file_of_200_megabytes_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.xlsx"
    with file.open("wb") as made:
        made.write(b"PK\x03\x04")
        made.truncate(200_000_000)
    assert refusal(file) == "workbook.too_large"


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    assert refusal(tmp_path / "a.xlsx") == "workbook.folder"
    with pytest.raises(AuditorError) as caught:
        read(tmp_path / "b.xlsx")
    assert tr(caught.value.key)


def test_a_sheet_with_a_cell_far_away_is_read_in_time(filled: Filled) -> None:
    """WPS and Excel keep formats down to the last row; what stands beyond bounds is not looked at."""
    filled.type("items", "n", "answer", 1)
    filled.sheets["items"].cell(1_048_576, 90).value = "x"
    begun = time.monotonic()
    assert set(read(filled.save()).answers) == {"n"}
    assert time.monotonic() - begun < 10


def test_a_workbook_of_a_hundred_thousand_filled_rows_ends_in_time(filled: Filled) -> None:
    filled.type("items", "n", "answer", 1)
    data = _edited(filled.save(), "xl/worksheets/sheet2.xml", _endless)
    filled.file.write_bytes(data)
    assert refusal(filled.file) in ("workbook.refused", "workbook.too_slow", "workbook.bomb")


STUFFED = {
    "texts": ("xl/sharedStrings.xml", "</sst>", "<si/>", 48_000),
    "styles": ("xl/styles.xml", "</cellXfs>", "<xf/>", 48_000),
    "one row": ("xl/worksheets/sheet2.xml", "</sheetData>", "<c/>", 1_900_000),
    "too many texts": ("xl/sharedStrings.xml", "</sst>", "<si/>", 4_000_000),
}


@pytest.mark.parametrize("name", STUFFED)
def test_a_workbook_stuffed_with_tags_ends_in_time(filled: Filled, name: str) -> None:
    """Some are parsed before a row is seen, where nobody looks at the clock."""
    member, end, tag, count = STUFFED[name]
    filled.type("items", "n", "answer", 1)
    first, last = ('<row r="9000">', "</row>") if tag == "<c/>" else ("", "")
    stuffed = first + tag * count + last + end
    filled.file.write_bytes(_edited(filled.save(), member, lambda text: text.replace(end, stuffed)))
    begun = time.monotonic()
    with suppress(AuditorError):
        read(filled.file)
    assert time.monotonic() - begun < 10


def _endless(text: str) -> str:
    rows = "".join(f'<row r="{n}"><c r="I{n}"><v>1</v></c></row>' for n in range(200, 100_000))
    return text.replace("</sheetData>", rows + "</sheetData>")


def test_yaml_is_read_as_before(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("n: 3\n", "utf-8")
    assert str(read(file).answers["n"].value) == "3.0"


def test_openpyxl_reads_what_is_written(filled: Filled) -> None:
    """The hidden sheet cannot be shown by a click, and nothing is named after this machine or a person."""
    book = load_workbook(filled.file)
    assert book[IDENTITY].sheet_state == "veryHidden"
    assert not book.properties.lastModifiedBy
