"""How far a batch of reports is, in words: on a terminal and in the window."""

from __future__ import annotations

from auditor.words import tr
from exports.batch import Progress

SURE = 3.0
"""Seconds before anything is said of the time left: the first reports take longer."""


def progress_words(progress: Progress) -> str:
    """已完成 120 / 1000 份 · 失败 1 份 · 约剩 2 分钟."""
    parts = [tr("batch.progress", done=progress.done, total=progress.total)]
    if progress.failed:
        parts.append(tr("batch.progress.failed", n=progress.failed))
    if progress.left and progress.seconds >= SURE:
        parts.append(tr("batch.progress.left", time=time_left(progress.left)))
    return " · ".join(parts)


def time_left(seconds: float) -> str:
    """No more exactly than it can be known: 40 秒, 3 分钟, 1 小时 5 分钟."""
    if seconds < 55:
        return tr("batch.seconds", n=max(5, round(seconds / 5) * 5))
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return tr("batch.minutes", n=minutes)
    return tr("batch.hours", h=minutes // 60, m=minutes % 60)
