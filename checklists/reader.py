"""Reading a checklist: strict, and with everything that is wrong said at once (design §3)."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from auditor.checklist.checks import check as check_whole
from auditor.checklist.model import Checklist
from auditor.checklist.outline import Flaw
from auditor.errors import Problem, ProblemsError
from checklists import yaml_nodes
from checklists.mending import certain, mended
from checklists.model_words import model_problems, python_names
from checklists.source import read_text

MOST_PARTS = 5_000
"""Items and sections of one checklist."""


def read(path: Path | str) -> Checklist:
    """The checklist of a file. Raises ProblemsError with all its errors; warnings are for `check`."""
    checklist, problems = check(path)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors or checklist is None:
        raise ProblemsError("checklist.refused", errors, file=str(path), count=len(errors))
    return checklist


def check(path: Path | str) -> tuple[Checklist | None, list[Problem]]:
    """The checklist, or None when it has errors; and all errors and warnings in the order of the file."""
    try:
        text = read_text(Path(path))
    except ProblemsError as error:
        return None, error.problems()
    return check_text(text, str(path))


def check_text(text: str, file: str = "") -> tuple[Checklist | None, list[Problem]]:
    """The same for text that is not (yet) in a file."""
    root, problems = yaml_nodes.load(text, file)
    if not isinstance(root, yaml_nodes.Mapping):
        if not problems:
            problems.append(Problem("checklist.not_a_checklist", {"file": file}, file))
        return None, problems
    problems += python_names(root, file)
    if _parts(root) > MOST_PARTS:
        problems.append(
            Problem("checklist.too_many", {"most": MOST_PARTS}, file, *yaml_nodes.place(root, ("sections",)))
        )
        return None, problems
    checklist: Checklist | None = None
    try:
        checklist = Checklist.model_validate(root)
        flaws = check_whole(checklist)
    except ValidationError as error:
        problems += model_problems(error, root, file)
        rest = mended(root, error)
        flaws = certain(check_whole(rest), root, error) if rest else []
    if "format" not in root and all(problem.values.get("guess") != "format" for problem in problems):
        problems.append(Problem("checklist.format_missing", {}, file, 1, 1, "warning"))
    problems += [_located(flaw, root, text, file) for flaw in flaws]
    wrong = any(problem.severity == "error" for problem in problems)
    return (None if wrong else checklist), sorted(problems, key=lambda one: (one.line, one.column, one.severity))


def _parts(root: Any) -> int:
    """How many items and sections a document has."""
    count, todo = 0, [root]
    while todo:
        node = todo.pop()
        for key in ("items", "sections"):
            inner = node.get(key) if isinstance(node, dict) else None
            if isinstance(inner, list):
                count += len(inner)
                todo += inner
    return count


def _located(flaw: Flaw, root: Any, text: str, file: str) -> Problem:
    """A flaw at its line and column."""
    if flaw.offset:
        line, column = yaml_nodes.place_within(root, flaw.path, flaw.offset, text)
    else:
        line, column = yaml_nodes.place(root, flaw.path)
    values = {**flaw.values, "first": yaml_nodes.place(root, flaw.first)[0]} if flaw.first else flaw.values
    severity: Literal["error", "warning"] = "warning" if flaw.warning else "error"
    return Problem(f"{flaw.area}.{flaw.name}", values, file, line, column, severity)
