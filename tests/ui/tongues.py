"""Words of one language on a page of the other: what was forgotten in a switch, or never came from a catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from auditor import words
from checklists import library
from tests.ui.painted import Seen

PIECES = re.compile(r"\s*(?:[·:：,，;；()（）\n]|\s–\s)\s*")
"""What a line is put together with."""
WORD = re.compile(r"[^\W\d_]{2}")
"""Figures, keys and signs belong to no language."""
BOTH = frozenset({"中文", "English", "Delete"})
"""A language is called by its own name in every language, a key as it stands on the keyboard."""


def misplaced(window: QWidget, seen: Seen, code: str) -> list[str]:
    """Texts, whole or between separators, that stand in the other language's words only. `code` is that in force."""
    other = next(one for one in words.LANGUAGES if one != code)
    foreign = sentences(other) - sentences(code) - BOTH
    found: dict[str, str] = {}
    for widget, text in shown(window, seen):
        wrong = [piece for piece in (text, *PIECES.split(text)) if piece in foreign]
        if wrong:
            found[text] = f"{type(widget).__name__} {text[:50]}: {wrong[-1]}"
    return list(found.values())


def shown(window: QWidget, seen: Seen) -> Iterator[tuple[QWidget, str]]:
    """Every text a visible widget shows, says to a screen reader, or hints at."""
    for one in window.findChildren(QWidget):
        if not one.isVisible():
            continue
        yield from ((one, text) for text in (one.accessibleName(), one.toolTip()) if text)
        if isinstance(one, QLabel | QAbstractButton):
            yield one, one.text().replace("&&", "&")
        if isinstance(one, QLineEdit | QPlainTextEdit):
            yield one, one.placeholderText()
        if isinstance(one, QComboBox):
            yield from ((one, one.itemText(at)) for at in range(one.count()))
    yield from ((one.widget, one.text) for one in seen.texts)


@cache
def sentences(code: str) -> frozenset[str]:
    """Every sentence without values of the catalogues, and every text of the shipped checklists, in a language."""
    areas = [json.loads(path.read_text("utf-8")) for path in (words.FOLDER / code).glob("*.json")]
    plain = {said for area in areas for said in area.values() if "{" not in said}
    texts = {text for one in library.all() for text in _texts(one.model_dump(), code)}
    return frozenset(text for text in plain | texts if WORD.search(text))


def _texts(part: Any, code: str) -> Iterator[str]:
    """The texts in a language of a dumped checklist, wherever they stand."""
    if isinstance(part, dict):
        if part.keys() == set(words.LANGUAGES):
            yield part[code] or ""
        else:
            # the usual faults become the inspector's own words, in his language, once they are chosen
            yield from (text for name, one in part.items() if name != "faults" for text in _texts(one, code))
    elif isinstance(part, list | tuple):
        yield from (text for one in part for text in _texts(one, code))
