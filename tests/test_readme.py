"""The README stays true: its examples are run, its pictures and folders are there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from checklists import reader
from checklists.answers import read_answers
from checklists.library import find

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def test_every_command_of_the_readme_works_as_typed(tmp_path: Path) -> None:
    commands = [line[2:] for block in blocks("console") for line in block.splitlines() if line.startswith("$ ")]
    assert len(commands) >= 6
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "AUDITOR_DATA": str(tmp_path / "data"), "PYTHONUTF8": "1"}
    for command in commands:
        words = shlex.split(command)
        assert words[0] == "auditor"
        done = subprocess.run(
            [sys.executable, "-m", "ui", *words[1:]], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
    assert list((tmp_path / "reports").glob("*.pdf"))


def test_the_checklist_of_the_readme_is_read_without_a_word(tmp_path: Path) -> None:
    example = next(block for block in blocks("yaml") if block.startswith("format: 1"))
    file = tmp_path / "example.yaml"
    file.write_text(example, "utf-8")
    checklist, problems = reader.check(file)
    assert checklist is not None
    assert problems == []


def test_the_answers_of_the_readme_are_answers(tmp_path: Path) -> None:
    example = next(block for block in blocks("yaml") if not block.startswith("format: 1"))
    file = tmp_path / "answers.yaml"
    file.write_text(example, "utf-8")
    answers = read_answers(file, find("greeting"), lambda path: pytest.fail(f"no photo {path}"))
    assert len(answers) == 2


def test_what_the_readme_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README):
        assert (ROOT / target).is_file(), target
    for name in re.findall(r"`((?:auditor|checklists|exports|ui)/[\w/.]*)`", README):
        assert (ROOT / name).exists() or (ROOT / f"{name}.py").exists(), name


def test_every_page_has_its_pictures() -> None:
    """docs/pages is made by tests/ui/documentation.py; a page that came since must be drawn there too."""
    from tests.ui.documentation import FOLDER, table
    from tests.ui.pages import PAGES

    assert {one.name for one in FOLDER.iterdir()} == {
        "README.md",
        *(f"{name}-{language}.png" for name in PAGES for language in ("zh", "en")),
    }
    assert (FOLDER / "README.md").read_text("utf-8") == table()
