"""Small wordings that several parts of the PDF share."""

from __future__ import annotations

from exports.speech import Speech


def figures(numbers: tuple[int, ...], speech: Speech) -> str:
    """图1, 图3至图8."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][-1] == n - 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    one = speech.one
    words = [
        one("report.figure", n=run[0]) if len(run) == 1 else one("report.figures", first=run[0], last=run[-1])
        for run in runs
    ]
    return one("common.comma").join(words)
