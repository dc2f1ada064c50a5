"""Long words in narrow places: a beginning where they stand, the whole in the annex, once."""

from __future__ import annotations

from collections.abc import Iterator

from exports.blocks import Report
from exports.speech import Speech

LONG = 420
"""Characters from which a text is printed in the annex."""
_SHOWN = 180


def short(text: str, speech: Speech) -> str:
    """The text, or its beginning and where the rest is."""
    return text if len(text) <= LONG else text[:_SHOWN].rstrip() + speech.one("report.in_full_below")


def long_texts(report: Report, speech: Speech) -> Iterator[tuple[str, str, str]]:
    """Path, title and words of every text that was cut short, in the order of the item table."""
    for row in report.items:
        told = (("common.reason", row.reason), ("report.answer", row.answer), ("report.note_label", row.note))
        for key, words in told:
            if len(words) > LONG:
                name = f"{row.number} {row.name}".replace("\n", " ").strip()
                yield row.path, f"{name} · {speech.tr(key)}", words
