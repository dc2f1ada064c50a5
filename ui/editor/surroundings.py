"""What a field of one node has to know of the rest of the checklist: names and numbers of items and sections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.words import language
from checklists.tree import Path


def words_of_text(raw: object) -> str:
    """A raw text in the language in force, else in the other."""
    if isinstance(raw, dict):
        said = [raw.get(language()), *raw.values()]
        return next((one for one in said if isinstance(one, str) and one), "")
    return raw if isinstance(raw, str) else ""


@dataclass(frozen=True, slots=True)
class Place:
    """One section or item of the tree being edited."""

    path: Path
    id: str
    number: str
    text: str
    is_item: bool
    raw: dict[str, Any]

    @property
    def words(self) -> str:
        return f"{self.number} {self.text}".strip()


@dataclass(slots=True)
class Surroundings:
    """Every section and item in reading order; refreshed after each change."""

    places: list[Place] = field(default_factory=list)
    here: str = ""
    """The id of the node the form is about."""
    kind: str = ""
    """… and its kind, where it is an item."""

    def show(self, root: dict[str, Any]) -> None:
        self.places = list(places(root))

    def others(self) -> list[tuple[str, str]]:
        """(id, words) of all but the node itself."""
        return [(one.id, one.words) for one in self.places if one.id and one.id != self.here]

    def items(self) -> list[Place]:
        return [one for one in self.places if one.is_item]

    def find(self, id: str) -> Place | None:
        return next((one for one in self.places if one.id == id), None)


def owner(known: Sequence[Place], path: Path) -> Path:
    """The innermost section or item a path leads into; () is the checklist itself."""
    return max((one.path for one in known if path[: len(one.path)] == one.path), key=len, default=())


def places(root: dict[str, Any]) -> Iterator[Place]:
    """The sections and items of a raw checklist, numbered as people speak of them (`auditor.numbering`)."""
    yield from _sections(root.get("sections"), ("sections",), "")


def _sections(raw: object, path: Path, above: str) -> Iterator[Place]:
    for n, section in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(section, dict):
            continue
        number, here = f"{above}{n + 1}", (*path, n)
        yield Place(here, _id(section), number, words_of_text(section.get("title")), False, section)
        yield from _sections(section.get("sections"), (*here, "sections"), f"{number}.")
        yield from _items(section.get("items"), (*here, "items"), number)


def _items(raw: object, path: Path, above: str) -> Iterator[Place]:
    count = traps = 0
    for n, item in enumerate(raw if isinstance(raw, list) else []):
        if not isinstance(item, dict):
            continue
        if item.get("kind") == "info":
            number = ""
        elif str(item.get("trap", "")).lower() == "true":
            number, traps = f"{above}.{count}{chr(ord('a') + traps % 26)}", traps + 1
        else:
            count, traps = count + 1, 0
            number = f"{above}.{count}"
        yield Place((*path, n), _id(item), number, words_of_text(item.get("text")), True, item)


def _id(raw: dict[str, Any]) -> str:
    return raw["id"] if isinstance(raw.get("id"), str) else ""
