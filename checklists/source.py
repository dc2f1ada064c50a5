"""A file's bytes as text, or a Problem that says why not: missing, empty, binary, huge, wrongly encoded (P6)."""

from __future__ import annotations

import errno
import re
import stat
import unicodedata
from pathlib import Path
from typing import Any

from auditor.errors import Problem, ProblemsError

MOST_BYTES = 2_000_000
"""Some 4,000 items; a file that says more is no checklist."""

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML allows in no file."""

_SIGNATURES = {
    b"PK\x03\x04": "Excel / ZIP",
    b"\xd0\xcf\x11\xe0": "Excel / Word 97–2003",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
    b"SQLite": "SQLite",
}


def read_text(path: Path) -> str:
    """The text of a file, in NFC, without a byte order mark. Raises ProblemsError naming file, place and remedy."""
    try:
        data = _bytes(path)
    except OSError as error:
        key, values = _why(error)
        raise _refused(path, key, **values) from None
    text = _decoded(path, data)
    wrong = [
        Problem("source.character", {"code": f"U+{ord(hit[0]):04X}"}, str(path), *_line_and_column(text, hit.start()))
        for hit, _ in zip(_NOT_TEXT.finditer(text), range(50), strict=False)
    ]
    if wrong:
        raise ProblemsError("source.refused", wrong, file=str(path))
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _bytes(path: Path) -> bytes:
    """At most `MOST_BYTES` of an ordinary file; a device or a pipe is never opened."""
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise _refused(path, "source.folder")
    if not stat.S_ISREG(state.st_mode):
        raise _refused(path, "source.not_a_file")
    if state.st_size > MOST_BYTES:
        raise _refused(path, "source.huge", size=f"{state.st_size / 1e6:.1f}", most=f"{MOST_BYTES // 1_000_000}")
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


def _why(error: OSError) -> tuple[str, dict[str, Any]]:
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
        return "source.missing", {}
    if error.errno in (errno.EACCES, errno.EPERM):
        return "source.forbidden", {}
    return "source.unreadable", {"code": errno.errorcode.get(error.errno or 0, type(error).__name__)}


def _decoded(path: Path, data: bytes) -> str:
    for mark, name in ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16")):
        if data.startswith(mark):
            raise _refused(path, "source.encoding", encoding=name)
    for signature, name in _SIGNATURES.items():
        if data.startswith(signature):
            raise _refused(path, "source.binary", what=name)
    if b"\0" in data:
        half = max(data[0::2].count(0), data[1::2].count(0))
        if half * 5 > len(data):
            raise _refused(path, "source.encoding", encoding="UTF-16")
        raise _refused(path, "source.binary", what="NUL")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, _ = _line_and_column(data[: error.start].decode("latin-1"), error.start)
        name = _chinese_encoding(data)
        if name:
            raise _refused(path, "source.encoding", line, encoding=name) from None
        raise _refused(path, "source.not_utf8", line, byte=f"{data[error.start]:02X}") from None
    if not text.strip():
        raise _refused(path, "source.empty")
    return text


def _chinese_encoding(data: bytes) -> str:
    """`GBK` when the bytes read as everyday Chinese in it, else an empty string."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    foreign = [c for c in text if c > "\x7f"]
    chinese = sum("\u4e00" <= c <= "\u9fff" or c in "，。：；、（）“”《》？—…　" for c in foreign)
    return "GBK" if foreign and chinese * 10 >= len(foreign) * 8 else ""


def _line_and_column(text: str, at: int) -> tuple[int, int]:
    before = text[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


def _refused(path: Path, key: str, line: int = 0, **values: Any) -> ProblemsError:
    values = {"file": str(path), **values}
    return ProblemsError(key, [Problem(key, values, str(path), line)], **values)
