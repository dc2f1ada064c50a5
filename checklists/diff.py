"""What changed between two versions of a checklist, by stable id (S8): for authors, and before scores are compared."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from auditor.checklist.model import Checklist, Item, Section
from auditor.checklist.parts import Option, Text
from auditor.words import LANGUAGES, tr

What = Literal["added", "removed", "moved", "reworded", "points", "options", "rules", "settings"]

_WORDS = ("title", "intro", "text", "standard", "guidance", "action", "valid_text", "measure", "labels", "description")
_POINTS = frozenset(
    "points floor role on unit max bands weight max_deduction over reversed low high scale decimals ceiling".split()
)
_APART = frozenset("id items sections options version changes".split())
"""Compared by themselves, or meant to differ."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what kind, of which item or section (an empty id: the checklist), from what to what."""

    what: What
    part: Literal["item", "section", "checklist"]
    id: str
    title: Text
    detail: str = ""
    """The key or option that differs."""
    old: str = ""
    new: str = ""

    def as_json(self) -> dict[str, Any]:
        """The shape that `checklist diff --json` prints."""
        return {
            "what": self.what,
            "part": self.part,
            "id": self.id,
            "title": {code: self.title.in_(code) for code in LANGUAGES},
            "detail": self.detail,
            "old": self.old,
            "new": self.new,
        }

    def text(self) -> str:
        """A line for people, in the language in force."""
        part = tr(f"checklist.diff.part.{self.part}")
        name = f"{part} {self.id} {self.title}" if self.id else part
        values = {"name": name, "detail": self.detail, "old": self.old or "–", "new": self.new or "–"}
        return tr(f"checklist.diff.{self.what}", **values)


def compare(old: Checklist, new: Checklist) -> list[Change]:
    """All changes in the new checklist's reading order, what is gone last. No change: an empty list."""
    changes = [*_fields("checklist", "", new.title, old, new)]
    before, after = _places(old), _places(new)
    kept_before = [id for id in before if id in after]
    kept_after = [id for id in after if id in before]
    moved = _moved(kept_before, kept_after)
    for id, (part, home, one) in after.items():
        title = one.text if isinstance(one, Item) else one.title
        if id not in before:
            changes.append(Change("added", part, id, title, new=home))
            continue
        old_part, old_home, other = before[id]
        if old_home != home or id in moved:
            changes.append(Change("moved", part, id, title, old=old_home, new=home))
        if old_part == part:
            changes += _fields(part, id, title, other, one)
            if isinstance(one, Item) and isinstance(other, Item):
                changes += _options(one, other)
    for id, (part, home, one) in before.items():
        if id not in after:
            title = one.text if isinstance(one, Item) else one.title
            changes.append(Change("removed", part, id, title, old=home))
    return changes


_Place = tuple[Literal["item", "section"], str, "Item | Section"]


def _places(checklist: Checklist) -> dict[str, _Place]:
    """By id, in reading order: kind of part, id of the section above, the part."""
    found: dict[str, _Place] = {}
    for section, above in checklist.walk():
        found[section.id] = ("section", above[-1].id if above else "", section)
        for item in section.items:
            found[item.id] = ("item", section.id, item)
    return found


def _moved(before: list[str], after: list[str]) -> set[str]:
    """The fewest ids that must move so that the order before becomes the order after."""
    rank = {id: n for n, id in enumerate(before)}
    tails: list[int] = []
    ends: list[str] = []
    back: dict[str, str] = {}
    for id in after:
        at = bisect_left(tails, rank[id])
        if at:
            back[id] = ends[at - 1]
        tails[at : at + 1] = [rank[id]]
        ends[at : at + 1] = [id]
    stays = set()
    id = ends[-1] if ends else ""
    while id:
        stays.add(id)
        id = back.get(id, "")
    return set(after) - stays


def _fields(
    part: Literal["item", "section", "checklist"], id: str, title: Text, old: BaseModel, new: BaseModel
) -> Iterator[Change]:
    """Keys that differ: words, points, rules; of the checklist itself, settings."""
    for name, field in type(new).model_fields.items():
        a, b = getattr(old, name, None), getattr(new, name)
        if name in _APART or a == b:
            continue
        key = field.alias or name
        if name in _WORDS:
            yield Change("reworded", part, id, title, key, _shown(a), _shown(b))
        elif name in _POINTS:
            yield Change("points", part, id, title, key, _shown(a), _shown(b))
        else:
            what: What = "settings" if part == "checklist" else "rules"
            yield Change(what, part, id, title, key, _shown(a), _shown(b))


def _options(new: Item, old: Item) -> Iterator[Change]:
    before = {option.id: option for option in old.options}
    after = {option.id: option for option in new.options}
    for id, option in after.items():
        if id not in before:
            yield Change("options", "item", new.id, new.text, id, "", _option(option))
        elif before[id] != option:
            words = before[id].model_copy(update={"text": option.text}) == option
            what: What = "reworded" if words else "options"
            yield Change(what, "item", new.id, new.text, id, _option(before[id]), _option(option))
    for id, option in before.items():
        if id not in after:
            yield Change("options", "item", new.id, new.text, id, _option(option), "")


def _option(option: Option) -> str:
    rest = option.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"id", "text"})
    return f"{option.text}{tr('common.brackets', text=_pairs(rest)) if rest else ''}"


def _shown(value: Any) -> str:
    """A value on one line, at most 120 characters."""
    if value is None:
        return ""
    if isinstance(value, BaseModel) and not isinstance(value, Text):
        text = _pairs(value.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    elif isinstance(value, tuple):
        text = "; ".join(_shown(one) for one in value)
    else:
        text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 120 else text[:119] + "…"


def _pairs(plain: Any) -> str:
    if isinstance(plain, dict):
        return ", ".join(f"{key}: {_pairs(value)}" for key, value in plain.items())
    return f"[{', '.join(map(_pairs, plain))}]" if isinstance(plain, list) else str(plain)
