"""The backups read again on demand: a damaged object is told by generation and audit (P1, P2)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from auditor.store import Store, backups, generations
from auditor.store.backup_check import CheckedBackup, check_backups, folders
from auditor.store.verify import verify
from auditor.words import LANGUAGES, speaking
from tests.faults.scene import fill_all, header, picture, small_checklist
from ui.command_line import main

NOW = datetime(2026, 3, 5, 18, 0)


@pytest.fixture
def audits(data: Path) -> list[str]:
    """Two audits, one with a photo, saved on two days: the second was begun in between."""
    with Store.open(data, write=True) as store:
        ids = []
        for day in range(2):
            opened = store.create(small_checklist(), header())
            fill_all(opened)
            opened.add_photo("q0", picture(("navy", "olive")[day]))
            opened.close()
            ids.append(opened.audit.id)
            backups.backup(data, now=NOW + timedelta(days=day))
    return ids


def object_of(data: Path, audit: str, ending: str) -> Path:
    """The object that the newest generation holds of a file."""
    target = backups.target_of(data)
    generation = next(generations.sound(target))
    saved = next(one for one in generation.files if one.audit == audit and one.path.endswith(ending))
    return target / generations.OBJECTS / saved.sha256


def checked(data: Path) -> CheckedBackup:
    (found,) = check_backups(folders(data))
    return found


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_sound_backups_are_said_to_be_sound_each_object_read_once(data: Path, audits: list[str]) -> None:
    told: list[tuple[int, int]] = []
    (found,) = check_backups(folders(data), lambda done, of: told.append((done, of)))
    objects = len(list((backups.target_of(data) / generations.OBJECTS).iterdir()))
    assert (found.generations, found.objects, found.problems()) == (2, objects, [])
    assert told == [(n + 1, objects) for n in range(objects)]
    assert len(audits) == 2


def test_a_flipped_bit_is_told_by_audit_file_and_every_generation(data: Path, audits: list[str]) -> None:
    flip(object_of(data, audits[0], ".jpg"))
    (lost,) = checked(data).lost
    assert (lost.saved.audit, lost.state) == (audits[0], "changed")
    assert [one.made[:10] for one in lost.generations] == ["2026-03-06", "2026-03-05"]


def test_a_missing_journal_of_one_generation_only(data: Path, audits: list[str]) -> None:
    object_of(data, audits[1], "journal.jsonl").unlink()
    (lost,) = checked(data).lost
    assert (lost.saved.audit, lost.state, len(lost.generations)) == (audits[1], "missing", 1)


def test_a_damaged_list_of_files_is_told_and_the_others_are_read(data: Path, audits: list[str]) -> None:
    newest = backups.target_of(data) / generations.MANIFESTS / generations.names(backups.target_of(data))[0]
    flip(newest)
    found = checked(data)
    assert [one.key for one in found.problems()] == ["store.backup.manifest_damaged"]
    assert (found.generations, len(audits)) == (1, 2)


def test_what_a_backup_lets_go_of_meanwhile_is_no_damage(data: Path, audits: list[str]) -> None:
    """A daily backup beside the check: a generation past keeping goes with its objects."""
    target = backups.target_of(data)
    oldest = generations.names(target)[-1]

    def meanwhile(done: int, _of: int) -> None:
        if done == 1:
            for one in generations.read(target, oldest).files:
                (target / generations.OBJECTS / one.sha256).unlink(missing_ok=True)
            (target / generations.MANIFESTS / oldest).unlink()
            newest = next(generations.sound(target))
            for one in newest.files:
                path = target / generations.OBJECTS / one.sha256
                path.exists() or path.write_bytes((data / one.path).read_bytes())  # type: ignore[func-returns-value]

    (found,) = check_backups([target], meanwhile)
    assert found.lost == ()
    assert audits


def test_the_next_backup_mends_it_while_the_original_is_sound(data: Path, audits: list[str]) -> None:
    """What the remedy promises."""
    flip(object_of(data, audits[0], ".jpg"))
    assert checked(data).lost
    assert backups.backup(data, now=NOW + timedelta(days=2), thorough=True).mended == 1
    assert not checked(data).lost


def test_the_command_reads_them_on_demand_with_exit_code_1(
    data: Path, audits: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    flip(object_of(data, audits[0], ".jpg"))
    assert main(["--data", str(data), "verify"]) == 0
    assert json.loads(_json(data, capsys, "verify")[1])["backups"] == []
    code, out = _json(data, capsys, "verify", "--backups")
    assert code == 1
    (one,) = json.loads(out)["backups"]
    assert (one["generations"], one["folder"]) == (2, str(backups.target_of(data)))
    (lost,) = one["lost"]
    assert (lost["audit"], lost["state"], len(lost["generations"])) == (audits[0], "changed", 2)
    assert one["problems"][0]["remedy"]


def test_another_folder_is_named_and_one_that_is_not_there_is_said(
    data: Path, audits: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    usb = tmp_path / "usb"
    backups.backup(data, usb)
    flip(next((usb / generations.OBJECTS).iterdir()))
    assert _json(data, capsys, "verify", "--backups")[0] == 0
    code, out = _json(data, capsys, "verify", "--from", str(usb))
    assert (code, json.loads(out)["backups"][0]["folder"]) == (1, str(usb))
    assert main(["--data", str(data), "--lang", "zh", "verify", "--from", str(tmp_path / "gone")]) == 1
    assert str(tmp_path / "gone") in capsys.readouterr().err
    assert audits


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_words_name_the_audit_the_file_and_the_days(data: Path, audits: list[str], lang: str) -> None:
    lost = object_of(data, audits[0], ".jpg")
    flip(lost)
    from dataclasses import replace

    with Store.open(data) as store, speaking(lang):
        text = replace(verify(store), backups=check_backups(folders(data))).text()
    for words in (audits[0], str(lost), "2026-03-06 18:00", "2026-03-05 18:00"):
        assert words in text


def _json(data: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    capsys.readouterr()
    code = main(["--data", str(data), "--json", *words])
    return code, capsys.readouterr().out
