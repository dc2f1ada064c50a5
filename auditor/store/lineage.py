"""Which photo was made from which by marking, so that a blurred one leaves no way back to what was blurred (P7).

A `mark` line draws on a photo: the one before stays, and undo brings it back. A `blur` line takes pixels away for
good: the photo it was made from, and everything that was ever marked on that, is no longer of this audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from auditor.errors import AuditorError
from auditor.store.lines import Doc, Key

MARKS = frozenset({"mark", "blur"})

Rows = Mapping[Key, Doc | None]


@dataclass(slots=True)
class Lineage:
    """What the lines so far say: the first photo each marked one came from, and those that a blur took away."""

    roots: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    """SHA-256 of photos whose files must not be there any more."""

    def take(self, what: str, before: Rows, after: Rows) -> dict[str, str]:
        """Put one line into force; which photos must now be called otherwise wherever undo still knows them."""
        if self.gone:
            self.gone -= {sha for doc in after.values() for sha in named(doc)}
        names: dict[str, str] = {}
        if what in MARKS:
            for old, new in _replaced(before, after).items():
                if what == "mark":
                    self.roots[new] = self.roots.get(old, old)
                else:
                    names |= dict.fromkeys(self.family(old) - {new}, new)
            self.gone |= names.keys()
        return names

    def family(self, sha: str) -> set[str]:
        """A photo with all that shows the same pixels: the first one and everything marked on it."""
        root = self.roots.get(sha, sha)
        return {root, sha} | {one for one, first in self.roots.items() if first == root}


def named(doc: Doc | None) -> list[str]:
    """The photos a row of any table names."""
    return [one[0] for one in (doc or {}).get("photos", ())]


def renamed(doc: Doc | None, names: Mapping[str, str]) -> Doc | None:
    """The row with photos called by their new names; the very same row when it names none of them."""
    if doc is None or not any(sha in names for sha in named(doc)):
        return doc
    return {**doc, "photos": [[names.get(sha, sha), *about] for sha, *about in doc["photos"]]}


def renamings(
    tables: Mapping[str, Mapping[str, Doc]], names: Mapping[str, str], *, finished: bool = False, blurred: bool = False
) -> dict[str, dict[str, Doc | None]]:
    """The rows of all tables that name one of these photos, with its new name; of a `finished` audit only corrective
    actions. Raises `store.photo_of_answer` where a finished answer would have to lose a photo that is to be `blurred`.
    """
    found: dict[str, dict[str, Doc | None]] = {}
    for table, rows in tables.items():
        new = {id_: renamed(doc, names) for id_, doc in rows.items() if not names.keys().isdisjoint(named(doc))}
        found |= {table: new} if new else {}
    if finished and (found.keys() - {"findings"} if blurred else "findings" not in found):
        raise AuditorError("store.photo_of_answer")
    return {"findings": found["findings"]} if finished else found


def _replaced(before: Rows, after: Rows) -> dict[str, str]:
    """The photos that stand where others stood."""
    rows = ((named(before.get(key)), named(doc)) for key, doc in after.items())
    pairs = (pair for was, now in rows for pair in zip(was, now, strict=False))
    return {was: one for was, one in pairs if was != one}
