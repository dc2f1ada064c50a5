"""`auditor backup` and `auditor restore` as a user types them (F18)."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from auditor.store import Store
from tests.faults.scene import fill_all, header, small_checklist
from ui.command_line import main


def run(capsys: pytest.CaptureFixture[str], data: Path, *words: object) -> tuple[int, Any, str]:
    """Exit code, the JSON document, and what stood on stderr."""
    code = main([*map(str, words), "--data", str(data), "--json"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else None, said.err


@pytest.fixture
def audits(data: Path) -> list[str]:
    with Store.open(data, write=True) as store:
        ids = []
        for _ in range(2):
            opened = store.create(small_checklist(), header(branch_name="城东支行"))
            fill_all(opened)
            opened.finish()
            opened.close()
            ids.append(opened.audit.id)
    return ids


def test_a_drive_is_lost_and_all_comes_back(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path, audits: list[str]
) -> None:
    usb = tmp_path / "usb"
    code, made, warned = run(capsys, data, "backup", "--to", usb)
    assert (code, made["audits"], made["same_drive"]) == (0, 2, True)
    assert "同一个磁盘" in warned
    before = run(capsys, data, "list")[1]
    shutil.rmtree(data)
    code, done, _ = run(capsys, data, "restore", "--all", "--from", usb)
    assert (code, sorted(done["restored"]), done.get("problems", [])) == (0, sorted(audits), [])
    assert run(capsys, data, "list")[1] == before
    assert run(capsys, data, "verify")[0] == 0


def test_one_damaged_audit_is_restored_by_the_beginning_of_its_id(
    capsys: pytest.CaptureFixture[str], data: Path, audits: list[str]
) -> None:
    run(capsys, data, "backup")
    with Store.open(data) as reader:
        journal = reader.library.folder_of(audits[1]) / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-400])
    assert run(capsys, data, "verify")[0] == 1
    code, done, _ = run(capsys, data, "restore", audits[1][:-1])
    assert (code, done["restored"]) == (0, [audits[1]])
    assert run(capsys, data, "verify")[0] == 0


def test_without_arguments_the_backups_are_listed(
    capsys: pytest.CaptureFixture[str], data: Path, audits: list[str]
) -> None:
    assert run(capsys, data, "restore")[1]["backups"] == []
    run(capsys, data, "backup")
    (one,) = run(capsys, data, "restore")[1]["backups"]
    assert one["audits"] == len(audits)


def test_a_backup_may_be_made_beside_an_open_window(
    capsys: pytest.CaptureFixture[str], data: Path, audits: list[str]
) -> None:
    with Store.open(data, write=True):
        assert run(capsys, data, "backup")[0] == 0
        code, said, _ = run(capsys, data, "restore", audits[0])
    assert code == 1
    assert said["problems"][0]["key"] == "store.in_use"


@pytest.mark.parametrize(
    ("words", "code", "key"),
    [
        (("restore", "x", "--all"), 1, "cli.restore.one_or_all"),
        (("restore", "--all"), 1, "store.backup.none"),
        (("restore", "--all", "--at", "2026-13-01"), 2, ""),
    ],
)
def test_what_cannot_be_done_is_said(
    capsys: pytest.CaptureFixture[str], data: Path, words: tuple[str, ...], code: int, key: str
) -> None:
    done, said, _ = run(capsys, data, *words)
    assert done == code
    assert not key or said["problems"][0]["key"] == key


def test_the_window_backs_up_once_a_day(qtbot: Any, data: Path, audits: list[str]) -> None:
    """Off the window's thread, after the audits are listed."""
    from ui.desk import Desk

    desk = Desk(data)
    with qtbot.waitSignal(desk.ready):
        desk.open()
    qtbot.waitUntil(lambda: (data / "backups" / "checked").exists(), timeout=10_000)
    desk.close()
    assert len(list((data / "backups" / "manifests").iterdir())) == 1
    assert len(audits) == 2
