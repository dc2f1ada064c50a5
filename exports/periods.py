"""Quarters: of a visit, of many, and as a bank names them (检查期次, 统计期间)."""

from __future__ import annotations

import re
from collections.abc import Collection

from exports.moments import moment
from exports.speech import Speech

_QUARTER = re.compile(r"(\d{4})(?:\s*[-/]?\s*Q([1-4])|年第?([1-4一二三四])季度?)", re.IGNORECASE)


def quarter(iso: str) -> int:
    """A number that grows by one from quarter to quarter; 0 where there is no date."""
    when = moment(iso)
    return when.year * 4 + (when.month - 1) // 3 if when else 0


def within_one(days: Collection[str]) -> int:
    """The quarter in which all days lie, as `quarter` numbers it; else 0."""
    numbers = {quarter(one) for one in days}
    return numbers.pop() if len(numbers) == 1 else 0


def spelt(number: int, speech: Speech) -> str:
    """2026年第一季度; nothing for 0."""
    if not number:
        return ""
    year, before = divmod(number, 4)
    return speech.tr("report.quarter", year=year, quarter=speech.tr(f"report.quarter.{before + 1}"))


def named(wave: str, visited: str, speech: Speech) -> str:
    """The wave as typed, a quarter spelt out; without one the quarter of the visit."""
    found = _QUARTER.fullmatch(wave)
    if wave and not found:
        return wave
    if found:
        return spelt(int(found[1]) * 4 + "1234一二三四".index(found[2] or found[3]) % 4, speech)
    return spelt(quarter(visited), speech)
