"""What a measured value comes to, in words: `≤ 15 秒 · 满分`."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from auditor import formats
from auditor.audit import Value
from auditor.checklist.model import Item
from auditor.checklist.parts import Band
from auditor.figures import plain
from auditor.kinds.points import band_of, deduction
from auditor.words import tr
from ui.look.style import Tone


def band_badge(item: Item, value: Value, *, blind: bool = False) -> tuple[str, Tone]:
    """The band a value falls into and what it costs, with its tone; ("", "quiet") where there is none."""
    if not item.bands or not isinstance(value, int | Decimal):
        return "", "quiet"
    band = band_of(item, Decimal(value))
    if band is None:
        return "", "quiet"
    words = str(band.text) if band.text is not None else _range(item, band)
    if blind or not item.scored:
        return words, "quiet"
    lost = min(deduction(item, band), Fraction(item.points or 0) - Fraction(item.floor))
    tone: Tone = "failed" if band.critical else "lost" if lost > 0 else "good"
    return f"{words} · {tr('capture.full') if lost <= 0 else f'−{plain(lost)}'}", tone


def _range(item: Item, band: Band) -> str:
    limits = [one.up_to for one in item.bands if one.up_to is not None]
    if band.up_to is not None:
        return f"≤ {_measure(item, band.up_to)}"
    return f"> {_measure(item, limits[-1])}" if limits else ""


def _measure(item: Item, limit: Decimal) -> str:
    if item.kind == "duration":
        return formats.duration(limit)
    return f"{plain(limit)} {item.measure}" if item.measure else plain(limit)
