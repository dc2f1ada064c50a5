"""Highlights and praise that begin at an item: the sentence suggested, and what the header already says of it."""

from __future__ import annotations

from dataclasses import replace

from auditor.audit import Header
from auditor.checklist.model import Item
from auditor.words import LANGUAGES, speaking, tr


def sentence(item: Item, instance: str = "") -> str:
    """What a highlight of an item begins with: its own words, behind the name of the instance where it repeats."""
    return tr("praise.of_instance", name=instance, text=item.text) if instance else str(item.text)


def openings(item: Item, instance: str = "") -> tuple[str, ...]:
    """The same in every language: a highlight stays one when the language is changed."""
    found = []
    for code in LANGUAGES:
        with speaking(code):
            found.append(sentence(item, instance))
    return tuple(dict.fromkeys(found))


def is_highlight(header: Header, starts: tuple[str, ...]) -> bool:
    return any(one.startswith(starts) for one in header.highlights)


def is_praised(header: Header, starts: tuple[str, ...]) -> bool:
    return any(one.text.startswith(starts) for one in header.praises)


def toggled(header: Header, starts: tuple[str, ...], suggested: str, note: str = "") -> Header:
    """The header with an item's highlight put in, its note behind it, or taken out."""
    kept = tuple(one for one in header.highlights if not one.startswith(starts))
    if len(kept) < len(header.highlights):
        return replace(header, highlights=kept)
    words = tr("praise.with_note", text=suggested, note=" ".join(note.split())) if note else suggested
    return replace(header, highlights=(*kept, words))
