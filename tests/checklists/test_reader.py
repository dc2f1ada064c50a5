"""Strict reading: everything wrong at once, at its line and column, with a remedy, in both languages (design §3)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.errors import Problem, ProblemsError
from auditor.words import speaking
from checklists import reader
from tests.checklists.bombs import BOMBS, SOUND

ROOT = Path(__file__).resolve().parents[2]
HEAD = "format: 1\nid: demo\nversion: 1\ntitle: T\nsections:\n- id: s\n  title: S\n  items:\n"
GOOD = HEAD + "  - id: q\n    text: Q\n    points: 2\n    options: [{id: yes, text: Y}, {id: no, text: N, share: 0}]\n"


def told(text: str) -> list[tuple[str, str]]:
    """(place, key) of every problem of a text."""
    _, problems = reader.check_text(text, "f")
    return [(problem.place(), problem.key) for problem in problems]


def test_a_sound_checklist_is_read_without_a_word() -> None:
    checklist, problems = reader.check_text(GOOD)
    assert problems == []
    assert checklist is not None
    assert [item.id for item in checklist.items()] == ["q"]


def test_scalars_stay_the_text_that_was_typed() -> None:
    """The Norway problem: `no`, `on`, `12:30`, `1_000`, `0x1F`, `1e3`, `~` are text; versions may be bare numbers."""
    for typed in ("no", "on", "12:30", "1_000", "0x1F", "1e3", "~", "null", "2026-03-05", "0o7", ".5", "=", "1.10"):
        text = GOOD.replace("version: 1\n", f"version: {typed}\n").replace("text: Q", f"text: {typed}")
        checklist, problems = reader.check_text(text)
        assert problems == []
        assert checklist is not None
        assert checklist.version == str(next(iter(checklist.items())).text) == typed
    checklist, _ = reader.check_text(GOOD)
    assert checklist is not None
    assert [option.id for option in next(iter(checklist.items())).options] == ["yes", "no"]


def test_a_numbered_option_is_text() -> None:
    text = (
        GOOD.replace("id: yes", "id: 1").replace("id: no", "id: 2")
        + "  - {id: r, kind: text, text: R, show_if: q = 2}\n"
    )
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c", [("f:1:5", "source.colon_in_text")]),
        ("a: 1\n b: 2", [("f:2:2", "source.indent")]),
        ("a:\n\tb: 1\n\tc: 2", [("f:2:1", "source.tab"), ("f:3:1", "source.tab")]),
        ("a: 'x\nb: c", [("f:1:4", "source.open_quote")]),
        ("a: [1, 2\nb: 3", [("f:1:4", "source.open_bracket")]),
        ("a: {b: 1", [("f:1:4", "source.open_brace")]),
        ("a: @x", [("f:1:4", "source.start")]),
        ("id：x\nb: 1", [("f:1:3", "source.wide")]),
        ("a: - b", [("f:1:4", "source.dash")]),
        ('a: "\\q"', [("f:1:5", "source.bad_escape")]),
        ("- a\nb: c", [("f:2:1", "source.indent")]),
        ("[a]]", [("f:1:4", "source.after_end")]),
        ("--- a\n--- b", [("f:2:1", "source.documents")]),
        ("? [a]: b", [("f:1:3", "source.key")]),
        ("# nothing", [("f", "checklist.not_a_checklist")]),
        ("- a", [("f", "checklist.not_a_checklist")]),
        ("words", [("f", "checklist.not_a_checklist")]),
    ],
)
def test_what_is_not_yaml_is_placed_and_explained(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


def test_anchors_aliases_tags_merges_and_duplicates_are_refused_and_the_rest_is_read_on() -> None:
    text = GOOD.replace("title: S", "title: &t S") + "  - {<<: *t, id: r, id: r2, text: !!str R, kind: txet}\n"
    assert told(text) == [
        ("f:7:10", "source.anchor"),
        ("f:13:6", "source.merge"),
        ("f:13:10", "source.alias"),
        ("f:13:21", "source.duplicate"),
        ("f:13:35", "source.tag"),
        ("f:13:50", "checklist.not_allowed_guess"),
    ]


def test_all_problems_of_a_file_come_at_once() -> None:
    """Unknown keys, wrong values, unknown references, conditions and sums in one go, in the order of the file."""
    text = """format: 1
id: demo
version: 1
titel: T
title: {zh: 演示}
pass: good
sections:
- id: hall
  title: H
  items:
  - id: q1
    text: T
    points: three
    options: [{id: yes, text: Y, lose: [q9]}, {id: no, text: N, shear: 0}]
  - id: q2
    text: T
    kind: number
    points: 3
    show_if: "q1 = yse"
    bands: [{up_to: 5}, {up_to: 3}]
  - id: q1
    text: T
    kind: info
"""
    assert told(text) == [
        ("f:4:1", "checklist.unknown_key_guess"),
        ("f:5:8", "checklist.no_en"),
        ("f:6:7", "checklist.unknown_target"),
        ("f:13:13", "checklist.number_wanted"),
        ("f:14:41", "checklist.unknown_target"),
        ("f:14:65", "checklist.unknown_key_guess"),
        ("f:19:20", "expressions.option_guess"),
        ("f:20:25", "checklist.else_missing"),
        ("f:20:33", "checklist.bands_overlap"),
        ("f:21:9", "checklist.same_id_twice"),
    ]


@pytest.mark.parametrize("key", ["format", "title", "text", "points", "options"])
def test_one_misspelt_key_is_one_problem(key: str) -> None:
    """Neither missed under its right name, nor the cause of others."""
    assert [name for _, name in told(GOOD.replace(f"{key}:", f"{key[:-1]}x:", 1))] == ["checklist.unknown_key_guess"]


def test_problems_name_the_offending_text_and_the_remedy_in_both_languages() -> None:
    _, (problem,) = reader.check_text(GOOD.replace("points: 2", "piont: 2").replace(", share: 0", ""), "f")
    with speaking("zh"):
        assert "piont" in problem.message()
        assert "points" in problem.message()
        assert "points" in problem.remedy()
    with speaking("en"):
        assert "did you mean “points”" in problem.message()


WRONG = {
    "format: 2": "newer_format",
    "format: x": "format_wanted",
    "id: 1a": "bad_id",
    "version: ''": "empty",
    "title: [x]": "words_wanted",
    "title: {}": "no_words",
    "title: {de: x}": "unknown_key",
    "scale: 1e3": "number_wanted",
    "scale: NaN": "number_wanted",
    "scale: -1": "below_zero",
    "scale: 1.23456": "number_size",
    "scale: 12345678901": "number_size",
    "decimals: 1.5": "whole_number",
    "decimals: 9": "at_most",
    "decimals: -1": "at_least",
    "na: maybe": "not_allowed",
    "na: exclud": "not_allowed_guess",
    "na_codes: not_observed": "list_wanted",
    "na_reason: perhaps": "yes_or_no",
    "pass: [a]": "pass_wanted",
    "pass: 9 0": "pass_wanted",
    "evidence: yes": "mapping_wanted",
    "changes: [{version: 1, date: 20260305, note: x}]": "day",
    "changes: [{version: 1, date: 2026-02-30, note: x}]": "day",
    "changes: [{version: 1, note: x}]": "missing_key",
    "sections: []": "no_entries",
    "pass_: 80": "unknown_key",
    "blind: {a: b}": "yes_or_no",
    "description: " + "x" * 5000: "too_long",
}


@pytest.mark.parametrize("line", WRONG)
def test_every_refusal_of_the_model_is_a_sentence_of_ours(line: str) -> None:
    """No English of the validator reaches a Chinese reader."""
    key = line.partition(":")[0]
    text = re.sub(rf"(?m)^{key}:.*\n", "", GOOD) if key != "sections" else GOOD[: GOOD.index("sections")]
    _, problems = reader.check_text(f"{line}\n{text}", "f")
    (problem,) = problems
    assert problem.key == f"checklist.{WRONG[line]}"
    assert problem.line == 1
    with speaking("zh"):
        allowed = {*re.findall(r"\w+", line), *"format zh en yaml true false true grades".split()}
        plain = re.sub(r"[：“”（）、，。；].*?(?=[：“”（）、，。；]|$)", "", problem.message())
        assert not set(re.findall(r"[A-Za-z]{4,}", plain)) - allowed
        assert problem.message() != problem.key
        assert problem.remedy()


ITEM = (
    HEAD
    + "  - id: q\n    text: Q\n    points: 2\n    options:\n    - {id: yes, text: Y}\n    - {id: no, text: N, %s}\n"
)


@pytest.mark.parametrize(
    ("said", "key", "column"),
    [
        ("share: 2", "at_most", 32),
        ("share: 1, deduct: 1", "share_or_deduct", 7),
        ("critical: fail", "list_wanted", 35),
        ("critical: [fial]", "not_allowed_guess", 36),
        ("critical: [cap]", "cap_figure", 36),
        ("critical: [{cap: x}]", "number_wanted", 42),
        ("critical: [{fail: 1}]", "missing_key", 36),
        ("skip: [a]", "text_wanted", 31),
    ],
)
def test_options_are_refused_at_their_place(said: str, key: str, column: int) -> None:
    assert ("f:14:" + str(column), f"checklist.{key}") in told(ITEM % said)


@pytest.mark.parametrize(
    ("condition", "place"),
    [
        ("show_if: q = yes and waits > 3", "f:14:26"),
        ('show_if: "q = yes and waits > 3"', "f:14:27"),
        ("show_if: |\n      q = yes and\n      waits > 3", "f:16:7"),
        ("show_if: >-\n      q = yes and waits > 3", "f:15:19"),
    ],
)
def test_a_condition_is_placed_within_its_line(condition: str, place: str) -> None:
    text = GOOD + f"  - id: r\n    {condition}\n    kind: text\n    text: R\n"
    text = text.replace("  - id: r\n    show", "  - id: r\n    show")
    assert told(text) == [(place, "expressions.unknown")]


def test_a_number_of_its_own_format_is_missed() -> None:
    checklist, (problem,) = reader.check_text(GOOD.replace("format: 1\n", ""), "f")
    assert checklist is not None
    assert (problem.key, problem.severity) == ("checklist.format_missing", "warning")


def test_reading_a_file_raises_all_its_errors_and_no_warning(tmp_path: Path) -> None:
    file = tmp_path / "表.yaml"
    file.write_text(GOOD.replace("title: T", "title: {zh: T}").replace("points: 2", "points: x"), "utf-8")
    with pytest.raises(ProblemsError, match="表") as caught:
        reader.read(file)
    (problem,) = caught.value.problems()
    assert problem.as_json()["file"] == str(file)
    assert (problem.key, problem.severity) == ("checklist.number_wanted", "error")
    file.write_text(GOOD.replace("title: T", "title: {zh: T}"), "utf-8")
    assert reader.read(file).id == "demo"


def test_a_file_that_is_none_is_a_problem_like_any_other(tmp_path: Path) -> None:
    checklist, (problem,) = reader.check(tmp_path / "no.yaml")
    assert checklist is None
    assert problem.key == "source.missing"


def test_hostile_files_are_refused_or_read_within_two_seconds_and_half_a_gigabyte() -> None:
    """P6, "Bad input": in a process of its own, since a megabyte of `[` kills libyaml's composer."""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-m", "tests.checklists.bombs"], capture_output=True, text=True, timeout=120, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert len(rows) == len(BOMBS)
    assert {name: float(took) for name, took, _ in rows if float(took) > 2} == {}
    assert {name for name, _, found in rows if found == "0"} == SOUND


def test_two_thousand_items_are_read_and_their_last_line_is_placed() -> None:
    items = "".join(
        f"  - id: q{n}\n    text: {{zh: 第{n}项, en: Item {n}}}\n    points: 1\n"
        "    options: [{id: yes, text: Y}, {id: no, text: N, share: 0}]\n"
        for n in range(2000)
    )
    checklist, problems = reader.check_text(HEAD + items)
    assert problems == []
    assert checklist is not None
    assert sum(1 for _ in checklist.items()) == 2000
    assert told(HEAD + items + "  - {id: q7, text: T, kind: text}\n") == [("f:8009:10", "checklist.same_id_twice")]


_LINES = st.sampled_from(
    [
        *GOOD.splitlines(),
        "  - id: r",
        "    show_if: q = yes",
        "    kind: number",
        "    bands: [{up_to: 1}, {else: true}]",
        "&a x",
        "*a",
        "<<: *a",
        "\t- x",
        "- [",
        "}",
        "pass: {a: b}",
        "grades: [{id: a, title: A, from: 0}]",
        "  repeat: {min: 2, max: 1}",
        "!!python/object:os.system x",
        "''",
        "?",
        ":",
        "| \n x",
    ]
)
_VALUES = st.recursive(
    st.sampled_from(["", "yes", "-1", "1e9", "9" * 30, "q", "[", "大", "{a: b}", "\x85", "\ufeff"]),
    lambda inner: st.lists(inner, max_size=3).map(lambda some: f"[{', '.join(some)}]"),
    max_leaves=6,
)
_DOCUMENTS = st.one_of(
    st.text(max_size=80),
    st.lists(_LINES, max_size=25).map("\n".join),
    st.builds(
        lambda line, value: GOOD.replace(line, f"{line.split(':')[0]}: {value}"),
        st.sampled_from(GOOD.splitlines()),
        _VALUES,
    ),
    st.builds(lambda at, junk: GOOD[:at] + junk + GOOD[at + 1 :], st.integers(0, len(GOOD)), st.text(max_size=3)),
)


def _sensible(problem: Problem, text: str) -> None:
    assert problem.message() != problem.key
    assert (
        problem.line
        <= text.count("\n") + text.count("\r") + text.count("\x85") + text.count("\u2028") + text.count("\u2029") + 2
    )


def _read_or_refused(text: str) -> None:
    checklist, problems = reader.check_text(text, "f")
    assert checklist is not None or any(problem.severity == "error" for problem in problems)
    for problem in problems:
        _sensible(problem, text)


@given(_DOCUMENTS)
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_or_refused(text: str) -> None:
    """ "Bad input": only our own errors ever come out."""
    _read_or_refused(text)


@pytest.mark.full
@given(_DOCUMENTS)
@settings(max_examples=100_000, deadline=None)
def test_a_hundred_thousand_texts_are_read_or_refused(text: str) -> None:
    _read_or_refused(text)


@given(st.binary(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    file.write_bytes(data)
    _, problems = reader.check(file)
    assert problems
