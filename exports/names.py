"""File names by the conventions: 机构号_网点_类型_20260305.pdf, a second one of the same name -2, -3.

A layout other than the full report adds its word: 机构号_网点_类型_整改通知书_20260305.pdf.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from auditor.audit import Header
from auditor.words import tr
from exports.blocks import Report
from exports.moments import moment
from exports.speech import Speech

_UNWANTED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)})
_MOST_BYTES = 150
"""Of a stem in UTF-8: with a counter, an ending and a temporary name it stays within 255."""


def stem(report: Report) -> str:
    """The name without ending; what is not known is left out. Nothing in it identifies the shopper (P7)."""
    return called(report.branch_code, report.branch, report.kind, report.day, report.lang, report.layout)


def called(code: str, branch: str, kind: str, day: str, lang: str, layout: str = "full") -> str:
    """The same from its parts: organisation code, outlet, kind of check, `YYYYMMDD`, language, layout."""
    first = Speech(lang).first
    kind = tr(f"common.kind.{kind}", lang=first)
    words = "" if layout == "full" else tr(f"layouts.{layout}", lang=first)
    tail = [part for part in (safe(kind), safe(words), day) if part]
    room = _MOST_BYTES - len("_".join(["", *tail]).encode())
    head = "_".join(part for part in (safe(code), safe(branch)) if part)
    name = "_".join([part for part in (_cut(head, room), *tail) if part])
    return f"_{name}" if name.split(".")[0].upper() in _RESERVED else name


def beside(header: Header, words: str, lang: str) -> str:
    """The same for what goes out beside a report, `words` saying what it is: 机构号_网点_类型_日期_填写表."""
    when = moment(header.visited)
    code = "" if header.branch == header.branch_name else header.branch
    name = called(code, header.branch_name, header.kind, f"{when:%Y%m%d}" if when else "", lang)
    return f"{name}_{safe(words)}"


def safe(text: str) -> str:
    """Words as part of a file name on every system: no separators, no hidden or direction marks, no dot at an end."""
    text = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text))
    text = "".join(
        char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    )
    return _UNWANTED.sub("-", text).strip(" .-_")


def free(folder: Path, name: str, endings: Collection[str], taken: Collection[str] = ()) -> str:
    """`name`, or `name-2`, `name-3` …: the first for which no file of these endings is there and which is not taken."""
    number = 1
    while True:
        tried = name if number == 1 else f"{name}-{number}"
        if tried not in taken and not any((folder / f"{tried}.{ending}").exists() for ending in endings):
            return tried
        number += 1


def _cut(text: str, most: int) -> str:
    """The beginning of a text that fits into `most` bytes of UTF-8, no character cut."""
    return text.encode()[:most].decode(errors="ignore").rstrip(" .-_")
