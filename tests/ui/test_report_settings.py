"""Report settings: one file, read by window and command line; set on the settings page with a preview."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from auditor.errors import AuditorError
from exports.letterhead import Letterhead
from exports.report_settings import NAME, NAMES, ReportSettings, load, save
from ui.command_line import main


@pytest.fixture
def logo(tmp_path) -> Path:
    path = tmp_path / "行标.png"
    Image.new("RGB", (300, 100), "#8C1D2B").save(path)
    return path


def test_what_is_saved_is_read_again(tmp_path, logo):
    kept = ReportSettings(
        Letterhead("甲银行", "头", "脚", "8C1D2B", red_head=True, red_words="文件"), paper="letter", decimals=3
    )
    kept = replace(kept, times_branch="date").with_text("logo", str(logo))
    save(tmp_path / "new", kept)
    assert load(tmp_path / "new") == (kept, None)


def test_no_file_is_no_fault(tmp_path):
    assert load(tmp_path) == (ReportSettings(), None)


@pytest.mark.parametrize(
    "row",
    [
        {"colour": "yellow"},
        {"bank": "字" * 99},
        {"paper": "b5"},
        {"decimals": 9},
        {"times_branch": 3},
        {"logo": "?"},
        {"logo": "aGVsbG8="},
        {"logo": 5},
        {"red_head": "yes"},
        {"unknown": 1},
        {"bank": ["x"]},
    ],
)
def test_impossible_values_are_passed_over_by_name(tmp_path, monkeypatch, logo, row):
    """P2: never silently; and no value of the file names another file to be read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "5").write_bytes(logo.read_bytes())
    (tmp_path / NAME).write_text(json.dumps({"format": 1, "header": "头", **row}), "utf-8")
    settings, wrong = load(tmp_path)
    assert settings == ReportSettings(Letterhead(header="头"))
    assert wrong is not None
    assert wrong.key == "reports.passed_over"
    assert next(iter(row)) in str(wrong)


def test_what_a_newer_program_wrote_is_read_and_left_as_it_is(tmp_path):
    data = json.dumps({"format": 2, "header": "头", "seal": "round"}).encode()
    (tmp_path / NAME).write_bytes(data)
    settings, wrong = load(tmp_path)
    assert settings == ReportSettings(Letterhead(header="头"))
    assert wrong is not None
    assert wrong.key == "reports.newer"
    with pytest.raises(AuditorError, match="更新版本"):
        save(tmp_path, settings)
    assert (tmp_path / NAME).read_bytes() == data


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": "1"}', b" " * 5_000_000])
def test_a_damaged_file_is_named_and_kept_when_settings_are_saved_anew(tmp_path, data):
    (tmp_path / NAME).write_bytes(data)
    settings, wrong = load(tmp_path)
    assert settings == ReportSettings()
    assert wrong is not None
    assert str(tmp_path / NAME) in str(wrong)
    assert wrong.remedy()
    save(tmp_path, ReportSettings(Letterhead("甲")))
    assert [one.read_bytes() for one in tmp_path.glob(f"{NAME}.damaged-*")] == [data]
    assert load(tmp_path) == (ReportSettings(Letterhead("甲")), None)


def test_by_default_the_kind_of_check_decides_how_exact_times_are():
    assert dict(ReportSettings().options())["times"] == ()
    assert dict(ReportSettings(times_public="date").options())["times"] == (("public", "date"),)


def test_backups_keep_them():
    from auditor.store import generations

    assert generations._PATH.fullmatch(NAME)


def test_the_command_shows_and_changes_them(tmp_path, logo, capsys):
    def typed(*words: str) -> tuple[int, str, str]:
        code = main(["--data", str(tmp_path / "data"), *words])
        return code, *capsys.readouterr()

    assert typed("settings", "set", "bank", "甲银行")[0] == 0
    assert typed("settings", "set", "logo", str(logo))[0] == 0
    code, out, _ = typed("settings", "--json")
    assert code == 0
    told = json.loads(out)
    assert set(told) == set(NAMES)
    assert told["bank"] == "甲银行"
    code, _, wrong = typed("settings", "set", "colour", "FFFFFF")
    assert code == 1
    assert "FFFFFF" in wrong
    code, _, wrong = typed("settings", "set", "shade", "x")
    assert code == 1
    assert "colour" in wrong


def test_exports_by_command_use_them(tmp_path, capsys):
    from pypdf import PdfReader

    data, to = tmp_path / "data", tmp_path / "to"
    assert main(["--data", str(data), "demo", "--audits", "3"]) == 0
    save(data, ReportSettings(Letterhead("甲银行"), paper="letter"))
    capsys.readouterr()
    assert main(["--data", str(data), "--json", "export", "--to", str(to), "--format", "pdf", "--jobs", "1"]) == 0
    for name in json.loads(capsys.readouterr().out)["files"]:
        read = PdfReader(name)
        assert read.metadata.title.startswith("甲银行")
        assert {round(float(one)) for one in read.pages[0].mediabox[2:]} == {612, 792}


def test_the_card_sets_shows_and_refuses(qtbot, logo):
    from ui.settings.report_settings_card import ReportSettingsCard

    card = ReportSettingsCard(ReportSettings())
    qtbot.addWidget(card)
    seen: list[ReportSettings] = []
    card.changed.connect(seen.append)
    card.fields["bank"].setText("甲银行")
    card.fields["bank"].editingFinished.emit()
    card.take_logo(logo)
    card.swatches["8C1D2B"].click()
    now = seen[-1].letterhead
    assert (now.bank, now.colour, bool(now.logo)) == ("甲银行", "8C1D2B", True)
    count = len(seen)
    card.fields["colour"].setText("FFFF00")
    card.fields["colour"].editingFinished.emit()
    assert not card.wrong.isHidden()
    assert "FFFF00" in card.wrong.text()
    assert len(seen) == count
    card.choices["times_branch"].buttons()[1].click()
    assert not card.warning.isHidden()
    card.remove_logo.click()
    assert seen[-1].letterhead.logo == b""


def test_the_preview_shows_the_banks_colour(qtbot):
    from ui.settings.report_head import ReportHead

    head = ReportHead()
    qtbot.addWidget(head)
    head.show_letterhead(Letterhead(colour="8C1D2B"))
    head.resize(head.sizeHint())
    image = head.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}
    assert "#8c1d2b" in seen


def test_a_wrong_name_is_a_sentence():
    with pytest.raises(AuditorError, match="shade"):
        ReportSettings().with_text("shade", "x")
