"""The command line as a user types it (design §8): the whole job without a screen, bad input, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest

from auditor.store import Store
from ui.command_line import main

ROOT = Path(__file__).resolve().parents[2]


class Terminal:
    """Types a command and keeps what came back."""

    def __init__(self, data: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.data, self._capsys = data, capsys
        self.out = self.err = ""

    def type(self, *words: object) -> int:
        code = main([*map(str, words), "--data", str(self.data)])
        self.out, self.err = self._capsys.readouterr()
        return code

    def json(self, *words: object) -> Any:
        assert self.type(*words, "--json") == 0, self.err
        return json.loads(self.out)


@pytest.fixture
def terminal(data: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(data, capsys)


def perfect_answers(checklist: str) -> dict[str, Any]:
    """The best answer to every item, as somebody would write them into an answers file."""
    from checklists.library import find
    from tests.checklists.sample_visits import best

    sheet = find(checklist)
    rows: dict[str, Any] = {}
    for path, answer in best(sheet, bonuses=False).items():
        value = list(answer.value) if isinstance(answer.value, tuple) else answer.value
        rows[path] = {"value": value if isinstance(value, (list, type(None))) else str(value)}
    return rows


def write_answers(path: Path, rows: dict[str, Any]) -> Path:
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return path


def test_the_whole_job_without_a_screen(terminal: Terminal, tmp_path: Path) -> None:
    """start → fill → score → finish → list → export → reopen → finish → verify."""
    started = terminal.json("start", "farewell", "--branch", "城东支行", "--shopper", "青松", "--kind", "mystery")
    audit = started["audit"]
    assert set(started) == {"audit"}
    answers = write_answers(tmp_path / "answers.yaml", perfect_answers("farewell"))
    terminal.json("fill", audit[:18], answers)
    draft = terminal.json("score", audit)
    assert (draft["so_far"], draft["state"], draft["total"], draft["passed"]) == (True, "draft", 100.0, None)
    done = terminal.json("finish", audit)
    assert (done["total"], done["grade"], done["passed"], done["so_far"]) == (100.0, "excellent", True, False)
    row = terminal.json("list")[0]
    assert row == {
        "id": audit,
        "checklist": "farewell",
        "version": "1.0",
        "branch": "城东支行",
        "kind": "mystery",
        "state": "finished",
        "visited": row["visited"],
        "total": 100.0,
        "passed": True,
        "grade": "excellent",
    }
    files = [Path(name) for name in terminal.json("export", audit, "--to", tmp_path / "out")["files"]]
    assert sorted(path.suffix for path in files) == [".pdf", ".xlsx"]
    assert "城东支行" in (pypdf.PdfReader(next(p for p in files if p.suffix == ".pdf")).pages[0].extract_text())
    assert openpyxl.load_workbook(next(p for p in files if p.suffix == ".xlsx")).sheetnames
    assert terminal.json("reopen", audit, "--reason", "补录照片")["state"] == "draft"
    assert terminal.json("finish", audit)["total"] == 100.0
    assert terminal.type("verify") == 0
    history = terminal.json("history", audit)
    assert len(history) == 5


def test_score_json_has_exactly_the_agreed_keys(terminal: Terminal) -> None:
    """design §8: the shape of `score --json`."""
    audit = terminal.json("start", "greeting")["audit"]
    score = terminal.json("score", audit)
    assert list(score) == [
        "audit", "checklist", "version", "state", "so_far", "total", "scale", "before_critical", "passed", "grade",
        "critical", "answered", "applicable", "sections", "items",
    ]  # fmt: skip
    assert set(score["sections"][0]) == {
        "path", "parent", "status", "earned", "possible", "ratio", "weight", "passed",
    }  # fmt: skip
    assert set(score["items"][0]) == {"path", "status", "earned", "possible"}


def test_checklist_list_names_the_instruments(terminal: Terminal) -> None:
    rows = terminal.json("checklist", "list")
    assert {"id", "version", "title", "items", "instruments"} == set(rows[0])
    covered = {row for one in rows for row in one["instruments"]}
    assert {"A1", "A3", "A4", "A5", "A6", "A7", "B1", "B2", "F2"} <= covered


def test_global_options_go_before_and_after_the_command(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--data", str(data), "--json", "--lang", "en", "list"]) == 0
    first = capsys.readouterr().out
    assert main(["list", "--lang", "en", "--json", "--data", str(data)]) == 0
    assert capsys.readouterr().out == first == "[]\n"


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"],
        ["start"],
        ["score"],
        ["start", "greeting", "--kind", "party"],
        ["list", "--colour"],
        ["demo", "--audits", "many"],
    ],
)
def test_wrong_usage_is_2_and_says_so_in_the_users_language(terminal: Terminal, words: list[str]) -> None:
    assert terminal.type(*words) == 2
    assert "用法不对" in terminal.err
    assert terminal.type("--lang", "en", *words) == 2
    assert "Wrong usage" in terminal.err
    assert "用法" not in terminal.err


def bad_files(folder: Path) -> dict[str, Path]:
    """What people hand over by mistake."""
    folder.mkdir(exist_ok=True)
    made = {name: folder / f"{name}.yaml" for name in ("empty", "binary", "gbk", "list", "huge", "bomb", "nested")}
    made["empty"].write_bytes(b"")
    made["binary"].write_bytes(bytes(range(256)) * 40)
    made["gbk"].write_bytes("format: 1\ntitle: 接待礼仪\n".encode("gbk"))
    made["list"].write_text("- a\n- b\n")
    made["huge"].write_bytes(b"a: b\n" * 700_000)
    made["bomb"].write_text("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")
    made["nested"].write_text("[" * 100_000)
    made["folder"] = folder
    made["missing"] = folder / "nowhere.yaml"
    return made


@pytest.mark.parametrize("which", ["empty", "binary", "gbk", "list", "huge", "bomb", "nested", "folder", "missing"])
@pytest.mark.parametrize("command", ["check", "fill", "import", "start"])
def test_a_wrong_file_gets_a_sentence_and_touches_nothing(
    terminal: Terminal, tmp_path: Path, command: str, which: str
) -> None:
    """Bad input: exit code 1, the file named, a remedy; no traceback, nothing saved touched (P2, P6)."""
    audit = terminal.json("start", "greeting")["audit"]
    before = {path: path.read_bytes() for path in terminal.data.rglob("journal.jsonl")}
    file = bad_files(tmp_path / "bad")[which]
    words = {
        "check": ["checklist", "check", file],
        "fill": ["fill", audit, file],
        "import": ["branch", "import", file],
        "start": ["start", file],
    }[command]
    assert terminal.type(*words) == 1
    assert "Traceback" not in terminal.err
    assert "错误" in terminal.err
    assert file.name in terminal.err
    assert terminal.type(*words, "--json") == 1
    problems = json.loads(terminal.out)["problems"]
    assert problems
    assert all({"file", "line", "column", "key", "message", "remedy"} == set(one) for one in problems)
    assert all(one["message"] and one["remedy"] for one in problems)
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize(
    "words",
    [["score", "nosuch"], ["show", "2026"], ["start", "nosuch"], ["export", "x", "--to", "/tmp"], ["history", ""]],
)
def test_what_is_not_there_is_said(terminal: Terminal, words: list[str]) -> None:
    assert terminal.type(*words) == 1
    assert terminal.err.startswith("错误")
    assert "Traceback" not in terminal.err


def test_a_second_writer_is_told_who_holds_the_folder(terminal: Terminal) -> None:
    """design §5: commands that change data take the lock and exit 1 naming the holder; reading takes none."""
    audit = terminal.json("start", "greeting")["audit"]
    code = "import sys; from ui.command_line import main; sys.exit(main(sys.argv[1:]))"
    with Store.open(terminal.data, write=True):
        for words in (["start", "farewell"], ["finish", audit], ["demo", "--audits", "1"]):
            command = [sys.executable, "-c", code, *words, "--data", str(terminal.data)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
            assert done.returncode == 1
            assert str(os.getpid()) in done.stderr
        assert terminal.json("list")[0]["id"] == audit


def test_a_data_folder_that_cannot_be_used(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "a file"
    file.write_text("x")
    for folder in (file, tmp_path / "gone" / "drive" / "data"):
        for words in (["list"], ["start", "greeting"]):
            code = main([*words, "--data", str(folder)])
            said = capsys.readouterr().err
            if folder == file or words == ["list"]:
                assert code == 1
                assert str(folder) in said
    assert file.read_text() == "x"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.chmod(0o500)
    assert main(["start", "greeting", "--data", str(tmp_path / "data")]) == 1
    assert "错误" in capsys.readouterr().err


def test_the_demo_is_a_believable_bank_and_the_same_seed_gives_the_same(terminal: Terminal, tmp_path: Path) -> None:
    terminal.json("demo", "--audits", 40, "--branches", 8, "--months", 4, "--seed", 3)
    rows = terminal.json("list")
    finished = [row for row in rows if row["state"] == "finished"]
    assert len(rows) == 40
    assert len(finished) * 3 >= len(rows) * 2
    assert len(finished) < len(rows)
    assert {"mystery", "self"} <= {row["kind"] for row in rows}
    assert len({row["branch"] for row in rows}) == 8
    assert len({row["total"] for row in finished}) > 15
    assert any(row["passed"] is False for row in finished)
    again = Terminal(tmp_path / "again", terminal._capsys)
    again.json("demo", "--audits", 40, "--branches", 8, "--months", 4, "--seed", 3)
    assert again.json("list") == rows
    other = Terminal(tmp_path / "other", terminal._capsys)
    other.json("demo", "--audits", 40, "--branches", 8, "--months", 4, "--seed", 4)
    assert other.json("list") != rows


def test_where_filters_list_and_export(terminal: Terminal, tmp_path: Path) -> None:
    """`--where` is the checklist language over the columns of `list`."""
    terminal.json("demo", "--audits", 12, "--branches", 4, "--months", 2)
    rows = terminal.json("list")
    chosen = terminal.json("list", "--where", "state = 'finished' and kind = mystery")
    assert chosen == [row for row in rows if row["state"] == "finished" and row["kind"] == "mystery"]
    condition = f"id = '{chosen[0]['id']}'"
    files = terminal.json("export", "--where", condition, "--to", tmp_path / "out", "--format", "csv,pdf")["files"]
    assert len(files) == 2
    for wrong in ("total <", "colour = 1", "__import__('os')"):
        assert terminal.type("list", "--where", wrong) == 1
        assert "筛选条件" in terminal.err


def test_a_partly_failed_export_writes_the_rest_and_exits_1(terminal: Terminal, tmp_path: Path) -> None:
    terminal.json("demo", "--audits", 6, "--branches", 3, "--months", 1)
    journals = sorted(terminal.data.glob("audits/*/*/journal.jsonl"))
    ids = [row["id"] for row in terminal.json("list") if row["state"] == "finished"]
    broken = next(path for path in journals if path.parent.name == ids[0])
    text = broken.read_bytes()
    broken.write_bytes(text[:2000] + b"#" + text[2001:])
    assert terminal.type("export", *ids[:3], "--to", tmp_path / "out", "--format", "csv") == 1
    assert len(list((tmp_path / "out").glob("*.csv"))) == 2
    assert ids[0] in terminal.err


def test_a_draft_is_exported_marked_as_draft(terminal: Terminal, tmp_path: Path) -> None:
    audit = terminal.json("start", "greeting", "--branch", "城东支行")["audit"]
    files = terminal.json("export", audit, "--to", tmp_path, "--format", "pdf,xlsx")["files"]
    pages = pypdf.PdfReader(next(name for name in files if name.endswith(".pdf"))).pages
    assert all("草稿" in page.extract_text() for page in pages)
    assert terminal.type("export", "--to", tmp_path) == 1


def test_checklist_check_lists_everything_at_once(terminal: Terminal, tmp_path: Path) -> None:
    """All problems of a file, each at line:column with its remedy; warnings alone exit 0."""
    good = ROOT / "checklists" / "library" / "greeting.yaml"
    assert terminal.type("checklist", "check", good) == 0
    bad = tmp_path / "bad.yaml"
    bad.write_text(
        "format: 1\nid: x\nversion: 1\ntitle: t\nsections:\n  - id: s\n    title: s\n    itemz: []\n    items:\n"
        "      - {id: q, text: t, points: many}\n      - {id: q, text: t, points: 2}\n"
    )
    assert terminal.type("checklist", "check", bad, "--json") == 1
    problems = json.loads(terminal.out)["problems"]
    assert {one["line"] for one in problems} >= {8, 10}
    assert all(one["file"].endswith("bad.yaml") and one["column"] > 0 for one in problems)


def test_english_speaks_english_everywhere(terminal: Terminal) -> None:
    terminal.json("demo", "--audits", 4, "--branches", 2, "--months", 1)
    ids = [row["id"] for row in terminal.json("list") if row["state"] == "finished"]
    terminal.type("score", ids[0], "--explain", "--lang", "en")
    assert "Score" in terminal.out
    assert terminal.type("score", "nosuch", "--lang", "en") == 1
    assert terminal.err.startswith("error")


def test_nps_counts_a_recommendation_item_over_finished_audits(terminal: Terminal, tmp_path: Path) -> None:
    sheet = tmp_path / "survey.yaml"
    sheet.write_text(
        "format: 1\nid: survey\nversion: 1\ntitle: t\nsections:\n  - id: s\n    title: s\n    items:\n"
        "      - {id: recommend, kind: rating, text: r, low: 0, high: 10}\n      - {id: other, kind: rating, text: o}\n"
    )
    for value in (10, 9, 8, 6):
        audit = terminal.json("start", sheet)["audit"]
        terminal.json("fill", audit, write_answers(tmp_path / "a.yaml", {"recommend": str(value), "other": "3"}))
        terminal.json("finish", audit)
    counted = terminal.json("nps", "recommend")
    assert (counted["nps"], counted["answers"], counted["audits"]) == (25.0, 4, 4)
    assert terminal.type("nps", "other") == 1
    assert "0–10" in terminal.err
    assert terminal.type("nps", "nothing") == 1


def test_a_target_that_cannot_be_used_is_said_once(terminal: Terminal, tmp_path: Path) -> None:
    """P3: not once for every audit; and an empty selection is not an empty library."""
    terminal.json("demo", "--audits", 6, "--branches", 3, "--months", 1)
    target = tmp_path / "a file"
    target.write_text("x")
    assert terminal.type("export", "--to", target, "--format", "csv") == 1
    assert terminal.err.count("错误") == 1
    assert target.read_text() == "x"
    assert terminal.type("list", "--where", "total < 0") == 0
    assert terminal.out.strip() == "没有符合条件的检查。"


def test_the_sample_visit_says_which_reports_it_wrote(terminal: Terminal) -> None:
    """design §9: where there is no display, a sample visit's reports are printed by name."""
    told = terminal.json("sample")
    assert [Path(one).suffix for one in told["files"]] == [".pdf", ".xlsx"]
    assert all(Path(one).is_file() for one in told["files"])
