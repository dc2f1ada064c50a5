"""Every truncation and random flips of a journal (F7): right, or said to be damaged; never silently wrong (P2)."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from auditor.errors import AuditorError
from auditor.store import Store
from auditor.store.journal import NAME, fold, parse
from auditor.store.load import load
from auditor.store.rows import audit_of
from tests.faults.scene import Seen, fill_all, header, seen, small_checklist


class Written:
    """A finished audit's journal, and what it said after each line."""

    def __init__(self, folder: Path) -> None:
        with Store.open(folder, write=True) as store:
            opened = store.create(small_checklist(2), header(branch_name="城东支行", shopper="青松"))
            fill_all(opened)
            opened.add_instance("teller")
            opened.undo()
            opened.finish("复核人")
            opened.close()
            self.id = opened.audit.id
            self.known = store.library.known(self.id)
            self.folder = store.library.folder_of(self.id)
        self.data = (self.folder / NAME).read_bytes()
        reading = parse(self.data, self.id)
        self.states: list[Seen | None] = [None]
        for count in range(1, reading.seq + 1):
            rows = fold(parse(self._first(count), self.id)).rows
            self.states.append(seen(audit_of(rows)))
        self.whole = self.states[-1]

    def _first(self, lines: int) -> bytes:
        return b"".join(line + b"\n" for line in self.data.split(b"\n")[:lines])

    def verdict(self, data: bytes, known: tuple[int, str]) -> tuple[str, Seen | None]:
        """What opening says: `ok`, `torn`, `damaged` or `refused`, and what is shown."""
        (self.folder / NAME).unlink()  # writing over a file makes ext4 wait for the disk
        (self.folder / NAME).write_bytes(data)
        try:
            loaded = load(self.folder, known)
        except AuditorError as error:
            return ("refused" if self.id in str(error) else "unnamed"), None
        shown = seen(loaded.audit)
        if loaded.problem is not None:
            assert loaded.audit.state == "damaged"
            assert loaded.audit.read_only
            return "damaged", shown
        return loaded.reading.fault or "ok", shown


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(tmp_path_factory.mktemp("bytes") / "data")


def test_every_truncation_is_noticed(written: Written, record_property: Callable[[str, object], None]) -> None:
    """With the index, every shorter journal is damaged; nothing is shown that was never there."""
    record_property("tries", len(written.data))
    for length in range(len(written.data)):
        condition, shown = written.verdict(written.data[:length], written.known)
        assert condition in ("damaged", "refused"), length
        assert shown is None or _without_state(shown) in map(_without_state, written.states[1:])


def test_without_the_index_a_truncation_shows_an_earlier_state(written: Written) -> None:
    """Crash of a machine whose index is lost too: torn tails are named; a cut at a line end is the one stated limit."""
    ends = {0, *(n + 1 for n, byte in enumerate(written.data) if byte == 10)}
    for length in range(len(written.data)):
        condition, shown = written.verdict(written.data[:length], (0, ""))
        assert shown in written.states
        assert condition in ("torn", "refused") or length in ends, length


@pytest.mark.parametrize("flips", [600, pytest.param(10_000, marks=pytest.mark.full)])
@pytest.mark.parametrize("indexed", [True, False])
def test_flipped_bits_are_never_silently_wrong(
    written: Written, flips: int, indexed: bool, record_property: Callable[[str, object], None]
) -> None:
    """P2: the stock storage shows wrong data after 28 % of flips."""
    record_property("tries", flips)
    dice = random.Random(flips)
    for _ in range(flips):
        data = bytearray(written.data)
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        condition, shown = written.verdict(bytes(data), written.known if indexed else (0, ""))
        assert condition != "ok" or shown == written.whole
        assert not indexed or condition in ("damaged", "refused", "ok")
        assert shown is None or _without_state(shown) in map(_without_state, written.states[1:])


def test_lines_swapped_doubled_or_left_out_are_damage(written: Written) -> None:
    """P5: the chain holds their order."""
    lines = written.data.split(b"\n")[:-1]
    for first in range(len(lines) - 1):
        swapped = [*lines]
        swapped[first], swapped[first + 1] = swapped[first + 1], swapped[first]
        doubled = [*lines[: first + 1], *lines[first:]]
        shorter = [*lines[:first], *lines[first + 1 :]]
        for changed in (swapped, doubled, shorter):
            assert written.verdict(b"\n".join([*changed, b""]), (0, ""))[0] in ("damaged", "refused")


def _without_state(shown: Seen | None) -> tuple[object, ...] | None:
    return None if shown is None else (shown.header, shown.answers, shown.instances)
