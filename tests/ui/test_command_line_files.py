"""Files a newcomer hands to the command line by mistake: a sentence each time, never a hang or a crash (P6)."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from ui.command_line import main


@pytest.fixture
def audit(data: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["start", "greeting", "--data", str(data)]) == 0
    return capsys.readouterr().out.strip()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("ending", [".yaml", ".xlsx"])
def test_a_pipe_is_refused_not_waited_for(
    audit: str, data: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / f"pipe{ending}"
    os.mkfifo(pipe)
    assert main(["fill", audit, str(pipe), "--data", str(data)]) == 1
    assert pipe.name in capsys.readouterr().err


@pytest.mark.parametrize("ending", [".yaml", ".xlsx", ".csv"])
def test_a_name_longer_than_a_disk_takes_is_said(
    audit: str, data: Path, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    long = tmp_path / ("n" * 300 + ending)
    for words in (["fill", audit, long], ["branch", "import", long]):
        assert main([*map(str, words), "--data", str(data), "--json"]) == 1
        (problem,) = json.loads(capsys.readouterr().out)["problems"]
        assert problem["key"] != "cli.crashed"
        assert problem["remedy"]
