"""Every text in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from auditor.checklist.outline import Flaw, Outline, Path
from auditor.checklist.parts import Text
from auditor.words import LANGUAGES


def translations(outline: Outline) -> Iterator[Flaw]:
    """A text that is not a plain one for all has each language."""
    yield from _texts(outline.checklist, ())


def _texts(part: BaseModel, path: Path) -> Iterator[Flaw]:
    fields = type(part).model_fields
    for name in filter(part.model_fields_set.__contains__, fields):
        value = getattr(part, name)
        here = (*path, fields[name].alias or name)
        if isinstance(value, BaseModel):
            yield from _of(value, here)
        elif isinstance(value, tuple):
            for n, one in enumerate(value):
                if isinstance(one, BaseModel):
                    yield from _of(one, (*here, n))


def _of(value: BaseModel, path: Path) -> Iterator[Flaw]:
    if isinstance(value, Text):
        for code in LANGUAGES:
            if getattr(value, code) is None:
                other = next(one for one in LANGUAGES if one != code)
                yield Flaw(path, f"no_{code}", {"text": value.in_(other)[:40]}, warning=True)
    else:
        yield from _texts(value, path)
