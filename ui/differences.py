"""What differs between two states of an audit: which paths are scored otherwise, which items came or went."""

from __future__ import annotations

from collections.abc import Mapping

from auditor.scoring.tree import ItemScore, Score

_HIDDEN = ("hidden", "skipped")


def rescored(old: Score, new: Score) -> tuple[set[str], bool]:
    """The paths whose item is scored otherwise now, and whether any of them came or went."""
    if len(old.items) == len(new.items):
        pairs = [(was, one) for was, one in zip(old.items, new.items, strict=True) if was is not one]
        if all(was.path == one.path for was, one in pairs):
            return {one.path for was, one in pairs if was != one}, any(_seen(was) != _seen(one) for was, one in pairs)
    before, after = ({one.path: one for one in score.items} for score in (old, new))
    paths = different(before, after)
    return paths, any(_seen(before.get(path)) != _seen(after.get(path)) for path in paths)


def _seen(one: ItemScore | None) -> bool:
    return one is not None and one.status not in _HIDDEN


def different(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    """The keys under which they differ; what is one and the same object is not compared any further."""
    if old is new:
        return set()
    changed = {key for key, one in new.items() if (was := old.get(key)) is not one and was != one}
    return changed | (old.keys() - new.keys())
