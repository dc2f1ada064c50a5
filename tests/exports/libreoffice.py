"""Workbooks recalculated by LibreOffice, many in one call, with a profile of our own that always recalculates."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")

needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse">
<value>0</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office"><prop oor:name="ooSetupInstCompleted" oor:op="fuse">
<value>true</value></prop></item>
</oor:items>
"""


def profile(folder: Path) -> Path:
    """A user profile whose workbooks are recalculated whenever they are opened (mode 0: always)."""
    user = folder / "libreoffice" / "user"
    if not user.exists():
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    return user.parent


AT_ONCE = 50
"""Files per call: LibreOffice is slow to start, but does not live for ever."""


def convert(files: Sequence[Path], to: str, out: Path, work: Path, timeout: int = 240) -> list[Path]:
    """All `files` converted to the format `to`, many in one call; results in `out`, in the order asked for."""
    parts = [files[first : first + AT_ONCE] for first in range(0, len(files), AT_ONCE)]
    return [one for part in parts for one in _converted(part, to, out, work, timeout)]


def _converted(files: Sequence[Path], to: str, out: Path, work: Path, timeout: int) -> list[Path]:
    assert SOFFICE is not None
    out.mkdir(parents=True, exist_ok=True)
    home = profile(work).resolve().as_uri()
    command = [SOFFICE, f"-env:UserInstallation={home}", "--headless", "--norestore", "--convert-to", to]
    done = subprocess.run(
        [*command, "--outdir", str(out), *map(str, files)], capture_output=True, text=True, timeout=timeout, check=False
    )
    results = [out / f"{file.stem}.{to.partition(':')[0]}" for file in files]
    missing = [str(one) for one in results if not one.exists()]
    assert not missing, f"not converted: {missing}\n{done.stdout}\n{done.stderr}"
    return results


def recalculated(files: Sequence[Path], work: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them after calculating every formula anew."""
    return convert(files, "xlsx", work / "recalculated", work)
