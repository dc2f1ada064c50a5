"""The answers file of `fill`: strict, whole or not at all (design §8)."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.audit import Answer, Finding, Photo, Reason
from auditor.errors import AuditorError, ProblemsError
from auditor.words import speaking
from checklists import reader
from checklists.answers import Filling, read_answers, read_filling

TEXT = """format: 1
id: demo
version: 1
title: T
na_codes: [not_observed]
sections:
- id: hall
  title: H
  items:
  - {id: q1, text: 问候, points: 1, options: [{id: yes, text: Y}, {id: no, text: N, share: 0}]}
  - {id: m, text: M, kind: multi, options: [{id: a, text: A}, {id: b, text: B}]}
  - {id: n, text: N, kind: number, decimals: 1}
  - {id: inf, text: I, kind: info}
  - {id: sum, text: S, kind: number, value: n + 1}
  - {id: at, text: T, kind: time}
  - {id: pic, text: P, kind: photo}
- id: teller
  title: T
  repeat: {header: [{id: window, text: W}, {id: began, text: B, kind: time}]}
  items:
  - {id: greet, text: G, points: 1, options: [{id: yes, text: Y}, {id: no, text: N, share: 0}]}
"""
CHECKLIST, _PROBLEMS = reader.check_text(TEXT)
assert CHECKLIST is not None, _PROBLEMS


def keep(photo: Path) -> Photo:
    if photo.name == "broken.jpg":
        raise AuditorError("store.not_a_photo", file=photo.name)
    return Photo(f"hash of {photo.name}", photo.name)


def answers(folder: Path, text: str) -> dict[str, Answer | None]:
    file = folder / "answers.yaml"
    file.write_text(text, "utf-8")
    assert CHECKLIST is not None
    return read_answers(file, CHECKLIST, keep)


def wrong(folder: Path, text: str) -> list[tuple[int, int, str]]:
    with pytest.raises(ProblemsError) as caught:
        answers(folder, text)
    for code in ("zh", "en"):
        with speaking(code):
            assert all(one.message() != one.key and one.remedy() for one in caught.value.problems())
    return [(one.line, one.column, one.key) for one in caught.value.problems()]


def test_values_are_taken_by_kind(tmp_path: Path) -> None:
    assert answers(tmp_path, "q1: no\nm: [b, a]\nn: 12.34\nat: 9:05\n") == {
        "q1": Answer("no"),
        "m": Answer(("a", "b")),
        "n": Answer(Decimal("12.3")),
        "at": Answer("09:05"),
    }


def test_a_whole_answer_has_note_reasons_and_na(tmp_path: Path) -> None:
    text = """q1: {value: no, note: 备注, reason: [{text: 坐着, time: 9:05, place: 大厅, post: 大堂经理}, 未抬头]}
teller#2/window: 03
teller#2/greet: {na: not_observed, reason: 未见}
"""
    assert answers(tmp_path, text) == {
        "q1": Answer("no", None, "备注", (Reason("坐着", "09:05", "大厅", "大堂经理"), Reason("未抬头"))),
        "teller#2/window": Answer("03"),
        "teller#2/greet": Answer(None, "not_observed", "", (Reason("未见"),)),
    }


def test_an_empty_answer_takes_one_back(tmp_path: Path) -> None:
    assert answers(tmp_path, "q1:\nn: ''\nm: []\nat: {value: ''}\n") == {"q1": None, "n": None, "m": None, "at": None}


def test_photos_lie_beside_the_answers_file_and_are_kept_once(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"x")
    found = answers(tmp_path, "pic: {photos: [a.jpg, b.jpg, a.jpg]}\nq1: {value: yes, photos: b.jpg}\n")
    assert found["pic"] == Answer(photos=(Photo("hash of a.jpg", "a.jpg"), Photo("hash of b.jpg", "b.jpg")))
    assert found["q1"] == Answer("yes", photos=(Photo("hash of b.jpg", "b.jpg"),))


def test_no_photo_is_kept_of_a_file_with_problems(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    kept: list[Path] = []
    file = tmp_path / "answers.yaml"
    file.write_text("pic: {photos: [a.jpg]}\nnobody: 1\n")
    assert CHECKLIST is not None
    with pytest.raises(ProblemsError):
        read_answers(file, CHECKLIST, lambda photo: kept.append(photo) or Photo("x"))  # type: ignore[func-returns-value]
    assert kept == []


def test_a_broken_photo_is_a_problem_at_its_place(tmp_path: Path) -> None:
    (tmp_path / "broken.jpg").write_bytes(b"x")
    assert wrong(tmp_path, "pic: {photos: [broken.jpg]}\n") == [(1, 16, "store.not_a_photo")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("q1x: yes", (1, 1, "answers_file.unknown_path_guess")),
        ("nobody_knows: yes", (1, 1, "answers_file.unknown_path")),
        ("greet: yes", (1, 1, "answers_file.instance_wanted")),
        ("teller#0/greet: yes", (1, 1, "answers_file.instance_number")),
        ("teller#01/greet: yes", (1, 1, "answers_file.instance_number")),
        ("teller#1000/greet: yes", (1, 1, "answers_file.instance_number")),
        ("teller#x/greet: yes", (1, 1, "answers_file.instance_number")),
        ("teller#/greet: yes", (1, 1, "answers_file.instance_number")),
        ("teller#1/gret: yes", (1, 1, "answers_file.unknown_path_guess")),
        ("teller#1/q1: yes", (1, 1, "answers_file.other_section")),
        ("hall#1/q1: yes", (1, 1, "answers_file.not_repeated")),
        ("hall: yes", (1, 1, "answers_file.no_answer")),
        ("inf: yes", (1, 1, "answers_file.no_answer")),
        ("sum: 3", (1, 1, "answers_file.no_answer")),
        ("q1: yse", (1, 5, "answer.option_near")),
        ("n: many", (1, 4, "answer.number")),
        ("q1: {value: [{a: b}]}", (1, 13, "answers_file.value_wanted")),
        ("q1: {vlaue: yes}", (1, 6, "answers_file.unknown_key_guess")),
        ("q1: {value: yes, na: not_observed}", (1, 22, "answers_file.value_and_na")),
        ("q1: {na: not_applicable}", (1, 10, "answer.na")),
        ("q1: {note: [a]}", (1, 12, "answers_file.text_wanted")),
        ("q1: {reason: {a: b}}", (1, 15, "answers_file.unknown_reason_key")),
        ("q1: {reason: {time: soon}}", (1, 21, "answers_file.time")),
        ("q1: {reason: [[a]]}", (1, 15, "answers_file.reason_wanted")),
        ("pic: {photos: [no.jpg]}", (1, 16, "answers_file.photo_missing")),
        ("pic: {photos: .}", (1, 15, "answers_file.photo_no_file")),
        ("pic: {photos: [{a: b}]}", (1, 16, "answers_file.photos_wanted")),
        ("pic: yes", (1, 6, "answer.photo")),
        ("teller#1/window: {value: 3, note: x}", (1, 35, "answers_file.header_text")),
        ("teller#1/began: soon", (1, 17, "answer.time")),
        ("q1: &a yes", (1, 5, "source.anchor")),
        ("q1: yes\nq1: no", (2, 1, "source.duplicate")),
        ("q1: 'yes", (1, 5, "source.open_quote")),
        ("# none", (0, 0, "answers_file.not_answers")),
        ("- a", (0, 0, "answers_file.not_answers")),
        ("{}", (0, 0, "answers_file.not_answers")),
    ],
)
def test_each_problem_is_placed(tmp_path: Path, text: str, expected: tuple[int, int, str]) -> None:
    assert wrong(tmp_path, text) == [expected]


def test_all_problems_come_at_once_in_the_order_of_the_file(tmp_path: Path) -> None:
    text = "teller#1/greet: maybe\nq1: yes\nat: noon\nnobody: 1\n"
    assert [line for line, _, _ in wrong(tmp_path, text)] == [1, 3, 4]


def test_the_sentence_names_the_file_and_says_that_nothing_was_written(tmp_path: Path) -> None:
    with pytest.raises(ProblemsError, match=r"answers\.yaml.*1.*没有写入"):
        answers(tmp_path, "nobody: 1")


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert CHECKLIST is not None
    with pytest.raises(ProblemsError) as caught:
        read_answers(tmp_path / "no.yaml", CHECKLIST, keep)
    assert caught.value.key == "source.missing"


_SAID = st.sampled_from(
    [
        "yes",
        "no",
        "",
        "[a, b]",
        "{value: no}",
        "{na: not_observed}",
        "{reason: [x, {time: 1:02}]}",
        "{a",
        "'",
        "9:99",
        "1e9",
        "大",
        "{photos: [/dev/zero, x]}",
    ]
)
_PATHS = st.sampled_from(
    ["q1", "m", "n", "at", "pic", "teller#1/greet", "teller#9/window", "teller#/x", "#", "a/b", "inf", "teller#٣/greet"]
)


@given(st.one_of(st.text(max_size=60), st.lists(st.builds("{}: {}".format, _PATHS, _SAID), max_size=5).map("\n".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_taken_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Only our own error type ever comes out."""
    file = tmp_path_factory.getbasetemp() / "answers.yaml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert CHECKLIST is not None
    refused: list[str] = []
    try:
        read_answers(file, CHECKLIST, keep)
    except ProblemsError as error:
        refused = [one.message() for one in error.problems()]
        refused = refused or ["nothing said"]
    assert "nothing said" not in refused


def findings(tmp_path: Path, text: str) -> Filling:
    file = tmp_path / "reply.yaml"
    file.write_text(text, "utf-8")
    (tmp_path / "after.jpg").write_bytes(b"x")
    return read_filling(file, CHECKLIST, lambda photo: Photo(photo.name))


def test_a_finding_says_what_is_put_right_by_whom_and_when(tmp_path: Path) -> None:
    """整改: beside an answer or alone; alone it leaves the answer as it is."""
    first = next(item.id for item in CHECKLIST.items() if item.kind == "choice")
    text = f"{first}: {{finding: {{measure: 晨会点评, owner: 李主任, due: 2026-03-20, photos_after: [after.jpg]}}}}\n"
    filling = findings(tmp_path, text)
    assert filling.answers == {}
    assert filling.findings == {
        first: Finding(measure="晨会点评", owner="李主任", due="2026-03-20", photos_after=(Photo("after.jpg"),))
    }
    both = findings(tmp_path, f"{first}: {{note: 见照片, finding: {{remark: 复查}}}}\n")
    assert both.answers == {first: Answer(note="见照片")}
    assert both.findings == {first: Finding(remark="复查")}
    assert findings(tmp_path, f"{first}: {{finding: {{}}}}\n").findings == {first: None}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("整改好了", "answers_file.finding_wanted"),
        ("{ownr: 李}", "answers_file.unknown_finding_key_guess"),
        ("{due: 下周}", "answers_file.day"),
        ("{photos_after: [no.jpg]}", "answers_file.photo_missing"),
    ],
)
def test_what_is_wrong_in_a_finding_is_said_at_its_place(tmp_path: Path, said: str, key: str) -> None:
    first = next(item.id for item in CHECKLIST.items() if item.kind == "choice")
    with pytest.raises(ProblemsError) as refused:
        findings(tmp_path, f"{first}: {{finding: {said}}}\n")
    (problem,) = refused.value.problems()
    assert (problem.key, problem.line) == (key, 1)
    assert problem.column >= len(first) + 3
