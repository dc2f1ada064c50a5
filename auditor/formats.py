"""Dates, durations and points as a bank prints them (report conventions), in the language in force."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from auditor.figures import plain
from auditor.words import tr


def points(x: Decimal | Fraction | int) -> str:
    """`96.35 分` / `96.35 points`."""
    return tr("common.points", figure=plain(x) if isinstance(x, Fraction) else f"{x}")


def long_date(day: date) -> str:
    """`2026年3月5日` / `5 March 2026`, for running text."""
    names = tr("common.months").split()
    return tr("common.date", y=day.year, m=day.month, d=day.day, month=names[day.month - 1] if names else "")


def half_day(moment: datetime) -> str:
    """`上午` / `morning`: the precision of times in a covert visit's branch copy."""
    return tr("common.half_day.am" if moment.hour < 12 else "common.half_day.pm")


def duration(seconds: Decimal) -> str:
    """`11.8秒`, `6分08秒`, `1小时02分05秒`."""
    if seconds < 60:
        return tr("common.seconds", s=plain(seconds))
    minutes, s = divmod(int(seconds.to_integral_value()), 60)
    hours, m = divmod(minutes, 60)
    return tr("common.hours", h=hours, m=m, s=s) if hours else tr("common.minutes", m=m, s=s)
