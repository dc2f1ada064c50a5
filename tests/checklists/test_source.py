"""A file that cannot be read says so, names itself and the remedy (promise P6; "Bad input")."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auditor.errors import ProblemsError
from auditor.words import speaking
from checklists.source import MOST_BYTES, read_text

CHINESE = "title: 柜面服务检查\ntext: 大堂经理主动问候客户\n"


@pytest.mark.parametrize(
    ("data", "key", "line"),
    [
        (b"", "source.empty", 0),
        (b" \n\t\n", "source.empty", 0),
        (b"\xef\xbb\xbf", "source.empty", 0),
        (CHINESE.encode("gbk"), "source.encoding", 1),
        (b"a: 1\nb: 2\n" + CHINESE.encode("gb18030"), "source.encoding", 3),
        (CHINESE.encode("utf-16"), "source.encoding", 0),
        (CHINESE.encode("utf-16-be"), "source.encoding", 0),
        ("a: 1\nb: 2\nc: 3\n".encode("utf-16-le"), "source.encoding", 0),
        (CHINESE.encode("utf-32"), "source.encoding", 0),
        (b"PK\x03\x04 workbook", "source.binary", 0),
        (b"\x89PNG\r\n\x1a\n", "source.binary", 0),
        (b"%PDF-1.7", "source.binary", 0),
        (b"a: b\0c" * 9, "source.binary", 0),
        (b"a: 1\nb: \xff\xff\n", "source.not_utf8", 2),
        (b"x" * (MOST_BYTES + 1), "source.huge", 0),
    ],
)
def test_bytes_that_are_no_text_are_named(tmp_path: Path, data: bytes, key: str, line: int) -> None:
    file = tmp_path / "表.yaml"
    file.write_bytes(data)
    with pytest.raises(ProblemsError) as caught:
        read_text(file)
    (problem,) = caught.value.problems()
    assert (problem.key, problem.file, problem.line) == (key, str(file), line)
    for code in ("zh", "en"):
        with speaking(code):
            assert str(file) in problem.message()
            assert problem.remedy()


@pytest.mark.parametrize(("data", "name"), [(CHINESE.encode("gbk"), "GBK"), (CHINESE.encode("utf-16"), "UTF-16")])
def test_a_wrong_encoding_is_called_by_its_name(tmp_path: Path, data: bytes, name: str) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(data)
    with pytest.raises(ProblemsError, match=name) as caught:
        read_text(file)
    assert "UTF-8" in caught.value.remedy()


def test_a_file_that_is_not_there_or_a_folder(tmp_path: Path) -> None:
    for path, key in (
        (tmp_path / "no.yaml", "source.missing"),
        (tmp_path, "source.folder"),
        (tmp_path / "x" / "y", "source.missing"),
    ):
        with pytest.raises(ProblemsError) as caught:
            read_text(path)
        assert caught.value.key == key


def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(ProblemsError) as caught:
        read_text(pipe)
    assert caught.value.key == "source.not_a_file"


def test_a_file_nobody_may_read(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: 1")
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(ProblemsError) as caught:
        read_text(file)
    assert caught.value.key == "source.forbidden"


def test_every_control_character_is_placed(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("a: b\x07c\nd: \x1be\n", "utf-8")
    with pytest.raises(ProblemsError) as caught:
        read_text(file)
    assert [(one.line, one.column, one.values["code"]) for one in caught.value.problems()] == [
        (1, 5, "U+0007"),
        (2, 4, "U+001B"),
    ]


def test_text_comes_back_composed_and_without_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + "cafe\u0301".encode())
    assert read_text(file) == "caf\u00e9"
