"""Settings survive, and a damaged file is set aside with a sentence (P2)."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from auditor.errors import AuditorError
from ui.settings.seal import sealed
from ui.settings.stored import NAME, Settings, load, save


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    kept = Settings(
        language="en", theme="dark", scale=150, alias='青"松\n: #', export_folder="C:\\报告", window="1,2,3,4"
    )
    save(tmp_path / "new", kept)
    assert load(tmp_path / "new") == (kept, None)


def test_the_file_is_plain_yaml(tmp_path: Path) -> None:
    save(tmp_path, Settings(alias="青松: 'x'"))
    assert yaml.safe_load((tmp_path / NAME).read_text("utf-8"))["alias"] == "青松: 'x'"


def test_a_file_written_by_hand_is_read(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("# mine\nlanguage: en\nscale: 125\n", "utf-8")
    settings, wrong = load(tmp_path)
    assert (settings.language, settings.scale, wrong) == ("en", 125, None)


def test_no_file_is_no_fault(tmp_path: Path) -> None:
    assert load(tmp_path) == (Settings(), None)


@pytest.mark.parametrize("length", [0, 5, 8, 10, 40, -1])
def test_a_file_cut_short_is_said(tmp_path: Path, length: int) -> None:
    save(tmp_path, Settings(alias="青松", scale=150))
    whole = (tmp_path / NAME).read_bytes()
    (tmp_path / NAME).write_bytes(whole[:length])
    wrong = load(tmp_path)[1]
    assert wrong is not None
    assert str(tmp_path / NAME) in str(wrong)


def test_the_file_of_an_older_program_is_kept_beside_the_new_one(tmp_path: Path) -> None:
    """F17: format 1 had no checksum."""
    older = 'format: 1\nlanguage: "en"\nscale: 125\n'
    (tmp_path / NAME).write_text(older, "utf-8")
    settings, wrong = load(tmp_path)
    assert (settings, wrong) == (Settings(language="en", scale=125), None)
    save(tmp_path, settings)
    assert (tmp_path / f"{NAME}.format-1").read_text("utf-8") == older
    assert load(tmp_path) == (settings, None)


def test_the_file_of_a_newer_program_is_read_and_left_alone(tmp_path: Path) -> None:
    newer_sealed = sealed('format: 9\nlanguage: "en"\nmagic: "yes"\n')
    (tmp_path / NAME).write_bytes(newer_sealed)
    settings, wrong = load(tmp_path)
    assert settings.language == "en"
    assert wrong is not None
    assert wrong.key == "window.settings_newer"
    with pytest.raises(AuditorError, match="更新版本"):
        save(tmp_path, settings)
    assert (tmp_path / NAME).read_bytes() == newer_sealed


@pytest.mark.parametrize(
    "text",
    ["language: fr", "theme: 3", "scale: 90", "scale: true", "alias: [x]", "unknown: 1", "scale: '150'", "hand: third"],
)
def test_impossible_values_are_passed_over(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(f"{text}\nwindow: '1,2,3,4'\n", "utf-8")
    assert load(tmp_path) == (Settings(window="1,2,3,4"), None)


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe\x00",
        b"- a\n- b\n",
        b"a: [",
        b"x" * 70_000,
        b"\x00\x01",
        b"a: &a [*a]\n: :",
        b"!!python/object:os.x {}",
    ],
)
def test_a_damaged_file_is_set_aside_and_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    settings, wrong = load(tmp_path)
    assert settings == Settings()
    assert wrong is not None
    assert str(tmp_path / NAME) in str(wrong)
    assert wrong.remedy()
    kept = list(tmp_path.glob(f"{NAME}.damaged-*"))
    assert [one.read_bytes() for one in kept] == [data]
    assert load(tmp_path) == (Settings(), None)


def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    settings, wrong = load(tmp_path)
    assert settings == Settings()
    assert wrong is not None
    assert NAME in str(wrong)
