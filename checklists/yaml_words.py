"""What YAML's parser says in English and about the wrong line, said for people: what is there, what was meant."""

from __future__ import annotations

import re
from typing import Any

from auditor.errors import Problem

_SENTENCES: tuple[tuple[str, str], ...] = (
    ("mapping values are not allowed", "colon_in_text"),
    ("could not find expected ':'", "no_colon"),
    ("unexpected end of stream", "open_quote"),
    ("unexpected document", "open_quote"),
    ("sequence entries are not allowed", "dash"),
    ("mapping keys are not allowed", "question_mark"),
    ("',' or ']'", "open_bracket"),
    ("',' or '}'", "open_brace"),
    ("escape", "bad_escape"),
    ("hexdecimal", "bad_escape"),
    ("expected key", "indent"),
    ("'-' indicator", "indent"),
    ("<block end>", "indent"),
    ("node content", "no_value"),
    ("<document start>", "after_end"),
    ("directive", "directive"),
    ("indentation", "block_indent"),
    ("cannot start any token", "start"),
)
_WIDE = {"：": ":", "，": ",", "“": '"', "”": '"', "【": "[", "】": "]", "｛": "{", "｝": "}", "－": "-", "　": " "}


def syntax_problems(error: Any, text: str, file: str) -> list[Problem]:
    """The Problems of a text that is not YAML: the first place the parser gave up at, and every tab that indents."""
    lines = text.splitlines() or [""]
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    row, column = (min(mark.line, len(lines) - 1), mark.column) if mark else (0, 0)
    tabs = [
        Problem("source.tab", {}, file, n, len(line) - len(line.lstrip(" ")) + 1)
        for n, line in enumerate(lines, 1)
        if re.match(r" *\t\s*\S", line)
    ]
    if any(problem.line in (row, row + 1) for problem in tabs):
        return tabs[:50]
    wide = _wide_mark(lines, row, mark)
    if wide:
        return [wide_problem(lines, *wide, file)]
    name = next((name for part, name in _SENTENCES if part in str(getattr(error, "problem", ""))), "syntax")
    if name in ("open_quote", "open_bracket", "open_brace"):
        began = getattr(error, "context_mark", None) or mark
        row, column = (min(began.line, len(lines) - 1), began.column) if began else (row, column)
    if name == "colon_in_text" and ": " not in lines[row][:column]:
        name, column = "indent", len(lines[row]) - len(lines[row].lstrip())
    values = {"text": _around(lines[row], column), "sign": lines[row][column : column + 1]}
    return [Problem(f"source.{name}", values, file, row + 1, column + 1)]


def _wide_mark(lines: list[str], row: int, mark: Any) -> tuple[int, int] | None:
    """Where a full-width sign stands for one of YAML's own, on the line at fault or the one before."""
    for n in (row, row - 1):
        if not 0 <= n < len(lines) or mark is None:
            continue
        key = re.match(r"\s*(?:- )*[\w-]+(：)", lines[n])
        first = re.match(r"\s*(?:- |[\w-]+: )*([“”【｛－　])", lines[n])
        hit = key or first
        if hit:
            return n, hit.start(1)
    return None


def wide_problem(lines: list[str], row: int, column: int, file: str) -> Problem:
    """The Problem of a full-width sign at a place (both from 0)."""
    sign = lines[row][column]
    values = {"text": _around(lines[row], column), "sign": sign, "plain": _WIDE[sign]}
    return Problem("source.wide", values, file, row + 1, column + 1)


def _around(line: str, column: int) -> str:
    """The piece of a line about a column, at most 40 characters."""
    start = max(0, min(column - 15, len(line) - 40))
    piece = line[start : start + 40].strip()
    return f"{'…' if start else ''}{piece}{'…' if start + 40 < len(line) else ''}"
