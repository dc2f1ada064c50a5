"""Files of older formats, brought up to date by small functions, one for each step, in order (design §5).

Reading never writes: an older file is upgraded in memory. Before the first writing, a file that is written whole is
kept beside itself as the older program left it; a journal only grows, so all its older lines stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from auditor.store import files

Found = TypeVar("Found")


def upgraded(found: Found, number: int, now: int, steps: Mapping[int, Callable[[Found], Found]]) -> Found:
    """What a file of format `number` comes to in format `now`; `steps` are by the number they start from."""
    for old in range(number, now):
        found = steps[old](found)
    return found


def keep(path: Path, number: int) -> None:
    """Keep a file of an older format as `<name>.format-<number>`, durably, before it is written anew; once only.
    Raises `store.*`."""
    kept = path.with_name(f"{path.name}.format-{number}")
    if path.exists() and not kept.exists():
        files.write_atomic(kept, files.read(path))
