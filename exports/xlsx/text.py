"""Text from outside on its way into a cell: always text, never a formula, never cut, never undoing the file."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import Cell

LONGEST = 32_767
"""Characters Excel keeps in one cell; openpyxl cuts the rest without a word."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LOOKS_LIVE = "=+-@＝＋－＠\t\r'"


def gated(text: str) -> str:
    """`text` without what no XML file may hold (control characters, lone surrogates, U+FFFE, U+FFFF)."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def pieces(text: str) -> list[str]:
    """`text` in parts one cell can hold: the first for its own row, others for continuation rows."""
    parts, rest = [], gated(text)
    while _units(rest) > LONGEST:
        cut = LONGEST
        while _units(rest[:cut]) > LONGEST:
            cut -= _units(rest[:cut]) - LONGEST
        parts.append(rest[:cut])
        rest = rest[cut:]
    return [*parts, rest]


def _units(text: str) -> int:
    """Length as Excel counts it, in UTF-16 units; `_x0041_` costs what its escape adds."""
    return len(_LOOKS_ESCAPED.sub("_x005F_", text).encode("utf-16-le")) // 2


def put(cell: Cell, value: Any) -> None:
    """One value into one cell: text as text whatever it begins with, Decimal as a number, days as days."""
    if isinstance(value, str):
        if not value:
            return
        cell.value = _LOOKS_ESCAPED.sub("_x005F_", gated(value))
        cell.data_type = "s"
        if value[0] in _LOOKS_LIVE:
            cell.quotePrefix = True
    elif isinstance(value, datetime):
        cell.value = value.replace(tzinfo=None)
    elif isinstance(value, date | int | float):
        cell.value = value
    elif isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    elif value is not None:
        raise TypeError(type(value))
