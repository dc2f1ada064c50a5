"""The month trend: a line with its figures, the number of visits under every month, and the table behind it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal

from exports.comparison.figures import Month
from exports.pdf.flow import Piece
from exports.pdf.ink import Disc, Ink, Rule
from exports.pdf.lines import Typesetter
from exports.pdf.look import BRAND, FAINT, LANDSCAPE, LINE, SMALL_BOLD, TINY, TINY_BOLD, TINY_INK, WHITE
from exports.pdf.tables import Cell, Column, Row, Table
from exports.register.ranking import rate
from exports.speech import Speech

_HEIGHT, _TOP, _LEFT = 168.0, 18.0, 34.0
_FOOT = 30.0
_MOST = 18
"""Months side by side; of more, each further chart has as many."""


def trend_pieces(months: Sequence[Month], setter: Typesetter, speech: Speech) -> list[Piece]:
    """Charts of the same scale, then every month in a row."""
    known = [one.mean.figure for one in months if one.mean.figure is not None]
    low, high = _range(known)
    parts = math.ceil(len(months) / _MOST)
    each = math.ceil(len(months) / parts)
    charts = [_chart(months[at : at + each], low, high, setter, speech) for at in range(0, len(months), each)]
    return [*charts, *_table(months, setter, speech)]


def _range(figures: Sequence[Decimal]) -> tuple[int, int]:
    """Whole fives round the figures; the axis says where it begins."""
    low = math.floor((float(min(figures)) - 1) / 5) * 5
    high = math.ceil((float(max(figures)) + 1) / 5) * 5
    return low, max(high, low + 10)


def _chart(months: Sequence[Month], low: int, high: int, setter: Typesetter, speech: Speech) -> Piece:
    floor = _HEIGHT - _FOOT
    room = (LANDSCAPE - _LEFT) / max(1, len(months))

    def level(figure: float) -> float:
        return floor - (figure - low) / (high - low) * (floor - _TOP)

    step = 5 if high - low <= 30 else 10 if high - low <= 60 else 20
    inks: list[Ink] = []
    for mark in range(low, high + 1, step):
        y = level(mark)
        inks.append(Rule(_LEFT, y, LANDSCAPE, y, LINE if mark == low else FAINT))
        inks.append(setter.ending(_LEFT - 6, y - TINY.leading / 2, str(mark), TINY))
    before: tuple[float, float] | None = None
    points: list[Ink] = []
    for place, one in enumerate(months):
        x = _LEFT + room * (place + 0.5)
        inks.append(setter.middle(x, floor + 4, _named(one), TINY_INK))
        inks.append(setter.middle(x, floor + 15, speech.one("comparison.times", n=one.mean.visits), TINY))
        if one.mean.figure is None:
            before = None
            continue
        y = level(float(one.mean.figure))
        if before is not None:
            inks.append(Rule(*before, x, y, BRAND, 1.4))
        points += [Disc(x, y, 3.2, BRAND, WHITE), setter.middle(x, y - 16, str(one.mean.figure), TINY_BOLD)]
        before = x, y
    return Piece(_HEIGHT + 4, [*inks, *points], keep=True, gap=8)


def _named(one: Month) -> str:
    return f"{one.year}-{one.month:02}"


def _table(months: Sequence[Month], setter: Typesetter, speech: Speech) -> list[Piece]:
    keys = (
        ("month", 110),
        ("visits", 80),
        ("mean", 100),
        ("highest", 90),
        ("lowest", 90),
        ("judged", 90),
        ("passed", 90),
        ("vetoed", 99.8),
    )
    columns = [
        Column(speech.tr(f"comparison.col.{key}"), width, "left" if key == "month" else "right") for key, width in keys
    ]
    rows = []
    for one in months:
        mean = "–" if one.mean.figure is None else str(one.mean.figure)
        edges = ["–" if edge is None else str(edge) for edge in (one.highest, one.lowest)]
        passed = rate(one.passed, one.judged) or "–"
        figures: list[str | Cell] = [
            _named(one),
            str(one.mean.visits),
            Cell(mean, SMALL_BOLD),
            *edges,
        ]
        rows.append(Row([*figures, str(one.judged), passed, str(one.vetoed)]))
    return Table(setter, columns, grid=True).pieces(rows)
