"""What a report's PDF carries, read back: the copy's own JSON (design §7).

The file may come from anywhere (P6): it is read in a process of its own, which may take neither long nor much memory.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Literal

from auditor.errors import AuditorError
from auditor.store import files

ATTACHED = "report.json"
LARGEST = 200_000_000
"""Bytes of a PDF; a report with a hundred photos has some fifty million."""
MOST_ATTACHED = 64_000_000
MOST_MEMORY = 2_000_000_000
PATIENCE = 8.0
"""Seconds."""
_MOST_BRANCHES = 1000
KNOWN_FORMAT = 1
_NEEDED = ("title", "copy", "branch", "revision", "result", "items", "sections", "draft")

Checked = Literal["same", "changed", "unknown"]


@dataclass(frozen=True, slots=True)
class Attached:
    """`report` is the attached document; `checked` whether its checksum holds, unknown where the PDF has none."""

    report: dict[str, Any]
    checked: Checked
    signed: bool
    """Whether the PDF has a signature; it is not examined here."""


def read_back(path: Path, patience: float = PATIENCE) -> Attached:
    """The report attached to a PDF. Raises `pdf.*`: empty, no PDF, too large, locked, damaged, another program's,
    a newer format; `store.*` where the file cannot be read."""
    data = files.read(path, LARGEST + 1)
    if not data:
        raise AuditorError("pdf.empty", file=str(path))
    if len(data) > LARGEST:
        raise AuditorError("pdf.too_large", file=str(path), most=LARGEST // 1_000_000)
    if b"%PDF-" not in data[:1024]:
        raise AuditorError("pdf.no_pdf", file=str(path))
    del data
    outcome, said = _apart(path, patience)
    if outcome != "read":
        raise AuditorError(f"pdf.{outcome}", file=str(path), said=said)
    attached, stated, signed = said
    return Attached(_report(attached, path), _compared(attached, stated), signed)


def _apart(path: Path, patience: float) -> tuple[str, Any]:
    """What a process of its own makes of the file; it is ended when it takes too long."""
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    reader = context.Process(target=_read, args=(str(path), there), daemon=True)
    reader.start()
    there.close()
    try:
        return here.recv() if here.poll(patience) else ("too_slow", "")
    except (EOFError, OSError):
        return "damaged", ""
    finally:
        here.close()
        reader.kill()
        reader.join()


def _read(path: str, answer: Connection) -> None:
    """In the process of its own: (outcome, what is to be said of it)."""
    _spare_memory()
    from pypdf import PdfReader

    try:
        reader = PdfReader(path)
        if reader.is_encrypted:
            return answer.send(("locked", ""))
        root: Any = reader.trailer["/Root"]
        held = next((spec for name, spec in _embedded(root) if name == ATTACHED), None)
        if held is None:
            return answer.send(("not_ours", ""))
        stream = held["/EF"]["/F"].get_object()
        content = stream.get_data()
        if len(content) > MOST_ATTACHED:
            return answer.send(("too_much", ""))
        stated = stream.get("/Params", {}).get("/CheckSum", b"")
        signed = any(_is_signature(one.get_object()) for one in root.get("/AcroForm", {}).get("/Fields", []))
        answer.send(("read", (content, _bytes(stated), signed)))
    except MemoryError:
        answer.send(("too_much", ""))
    except Exception as error:
        # pypdf raises anything at all at a hostile file: recursion, keys, types, its own
        limited = type(error).__name__ == "LimitReachedError"
        answer.send(("too_much", "") if limited else ("damaged", f"{type(error).__name__}: {error}"[:120]))
    return None


def _spare_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the clock alone has to do
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _embedded(root: Any) -> Iterator[tuple[str, Any]]:
    """(name, specification) of the attached files; another program may have hung them on branches of a tree."""
    left = [root["/Names"]["/EmbeddedFiles"]] if "/EmbeddedFiles" in root.get("/Names", {}) else []
    for _ in range(_MOST_BRANCHES):
        if not left:
            return
        branch = left.pop().get_object()
        left += branch.get("/Kids", [])
        names = branch.get("/Names", [])
        for at in range(0, len(names) - 1, 2):
            yield str(names[at]), names[at + 1].get_object()


def _bytes(words: Any) -> bytes:
    """A string of the PDF, which pypdf may have taken for text."""
    return bytes(words if isinstance(words, bytes) else words.original_bytes)


def _is_signature(field: Any) -> bool:
    return bool(field.get("/FT") == "/Sig" and "/V" in field)


def _compared(attached: bytes, stated: bytes) -> Checked:
    if not stated:
        return "unknown"
    return "same" if hashlib.md5(attached, usedforsecurity=False).digest() == stated else "changed"


def _report(attached: bytes, path: Path) -> dict[str, Any]:
    """The JSON, if it is a report of this program."""
    try:
        read = json.loads(attached)
    except (ValueError, RecursionError) as error:
        raise AuditorError("pdf.damaged", file=str(path), said=f"{ATTACHED}: {type(error).__name__}") from error
    if not isinstance(read, dict) or not isinstance(read.get("format"), int):
        raise AuditorError("pdf.not_ours", file=str(path), said="")
    if read["format"] > KNOWN_FORMAT:
        raise AuditorError("pdf.newer", file=str(path), format=read["format"], known=KNOWN_FORMAT)
    if not all(one in read for one in _NEEDED) or not isinstance(read["result"], dict):
        raise AuditorError("pdf.not_ours", file=str(path), said="")
    return read
