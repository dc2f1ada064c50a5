"""`auditor findings`, and what `show` and `list --where` say of corrective actions (design §8)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.audit import Finding
from auditor.store import Store
from auditor.store.journal import NAME
from tests.ui.scene import open_session
from tests.ui.test_session import fill
from ui.command_line import main


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()


def visit(data: Path, findings: dict[str, Finding], finish: bool = True) -> str:
    """Two losses, `more1` and `more2`, with what is done about them."""
    with open_session(data) as session:
        fill(session)
        for path in ("more1", "more2"):
            session.answer(path, "no")
            session.note(path, "未做到")
        if finish:
            assert session.finish()
        session.correcting.set_all(findings)
        return session.audit.id


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main([*words, "--data", str(data)])
    said = capsys.readouterr()
    return code, said.out, said.err


def as_json(capsys: pytest.CaptureFixture[str], data: Path, *words: str) -> Any:
    code, out, _ = run(capsys, data, *words, "--json")
    assert code == 0
    return json.loads(out)


def test_all_actions_of_all_finished_audits_the_most_urgent_first(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = visit(data, {"more1": Finding(due=in_days(5), owner="李主任"), "more2": Finding(done_on="2026-03-08")})
    second = visit(data, {"more2": Finding(due=in_days(-1), measure="晨会点评")})
    visit(data, {}, finish=False)
    found = as_json(capsys, data, "findings")
    assert [(one["audit"], one["path"], one["state"]) for one in found] == [
        (second, "more2", "overdue"),
        (first, "more1", "wanted"),
        (second, "more1", "wanted"),
        (first, "more2", "done"),
    ]
    assert found[1] | {"owner": "李主任", "due": in_days(5), "branch": "7301001", "deducted": 1.0} == found[1]
    code, out, _ = run(capsys, data, "findings", "--open")
    assert code == 0
    assert "共 3 项，其中待整改 3 项、逾期 1 项。" in out
    assert len([line for line in out.splitlines() if "城东支行" in line]) == 3


def test_of_one_audit_a_draft_too(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit = visit(data, {"more1": Finding(owner="李主任")}, finish=False)
    visit(data, {})
    found = as_json(capsys, data, "findings", audit)
    assert {one["audit"] for one in found} == {audit}
    assert len(found) == 2
    code, _, err = run(capsys, data, "findings", "20200101")
    assert code == 1
    assert "20200101" in err


def test_nothing_to_correct_is_said(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, data, "findings")[1].strip() == "没有需要整改的项目。"
    done = Finding(done_on="2026-03-08")
    visit(data, {"more1": done, "more2": done})
    assert run(capsys, data, "findings", "--open")[1].strip() == "没有待整改的项目。"
    assert as_json(capsys, data, "findings", "--open") == []


def test_a_damaged_audit_hides_no_others(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """P4: it is named, whatever is left of it."""
    broken, sound = visit(data, {}), visit(data, {})
    with Store.open(data) as store:
        path = store.library.folder_of(broken) / NAME
    for harmed in (path.read_bytes().replace("未做到".encode(), "都做到".encode(), 1), b"{" + path.read_bytes()[50:]):
        path.write_bytes(harmed)
        for words in (("findings",), ("findings", "--open")):
            code, out, err = run(capsys, data, *words)
            assert code == 0
            assert sound in out
            assert broken not in out
            assert f"检查 {broken} 已损坏，其整改项没有列出" in err


def test_show_prints_them(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    audit = visit(data, {"more1": Finding(owner="李主任", due=in_days(5), measure="晨会点评")})
    _, out, _ = run(capsys, data, "show", audit)
    assert f"其他1：整改中  李主任  {in_days(5)}  晨会点评" in out
    assert {one["path"] for one in as_json(capsys, data, "show", audit)["findings"]} == {"more1", "more2"}


def test_list_is_narrowed_to_what_waits(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = Finding(done_on="2026-03-08")
    visit(data, {"more1": done, "more2": done})
    waits = visit(data, {"more1": Finding(due=in_days(5)), "more2": done})
    rows = as_json(capsys, data, "list", "--where", "unmet > 0")
    assert [row["id"] for row in rows] == [waits]
    assert [row["id"] for row in as_json(capsys, data, "list", "--where", f"next_due <= '{in_days(5)}'")] == [waits]
    assert "unmet" not in rows[0]
