"""Every word of window, command line and reports, in each language: `auditor/locale/<language>/<area>.json`.

A key is `<area>.<name>`; the area is the file, read when first needed, so the command line never pays
for the window's words. Adding a language is adding a folder.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("zh", "en")

_chosen = "zh"
_for_now: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The language in force: `zh` or `en`."""
    return _for_now.get() or _chosen


def use_language(code: str) -> None:
    """Switch the whole process to a language, at once."""
    global _chosen
    if code not in LANGUAGES:
        raise ValueError(code)
    _chosen = code


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Another language for a while, in this thread or task only (a report's language, say)."""
    token = _for_now.set(code)
    try:
        yield
    finally:
        _for_now.reset(token)


@cache
def catalogue(code: str, area: str) -> dict[str, str]:
    """The words of one area in one language; an area without a file is empty."""
    path = FOLDER / code / f"{area}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def tr(key: str, /, *, default: str | None = None, lang: str | None = None, **values: Any) -> str:
    """The sentence of `key` with its `{named}` values filled in.

    A key that no catalogue has comes back as `default`, or as the key itself: visible, never a crash.
    """
    code = lang or language()
    sentence = catalogue(code, key.partition(".")[0]).get(key.partition(".")[2])
    if sentence is None:
        return key if default is None else default
    try:
        return sentence.format(**values)
    except (KeyError, IndexError, ValueError):
        return sentence
