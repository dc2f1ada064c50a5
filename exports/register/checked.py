"""A written workbook opened as a reader would: checksums, one pass of the parser, rows counted (design §7, P3)."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import IO
from xml.parsers import expat

from auditor.errors import AuditorError

_AT_ONCE = 1 << 18
_ROW, _ERROR, _SHEET = b"<row ", b't="e">', b"<sheet "
"""`<` and `>` stand in no text unescaped, so these are counted in markup only."""


def check(temp: Path, path: Path, rows: Mapping[str, int], sheets: int) -> None:
    """Every entry whole and well-formed, no error value, as many sheets and rows as were written.

    `rows` gives the rows of long sheets by entry; `path` is what the file will be called. Raises `report.self_check`.
    """
    try:
        with zipfile.ZipFile(temp) as package:
            for name in package.namelist():
                with package.open(name) as part:
                    found = _counted(part)
                if found[_ERROR] or found[_ROW] != rows.get(name, found[_ROW]):
                    raise _broken(path, f"{name}: {found[_ROW]} / {rows.get(name, '')}")
                if name == "xl/workbook.xml" and found[_SHEET] != sheets:
                    raise _broken(path, f"{name}: {found[_SHEET]} / {sheets}")
            missing = rows.keys() - set(package.namelist())
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError) as error:
        raise _broken(path, f"{type(error).__name__}: {error}") from error
    if missing:
        raise _broken(path, ", ".join(sorted(missing)))


def _counted(part: IO[bytes]) -> dict[bytes, int]:
    """How often each mark stands in an entry; reading it to its end proves its checksum."""
    parser, kept = expat.ParserCreate(), b""
    found = {_ROW: 0, _ERROR: 0, _SHEET: 0}
    while data := part.read(_AT_ONCE):
        parser.Parse(data, False)
        # a mark cut by the edge of a part is counted with the next one
        whole = kept + data
        for mark in found:
            found[mark] += whole.count(mark) - kept.count(mark)
        kept = whole[-(max(map(len, found)) - 1) :]
    parser.Parse(b"", True)
    return found


def _broken(path: Path, said: str) -> AuditorError:
    return AuditorError("report.self_check", file=str(path), said=said)
