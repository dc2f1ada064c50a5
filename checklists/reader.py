"""Reading a checklist: strict, and with everything that is wrong said at once (design §3)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from auditor.checklist.model import Checklist
from auditor.errors import Problem, ProblemsError
from checklists import yaml_nodes
from checklists.model_words import model_problems, python_names
from checklists.source import read_text


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
    checklist: Checklist | None = None
    try:
        checklist = Checklist.model_validate(root)
    except ValidationError as error:
        problems += model_problems(error, root, file)
    if "format" not in root:
        problems.append(Problem("checklist.format_missing", {}, file, 1, 1, "warning"))
    problems.sort(key=lambda problem: (problem.line, problem.column))
    wrong = any(problem.severity == "error" for problem in problems)
    return (None if wrong else checklist), [replace(one, file=file) for one in problems]
