"""The house keeps its shape (design §2): layers, sizes, one road to the disk."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("auditor", "checklists", "exports", "ui")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST_FUNCTION, LONGEST_MODULE = 45, 320


def test_layers_are_as_drawn() -> None:
    """design §2: ui → exports | checklists → auditor, and nothing below the window knows Qt."""
    code = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_rooms_stay_small(path: Path) -> None:
    """House style: functions of about 40 lines, modules of about 300."""
    text = path.read_text("utf-8")
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    ]
    assert not long
    assert text.count("\n") <= LONGEST_MODULE


def test_top_level_is_as_agreed() -> None:
    """design §2 names everything that may lie at the top."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("git is not installed, or this is no checkout")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    allowed = {*PACKAGES, "tests", "docs", ".ci", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE", "run.py"}
    allowed |= {"constraints.txt", ".gitignore", ".gitattributes"}
    assert {line.split("/")[0] for line in tracked.stdout.split()} <= allowed


def _opened_for_writing(path: Path) -> Iterator[str]:
    """Calls that write to the disk: open(…, "w"), write_text, os.replace, shutil and the like."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        modes = [a.value for a in [*node.args, *(k.value for k in node.keywords)] if isinstance(a, ast.Constant)]
        if name in ("write_text", "write_bytes", "unlink", "rmtree", "copyfile", "copy2", "ftruncate", "fsync"):
            yield f"{path.name}:{node.lineno} {name}"
        if name == "open" and any(isinstance(m, str) and set(m) & set("wax+") and len(m) <= 3 for m in modes):
            yield f"{path.name}:{node.lineno} open"


def test_one_module_writes_to_the_disk() -> None:
    """design §5: all writing goes through `auditor/store/files.py`, so that faults are injected at one seam."""
    elsewhere = [
        call
        for path in MODULES
        if path.relative_to(ROOT).as_posix() != "auditor/store/files.py"
        for call in _opened_for_writing(path)
    ]
    assert elsewhere == []


def test_the_writing_test_bites(tmp_path: Path) -> None:
    sinner = tmp_path / "sinner.py"
    sinner.write_text('from pathlib import Path\nPath("x").write_text("y")\nopen("z", "w")\nopen("r", "rb")\n')
    assert [call.split()[-1] for call in _opened_for_writing(sinner)] == ["write_text", "open"]


def test_help_loads_nothing_heavy() -> None:
    """Issue bar: `auditor --help` costs little because nothing is imported that it does not need."""
    code = (
        "import sys; from ui.command_line import main; main(['--help']); "
        "heavy = {'pydantic', 'PySide6', 'openpyxl', 'reportlab', 'tinydb', 'yaml', 'PIL', 'msgspec'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize("command", [["list"], ["checklist", "list"], ["branch", "list"], ["verify"]])
def test_the_command_line_never_loads_qt_or_report_libraries(command: list[str], tmp_path: Path) -> None:
    code = (
        f"import sys; from ui.command_line import main; main({command!r} + ['--data', {str(tmp_path)!r}, '--json']); "
        "print(sorted({'PySide6','openpyxl','reportlab'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.rstrip().endswith("[]"), done.stdout + done.stderr
