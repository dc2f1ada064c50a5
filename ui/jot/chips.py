"""Words to tap: what the checklist's items and usual faults are about, in a word or two each."""

from __future__ import annotations

import re

from auditor.checklist.model import Checklist
from auditor.words import language, tr

NAMES = (
    "badge",
    "smile",
    "dialect",
    "pushed",
    "screen",
    "stand",
    "greeted",
    "papers",
    "phone",
    "goodbye",
    "queue",
    "jargon",
    "hands",
    "chat",
    "passed_on",
    "interrupted",
    "risk",
    "clean",
)
"""In the order in which they are offered; `jot.chip.<name>.in` are the words that call for one."""
LEAST, MOST = 6, 9


def quick_words(checklist: Checklist) -> list[str]:
    """Those the checklist speaks of, at most nine; with the usual ones behind them where it speaks of few."""
    said = " ".join(_texts(checklist)).lower()
    found = [name for name in NAMES if any(_is_in(word, said) for word in tr(f"jot.chip.{name}.in").split())]
    others = [name for name in NAMES if name not in found]
    return [tr(f"jot.chip.{name}") for name in (*found, *others)[: max(LEAST, min(len(found), MOST))]]


def _texts(checklist: Checklist) -> list[str]:
    texts: list[str] = []
    for item in checklist.items():
        texts.append(item.text.in_(language()))
        texts += [fault.text.in_(language()) for fault in item.faults]
        texts += [option.text.in_(language()) for option in item.options]
    return texts


def _is_in(word: str, said: str) -> bool:
    return bool(re.search(rf"\b{re.escape(word)}\b", said)) if word.isascii() else word in said
