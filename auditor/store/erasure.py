"""Erasing the personal texts of one audit: salts and values go, the chain stays whole, a tombstone says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from auditor.store import files
from auditor.store.clock import Clock
from auditor.store.journal import NAME, compose
from auditor.store.lines import Doc, encode, erase
from auditor.store.load import Loaded, as_error, load
from auditor.text import clean_text

KEPT = frozenset({"branch", "branch_name", "parent", "visited"})
"""Which outlet it was and when: needed for the figures, and not about a person."""


def erase_personal(folder: Path, known: tuple[int, str], clock: Clock, who: str = "", reason: str = "") -> int:
    """Erase notes, reasons, free texts, signatures, names of photos, shopper and appraisal from every line of an
    audit's journal, in one step: afterwards all of it is gone, or nothing. The tombstone keeps the reason. Gives how
    many texts were erased.

    Raises `store.damaged` for a journal that is not sound, else what the disk says.
    """
    loaded = load(folder, known)
    if loaded.problem is not None:
        raise as_error(loaded.problem)
    path = folder / NAME
    data, lines, tombs = files.read(path)[: loaded.reading.good], [], {}
    for number, line in enumerate(data.splitlines(), 1):
        blank, count = erase(line, KEPT)
        lines.append(blank)
        if count:
            tombs[str(number)] = count + loaded.reading.lines[number - 1].erased
    if not tombs:
        return 0
    before = loaded.state.rows["visit"].get("erased", {"lines": {}})
    tombstone: Doc = {"lines": {**before["lines"], **tombs}, **({"reason": clean_text(reason)} if reason else {})}
    body = compose(clock, "erase", loaded.reading.seq + 1, loaded.reading.head)
    last, _ = encode(body, {("visit", "erased"): tombstone}, who, clock.salt)
    files.write_atomic(path, b"".join([*lines, last]))
    return sum(tombs.values()) - sum(loaded.reading.lines[int(number) - 1].erased for number in tombs)


def unsaid(loaded: Loaded) -> Iterator[tuple[int, int]]:
    """Lines (number, how many) whose personal values are missing without a tombstone that says so."""
    said = loaded.state.rows["visit"].get("erased", {"lines": {}})["lines"]
    for line in loaded.reading.lines:
        if line.erased > said.get(str(line.body.seq), 0):
            yield line.body.seq, line.erased
