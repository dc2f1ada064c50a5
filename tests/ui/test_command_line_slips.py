"""Slips of the hand on the command line: what would silently do nothing, or the wrong thing, is said (design §8)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ui.command_line import main

ROOT = Path(__file__).resolve().parents[2]


class Typing:
    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self.capsys = data, capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        code = main([*map(str, words), "--data", str(self.data), "--lang", "en"])
        return (code, *self.capsys.readouterr())

    def json(self, *words: object) -> Any:
        code, out, err = self(*words, "--json")
        assert code == 0, err
        return json.loads(out)


@pytest.fixture
def typed(data: Path, capsys: pytest.CaptureFixture[str]) -> Typing:
    return Typing(data, capsys)


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("state", "“state” is words"),
        ("1", "a number"),
        ("total", "a number"),
        ("total = 'x'", "cannot be compared"),
        ("visited > 2026-01-01", "cannot be compared"),
        ("colour = 1", "“colour” is neither a column nor a value"),
        ("kind = party", "“party” is neither a column nor a value"),
    ],
)
def test_a_condition_that_would_choose_everything_or_nothing_is_refused(
    typed: Typing, condition: str, said: str
) -> None:
    code, out, err = typed("list", "--where", condition)
    assert (code, out) == (1, "")
    assert said in err


@pytest.mark.parametrize(
    "condition",
    ["not passed", "passed = true", "branch = 7301001", "visited >= '2026-03-05T10:00'", "visited > '2026-01-01'"],
)
def test_a_condition_as_people_write_it_is_taken(typed: Typing, condition: str) -> None:
    typed.json("start", "greeting")
    assert typed("list", "--where", condition)[0] == 0


def test_a_very_long_condition_is_quoted_in_short(typed: Typing) -> None:
    assert len(typed("list", "--where", "x" * 100_000)[2]) < 1_000


def test_what_may_be_mistyped_at_the_start_is_said(typed: Typing) -> None:
    assert typed("start", "greeting", "--branch", "  ")[2] == ""
    assert typed("start", "customer_journey", "--kind", "self")[2].startswith("warning: Checklist customer_journey")
    assert "still to come" in typed("start", "greeting", "--visited", "9999-12-31T23:59")[2]
    audit = typed.json("start", "greeting", "--branch", " 城东\n支行 ", "--shopper", " 青松 ")["audit"]
    header = typed.json("show", audit)["header"]
    assert (header["branch_name"], header["shopper"]) == ("城东 支行", "青松")


def test_the_same_checklist_twice_does_not_differ(typed: Typing) -> None:
    assert "do not differ" in typed("checklist", "diff", "greeting", "greeting")[1]
    assert typed.json("checklist", "diff", "greeting", "greeting") == []


@pytest.mark.parametrize("place", ["nowhere", "a file", "n" * 300])
def test_backups_are_not_looked_for_where_there_is_no_folder(typed: Typing, tmp_path: Path, place: str) -> None:
    (tmp_path / "a file").write_text("x")
    code, _, err = typed("restore", "--from", tmp_path / place)
    assert code == 1
    assert place in err


def test_a_folder_name_that_no_disk_takes_is_said(typed: Typing, tmp_path: Path) -> None:
    typed.json("start", "greeting")
    for words in (["backup"], ["sample"]):
        code, _, err = typed(*words, "--to", tmp_path / ("n" * 300))
        assert code == 1
        assert "unforeseen" not in err


def test_what_a_layout_does_not_suit_is_no_failure_among_many(typed: Typing, tmp_path: Path) -> None:
    """A rectification notice for a selection: drafts and visits without a loss are named, the others are written."""
    typed.json("demo", "--audits", 4, "--branches", 2, "--months", 1)
    draft = typed.json("start", "greeting")["audit"]
    code, out, err = typed("export", "--where", "total < 100 or state = 'draft'", "--to", tmp_path / "out",
                           "--layout", "rectification")  # fmt: skip
    assert code == 0, err
    assert draft in err
    assert "failed" not in out
    assert typed("export", draft, "--to", tmp_path / "out", "--layout", "rectification")[0] == 1


@pytest.mark.parametrize("option", [("--format", "pdf"), ("--layout", "losses"), ("--paper", "letter")])
@pytest.mark.parametrize("whole", ["--register", "--comparison", "--circular"])
def test_an_option_that_would_do_nothing_is_refused(
    typed: Typing, tmp_path: Path, whole: str, option: tuple[str, str]
) -> None:
    code, _, err = typed("export", "--to", tmp_path, whole, *option)
    assert code == 1
    assert f"{option[0]} has no place beside {whole}" in err


def test_a_condition_none_of_the_named_audits_meets_is_said(typed: Typing, tmp_path: Path) -> None:
    audit = typed.json("start", "greeting")["audit"]
    code, out, err = typed("export", audit, "--where", "total > 0", "--to", tmp_path)
    assert (code, out) == (1, "")
    assert "There is no audit to export" in err


COMMAND = [sys.executable, "-m", "ui", "list", "--lang", "en"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_the_output_is_said(data: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "--data", data], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("error: The command was carried out")
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a POSIX shell")
@pytest.mark.parametrize("closing", [">&-", "2>&-", ">&- 2>&-", "| head -c 1 >/dev/null"])
def test_a_closed_stream_swallows_what_is_said(data: Path, closing: str) -> None:
    line = f'"$@" {closing}'
    done = subprocess.run(["sh", "-c", line, "sh", *COMMAND, "--data", data], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a POSIX locale")
def test_chinese_is_kept_where_the_locale_knows_none(data: Path) -> None:
    plain = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-m", "ui", "--data", data]
    for words in (["start", "greeting", "--branch", "城东支行"], ["list"]):
        done = subprocess.run([*command, *words], cwd=ROOT, env=plain, capture_output=True)
        assert done.returncode == 0
    assert "城东支行" in done.stdout.decode()


def test_a_day_without_anything_to_restore_is_refused(typed: Typing) -> None:
    code, out, err = typed("restore", "--at", "2026-01-01")
    assert (code, out) == (1, "")
    assert "what to restore is missing" in err


def test_a_certificate_that_is_not_there_is_said_before_its_password_is_asked_for(
    typed: Typing, tmp_path: Path
) -> None:
    audit = typed.json("start", "greeting")["audit"]
    code, _, err = typed("export", audit, "--to", tmp_path, "--sign", tmp_path / "nobody.p12")
    assert code == 1
    assert "nobody.p12" in err
    assert "password" not in err
