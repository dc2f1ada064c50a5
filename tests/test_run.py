"""`run.py` decides rightly what to do, and says what to type where it may not do it itself (design §9)."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("run_under_test", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_needs_nothing_but_the_standard_library() -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "run.py"), "help"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "run.py test" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        ([], ""),
        (["--lang", "en"], ""),
        (["--data", "x", "list"], "list"),
        (["open"], "open"),
        (["list", "--json"], "list"),
    ],
)
def test_the_command_is_found_among_options(run: ModuleType, arguments: list[str], command: str) -> None:
    assert run.named(arguments) == command


@pytest.mark.parametrize(
    ("display", "platform", "expected"), [(":0", "", True), ("", "", False), (":0", "offscreen", False)]
)
@pytest.mark.skipif(sys.platform != "linux", reason="displays are asked for on Linux only")
def test_a_display_is_asked_for(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, display: str, platform: str, expected: bool
) -> None:
    for name, value in (("DISPLAY", display), ("WAYLAND_DISPLAY", ""), ("QT_QPA_PLATFORM", platform)):
        monkeypatch.setenv(name, value)
    assert run.has_display() is expected


def test_without_a_display_the_same_job_is_done_headless(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done: list[tuple[str, ...]] = []
    monkeypatch.setattr(run, "has_display", lambda: False)
    monkeypatch.setattr(run, "in_environment", lambda *words: done.append(words) or 0)
    assert run.main(["--lang", "en"]) == 0
    assert done == [("-m", "ui", "--lang", "en", "sample")]
    assert "No display" in capsys.readouterr().out


def test_who_may_not_install_is_told_the_line_to_type(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr(run.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(run, "found", lambda _: False)
    monkeypatch.setattr(run.sys, "platform", "linux")
    monkeypatch.setattr(run, "has_display", lambda: True)
    assert run.main([]) == 1
    said = capsys.readouterr().err
    assert "sudo apt-get install" in said
    assert "libxcb-cursor0" in said


def test_an_environment_is_kept_until_its_sources_change(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "pyproject.toml").write_text("a")
    (tmp_path / "constraints.txt").write_text("b")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    home = tmp_path / ".venv"
    python = run.python_of(home)
    python.parent.mkdir(parents=True)
    python.write_text("")
    python.chmod(0o755)
    assert not run.is_ready(home, "")
    run.stamp(home, "").write_text(run.fingerprint())
    assert run.is_ready(home, "")
    assert not run.is_ready(home, "test")
    (tmp_path / "constraints.txt").write_text("c")
    assert not run.is_ready(home, "")


def test_no_registry_is_named_anywhere() -> None:
    """No lock or requirements file names a package registry's host."""
    for name in ("constraints.txt", "pyproject.toml", "run.py", "README.md"):
        assert "://" not in (ROOT / name).read_text("utf-8"), name


def test_the_program_is_found_where_the_checkout_cannot_be_written(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another user's checkout is not installed: the path to it is handed over instead."""
    monkeypatch.setattr(run, "prepare", lambda _: Path(sys.executable))
    monkeypatch.delenv("PYTHONPATH", raising=False)
    code = "import os, sys; sys.exit(0 if os.environ['PYTHONPATH'].split(os.pathsep)[0] == os.getcwd() else 3)"
    assert run.in_environment("-c", code) == 0
